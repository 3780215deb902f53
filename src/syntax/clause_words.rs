//! The clauses: with which words each begins, how it is read, and which declarations have it.
//!
//! In: the text of an indented line. Out: its [`ClauseForm`]. The one table of clauses in the compiler.

use super::ast::ChangeKind;
use super::ast::DeclarationWord::{
    self, Allocation, Amendment, Check, Condition, Decision, Discretion, Ladder, Measure, Outcome, Parameter, Payment,
    Permission, Rules, Scenario, Source,
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
    /// What it looks like.
    pub(super) example: &'static str,
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
    Rules, Amendment, Source, Parameter, Measure, Condition, Permission, Payment, Allocation, Outcome, Decision, Check,
    Discretion, Ladder, Scenario,
];

const fn one(
    words: &'static [&'static str],
    rule: Rule,
    owners: &'static [DeclarationWord],
    example: &'static str,
) -> ClauseForm {
    ClauseForm { words, rule, owners, once: true, example }
}

const fn many(
    words: &'static [&'static str],
    rule: Rule,
    owners: &'static [DeclarationWord],
    example: &'static str,
) -> ClauseForm {
    ClauseForm { words, rule, owners, once: false, example }
}

/// Every clause; what a declaration is mostly about stands before what it may also have, and longer words
/// before their beginning.
pub(super) static FORMS: [ClauseForm; 45] = [
    one(&["status"], Rule::status_clause, &[Rules, Amendment], "status in force"),
    one(&["applies"], Rule::applies_clause, &[Rules], "applies 1 April 2015 to 31 March 2016"),
    one(&["based", "on"], Rule::based_on_clause, &[Rules], "based on bcf_2015_16"),
    many(&["supersedes"], Rule::supersedes_clause, &[Rules], "supersedes bcf_2015_16"),
    many(&["superseded", "by"], Rule::superseded_by_clause, &[Rules], "superseded by bcf_2016_17"),
    one(&["currency"], Rule::currency_clause, &[Rules], "currency \"£\""),
    one(&["financial", "year", "starts", "in"], Rule::year_clause, &[Rules], "financial year starts in April"),
    one(&["one", "of"], Rule::one_of_clause, &[Parameter], "one of \"planned profile\", \"annual pot\""),
    many(
        &["is"],
        Rule::is_clause,
        &[Parameter, Measure, Payment, Discretion],
        "is planned_reduction / sum of quarter.baseline",
    ),
    many(
        &["rather", "than"],
        Rule::rather_than_clause,
        &[Parameter],
        "rather than £294m source confed because \"only £394m makes the printed total\"",
    ),
    one(&["met", "when"], Rule::met_when_clause, &[Condition], "met when pooled_fund >= minimum_fund"),
    one(&["used", "when"], Rule::used_when_clause, &[Permission], "used when pooled_fund > minimum_fund"),
    one(&["holds", "when"], Rule::holds_when_clause, &[Check], "holds when pot is paid + kept"),
    one(&["steps"], Rule::steps_clause, &[Ladder], "steps none, \"support letter\", direction"),
    one(&["up", "when"], Rule::up_when_clause, &[Ladder], "up when actual > planned"),
    one(&["down", "when"], Rule::down_when_clause, &[Ladder], "down when actual <= planned"),
    one(&["start", "again", "when"], Rule::again_when_clause, &[Ladder], "start again when plan_agreed"),
    one(&["lower", "is", "better"], Rule::better_clause, &[Outcome], "lower is better"),
    one(&["higher", "is", "better"], Rule::better_clause, &[Outcome], "higher is better"),
    one(&["baseline"], Rule::baseline_clause, &[Outcome], "baseline sum of quarter.baseline"),
    one(&["target"], Rule::target_clause, &[Outcome], "target sum of quarter.planned"),
    one(&["actual"], Rule::actual_clause, &[Outcome], "actual sum of quarter.actual"),
    one(&["first", "match"], Rule::first_match_clause, &[Decision, Measure, Payment], "first match"),
    one(&["of"], Rule::of_clause, &[Allocation], "of pot"),
    one(&["in", "proportion", "to"], Rule::proportion_clause, &[Allocation], "in proportion to population"),
    one(&["to", "the", "nearest"], Rule::nearest_clause, &[Allocation], "to the nearest £1"),
    many(&["at", "least"], Rule::at_least_clause, &[Measure, Payment, Allocation], "at least £0"),
    many(&["at", "most"], Rule::at_most_clause, &[Measure, Payment, Allocation], "at most share_of_1bn"),
    many(&["less"], Rule::less_clause, FORMULA, "less paid so far, never below £0"),
    many(&["rounded"], Rule::rounded_clause, FORMULA, "rounded to the nearest £1"),
    many(&["only", "if"], Rule::only_if_clause, &[Payment], "only if access"),
    many(&["if", "missing"], Rule::if_missing_clause, FORMULA, "if missing £0"),
    many(
        &["unless"],
        Rule::unless_clause,
        &[Condition, Measure, Payment],
        "unless local_value is not missing then local_value",
    ),
    many(&["otherwise", "unless"], Rule::unless_clause, FORMULA, "otherwise unless capped then cap"),
    one(&["shown"], Rule::shown_clause, &[Measure, Payment, Outcome], "shown as percent"),
    one(&["as", "at"], Rule::as_at_clause, &[Scenario], "as at 1 April 2015"),
    many(&["given", "parameter"], Rule::given_parameter_clause, &[Scenario], "given parameter least_reduction is 4%"),
    many(&["given"], Rule::given_clause, &[Scenario], "given area code E06000001, pooled_fund £12m"),
    many(&["expect"], Rule::expect_clause, &[Scenario], "expect performance_pot is £521,500"),
    one(&["because"], Rule::because_clause, &[Scenario], "because constructed"),
    many(&["source"], Rule::source_clause, CITED, "source planning \"annex 4\""),
    many(&["unverified"], Rule::unverified_clause, CITED, "unverified \"no primary source seen\""),
    many(&["note"], Rule::note_clause, CITED, "note \"…\""),
    // A column begins with its own name; these entries are never found by their words.
    many(&[], Rule::omitted_columns, &[], "local_metric, local_target"),
    many(&[], Rule::column, &[DeclarationWord::Data], "pooled_fund money, at least £0 \"Total pooled fund\""),
];

