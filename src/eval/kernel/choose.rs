//! Kernels of three-valued logic and of choice: which of several vectors each lane takes.

use crate::eval::vector::{Lanes, Missing, Vector};
use crate::syntax::ast::LogicOp;

fn yes(of: &Vector) -> &[bool] {
    match &of.lanes {
        Lanes::Bool(of) => of,
        _ => &[],
    }
}

fn codes(of: &Vector) -> &[i32] {
    match &of.lanes {
        Lanes::Code(of) => of,
        _ => &[],
    }
}

fn bools(out: &mut Vector) -> Vec<bool> {
    match &mut out.lanes {
        Lanes::Bool(of) => {
            let mut of = std::mem::take(of);
            of.clear();
            of
        }
        _ => Vec::new(),
    }
}

pub(in crate::eval) fn not(out: &mut Vector, a: &Vector, len: usize) {
    let mut into = bools(out);
    into.extend(yes(a).iter().map(|yes| !yes));
    out.lanes = Lanes::Bool(into);
    out.missing.add(&a.missing, len);
    clean(out, len);
}

/// Lanes without a value hold no answer.
fn clean(out: &mut Vector, len: usize) {
    if !out.missing.is_empty() {
        let flags = out.missing.flags(len);
        out.lanes.zero_where(&flags);
    }
}

/// `and`, `or`: settled by one known operand, else unknown for all that are unknown.
pub(in crate::eval) fn logic(out: &mut Vector, op: LogicOp, operands: &[&Vector], len: usize) {
    let mut into = bools(out);
    into.resize(len, op == LogicOp::And);
    for operand in operands {
        match op {
            // An unknown lane holds `no`, which must not settle an `and`.
            LogicOp::And if !operand.missing.is_empty() => match operand.missing.only_word() {
                Some(word) => {
                    for ((all, one), bits) in into.iter_mut().zip(yes(operand)).zip(word) {
                        *all &= one | (*bits != 0);
                    }
                }
                None => {
                    let unknown = operand.missing.flags(len);
                    for ((all, one), unknown) in into.iter_mut().zip(yes(operand)).zip(&unknown) {
                        *all &= one | unknown;
                    }
                }
            },
            LogicOp::And => into.iter_mut().zip(yes(operand)).for_each(|(all, one)| *all &= one),
            LogicOp::Or => into.iter_mut().zip(yes(operand)).for_each(|(any, one)| *any |= one),
        }
    }
    let settled = op == LogicOp::Or;
    if operands.iter().any(|operand| !operand.missing.is_empty()) {
        let open: Vec<u64> = into.iter().map(|answer| if *answer == settled { 0 } else { u64::MAX }).collect();
        for operand in operands {
            out.missing.add_masked(&operand.missing, &open);
        }
    }
    out.lanes = Lanes::Bool(into);
    clean(out, len);
}

pub(in crate::eval) fn is_missing(out: &mut Vector, a: &Vector, negated: bool, len: usize) {
    let mut into = bools(out);
    into.resize(len, negated);
    for (answer, unknown) in into.iter_mut().zip(a.missing.flags(len)) {
        *answer = unknown != negated;
    }
    out.lanes = Lanes::Bool(into);
}

pub(in crate::eval) fn is_known(out: &mut Vector, a: &Vector, answer: bool, len: usize) {
    let unknown = a.missing.flags(len);
    let mut into = bools(out);
    let lanes = yes(a).iter().enumerate();
    into.extend(lanes.map(|(lane, yes)| *yes == answer && !unknown.get(lane).copied().unwrap_or(false)));
    out.lanes = Lanes::Bool(into);
}

