//! From the rules that the parser tried to the words a person reads.
//!
//! In: why a clause does not follow its rule. Out: one problem: what could stand there and what does.

use super::ast::DeclarationWord;
use super::clause_words;
use super::error::general;
use super::mistakes::{self, Clause, Stop};
use super::parser::{Failure, Rule};
use super::token::Token;
use crate::problem::Problem;
use pest::error::{ErrorVariant, InputLocation};

/// What a rule is for a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    /// A word or mark, told in backticks.
    Word(&'static str),
    /// A word or mark that ends what is open: told first, since it is what is usually missing.
    Closing(&'static str),
    /// A kind of thing.
    Class(&'static str),
    /// Where a value can stand, much can stand.
    Value,
    /// A value that is written out.
    Literal,
    /// Between two values.
    Operator,
    /// The end of the text.
    End,
    /// Nothing a reader looks for.
    Silent,
}

/// The most that is listed.
const LISTED: usize = 5;

/// The problem for a clause that does not follow its rule.
pub(super) fn problem(clause: &Clause<'_>, failure: &Failure) -> Problem {
    let ErrorVariant::ParsingError { positives, .. } = &failure.variant else {
        return general::too_much_work(clause.end());
    };
    let at = match failure.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let index = clause.tokens.iter().position(|token| token.end() > at).unwrap_or(clause.tokens.len());
    let stop = Stop { clause, index, expected: positives };
    mistakes::after(&stop).unwrap_or_else(|| unexpected(&stop))
}

/// What was expected and what was found.
fn unexpected(stop: &Stop<'_, '_>) -> Problem {
    let clause = stop.clause;
    let help = help(stop);
    let is_parameter = clause.word == DeclarationWord::Parameter;
    let dates = [Rule::FROM, Rule::TO];
    let shown =
        stop.expected.iter().filter(|rule| is_parameter || clause.rule != Rule::is_clause || !dates.contains(rule));
    let expected = list(&shown.copied().collect::<Vec<_>>());
    match clause.tokens.get(stop.index) {
        // Nothing of the clause was understood beyond its first word.
        Some(first) if stop.index == 0 && !clause.is_cell() => {
            let last = clause.tokens.get(2).or(clause.tokens.last()).unwrap_or(first);
            general::clause_form(clause.between(first, last), clause.slice(first, last), &help)
        }
        Some(token) => general::unexpected(clause.span(token), &found(token), &expected, &help),
        None => general::unexpected(clause.end(), "the end of the clause", &expected, &help),
    }
}

/// What the clause looks like.
fn help(stop: &Stop<'_, '_>) -> String {
    let rule = stop.clause.rule;
    let text = stop.clause.text();
    let forms = match rule {
        Rule::rounded_clause => "write `rounded to the nearest £1`, `rounded up to £1` or `rounded down to £1`",
        Rule::shown_clause => "write `shown as percent`, `shown per 100,000 people` or `shown to 2 decimals`",
        Rule::result_cell => "a row gives one value, such as `£0` or `pot * 2`",
        Rule::column if stop.expected.contains(&Rule::type_words) => {
            "after its name a column has its type: `text`, `yes/no`, `date`, `money`, `percent`, `number`, a period, `one of a, b`, or a unit"
        }
        _ => "",
    };
    if !forms.is_empty() {
        return forms.to_owned();
    }
    let example = clause_words::example(rule, text);
    let what = match rule {
        Rule::tested_cell => "a cell reads like",
        Rule::column => "a column reads like",
        _ if stop.clause.is_head() => "the line reads like",
        _ => "such a clause reads like",
    };
    format!("{what} `{example}`")
}

fn found(token: &Token<'_>) -> String {
    if token.text.chars().count() > 40 { "a long text".to_owned() } else { format!("`{}`", token.text) }
}

/// What was expected, as a list.
fn list(positives: &[Rule]) -> String {
    let all: Vec<Words> = positives.iter().map(|rule| words(*rule)).collect();
    let has = |wanted: Words| all.contains(&wanted);
    let mut told: Vec<String> = Vec::new();
    let mut tell = |text: String| {
        if !told.contains(&text) {
            told.push(text);
        }
    };
    for words in &all {
        if let Words::Closing(text) = words {
            tell(format!("`{text}`"));
        }
    }
    if has(Words::Value) && !positives.iter().all(|rule| *rule == Rule::MINUS) && !has(Words::Operator) {
        tell("a value".to_owned());
    } else if has(Words::Literal) {
        tell("a literal value".to_owned());
    }
    if has(Words::Operator) {
        tell("an operator".to_owned());
    }
    for words in &all {
        match words {
            Words::Word(text) => tell(format!("`{text}`")),
            Words::Class(text) if !(has(Words::Value) || has(Words::Literal)) => tell((*text).to_owned()),
            _ => {}
        }
    }
    if has(Words::End) {
        tell("the end of the clause".to_owned());
    }
    if told.len() > LISTED {
        told.truncate(LISTED);
        told.push("another word of this clause".to_owned());
    }
    match told.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}

/// The words for a rule. Every rule has its own, so that a new one does not compile without them.
#[expect(clippy::too_many_lines, reason = "one line for each rule of the grammar, so that none is without words")]
fn words(rule: Rule) -> Words {
    match rule {
        Rule::AND
        | Rule::OR
        | Rule::IS
        | Rule::IN
        | Rule::IS_NOT_MISSING
        | Rule::IS_MISSING
        | Rule::IS_NOT
        | Rule::ROUNDS_TO
        | Rule::IN_PREVIOUS
        | Rule::A_YEAR_EARLIER
        | Rule::COMPARISON
        | Rule::SIGN
        | Rule::joined
        | Rule::rounds_to => Words::Operator,
        Rule::reference
        | Rule::IF
        | Rule::NOT
        | Rule::AGGREGATE_OF
        | Rule::SERIES_OF
        | Rule::RANK_OF
        | Rule::SIZE_OF
        | Rule::DAYS_FROM
        | Rule::days_from
        | Rule::PAID_SO_FAR
        | Rule::MINUS
        | Rule::LEFT_BRACKET
        | Rule::expression
        | Rule::term
        | Rule::operand
        | Rule::phrase
        | Rule::conditional
        | Rule::aggregate
        | Rule::series
        | Rule::rank
        | Rule::size_of
        | Rule::placed
        | Rule::bracket
        | Rule::result_cell => Words::Value,
        Rule::MONEY
        | Rule::PERCENT
        | Rule::POINTS
        | Rule::YES
        | Rule::NO
        | Rule::signed_literal
        | Rule::literal
        | Rule::money
        | Rule::number
        | Rule::literal_alone => Words::Literal,
        Rule::WHITESPACE
        | Rule::BLANK
        | Rule::WORD_PART
        | Rule::reserved
        | Rule::FIGURE
        | Rule::phrase_start
        // Nobody misses these where an expression could go on.
        | Rule::ORDINAL
        | Rule::WEIGHTED_BY
        | Rule::WITH_THE_SAME
        | Rule::AND_THE_SAME
        | Rule::peers
        | Rule::joining
        | Rule::word => Words::Silent,
        Rule::NAME => Words::Class("a name"),
        Rule::TEXT => Words::Class("a text in quotes"),
        Rule::PLAIN => Words::Class("a number"),
        Rule::MONTH_NAME => Words::Class("a month"),
        Rule::DATE | Rule::day => Words::Class("a date such as `19 September 2014`"),
        Rule::MONTH | Rule::FINANCIAL_YEAR | Rule::QUARTER | Rule::period | Rule::period_range => {
            Words::Class("a period such as `Q4 2014-15`")
        }
        Rule::THEN => Words::Closing("then"),
        Rule::ELSE => Words::Closing("else"),
        Rule::WHERE => Words::Word("where"),
        Rule::PER => Words::Word("per"),
        Rule::ACROSS => Words::Word("across"),
        Rule::FROM => Words::Closing("from"),
        Rule::TO => Words::Word("to"),
        Rule::MISSING => Words::Word("missing"),
        Rule::UNLESS => Words::Word("unless"),
        Rule::HIGHEST => Words::Word("highest"),
        Rule::LOWEST => Words::Word("lowest"),
        Rule::RIGHT_BRACKET => Words::Closing(")"),
        Rule::COMMA => Words::Closing(","),
        Rule::per_base => Words::Class("`per`"),
        Rule::rules_head
        | Rule::source_head
        | Rule::data_head
        | Rule::named_head
        | Rule::valued_head
        | Rule::amendment_head
        | Rule::changed_head
        | Rule::renamed_head
        | Rule::DECLARED
        | Rule::NAMED
        | Rule::VALUED => Words::Class("a declaration"),
        // Only what an amendment inserts has a place, and nobody misses it.
        Rule::place | Rule::AFTER | Rule::BEFORE => Words::Silent,
        Rule::level => Words::Class("`for each …`"),
        Rule::status_clause
        | Rule::applies_clause
        | Rule::based_on_clause
        | Rule::supersedes_clause
        | Rule::superseded_by_clause
        | Rule::currency_clause
        | Rule::year_clause
        | Rule::source_clause
        | Rule::unverified_clause
        | Rule::note_clause
        | Rule::is_clause
        | Rule::rather_than_clause
        | Rule::one_of_clause
        | Rule::at_least_clause
        | Rule::at_most_clause
        | Rule::less_clause
        | Rule::rounded_clause
        | Rule::only_if_clause
        | Rule::if_missing_clause
        | Rule::unless_clause
        | Rule::shown_clause
        | Rule::first_match_clause
        | Rule::met_when_clause
        | Rule::used_when_clause
        | Rule::holds_when_clause
        | Rule::steps_clause
        | Rule::up_when_clause
        | Rule::down_when_clause
        | Rule::again_when_clause
        | Rule::better_clause
        | Rule::baseline_clause
        | Rule::target_clause
        | Rule::actual_clause
        | Rule::of_clause
        | Rule::proportion_clause
        | Rule::nearest_clause
        | Rule::as_at_clause
        | Rule::given_parameter_clause
        | Rule::given_clause
        | Rule::expect_clause
        | Rule::because_clause => Words::Class("a clause"),
        Rule::column | Rule::omitted_columns => Words::Class("a column"),
        Rule::type_words => Words::Class("a type"),
        Rule::choices | Rule::choice | Rule::CHOICE_WORD => Words::Class("a value of the choice"),
        Rule::column_option => Words::Class("an option such as `optional`"),
        Rule::given_pair => Words::Class("a column and its value"),
        Rule::expected_value => Words::Class("`met`, `not met` or a value"),
        Rule::tested_cell | Rule::cell_test => Words::Class("a test"),
        Rule::cell_operand => Words::Class("a value"),
        Rule::words_cell | Rule::WORDS => Words::Class("words"),
        Rule::RULES => Words::Word("rules"),
        Rule::AMENDMENT => Words::Word("amendment"),
        Rule::BASED_ON => Words::Word("based on"),
        Rule::SUPERSEDES => Words::Word("supersedes"),
        Rule::SUPERSEDED_BY => Words::Word("superseded by"),
        Rule::SOURCE => Words::Word("source"),
        Rule::DATA => Words::Word("data"),
        Rule::FOR_THE_NATION => Words::Word("for the nation"),
        Rule::FOR_EACH => Words::Word("for each"),
        Rule::STATUS => Words::Word("status"),
        Rule::APPLIES => Words::Word("applies"),
        Rule::CURRENCY => Words::Word("currency"),
        Rule::FINANCIAL_YEAR_STARTS_IN => Words::Word("financial year starts in"),
        Rule::UNVERIFIED => Words::Word("unverified"),
        Rule::NOTE => Words::Word("note"),
        Rule::YES_OR_NO => Words::Word("yes/no"),
        Rule::WHOLE_YEAR => Words::Word("financial year"),
        Rule::ONE_OF => Words::Word("one of"),
        Rule::RATHER_THAN => Words::Word("rather than"),
        Rule::JUDGEMENT_OF => Words::Word("judgement of"),
        Rule::KEY => Words::Word("key"),
        Rule::OPTIONAL => Words::Word("optional"),
        Rule::MAY_BE_FRACTIONAL => Words::Word("may be fractional"),
        Rule::NEW_DEFINITION | Rule::new_definition => Words::Word("new definition from"),
        Rule::AT_LEAST => Words::Word("at least"),
        Rule::AT_MOST => Words::Word("at most"),
        Rule::LESS => Words::Word("less"),
        Rule::NEVER_BELOW => Words::Word("never below"),
        Rule::ROUNDED_TO_THE_NEAREST => Words::Word("rounded to the nearest"),
        Rule::ROUNDED_UP_TO => Words::Word("rounded up to"),
        Rule::ROUNDED_DOWN_TO => Words::Word("rounded down to"),
        Rule::HALF_TO_EVEN => Words::Word("half to even"),
        Rule::ONLY_IF => Words::Word("only if"),
        Rule::IF_MISSING => Words::Word("if missing"),
        Rule::OTHERWISE => Words::Word("otherwise"),
        Rule::SHOWN => Words::Word("shown"),
        Rule::AS_PERCENT => Words::Word("as percent"),
        Rule::DECIMALS => Words::Word("decimals"),
        Rule::FIRST_MATCH => Words::Word("first match"),
        Rule::MET_WHEN => Words::Word("met when"),
        Rule::USED_WHEN => Words::Word("used when"),
        Rule::HOLDS_WHEN => Words::Word("holds when"),
        Rule::STEPS => Words::Word("steps"),
        Rule::UP_WHEN => Words::Word("up when"),
        Rule::DOWN_WHEN => Words::Word("down when"),
        Rule::START_AGAIN_WHEN => Words::Word("start again when"),
        Rule::LOWER_IS_BETTER => Words::Word("lower is better"),
        Rule::HIGHER_IS_BETTER => Words::Word("higher is better"),
        Rule::BASELINE => Words::Word("baseline"),
        Rule::TARGET => Words::Word("target"),
        Rule::ACTUAL => Words::Word("actual"),
        Rule::OF => Words::Word("of"),
        Rule::IN_PROPORTION_TO => Words::Word("in proportion to"),
        Rule::TO_THE_NEAREST => Words::Word("to the nearest"),
        Rule::AS_AT => Words::Word("as at"),
        Rule::GIVEN_PARAMETER => Words::Word("given parameter"),
        Rule::GIVEN => Words::Word("given"),
        Rule::EXPECT => Words::Word("expect"),
        Rule::MET => Words::Word("met"),
        Rule::NOT_MET => Words::Word("not met"),
        Rule::DOES_NOT_APPLY => Words::Word("does not apply"),
        Rule::CANNOT_DETERMINE => Words::Word("cannot determine"),
        Rule::BECAUSE => Words::Word("because"),
        Rule::ANY_CASE => Words::Word("any"),
        Rule::EOI => Words::End,
    }
}
