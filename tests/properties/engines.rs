//! Made-up rules over made-up tables: both engines give the same, to the last cause; and what the generator makes
//! is accepted, says everything the language can say, and evaluates without an error of the program.
//!
//! `examples/compare_engines` does the same for as long as it is told, `tests/fuzz` with a fuzzer.

use super::on_every_processor;
use crate::support::generate::{self, Case, Size, agreement, shrink};
use ringfence::data;
use ringfence::meaning;
use ringfence::model::{ClauseKind, DeclarationKind, Expr, Formula, Model, Start};
use ringfence::value::{Cause, Causes, Outcome};
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::Mutex;

/// How many cases a run of the suite makes.
const CASES: u64 = 400;

#[test]
fn both_engines_give_the_same() {
    let seeds: Vec<u64> = (0..CASES).collect();
    on_every_processor(
        &seeds,
        |seed| format!("seed {seed}"),
        |seed| {
            let case = generate::case(*seed, Size::SMALL);
            let differs = |case: &Case| agreement::of(case).is_some_and(|agreement| !agreement.comparison.agrees());
            if differs(&case) {
                let small = shrink::shrink(&case, &differs);
                let comparison = agreement::of(&small).expect("it has a model").comparison;
                panic!("{}", agreement::told(&small, &comparison));
            }
        },
    );
}

/// Rules and data in which the engines once differed.
const ONCE_DIFFERED: [(&str, &str); 2] = [
    // The least number of 64 bits has no negative of 64 bits.
    (
        "data area\n  code text, key\n  a money\n\nmeasure twice for each area\n  is a * 2\n  at least -a\n",
        "code,a\nE1,-£92233720368547758.08\nE2,£0.01\nE3,£92233720368547758.07\n",
    ),
    // What two rows give is missing at two places, and for one and the same cause.
    (
        "unit people\n\ndata area\n  code text, key\n  a people\n  b number\n\nmeasure m for each area\n  first match\n  \
         | a          | m                           |\n  | > 2 people | greatest of b across areas |\n  | any        | b                           |\n",
        "code,a,b\nE1,..,[x]\nE2,3,4\n",
    ),
];

#[test]
fn both_engines_give_the_same_where_they_once_differed() {
    for (rules, area) in ONCE_DIFFERED {
        let case = Case::given(rules, &[("area.csv", area)]);
        let agreement = agreement::of(&case).expect("these rules have no errors");
        assert!(agreement.is_planned, "the column engine runs these rules");
        assert!(agreement.comparison.agrees(), "{}", agreement::told(&case, &agreement.comparison));
    }
}

#[test]
fn a_comparison_sees_every_change() {
    let run = |seed| {
        let case = generate::case(seed, Size::SMALL);
        let model = case.model().expect("what is refused was left out");
        let (dataset, _) = data::load(&model, &case.inputs());
        let results = meaning::evaluate(&model, &dataset, &case.options);
        (model, results)
    };
    // The first case in which something rests on an aggregate.
    let (model, results) = (0..100).map(run).find(|(_, results)| !results.bases.is_empty()).expect("many have one");
    let same = meaning::compare(&model, &results, &results, 5);
    assert!(same.agrees() && same.compared > 0);
    let count: usize = results.values.iter().map(Vec::len).sum();
    assert_eq!(same.compared, count as u64);
    let unknown = Outcome::Missing(Causes::default());
    let mut changed = 0;
    for (list, outcomes) in results.values.iter().enumerate() {
        for row in 0..outcomes.len() {
            let mut other = results.clone();
            other.values[list][row] = unknown.clone();
            let comparison = meaning::compare(&model, &results, &other, 5);
            assert_eq!((comparison.differing, comparison.differences.len()), (1, 1));
            assert_eq!((comparison.differences[0].declaration.index(), comparison.differences[0].row), (list, row));
            changed += 1;
        }
    }
    assert!(changed > 0);
    let mut shorter = results.clone();
    shorter.values[0].pop();
    assert!(!meaning::compare(&model, &results, &shorter, 5).agrees());
    let mut without = results.clone();
    without.bases.clear();
    assert!(!meaning::compare(&model, &results, &without, 5).agrees());
}

#[test]
fn what_is_made_up_is_accepted_and_says_everything_that_can_be_said() {
    let seeds: Vec<u64> = (0..CASES).collect();
    let seen: Mutex<(BTreeSet<String>, usize, usize)> = Mutex::default();
    on_every_processor(
        &seeds,
        |seed| format!("seed {seed}"),
        |seed| {
            let case = generate::case(*seed, Size::SMALL);
            let model = case.model().expect("what is refused was left out");
            let mut forms = BTreeSet::new();
            forms_of(&model, &mut forms);
            let (dataset, _) = data::load(&model, &case.inputs());
            let results = meaning::evaluate(&model, &dataset, &case.options);
            faults_of(&results, &mut forms);
            assert!(!forms.contains("Fault Internal"), "an error of the program:\n{}", case.rules());
            let mut seen = seen.lock().unwrap();
            seen.0.extend(forms);
            seen.1 += case.made;
            seen.2 += case.refused;
        },
    );
    let (seen, made, refused) = seen.into_inner().unwrap();
    let never: Vec<&str> = WANTED.into_iter().filter(|form| !seen.contains(*form)).collect();
    assert!(never.is_empty(), "never made: {never:?}");
    assert!(refused * 20 <= made, "{refused} of {made} declarations are refused");
}