pub(in crate::eval) fn choice(out: &mut Vector, condition: &Vector, then: &Vector, otherwise: &Vector, len: usize) {
    fn of<T: Copy>(into: &mut Vec<T>, condition: &[bool], then: &[T], otherwise: &[T]) {
        into.clear();
        into.extend(condition.iter().zip(then).zip(otherwise).map(|((yes, a), b)| if *yes { *a } else { *b }));
    }
    let condition_lanes = yes(condition);
    match (&mut out.lanes, &then.lanes, &otherwise.lanes) {
        (Lanes::Int64(into), Lanes::Int64(a), Lanes::Int64(b)) => of(into, condition_lanes, a, b),
        (Lanes::Bool(into), Lanes::Bool(a), Lanes::Bool(b)) => of(into, condition_lanes, a, b),
        (Lanes::Code(into), Lanes::Code(a), Lanes::Code(b)) => of(into, condition_lanes, a, b),
        _ => {
            out.lanes.copy_from(&otherwise.lanes, 0, len);
            out.lanes.choose_from(&then.lanes, |lane| condition_lanes.get(lane).copied().unwrap_or(false));
        }
    }
    if condition.missing.is_empty() && then.missing.is_empty() && otherwise.missing.is_empty() {
        return;
    }
    let unknown = condition.missing.flags(len);
    let is_unknown = |lane: usize| unknown.get(lane).copied().unwrap_or(false);
    let is_yes = |lane: usize| condition_lanes.get(lane).copied().unwrap_or(false);
    out.missing.add(&condition.missing, len);
    out.missing.add_where(&then.missing, len, |lane| is_yes(lane) && !is_unknown(lane));
    out.missing.add_where(&otherwise.missing, len, |lane| !is_yes(lane) && !is_unknown(lane));
    clean(out, len);
}

/// The value where the condition is yes, zero where it is no; where it is unknown, unknown for its causes and
/// those of the value.
pub(in crate::eval) fn only_if(out: &mut Vector, value: &Vector, condition: &Vector, zero: &Vector, len: usize) {
    choice(out, condition, value, zero, len);
    if !condition.missing.is_empty() && !value.missing.is_empty() {
        let unknown = condition.missing.flags(len);
        out.missing.add_where(&value.missing, len, |lane| unknown.get(lane).copied().unwrap_or(false));
    }
}

pub(in crate::eval) fn if_missing(out: &mut Vector, value: &Vector, instead: &Vector, len: usize) {
    out.lanes.copy_from(&value.lanes, 0, len);
    let unknown = value.missing.flags(len);
    if unknown.is_empty() {
        return;
    }
    let is_unknown = |lane: usize| unknown.get(lane).copied().unwrap_or(false);
    out.lanes.choose_from(&instead.lanes, is_unknown);
    out.missing.add_where(&instead.missing, len, is_unknown);
    clean(out, len);
}

pub(in crate::eval) fn accepts(out: &mut Vector, input: &Vector, tests: &Vector, own_case: bool, len: usize) {
    out.lanes.copy_from(&tests.lanes, 0, len);
    let unknown = input.missing.flags(len);
    let is_known = |lane: usize| !unknown.get(lane).copied().unwrap_or(false);
    out.missing.add_where(&tests.missing, len, is_known);
    if own_case {
        out.lanes.zero_where(&unknown);
    } else {
        out.missing.add(&input.missing, len);
    }
    clean(out, len);
}

/// What each lane takes: the number of a source, or nothing.
const NOTHING: u16 = u16::MAX;

/// Takes for each lane the chosen source.
fn take(out: &mut Vector, sources: &[&Vector], chosen: &[u16], len: usize) {
    let Some(first) = sources.first() else { return };
    let is_plain = sources.iter().all(|source| matches!(source.lanes, Lanes::Code(_)) && source.missing.is_empty());
    if is_plain {
        let mut into = match std::mem::take(&mut out.lanes) {
            Lanes::Code(of) => of,
            _ => Vec::new(),
        };
        into.clear();
        let lanes: Vec<&[i32]> = sources.iter().map(|source| codes(source)).collect();
        let at = |(lane, chosen): (usize, &u16)| {
            lanes.get(usize::from(*chosen)).and_then(|lanes| lanes.get(lane)).copied().unwrap_or(0)
        };
        into.extend(chosen.iter().enumerate().map(at));
        out.lanes = Lanes::Code(into);
        return clean(out, len);
    }
    out.lanes.copy_from(&first.lanes, 0, len);
    for (number, source) in sources.iter().enumerate() {
        if number > 0 {
            out.lanes.choose_from(&source.lanes, |lane| chosen.get(lane).is_some_and(|at| usize::from(*at) == number));
        }
        if !source.missing.is_empty() {
            out.missing
                .add_where(&source.missing, len, |lane| chosen.get(lane).is_some_and(|at| usize::from(*at) == number));
        }
    }
    clean(out, len);
}

fn number(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(NOTHING)
}

/// Whether two vectors lack a value for the same causes in a lane, where they do so at other sites.
pub(in crate::eval) type SameCauses<'f> = &'f dyn Fn(&Missing, &Missing, usize) -> bool;

