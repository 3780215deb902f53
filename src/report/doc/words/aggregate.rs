//! What is made of many: over records below, over all records, over a list.

use super::Words;
use super::expression::Hold;
use crate::model::{Expr, ExprKind, Level, TableId, Type};
use crate::report::doc::document::Text;
use crate::syntax::ast::{AggregateOp, ordinal};

/// What is made of which records.
pub(super) struct Gathered<'e> {
    pub(super) op: AggregateOp,
    pub(super) over: TableId,
    pub(super) everywhere: bool,
    pub(super) operand: Option<&'e Expr>,
    pub(super) weight: Option<&'e Expr>,
    pub(super) condition: Option<&'e Expr>,
}

impl<'e> Gathered<'e> {
    /// What an aggregate or a weighted mean makes of which records.
    pub(super) fn of(expr: &'e Expr) -> Option<Self> {
        match &expr.kind {
            ExprKind::Aggregate { op, over, everywhere, operand, condition } => Some(Self {
                op: *op,
                over: *over,
                everywhere: *everywhere,
                operand: operand.as_deref(),
                weight: None,
                condition: condition.as_deref(),
            }),
            ExprKind::WeightedMean { over, everywhere, operand, weight, condition } => Some(Self {
                op: AggregateOp::Mean,
                over: *over,
                everywhere: *everywhere,
                operand: Some(operand),
                weight: Some(weight),
                condition: condition.as_deref(),
            }),
            _ => None,
        }
    }
}

impl Words<'_> {
    /// The place of a record among all, or among its peers.
    pub(super) fn place(&self, over: TableId, operand: &Expr, from_highest: bool, peers: Text, level: Level) -> Text {
        Text::of("the place of ")
            .join(self.held(operand, level, Hold::Product, true))
            .and(format!(" among all {}", self.plural(over)))
            .join(peers)
            .and(", the ")
            .and(if from_highest { "highest first" } else { "lowest first" })
    }

    /// What is made of the peers of a record.
    pub(super) fn peers(&self, over: TableId, same: &[Expr], of: &Expr, level: Level) -> Text {
        let names = same.iter().map(|name| self.held(name, Level::Table(over), Hold::Phrase, false)).collect();
        let peers = Text::of(" with the same ").join(Text::listed(names, " and "));
        match (&of.kind, Gathered::of(of)) {
            (ExprKind::Rank { operand, from_highest, .. }, _) => self.place(over, operand, *from_highest, peers, level),
            (_, Some(gathered)) => self.aggregate(&gathered, peers, level),
            _ => self.expression(of, level),
        }
    }

    pub(super) fn aggregate(&self, gathered: &Gathered<'_>, peers: Text, level: Level) -> Text {
        let Gathered { op, over, everywhere, operand, weight, condition } = *gathered;
        let plural = self.plural(over);
        let inside = Level::Table(over);
        let records = match level {
            _ if everywhere => format!("all {plural}"),
            Level::Nation => format!("all {plural}"),
            Level::Table(_) => format!("its {plural}"),
        };
        let mut text = match op {
            AggregateOp::Percentile(percent) => Text::of(format!("the {percent}{} percentile of ", ordinal(percent))),
            op => Text::of(lead(op)),
        };
        let Some(operand) = operand else {
            // `count of areas where …` and `share of areas where …` have no operand.
            text.say(records.trim_start_matches("all "));
            text.append(peers);
            return self.only_where(text, condition, inside);
        };
        let is_logic = matches!(op, AggregateOp::Any | AggregateOp::All);
        // Whether something holds reads better before the records it holds for.
        if is_logic {
            text = self.truth(operand, inside, Hold::Comparison, false);
            text.say(if op == AggregateOp::Any { ", for any of " } else { ", for every one of " });
        } else {
            text.append(self.held(operand, inside, Hold::Product, false));
            if let Some(weight) = weight {
                text = text.and(", weighted by ").join(self.held(weight, inside, Hold::Product, false)).and(",");
            }
            text.say(match op {
                AggregateOp::Latest => ", the latest known of ",
                AggregateOp::LatestPeriod => " is known among ",
                _ => " over ",
            });
        }
        text.say(&records);
        text.append(peers);
        self.only_where(text, condition, inside)
    }

    fn only_where(&self, text: Text, condition: Option<&Expr>, inside: Level) -> Text {
        match condition {
            Some(condition) => text.and(" where ").join(self.truth(condition, inside, Hold::Logic, true)),
            None => text,
        }
    }

    pub(super) fn list_of(&self, op: AggregateOp, items: &[Expr], level: Level) -> Text {
        let texts = items.iter().map(|item| self.held(item, level, Hold::Sum, false)).collect();
        let is_logic = items.iter().all(|item| item.ty == Type::YesNo);
        let last = if op == AggregateOp::Any { " or " } else { " and " };
        let lead = match op {
            AggregateOp::Count if is_logic => "the number that hold of ",
            AggregateOp::Share if is_logic => "the share that hold of ",
            AggregateOp::Percentile(percent) => {
                let lead = format!("the {percent}{} percentile of ", ordinal(percent));
                return Text::of(lead).join(Text::listed(texts, last));
            }
            op => lead(op),
        };
        Text::of(lead).join(Text::listed(texts, last))
    }
}

fn lead(op: AggregateOp) -> &'static str {
    match op {
        AggregateOp::Sum => "the sum of ",
        AggregateOp::Count => "the number of ",
        AggregateOp::Share => "the share of ",
        AggregateOp::Mean => "the mean of ",
        AggregateOp::Median => "the median of ",
        AggregateOp::LowerQuartile => "the lower quartile of ",
        AggregateOp::UpperQuartile => "the upper quartile of ",
        AggregateOp::Least => "the least of ",
        AggregateOp::Greatest => "the greatest of ",
        AggregateOp::Any => "any of ",
        AggregateOp::All => "all of ",
        AggregateOp::LatestPeriod => "the latest period in which ",
        AggregateOp::Latest | AggregateOp::Percentile(_) => "",
    }
}
