//! Binding of logic and of choices: sources brought to one shape, branches that the rules' own figures settle
//! left out.

use super::Binder;
use crate::eval::kernel::{Kernel, Reg};
use crate::eval::range::{Factor, Range};
use crate::eval::shape::{Codes, Repr, Shape};
use crate::model::OUTCOME_VERDICTS;
use crate::plan::{Op, StepId};
use crate::syntax::ast::LogicOp;
use crate::value::{Fault, Number, Value};

impl Binder<'_, '_> {
    /// Binds the steps of logic and choice.
    pub(super) fn chosen(&mut self, id: StepId) -> Reg {
        let plan = self.world.plan;
        let step = plan.step(id);
        match &step.op {
            Op::Not(one) => {
                let one = self.answer_of(*one);
                match self.known_answer(one) {
                    Some(answer) => self.constant(&Value::YesNo(!answer)),
                    None => self.answer(Kernel::Not(one), &[one]),
                }
            }
            Op::Logic(op, all) => {
                let all = all.iter().map(|one| self.answer_of(*one)).collect();
                self.logic(*op, all)
            }
            Op::IsMissing(one, negated) => {
                let one = self.reg(*one);
                if self.may_miss(one) {
                    self.make(Kernel::IsMissing(one, *negated), Shape::Bool, false)
                } else {
                    self.constant(&Value::YesNo(*negated))
                }
            }
            Op::IsKnown(one, answer) => {
                let one = self.answer_of(*one);
                self.make(Kernel::IsKnown(one, *answer), Shape::Bool, false)
            }
            Op::If(condition, then, otherwise) => {
                let condition = self.answer_of(*condition);
                let (then, otherwise) = (self.reg(*then), self.reg(*otherwise));
                self.choice(condition, then, otherwise)
            }
            Op::OnlyIf(value, condition) => {
                let (value, condition) = (self.reg(*value), self.answer_of(*condition));
                let zero = self.constant(&Value::Number(Number::zero()));
                match self.known_answer(condition) {
                    Some(true) => value,
                    Some(false) => zero,
                    None => {
                        let may_miss = self.may_miss(value) || self.may_miss(condition);
                        let (regs, shape) = self.unified(vec![value, zero]);
                        let [value, zero] = regs[..] else { return value };
                        self.make(Kernel::OnlyIf { value, condition, zero }, shape, may_miss)
                    }
                }
            }
            Op::IfMissing(value, instead) => {
                let (value, instead) = (self.reg(*value), self.reg(*instead));
                if !self.may_miss(value) {
                    return value;
                }
                let may_miss = self.may_miss(instead);
                let (regs, shape) = self.unified(vec![value, instead]);
                let [value, instead] = regs[..] else { return value };
                self.make(Kernel::IfMissing { value, instead }, shape, may_miss)
            }
            _ => self.settled(id),
        }
    }