/// Whether a lane of two vectors of one shape is the same: the same value, or missing for the same causes.
fn is_same(a: &Vector, b: &Vector, lane: usize, same_causes: SameCauses<'_>) -> bool {
    match (a.is_known(lane), b.is_known(lane)) {
        (true, true) => match (&a.lanes, &b.lanes) {
            (Lanes::Int64(a), Lanes::Int64(b)) => a.get(lane) == b.get(lane),
            (Lanes::Int128(a), Lanes::Int128(b)) => a.get(lane) == b.get(lane),
            (Lanes::Exact(a), Lanes::Exact(b)) => a.get(lane) == b.get(lane),
            (Lanes::Bool(a), Lanes::Bool(b)) => a.get(lane) == b.get(lane),
            (Lanes::Code(a), Lanes::Code(b)) => a.get(lane) == b.get(lane),
            (Lanes::Quot64(..) | Lanes::Quot128(..), _) => {
                let one = crate::value::Number::one();
                super::exact::number_at(&a.lanes, lane, &one) == super::exact::number_at(&b.lanes, lane, &one)
            }
            _ => false,
        },
        (false, false) => a.missing.is_same(lane, &b.missing, lane) || same_causes(&a.missing, &b.missing, lane),
        _ => false,
    }
}

/// A decision table: for each row whether it applies, and what it gives. The answer stands only if every row
/// that may apply gives it.
pub(in crate::eval) fn table(
    out: &mut Vector,
    rows: &[(&Vector, &Vector)],
    first_match: bool,
    site: u32,
    same_causes: SameCauses<'_>,
    len: usize,
) {
    let gives: Vec<&Vector> = rows.iter().map(|(_, gives)| *gives).collect();
    let mut chosen = vec![NOTHING; len];
    // Where every row is known to apply or not, the first that does decides.
    for (row, (applies, _)) in rows.iter().enumerate().rev() {
        let row = number(row);
        for (chosen, yes) in chosen.iter_mut().zip(yes(applies)) {
            *chosen = if *yes { row } else { *chosen };
        }
    }
    let mut doubtful = vec![false; len];
    for unknown in rows.iter().map(|(applies, _)| applies.missing.flags(len)) {
        doubtful.iter_mut().zip(unknown).for_each(|(doubtful, unknown)| *doubtful |= unknown);
    }
    {
        let mut may: Vec<usize> = Vec::new();
        for lane in doubtful.iter().enumerate().filter(|(_, doubtful)| **doubtful).map(|(lane, _)| lane) {
            if let Some(chosen) = chosen.get_mut(lane) {
                *chosen = NOTHING;
            }
            let is_sure = may_apply(rows.iter().map(|(applies, _)| *applies), first_match, lane, &mut may);
            let Some(first) = may.first().copied() else { continue };
            let agree = may.iter().all(|row| {
                let (Some(a), Some(b)) = (gives.get(first), gives.get(*row)) else { return false };
                is_same(a, b, lane, same_causes)
            });
            if agree {
                if let Some(chosen) = chosen.get_mut(lane) {
                    *chosen = number(first);
                }
                continue;
            }
            let sure = is_sure.then(|| may.last().copied()).flatten();
            for row in may.iter().filter(|row| Some(**row) != sure) {
                if let Some((applies, _)) = rows.get(*row) {
                    out.missing.add_lane(&applies.missing, lane, lane, len);
                }
            }
        }
    }
    let blamed = out.missing.flags(len);
    take(out, &gives, &chosen, len);
    for (lane, chosen) in chosen.iter().enumerate() {
        if *chosen == NOTHING && !blamed.get(lane).copied().unwrap_or(false) {
            out.missing.blame(site, lane, len);
        }
    }
    clean(out, len);
}

