//! A pass: steps of one frame, run over all its rows in batches, by as many threads as asked.

use super::bind::{Binder, Bound, Kept, World};
use super::kernel::exact::{self, Blame};
use super::kernel::number;
use super::kernel::{self, Batch, Kernel, Reg, choose, days, ladder, list};
use super::layout::Layout;
use super::missing;
use super::shape::{Codes, Shape};
use super::vector::{Lanes, Slices, Vector, View};
use super::why::Whys;
use super::{peers, shares};
use crate::data::Values;
use crate::model::ColumnId;
use crate::plan::{FrameId, StepId};
use crate::value::Value;

/// How many rows are worked on at a time: few enough that every register stays near the processor.
const BATCH: usize = 1024;

/// How many sets of sites may be there before those are forgotten that no lane is left with: rows may lack their
/// figures in as many ways as there are rows, at every step of a sum.
const MOST_UNUSED: usize = if cfg!(test) { 4 } else { 1 << 16 };

/// Runs the steps of a pass and keeps those that are asked for. `None` where they are beyond the engine.
pub(super) fn run(
    world: &mut World<'_>,
    frame: FrameId,
    steps: &[StepId],
    keep: impl Fn(StepId) -> bool,
    threads: usize,
) -> Option<()> {
    let mut binder = Binder::new(world, frame);
    let regs: Vec<(StepId, Reg)> = steps.iter().map(|step| (*step, binder.step(*step))).collect();
    if binder.is_beyond {
        return None;
    }
    let bound = std::mem::take(&mut binder.bound);
    let wanted: Vec<(StepId, Reg)> = regs.into_iter().filter(|(step, _)| keep(*step)).collect();
    let program = Program::new(frame, bound, wanted.iter().map(|(_, reg)| *reg));
    let (vectors, whys) = program.run(world, world.frames.rows(frame), threads);
    *world.whys.get_mut(frame.index())? = whys;
    for ((step, reg), vector) in wanted.into_iter().zip(vectors) {
        let bound = program.bound.get(reg)?;
        let mut kept = Kept {
            may_miss: !vector.missing.is_empty(),
            vector,
            columns: program.columns(world, reg),
            shape: bound.shape.clone(),
            constant: bound.constant.clone(),
            causes: None,
        };
        if frame == FrameId::NATION && kept.constant.is_none() {
            if let Some(slot) = world.kept.get_mut(step.index()) {
                *slot = Some(kept.clone());
            }
            kept.constant = world.value(step, 0);
            kept.causes = kept.constant.is_none().then(|| world.causes(step, 0));
        }
        if let Some(slot) = world.kept.get_mut(step.index()) {
            *slot = Some(kept);
        }
    }
    Some(())
}

/// The registers of a pass in order, and which of them are kept.
#[derive(Debug)]
struct Program {
    frame: FrameId,
    bound: Vec<Bound>,
    /// The register that holds the lanes of each.
    lanes_of: Vec<Reg>,
    is_live: Vec<bool>,
    layout: Layout,
    kept: Vec<Reg>,
}

impl Program {
    fn new(frame: FrameId, bound: Vec<Bound>, kept: impl Iterator<Item = Reg>) -> Self {
        let mut lanes_of: Vec<Reg> = Vec::with_capacity(bound.len());
        for (reg, one) in bound.iter().enumerate() {
            lanes_of.push(match &one.kernel {
                Kernel::Same(other) => lanes_of.get(*other).copied().unwrap_or(*other),
                _ => reg,
            });
        }
        let kept: Vec<Reg> = kept.collect();
        let mut is_live = vec![false; bound.len()];
        for reg in &kept {
            // A value that is the same for every row is kept without lanes.
            if let (Some(live), Some(bound)) = (is_live.get_mut(*reg), bound.get(*reg)) {
                *live = bound.constant.is_none();
            }
        }
        for reg in (0..bound.len()).rev() {
            if is_live[reg] {
                for read in bound[reg].kernel.reads() {
                    is_live[read] = true;
                }
            }
        }
        let layout = Layout::new(&bound, &lanes_of, &is_live);
        Self { frame, bound, lanes_of, is_live, layout, kept }
    }

