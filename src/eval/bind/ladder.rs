//! Binding of ladders.

use super::Binder;
use crate::eval::kernel::ladder::Climb;
use crate::eval::kernel::{Kernel, Reg};
use crate::eval::range::{Factor, Range};
use crate::eval::shape::{Codes, Shape};
use crate::plan::StepId;

impl Binder<'_, '_> {
    /// The steps on which a record may stand, as bits.
    pub(super) fn climb(&mut self, before: Option<StepId>, moves: [Option<StepId>; 3], last: u32) -> Reg {
        let before = before.map(|step| self.reg(step));
        let moves = moves.map(|step| step.map(|step| self.answer_of(step)));
        let range = Range { least: 0, greatest: (1i128 << (last + 1)) - 1 };
        self.make(Kernel::Climb(Climb { before, moves, last }), Shape::int(Factor::ONE, range), false)
    }

    /// The step on which a record stands, where only one is possible.
    pub(super) fn stands(&mut self, possible: StepId, open: &[StepId], steps: &[String]) -> Reg {
        let possible = self.reg(possible);
        let open: Vec<Reg> = open.iter().map(|step| self.reg(*step)).collect();
        let words = steps.iter().map(|step| self.world.texts.code(step)).collect();
        let may_miss = open.iter().any(|step| self.may_miss(*step));
        self.make(Kernel::Stands { possible, open, words }, Shape::Code(Codes::Text), may_miss)
    }
}
