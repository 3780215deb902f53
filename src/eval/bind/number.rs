//! Binding of arithmetic, comparison, bounds and rounding: which machine numbers hold every value exactly.

use super::{Binder, factor_number};
use crate::eval::kernel::{Kernel, Reg};
use crate::eval::range::{Factor, Range};
use crate::eval::shape::{Fraction, Repr, Shape};
use crate::plan::Place;
use crate::syntax::ast::{ArithmeticOp, CompareOp};
use crate::value::{Fault, Number, RoundMode, Value};

/// Two numbers on one factor.
struct Common {
    factor: Factor,
    a: Fraction,
    b: Fraction,
    a_times: i128,
    b_times: i128,
}

fn common(a: Fraction, b: Fraction) -> Option<Common> {
    let (factor, a_times, b_times) = a.factor.common(b.factor)?;
    let scaled = |of: Fraction, times: i128| {
        Some(Fraction { factor, above: of.above.times(times)?, whole: of.whole.times(times)?, ..of })
    };
    Some(Common { factor, a: scaled(a, a_times)?, b: scaled(b, b_times)?, a_times, b_times })
}

impl Binder<'_, '_> {
    pub(super) fn arithmetic(&mut self, op: ArithmeticOp, a: Reg, b: Reg, place: Place) -> Reg {
        if let (Some(left), Some(right)) = (self.known_number(a), self.known_number(b)) {
            let result = match op {
                ArithmeticOp::Add => left.add(&right),
                ArithmeticOp::Subtract => left.subtract(&right),
                ArithmeticOp::Multiply => left.multiply(&right),
                ArithmeticOp::Divide => left.divide(&right),
            };
            if let Ok(number) = result {
                return self.constant(&Value::Number(number));
            }
        }
        let fast = match op {
            ArithmeticOp::Add => self.add(a, b, false),
            ArithmeticOp::Subtract => self.add(a, b, true),
            ArithmeticOp::Multiply => self.multiply(a, b),
            ArithmeticOp::Divide => self.divide(a, b, place),
        };
        fast.unwrap_or_else(|| self.exact_arithmetic(op, a, b, place))
    }

    fn exact_arithmetic(&mut self, op: ArithmeticOp, a: Reg, b: Reg, place: Place) -> Reg {
        let (a, b) = (self.convert(a, 1, Repr::Exact), self.convert(b, 1, Repr::Exact));
        let zero = if op == ArithmeticOp::Divide { self.fault_site(Fault::DivisionByZero, place) } else { 0 };
        let large = self.fault_site(Fault::TooLarge, place);
        self.make(Kernel::ExactArithmetic { op, a, b, zero, large }, Shape::Exact, true)
    }

    fn either_misses(&self, a: Reg, b: Reg) -> bool {
        self.may_miss(a) || self.may_miss(b)
    }

    fn fractions(&self, a: Reg, b: Reg) -> Option<(Fraction, Fraction)> {
        Some((self.shape(a).fraction()?, self.shape(b).fraction()?))
    }

    /// Both operands in the machine numbers of a result.
    fn pair(&mut self, common: &Common, a: Reg, b: Reg, wide: bool) -> (Reg, Reg) {
        let (to_a, to_b) = (repr_of(common.a.is_int, wide), repr_of(common.b.is_int, wide));
        (self.convert(a, common.a_times, to_a), self.convert(b, common.b_times, to_b))
    }

    fn add(&mut self, a: Reg, b: Reg, minus: bool) -> Option<Reg> {
        let (left, right) = self.fractions(a, b)?;
        let both = common(left, right)?;
        let may_miss = self.either_misses(a, b);
        let signed = |range: Range| if minus { range.negate() } else { Some(range) };
        let whole = both.a.whole.add(signed(both.b.whole)?)?;
        if left.is_int && right.is_int {
            let range = whole.with_zero_if(may_miss);
            let wide = !(range.fits() && both.a.above.fits() && both.b.above.fits());
            let (a, b) = self.pair(&both, a, b, wide);
            let shape = Shape::Int { factor: both.factor, range, wide };
            return Some(self.make(Kernel::Add { a, b, minus }, shape, may_miss));
        }
        let (x, y) = (both.a.above.multiply(both.b.below)?, both.b.above.multiply(both.a.below)?);
        let above = x.add(signed(y)?)?.with_zero_if(may_miss);
        let below = both.a.below.multiply(both.b.below)?;
        let fits = [x, y, above, below, both.a.above, both.b.above].into_iter().all(Range::fits);
        let (a, b) = self.pair(&both, a, b, !fits);
        let shape = Shape::Quot { factor: both.factor, above, below, whole: whole.with_zero_if(may_miss), wide: !fits };
        Some(self.make(Kernel::Add { a, b, minus }, shape, may_miss))
    }

