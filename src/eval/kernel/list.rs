//! Lists whose members stand in one lane, made one lane at a time.

use super::slow::{self, Item, Known, Made, Member, Part};
use super::{Batch, Reg};
use crate::eval::vector::{Lanes, Slices, Vector, View};
use crate::syntax::ast::AggregateOp;
use crate::value::{Fault, Number};

/// What a list's result is held as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::eval) enum ListTo {
    Exact,
    Bool,
    Code,
}

/// A member in registers.
#[derive(Debug, Clone, Copy)]
pub(in crate::eval) struct InLane {
    pub(in crate::eval) counts: Option<Reg>,
    pub(in crate::eval) value: Option<Reg>,
    pub(in crate::eval) with: Option<Reg>,
}

impl InLane {
    /// Whether it counts, its value, and what goes with that.
    pub(in crate::eval) fn parts(&self) -> [Option<Reg>; 3] {
        [self.counts, self.value, self.with]
    }
}

/// A list, and the sites to blame for its faults.
#[derive(Debug, Clone)]
pub(in crate::eval) struct List {
    pub(in crate::eval) op: AggregateOp,
    pub(in crate::eval) members: Vec<InLane>,
    pub(in crate::eval) faults: Vec<(Fault, u32)>,
    pub(in crate::eval) to: ListTo,
}

impl List {
    /// The registers that are read.
    pub(super) fn reads(&self) -> Vec<Reg> {
        self.members.iter().flat_map(InLane::parts).flatten().collect()
    }

    fn site(&self, fault: Fault) -> u32 {
        let found = self.faults.iter().find(|(of, _)| *of == fault).or_else(|| self.faults.first());
        found.map_or(0, |(_, site)| *site)
    }
}

/// Makes a list of its members' parts.
pub(in crate::eval) fn list(out: &mut Vector, list: &List, members: &[[Option<View<'_>>; 3]], batch: &mut Batch<'_>) {
    let len = batch.len;
    let (mut numbers, mut bools, mut codes) = (Vec::new(), Vec::new(), Vec::new());
    for lane in 0..len {
        let of_lane: Vec<Member> = members.iter().map(|member| of_lane(member, lane)).collect();
        let (mut number, mut code, mut answer) = (Number::zero(), 0, false);
        match slow::make(list.op, &of_lane) {
            Made::Item(Item::Number(made)) => number = made,
            Made::Item(Item::Code(made)) => code = made,
            Made::Item(Item::Bool(made)) => answer = made,
            Made::Item(Item::Nothing) => {}
            Made::Fault(fault) => out.missing.blame(batch.whys.of(list.site(fault)), lane, len),
            Made::Blame(blamed) => {
                for (member, part) in blamed {
                    let Some([counts, value, with]) = members.get(member) else { continue };
                    let of = match part {
                        Part::Counts => counts,
                        Part::Value => value,
                        Part::With => with,
                    };
                    if let Some(of) = of {
                        out.missing.add_lane(of.missing, lane, len, batch.whys);
                    }
                }
            }
        }
        numbers.push(number);
        codes.push(code);
        bools.push(answer);
    }
    out.lanes = match list.to {
        ListTo::Exact => Lanes::Exact(numbers),
        ListTo::Bool => Lanes::Bool(bools),
        ListTo::Code => Lanes::Code(codes),
    };
}

/// A member in a lane. What does not count is not asked for its value.
fn of_lane([counts, value, with]: &[Option<View<'_>>; 3], lane: usize) -> Member {
    let counts = match counts {
        Some(counts) if !counts.is_known(lane) => Known::Missing,
        Some(counts) => Known::Yes(counts.is_yes(lane)),
        None => Known::Yes(true),
    };
    let item = |vector: &Option<View<'_>>| match vector {
        _ if counts == Known::Yes(false) => Known::Yes(Item::Nothing),
        None => Known::Yes(Item::Nothing),
        Some(vector) if !vector.is_known(lane) => Known::Missing,
        Some(vector) => Known::Yes(match vector.lanes {
            Slices::Exact(of) => of.get(lane).cloned().map_or(Item::Nothing, Item::Number),
            Slices::Bool(of) => of.get(lane).copied().map_or(Item::Nothing, Item::Bool),
            Slices::Code(of) => of.get(lane).copied().map_or(Item::Nothing, Item::Code),
            _ => Item::Nothing,
        }),
    };
    let (value, with) = (item(value), item(with));
    Member { counts, value, with }
}
