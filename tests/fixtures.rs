//! Every folder `tests/fixtures/<family>/<behaviour>/` is a test: see `tests/fixtures/README.md`.

mod support;

use std::collections::BTreeSet;
use std::path::Path;
use support::case::Case;
use support::stage;

fn fixture(rules: &Path) -> datatest_stable::Result<()> {
    let case = Case::read(rules)?;
    let stages = stage::run(&case)?;
    let mut wrong = Vec::new();
    for (name, text) in &stages.texts {
        if let Err(why) = pin(&case, name, text) {
            wrong.push(why);
        }
    }
    let written: BTreeSet<String> = stages.texts.iter().map(|(name, _)| format!("{name}.snap")).collect();
    for left in left_over(&case.folder, &written)? {
        wrong.push(format!("{left} is a snapshot that no stage writes: remove it"));
    }
    if stages.failing != case.config.failing {
        wrong.push(format!("scenarios that fail: {:?}; case.toml names {:?}", stages.failing, case.config.failing));
    }
    if case.is_mistake() {
        wrong.extend(stage::departure(&case.family, &case.config, &stages.problems));
    } else if stages.texts.is_empty() {
        wrong.push("the case pins nothing: give it data, a scenario or a mistake".to_owned());
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

/// Compares one stage with its snapshot beside the rules.
fn pin(case: &Case, name: &str, text: &str) -> Result<(), String> {
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(&case.folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(sentence(&case.folder));
    settings.set_input_file("case.rules");
    settings.bind(|| {
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| insta::assert_snapshot!(name, text)))
            .map_err(|_| format!("{name}.snap differs: read it, then accept it with `cargo insta review`"))
    })
}

/// `adding_pounds_to_people_is_refused` as a sentence.
fn sentence(folder: &Path) -> String {
    folder.file_name().map(|name| name.to_string_lossy().replace('_', " ")).unwrap_or_default()
}

fn left_over(folder: &Path, written: &BTreeSet<String>) -> Result<Vec<String>, std::io::Error> {
    let mut left = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".snap") && !written.contains(&name) {
            left.push(name);
        }
    }
    left.sort();
    Ok(left)
}

datatest_stable::harness! {
    { test = fixture, root = "tests/fixtures", pattern = r"/case\.rules$" },
}
