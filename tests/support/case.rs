//! A fixture: a folder with `case.rules`, perhaps data beside it, perhaps `case.toml`.

use ringfence::data::Input;
use ringfence::driver::{self, Compiled};
use ringfence::meaning::RunOptions;
use ringfence::source::Sources;
use ringfence::syntax::{self, ast::LiteralKind};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Families whose fixtures are mistakes: each must give one problem of its own family.
pub(crate) const MISTAKES: [&str; 15] = [
    "syntax",
    "amendments",
    "names",
    "types",
    "units",
    "levels",
    "periods",
    "cycles",
    "tables",
    "parameters",
    "lint",
    "scenarios",
    "data",
    "format",
    "folder",
];

/// What `case.toml` may say. Every key may be left out.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// Stages to pin beside those that follow from the files: `syntax`, `format`, `overview`, `doc`, `page`.
    #[serde(default)]
    pub(crate) stages: Vec<String>,
    /// Values to explain: `performance of E1, Q4 2014-15`, or `total` for a value of the nation.
    #[serde(default)]
    pub(crate) explain: Vec<String>,
    /// The date of the law, as the rules write dates.
    pub(crate) as_at: Option<String>,
    /// Scenarios that must fail; all others must hold.
    #[serde(default)]
    pub(crate) failing: Vec<String>,
    /// How many problems a mistake must give: 1 unless said. 0 is for what must be accepted.
    pub(crate) problems: Option<usize>,
    /// Codes of another family that this mistake may give.
    #[serde(default)]
    pub(crate) codes: Vec<String>,
    /// Why the case departs from the rule of one problem of its own family. Required where it does.
    pub(crate) because: Option<String>,
}

/// A fixture, read and compiled.
#[derive(Debug)]
pub(crate) struct Case {
    /// The folder, absolute.
    pub(crate) folder: PathBuf,
    /// The first folder below `fixtures`.
    pub(crate) family: String,
    /// What `case.toml` says.
    pub(crate) config: Config,
    /// The rules text.
    pub(crate) sources: Sources,
    /// What came of it.
    pub(crate) compiled: Compiled,
}

/// The other rules files of a folder, in the order of their names.
fn other_rules(folder: &Path) -> Result<Vec<(String, String)>, String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|e| e.to_string())? {
        let path = entry.map_err(|e| e.to_string())?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.ends_with(".rules") && name != "case.rules" {
            found.push((name, std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?));
        }
    }
    found.sort();
    Ok(found)
}

impl Case {
    /// Reads and compiles the fixture of a `case.rules`.
    pub(crate) fn read(rules: &Path) -> Result<Self, String> {
        let folder = rules.parent().ok_or("a fixture stands in a folder")?;
        let folder = folder.canonicalize().map_err(|e| format!("{}: {e}", folder.display()))?;
        let bytes = std::fs::read(rules).map_err(|e| format!("{}: {e}", rules.display()))?;
        let text = String::from_utf8(bytes).map_err(|e| format!("{}: {e}", rules.display()))?;
        let config = match std::fs::read_to_string(folder.join("case.toml")) {
            Ok(text) => toml::from_str(&text).map_err(|e| format!("case.toml: {e}"))?,
            Err(_) => Config::default(),
        };
        let family = folder
            .parent()
            .and_then(Path::file_name)
            .map(|name| name.to_string_lossy().into_owned())
            .ok_or("a fixture stands in `fixtures/<family>/<behaviour>`")?;
        let mut sources = Sources::single("case.rules", &text);
        for (name, text) in other_rules(&folder)? {
            sources.add(&name, &text);
        }
        let mut compiled = driver::compile(&sources);
        if family == "folder" {
            let files: Vec<_> = sources.iter().map(|file| file.id).collect();
            let checked = ringfence::folder::check(&sources, &files, true);
            compiled.problems =
                checked.files.into_iter().flat_map(|file| file.problems).chain(checked.between).collect();
        }
        Ok(Self { folder, family, config, sources, compiled })
    }

    /// Whether its family holds mistakes.
    pub(crate) fn is_mistake(&self) -> bool {
        MISTAKES.contains(&self.family.as_str())
    }

    /// The data files beside the rules, in the order of their names.
    pub(crate) fn data_files(&self) -> Result<Vec<Input>, String> {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(&self.folder).map_err(|e| e.to_string())? {
            let path = entry.map_err(|e| e.to_string())?.path();
            let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
            if matches!(extension, "csv" | "json" | "xlsx" | "ods" | "pdf") {
                let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                let bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
                files.push(Input { name, bytes });
            }
        }
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(files)
    }

    /// How the data is to be evaluated.
    pub(crate) fn options(&self) -> Result<RunOptions, String> {
        let as_at = match &self.config.as_at {
            Some(text) => match syntax::parse_literal(text).map(|literal| literal.kind) {
                Some(LiteralKind::Date(date)) => Some(date),
                _ => return Err(format!("case.toml: `{text}` is not a date as the rules write it")),
            },
            None => None,
        };
        Ok(RunOptions { as_at, ..RunOptions::default() })
    }
}