    /// The vectors that are kept, and the sets of sites that they number.
    fn run(&self, world: &World<'_>, rows: usize, threads: usize) -> (Vec<Vector>, Whys) {
        let batches = rows.div_ceil(BATCH);
        let threads = threads.clamp(1, batches.max(1));
        if threads == 1 {
            return self.run_rows(world, 0, rows);
        }
        let share = batches.div_ceil(threads) * BATCH;
        let parts: Vec<(Vec<Vector>, Whys)> = std::thread::scope(|scope| {
            let starts = (0..rows).step_by(share);
            let running: Vec<_> =
                starts.map(|start| scope.spawn(move || self.run_rows(world, start, share.min(rows - start)))).collect();
            running.into_iter().map(|thread| thread.join().unwrap_or_default()).collect()
        });
        let mut parts = parts.into_iter();
        let (mut all, mut whys) = parts.next().unwrap_or_default();
        for (number, (part, of_part)) in parts.enumerate() {
            let done = (number + 1) * share;
            let numbers = whys.adopt(&of_part);
            for (into, mut from) in all.iter_mut().zip(part) {
                from.missing.whys_mut().for_each(|why| *why = why.adopted(&numbers));
                into.append(from.view(), done, share.min(rows - done), rows);
            }
        }
        (all, whys)
    }

    fn run_rows(&self, world: &World<'_>, start: usize, rows: usize) -> (Vec<Vector>, Whys) {
        let mut whys = world.whys.get(self.frame.index()).cloned().unwrap_or_default();
        let before = whys.len();
        let mut most = MOST_UNUSED.max(2 * whys.size());
        let mut registers: Vec<Vector> = vec![Vector::default(); self.layout.count];
        let mut kept: Vec<Vector> =
            self.kept.iter().map(|reg| self.bound.get(*reg).map(room).unwrap_or_default()).collect();
        // What is kept is taken as soon as it is there: its register may be needed for something else.
        let mut kept_from: Vec<Vec<usize>> = vec![Vec::new(); self.bound.len()];
        for (number, reg) in self.kept.iter().enumerate().filter(|(_, reg)| self.is_live.get(**reg) == Some(&true)) {
            if let Some(from) = self.lanes_of.get(*reg).and_then(|reg| kept_from.get_mut(*reg)) {
                from.push(number);
            }
        }
        let mut at = start;
        while at < start + rows {
            let len = BATCH.min(start + rows - at);
            let mut batch = Batch { world, frame: self.frame, start: at, len, whys: &mut whys };
            for (reg, bound) in self.bound.iter().enumerate() {
                let is_same = matches!(bound.kernel, Kernel::Same(_));
                if is_same || !self.is_live.get(reg).copied().unwrap_or(false) {
                    continue;
                }
                let slot = self.layout.slot(reg);
                let mut out = registers.get_mut(slot).map(std::mem::take).unwrap_or_default();
                if !(bound.is_fixed() && out.lanes.len() == len) {
                    out.missing.clear();
                    self.kernel(&bound.kernel, &registers, &mut out, &mut batch);
                }
                if let Some(slot) = registers.get_mut(slot) {
                    *slot = out;
                }
                for number in kept_from.get(reg).into_iter().flatten() {
                    if let Some(kept) = kept.get_mut(*number) {
                        let view = self.view(world, &registers, reg, (at, len));
                        let lanes = if self.columns(world, reg).is_some() { Slices::Bool(&[]) } else { view.lanes };
                        kept.append(View { lanes, ..view }, at - start, len, rows);
                    }
                }
            }
            at += len;
            if whys.size() > most {
                whys.forget(before, kept.iter_mut().flat_map(|kept| kept.missing.whys_mut()));
                most = MOST_UNUSED.max(2 * whys.size());
                // What is the same for every lane was filled once, with the numbers of before.
                registers.iter_mut().for_each(|register| *register = Vector::default());
            }
        }
        (kept, whys)
    }

    /// The columns in which a register stands for all its rows.
    fn columns(&self, world: &World<'_>, reg: Reg) -> Option<(ColumnId, Option<ColumnId>)> {
        let column = |reg: Reg| match &self.bound.get(*self.lanes_of.get(reg)?)?.kernel {
            Kernel::Cells { column, first: 0, stride: 1, .. } => {
                in_place(world.column(*column)?.values()).is_some().then_some(*column)
            }
            _ => None,
        };
        match &self.bound.get(*self.lanes_of.get(reg)?)?.kernel {
            Kernel::Quotient { above, below } => Some((column(*above)?, Some(column(*below)?))),
            _ => Some((column(reg)?, None)),
        }
    }

