//! What must hold of amendments to every shipped ruleset: a new name changes nothing but the name, a replacement that
//! says the same is refused, what is shown says the same, and texts that are cut off do no harm.

use super::mutilated::in_text;
use super::on_every_processor;
use ringfence::driver;
use ringfence::model::Model;
use ringfence::source::Sources;
use ringfence::syntax::{self, ast};

/// The shipped rulesets that stand alone: path, text and tree.
fn rulesets() -> Vec<(String, String, ast::File)> {
    let mut found: Vec<_> = std::fs::read_dir("rules")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rules"))
        .map(|path| (path.display().to_string(), std::fs::read_to_string(path).unwrap()))
        .filter(|(_, text)| ringfence::amendment::base_name(text).is_none())
        .map(|(path, text)| {
            let sources = Sources::single(&path, &text);
            let tree = syntax::parse(sources.iter().next().unwrap()).0;
            (path, text, tree)
        })
        .collect();
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found
}

/// An amendment above a ruleset.
fn amended(changes: &str, (path, text, tree): &(String, String, ast::File)) -> Sources {
    let name = &ringfence::amendment::head(tree).unwrap().name.text;
    let mut sources =
        Sources::single("amendment.rules", &format!("amendment a to {name} from 1 May 2000\n\n{changes}"));
    sources.add(path, text);
    sources
}

fn failing(model: &Model) -> Vec<&str> {
    let scenarios = model.scenarios.iter();
    let fail = scenarios.filter(|scenario| !ringfence::meaning::run_scenario(model, scenario).holds());
    fail.map(|scenario| scenario.name.as_str()).collect()
}

/// Every seventh declaration that has a value, with its word.
fn some_values(tree: &ast::File) -> impl Iterator<Item = (&'static str, &str)> {
    use ast::DeclarationWord::{Data, Rules, Scenario, Source, Unit};
    let values = tree.declarations.iter().filter(|it| !matches!(it.word, Data | Rules | Scenario | Source | Unit));
    values.step_by(7).map(|declaration| (declaration.word.text(), declaration.name.text.as_str()))
}

#[test]
fn new_names_change_nothing_but_the_names() {
    on_every_processor(
        &rulesets(),
        |(path, _, _)| path.clone(),
        |ruleset| {
            let renamed: Vec<_> = some_values(&ruleset.2).collect();
            let changes: Vec<String> =
                renamed.iter().map(|(word, name)| format!("rename {word} {name} to {name}_renamed\n")).collect();
            let sources = amended(&changes.join("\n"), ruleset);
            let compiled = driver::compile(&sources);
            assert_eq!(compiled.problems, [], "{changes:?}");
            let model = compiled.model.unwrap();
            assert_eq!(failing(&model), Vec::<&str>::new());
            // What is shown is the same without an amendment.
            let whole = driver::whole(&sources, None);
            let shown = Sources::single("shown.rules", &whole.text.unwrap());
            let again = driver::compile(&shown);
            assert_eq!(again.problems, []);
            let names = |model: &Model| {
                let mut names: Vec<String> = model.names.keys().cloned().collect();
                names.extend(model.parameters.iter().map(|parameter| parameter.name.clone()));
                names
            };
            let again = again.model.unwrap();
            assert_eq!(names(&model), names(&again));
            assert!(renamed.iter().all(|(_, name)| !names(&again).iter().any(|other| other == name)));
        },
    );
}

#[test]
fn a_replacement_by_itself_is_always_refused() {
    on_every_processor(
        &rulesets(),
        |(path, _, _)| path.clone(),
        |ruleset| {
            let (_, text, tree) = ruleset;
            let changes: String = tree
                .declarations
                .iter()
                .filter(|declaration| declaration.word != ast::DeclarationWord::Rules)
                .map(|declaration| format!("replace {}\n\n", &text[declaration.span.range()]))
                .collect();
            let compiled = driver::compile(&amended(&changes, ruleset));
            assert_eq!(compiled.problems.len(), tree.declarations.len() - 1);
            assert!(compiled.problems.iter().all(|problem| problem.code.0 == "amendments::changes-nothing"));
        },
    );
}

#[test]
fn a_ruleset_without_amendments_is_shown_as_it_is_formatted() {
    for (path, text, tree) in rulesets() {
        let sources = Sources::single(&path, &text);
        let formatted = ringfence::format::format(&tree, sources.iter().next().unwrap()).unwrap();
        let shown = driver::whole(&sources, None).text.unwrap();
        let (title, shown) = shown.split_once('\n').unwrap();
        assert!(title.ends_with("No amendment is in it."), "{title}");
        // What is based on another is whole once it is shown.
        let is_based = tree.declarations.iter().flat_map(|it| &it.clauses);
        if !is_based.into_iter().any(|clause| matches!(clause.kind, ast::ClauseKind::BasedOn(_))) {
            assert_eq!(shown.trim_start(), formatted, "{path}");
        }
    }
}

#[test]
fn amendments_that_are_cut_off_do_no_harm() {
    let mut cases = Vec::new();
    for family in ["amendments", "evaluation", "folder"] {
        for entry in std::fs::read_dir(format!("tests/fixtures/{family}")).unwrap() {
            let folder = entry.unwrap().path();
            let read = |path: &std::path::Path| std::fs::read_to_string(path).unwrap();
            let case = read(&folder.join("case.rules"));
            let mut others: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
            others.retain(|path| path.extension().is_some_and(|it| it == "rules") && !path.ends_with("case.rules"));
            others.sort();
            if !others.is_empty() {
                cases.push((folder, case, others.iter().map(|path| read(path)).collect::<Vec<_>>()));
            }
        }
    }
    on_every_processor(
        &cases,
        |(folder, _, _)| folder.display().to_string(),
        |(_, case, others)| {
            let with = |case: &str| {
                let mut sources = Sources::single("case.rules", case);
                for (number, other) in others.iter().enumerate() {
                    sources.add(&format!("{number}.rules"), other);
                }
                in_text(&driver::compile(&sources).problems, &sources);
                in_text(&driver::whole(&sources, None).problems, &sources);
                let files: Vec<_> = sources.iter().map(|file| file.id).collect();
                in_text(&ringfence::folder::check(&sources, &files, true).between, &sources);
            };
            for (at, _) in case.char_indices().step_by(67) {
                with(&case[..at]);
            }
            let lines: Vec<&str> = case.lines().collect();
            for left_out in (0..lines.len()).step_by(2) {
                let text: Vec<&str> =
                    lines.iter().enumerate().filter(|(index, _)| *index != left_out).map(|(_, line)| *line).collect();
                with(&text.join("\n"));
            }
        },
    );
}