    /// Binds the steps that choose among many.
    fn settled(&mut self, id: StepId) -> Reg {
        let plan = self.world.plan;
        let step = plan.step(id);
        let place = step.place;
        match &step.op {
            Op::Unless(value, exceptions) => {
                let value = self.reg(*value);
                let chains: Vec<Vec<(Reg, Reg)>> = exceptions
                    .iter()
                    .map(|chain| chain.iter().map(|(when, gives)| (self.answer_of(*when), self.reg(*gives))).collect())
                    .collect();
                self.unless(value, chains, place)
            }
            Op::Accepts { input, tests, own_case } => {
                let (input, tests) = (self.reg(*input), self.answer_of(*tests));
                if !self.may_miss(input) {
                    return tests;
                }
                let may_miss = self.may_miss(tests) || !own_case;
                self.make(Kernel::Accepts { input, tests, own_case: *own_case }, Shape::Bool, may_miss)
            }
            Op::Table { rows, first_match } => {
                let rows: Vec<(Reg, Reg)> =
                    rows.iter().map(|(when, gives)| (self.answer_of(*when), self.reg(*gives))).collect();
                let (whens, gives): (Vec<Reg>, Vec<Reg>) = rows.into_iter().unzip();
                let (gives, shape) = self.unified(gives);
                let site = self.fault_site(Fault::NoRowMatches, place);
                let rows = whens.into_iter().zip(gives).collect();
                self.make(Kernel::Table { rows, first_match: *first_match, site }, shape, true)
            }
            Op::MayApply { rows, first_match } => {
                let rows = rows.iter().map(|row| self.answer_of(*row)).collect();
                self.make(Kernel::MayApply { rows, first_match: *first_match }, Shape::Bool, false)
            }
            Op::State(met, exempt) => {
                let met = self.answer_of(*met);
                let exempt: Vec<Reg> = exempt.iter().map(|one| self.answer_of(*one)).collect();
                let may_miss = self.may_miss(met) || exempt.iter().any(|one| self.may_miss(*one));
                self.make(Kernel::State { met, exempt }, Shape::Code(Codes::State), may_miss)
            }
            Op::Verdict(reached, better) => {
                let reached = reached.map(|step| self.answer_of(step));
                let better = better.map(|step| self.answer_of(step));
                let may_miss = reached.into_iter().chain(better).any(|reg| self.may_miss(reg));
                let words = OUTCOME_VERDICTS.map(|word| self.world.texts.code(word));
                self.make(Kernel::Verdict { reached, better, words }, Shape::Code(Codes::Text), may_miss)
            }
            Op::Pick(period, choices) => {
                let period = self.reg(*period);
                let (ordinals, sources): (Vec<i32>, Vec<StepId>) = choices.iter().copied().unzip();
                let sources = sources.into_iter().map(|step| self.reg(step)).collect();
                let (sources, shape) = self.unified(sources);
                let site = self.fault_site(Fault::NoSuchPeriod, place);
                let choices = ordinals.into_iter().zip(sources).collect();
                self.make(Kernel::Pick { period, choices, site }, shape, true)
            }
            _ => {
                self.is_beyond = true;
                self.constant(&Value::YesNo(false))
            }
        }
    }

    /// The register of a step that answers yes or no; also where it never has an answer.
    pub(super) fn answer_of(&mut self, step: StepId) -> Reg {
        let reg = self.reg(step);
        self.as_codes(reg, &Shape::Bool)
    }

    fn answer(&mut self, kernel: Kernel, operands: &[Reg]) -> Reg {
        let may_miss = operands.iter().any(|operand| self.may_miss(*operand));
        self.make(kernel, Shape::Bool, may_miss)
    }

    /// `and`, `or`: what is settled beforehand is left out.
    pub(super) fn logic(&mut self, op: LogicOp, all: Vec<Reg>) -> Reg {
        let settles = op == LogicOp::Or;
        if all.iter().any(|one| self.known_answer(*one) == Some(settles)) {
            return self.constant(&Value::YesNo(settles));
        }
        let open: Vec<Reg> = all.into_iter().filter(|one| self.known_answer(*one).is_none()).collect();
        match open.as_slice() {
            [] => self.constant(&Value::YesNo(!settles)),
            [only] => *only,
            _ => self.answer(Kernel::Logic(op, open.clone()), &open),
        }
    }

    pub(super) fn choice(&mut self, condition: Reg, then: Reg, otherwise: Reg) -> Reg {
        match self.known_answer(condition) {
            Some(true) => return then,
            Some(false) => return otherwise,
            None => {}
        }
        let may_miss = [condition, then, otherwise].into_iter().any(|reg| self.may_miss(reg));
        let (regs, shape) = self.unified(vec![then, otherwise]);
        let [then, otherwise] = regs[..] else { return then };
        self.make(Kernel::If { condition, then, otherwise }, shape, may_miss)
    }

