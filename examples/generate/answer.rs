//! Answers and judgements, as every regime asks for them.

use super::draw::Draw;
use super::text::owned;

/// Yes; `refusals` times in a thousand no; now and then nothing, in one of the ways in which people write it.
pub(crate) fn yes_or_no(code: &str, topic: &str, refusals: i64) -> String {
    let mut draw = Draw::new(code, topic);
    if draw.chance(5) {
        return (*draw.one_of(&["", "..", "N/A"])).to_owned();
    }
    yes(!draw.chance(refusals))
}

/// Yes or no, without a gap.
pub(crate) fn yes(answer: bool) -> String {
    if answer { "yes" } else { "no" }.to_owned()
}

/// The four cells of a judgement: what, who, when and why. Nobody here is real.
pub(crate) fn judgement(what: &str, who: &str, on: &str, why: &str) -> [String; 4] {
    [what.to_owned(), format!("Illustrative: {who}"), on.to_owned(), format!("Illustrative: {why}")]
}

/// The columns of a judgement.
pub(crate) fn judgement_columns(name: &str) -> Vec<String> {
    let columns = ["", "_by", "_on", "_because"].map(|part| format!("{name}{part}"));
    owned(&[&columns.each_ref().map(String::as_str)])
}