/// What must be met. `Broken`, `Internal` and the faults that the checker excludes are not.
const WANTED: [&str; 80] = [
    "Literal",
    "Column",
    "Result",
    "Parameter",
    "ParameterIn",
    "Not",
    "Negate",
    "SizeOf",
    "Arithmetic Add",
    "Arithmetic Subtract",
    "Arithmetic Multiply",
    "Arithmetic Divide",
    "Compare Is",
    "Compare IsNot",
    "Compare Below",
    "Compare AtMost",
    "Compare Above",
    "Compare AtLeast",
    "Logic And",
    "Logic Or",
    "IsMissing",
    "RoundsTo",
    "If",
    "Aggregate Sum",
    "Aggregate Mean",
    "Aggregate Median",
    "Aggregate LowerQuartile",
    "Aggregate UpperQuartile",
    "Aggregate Percentile",
    "Aggregate Least",
    "Aggregate Greatest",
    "Aggregate Any",
    "Aggregate All",
    "Aggregate Latest",
    "Aggregate LatestPeriod",
    "Aggregate Count",
    "Aggregate Share",
    "WeightedMean",
    "Peers",
    "DaysFrom",
    "ListOf",
    "Series RunningTotal",
    "Series HighestSoFar",
    "Series LowestSoFar",
    "Earlier",
    "InPeriod",
    "Rank",
    "PaidSoFar",
    "Clause AtLeast",
    "Clause AtMost",
    "Clause Less",
    "Clause Rounded Nearest",
    "Clause Rounded NearestEven",
    "Clause Rounded Up",
    "Clause Rounded Down",
    "Clause OnlyIf",
    "Clause IfMissing",
    "Clause Unless",
    "Table",
    "Measure",
    "Condition",
    "Permission",
    "Payment",
    "Decision",
    "Outcome",
    "Check",
    "Allocation",
    "Ladder",
    "Circle",
    "Fault DivisionByZero",
    "Fault NoRecords",
    "Fault NoWeight",
    "Fault NoEarlierPeriod",
    "Fault NoSuchPeriod",
    "Fault PotNotWhole",
    "Fault NoProportion",
    "Fault TooLarge",
    "Fault FloorsAbovePot",
    "Fault CeilingsBelowPot",
    "Fault FloorAboveCeiling",
];

/// The first word of what something is called in the program.
fn word(thing: &impl Debug) -> String {
    format!("{thing:?}").chars().take_while(|c| c.is_alphanumeric()).collect()
}

fn forms_of(model: &Model, forms: &mut BTreeSet<String>) {
    if model.order.iter().any(|group| group.len() > 1) {
        forms.insert("Circle".to_owned());
    }
    for declaration in &model.declarations {
        forms.insert(word(&declaration.kind));
        match &declaration.kind {
            DeclarationKind::Measure(formula)
            | DeclarationKind::Payment(formula)
            | DeclarationKind::Decision(formula)
            | DeclarationKind::OutcomePart(formula) => of_formula(formula, forms),
            DeclarationKind::Condition { met, exemptions } => {
                std::iter::once(met).chain(exemptions).for_each(|expr| of_expr(expr, forms));
            }
            DeclarationKind::Permission { used: when } | DeclarationKind::Check { holds: when } => of_expr(when, forms),
            DeclarationKind::Allocation { pot, weight, .. } => {
                of_expr(pot, forms);
                of_expr(weight, forms);
            }
            DeclarationKind::Ladder { up, down, again, .. } => {
                let moves = [Some(&**up), down.as_deref(), again.as_deref()];
                moves.into_iter().flatten().for_each(|when| of_expr(when, forms));
            }
            DeclarationKind::Discretion(_) | DeclarationKind::Outcome { .. } => {}
        }
    }
}

fn of_formula(formula: &Formula, forms: &mut BTreeSet<String>) {
    match &formula.start {
        Start::Is(expr) => of_expr(expr, forms),
        Start::Table(table) => {
            forms.insert("Table".to_owned());
            table.rows.iter().for_each(|row| of_expr(&row.result, forms));
        }
    }
    for clause in &formula.clauses {
        forms.insert(match &clause.kind {
            ClauseKind::Rounded { mode, .. } => format!("Clause Rounded {mode:?}"),
            kind => format!("Clause {}", word(kind)),
        });
        match &clause.kind {
            ClauseKind::AtLeast(expr)
            | ClauseKind::AtMost(expr)
            | ClauseKind::OnlyIf(expr)
            | ClauseKind::IfMissing(expr)
            | ClauseKind::Less { amount: expr, .. } => of_expr(expr, forms),
            ClauseKind::Unless(exceptions) => {
                for (condition, value) in exceptions.iter().flat_map(|exception| &exception.cases) {
                    of_expr(condition, forms);
                    of_expr(value, forms);
                }
            }
            ClauseKind::Rounded { .. } => {}
        }
    }
}

fn of_expr(expr: &Expr, forms: &mut BTreeSet<String>) {
    expr.walk(&mut |expr| {
        let text = format!("{:?}", expr.kind);
        let kind = word(&expr.kind);
        // Operators are told apart by their `op`, which stands first.
        let op = text.strip_prefix(&format!("{kind} {{ op: ")).map(|rest| word(&Plain(rest)));
        forms.insert(match (kind.as_str(), op) {
            ("Aggregate" | "Arithmetic" | "Compare" | "Logic" | "Series", Some(op)) => format!("{kind} {op}"),
            _ => kind,
        });
    });
}

/// A text that shows itself without quotes.
struct Plain<'a>(&'a str);

impl Debug for Plain<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

fn faults_of(results: &meaning::Results, forms: &mut BTreeSet<String>) {
    for outcome in results.values.iter().chain(&results.holds).flatten() {
        let Outcome::Missing(causes) = outcome else { continue };
        for cause in causes.iter() {
            if let Cause::Fault { fault, .. } = cause {
                forms.insert(format!("Fault {fault:?}"));
            }
        }
    }
}
