//! Kernels of three-valued logic and of choice: which of several vectors each lane takes.

use super::Batch;
use crate::eval::missing::Missing;
use crate::eval::vector::{Lanes, Slices, Vector, View};
use crate::syntax::ast::LogicOp;

pub(in crate::eval) fn not(out: &mut Vector, a: View<'_>, batch: &mut Batch<'_>) {
    let mut into = out.lanes.take_bools();
    into.extend(a.answers().iter().map(|yes| !yes));
    out.lanes = Lanes::Bool(into);
    out.missing.add(a.missing, batch.whys);
    clean(out);
}

/// Lanes without a value hold no answer.
fn clean(out: &mut Vector) {
    out.lanes.zero(out.missing.notes());
}

/// `and`, `or`: settled by one known operand, else unknown for all that are unknown.
pub(in crate::eval) fn logic(out: &mut Vector, op: LogicOp, operands: &[View<'_>], batch: &mut Batch<'_>) {
    let mut into = out.lanes.take_bools();
    into.resize(batch.len, op == LogicOp::And);
    for operand in operands {
        match op {
            // An unknown lane holds `no`, which must not settle an `and`.
            LogicOp::And if !operand.missing.is_empty() => {
                let all = into.iter_mut().zip(operand.answers()).zip(operand.missing.flags());
                all.for_each(|((all, one), unknown)| *all &= one | unknown);
            }
            LogicOp::And => into.iter_mut().zip(operand.answers()).for_each(|(all, one)| *all &= one),
            LogicOp::Or => into.iter_mut().zip(operand.answers()).for_each(|(any, one)| *any |= one),
        }
    }
    let settled = op == LogicOp::Or;
    for operand in operands {
        out.missing.add_where(operand.missing, batch.whys, |lane| into.get(lane) != Some(&settled));
    }
    out.lanes = Lanes::Bool(into);
    clean(out);
}

pub(in crate::eval) fn is_missing(out: &mut Vector, a: View<'_>, negated: bool, batch: &Batch<'_>) {
    let mut into = out.lanes.take_bools();
    if a.missing.is_empty() {
        into.resize(batch.len, negated);
    } else {
        into.extend(a.missing.flags().iter().map(|unknown| *unknown != negated));
    }
    out.lanes = Lanes::Bool(into);
}

pub(in crate::eval) fn is_known(out: &mut Vector, a: View<'_>, answer: bool) {
    let mut into = out.lanes.take_bools();
    into.extend(a.answers().iter().map(|yes| *yes == answer));
    for (lane, _) in a.missing.notes() {
        if let Some(known) = into.get_mut(*lane as usize) {
            *known = false;
        }
    }
    out.lanes = Lanes::Bool(into);
}

pub(in crate::eval) fn choice(
    out: &mut Vector,
    condition: View<'_>,
    then: View<'_>,
    otherwise: View<'_>,
    batch: &mut Batch<'_>,
) {
    fn of<T: Copy>(into: &mut Vec<T>, condition: &[bool], then: &[T], otherwise: &[T]) {
        into.clear();
        into.extend(condition.iter().zip(then).zip(otherwise).map(|((yes, a), b)| if *yes { *a } else { *b }));
    }
    let answers = condition.answers();
    let is_yes = |lane: usize| answers.get(lane).copied().unwrap_or(false);
    match (&mut out.lanes, then.lanes, otherwise.lanes) {
        (Lanes::Int64(into), Slices::Int64(a), Slices::Int64(b)) => of(into, answers, a, b),
        (Lanes::Bool(into), Slices::Bool(a), Slices::Bool(b)) => of(into, answers, a, b),
        (Lanes::Code(into), Slices::Code(a), Slices::Code(b)) => of(into, answers, a, b),
        _ => {
            out.lanes.copy_from(otherwise.lanes);
            out.lanes.choose_from(then.lanes, is_yes);
        }
    }
    let is_unknown = |lane: usize| condition.missing.at(lane);
    out.missing.add(condition.missing, batch.whys);
    out.missing.add_where(then.missing, batch.whys, |lane| is_yes(lane) && !is_unknown(lane));
    out.missing.add_where(otherwise.missing, batch.whys, |lane| !is_yes(lane) && !is_unknown(lane));
    clean(out);
}

/// The value where the condition is yes, zero where it is no; where it is unknown, unknown for its causes and
/// those of the value.
pub(in crate::eval) fn only_if(
    out: &mut Vector,
    value: View<'_>,
    condition: View<'_>,
    zero: View<'_>,
    batch: &mut Batch<'_>,
) {
    choice(out, condition, value, zero, batch);
    out.missing.add_where(value.missing, batch.whys, |lane| condition.missing.at(lane));
}

pub(in crate::eval) fn if_missing(out: &mut Vector, value: View<'_>, instead: View<'_>, batch: &mut Batch<'_>) {
    out.lanes.copy_from(value.lanes);
    let is_unknown = |lane: usize| value.missing.at(lane);
    if !value.missing.is_empty() {
        out.lanes.choose_from(instead.lanes, is_unknown);
    }
    out.missing.add_where(instead.missing, batch.whys, is_unknown);
    clean(out);
}

pub(in crate::eval) fn accepts(
    out: &mut Vector,
    input: View<'_>,
    tests: View<'_>,
    own_case: bool,
    batch: &mut Batch<'_>,
) {
    out.lanes.copy_from(tests.lanes);
    out.missing.add_where(tests.missing, batch.whys, |lane| !input.missing.at(lane));
    if own_case {
        out.lanes.zero(input.missing.notes());
    } else {
        out.missing.add(input.missing, batch.whys);
    }
    clean(out);
}

/// What each lane takes: the number of a source, or nothing.
const NOTHING: u16 = u16::MAX;

/// Takes for each lane the chosen source.
fn take(out: &mut Vector, sources: &[View<'_>], chosen: &[u16], batch: &mut Batch<'_>) {
    let Some(first) = sources.first() else { return };
    out.lanes.copy_from(first.lanes);
    for (number, source) in sources.iter().enumerate() {
        let is_chosen = |lane: usize| chosen.get(lane).is_some_and(|at| usize::from(*at) == number);
        if number > 0 {
            out.lanes.choose_from(source.lanes, is_chosen);
        }
        out.missing.add_where(source.missing, batch.whys, is_chosen);
    }
    clean(out);
}

fn number(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(NOTHING)
}

/// Whether a lane of two vectors of one shape is the same: the same value, or missing for the same causes.
fn is_same(a: View<'_>, b: View<'_>, lane: usize, batch: &Batch<'_>) -> bool {
    match (a.is_known(lane), b.is_known(lane)) {
        (true, true) => match (a.lanes, b.lanes) {
            (Slices::Int64(a), Slices::Int64(b)) => a.get(lane) == b.get(lane),
            (Slices::Int128(a), Slices::Int128(b)) => a.get(lane) == b.get(lane),
            (Slices::Exact(a), Slices::Exact(b)) => a.get(lane) == b.get(lane),
            (Slices::Bool(a), Slices::Bool(b)) => a.get(lane) == b.get(lane),
            (Slices::Code(a), Slices::Code(b)) => a.get(lane) == b.get(lane),
            (Slices::Quot64(..) | Slices::Quot128(..), _) => {
                let one = crate::value::Number::one();
                super::exact::number_at(a.lanes, lane, &one) == super::exact::number_at(b.lanes, lane, &one)
            }
            _ => false,
        },
        (false, false) => a.missing.why(lane) == b.missing.why(lane) || batch.same_causes(a.missing, b.missing, lane),
        _ => false,
    }
}

/// A decision table: for each row whether it applies, and what it gives. The answer stands only if every row
/// that may apply gives it.
pub(in crate::eval) fn table(
    out: &mut Vector,
    rows: &[(View<'_>, View<'_>)],
    first_match: bool,
    site: u32,
    batch: &mut Batch<'_>,
) {
    let mut doubtful = Vec::new();
    for (applies, _) in rows.iter().filter(|(applies, _)| !applies.missing.is_empty()) {
        doubtful.resize(batch.len, false);
        doubtful.iter_mut().zip(applies.missing.flags()).for_each(|(any, one)| *any |= one);
    }
    let mut may: Vec<usize> = Vec::new();
    let settled: Vec<(usize, Option<usize>)> = (doubtful.iter().enumerate().filter(|(_, doubtful)| **doubtful))
        .map(|(lane, _)| (lane, settle(out, rows, first_match, lane, &mut may, batch)))
        .collect();
    let is_plain = rows.iter().all(|(_, gives)| matches!(gives.lanes, Slices::Code(_)) && gives.missing.is_empty());
    let none = if is_plain { take_codes(out, rows, &settled, batch) } else { take_rows(out, rows, &settled, batch) };
    let why = batch.whys.of(site);
    for lane in none {
        if !out.missing.at(lane) {
            out.missing.blame(why, lane, batch.len);
        }
    }
    clean(out);
}

/// The row of a table that decides a lane of which it is not known of every row whether it applies. Where there is
/// none, the lane is blamed on what is not known, if any row may apply.
fn settle(
    out: &mut Vector,
    rows: &[(View<'_>, View<'_>)],
    first_match: bool,
    lane: usize,
    may: &mut Vec<usize>,
    batch: &mut Batch<'_>,
) -> Option<usize> {
    let is_sure = may_apply(rows.iter().map(|(applies, _)| *applies), first_match, lane, may);
    let first = may.first().copied()?;
    let (_, given) = rows.get(first)?;
    if may.iter().all(|row| rows.get(*row).is_some_and(|(_, gives)| is_same(*given, *gives, lane, batch))) {
        return Some(first);
    }
    let sure = is_sure.then(|| may.last().copied()).flatten();
    for row in may.iter().filter(|row| Some(**row) != sure) {
        if let Some((applies, _)) = rows.get(*row) {
            out.missing.add_lane(applies.missing, lane, batch.len, batch.whys);
        }
    }
    None
}

/// Takes what the first row gives that surely applies, but in the lanes that were settled. Gives the lanes that no row
/// decides.
fn take_rows(
    out: &mut Vector,
    rows: &[(View<'_>, View<'_>)],
    settled: &[(usize, Option<usize>)],
    batch: &mut Batch<'_>,
) -> Vec<usize> {
    let mut chosen = vec![NOTHING; batch.len];
    for (row, (applies, _)) in rows.iter().enumerate().rev() {
        let row = number(row);
        for (chosen, yes) in chosen.iter_mut().zip(applies.answers()) {
            *chosen = if *yes { row } else { *chosen };
        }
    }
    for (lane, row) in settled {
        if let Some(chosen) = chosen.get_mut(*lane) {
            *chosen = row.map_or(NOTHING, number);
        }
    }
    let gives: Vec<View<'_>> = rows.iter().map(|(_, gives)| *gives).collect();
    take(out, &gives, &chosen, batch);
    chosen.iter().enumerate().filter(|(_, chosen)| **chosen == NOTHING).map(|(lane, _)| lane).collect()
}

/// The same of rows that all give codes.
fn take_codes(
    out: &mut Vector,
    rows: &[(View<'_>, View<'_>)],
    settled: &[(usize, Option<usize>)],
    batch: &Batch<'_>,
) -> Vec<usize> {
    /// No text, day or state has this number.
    const NONE: i32 = i32::MIN;
    let mut into = out.lanes.take_codes();
    into.resize(batch.len, NONE);
    for (applies, gives) in rows.iter().rev() {
        for ((into, yes), gives) in into.iter_mut().zip(applies.answers()).zip(gives.codes()) {
            *into = if *yes { *gives } else { *into };
        }
    }
    for (lane, row) in settled {
        let given = row.and_then(|row| rows.get(row)?.1.codes().get(*lane).copied());
        if let Some(into) = into.get_mut(*lane) {
            *into = given.unwrap_or(NONE);
        }
    }
    let none = if into.contains(&NONE) {
        into.iter().enumerate().filter(|(_, code)| **code == NONE).map(|(lane, _)| lane).collect()
    } else {
        Vec::new()
    };
    for lane in &none {
        if let Some(into) = into.get_mut(*lane) {
            *into = 0;
        }
    }
    out.lanes = Lanes::Code(into);
    none
}

/// The rows of a table that may apply in a lane; whether the last of them surely does.
fn may_apply<'v>(rows: impl Iterator<Item = View<'v>>, first_match: bool, lane: usize, may: &mut Vec<usize>) -> bool {
    may.clear();
    for (row, applies) in rows.enumerate() {
        if !applies.is_known(lane) {
            may.push(row);
        } else if applies.answers().get(lane) == Some(&true) {
            if !first_match {
                may.clear();
            }
            may.push(row);
            return true;
        }
    }
    false
}

/// Whether the last of some rows may apply.
pub(in crate::eval) fn last_may_apply(out: &mut Vector, rows: &[View<'_>], first_match: bool, batch: &Batch<'_>) {
    let mut into = out.lanes.take_bools();
    let mut may = Vec::new();
    let last = rows.len().saturating_sub(1);
    into.extend((0..batch.len).map(|lane| {
        may_apply(rows.iter().copied(), first_match, lane, &mut may);
        may.last() == Some(&last)
    }));
    out.lanes = Lanes::Bool(into);
}

/// Exceptions that nothing orders, each a chain of conditions and values.
pub(in crate::eval) fn unless(
    out: &mut Vector,
    before: View<'_>,
    exceptions: &[Vec<(View<'_>, View<'_>)>],
    conflict: u32,
    batch: &mut Batch<'_>,
) {
    let mut sources: Vec<View<'_>> = vec![before];
    let mut chosen = vec![0u16; batch.len];
    let mut conflicts = Vec::new();
    let values: Vec<Vec<(usize, View<'_>)>> = exceptions
        .iter()
        .map(|chain| {
            chain
                .iter()
                .map(|(condition, value)| {
                    sources.push(*value);
                    (sources.len() - 1, *condition)
                })
                .collect()
        })
        .collect();
    for lane in 0..batch.len {
        let mut answer: Option<usize> = None;
        let mut unknown: Vec<&Missing> = Vec::new();
        'exceptions: for chain in &values {
            for (value, condition) in chain {
                if !condition.is_known(lane) {
                    unknown.push(condition.missing);
                    break;
                }
                if condition.answers().get(lane) == Some(&true) {
                    match answer.and_then(|first| Some((*sources.get(first)?, *sources.get(*value)?))) {
                        Some((first, second)) if !is_same(first, second, lane, batch) => {
                            conflicts.push(lane);
                            break 'exceptions;
                        }
                        _ => answer = Some(*value),
                    }
                    break;
                }
            }
        }
        let Some(chosen) = chosen.get_mut(lane) else { continue };
        if conflicts.last() == Some(&lane) {
            *chosen = NOTHING;
        } else if let Some(value) = answer {
            *chosen = number(value);
        } else if !unknown.is_empty() {
            *chosen = NOTHING;
            for causes in unknown {
                out.missing.add_lane(causes, lane, batch.len, batch.whys);
            }
        }
    }
    take(out, &sources, &chosen, batch);
    let why = batch.whys.of(conflict);
    conflicts.into_iter().for_each(|lane| out.missing.blame(why, lane, batch.len));
    clean(out);
}

/// The state of a condition: 1 met, 0 not met, from 2 on the exemption that applies.
pub(in crate::eval) fn state(out: &mut Vector, met: View<'_>, exempt: &[View<'_>], batch: &mut Batch<'_>) {
    let mut into = out.lanes.take_codes();
    into.extend(met.answers().iter().map(|yes| i32::from(*yes)));
    for (number, exemption) in exempt.iter().enumerate().rev() {
        let code = i32::try_from(number).unwrap_or(i32::MAX - 2).saturating_add(2);
        for (state, yes) in into.iter_mut().zip(exemption.answers()) {
            *state = if *yes { code } else { *state };
        }
    }
    let not_exempt = |lane: usize| into.get(lane).is_some_and(|state| *state < 2);
    for exemption in exempt {
        out.missing.add_where(exemption.missing, batch.whys, not_exempt);
    }
    // Whether an exemption that is unknown matters more than whether it is met, which may be unknown as well.
    out.missing.add_where(met.missing, batch.whys, not_exempt);
    out.lanes = Lanes::Code(into);
    clean(out);
}

/// The verdict of an outcome, from whether the target is reached and whether it is better than the baseline.
pub(in crate::eval) fn verdict(
    out: &mut Vector,
    reached: Option<View<'_>>,
    better: Option<View<'_>>,
    words: [i32; 3],
    batch: &mut Batch<'_>,
) {
    let [met, improved, neither] = words;
    let mut into = out.lanes.take_codes();
    into.resize(batch.len, neither);
    for (part, word) in [(better, improved), (reached, met)] {
        let Some(part) = part else { continue };
        for (verdict, yes) in into.iter_mut().zip(part.answers()) {
            *verdict = if *yes { word } else { *verdict };
        }
    }
    let is_met = |lane: usize| reached.is_some_and(|reached| reached.is_yes(lane));
    if let Some(reached) = reached {
        out.missing.add(reached.missing, batch.whys);
    }
    if let Some(better) = better {
        out.missing.add_where(better.missing, batch.whys, |lane| !is_met(lane));
    }
    out.lanes = Lanes::Code(into);
    clean(out);
}

/// The value of the source for the period that each lane asks for.
pub(in crate::eval) fn pick(
    out: &mut Vector,
    period: View<'_>,
    ordinals: &[i32],
    sources: &[View<'_>],
    site: u32,
    batch: &mut Batch<'_>,
) {
    let is_unknown = |lane: usize| period.missing.at(lane);
    let chosen: Vec<u16> = (period.codes().iter().enumerate())
        .map(|(lane, wanted)| {
            let known = ordinals.iter().position(|ordinal| ordinal == wanted).filter(|_| !is_unknown(lane));
            known.map_or(NOTHING, number)
        })
        .collect();
    if sources.is_empty() {
        out.lanes = Lanes::Exact(vec![crate::value::Number::zero(); batch.len]);
    }
    take(out, sources, &chosen, batch);
    out.missing.add(period.missing, batch.whys);
    let why = batch.whys.of(site);
    for (lane, chosen) in chosen.iter().enumerate() {
        if *chosen == NOTHING && !is_unknown(lane) {
            out.missing.blame(why, lane, batch.len);
        }
    }
    clean(out);
}
