//! Ladders: the steps that are possible, and the step where only one is.

use super::{Batch, Reg};
use crate::eval::vector::{Lanes, Vector, View};

/// How the possible steps of a period follow from those of the period before.
#[derive(Debug, Clone)]
pub(in crate::eval) struct Climb {
    /// The steps that were possible; without it the first.
    pub(in crate::eval) before: Option<Reg>,
    /// Whether it starts again, goes up, goes down.
    pub(in crate::eval) moves: [Option<Reg>; 3],
    /// The number of the highest step.
    pub(in crate::eval) last: u32,
}

impl Climb {
    /// The registers that are read.
    pub(super) fn reads(&self) -> Vec<Reg> {
        self.moves.iter().flatten().chain(&self.before).copied().collect()
    }
}

fn bits(of: View<'_>, lane: usize) -> u64 {
    of.lanes.int(lane).unwrap_or(0).cast_unsigned()
}

/// Makes the possible steps.
pub(in crate::eval) fn climb(
    out: &mut Vector,
    last: u32,
    before: Option<View<'_>>,
    moves: [Option<View<'_>>; 3],
    batch: &mut Batch<'_>,
) {
    // Whether something may be so, and whether it may not; what is not said never is.
    let may = |answer: &Option<View<'_>>, lane: usize| match answer {
        Some(answer) if answer.is_known(lane) => {
            let yes = answer.is_yes(lane);
            (yes, !yes)
        }
        Some(_) => (true, true),
        None => (false, true),
    };
    let highest = 1u64 << last;
    let step = |lane: usize| {
        let stood = before.map_or(1, |before| bits(before, lane));
        let [again, up, down] = &moves;
        let ((starts, goes), (rises, not), (falls, stays)) = (may(again, lane), may(up, lane), may(down, lane));
        let mut possible = u64::from(starts);
        if goes {
            if rises {
                possible |= ((stood << 1) & (highest | (highest - 1))) | (stood & highest);
            }
            if not && falls {
                possible |= (stood >> 1) | (stood & 1);
            }
            if not && stays {
                possible |= stood;
            }
        }
        possible.cast_signed()
    };
    out.lanes = Lanes::Int64((0..batch.len).map(step).collect());
}

/// Makes the step, where only one is possible.
pub(in crate::eval) fn stands(
    out: &mut Vector,
    possible: View<'_>,
    open: &[View<'_>],
    words: &[i32],
    batch: &mut Batch<'_>,
) {
    let is_open = |lane: usize| bits(possible, lane).count_ones() > 1;
    let word = |lane: usize| {
        let step = bits(possible, lane).trailing_zeros() as usize;
        words.get(step).copied().filter(|_| !is_open(lane)).unwrap_or(0)
    };
    out.lanes = Lanes::Code((0..batch.len).map(word).collect());
    for why in open {
        out.missing.add_where(why.missing, batch.whys, is_open);
    }
}
