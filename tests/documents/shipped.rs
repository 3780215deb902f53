//! Every rules file that is shipped, alone and all together.

use super::{read, rulebook};
use ringfence::driver;
use ringfence::model::Model;
use ringfence::report::doc::{self, Rulebook, html, markdown};
use ringfence::source::Sources;

#[test]
fn every_shipped_ruleset_is_a_sound_document() {
    for path in crate::shipped::shipped() {
        let document = rulebook(&crate::shipped::sources(&path));
        assert!(document.sections.len() > 3, "{}", path.display());
        read::is_sound(&document);
    }
}

#[test]
fn all_together_are_a_sound_document_the_same_every_time() {
    let compiled: Vec<(Sources, Model)> = crate::shipped::shipped()
        .into_iter()
        .map(|path| {
            let sources = crate::shipped::sources(&path);
            let model = driver::compile(&sources).model.unwrap();
            (sources, model)
        })
        .collect();
    let made = || {
        let books = compiled.iter().map(|(sources, model)| Rulebook::new(model, sources)).collect();
        doc::folder("All rules", books)
    };
    let document = made();
    assert_eq!(document.sections.len(), compiled.len());
    read::is_sound(&document);
    let again = made();
    assert_eq!(html::html(&document), html::html(&again));
    assert_eq!(markdown::markdown(&document), markdown::markdown(&again));
}
