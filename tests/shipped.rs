//! Every rules file that is shipped checks without a problem, is formatted, and its scenarios hold.

use ringfence::driver;
use ringfence::source::Sources;
use std::path::{Path, PathBuf};

/// The rules files of the repository.
pub(crate) fn shipped() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir("rules")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rules"))
        .collect();
    files.sort();
    files
}

/// A file and the others of its folder, which it may amend or be based on.
pub(crate) fn sources(path: &Path) -> Sources {
    let mut sources = Sources::new();
    let others = shipped().into_iter().filter(|other| other != path);
    for file in std::iter::once(path.to_owned()).chain(others) {
        sources.add(&file.display().to_string(), &std::fs::read_to_string(&file).unwrap());
    }
    sources
}

#[test]
fn shipped_rules_check_without_a_problem() {
    for path in shipped() {
        let name = path.display().to_string();
        let sources = sources(&path);
        let compiled = driver::compile(&sources);
        let found = crate::support::stage::render(&compiled.problems, &sources);
        assert!(compiled.problems.is_empty(), "{name}:\n{found}");
        assert!(compiled.model.is_some());
    }
}

#[test]
fn scenarios_of_shipped_rules_hold() {
    for path in shipped() {
        let name = path.display().to_string();
        let sources = sources(&path);
        let Some(model) = driver::compile(&sources).model else { panic!("{name} does not compile") };
        assert!(!model.scenarios.is_empty(), "{name} has no scenarios");
        for (number, scenario) in model.scenarios.iter().enumerate() {
            let run = ringfence::meaning::run_scenario(&model, scenario);
            let told = crate::support::results::scenario(&model, &sources, number, &run);
            assert!(run.holds(), "{name}:\n{told}");
        }
    }
}
