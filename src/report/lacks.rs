//! Which results of a record are missing, and why, as one text: those for the same causes together.

use super::run::Run;
use crate::value::Causes;

/// The results of one record that are missing.
#[derive(Debug, Default)]
pub(super) struct Lacks<'r>(Vec<Lack<'r>>);

/// Results that are missing for the same causes.
#[derive(Debug)]
struct Lack<'r> {
    /// A number that is the same where the causes are, if there is one.
    why: Option<u64>,
    causes: Causes,
    names: Vec<&'r str>,
}

impl<'r> Lacks<'r> {
    /// Notes that a result is missing. The causes are asked for where they are not known to be those of another.
    pub(super) fn add(&mut self, why: Option<u64>, name: &'r str, causes: impl FnOnce() -> Causes) {
        let same = self.0.iter_mut().find(|known| why.is_some() && known.why == why);
        if let Some(known) = same {
            known.names.push(name);
            return;
        }
        let causes = causes();
        match self.0.iter_mut().find(|known| known.causes == causes) {
            Some(known) => known.names.push(name),
            None => self.0.push(Lack { why, causes, names: vec![name] }),
        }
    }

    /// What is missing of the record, and why; nothing where all is there. The next record begins without any.
    pub(super) fn take_text(&mut self, run: &Run<'_>) -> Option<String> {
        if self.0.is_empty() {
            return None;
        }
        let words = run.words();
        let mut whys = String::new();
        for Lack { causes, names, .. } in self.0.drain(..) {
            if !whys.is_empty() {
                whys.push_str(" | ");
            }
            for (number, name) in names.into_iter().enumerate() {
                whys.push_str(if number > 0 { ", " } else { "" });
                whys.push_str(name);
            }
            whys.push_str(": ");
            words.push_causes(&causes, &mut whys);
        }
        Some(whys)
    }
}
