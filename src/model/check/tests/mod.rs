//! The checks against models made by hand: small, so that the right verdict is plain.

mod brute;
mod exceptions;
mod tables;

use crate::model::{
    CellTest, Clause, Column, DataTable, DecisionTable, Declaration, DeclarationKind, Expr, ExprKind, Formula, Level,
    Model, Shown, Start, TableId, TableRow, Type,
};
use crate::model::{ColumnId, Quantity};
use crate::problem::Problem;
use crate::source::{SourceId, Sources, Span};
use crate::syntax::ast::CompareOp;
use crate::value::{Number, Value};

/// A place that tells rows apart in tests.
fn at(place: usize) -> Span {
    Span::new(SourceId(0), place, place + 1)
}

fn expr(kind: ExprKind, ty: Type) -> Expr {
    Expr { kind, ty, span: Span::default() }
}

fn text(words: &str) -> Expr {
    expr(ExprKind::Literal(Value::Text(words.into())), Type::Text)
}

fn choice(values: &[&str]) -> Type {
    Type::Choice(values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>().into())
}

fn percent(thousandths: i64) -> Value {
    Value::Number(Number::fraction(i128::from(thousandths), 1000).unwrap())
}

fn share() -> Type {
    Type::Quantity(Quantity::share())
}

fn literal(value: Value, ty: &Type) -> Expr {
    expr(ExprKind::Literal(value), ty.clone())
}

/// A model with one table and these columns.
fn model(columns: &[(&str, Type)]) -> Model {
    let column = |(name, ty): &(&str, Type)| Column {
        table: TableId(0),
        name: (*name).to_owned(),
        label: None,
        ty: ty.clone(),
        cell_base: Number::one(),
        is_judgement: false,
        is_optional: false,
        is_whole: false,
        least: None,
        greatest: None,
        breaks: Vec::new(),
        span: at(9000),
    };
    let area = DataTable {
        name: "area".to_owned(),
        plural: "areas".to_owned(),
        label: None,
        parents: Vec::new(),
        series: None,
        key: None,
        columns: (0..columns.len()).map(ColumnId::from_index).collect(),
        span: Span::default(),
    };
    Model { tables: vec![area], columns: columns.iter().map(column).collect(), ..Model::default() }
}

fn column(model: &Model, name: &str) -> Expr {
    let index = model.columns.iter().position(|column| column.name == name).unwrap();
    expr(ExprKind::Column(ColumnId::from_index(index)), model.columns[index].ty.clone())
}

/// A cell that joins comparisons with `and`.
fn all(tests: &[(CompareOp, Value)], ty: &Type) -> CellTest {
    CellTest::Tests(vec![tests.iter().map(|(op, value)| (*op, literal(value.clone(), ty))).collect()])
}

/// A cell of one value.
fn is(value: Value, ty: &Type) -> CellTest {
    all(&[(CompareOp::Is, value)], ty)
}

fn words(text: &str) -> Value {
    Value::Text(text.into())
}

/// A decision table over all columns of the model.
fn decision(model: &Model, first_match: bool, rows: Vec<(Vec<CellTest>, Expr)>) -> DecisionTable {
    DecisionTable {
        inputs: model.columns.iter().map(|held| column(model, &held.name)).collect(),
        heads: model.columns.iter().map(|column| column.name.clone()).collect(),
        rows: rows
            .into_iter()
            .enumerate()
            .map(|(row, (tests, result))| TableRow { tests, result, span: at(row + 1) })
            .collect(),
        first_match,
        span: at(0),
    }
}

fn declare(model: &mut Model, name: &str, start: Start, clauses: Vec<Clause>) {
    model.declarations.push(Declaration {
        name: name.to_owned(),
        label: None,
        kind: DeclarationKind::Decision(Formula { start, clauses }),
        level: Level::Table(TableId(0)),
        ty: Type::Text,
        shown: Shown::Plain,
        unverified: None,
        rests_on_unverified: Vec::new(),
        citations: Vec::new(),
        notes: Vec::new(),
        span: at(0),
        name_span: at(0),
    });
}

/// The problems of a model whose one decision is this table.
fn problems(mut model: Model, table: DecisionTable) -> Vec<Problem> {
    declare(&mut model, "grade", Start::Table(table), Vec::new());
    let mut problems = Vec::new();
    super::check(&model, &Sources::new(), &mut problems);
    problems
}

/// Codes and messages, with the help of each.
fn told(problems: &[Problem]) -> Vec<String> {
    let line = |problem: &Problem| {
        format!("{}: {} [{}]", problem.code.0, problem.message, problem.help.clone().unwrap_or_default())
    };
    problems.iter().map(line).collect()
}