    /// What a register holds, wherever it stands: cells of the data and vectors of earlier passes are not copied.
    fn view<'v>(
        &'v self,
        world: &'v World<'_>,
        registers: &'v [Vector],
        reg: Reg,
        (start, len): (usize, usize),
    ) -> View<'v> {
        let reg = self.lanes_of.get(reg).copied().unwrap_or(reg);
        let Some(own) = registers.get(self.layout.slot(reg)) else {
            return View { lanes: Slices::Bool(&[]), missing: &missing::NONE };
        };
        let lanes = match self.bound.get(reg).map(|bound| &bound.kernel) {
            Some(Kernel::Quotient { above, below }) => {
                let part = |reg: &Reg| self.view(world, registers, *reg, (start, len)).lanes;
                part(above).over(part(below))
            }
            Some(Kernel::Cells { column, first: 0, stride: 1, .. }) => {
                let found = world.column(*column).and_then(|column| in_place(column.values()));
                found.map_or(own.lanes.slices(), |all| all.part(start, len))
            }
            Some(Kernel::Kept(step)) => {
                let kept = world.kept.get(step.index()).and_then(Option::as_ref);
                let kept = kept.map(|kept| world.lanes(kept)).filter(|lanes| !lanes.is_narrow());
                kept.map_or(own.lanes.slices(), |lanes| lanes.part(start, len))
            }
            _ => own.lanes.slices(),
        };
        View { lanes, missing: &own.missing }
    }

    fn kernel(&self, kernel: &Kernel, registers: &[Vector], out: &mut Vector, batch: &mut Batch<'_>) {
        let (world, start, len) = (batch.world, batch.start, batch.len);
        let at = |reg: &Reg| self.view(world, registers, *reg, (start, len));
        match kernel {
            Kernel::Fill(lanes, site) => kernel::fill(out, lanes, *site, batch),
            Kernel::Cells { column, first, stride, site } => cells(out, *column, (*first, *stride), *site, batch),
            Kernel::Same(_) => {}
            Kernel::Kept(step) => {
                if let Some(kept) = world.kept.get(step.index()).and_then(Option::as_ref) {
                    out.missing.slice_from(&kept.vector.missing, start, len);
                    let lanes = world.lanes(kept);
                    if lanes.is_narrow() {
                        out.lanes.gather_from(lanes, start..start + len);
                    }
                }
            }
            Kernel::Linked { step, link, site } => {
                if let Some(kept) = world.kept.get(step.index()).and_then(Option::as_ref) {
                    let link = world.frames.linked(*link);
                    out.lanes.gather_from(world.lanes(kept), (start..start + len).map(|row| link.at(row)));
                    if !kept.vector.missing.is_empty() {
                        let why = batch.whys.of(*site);
                        for lane in (0..len).filter(|lane| kept.vector.missing.at(link.at(start + lane))) {
                            out.missing.blame(why, lane, len);
                        }
                    }
                }
            }
            Kernel::Quotient { above, below } => kernel::joined(&mut out.missing, &[at(above), at(below)], batch),
            Kernel::Divisor(a) => number::divisor(out, at(a), batch),
            Kernel::Reciprocal(a) => number::reciprocal(out, at(a), batch),
            Kernel::RoundOver { above, below, reciprocal, mode } => {
                number::round_over(out, at(above), at(below), at(reciprocal), *mode, batch);
            }
            Kernel::Convert { from, times, to } => number::convert(out, at(from), *times, *to, batch),
            Kernel::Exactly { from, factor } => exact::exactly(out, at(from), factor, batch),
            Kernel::Add { a, b, minus } => number::add(out, at(a), at(b), *minus, batch),
            Kernel::Multiply { a, b } => number::multiply(out, at(a), at(b), batch),
            Kernel::Divide { a, b, site, is_positive } => {
                let site = (!is_positive).then_some(*site);
                number::divide(out, at(a), at(b), site, batch);
            }
            Kernel::Negate(a) => number::negate(out, at(a), false, batch),
            Kernel::Size(a) => number::negate(out, at(a), true, batch),
            Kernel::Extreme { a, b, greatest } => match at(a).lanes {
                Slices::Exact(_) => exact::exact_extreme(out, at(a), at(b), *greatest, batch),
                _ => number::extreme(out, at(a), at(b), *greatest, batch),
            },
            Kernel::BesideZero { a, greatest } => number::beside_zero(out, at(a), *greatest, batch),
            Kernel::Compare { op, a, b } => number::compare(out, *op, at(a), at(b), batch),
            Kernel::CompareTo { op, a, to } => number::compare_to(out, *op, at(a), *to, batch),
            Kernel::Round { a, above, below, mode, wide } => {
                number::round(out, at(a), (*above, *below), *mode, *wide, batch);
            }
            Kernel::ExactArithmetic { op, a, b, zero, large } => {
                let blame = Blame { zero: *zero, large: *large };
                exact::exact_arithmetic(out, *op, at(a), at(b), blame, batch);
            }
            Kernel::ExactRound { a, mode, step, large } => {
                exact::exact_round(out, at(a), *mode, step, Blame { zero: *large, large: *large }, batch);
            }
            Kernel::ExactNegate { a, only_size } => exact::exact_negate(out, at(a), *only_size, batch),
            Kernel::Not(a) => choose::not(out, at(a), batch),
            Kernel::Logic(op, all) => choose::logic(out, *op, &all.iter().map(at).collect::<Vec<_>>(), batch),
            Kernel::IsMissing(a, negated) => choose::is_missing(out, at(a), *negated, batch),
            Kernel::IsKnown(a, answer) => choose::is_known(out, at(a), *answer),
            Kernel::If { condition, then, otherwise } => {
                choose::choice(out, at(condition), at(then), at(otherwise), batch);
            }
            Kernel::OnlyIf { value, condition, zero } => {
                choose::only_if(out, at(value), at(condition), at(zero), batch)
            }
            Kernel::IfMissing { value, instead } => choose::if_missing(out, at(value), at(instead), batch),
            Kernel::Unless { value, exceptions, conflict } => {
                let chains: Vec<Vec<(View<'_>, View<'_>)>> = exceptions
                    .iter()
                    .map(|chain| chain.iter().map(|(when, gives)| (at(when), at(gives))).collect())
                    .collect();
                choose::unless(out, at(value), &chains, *conflict, batch);
            }
            Kernel::Accepts { input, tests, own_case } => choose::accepts(out, at(input), at(tests), *own_case, batch),
            _ => self.kernel_of_many(kernel, registers, out, batch),
        }
    }

    /// The kernels that read many registers, or what stands outside the batch.
    fn kernel_of_many(&self, kernel: &Kernel, registers: &[Vector], out: &mut Vector, batch: &mut Batch<'_>) {
        let (world, start, len) = (batch.world, batch.start, batch.len);
        let at = |reg: &Reg| self.view(world, registers, *reg, (start, len));
        match kernel {
            Kernel::Table { rows, first_match, site } => {
                let rows: Vec<(View<'_>, View<'_>)> = rows.iter().map(|(when, gives)| (at(when), at(gives))).collect();
                choose::table(out, &rows, *first_match, *site, batch);
            }
            Kernel::MayApply { rows, first_match } => {
                choose::last_may_apply(out, &rows.iter().map(at).collect::<Vec<_>>(), *first_match, batch);
            }
            Kernel::State { met, exempt } => {
                choose::state(out, at(met), &exempt.iter().map(at).collect::<Vec<_>>(), batch)
            }
            Kernel::Verdict { reached, better, words } => {
                choose::verdict(out, reached.as_ref().map(at), better.as_ref().map(at), *words, batch);
            }
            Kernel::Pick { period, choices, site } => {
                let ordinals: Vec<i32> = choices.iter().map(|(ordinal, _)| *ordinal).collect();
                let sources: Vec<View<'_>> = choices.iter().map(|(_, reg)| at(reg)).collect();
                choose::pick(out, at(period), &ordinals, &sources, *site, batch);
            }
            Kernel::Days { from, to } => days::between(out, at(from), at(to), batch),
            Kernel::Part { shares, first, stride, site } => shares::part(out, *shares, (*first, *stride), *site, batch),
            Kernel::Climb(of) => {
                let moves = of.moves.map(|reg| reg.as_ref().map(at));
                ladder::climb(out, of.last, of.before.as_ref().map(at), moves, batch);
            }
            Kernel::Stands { possible, open, words } => {
                ladder::stands(out, at(possible), &open.iter().map(at).collect::<Vec<_>>(), words, batch);
            }
            Kernel::OfGroup(of) => peers::of_group(out, of, &of.same.iter().map(at).collect::<Vec<_>>(), batch),
            Kernel::List(of) => {
                let members: Vec<[Option<View<'_>>; 3]> =
                    of.members.iter().map(|member| member.parts().map(|reg| reg.as_ref().map(at))).collect();
                list::list(out, of, &members, batch);
            }
            _ => {}
        }
    }
}