    /// A register whose numbers count by another factor: the same lanes, read otherwise.
    fn rescaled(&mut self, a: Reg, by: Factor) -> Option<Reg> {
        let mut shape = self.shape(a);
        match &mut shape {
            Shape::Int { factor, .. } | Shape::Quot { factor, .. } => *factor = factor.multiply(by)?,
            _ => return None,
        }
        let may_miss = self.may_miss(a);
        Some(self.make(Kernel::Same(a), shape, may_miss))
    }

    fn multiply(&mut self, a: Reg, b: Reg) -> Option<Reg> {
        for (one, other) in [(a, b), (b, a)] {
            if let Some(number) = self.known_number(one)
                && !number.is_zero()
                && self.shape(other).fraction().is_some()
            {
                let size = Factor::of(&number.size())?;
                let other = if number.is_negative() { self.negate(other, false) } else { other };
                return self.rescaled(other, size);
            }
        }
        let (left, right) = self.fractions(a, b)?;
        let factor = left.factor.multiply(right.factor)?;
        let may_miss = self.either_misses(a, b);
        let above = left.above.multiply(right.above)?.with_zero_if(may_miss);
        let whole = left.whole.multiply(right.whole)?.with_zero_if(may_miss);
        let below = left.below.multiply(right.below)?;
        let fits = [above, below, left.above, right.above, left.below, right.below].into_iter().all(Range::fits);
        let is_int = left.is_int && right.is_int;
        let (to_a, to_b) = (repr_of(left.is_int, !fits), repr_of(right.is_int, !fits));
        let (a, b) = (self.convert(a, 1, to_a), self.convert(b, 1, to_b));
        let shape = if is_int {
            Shape::Int { factor, range: above, wide: !fits }
        } else {
            Shape::Quot { factor, above, below, whole, wide: !fits }
        };
        Some(self.make(Kernel::Multiply { a, b }, shape, may_miss))
    }

    fn divide(&mut self, a: Reg, b: Reg, place: Place) -> Option<Reg> {
        if let Some(number) = self.known_number(b)
            && !number.is_zero()
            && self.shape(a).fraction().is_some()
        {
            let size = Factor::of(&number.size())?;
            let a = if number.is_negative() { self.negate(a, false) } else { a };
            return self.rescaled(a, Factor { above: size.below, below: size.above });
        }
        let (left, right) = self.fractions(a, b)?;
        let factor = left.factor.divide(right.factor)?;
        let x = left.above.multiply(right.below)?;
        let y = left.below.multiply(right.above)?;
        // What divides may be known to be above zero: then nothing is looked at, and no sign is turned.
        let is_positive = right.above.least > 0;
        let may_miss = self.either_misses(a, b) || right.above.holds(0);
        let (above, below, whole) = if is_positive {
            // A whole number that divides brings a number nearer to zero; 1 stands where there is no value.
            let whole = if right.is_int { left.whole.with_zero() } else { x.with_zero() };
            (x.with_zero_if(may_miss), y.join(Range::ONE), whole)
        } else {
            let above = x.join(x.negate()?).with_zero();
            let size = y.greatest.max(y.least.checked_neg()?);
            let whole = if right.is_int { left.whole.join(left.whole.negate()?) } else { above }.with_zero();
            (above, Range { least: 1, greatest: size.max(1) }, whole)
        };
        let fits = [above, below, x, y, left.above, right.above, left.below, right.below].into_iter().all(Range::fits);
        let (to_a, to_b) = (repr_of(left.is_int, !fits), repr_of(right.is_int, !fits));
        let (a, b) = (self.convert(a, 1, to_a), self.convert(b, 1, to_b));
        let site = if right.above.holds(0) { self.fault_site(Fault::DivisionByZero, place) } else { 0 };
        let shape = Shape::Quot { factor, above, below, whole, wide: !fits };
        let kernel = if is_positive && left.is_int && right.is_int {
            Kernel::Quotient { above: a, below: self.divisor(b) }
        } else {
            Kernel::Divide { a, b, site, is_positive }
        };
        Some(self.make(kernel, shape, may_miss))
    }

