//! Days between dates, which columns hold as days already.

use super::{Batch, joined};
use crate::eval::vector::{Lanes, Vector, View};

/// The days from one date to another.
pub(in crate::eval) fn between(out: &mut Vector, from: View<'_>, to: View<'_>, batch: &mut Batch<'_>) {
    let mut days = match std::mem::take(&mut out.lanes) {
        Lanes::Int64(days) => days,
        _ => Vec::new(),
    };
    days.clear();
    days.extend(from.codes().iter().zip(to.codes()).map(|(from, to)| i64::from(*to) - i64::from(*from)));
    out.lanes = Lanes::Int64(days);
    joined(&mut out.missing, &[from, to], batch);
}
