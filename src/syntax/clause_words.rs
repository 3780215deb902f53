//! The clauses: with which words each begins, how it is read, and which declarations have it.
//!
//! In: the text of an indented line. Out: its [`ClauseForm`]. The one table of clauses in the compiler.

use super::ast::DeclarationWord::{
    self, Allocation, Check, Condition, Decision, Measure, Outcome, Parameter, Payment, Permission, Rules, Scenario,
    Source,
};
use super::parser::Rule;

/// One clause of the language.
#[derive(Debug)]
pub(super) struct ClauseForm {
    /// The words with which it begins.
    pub(super) words: &'static [&'static str],
    /// The rule of the grammar for the whole clause.
    pub(super) rule: Rule,
    /// The declarations that have it.
    pub(super) owners: &'static [DeclarationWord],
    /// Whether a declaration has it at most once.
    pub(super) once: bool,
}

impl ClauseForm {
    /// The words as text: `met when`.
    pub(super) fn text(&self) -> String {
        self.words.join(" ")
    }

    /// Whether declarations of this kind have the clause.
    pub(super) fn belongs_to(&self, word: DeclarationWord) -> bool {
        self.owners.contains(&word)
    }
}

const FORMULA: &[DeclarationWord] = &[Measure, Payment];
const CITED: &[DeclarationWord] = &[
    Rules, Source, Parameter, Measure, Condition, Permission, Payment, Allocation, Outcome, Decision, Check, Scenario,
];

const fn one(words: &'static [&'static str], rule: Rule, owners: &'static [DeclarationWord]) -> ClauseForm {
    ClauseForm { words, rule, owners, once: true }
}

const fn many(words: &'static [&'static str], rule: Rule, owners: &'static [DeclarationWord]) -> ClauseForm {
    ClauseForm { words, rule, owners, once: false }
}

/// Every clause; what a declaration is mostly about stands before what it may also have, and longer words
/// before their beginning.
pub(super) static FORMS: [ClauseForm; 36] = [
    one(&["status"], Rule::status_clause, &[Rules]),
    one(&["applies"], Rule::applies_clause, &[Rules]),
    one(&["currency"], Rule::currency_clause, &[Rules]),
    one(&["financial", "year", "starts", "in"], Rule::year_clause, &[Rules]),
    one(&["one", "of"], Rule::one_of_clause, &[Parameter]),
    many(&["is"], Rule::is_clause, &[Parameter, Measure, Payment]),
    one(&["met", "when"], Rule::met_when_clause, &[Condition]),
    one(&["used", "when"], Rule::used_when_clause, &[Permission]),
    one(&["holds", "when"], Rule::holds_when_clause, &[Check]),
    one(&["lower", "is", "better"], Rule::better_clause, &[Outcome]),
    one(&["higher", "is", "better"], Rule::better_clause, &[Outcome]),
    one(&["baseline"], Rule::baseline_clause, &[Outcome]),
    one(&["target"], Rule::target_clause, &[Outcome]),
    one(&["actual"], Rule::actual_clause, &[Outcome]),
    one(&["first", "match"], Rule::first_match_clause, &[Decision, Measure, Payment]),
    one(&["of"], Rule::of_clause, &[Allocation]),
    one(&["in", "proportion", "to"], Rule::proportion_clause, &[Allocation]),
    one(&["to", "the", "nearest"], Rule::nearest_clause, &[Allocation]),
    many(&["at", "least"], Rule::at_least_clause, &[Measure, Payment, Allocation]),
    many(&["at", "most"], Rule::at_most_clause, &[Measure, Payment, Allocation]),
    many(&["less"], Rule::less_clause, FORMULA),
    many(&["rounded"], Rule::rounded_clause, FORMULA),
    many(&["only", "if"], Rule::only_if_clause, &[Payment]),
    many(&["if", "missing"], Rule::if_missing_clause, FORMULA),
    many(&["unless"], Rule::unless_clause, &[Condition, Measure, Payment]),
    many(&["otherwise", "unless"], Rule::unless_clause, FORMULA),
    one(&["shown"], Rule::shown_clause, &[Measure, Payment, Outcome]),
    one(&["as", "at"], Rule::as_at_clause, &[Scenario]),
    many(&["given", "parameter"], Rule::given_parameter_clause, &[Scenario]),
    many(&["given"], Rule::given_clause, &[Scenario]),
    many(&["expect"], Rule::expect_clause, &[Scenario]),
    one(&["because"], Rule::because_clause, &[Scenario]),
    many(&["source"], Rule::source_clause, CITED),
    many(&["unverified"], Rule::unverified_clause, CITED),
    many(&["note"], Rule::note_clause, CITED),
    // A column begins with its own name; this entry is never found by its words.
    many(&[], Rule::column, &[DeclarationWord::Data]),
];

/// The clause with whose words a text begins.
pub(super) fn leading(text: &str) -> Option<&'static ClauseForm> {
    FORMS.iter().find(|form| !form.words.is_empty() && begins_with(text, form.words))
}

/// The clause of this declaration that shares its first word with a text, such as `met when` with `met if`.
pub(super) fn half_leading(text: &str, word: DeclarationWord) -> Option<&'static ClauseForm> {
    let first = text.split_whitespace().next()?;
    FORMS.iter().find(|form| form.belongs_to(word) && form.words.first() == Some(&first))
}

/// The words of the clauses that a declaration has.
pub(super) fn of_declaration(word: DeclarationWord) -> Vec<String> {
    FORMS.iter().filter(|form| form.belongs_to(word) && !form.words.is_empty()).map(ClauseForm::text).collect()
}

/// Whether a text begins with these words, and a word ends after each of them.
fn begins_with(text: &str, words: &[&str]) -> bool {
    let mut rest = text;
    for word in words {
        let Some(after) = rest.strip_prefix(word) else { return false };
        if after.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
            return false;
        }
        rest = after.trim_start();
    }
    true
}
