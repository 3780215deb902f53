//! What is made of many: over records below, over all records, over a list.

use super::Words;
use super::expression::Hold;
use crate::model::{Expr, Level, TableId, Type};
use crate::report::doc::document::Text;
use crate::syntax::ast::AggregateOp;

impl Words<'_> {
    pub(super) fn aggregate(
        &self,
        op: AggregateOp,
        over: TableId,
        everywhere: bool,
        operand: Option<&Expr>,
        condition: Option<&Expr>,
        level: Level,
    ) -> Text {
        let plural = self.plural(over);
        let inside = Level::Table(over);
        let records = match level {
            _ if everywhere => format!("all {plural}"),
            Level::Nation => format!("all {plural}"),
            Level::Table(_) => format!("its {plural}"),
        };
        let mut text = Text::of(lead(op));
        let Some(operand) = operand else {
            // `count of areas where …` and `share of areas where …` have no operand.
            text.say(records.trim_start_matches("all "));
            return self.only_where(text, condition, inside);
        };
        let is_logic = matches!(op, AggregateOp::Any | AggregateOp::All);
        // Whether something holds reads better before the records it holds for.
        if is_logic {
            text = self.truth(operand, inside, Hold::Comparison, false);
            text.say(if op == AggregateOp::Any { ", for any of " } else { ", for every one of " });
        } else {
            text.append(self.held(operand, inside, Hold::Product, false));
            text.say(match op {
                AggregateOp::Latest => ", the latest known of ",
                _ => " over ",
            });
        }
        text.say(&records);
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
        AggregateOp::Latest => "",
    }
}
