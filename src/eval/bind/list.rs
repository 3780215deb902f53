//! Binding of aggregates whose members stand in the same lane: lists, and the periods of a series.

use super::Binder;
use crate::eval::kernel::list::{InLane, List, ListTo};
use crate::eval::kernel::{Kernel, Reg};
use crate::eval::peers::OfGroup;
use crate::eval::range::{Factor, Range};
use crate::eval::shape::{Codes, Repr, Shape};
use crate::eval::sites::Site;
use crate::model::Level;
use crate::plan::{Member, Op, Place, StepId};
use crate::syntax::ast::{AggregateOp, ArithmeticOp, LogicOp};
use crate::value::{Fault, Number, Value, day_of_date};

/// More days than lie between the first and the last of the calendar.
const MOST_DAYS: i128 = 1 << 23;

impl Binder<'_, '_> {
    pub(super) fn list(&mut self, op: AggregateOp, members: &[Member], before: Option<StepId>, place: Place) -> Reg {
        let members: Vec<InLane> = members
            .iter()
            .map(|member| {
                let counts = member.counts.map(|step| self.answer_of(step));
                let value = member.value.map(|step| match op {
                    AggregateOp::Any | AggregateOp::All => self.answer_of(step),
                    _ => self.reg(step),
                });
                let with = member.with.map(|step| self.reg(step));
                InLane { counts, value, with }
            })
            .collect();
        self.fast_list(op, &members, before, place).unwrap_or_else(|| self.slow_list(op, &members, place))
    }

    /// As arithmetic and logic of the members, where that means the same.
    fn fast_list(&mut self, op: AggregateOp, members: &[InLane], before: Option<StepId>, place: Place) -> Option<Reg> {
        let is_plain = members.iter().all(|member| member.counts.is_none());
        let values: Vec<Reg> = members.iter().filter_map(|member| member.value).collect();
        if members.iter().any(|member| member.with.is_some()) {
            return None;
        }
        match op {
            AggregateOp::Any | AggregateOp::All => {
                let any = op == AggregateOp::Any;
                let mut answers = Vec::new();
                for InLane { counts, value, .. } in members {
                    let value = (*value)?;
                    answers.push(match counts {
                        None => value,
                        Some(counts) if any => self.logic(LogicOp::And, vec![*counts, value]),
                        Some(counts) => {
                            let outside = self.opposite(*counts);
                            self.logic(LogicOp::Or, vec![outside, value])
                        }
                    });
                }
                Some(self.logic(if any { LogicOp::Or } else { LogicOp::And }, answers))
            }
            AggregateOp::Sum if is_plain => {
                self.are_machine_numbers(&values)?;
                if let (Some(before), [.., last]) = (before, values.as_slice()) {
                    let before = self.reg(before);
                    if self.shape(before).fraction().is_some() {
                        return self.fast_arithmetic(ArithmeticOp::Add, before, *last, place);
                    }
                }
                self.sum(&values, place)
            }
            AggregateOp::Least | AggregateOp::Greatest if is_plain && !values.is_empty() => {
                let greatest = op == AggregateOp::Greatest;
                if let (Some(before), [.., last]) = (before, values.as_slice()) {
                    let before = self.reg(before);
                    return Some(self.extreme(before, *last, greatest));
                }
                let (first, rest) = values.split_first()?;
                Some(rest.iter().fold(*first, |best, next| self.extreme(best, *next, greatest)))
            }
            AggregateOp::Mean if is_plain && !values.is_empty() => {
                self.are_machine_numbers(&values)?;
                let total = self.sum(&values, place)?;
                let count = self.constant(&Value::Number(whole(values.len())));
                self.fast_arithmetic(ArithmeticOp::Divide, total, count, place)
            }
            AggregateOp::Count => {
                let one = self.constant(&Value::Number(Number::one()));
                let zero = self.constant(&Value::Number(Number::zero()));
                let each: Vec<Reg> = members
                    .iter()
                    .map(|member| member.counts.map_or(one, |counts| self.choice(counts, one, zero)))
                    .collect();
                self.sum(&each, place)
            }
            AggregateOp::Sum => {
                self.are_machine_numbers(&values)?;
                let zero = self.constant(&Value::Number(Number::zero()));
                let mut each = Vec::new();
                for InLane { counts, value, .. } in members {
                    let value = (*value)?;
                    each.push(counts.map_or(value, |counts| self.choice(counts, value, zero)));
                }
                self.sum(&each, place)
            }
            _ => None,
        }
    }

    /// An exact number, where it is a number.
    fn exactly(&mut self, reg: Reg) -> Reg {
        if self.shape(reg).repr().is_some() { self.convert(reg, 1, Repr::Exact) } else { reg }
    }

    /// The days from one date to another.
    pub(super) fn days(&mut self, from: Reg, to: Reg) -> Reg {
        if let (Some(Value::Date(from)), Some(Value::Date(to))) = (self.known(from), self.known(to)) {
            let days = day_of_date(*to).saturating_sub(day_of_date(*from));
            return self.constant(&Value::Number(Number::from(i64::from(days))));
        }
        let dates = Shape::Code(Codes::Date);
        let (from, to) = (self.as_codes(from, &dates), self.as_codes(to, &dates));
        let may_miss = self.may_miss(from) || self.may_miss(to);
        let range = Range { least: -MOST_DAYS, greatest: MOST_DAYS };
        self.make(Kernel::Days { from, to }, Shape::int(Factor::ONE, range), may_miss)
    }

