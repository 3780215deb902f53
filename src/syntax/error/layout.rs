//! Files, lines and indentation.

use super::super::ast::{ChangeKind, DeclarationWord};
use super::super::limits;
use super::either;
use crate::problem::{Code, Problem};
use crate::source::Span;

const INDENTATION: Code = Code("syntax::indentation");

/// The file is over the limit.
pub(in crate::syntax) fn file_too_long(start: Span, bytes: usize) -> Problem {
    Problem::error(
        Code("syntax::file-too-long"),
        start,
        format!("the file has {bytes} bytes, more than the {} that a rules file may have", limits::FILE_BYTES),
    )
    .help("a rules file holds rules; figures of areas belong in the data")
}

/// A line is over the limit.
pub(in crate::syntax) fn line_too_long(line: Span, bytes: usize) -> Problem {
    Problem::error(
        Code("syntax::line-too-long"),
        line,
        format!("the line has {bytes} bytes, more than the {} that a line may have", limits::LINE_BYTES),
    )
    .help("break the line: a line indented deeper than its clause continues it")
}

/// Tabs in the indentation, told once for a file.
pub(in crate::syntax) fn tab(first: Span, others: usize) -> Problem {
    let more = match others {
        0 => String::new(),
        1 => "; 1 more line is indented with tabs".to_owned(),
        _ => format!("; {others} more lines are indented with tabs"),
    };
    Problem::error(Code("syntax::tab"), first, format!("the line is indented with a tab{more}"))
        .label("a tab")
        .help("indent with blanks: two for a clause, more for the lines that continue it")
}

/// A line whose indentation is neither that of a clause nor that of a continuation.
pub(in crate::syntax) fn clause_indent(line: Span, text: &str) -> Problem {
    let words: Vec<&str> = text.split_whitespace().take(2).collect();
    Problem::error(
        INDENTATION,
        line,
        format!("the line `{} …` is indented differently from the clauses above it", words.join(" ")),
    )
    .label("does not line up")
    .help("indent every clause of a declaration by the same number of blanks")
}

/// A line that does not begin as a clause does and is indented less than the clauses.
pub(in crate::syntax) fn continuation_indent(line: Span, clause: Span) -> Problem {
    Problem::error(INDENTATION, line, "the line is indented less than the clause it seems to continue")
        .label("indented less")
        .because(clause, "than this clause")
        .help("indent it deeper than its clause, or line it up with the clauses if it is one of them")
}

/// A line that begins as a clause does, indented like a continuation.
pub(in crate::syntax) fn clause_too_deep(words: Span, clause: &str) -> Problem {
    Problem::error(
        INDENTATION,
        words,
        format!("the line `{clause} …` is indented deeper than the line above it, so it is read as part of it"),
    )
    .label("indented too far")
    .help("line it up with the line above")
}

/// A declaration that is indented like a clause.
pub(in crate::syntax) fn declaration_indented(place: Span, word: &str) -> Problem {
    Problem::error(Code("syntax::declaration-indented"), place, format!("the declaration `{word} …` is indented"))
        .help("move it to the left margin, where declarations start; a clause or a column may not begin like this")
}

/// An indented line before any declaration.
pub(in crate::syntax) fn belongs_to_nothing(line: Span) -> Problem {
    Problem::error(
        Code("syntax::belongs-to-nothing"),
        line,
        "an indented line belongs to the declaration above it, and there is none",
    )
    .help("start with a declaration at the left margin, such as `rules NAME \"label\"`")
}

/// A clause at the left margin.
pub(in crate::syntax) fn clause_at_margin(words: Span, clause: &str, owner: Option<DeclarationWord>) -> Problem {
    let belongs = match owner {
        Some(word) => format!("indent it by two blanks, under its `{}`", word.text()),
        None => "indent it by two blanks, under the declaration it belongs to".to_owned(),
    };
    Problem::error(
        Code("syntax::clause-at-margin"),
        words,
        format!("`{clause}` stands at the left margin, where declarations start"),
    )
    .help(belongs)
}

