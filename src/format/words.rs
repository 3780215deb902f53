//! The words of operators, and other phrases of the language, as they are written.

use crate::syntax::ast::{AggregateOp, ArithmeticOp, CompareOp, EarlierBy, LogicOp, SeriesOp, ordinal};
use crate::value::RoundMode;

pub(super) fn arithmetic(op: ArithmeticOp) -> &'static str {
    match op {
        ArithmeticOp::Add => "+",
        ArithmeticOp::Subtract => "-",
        ArithmeticOp::Multiply => "*",
        ArithmeticOp::Divide => "/",
    }
}

pub(super) fn compare(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Is => "is",
        CompareOp::IsNot => "is not",
        CompareOp::Below => "<",
        CompareOp::AtMost => "<=",
        CompareOp::Above => ">",
        CompareOp::AtLeast => ">=",
    }
}

/// What stands before the operand in the cell of a table: nothing for `low`, `not` for `not low`.
pub(super) fn cell_test(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Is => "",
        CompareOp::IsNot => "not ",
        CompareOp::Below => "< ",
        CompareOp::AtMost => "<= ",
        CompareOp::Above => "> ",
        CompareOp::AtLeast => ">= ",
    }
}

pub(super) fn logic(op: LogicOp) -> &'static str {
    match op {
        LogicOp::And => "and",
        LogicOp::Or => "or",
    }
}

pub(super) fn aggregate(op: AggregateOp) -> String {
    let words = match op {
        AggregateOp::Percentile(percent) => return format!("{percent}{} percentile of", ordinal(percent)),
        AggregateOp::Sum => "sum of",
        AggregateOp::Count => "count of",
        AggregateOp::Share => "share of",
        AggregateOp::Mean => "mean of",
        AggregateOp::Median => "median of",
        AggregateOp::LowerQuartile => "lower quartile of",
        AggregateOp::UpperQuartile => "upper quartile of",
        AggregateOp::Least => "least of",
        AggregateOp::Greatest => "greatest of",
        AggregateOp::Any => "any of",
        AggregateOp::All => "all of",
        AggregateOp::Latest => "latest of",
        AggregateOp::LatestPeriod => "latest period of",
    };
    words.to_owned()
}

pub(super) fn series(op: SeriesOp) -> &'static str {
    match op {
        SeriesOp::RunningTotal => "running total of",
        SeriesOp::HighestSoFar => "highest so far of",
        SeriesOp::LowestSoFar => "lowest so far of",
    }
}

pub(super) fn earlier(by: EarlierBy) -> String {
    match by {
        EarlierBy::Previous(kind) => format!("in the previous {}", kind.word()),
        EarlierBy::Year => "a year earlier".to_owned(),
    }
}

/// What stands before the step of a rounding, and what after it.
pub(super) fn rounding(mode: RoundMode) -> (&'static str, &'static str) {
    match mode {
        RoundMode::Nearest => ("rounded to the nearest ", ""),
        RoundMode::NearestEven => ("rounded to the nearest ", ", half to even"),
        RoundMode::Up => ("rounded up to ", ""),
        RoundMode::Down => ("rounded down to ", ""),
    }
}
