//! Reading rules files and data: the only place of the program that opens files to read.
//!
//! In: names as the user gave them; `-` is standard input. Out: texts and bytes under those names, or why not.

use super::failure::Failure;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// The name of standard input.
pub(super) const STDIN: &str = "-";
/// The most bytes of a rules file.
const MOST_RULES: u64 = 1024 * 1024;
/// The most bytes of a data file: far above any return, far below what a machine holds.
const MOST_DATA: u64 = 1024 * 1024 * 1024;

/// A rules file.
#[derive(Debug, Clone)]
pub(super) struct RulesText {
    /// Its name as the user gave it.
    pub(super) name: String,
    /// Its text.
    pub(super) text: String,
}

/// Reads a rules file.
pub(super) fn rules(name: &str) -> Result<RulesText, Failure> {
    let bytes = bytes(name, MOST_RULES)?.ok_or_else(|| {
        Failure::refused(format!("`{name}` is larger than 1 MiB, the most a rules file may have"))
            .help("data belongs into data files")
    })?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(RulesText { name: shown_name(name).to_owned(), text }),
        Err(error) => Err(not_text(name, error.as_bytes(), error.utf8_error().valid_up_to())),
    }
}

/// The rules files of a folder, in the order of their names.
pub(super) fn rules_files(folder: &Path) -> Result<Vec<String>, Failure> {
    let place = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let failed = |error: &io::Error| Failure::file("read", place.display(), error);
    let mut found = Vec::new();
    for entry in fs::read_dir(place).map_err(|error| failed(&error))? {
        let name = entry.map_err(|error| failed(&error))?.file_name();
        let path = folder.join(&name);
        if path.extension().is_some_and(|ending| ending == "rules") && path.is_file() {
            found.push(path.display().to_string());
        }
    }
    found.sort();
    Ok(found)
}

/// The bytes of a data file.
pub(super) fn data(name: &str) -> Result<Vec<u8>, Failure> {
    bytes(name, MOST_DATA)?.ok_or_else(|| Failure::refused(format!("`{name}` is larger than 1 GiB")))
}

/// How a file is named in messages.
pub(super) fn shown_name(name: &str) -> &str {
    if name == STDIN { "standard input" } else { name }
}

/// The bytes of a file; none where there are more than `most`.
fn bytes(name: &str, most: u64) -> Result<Option<Vec<u8>>, Failure> {
    let failed = |error: &io::Error| Failure::file("read", shown_name(name), error);
    let read = |reader: &mut dyn Read| {
        let mut bytes = Vec::new();
        reader.take(most + 1).read_to_end(&mut bytes).map(|_| bytes)
    };
    let bytes = if name == STDIN {
        read(&mut io::stdin().lock())
    } else {
        if fs::metadata(name).is_ok_and(|known| known.is_dir()) {
            return Err(failed(&io::Error::from(io::ErrorKind::IsADirectory)));
        }
        File::open(Path::new(name)).and_then(|mut file| read(&mut file))
    };
    let bytes = bytes.map_err(|error| failed(&error))?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

fn not_text(name: &str, bytes: &[u8], at: usize) -> Failure {
    let name = shown_name(name);
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Failure::refused(format!("`{name}` is written in UTF-16")).help("save it as UTF-8");
    }
    if bytes.contains(&0) {
        return Failure::refused(format!("`{name}` is not a text file")).help("a rules file is plain text in UTF-8");
    }
    let line = bytes.iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
    let byte = bytes.get(at).copied().unwrap_or_default();
    Failure::refused(format!("`{name}` is not UTF-8: byte {byte:#04x} on line {line}, {at} bytes into the file"))
        .help("save it as UTF-8; curly quotes and pound signs from an old word processor look like this")
}
