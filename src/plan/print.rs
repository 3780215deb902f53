//! A plan as text: numbered lines, a step each, under the frame it runs over.
//!
//! In: a plan and its model. Out: what `ringfence plan` shows and snapshots pin.

use super::{Claim, Member, Op, Plan, StepId};
use crate::model::{Level, Model};
use crate::syntax::ast::{AggregateOp, ArithmeticOp, CompareOp, LogicOp};
use crate::value::{Date, Period, RoundMode, Value, date_text};
use std::collections::HashMap;
use std::fmt::Write;

/// The steps in order, each with its frame, what it does, and what is named by it.
pub fn print(plan: &Plan, model: &Model) -> String {
    let mut names: HashMap<StepId, Vec<String>> = HashMap::new();
    for (output, declaration) in plan.outputs.iter().zip(&model.declarations) {
        for (period, step) in output.values.iter().enumerate() {
            let name = match period_at(model, declaration.level, period) {
                Some(period) => format!("{} in {period}", declaration.name),
                None => declaration.name.clone(),
            };
            names.entry(*step).or_default().push(name);
        }
    }
    let mut text = String::new();
    for (number, step) in plan.steps.iter().enumerate() {
        let frame = match plan.frames.get(step.frame.index()) {
            Some(Level::Table(table)) => model.table(*table).name.as_str(),
            _ => "nation",
        };
        let id = StepId(u32::try_from(number).unwrap_or(u32::MAX));
        let _ = write!(text, "{number:>5}  {frame:<10} {}", operation(&step.op, model));
        if let Some(names) = names.get(&id) {
            let _ = write!(text, "  => {}", names.join(", "));
        }
        text.push('\n');
    }
    let left = plan.outputs.iter().zip(&model.declarations).filter(|(output, _)| !output.is_planned);
    let left: Vec<&str> = left.map(|(_, declaration)| declaration.name.as_str()).collect();
    if !left.is_empty() {
        let _ = writeln!(text, "       by the reference interpreter: {}", left.join(", "));
    }
    text
}

fn period_at(model: &Model, level: Level, at: usize) -> Option<Period> {
    let Level::Table(table) = level else { return None };
    let series = model.table(table).series?;
    Some(Period { ordinal: series.first.ordinal.saturating_add(i32::try_from(at).ok()?), ..series.first })
}

fn value(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Text(text) => format!("{text:?}"),
        Value::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Date(date) => day(*date),
        Value::Period(period) => period.to_string(),
        Value::Condition(state) => format!("{state:?}"),
    }
}

fn day(date: Date) -> String {
    date_text(date)
}

fn list(steps: impl IntoIterator<Item = StepId>) -> String {
    steps.into_iter().map(|step| format!("[{}]", step.0)).collect::<Vec<_>>().join(" ")
}

fn member(member: &Member) -> String {
    let with = member.with.map(|with| format!(" with [{}]", with.0)).unwrap_or_default();
    match (member.value, member.counts) {
        (Some(value), Some(counts)) => format!("[{}]{with} where [{}]", value.0, counts.0),
        (Some(value), None) => format!("[{}]{with}", value.0),
        (None, Some(counts)) => format!("where [{}]", counts.0),
        (None, None) => "each".to_owned(),
    }
}

fn in_groups(among: Option<StepId>) -> String {
    among.map(|groups| format!(" for each group in [{}]", groups.0)).unwrap_or_default()
}

fn compare(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Is => "is",
        CompareOp::IsNot => "is not",
        CompareOp::Below => "<",
        CompareOp::AtMost => "<=",
        CompareOp::Above => ">",
        CompareOp::AtLeast => ">=",
    }
}

fn arithmetic(op: ArithmeticOp) -> &'static str {
    match op {
        ArithmeticOp::Add => "+",
        ArithmeticOp::Subtract => "-",
        ArithmeticOp::Multiply => "*",
        ArithmeticOp::Divide => "/",
    }
}

fn aggregate(op: AggregateOp) -> String {
    if let AggregateOp::Percentile(percent) = op {
        return format!("percentile {percent}");
    }
    // The words of the language, from the names of the operations: `lower quartile`.
    let mut words = String::new();
    for letter in format!("{op:?}").chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

fn rounding(mode: RoundMode) -> &'static str {
    match mode {
        RoundMode::Nearest => "to the nearest",
        RoundMode::NearestEven => "half to even, to the nearest",
        RoundMode::Up => "up to",
        RoundMode::Down => "down to",
    }
}

