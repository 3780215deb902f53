//! Binding: the steps of a pass become registers and kernels, with shapes, ranges and factors settled from the
//! types, the rules' own figures and the least and greatest figures of the data.
//!
//! Nothing is computed here but what is the same for every row.

mod choose;
mod ladder;
mod list;
mod number;

use super::fold::Totals;
use super::frames::Frames;
use super::kernel::{Kernel, Pure, Reg};
use super::range::{Factor, Range};
use super::shape::{Codes, Repr, Shape};
use super::sites::{Site, Sites};
use super::texts::Texts;
use super::vector::{Lanes, Vector};
use super::why::{Why, Whys};
use crate::data::{Dataset, Values};
use crate::meaning::{RunOptions, value_at};
use crate::model::{ColumnId, Model, ParameterId};
use crate::plan::{FrameId, Op, Place, Plan, StepId};
use crate::value::{Causes, Fault, Number, Period, Value};
use std::collections::HashMap;

/// A register: what fills it, how it is held, and what is known of it.
#[derive(Debug, Clone)]
pub(super) struct Bound {
    pub(super) kernel: Kernel,
    pub(super) shape: Shape,
    /// Whether a lane may have no value.
    pub(super) may_miss: bool,
    /// The value of every lane, where it is one and known.
    pub(super) constant: Option<Value>,
}

impl Bound {
    /// Whether it is the same for every lane, so that it is filled once and its memory never left to another.
    pub(super) fn is_fixed(&self) -> bool {
        self.constant.is_some() || matches!(self.kernel, Kernel::Fill(..))
    }
}

/// A vector that an earlier pass made and later ones read.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    /// What is missing; and the lanes, if they do not stand in columns.
    pub(super) vector: Vector,
    /// The column of the data in which the lanes stand, and that of what is below the line.
    pub(super) columns: Option<(ColumnId, Option<ColumnId>)>,
    pub(super) shape: Shape,
    pub(super) may_miss: bool,
    pub(super) constant: Option<Value>,
    /// Why there is no value in any lane, where that is the same for all of them; made once, since there may be as
    /// many causes as there are rows.
    pub(super) causes: Option<Causes>,
}

/// What binding looks at.
#[derive(Debug)]
pub(super) struct World<'a> {
    pub(super) model: &'a Model,
    pub(super) data: &'a Dataset,
    pub(super) options: &'a RunOptions,
    pub(super) plan: &'a Plan,
    pub(super) as_at: Option<crate::value::Date>,
    pub(super) frames: Frames,
    pub(super) texts: Texts,
    /// By frame.
    pub(super) sites: Vec<Sites>,
    /// By frame.
    pub(super) whys: Vec<Whys>,
    /// By step.
    pub(super) kept: Vec<Option<Kept>>,
    /// Aggregates of the nation over data that came before, a block at a time.
    pub(super) totals: Option<&'a Totals>,
    pub(super) peers: super::peers::Found,
}

impl World<'_> {
    /// A site of a frame as a reason.
    pub(super) fn why(&mut self, frame: FrameId, site: Site) -> Option<Why> {
        let number = self.sites.get_mut(frame.index())?.number(site);
        Some(self.whys.get_mut(frame.index())?.of(number))
    }
}

/// Makes the registers of a pass.
#[derive(Debug)]
pub(super) struct Binder<'w, 'a> {
    pub(super) world: &'w mut World<'a>,
    pub(super) frame: FrameId,
    pub(super) bound: Vec<Bound>,
    of_step: HashMap<StepId, Reg>,
    converted: HashMap<(Reg, i128, Repr), Reg>,
    done: HashMap<Pure, Reg>,
    /// Which register is the greater or the lesser of which two.
    extremes: HashMap<Reg, (Reg, Reg, bool)>,
    /// Whether something came up that the engine does not run.
    pub(super) is_beyond: bool,
}

impl<'w, 'a> Binder<'w, 'a> {
    pub(super) fn new(world: &'w mut World<'a>, frame: FrameId) -> Self {
        Self {
            world,
            frame,
            bound: Vec::new(),
            of_step: HashMap::new(),
            converted: HashMap::new(),
            done: HashMap::new(),
            extremes: HashMap::new(),
            is_beyond: false,
        }
    }

    /// The register of a step: of this pass, or of an earlier one that kept it.
    pub(super) fn reg(&mut self, step: StepId) -> Reg {
        if let Some(reg) = self.of_step.get(&step) {
            return *reg;
        }
        let kept = self.world.kept.get(step.index()).and_then(Option::as_ref);
        let bound = match kept {
            Some(kept) => Bound {
                kernel: Kernel::Kept(step),
                shape: kept.shape.clone(),
                may_miss: kept.may_miss,
                constant: kept.constant.clone(),
            },
            None => {
                self.is_beyond = true;
                Bound { kernel: Kernel::Kept(step), shape: Shape::Exact, may_miss: true, constant: None }
            }
        };
        let reg = match bound.constant.clone() {
            Some(value) => self.constant(&value),
            None => self.push(bound),
        };
        self.of_step.insert(step, reg);
        reg
    }

