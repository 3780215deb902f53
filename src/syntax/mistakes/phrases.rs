//! Words of a phrase that were left out, and phrases that have two readings.

use super::super::ast::DeclarationWord;
use super::super::error::{general, phrases as error, signs};
use super::super::parser::Rule;
use super::super::token::Kind;
use super::Stop;
use crate::problem::Problem;

/// What is known to go wrong with the words of an expression.
pub(super) fn phrase(stop: &Stop<'_, '_>) -> Option<Problem> {
    missing_comma(stop)
        .or_else(|| weighted(stop))
        .or_else(|| days_between(stop))
        .or_else(|| peers(stop))
        .or_else(|| between(stop))
        .or_else(|| comparison_in_words(stop))
        .or_else(|| previous(stop))
        .or_else(|| missing_of(stop))
        .or_else(|| other_of(stop))
        .or_else(|| across_after_where(stop))
        .or_else(|| rank(stop))
        .or_else(|| if_without_parts(stop))
        .or_else(|| condition_after(stop))
        .or_else(|| missing_is(stop))
        .or_else(|| words_without_quotes(stop))
}

/// `less x never below £0`, `rounded to the nearest £1 half to even`
fn missing_comma(stop: &Stop<'_, '_>) -> Option<Problem> {
    if stop.clause.rule == Rule::column && stop.expects(Rule::COMMA) {
        let option = stop.token(0).filter(|token| matches!(token.text, "key" | "optional" | "may" | "at"));
        if let Some(option) = option {
            return Some(error::missing_comma(stop.clause.span(option), option.text));
        }
    }
    for (words, rule) in [(["never", "below"], Rule::less_clause), (["half", "to"], Rule::rounded_clause)] {
        // A number takes the first word for its unit, and the parser stops at the second.
        let first =
            [0, -1].into_iter().find(|by| stop.is_one_of(*by, &[words[0]]) && stop.is_one_of(by + 1, &[words[1]]));
        if let Some(by) = first.filter(|_| stop.clause.rule == rule) {
            let all = words.join(" ");
            return Some(error::missing_comma(stop.span(by, by + 1)?, &all));
        }
    }
    None
}

/// `weighted mean of x by w`, `mean of x weighted w`
fn weighted(stop: &Stop<'_, '_>) -> Option<Problem> {
    let is_before = stop.is_one_of(-1, &["weighted"]) && stop.is_one_of(0, &["mean", "average", "avg"]);
    let lacks_by = stop.is_one_of(0, &["weighted"]) && !stop.is_one_of(1, &["by"]);
    match (is_before, lacks_by) {
        (true, _) => Some(error::weighted(stop.span(-1, 0)?, stop.slice(-1, 0)?)),
        (_, true) => Some(error::weighted(stop.span(0, 0)?, stop.slice(0, 0)?)),
        _ => None,
    }
}

/// `days between a and b`
fn days_between(stop: &Stop<'_, '_>) -> Option<Problem> {
    let at = [-1, 0].into_iter().find(|by| stop.is_one_of(*by, &["between"]) && stop.is_one_of(by - 1, &["days"]))?;
    Some(error::days_between(stop.span(at - 1, at)?))
}

/// `mean of x across areas in the same region`, `… with same region`
fn peers(stop: &Stop<'_, '_>) -> Option<Problem> {
    let starts = stop.is_one_of(0, &["in", "of", "by", "with", "within", "sharing", "having"]);
    let same =
        (1..=2).find(|by| stop.is_one_of(*by, &["same"])).filter(|_| starts && stop.is_one_of(-2, &["across"]))?;
    let name = stop.token(same + 1).filter(|token| token.kind == Kind::Word).map_or("…", |token| token.text);
    Some(error::peers(stop.span(0, same)?, stop.slice(0, same)?, name))
}