/// The rows of a table that may apply in a lane; whether the last of them surely does.
fn may_apply<'v>(rows: impl Iterator<Item = &'v Vector>, first_match: bool, lane: usize, may: &mut Vec<usize>) -> bool {
    may.clear();
    for (row, applies) in rows.enumerate() {
        if !applies.is_known(lane) {
            may.push(row);
        } else if yes(applies).get(lane) == Some(&true) {
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
pub(in crate::eval) fn last_may_apply(out: &mut Vector, rows: &[&Vector], first_match: bool, len: usize) {
    let mut into = bools(out);
    let mut may = Vec::new();
    let last = rows.len().saturating_sub(1);
    into.extend((0..len).map(|lane| {
        may_apply(rows.iter().copied(), first_match, lane, &mut may);
        may.last() == Some(&last)
    }));
    out.lanes = Lanes::Bool(into);
}

/// Exceptions that nothing orders, each a chain of conditions and values.
pub(in crate::eval) fn unless(
    out: &mut Vector,
    before: &Vector,
    exceptions: &[Vec<(&Vector, &Vector)>],
    conflict: u32,
    same_causes: SameCauses<'_>,
    len: usize,
) {
    let mut sources: Vec<&Vector> = vec![before];
    let mut chosen = vec![0u16; len];
    let mut conflicts = Vec::new();
    let values: Vec<Vec<(usize, &Vector)>> = exceptions
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
    for lane in 0..len {
        let mut answer: Option<usize> = None;
        let mut unknown: Vec<&Missing> = Vec::new();
        'exceptions: for chain in &values {
            for (value, condition) in chain {
                if !condition.is_known(lane) {
                    unknown.push(&condition.missing);
                    break;
                }
                if yes(condition).get(lane) == Some(&true) {
                    match answer.and_then(|first| Some((*sources.get(first)?, *sources.get(*value)?))) {
                        Some((first, second)) if !is_same(first, second, lane, same_causes) => {
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
                out.missing.add_lane(causes, lane, lane, len);
            }
        }
    }
    take(out, &sources, &chosen, len);
    for lane in conflicts {
        out.missing.blame(conflict, lane, len);
    }
    clean(out, len);
}

/// The state of a condition: 1 met, 0 not met, from 2 on the exemption that applies.
pub(in crate::eval) fn state(out: &mut Vector, met: &Vector, exempt: &[&Vector], len: usize) {
    let mut into: Vec<i32> = yes(met).iter().map(|yes| i32::from(*yes)).collect();
    let mut is_exempt = vec![false; len];
    for (number, exemption) in exempt.iter().enumerate().rev() {
        for ((state, is_exempt), yes) in into.iter_mut().zip(&mut is_exempt).zip(yes(exemption)) {
            if *yes {
                *state = i32::try_from(number).unwrap_or(i32::MAX - 2).saturating_add(2);
                *is_exempt = true;
            }
        }
    }
    out.lanes = Lanes::Code(into);
    let not_exempt = |lane: usize| !is_exempt.get(lane).copied().unwrap_or(false);
    for exemption in exempt {
        out.missing.add_where(&exemption.missing, len, not_exempt);
    }
    // Whether an exemption that is unknown matters more than whether it is met, which may be unknown as well.
    out.missing.add_where(&met.missing, len, not_exempt);
    clean(out, len);
}

/// The verdict of an outcome, from whether the target is reached and whether it is better than the baseline.
pub(in crate::eval) fn verdict(
    out: &mut Vector,
    reached: Option<&Vector>,
    better: Option<&Vector>,
    words: [i32; 3],
    len: usize,
) {
    let [met, improved, neither] = words;
    let mut into = vec![neither; len];
    for (part, word) in [(better, improved), (reached, met)] {
        let Some(part) = part else { continue };
        for (verdict, yes) in into.iter_mut().zip(yes(part)) {
            if *yes {
                *verdict = word;
            }
        }
    }
    let is_met = |lane: usize| reached.is_some_and(|reached| reached.is_yes(lane));
    if let Some(reached) = reached {
        out.missing.add(&reached.missing, len);
    }
    if let Some(better) = better {
        out.missing.add_where(&better.missing, len, |lane| !is_met(lane));
    }
    out.lanes = Lanes::Code(into);
    clean(out, len);
}

/// The value of the source for the period that each lane asks for.
pub(in crate::eval) fn pick(
    out: &mut Vector,
    period: &Vector,
    ordinals: &[i32],
    sources: &[&Vector],
    site: u32,
    len: usize,
) {
    let chosen: Vec<u16> = codes(period)
        .iter()
        .map(|wanted| ordinals.iter().position(|ordinal| ordinal == wanted).map_or(NOTHING, number))
        .collect();
    let unknown = period.missing.flags(len);
    let is_unknown = |lane: usize| unknown.get(lane).copied().unwrap_or(false);
    let chosen: Vec<u16> =
        chosen.into_iter().enumerate().map(|(lane, at)| if is_unknown(lane) { NOTHING } else { at }).collect();
    if sources.is_empty() {
        out.lanes = Lanes::Exact(vec![crate::value::Number::zero(); len]);
    }
    take(out, sources, &chosen, len);
    out.missing.add(&period.missing, len);
    for (lane, chosen) in chosen.iter().enumerate() {
        if *chosen == NOTHING && !is_unknown(lane) {
            out.missing.blame(site, lane, len);
        }
    }
    clean(out, len);
}