    pub(super) fn push(&mut self, bound: Bound) -> Reg {
        self.bound.push(bound);
        self.bound.len() - 1
    }

    pub(super) fn make(&mut self, kernel: Kernel, shape: Shape, may_miss: bool) -> Reg {
        let pure = kernel.pure();
        if let Some(done) = pure.and_then(|pure| self.done.get(&pure)) {
            return *done;
        }
        if let Some(pure) = pure {
            self.done.insert(pure, self.bound.len());
        }
        self.push(Bound { kernel, shape, may_miss, constant: None })
    }

    pub(super) fn shape(&self, reg: Reg) -> Shape {
        self.bound.get(reg).map_or(Shape::Exact, |bound| bound.shape.clone())
    }

    pub(super) fn may_miss(&self, reg: Reg) -> bool {
        self.bound.get(reg).is_none_or(|bound| bound.may_miss)
    }

    pub(super) fn known(&self, reg: Reg) -> Option<&Value> {
        self.bound.get(reg).and_then(|bound| bound.constant.as_ref())
    }

    pub(super) fn known_answer(&self, reg: Reg) -> Option<bool> {
        match self.known(reg) {
            Some(Value::YesNo(yes)) => Some(*yes),
            _ => None,
        }
    }

    pub(super) fn known_number(&self, reg: Reg) -> Option<Number> {
        match self.known(reg) {
            Some(Value::Number(number)) => Some(number.clone()),
            _ => None,
        }
    }

    pub(super) fn site(&mut self, site: Site) -> u32 {
        self.world.sites.get_mut(self.frame.index()).map_or(0, |sites| sites.number(site))
    }

    pub(super) fn fault_site(&mut self, fault: Fault, place: Place) -> u32 {
        self.site(Site::Fault(fault, place))
    }

    /// A register that holds one value in every lane.
    pub(super) fn constant(&mut self, value: &Value) -> Reg {
        let (lanes, shape) = match value {
            Value::Number(number) => number_lanes(number),
            Value::YesNo(yes) => (Lanes::Bool(vec![*yes]), Shape::Bool),
            Value::Text(text) => (Lanes::Code(vec![self.world.texts.code(text)]), Shape::Code(Codes::Text)),
            Value::Date(date) => (Lanes::Code(vec![crate::value::day_of_date(*date)]), Shape::Code(Codes::Date)),
            Value::Period(period) => (Lanes::Code(vec![period.ordinal]), Shape::Code(Codes::Period(period.kind))),
            Value::Condition(state) => {
                (Lanes::Code(vec![super::outcome::state_code(*state)]), Shape::Code(Codes::State))
            }
        };
        let kernel = Kernel::Fill(lanes, None);
        self.push(Bound { kernel, shape, may_miss: false, constant: Some(value.clone()) })
    }

    /// A register in which no lane has a value. The shape is that of nothing: 0.
    pub(super) fn nothing(&mut self, site: u32, shape: Shape) -> Reg {
        let lanes = match &shape {
            Shape::Bool => Lanes::Bool(vec![false]),
            Shape::Code(_) => Lanes::Code(vec![0]),
            _ => Lanes::Int64(vec![0]),
        };
        let shape = match shape {
            Shape::Int { .. } | Shape::Quot { .. } | Shape::Exact => Shape::int(Factor::ONE, Range::at(0)),
            other => other,
        };
        self.make(Kernel::Fill(lanes, Some(site)), shape, true)
    }