    /// Whole numbers above zero as what stands below the line.
    fn divisor(&mut self, reg: Reg) -> Reg {
        if !self.may_miss(reg) {
            return reg;
        }
        let shape = match self.shape(reg) {
            Shape::Int { factor, range, wide } => Shape::Int { factor, range: range.join(Range::ONE), wide },
            other => other,
        };
        self.make(Kernel::Divisor(reg), shape, true)
    }

    pub(super) fn negate(&mut self, a: Reg, only_size: bool) -> Reg {
        if let Some(number) = self.known_number(a) {
            let number = if only_size { number.size() } else { number.negate() };
            return self.constant(&Value::Number(number));
        }
        let may_miss = self.may_miss(a);
        let shape = self.shape(a);
        let turned = |range: Range| {
            let negative = range.negate()?;
            Some(if only_size { Range { least: 0, greatest: range.join(negative).greatest } } else { negative })
        };
        let fast = match &shape {
            Shape::Int { factor, range, wide } => {
                turned(*range).map(|range| Shape::Int { factor: *factor, range, wide: *wide })
            }
            Shape::Quot { factor, above, below, whole, wide } => match (turned(*above), turned(*whole)) {
                (Some(above), Some(whole)) => {
                    Some(Shape::Quot { factor: *factor, above, below: *below, whole, wide: *wide })
                }
                _ => None,
            },
            _ => None,
        };
        match fast {
            Some(shape) => {
                let kernel = if only_size { Kernel::Size(a) } else { Kernel::Negate(a) };
                self.make(kernel, shape, may_miss)
            }
            None => {
                let a = self.convert(a, 1, Repr::Exact);
                self.make(Kernel::ExactNegate { a, only_size }, Shape::Exact, may_miss)
            }
        }
    }

    /// The greater or the lesser of two.
    pub(super) fn extreme(&mut self, a: Reg, b: Reg, greatest: bool) -> Reg {
        let may_miss = self.either_misses(a, b);
        let (a, b) = self.alike(a, b);
        if let (Shape::Code(left), Shape::Code(_)) = (self.shape(a), self.shape(b)) {
            self.is_beyond |= left == crate::eval::shape::Codes::Text;
            return self.make(Kernel::Extreme { a, b, greatest }, Shape::Code(left), may_miss);
        }
        match self.fast_extreme(a, b, greatest, may_miss) {
            Some(reg) => {
                if reg != a && reg != b {
                    self.extremes.entry(reg).or_insert((a, b, greatest));
                }
                reg
            }
            None => {
                let (a, b) = (self.convert(a, 1, Repr::Exact), self.convert(b, 1, Repr::Exact));
                self.make(Kernel::Extreme { a, b, greatest }, Shape::Exact, may_miss)
            }
        }
    }

    fn fast_extreme(&mut self, a: Reg, b: Reg, greatest: bool, may_miss: bool) -> Option<Reg> {
        let (left, right) = self.fractions(a, b)?;
        let both = common(left, right)?;
        // What can never be beyond the bound is left as it is.
        if !self.may_miss(b) {
            let (a_range, b_range) = (both.a.whole, both.b.whole);
            if (greatest && a_range.least >= b_range.greatest) || (!greatest && a_range.greatest <= b_range.least) {
                return Some(a);
            }
        }
        let pick = |x: Range, y: Range| {
            if greatest {
                Range { least: x.least.max(y.least), greatest: x.greatest.max(y.greatest) }
            } else {
                Range { least: x.least.min(y.least), greatest: x.greatest.min(y.greatest) }
            }
        };
        let whole = pick(both.a.whole, both.b.whole).with_zero_if(may_miss);
        if left.is_int && right.is_int {
            let wide = !(both.a.above.fits() && both.b.above.fits() && whole.fits());
            let (a, b) = self.pair(&both, a, b, wide);
            let shape = Shape::Int { factor: both.factor, range: whole, wide };
            return Some(self.make(Kernel::Extreme { a, b, greatest }, shape, may_miss));
        }
        if !left.is_int
            && self.known_number(b).is_some_and(|number| number.is_zero())
            && let Shape::Quot { factor, below, wide, .. } = self.shape(a)
        {
            let (above, whole) = (pick(left.above, Range::at(0)), pick(left.whole, Range::at(0)));
            let shape = Shape::Quot { factor, above, below, whole, wide };
            if let Some((over, below)) = self.parts(a)
                && let Shape::Int { factor, range, wide } = self.shape(over)
            {
                let range = pick(range, Range::at(0)).with_zero_if(may_miss);
                let of_above = Shape::Int { factor, range, wide };
                let above = self.make(Kernel::BesideZero { a: over, greatest }, of_above, self.may_miss(over));
                return Some(self.make(Kernel::Quotient { above, below }, shape, may_miss));
            }
            return Some(self.make(Kernel::BesideZero { a, greatest }, shape, may_miss));
        }
        let (x, y) = (both.a.above.multiply(both.b.below)?, both.b.above.multiply(both.a.below)?);
        let above = both.a.above.join(both.b.above).with_zero_if(may_miss);
        let below = both.a.below.join(both.b.below);
        let fits = [x, y, above, below].into_iter().all(Range::fits);
        let (a, b) = self.pair(&both, a, b, !fits);
        let shape = Shape::Quot { factor: both.factor, above, below, whole, wide: !fits };
        Some(self.make(Kernel::Extreme { a, b, greatest }, shape, may_miss))
    }