/// `x between a and b`, `x is between a and b`
fn between(stop: &Stop<'_, '_>) -> Option<Problem> {
    let at = (-2..=0).find(|by| stop.is_one_of(*by, &["between"]))?;
    let start = if stop.is_one_of(at - 1, &["is"]) { at - 1 } else { at };
    let tokens = stop.clause.tokens.get(stop.index.checked_add_signed(at)?..)?;
    let and = tokens.iter().position(|token| token.is("and"))?;
    // The ends run to the next word of logic.
    let after = tokens.get(and + 1..)?;
    let end = after
        .iter()
        .position(|token| matches!(token.text, "and" | "or" | "then" | "else" | ","))
        .unwrap_or(after.len());
    let (low, high) = (tokens.get(1..and)?, after.get(..end)?);
    let low = stop.clause.slice(low.first()?, low.last()?);
    let high = stop.clause.slice(high.first()?, high.last()?);
    if stop.clause.is_cell() && start == at {
        return Some(error::between(stop.span(at, at)?, "", low, high));
    }
    let value = stop.token(start - 1).filter(|token| token.kind == Kind::Word)?;
    let qualifier = stop.token(start - 3).filter(|_| stop.is_one_of(start - 2, &["."]));
    let value = qualifier.map_or(value.text, |qualifier| stop.clause.slice(qualifier, value));
    Some(error::between(stop.span(at, at)?, value, low, high))
}

/// `x is at least 5`, `x greater than 5`, `x equals 5`
fn comparison_in_words(stop: &Stop<'_, '_>) -> Option<Problem> {
    const PHRASES: [(&[&str], &str); 14] = [
        (&["at", "least"], ">="),
        (&["at", "most"], "<="),
        (&["greater", "than"], ">"),
        (&["more", "than"], ">"),
        (&["higher", "than"], ">"),
        (&["bigger", "than"], ">"),
        (&["less", "than"], "<"),
        (&["fewer", "than"], "<"),
        (&["lower", "than"], "<"),
        (&["equal", "to"], "is"),
        (&["equals"], "is"),
        (&["exceeds"], ">"),
        (&["no", "more", "than"], "<="),
        (&["no", "less", "than"], ">="),
    ];
    for by in [-2, -1, 0] {
        for (words, sign) in PHRASES {
            let count = isize::try_from(words.len()).ok()?;
            let matches = (0..count).zip(words).all(|(offset, word)| stop.is_one_of(by + offset, &[word]));
            let reaches = by + count > 0;
            // `greater than or equal to`
            if matches && reaches && stop.token(by - 1).is_some() {
                let first = if stop.is_one_of(by - 1, &["is"]) { by - 1 } else { by };
                let or_equal = stop.is_one_of(by + count, &["or"]) && stop.is_one_of(by + count + 1, &["equal"]);
                let last = if or_equal {
                    by + count + 1 + isize::from(stop.is_one_of(by + count + 2, &["to"]))
                } else {
                    by + count - 1
                };
                let sign = match sign {
                    ">" if or_equal => ">=",
                    "<" if or_equal => "<=",
                    sign => sign,
                };
                return Some(error::comparison_in_words(stop.span(first, last)?, stop.slice(first, last)?, sign));
            }
        }
    }
    None
}

/// `x in previous quarter`, `x in the last quarter`
fn previous(stop: &Stop<'_, '_>) -> Option<Problem> {
    let kinds = ["quarter", "month", "year"];
    for by in [-2, -1, 0, 1] {
        let is_previous = stop.is_one_of(by, &["previous", "last", "prior"]);
        if is_previous && stop.is_one_of(by + 1, &kinds) {
            let first = [by - 2, by - 1].into_iter().find(|at| stop.is_one_of(*at, &["in"])).unwrap_or(by);
            let kind = stop.token(by + 1)?.text;
            return Some(error::previous(stop.span(first, by + 1)?, stop.slice(first, by + 1)?, kind));
        }
    }
    None
}