    /// Binds a step of the pass.
    pub(super) fn step(&mut self, id: StepId) -> Reg {
        let world = &*self.world;
        let plan = world.plan;
        let step = plan.step(id);
        let place = step.place;
        let reg = match &step.op {
            Op::Constant(value) => self.constant(value),
            Op::Fault(fault) => {
                let site = self.fault_site(*fault, place);
                self.nothing(site, Shape::Exact)
            }
            Op::Column(column, period) => self.cells(*column, *period),
            Op::Parameter(parameter) => self.parameter(*parameter, None),
            Op::ParameterIn(parameter, period) => {
                let period = self.reg(*period);
                match self.known(period) {
                    Some(Value::Period(period)) => {
                        let period = *period;
                        self.parameter(*parameter, Some(period))
                    }
                    _ => {
                        self.is_beyond = true;
                        period
                    }
                }
            }
            Op::Above(above) => self.above(*above),
            Op::Arithmetic(op, left, right) => {
                let (left, right) = (self.reg(*left), self.reg(*right));
                self.arithmetic(*op, left, right, place)
            }
            Op::Days(from, to) => {
                let (from, to) = (self.reg(*from), self.reg(*to));
                self.days(from, to)
            }
            Op::Negate(one) => {
                let one = self.reg(*one);
                self.negate(one, false)
            }
            Op::SizeOf(one) => {
                let one = self.reg(*one);
                self.negate(one, true)
            }
            Op::Compare(op, left, right) => {
                let (left, right) = (self.reg(*left), self.reg(*right));
                self.compare(*op, left, right)
            }
            Op::Bound(op, value, bound) => {
                let (value, bound) = (self.reg(*value), self.reg(*bound));
                self.extreme(value, bound, *op == crate::syntax::ast::CompareOp::AtLeast)
            }
            Op::Rounded(value, mode, to) => {
                let value = self.reg(*value);
                self.rounded(value, *mode, to, place)
            }
            Op::Gather { op, members, before, .. } => self.list(*op, members, *before, place),
            Op::OfGroup { value, groups, period, same } => self.of_group(*value, *groups, *period, same),
            Op::Rank { .. } | Op::Shares { .. } | Op::ParameterAt(..) => self.reg(id),
            Op::Part(shares, period) => self.part(*shares, *period, place),
            Op::Climb { before, moves, last } => self.climb(*before, *moves, *last),
            Op::Stands { possible, open, steps } => self.stands(*possible, open, steps),
            _ => self.chosen(id),
        };
        self.of_step.insert(id, reg);
        reg
    }

    fn cells(&mut self, column: ColumnId, period: u32) -> Reg {
        let (first, stride) = self.world.frames.strided(self.world.model, column, period);
        let declared = self.world.model.column(column);
        let site = self.site(Site::Cell(column, period));
        let Some(found) = self.world.column(column) else { return self.nothing(site, Shape::Exact) };
        let may_miss = !found.missing().is_empty();
        let shape = match found.values() {
            Values::Whole { over, .. } => {
                let (least, greatest) = found.bounds().unwrap_or((0, 0));
                let range = Range { least: least.into(), greatest: greatest.into() }.with_zero_if(may_miss);
                // Factors have room for every denominator of 64 bits.
                let Some(factor) = Factor::new(1, i128::from(*over)) else {
                    self.is_beyond = true;
                    return self.nothing(site, Shape::Exact);
                };
                let cells = Kernel::Cells { column, first, stride, site };
                let cells = self.make(cells, Shape::Int { factor, range, wide: false }, may_miss);
                // The least of 64 bits has no negative there: with room for a sign, it needs more.
                return if range.fits() { cells } else { self.convert(cells, 1, Repr::Int128) };
            }
            Values::Exact(_) => Shape::Exact,
            Values::YesNo(_) => Shape::Bool,
            Values::Dates(_) => Shape::Code(Codes::Date),
            Values::Periods { kind, .. } => Shape::Code(Codes::Period(*kind)),
            Values::Texts(texts) => {
                self.world.texts.learn(column, texts);
                Shape::Code(Codes::Text)
            }
            Values::Nothing(_) => {
                let shape = nothing_like(&declared.ty);
                return self.nothing(site, shape);
            }
        };
        self.make(Kernel::Cells { column, first, stride, site }, shape, may_miss)
    }

    fn parameter(&mut self, id: ParameterId, period: Option<Period>) -> Reg {
        let world = &*self.world;
        let parameter = world.model.parameter(id);
        let replaced = world.options.parameters.iter().rev().find(|(given, _)| *given == id);
        let date = match period {
            Some(period) => period.first_day(world.model.ruleset.year_start),
            None => world.as_at,
        };
        let value = replaced.map(|(_, value)| value).or_else(|| value_at(parameter, date)).cloned();
        let shape = nothing_like(&parameter.ty);
        match value {
            Some(value) => self.constant(&value),
            None => {
                let site = self.site(Site::Parameter(id, period));
                self.nothing(site, shape)
            }
        }
    }

    fn above(&mut self, step: StepId) -> Reg {
        let Some(kept) = self.world.kept.get(step.index()).and_then(Option::as_ref) else {
            self.is_beyond = true;
            return self.constant(&Value::YesNo(false));
        };
        if let Some(value) = kept.constant.clone() {
            return self.constant(&value);
        }
        let (shape, may_miss) = (kept.shape.clone(), kept.may_miss);
        let from = self.world.plan.step(step).frame;
        let site = self.site(Site::Above(step));
        let Some(link) = self.world.frames.link(self.world.model, self.world.data, self.frame, from) else {
            self.is_beyond = true;
            return self.constant(&Value::YesNo(false));
        };
        // A row without a row above has no value, which no data has: every record belongs to one.
        self.make(Kernel::Linked { step, link, site }, shape, may_miss)
    }

