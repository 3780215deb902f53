//! What of a ruleset is not verified, and how many of its results rest on it.

use crate::model::Model;
use serde::Serialize;

/// The doubts of a ruleset.
#[derive(Debug, Clone, Serialize)]
pub struct Doubts {
    /// The name of the ruleset.
    pub ruleset: String,
    /// Its name for people.
    pub title: String,
    /// How many results it has.
    pub results: usize,
    /// How many of them rest on a parameter or a result that is not verified, or are not verified themselves.
    pub resting: usize,
    /// What is not verified, in the order of the file.
    pub doubts: Vec<Doubt>,
}

/// Something that is not verified.
#[derive(Debug, Clone, Serialize)]
pub struct Doubt {
    /// Its name.
    pub name: String,
    /// `rules`, `amendment`, `parameter`, or the kind of declaration.
    pub kind: &'static str,
    /// What nobody verified.
    pub why: String,
    /// How many results rest on it, its own among them; nothing for a doubt about the ruleset as a whole.
    pub results: Option<usize>,
}

/// What of a ruleset is not verified.
pub fn doubts(model: &Model) -> Doubts {
    // The parts of an outcome are not results of their own.
    let results: Vec<_> = model.declarations.iter().filter(|declaration| !declaration.name.contains('.')).collect();
    let resting_on = |name: &str| {
        let rests = results.iter().filter(|result| {
            result.rests_on_unverified.iter().any(|on| on == name)
                || (result.name == name && result.unverified.is_some())
        });
        rests.count()
    };
    let mut doubts = Vec::new();
    let mut add = |name: &str, kind: &'static str, why: &Option<String>, results: Option<usize>| {
        if let Some(why) = why {
            doubts.push(Doubt { name: name.to_owned(), kind, why: why.clone(), results });
        }
    };
    add(&model.ruleset.name, "rules", &model.ruleset.unverified, None);
    for amendment in &model.ruleset.amendments {
        add(&amendment.name, "amendment", &amendment.unverified, None);
    }
    for parameter in &model.parameters {
        add(&parameter.name, "parameter", &parameter.unverified, Some(resting_on(&parameter.name)));
    }
    for result in &results {
        add(&result.name, result.kind.word(), &result.unverified, Some(resting_on(&result.name)));
    }
    let resting = results.iter().filter(|result| result.unverified.is_some() || !result.rests_on_unverified.is_empty());
    Doubts {
        ruleset: model.ruleset.name.clone(),
        title: model.ruleset.title(),
        results: results.len(),
        resting: resting.count(),
        doubts,
    }
}