    fn unless(&mut self, value: Reg, chains: Vec<Vec<(Reg, Reg)>>, place: crate::plan::Place) -> Reg {
        // One exception is a choice, however long its chain.
        if let [chain] = chains.as_slice() {
            return chain.iter().rev().fold(value, |otherwise, (when, gives)| self.choice(*when, *gives, otherwise));
        }
        let mut sources = vec![value];
        sources.extend(chains.iter().flatten().map(|(_, gives)| *gives));
        let (sources, shape) = self.unified(sources);
        let mut sources = sources.into_iter();
        let value = sources.next().unwrap_or(value);
        let exceptions = chains
            .iter()
            .map(|chain| chain.iter().map(|(when, gives)| (*when, sources.next().unwrap_or(*gives))).collect())
            .collect();
        let conflict = self.fault_site(Fault::ExceptionsConflict, place);
        self.make(Kernel::Unless { value, exceptions, conflict }, shape, true)
    }

    /// Registers brought to one shape, so that lanes of each may stand beside those of the others.
    pub(super) fn unified(&mut self, regs: Vec<Reg>) -> (Vec<Reg>, Shape) {
        let shapes: Vec<Shape> = regs.iter().map(|reg| self.shape(*reg)).collect();
        // What has no value at all has no shape of its own.
        let is_code = shapes.iter().find(|shape| matches!(shape, Shape::Bool | Shape::Code(_)));
        if let Some(first) = is_code {
            let first = first.clone();
            let regs = regs.into_iter().map(|reg| self.as_codes(reg, &first)).collect();
            return (regs, first);
        }
        match self.fast_unified(&regs) {
            Some(done) => done,
            None => {
                let regs = regs.iter().map(|reg| self.convert(*reg, 1, Repr::Exact)).collect();
                (regs, Shape::Exact)
            }
        }
    }

    /// A register in which no lane has a value, in the lanes of answers or codes.
    pub(super) fn as_codes(&mut self, reg: Reg, like: &Shape) -> Reg {
        if matches!((self.shape(reg), like), (Shape::Bool, Shape::Bool) | (Shape::Code(_), Shape::Code(_))) {
            return reg;
        }
        match self.bound.get(reg).map(|bound| bound.kernel.clone()) {
            Some(Kernel::Fill(_, Some(site))) => self.nothing(site, like.clone()),
            _ => {
                self.is_beyond = true;
                reg
            }
        }
    }

    fn fast_unified(&mut self, regs: &[Reg]) -> Option<(Vec<Reg>, Shape)> {
        let fractions: Option<Vec<_>> = regs.iter().map(|reg| self.shape(*reg).fraction()).collect();
        let fractions = fractions?;
        let mut factor: Option<Factor> = None;
        for fraction in &fractions {
            // A zero counts by any factor.
            if fraction.is_int && fraction.above == Range::at(0) {
                continue;
            }
            factor = Some(match factor {
                None => fraction.factor,
                Some(before) => before.common(fraction.factor)?.0,
            });
        }
        let factor = factor.unwrap_or(Factor::ONE);
        let is_int = fractions.iter().all(|fraction| fraction.is_int);
        let (mut above, mut below, mut whole) = (Range::at(0), Range::ONE, Range::at(0));
        let mut times = Vec::new();
        for fraction in &fractions {
            let is_zero = fraction.is_int && fraction.above == Range::at(0);
            let ratio = if is_zero { Factor::ONE } else { fraction.factor.divide(factor)? };
            if ratio.below != 1 {
                return None;
            }
            times.push((ratio.above, is_zero));
            above = above.join(fraction.above.times(ratio.above)?);
            whole = whole.join(fraction.whole.times(ratio.above)?);
            below = below.join(fraction.below);
        }
        let wide = !(above.fits() && below.fits());
        let to = if is_int { Repr::int(wide) } else { Repr::quot(wide) };
        let regs = regs.iter().zip(times).map(|(reg, (times, _))| self.convert(*reg, times, to)).collect();
        let shape = if is_int {
            Shape::Int { factor, range: above, wide }
        } else {
            Shape::Quot { factor, above, below, whole, wide }
        };
        Some((regs, shape))
    }
}
