//! Problems as JSON, for editors and other programs.
//!
//! In: problems and the texts they are in. Out: one document, whose form is a promise: it has a number.
//! Lines and columns are counted from 1 and columns in characters; offsets are bytes; an end is excluded.

use super::{DataPlace, Label, Place, Problem, Severity};
use crate::source::{Sources, Span};
use serde::Serialize;

/// The form of the document; raised when a reader of the old form would misread the new.
pub const FORMAT: u32 = 1;

/// All problems of a run.
#[derive(Debug, Serialize)]
pub struct Document<'a> {
    /// Always [`FORMAT`].
    pub format: u32,
    /// How many problems are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// The problems.
    pub problems: Vec<Entry<'a>>,
}

/// One problem.
#[derive(Debug, Serialize)]
pub struct Entry<'a> {
    /// Its code.
    pub code: &'a str,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong.
    pub message: &'a str,
    /// What to write instead.
    pub help: Option<&'a str>,
    /// Where in the rules; absent for a problem in the data.
    pub rules: Option<RulesPlace<'a>>,
    /// Where in the data; absent for a problem in the rules.
    pub data: Option<&'a DataPlace>,
    /// Other places that say why.
    pub related: Vec<RulesPlace<'a>>,
}

/// A place in a rules file.
#[derive(Debug, Serialize)]
pub struct RulesPlace<'a> {
    /// The file's name as the user gave it.
    pub file: &'a str,
    /// The first character.
    pub start: Position,
    /// After the last character.
    pub end: Position,
    /// What is there; may be empty.
    pub label: &'a str,
}

/// A point in a text.
#[derive(Debug, Serialize)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// In bytes, from 0.
    pub offset: u32,
}

/// The document for these problems.
pub fn document<'a>(problems: &'a [Problem], sources: &'a Sources) -> Document<'a> {
    let errors = problems.iter().filter(|problem| problem.is_error()).count();
    Document {
        format: FORMAT,
        errors,
        warnings: problems.len() - errors,
        problems: problems.iter().map(|problem| entry(problem, sources)).collect(),
    }
}

fn entry<'a>(problem: &'a Problem, sources: &'a Sources) -> Entry<'a> {
    let (rules, data) = match &problem.place {
        Place::Rules(label) => (Some(rules_place(label, sources)), None),
        Place::Data(place) => (None, Some(place)),
        Place::Nowhere => (None, None),
    };
    Entry {
        code: problem.code.0,
        severity: problem.severity,
        message: &problem.message,
        help: problem.help.as_deref(),
        rules,
        data,
        related: problem.related.iter().map(|label| rules_place(label, sources)).collect(),
    }
}

fn rules_place<'a>(label: &'a Label, sources: &'a Sources) -> RulesPlace<'a> {
    let Span { source, start, end } = label.span;
    let file = sources.get(source);
    let position = |offset: u32| {
        let (line, column) = file.map_or((1, 1), |file| file.line_column(offset as usize));
        Position { line, column, offset }
    };
    RulesPlace {
        file: file.map_or("", |file| &file.name),
        start: position(start),
        end: position(end),
        label: &label.text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Code;
    use crate::source::SourceId;

    #[test]
    fn a_place_has_lines_columns_and_offsets() {
        let sources = Sources::single("fund.rules", "parameter cap\n  is £1 £2\n");
        let problems = [
            Problem::error(Code("syntax::made-up"), Span::new(SourceId(0), 23, 26), "two values")
                .label("a second value")
                .because(Span::new(SourceId(0), 19, 22), "the first")
                .help("write one"),
            Problem::data(
                Code("data::made-up"),
                DataPlace { file: "area.csv".into(), row: Some(14), ..DataPlace::default() },
                "no key",
            ),
        ];
        let json = serde_json::to_value(document(&problems, &sources)).unwrap();
        assert_eq!(
            json,
            serde_json::json!({
                "format": 1, "errors": 2, "warnings": 0,
                "problems": [
                    {
                        "code": "syntax::made-up", "severity": "error", "message": "two values", "help": "write one",
                        "rules": {
                            "file": "fund.rules", "label": "a second value",
                            "start": {"line": 2, "column": 9, "offset": 23},
                            "end": {"line": 2, "column": 11, "offset": 26},
                        },
                        "data": null,
                        "related": [{
                            "file": "fund.rules", "label": "the first",
                            "start": {"line": 2, "column": 6, "offset": 19},
                            "end": {"line": 2, "column": 8, "offset": 22},
                        }],
                    },
                    {
                        "code": "data::made-up", "severity": "error", "message": "no key", "help": null,
                        "rules": null,
                        "data": {
                            "file": "area.csv", "sheet": null, "row": 14, "column": null, "header": null, "cell": null,
                        },
                        "related": [],
                    },
                ],
            })
        );
    }
}