/// `sum quarter.baseline`, `sum(x)`, `running total x`
fn missing_of(stop: &Stop<'_, '_>) -> Option<Problem> {
    const PHRASES: [&[&str]; 17] = [
        &["running", "total"],
        &["highest", "so", "far"],
        &["lowest", "so", "far"],
        &["lower", "quartile"],
        &["upper", "quartile"],
        &["sum"],
        &["count"],
        &["share"],
        &["mean"],
        &["median"],
        &["least"],
        &["greatest"],
        &["any"],
        &["all"],
        &["latest"],
        &["size"],
        &["rank"],
    ];
    for words in PHRASES {
        let count = isize::try_from(words.len()).ok()?;
        // The first word is read as a name, and the parser stops at the one after it.
        let matches = (0..).zip(words).all(|(offset, word)| stop.is_one_of(offset - 1, &[word]));
        let Some(next) = stop.token(count - 1).filter(|_| matches) else { continue };
        let is_name = next.kind == Kind::Word && !super::heads::RESERVED.contains(&next.text) && !next.is("of");
        if is_name || next.is("(") {
            return Some(error::missing_of(stop.span(-1, count - 2)?, stop.slice(-1, count - 2)?, next.text));
        }
    }
    None
}

/// `average of x`, `total of x`
fn other_of(stop: &Stop<'_, '_>) -> Option<Problem> {
    let word = stop.token(-1).filter(|word| word.kind == Kind::Word && stop.is_one_of(0, &["of"]))?;
    if word.is("one") && stop.is_one_of(-2, &["is"]) {
        return Some(error::one_of(stop.span(-1, 0)?));
    }
    if stop.is_one_of(-2, &["of"]) {
        return Some(general::of_of(stop.span(-1, 0)?, word.text));
    }
    let meant = match word.text.to_lowercase().as_str() {
        "average" | "avg" => Some("mean of"),
        "total" | "totals" => Some("sum of"),
        "number" => Some("count of"),
        "max" | "maximum" | "highest" | "largest" | "biggest" => Some("greatest of"),
        "min" | "minimum" | "lowest" | "smallest" => Some("least of"),
        "percentage" | "proportion" | "fraction" => Some("share of"),
        "last" | "newest" => Some("latest of"),
        "none" => Some("not any of"),
        "each" | "every" | "both" => Some("all of"),
        "either" => Some("any of"),
        "abs" | "magnitude" => Some("size of"),
        "quartile" => Some("lower quartile of"),
        "percentile" | "decile" => Some("90th percentile of"),
        _ => None,
    };
    let known =
        ["sum", "count", "share", "mean", "median", "least", "greatest", "any", "all", "latest", "rank", "size"];
    let near = crate::suggest::nearest(word.text, known).map(|word| format!("{word} of"));
    Some(error::other_of(stop.span(-1, 0)?, word.text, meant.or(near.as_deref())))
}

/// `sum of x where C across areas`
fn across_after_where(stop: &Stop<'_, '_>) -> Option<Problem> {
    let before = stop.clause.tokens.get(..stop.index)?;
    let is_late = stop.is_one_of(0, &["across"]) && before.iter().any(|token| token.is("where"));
    is_late.then(|| stop.span(0, 0)).flatten().map(general::across_after_where)
}

/// `rank of x`
fn rank(stop: &Stop<'_, '_>) -> Option<Problem> {
    let wants = stop.expects(Rule::ACROSS) && !stop.expects(Rule::WHERE);
    let is_rank = stop.clause.tokens.windows(2).any(|pair| pair.iter().map(|token| token.text).eq(["rank", "of"]));
    if !is_rank || !(wants || stop.expects(Rule::FROM) && !stop.expects(Rule::EOI) || stop.expects(Rule::HIGHEST)) {
        return None;
    }
    let place = stop.token(0).map_or_else(|| stop.clause.end(), |token| stop.clause.span(token));
    Some(error::rank(place))
}