/// Room for what is kept of a register: as little as its range allows.
fn room(bound: &Bound) -> Vector {
    let lanes = match (&bound.shape, &bound.kernel) {
        (Shape::Int { range, wide: false, .. }, _) if range.fits_half() => Lanes::Int32(Vec::new()),
        (Shape::Quot { above, below, wide: false, .. }, _) if above.fits_half() && below.fits_half() => {
            Lanes::Quot32(Vec::new(), Vec::new())
        }
        (Shape::Code(Codes::State), Kernel::State { exempt, .. }) if exempt.len() < 250 => Lanes::Code8(Vec::new()),
        _ => Lanes::default(),
    };
    Vector { lanes, ..Vector::default() }
}

/// Values of a column as lanes, where they need not be copied.
pub(super) fn in_place(values: &Values) -> Option<Slices<'_>> {
    Some(match values {
        Values::Whole { ints, .. } => Slices::Int64(ints),
        Values::Exact(numbers) => Slices::Exact(numbers),
        Values::YesNo(all) => Slices::Bool(all),
        Values::Dates(all) | Values::Periods { ordinals: all, .. } => Slices::Code(all),
        Values::Texts(_) | Values::Nothing(_) => return None,
    })
}

/// Cells of the data, from a row of the frame on; only what is missing, where they are read in place.
fn cells(out: &mut Vector, column: ColumnId, (first, stride): (usize, usize), site: u32, batch: &mut Batch<'_>) {
    fn strided<T: Copy>(into: &mut Vec<T>, from: &[T], start: usize, stride: usize, len: usize) {
        into.clear();
        if stride == 1 {
            into.extend_from_slice(from.get(start..start + len).unwrap_or_default());
        } else {
            into.extend(from.get(start..).unwrap_or_default().iter().step_by(stride).take(len));
        }
    }
    let (world, start, len) = (batch.world, batch.start, batch.len);
    let Some(found) = world.column(column) else { return };
    let begin = first + start * stride;
    match found.values() {
        values if (first, stride) == (0, 1) && in_place(values).is_some() => {}
        Values::Whole { ints, .. } => {
            let mut into = match std::mem::take(&mut out.lanes) {
                Lanes::Int64(of) => of,
                _ => Vec::new(),
            };
            strided(&mut into, ints, begin, stride, len);
            out.lanes = Lanes::Int64(into);
        }
        Values::Exact(numbers) => {
            let all = numbers.get(begin..).unwrap_or_default().iter().step_by(stride).take(len);
            out.lanes = Lanes::Exact(all.cloned().collect());
        }
        Values::YesNo(of) => {
            let mut into = out.lanes.take_bools();
            strided(&mut into, of, begin, stride, len);
            out.lanes = Lanes::Bool(into);
        }
        Values::Dates(of) | Values::Periods { ordinals: of, .. } => {
            let mut into = out.lanes.take_codes();
            strided(&mut into, of, begin, stride, len);
            out.lanes = Lanes::Code(into);
        }
        Values::Texts(texts) => {
            let codes = world.texts.of(column);
            let all = texts.codes().get(begin..).unwrap_or_default().iter().step_by(stride).take(len);
            out.lanes = Lanes::Code(all.map(|code| codes.get(*code as usize).copied().unwrap_or(-1)).collect());
        }
        Values::Nothing(_) => {}
    }
    if found.missing().is_empty() {
        return;
    }
    for row in found.missing().rows_in(start * stride, (start + len) * stride) {
        let (lane, period) = (row / stride - start, row % stride);
        if period == first {
            out.missing.blame(batch.whys.of(site), lane, len);
        }
    }
}

/// A kept vector of a whole step.
pub(super) fn whole(vector: Vector, shape: Shape, constant: Option<Value>) -> Kept {
    Kept { may_miss: !vector.missing.is_empty(), vector, columns: None, shape, constant, causes: None }
}
