//! Random exceptions against every assignment of their facts.

use super::*;
use crate::model::{ClauseKind, Exception};
use crate::syntax::ast::{AggregateOp, LogicOp};
use proptest::prelude::*;

/// What the columns of the model hold in one case: yes/no, yes/no, a number, a number, a choice.
#[derive(Debug, Clone)]
struct Case([Option<Value>; 5]);

const COLUMNS: [&str; 5] = ["rural", "island", "beds", "plans", "risk"];
const RISKS: [&str; 3] = ["low", "medium", "high"];

fn facts() -> Model {
    let whole = Type::Quantity(Quantity::plain());
    let mut model = model(&[
        (COLUMNS[0], Type::YesNo),
        (COLUMNS[1], Type::YesNo),
        (COLUMNS[2], whole.clone()),
        (COLUMNS[3], whole),
        (COLUMNS[4], choice(&RISKS)),
    ]);
    for column in &mut model.columns[2..4] {
        column.is_whole = true;
        column.least = Some(Number::zero());
        column.greatest = Some(Number::from(3));
    }
    model
}

fn cases() -> Vec<Case> {
    let yes_no = || vec![None, Some(Value::YesNo(true)), Some(Value::YesNo(false))];
    let number = || (0..4).map(|n| Some(Value::Number(Number::from(n)))).chain([None]).collect::<Vec<_>>();
    let risk = || RISKS.iter().map(|risk| Some(words(risk))).chain([None]).collect::<Vec<_>>();
    let mut cases = vec![Vec::new()];
    for values in [yes_no(), yes_no(), number(), number(), risk()] {
        let longer = |case: &Vec<Option<Value>>| {
            values.iter().map(|value| [case.as_slice(), std::slice::from_ref(value)].concat()).collect::<Vec<_>>()
        };
        cases = cases.iter().flat_map(longer).collect();
    }
    cases.into_iter().map(|case| Case(case.try_into().unwrap())).collect()
}

fn op() -> impl Strategy<Value = CompareOp> {
    use CompareOp::{Above, AtLeast, AtMost, Below, Is, IsNot};
    prop::sample::select(vec![Is, IsNot, Below, AtMost, Above, AtLeast])
}

fn compare(op: CompareOp, left: Expr, right: Expr) -> Expr {
    expr(ExprKind::Compare { op, left: Box::new(left), right: Box::new(right) }, Type::YesNo)
}

fn condition() -> impl Strategy<Value = Expr> {
    let model = std::sync::Arc::new(facts());
    let of = move |index: usize| column(&model, COLUMNS[index]);
    let (a, b, c, d, e) = (of.clone(), of.clone(), of.clone(), of.clone(), of);
    let atom = prop_oneof![
        (0usize..2).prop_map(a),
        (op(), 2usize..4, 0i64..4).prop_map(move |(op, index, with)| {
            let subject = b(index);
            let with = literal(Value::Number(Number::from(with)), &subject.ty);
            compare(op, subject, with)
        }),
        op().prop_map(move |op| compare(op, c(2), c(3))),
        (any::<bool>(), prop::sample::select(RISKS.to_vec())).prop_map(move |(is, risk)| {
            let op = if is { CompareOp::Is } else { CompareOp::IsNot };
            compare(op, d(4), literal(words(risk), &choice(&RISKS)))
        }),
        (0usize..5, any::<bool>()).prop_map(move |(index, negated)| {
            expr(ExprKind::IsMissing { operand: Box::new(e(index)), negated }, Type::YesNo)
        }),
    ];
    atom.prop_recursive(3, 12, 3, |inner| {
        let several = prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            inner.clone().prop_map(|inner| expr(ExprKind::Not(Box::new(inner)), Type::YesNo)),
            (any::<bool>(), several.clone()).prop_map(|(and, operands)| {
                let op = if and { LogicOp::And } else { LogicOp::Or };
                expr(ExprKind::Logic { op, operands }, Type::YesNo)
            }),
            (any::<bool>(), several).prop_map(|(all, items)| {
                let op = if all { AggregateOp::All } else { AggregateOp::Any };
                expr(ExprKind::ListOf { op, items }, Type::YesNo)
            }),
            (inner.clone(), inner.clone(), inner).prop_map(|(condition, then, otherwise)| {
                let [condition, then, otherwise] = [condition, then, otherwise].map(Box::new);
                expr(ExprKind::If { condition, then, otherwise }, Type::YesNo)
            }),
        ]
    })
}

