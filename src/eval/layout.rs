//! Layout: which registers share memory. One that is read no more leaves its memory, which is still near the
//! processor, to the next that holds lanes of the same kind.

use super::bind::Bound;
use super::kernel::{Kernel, Reg};
use super::shape::{Repr, Shape};
use std::collections::HashMap;

/// Where the registers of a pass stand.
#[derive(Debug)]
pub(super) struct Layout {
    /// The memory of each.
    slots: Vec<usize>,
    /// How many there are.
    pub(super) count: usize,
}

/// What memory is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    /// Lanes that stand elsewhere.
    Elsewhere,
    Numbers(Repr),
    Bool,
    Code,
}

impl Layout {
    /// The layout of registers in their order. `lanes_of` says of each which one has its lanes, `is_live` which are
    /// filled at all.
    pub(super) fn new(bound: &[Bound], lanes_of: &[Reg], is_live: &[bool]) -> Self {
        let mut last: Vec<Reg> = (0..bound.len()).collect();
        for (reg, one) in bound.iter().enumerate() {
            if is_live.get(reg) == Some(&true) {
                for read in one.kernel.reads() {
                    mark(&mut last, bound, lanes_of, read, reg);
                }
            }
        }
        let mut ends: Vec<Vec<Reg>> = vec![Vec::new(); bound.len()];
        for (reg, one) in bound.iter().enumerate() {
            if let Some(ends) = last.get(reg).and_then(|last| ends.get_mut(*last)).filter(|_| !one.is_fixed()) {
                ends.push(reg);
            }
        }
        let mut free: HashMap<Kind, Vec<usize>> = HashMap::new();
        let mut slots = Vec::with_capacity(bound.len());
        let mut count = 0;
        for (reg, one) in bound.iter().enumerate() {
            let has_memory = is_live.get(reg) == Some(&true) && !matches!(one.kernel, Kernel::Same(_));
            let slot = match free.get_mut(&kind(one)).filter(|_| !one.is_fixed()) {
                _ if !has_memory => usize::MAX,
                Some(free) => free.pop().unwrap_or(count),
                None => count,
            };
            if slot == count {
                count += 1;
            }
            slots.push(slot);
            for ended in ends.get(reg).into_iter().flatten() {
                let has_memory = is_live.get(*ended) == Some(&true) && lanes_of.get(*ended) == Some(ended);
                if let (Some(slot), Some(bound)) = (slots.get(*ended), bound.get(*ended))
                    && has_memory
                {
                    free.entry(kind(bound)).or_default().push(*slot);
                }
            }
        }
        Self { slots, count }
    }

    /// The memory of a register.
    pub(super) fn slot(&self, reg: Reg) -> usize {
        self.slots.get(reg).copied().unwrap_or(usize::MAX)
    }
}

/// Marks a register as read by another; and what it is made of, where its lanes stand elsewhere.
fn mark(last: &mut [Reg], bound: &[Bound], lanes_of: &[Reg], read: Reg, by: Reg) {
    let read = lanes_of.get(read).copied().unwrap_or(read);
    if let Some(last) = last.get_mut(read) {
        *last = by.max(*last);
    }
    if let Some(Kernel::Quotient { above, below }) = bound.get(read).map(|bound| &bound.kernel) {
        mark(last, bound, lanes_of, *above, by);
        mark(last, bound, lanes_of, *below, by);
    }
}

fn kind(bound: &Bound) -> Kind {
    match (&bound.kernel, &bound.shape) {
        (Kernel::Quotient { .. } | Kernel::Cells { .. } | Kernel::Kept(_), _) => Kind::Elsewhere,
        (_, Shape::Bool) => Kind::Bool,
        (_, Shape::Code(_)) => Kind::Code,
        (_, shape) => Kind::Numbers(shape.repr().unwrap_or(Repr::Exact)),
    }
}
