//! Rulebooks as documents: well formed, inert whatever the rules say, and the same every time.

mod hostile;
mod read;
mod shipped;

use ringfence::diff::Side;
use ringfence::driver;
use ringfence::report::doc::{Document, Rulebook};
use ringfence::source::Sources;

/// The rulebook of the rules in the first of these texts.
#[track_caller]
fn rulebook(sources: &Sources) -> Document {
    let compiled = driver::compile(sources);
    let Some(model) = compiled.model else {
        panic!("does not compile:\n{}", crate::support::stage::render(&compiled.problems, sources));
    };
    let book = Rulebook::new(&model, sources);
    let older = book.predecessor().and_then(|name| Some((name, crate::support::stage::older(sources, name)?)));
    let Some((name, older)) = older else { return book.document() };
    let model = driver::compile(&older).model.expect("the ruleset before has no errors");
    book.after(name, Side { model: &model, sources: &older }).document()
}