/// The clause with whose words a text begins.
pub(super) fn leading(text: &str) -> Option<&'static ClauseForm> {
    FORMS.iter().find(|form| !form.words.is_empty() && begins_with(text, form.words.iter().copied()))
}

/// What a head, a clause or a cell that follows this rule looks like.
pub(super) fn example(rule: Rule, words: &str) -> &'static str {
    match rule {
        Rule::rules_head => "rules bcf_2015_16 \"Better Care Fund 2015-16\"",
        Rule::amendment_head => "amendment bcf_2015_16_reset \"Targets reset\" to bcf_2015_16 from 20 March 2015",
        Rule::changed_head => "condition data_sharing",
        Rule::renamed_head => "condition access to conditions_of_access",
        Rule::source_head => "source act \"Care Act 2014, section 121\" 2014",
        Rule::data_head => "data quarter \"Quarter\" for each area, Q4 2014-15 to Q3 2015-16",
        Rule::named_head => "parameter least_reduction \"Least reduction\"",
        Rule::valued_head => "measure ambition \"Planned reduction\" for each area",
        Rule::tested_cell => ">= 2% and < 3.5%",
        _ => {
            let of_rule = || FORMS.iter().filter(|form| form.rule == rule);
            let exact = leading(words).filter(|form| form.rule == rule);
            exact.or_else(|| of_rule().next()).map_or("", |form| form.example)
        }
    }
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

/// The change of an amendment with whose words a line at the left margin begins, and how many bytes they have.
pub(super) fn leading_change(text: &str) -> Option<(ChangeKind, usize)> {
    ChangeKind::ALL.iter().find_map(|(kind, spelling)| Some((*kind, end_of_words(text, spelling.split(' '))?)))
}

/// Whether a text begins with these words, and a word ends after each of them.
fn begins_with<'w>(text: &str, words: impl Iterator<Item = &'w str>) -> bool {
    end_of_words(text, words).is_some()
}

/// Where these words end with which a text begins, if a word ends after each of them.
fn end_of_words<'w>(text: &str, words: impl Iterator<Item = &'w str>) -> Option<usize> {
    let mut rest = text;
    let mut end = 0;
    for word in words {
        let after = rest.strip_prefix(word)?;
        if after.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
            return None;
        }
        end = text.len() - after.len();
        rest = after.trim_start();
    }
    Some(end)
}