/// A row at the left margin.
pub(in crate::syntax) fn row_at_margin(row: Span) -> Problem {
    Problem::error(Code("syntax::row-at-margin"), row, "a row stands at the left margin, where declarations start")
        .help("indent every row by two blanks, under its declaration")
}

/// A line at the left margin that begins with no word of a declaration.
pub(in crate::syntax) fn not_a_declaration(
    word: Span,
    line: Span,
    text: &str,
    meant: Option<DeclarationWord>,
) -> Problem {
    let first = text.split_whitespace().next().unwrap_or("");
    let code = Code("syntax::not-a-declaration");
    if let Some(meant) = meant.filter(|_| text.split_whitespace().count() <= 3 || text.contains('"')) {
        return Problem::error(code, word, format!("`{first}` starts no declaration"))
            .help(format!("did you mean `{}`?", meant.text()));
    }
    if matches!(first, "end" | "}" | "{" | "]" | ")" | "};") {
        return Problem::error(code, word, format!("`{first}` stands by itself at the left margin"))
            .help("take it out: a declaration ends where the next line at the left margin begins");
    }
    if text.split_whitespace().count() > 3 && !text.contains('"') {
        return Problem::error(code, line, "a line at the left margin is not a declaration")
            .label("reads like a sentence")
            .help("put `#` before it to make it a comment, or `note \"…\"` under the declaration it speaks of");
    }
    let words: Vec<String> = DeclarationWord::ALL.iter().map(|(_, spelling)| (*spelling).to_owned()).collect();
    Problem::error(code, word, format!("`{first}` starts no declaration")).help(format!(
        "a line at the left margin starts with {}; to make it a comment, put `#` before it",
        either(&words)
    ))
}

/// `replace least_reduction`, without the word of a declaration.
pub(in crate::syntax) fn change_of_what(place: Span, kind: ChangeKind, found: &str, near: Option<&str>) -> Problem {
    let words = kind.text();
    let kinds: Vec<String> = match kind {
        ChangeKind::ReplaceIn | ChangeKind::InsertInto | ChangeKind::OmitFrom => vec!["data".to_owned()],
        _ => DeclarationWord::ALL.iter().skip(2).map(|(_, spelling)| (*spelling).to_owned()).collect(),
    };
    let name = if found.is_empty() { "NAME" } else { found };
    let help = match near {
        Some(near) => format!("did you mean `{words} {near}`?"),
        None => {
            format!("write what kind of thing it is: `{words}` is followed by {}, and then by `{name}`", either(&kinds))
        }
    };
    Problem::error(
        Code("syntax::change-of-what"),
        place,
        format!("`{words}` does not say what kind of thing it changes"),
    )
    .label("the word of a declaration is wanted here")
    .help(help)
}

/// `// …`
pub(in crate::syntax) fn comment_sign(sign: Span, found: &str) -> Problem {
    let found = found.trim();
    Problem::error(Code("syntax::comment-sign"), sign, format!("`{found}` does not start a comment"))
        .help("write `#` before a comment")
}

/// Brackets or `if`s inside each other, over the limit.
pub(in crate::syntax) fn too_deep(place: Span) -> Problem {
    Problem::error(
        Code("syntax::too-deep"),
        place,
        format!("more than {} brackets, `if`s or `where`s stand inside each other", limits::NESTING),
    )
    .help("give an inner part a name of its own with `measure`, and use the name")
}

/// Signs of arithmetic over the limit.
pub(in crate::syntax) fn too_many_operators(clause: Span) -> Problem {
    Problem::error(
        Code("syntax::too-many-operators"),
        clause,
        format!("more than {} signs of arithmetic stand in one clause", limits::OPERATORS),
    )
    .help("give parts of it names of their own with `measure`, and use the names")
}

/// Past the hundredth problem.
pub(in crate::syntax) fn too_many_problems(last: Span, most: usize) -> Problem {
    Problem::error(
        Code("syntax::too-many-problems"),
        last,
        format!("the file has {most} mistakes or more, and the rest is not told"),
    )
    .help("mend the ones above first; the others may go with them")
}