    /// The parts of a pot at one period.
    pub(super) fn part(&mut self, shares: StepId, period: u32, place: Place) -> Reg {
        let kept = self.world.kept.get(shares.index()).and_then(Option::as_ref);
        let Some((shape, may_miss, is_whole)) =
            kept.map(|kept| (kept.shape.clone(), kept.may_miss, kept.causes.is_some()))
        else {
            self.is_beyond = true;
            return self.constant(&Value::YesNo(false));
        };
        let periods = match &self.world.plan.step(shares).op {
            Op::Shares { claims, .. } => claims.len(),
            _ => 1,
        };
        // Where not all parts are missing, those that are were too large.
        let nation = Place { level: Level::Nation, period: 0, ..place };
        let site = if is_whole { Site::All(shares) } else { Site::Fault(Fault::TooLarge, nation) };
        let site = self.site(site);
        self.make(Kernel::Part { shares, first: period as usize, stride: periods, site }, shape, may_miss)
    }

    /// What was made for the group of each row.
    pub(super) fn of_group(&mut self, value: StepId, groups: StepId, period: u32, same: &[StepId]) -> Reg {
        let same: Vec<Reg> = same.iter().map(|name| self.reg(*name)).collect();
        let site = self.site(Site::Group { value, groups, period });
        let Some(kept) = self.world.kept.get(value.index()).and_then(Option::as_ref) else {
            self.is_beyond = true;
            return self.nothing(site, Shape::Exact);
        };
        let (shape, may_miss) = (kept.shape.clone(), kept.may_miss);
        let may_miss = may_miss || same.iter().any(|name| self.may_miss(*name));
        self.make(Kernel::OfGroup(OfGroup { value, groups, period, same, site }), shape, may_miss)
    }

    fn are_machine_numbers(&self, values: &[Reg]) -> Option<()> {
        values.iter().all(|value| self.shape(*value).fraction().is_some()).then_some(())
    }

    fn opposite(&mut self, one: Reg) -> Reg {
        match self.known_answer(one) {
            Some(answer) => self.constant(&Value::YesNo(!answer)),
            None => {
                let may_miss = self.may_miss(one);
                self.make(Kernel::Not(one), Shape::Bool, may_miss)
            }
        }
    }

    /// The sum, if machine numbers hold it at every step.
    fn sum(&mut self, values: &[Reg], place: Place) -> Option<Reg> {
        let Some((first, rest)) = values.split_first() else {
            return Some(self.constant(&Value::Number(Number::zero())));
        };
        let mut total = *first;
        for value in rest {
            total = self.fast_arithmetic(ArithmeticOp::Add, total, *value, place)?;
        }
        Some(total)
    }

    /// Arithmetic, unless it would need exact numbers, whose faults a list tells in its own way.
    fn fast_arithmetic(&mut self, op: ArithmeticOp, a: Reg, b: Reg, place: Place) -> Option<Reg> {
        let reg = self.arithmetic(op, a, b, place);
        (self.shape(reg) != Shape::Exact).then_some(reg)
    }

    fn slow_list(&mut self, op: AggregateOp, members: &[InLane], place: Place) -> Reg {
        let gives = |member: &InLane| if op == AggregateOp::LatestPeriod { member.with } else { member.value };
        let first = members.iter().find_map(gives).map(|given| self.shape(given));
        let (to, shape) = match (op, first) {
            (AggregateOp::Any | AggregateOp::All, _) => (ListTo::Bool, Shape::Bool),
            (AggregateOp::Count | AggregateOp::Share, _) | (_, None) => (ListTo::Exact, Shape::Exact),
            (_, Some(Shape::Bool)) => (ListTo::Bool, Shape::Bool),
            (_, Some(Shape::Code(codes))) => (ListTo::Code, Shape::Code(codes)),
            (_, Some(_)) => (ListTo::Exact, Shape::Exact),
        };
        self.is_beyond |= shape == Shape::Code(Codes::Text) && matches!(op, AggregateOp::Least | AggregateOp::Greatest);
        let members = members
            .iter()
            .map(|member| InLane {
                counts: member.counts,
                // Of the latest period it is only asked whether there is a value.
                value: member.value.map(|value| match op {
                    AggregateOp::LatestPeriod => value,
                    _ => self.exactly(value),
                }),
                with: member.with.map(|with| self.exactly(with)),
            })
            .collect();
        let faults = [Fault::NoRecords, Fault::TooLarge, Fault::NoWeight];
        let faults = faults.into_iter().map(|fault| (fault, self.fault_site(fault, place))).collect();
        self.make(Kernel::List(List { op, members, faults, to }), shape, true)
    }
}

fn whole(n: usize) -> Number {
    Number::from(i64::try_from(n).unwrap_or(i64::MAX))
}