    /// Two operands of answers or codes, where one of them may never have a value and so has no shape.
    fn alike(&mut self, a: Reg, b: Reg) -> (Reg, Reg) {
        match (self.shape(a), self.shape(b)) {
            (shape @ (Shape::Bool | Shape::Code(_)), _) => (a, self.as_codes(b, &shape)),
            (_, shape @ (Shape::Bool | Shape::Code(_))) => (self.as_codes(a, &shape), b),
            _ => (a, b),
        }
    }

    pub(super) fn compare(&mut self, op: CompareOp, a: Reg, b: Reg) -> Reg {
        let may_miss = self.either_misses(a, b);
        if let (Some(left), Some(right)) = (self.known(a), self.known(b))
            && let Some(order) = crate::meaning::order(left, right)
        {
            return self.constant(&Value::YesNo(op.holds(order)));
        }
        let (a, b) = self.alike(a, b);
        match (self.shape(a), self.shape(b)) {
            (Shape::Code(left), Shape::Code(_)) => {
                // Codes of texts have no order of their own.
                self.is_beyond |=
                    left == crate::eval::shape::Codes::Text && !matches!(op, CompareOp::Is | CompareOp::IsNot);
                return self.make(Kernel::Compare { op, a, b }, Shape::Bool, may_miss);
            }
            (Shape::Bool, Shape::Bool) => return self.make(Kernel::Compare { op, a, b }, Shape::Bool, may_miss),
            _ => {}
        }
        match self.fast_compare(op, a, b, may_miss) {
            Some(reg) => reg,
            None => {
                let (a, b) = (self.convert(a, 1, Repr::Exact), self.convert(b, 1, Repr::Exact));
                self.make(Kernel::Compare { op, a, b }, Shape::Bool, may_miss)
            }
        }
    }

    fn fast_compare(&mut self, op: CompareOp, a: Reg, b: Reg, may_miss: bool) -> Option<Reg> {
        if let Some(number) = self.known_number(b)
            && let Shape::Int { factor, wide, .. } = self.shape(a)
        {
            return self.compare_to(op, a, &number, factor, wide, may_miss);
        }
        if let Some(number) = self.known_number(a)
            && let Shape::Int { factor, wide, .. } = self.shape(b)
        {
            return self.compare_to(op.mirrored(), b, &number, factor, wide, may_miss);
        }
        let (left, right) = self.fractions(a, b)?;
        let both = common(left, right)?;
        let as_quot = !(left.is_int && right.is_int);
        let (x, y) = if as_quot {
            (both.a.above.multiply(both.b.below)?, both.b.above.multiply(both.a.below)?)
        } else {
            (both.a.above, both.b.above)
        };
        let fits = [x, y, both.a.above, both.b.above, both.a.below, both.b.below].into_iter().all(Range::fits);
        let (a, b) = self.pair(&both, a, b, !fits);
        Some(self.make(Kernel::Compare { op, a, b }, Shape::Bool, may_miss))
    }