/// `fund if agreed`, `fund when agreed`, `£5 when agreed`
fn condition_after(stop: &Stop<'_, '_>) -> Option<Problem> {
    // A figure takes `when` for its unit, and the parser stops after it.
    let is_unit = stop.is_one_of(-1, &["when"]) && stop.is_kind(-2, Kind::Figure);
    let at = if is_unit { -1 } else { 0 };
    let is_after = is_unit || stop.expects(Rule::EOI) && stop.is_one_of(0, &["when", "if"]);
    let condition = stop.clause.tokens.get(stop.index.checked_add_signed(at + 1)?..).filter(|_| is_after)?;
    let condition = stop.clause.slice(condition.first()?, condition.last()?);
    let word = stop.token(at)?;
    // `only if` decides all of a payment, not what a later clause adds or takes.
    let is_all = stop.clause.word == DeclarationWord::Payment && stop.clause.rule == Rule::is_clause;
    Some(error::condition_after(stop.clause.span(word), word.text, condition, is_all))
}

/// An `if` whose `then` or `else` is not there.
fn if_without_parts(stop: &Stop<'_, '_>) -> Option<Problem> {
    let (wanted, is_then) = if stop.expects(Rule::ELSE) {
        ("else", false)
    } else if stop.expects(Rule::THEN) && stop.clause.rule != Rule::unless_clause {
        ("then", true)
    } else {
        return None;
    };
    // The `if` whose part is wanted: the last one that does not have it yet.
    let mut open = Vec::new();
    for token in stop.clause.tokens.get(..stop.index)? {
        match token.text {
            "if" => open.push(token),
            "else" => {
                open.pop();
            }
            _ => {}
        }
    }
    let place = stop.token(0).map_or_else(|| stop.clause.end(), |token| stop.clause.span(token));
    let opener = open.pop()?;
    let bracket = stop.clause.tokens.iter().find(|token| token.start == opener.end());
    if is_then && bracket.is_some_and(|token| token.is("(")) && stop.is_one_of(-1, &[")"]) {
        return signs::function(stop.clause.span(opener), "IF");
    }
    let opener = stop.clause.span(opener);
    Some(error::if_without_part(place, opener, wanted, is_then, stop.token(0).map(|token| token.text)))
}

/// `expect performance £104,300`, `given parameter x 4%`, `given area code is E06000001`
fn missing_is(stop: &Stop<'_, '_>) -> Option<Problem> {
    if stop.clause.rule == Rule::given_clause && stop.is_one_of(0, &["is"]) {
        return Some(error::is_not_wanted(stop.span(0, 0)?));
    }
    let wants =
        stop.expects(Rule::IS) && matches!(stop.clause.rule, Rule::expect_clause | Rule::given_parameter_clause);
    let token = stop.token(0).filter(|_| wants)?;
    let last = stop.token(1).filter(|next| token.touches(next)).unwrap_or(token);
    Some(error::missing_is(stop.clause.between(token, last), stop.clause.slice(token, last)))
}

/// `expect assurance is approved with support`
fn words_without_quotes(stop: &Stop<'_, '_>) -> Option<Problem> {
    let is_choice = matches!(stop.clause.rule, Rule::column | Rule::one_of_clause) && stop.expects(Rule::COMMA);
    let has_choices = is_choice && stop.clause.tokens.iter().any(|token| token.is("of"));
    if has_choices && stop.is_kind(0, Kind::Word) && stop.is_kind(-1, Kind::Word) {
        return Some(error::choice_without_quotes(stop.span(-1, 0)?, stop.slice(-1, 0)?));
    }
    let wanted = stop.clause.rule == Rule::expect_clause && stop.expects(Rule::MET);
    let first = stop.token(0).filter(|token| wanted && token.kind == Kind::Word)?;
    let rest = stop.clause.tokens.get(stop.index..)?;
    let last = rest.iter().take_while(|token| token.kind == Kind::Word).last()?;
    Some(error::words_without_quotes(stop.clause.between(first, last), stop.clause.slice(first, last)))
}