fn operation(op: &Op, model: &Model) -> String {
    match op {
        Op::Constant(known) => value(known),
        Op::Fault(fault) => format!("fault {fault:?}"),
        Op::Column(column, _) => {
            let declared = model.column(*column);
            let table = model.table(declared.table);
            let name = format!("column {}.{}", table.name, declared.name);
            match op {
                Op::Column(_, at) if table.series.is_some() => {
                    let period = period_at(model, Level::Table(declared.table), *at as usize);
                    format!("{name} in {}", period.map(|period| period.to_string()).unwrap_or_default())
                }
                _ => name,
            }
        }
        Op::Parameter(parameter) => format!("parameter {}", model.parameter(*parameter).name),
        Op::ParameterIn(parameter, period) | Op::ParameterAt(parameter, period) => {
            format!("parameter {} in [{}]", model.parameter(*parameter).name, period.0)
        }
        Op::Above(step) => format!("above [{}]", step.0),
        Op::Not(step) => format!("not [{}]", step.0),
        Op::Negate(step) => format!("- [{}]", step.0),
        Op::SizeOf(step) => format!("size of [{}]", step.0),
        Op::Arithmetic(op, left, right) => format!("[{}] {} [{}]", left.0, arithmetic(*op), right.0),
        Op::Days(from, to) => format!("days from [{}] to [{}]", from.0, to.0),
        Op::Compare(op, left, right) => format!("[{}] {} [{}]", left.0, compare(*op), right.0),
        Op::Logic(op, all) => {
            let word = if *op == LogicOp::And { "all" } else { "any" };
            format!("{word} of {}", list(all.iter().copied()))
        }
        Op::IsMissing(step, negated) => format!("[{}] is {}missing", step.0, if *negated { "not " } else { "" }),
        Op::IsKnown(step, answer) => format!("[{}] is surely {}", step.0, if *answer { "yes" } else { "no" }),
        Op::Rounded(step, mode, to) => format!("[{}] rounded {} {to}", step.0, rounding(*mode)),
        Op::Bound(op, step, bound) => {
            format!("[{}] at {} [{}]", step.0, if *op == CompareOp::AtLeast { "least" } else { "most" }, bound.0)
        }
        Op::If(condition, then, otherwise) => format!("if [{}] then [{}] else [{}]", condition.0, then.0, otherwise.0),
        Op::OnlyIf(step, condition) => format!("[{}] only if [{}]", step.0, condition.0),
        Op::IfMissing(step, instead) => format!("[{}] if missing [{}]", step.0, instead.0),
        Op::Unless(step, exceptions) => {
            let chain = |chain: &Vec<(StepId, StepId)>| {
                chain
                    .iter()
                    .map(|(when, gives)| format!("[{}] then [{}]", when.0, gives.0))
                    .collect::<Vec<_>>()
                    .join(" else ")
            };
            let all = exceptions.iter().map(chain).collect::<Vec<_>>().join("; ");
            format!("[{}] unless {all}", step.0)
        }
        Op::Accepts { input, tests, own_case } => {
            format!(
                "[{}] accepted by [{}]{}",
                input.0,
                tests.0,
                if *own_case { ", missing is a case of its own" } else { "" }
            )
        }
        Op::Table { rows, first_match } => {
            let rows = rows.iter().map(|(when, gives)| format!("[{}] gives [{}]", when.0, gives.0));
            format!("{} {}", if *first_match { "first of" } else { "the one of" }, rows.collect::<Vec<_>>().join(", "))
        }
        Op::MayApply { rows, .. } => format!("the last may apply of {}", list(rows.iter().copied())),
        Op::State(met, exempt) => format!("met when [{}] unless {}", met.0, list(exempt.iter().copied()))
            .trim_end_matches(" unless ")
            .to_owned(),
        Op::Verdict(reached, better) => {
            let part = |step: &Option<StepId>| step.map_or_else(|| "–".to_owned(), |step| format!("[{}]", step.0));
            format!("verdict: target {}, better {}", part(reached), part(better))
        }
        Op::Pick(period, choices) => {
            format!("in [{}] of {}", period.0, list(choices.iter().map(|(_, step)| *step)))
        }
        _ => of_many(op),
    }
}

/// Steps that look at many records, or at a series.
fn of_many(op: &Op) -> String {
    match op {
        Op::Gather { op, members, before, among, .. } => {
            let over = members.iter().map(member).collect::<Vec<_>>().join(", ");
            let over = if over.is_empty() { "nothing".to_owned() } else { over };
            let before = before.map(|step| format!(", from [{}] on", step.0)).unwrap_or_default();
            format!("{} of {over}{before}{}", aggregate(*op), in_groups(*among))
        }
        Op::Shares { pot, claims, step, .. } => {
            let claim = |claim: &Claim| {
                let least = claim.least.map(|least| format!(" at least [{}]", least.0)).unwrap_or_default();
                let greatest = claim.greatest.map(|most| format!(" at most [{}]", most.0)).unwrap_or_default();
                format!("[{}]{least}{greatest}", claim.weight.0)
            };
            let claims = claims.iter().map(claim).collect::<Vec<_>>().join(", ");
            format!("shares of [{}] in proportion to {claims}, to the nearest {step}", pot.0)
        }
        Op::Part(shares, period) => format!("part {period} of [{}]", shares.0),
        Op::Climb { before, moves, .. } => {
            let part = |step: &Option<StepId>| step.map_or_else(|| "–".to_owned(), |step| format!("[{}]", step.0));
            let [again, up, down] = moves;
            format!("climb from {}: again {}, up {}, down {}", part(before), part(again), part(up), part(down))
        }
        Op::Stands { possible, steps, .. } => format!("stands on [{}] of {}", possible.0, steps.join(", ")),
        Op::Groups(same) => {
            let shared = same.iter().map(|same| list(same.iter().copied())).collect::<Vec<_>>().join(", ");
            format!("groups with the same {shared}")
        }
        Op::OfGroup { value, groups, .. } => format!("[{}] of the group in [{}]", value.0, groups.0),
        Op::Rank { all, period, from_highest, among } => {
            let mine = all.get(*period as usize).map_or_else(String::new, |mine| format!("[{}]", mine.0));
            let end = if *from_highest { "highest" } else { "lowest" };
            format!("rank of {mine} in {} from {end}{}", list(all.iter().copied()), in_groups(*among))
        }
        _ => String::new(),
    }
}