    /// A comparison of whole numbers with one number, as one with a whole number.
    fn compare_to(
        &mut self,
        op: CompareOp,
        a: Reg,
        number: &Number,
        factor: Factor,
        wide: bool,
        may_miss: bool,
    ) -> Option<Reg> {
        let in_units = number.divide(&factor_number(factor)).ok()?;
        let floor = in_units.floor().to_i128()?;
        let (op, to) = if in_units.is_whole() {
            (op, floor)
        } else {
            match op {
                // Nothing is between two whole numbers; everything is below or above it.
                CompareOp::Is => (CompareOp::Below, i128::MIN),
                CompareOp::IsNot => (CompareOp::AtLeast, i128::MIN),
                CompareOp::Below | CompareOp::AtMost => (CompareOp::AtMost, floor),
                CompareOp::Above | CompareOp::AtLeast => (CompareOp::Above, floor),
            }
        };
        let narrow = Range::at(to).fits();
        let a = if wide || narrow { a } else { self.convert(a, 1, Repr::Int128) };
        Some(self.make(Kernel::CompareTo { op, a, to }, Shape::Bool, may_miss))
    }

    pub(super) fn rounded(&mut self, a: Reg, mode: RoundMode, step: &Number, place: Place) -> Reg {
        if let Some(number) = self.known_number(a)
            && let Ok(number) = number.round_to(step, mode)
        {
            return self.constant(&Value::Number(number));
        }
        let fast = self.rounded_within(a, mode, step).or_else(|| self.fast_rounded(a, mode, step));
        match fast {
            Some(reg) => reg,
            None => {
                let a = self.convert(a, 1, Repr::Exact);
                let large = self.fault_site(Fault::TooLarge, place);
                self.make(Kernel::ExactRound { a, mode, step: step.clone(), large }, Shape::Exact, true)
            }
        }
    }

    /// A quotient held by a bound that is a multiple of the step itself: rounding neither brings a number past such a
    /// bound nor moves the bound, so that what is rounded may be held as well as what is held rounded.
    fn rounded_within(&mut self, a: Reg, mode: RoundMode, step: &Number) -> Option<Reg> {
        let (value, bound, greatest) = self.extremes.get(&a).copied().filter(|_| self.parts(a).is_none())?;
        let of_bound = self.shape(bound).fraction()?;
        let is_multiple = of_bound.is_int && of_bound.factor.divide(Factor::of(step)?)?.below == 1;
        if !is_multiple || self.shape(value).fraction()?.is_int {
            return None;
        }
        let rounded = self.rounded_within(value, mode, step).or_else(|| self.fast_rounded(value, mode, step))?;
        let may_miss = self.either_misses(rounded, bound);
        self.fast_extreme(rounded, bound, greatest, may_miss)
    }

    fn fast_rounded(&mut self, a: Reg, mode: RoundMode, step: &Number) -> Option<Reg> {
        let fraction = self.shape(a).fraction()?;
        let to = Factor::of(step)?;
        let ratio = fraction.factor.divide(to)?;
        let may_miss = self.may_miss(a);
        if fraction.is_int && ratio.below == 1 {
            // Already a multiple.
            return Some(a);
        }
        let above = fraction.above.times(ratio.above)?;
        let below = fraction.below.times(ratio.below)?;
        let range = fraction.whole.times(ratio.above)?.over(ratio.below)?.widened()?.with_zero_if(may_miss);
        let narrow = [above, below, fraction.above, Range::at(ratio.above), Range::at(ratio.below)];
        let fits = narrow.into_iter().all(Range::fits);
        let a = self.convert(a, 1, repr_of(fraction.is_int, !fits));
        let wide = !range.fits();
        if let Some((over, under)) = self.parts(a)
            && fits
            && !wide
            && above.least >= 0
            && self.can_convert(over, ratio.above)
            && self.can_convert(under, ratio.below)
        {
            // By the same divisor more than one number is often divided, and only once by the divisor itself.
            let over = self.convert(over, ratio.above, Repr::Int64);
            let under = self.convert(under, ratio.below, Repr::Int64);
            let reciprocal = self.make(Kernel::Reciprocal(under), self.shape(under), self.may_miss(under));
            let kernel = Kernel::RoundOver { above: over, below: under, reciprocal, mode };
            return Some(self.make(kernel, Shape::Int { factor: to, range, wide }, may_miss));
        }
        let kernel = Kernel::Round { a, above: ratio.above, below: ratio.below, mode, wide };
        Some(self.make(kernel, Shape::Int { factor: to, range, wide }, may_miss))
    }
}

fn repr_of(is_int: bool, wide: bool) -> Repr {
    if is_int { Repr::int(wide) } else { Repr::quot(wide) }
}
