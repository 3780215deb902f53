//! The symbols people write where there is no value, each kept apart.

use super::Doubt;
use crate::value::MissingReason;

/// The reason a tidy text stands for, or nothing where it is no such symbol. Symbols that may stand for
/// nothing at all as well as for no answer are refused.
pub(super) fn reason(text: &str) -> Result<Option<MissingReason>, Doubt> {
    let reason = match text.to_lowercase().as_str() {
        "" => MissingReason::Blank,
        ".." | "…" | "..." => MissingReason::NotAvailable,
        "[c]" => MissingReason::Confidential,
        "[x]" => MissingReason::NotCollected,
        "[z]" => MissingReason::NotApplicable,
        "*" => MissingReason::Suppressed,
        "n/a" | "na" | "n.a." => MissingReason::NA,
        "not yet due" => MissingReason::NotYetDue,
        "-" | "–" | "—" | "−" => {
            return Err(Doubt::two_readings(format!(
                "`{text}` alone may mean nil or missing: write `0` for nil, or a symbol for missing such as `..`"
            )));
        }
        "[low]" | "[u]" | "[e]" | "[p]" | "[r]" | "[b]" | "[f]" => {
            return Err(Doubt::because(format!(
                "`{text}` is a note about a figure and gives none: write the figure alone, or `..` where there is none"
            )));
        }
        lower => match spreadsheet_error(lower)? {
            true => MissingReason::SpreadsheetError,
            false => return Ok(None),
        },
    };
    Ok(Some(reason))
}

/// Whether a lower-case text is what a spreadsheet shows where a formula failed.
fn spreadsheet_error(lower: &str) -> Result<bool, Doubt> {
    const ERRORS: [&str; 14] = [
        "#n/a",
        "#ref!",
        "#div/0!",
        "#value!",
        "#name?",
        "#num!",
        "#null!",
        "#spill!",
        "#calc!",
        "#field!",
        "#blocked!",
        "#connect!",
        "#busy!",
        "#getting_data",
    ];
    if lower.len() > 1 && lower.bytes().all(|b| b == b'#') {
        return Err(Doubt::because(
            "the spreadsheet column was too narrow to show the figure: widen it and save the file again",
        ));
    }
    let libre_office =
        lower.strip_prefix("err:").is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    Ok(libre_office || ERRORS.contains(&lower))
}