    /// Whole multiples of a register, in other machine numbers.
    pub(super) fn convert(&mut self, from: Reg, times: i128, to: Repr) -> Reg {
        let shape = self.shape(from);
        if times == 1 && shape.repr() == Some(to) {
            return from;
        }
        if let Some(done) = self.converted.get(&(from, times, to)) {
            return *done;
        }
        let may_miss = self.may_miss(from);
        let reg = match (to, shape.fraction()) {
            (Repr::Exact, Some(fraction)) => {
                let number = factor_number(fraction.factor);
                let reg = self.make(Kernel::Exactly { from, factor: number }, Shape::Exact, may_miss);
                self.keep_constant(from, reg);
                reg
            }
            (_, Some(fraction)) => {
                let multiple = Factor::new(times, 1).and_then(|times| fraction.factor.divide(times));
                let above = fraction.above.times(times);
                let whole = fraction.whole.times(times);
                let (Some(factor), Some(above), Some(whole)) = (multiple, above, whole) else {
                    self.is_beyond = true;
                    return from;
                };
                let shape = match to {
                    Repr::Int64 | Repr::Int128 => Shape::Int { factor, range: above, wide: to == Repr::Int128 },
                    _ => Shape::Quot { factor, above, below: fraction.below, whole, wide: to == Repr::Quot128 },
                };
                let reg = match (self.parts(from), to) {
                    // Whole multiples of a quotient are a quotient of whole multiples.
                    (Some((above, below)), Repr::Quot64 | Repr::Quot128) if self.can_convert(above, times) => {
                        let wide = to == Repr::Quot128;
                        let above = self.convert(above, times, Repr::int(wide));
                        let below = self.convert(below, 1, Repr::int(wide));
                        self.make(Kernel::Quotient { above, below }, shape, may_miss)
                    }
                    _ => self.make(Kernel::Convert { from, times, to }, shape, may_miss),
                };
                self.keep_constant(from, reg);
                reg
            }
            _ => {
                self.is_beyond = true;
                from
            }
        };
        self.converted.insert((from, times, to), reg);
        reg
    }

    /// Whether a register has whole multiples by a factor of machine integers.
    pub(super) fn can_convert(&self, from: Reg, times: i128) -> bool {
        let factor = self.shape(from).fraction().map(|fraction| fraction.factor);
        factor.zip(Factor::new(times, 1)).is_some_and(|(factor, times)| factor.divide(times).is_some())
    }

    /// What stands above the line and below it in a register that is a quotient of two others.
    pub(super) fn parts(&self, reg: Reg) -> Option<(Reg, Reg)> {
        match self.bound.get(reg)?.kernel {
            Kernel::Quotient { above, below } => Some((above, below)),
            Kernel::Same(other) => self.parts(other),
            _ => None,
        }
    }

    fn keep_constant(&mut self, from: Reg, to: Reg) {
        let constant = self.known(from).cloned();
        if let Some(bound) = self.bound.get_mut(to) {
            bound.constant = constant;
        }
    }
}

pub(super) fn factor_number(factor: Factor) -> Number {
    Number::fraction(factor.above, factor.below).unwrap_or_else(Number::one)
}

/// A number in one lane, as narrow as may be.
pub(super) fn number_lanes(number: &Number) -> (Lanes, Shape) {
    let exact = || (Lanes::Exact(vec![number.clone()]), Shape::Exact);
    let Some((above, below)) = number.to_i128_parts() else { return exact() };
    let Some(factor) = Factor::new(1, below) else { return exact() };
    let range = Range::at(above);
    match i64::try_from(above) {
        Ok(narrow) if range.fits() => (Lanes::Int64(vec![narrow]), Shape::Int { factor, range, wide: false }),
        _ if range.widened().and_then(Range::negate).is_some() => {
            (Lanes::Int128(vec![above]), Shape::Int { factor, range, wide: true })
        }
        _ => exact(),
    }
}

/// The shape of what has no value, by its type.
pub(super) fn nothing_like(ty: &crate::model::Type) -> Shape {
    use crate::model::Type;
    match ty {
        Type::YesNo => Shape::Bool,
        Type::Text | Type::Choice(_) => Shape::Code(Codes::Text),
        Type::Date => Shape::Code(Codes::Date),
        Type::Period(kind) => Shape::Code(Codes::Period(*kind)),
        Type::Quantity(_) | Type::Unknown => Shape::Exact,
    }
}