fn value(expr: &Expr, case: &Case) -> Option<Value> {
    match &expr.kind {
        ExprKind::Literal(value) => Some(value.clone()),
        ExprKind::Column(id) => case.0[id.index()].clone(),
        _ => holds(expr, case).map(Value::YesNo),
    }
}

/// Three-valued logic; `None` is unknown.
fn holds(expr: &Expr, case: &Case) -> Option<bool> {
    let all = |parts: &[Expr], wanted: bool| {
        let parts: Vec<Option<bool>> = parts.iter().map(|part| holds(part, case)).collect();
        if parts.contains(&Some(!wanted)) {
            Some(!wanted)
        } else if parts.contains(&None) {
            None
        } else {
            Some(wanted)
        }
    };
    match &expr.kind {
        ExprKind::Column(_) => match value(expr, case)? {
            Value::YesNo(yes) => Some(yes),
            _ => None,
        },
        ExprKind::Not(inner) => holds(inner, case).map(|yes| !yes),
        ExprKind::Logic { op, operands } => all(operands, *op == LogicOp::And),
        ExprKind::ListOf { op, items } => all(items, *op == AggregateOp::All),
        ExprKind::If { condition, then, otherwise } => {
            holds(if holds(condition, case)? { then } else { otherwise }, case)
        }
        ExprKind::IsMissing { operand, negated } => Some(value(operand, case).is_none() != *negated),
        ExprKind::Compare { op, left, right } => match (value(left, case)?, value(right, case)?) {
            (Value::Number(left), Value::Number(right)) => Some(match op {
                CompareOp::Is => left == right,
                CompareOp::IsNot => left != right,
                CompareOp::Below => left < right,
                CompareOp::AtMost => left <= right,
                CompareOp::Above => left > right,
                CompareOp::AtLeast => left >= right,
            }),
            (left, right) => Some((left == right) == (*op == CompareOp::Is)),
        },
        _ => None,
    }
}

/// Whether facts of a case could be otherwise: the order of two columns is a fact of its own to the check.
fn compares_two_columns(conditions: &[&Expr]) -> bool {
    let mut found = false;
    for condition in conditions {
        condition.walk(&mut |expr| {
            let ExprKind::Compare { left, right, .. } = &expr.kind else { return };
            found |= matches!((&left.kind, &right.kind), (ExprKind::Column(_), ExprKind::Column(_)));
        });
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn conflicts_are_found_where_there_are_any(first in condition(), second in condition(), third in condition()) {
        let exception = |cases: Vec<(&Expr, &str)>, place: usize| Exception {
            cases: cases.into_iter().map(|(condition, gives)| (condition.clone(), text(gives))).collect(),
            span: at(place),
        };
        let unless = ClauseKind::Unless(vec![
            exception(vec![(&first, "a")], 1),
            exception(vec![(&second, "a"), (&third, "b")], 2),
        ]);
        let mut model = facts();
        declare(&mut model, "grade", Start::Is(text("z")), vec![Clause { kind: unless, span: at(1) }]);
        let mut problems = Vec::new();
        super::super::check(&model, &Sources::new(), &mut problems);
        let is_told = problems.iter().any(|problem| problem.code.0 == "tables::exceptions-conflict");

        // Only the third gives another answer, and only where the second does not apply.
        let is_case = |case: &Case| {
            holds(&first, case) == Some(true) && holds(&second, case) == Some(false) && holds(&third, case) == Some(true)
        };
        let is_real = cases().iter().any(is_case);
        prop_assert!(is_told || !is_real, "not found");
        prop_assert!(is_real || !is_told || compares_two_columns(&[&first, &second, &third]), "{:?}", told(&problems));
    }
}
