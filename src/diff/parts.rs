//! What a declaration says, part by part: its clauses, rows, values, columns, and what is said about it.
//!
//! In: a declaration of a model. Out: its parts, each with what it means, by which it is compared, and its words as
//! they are written, by which it is told.

use super::canonical::canonical;
use super::change::Aspect;
use super::naming::{Item, Naming};
use super::{Side, columns};
use crate::model::{
    CellTest, Citation, Clause, ClauseKind, Column, DataTable, DecisionTable, Declaration, DeclarationId,
    DeclarationKind, Dimension, Expr, ExprKind, Formula, Level, Parameter, Ruleset, Scale, Scenario, Shown, Start,
    Type,
};
use crate::source::Span;
use crate::syntax::ast::{AggregateOp, LogicOp};
use crate::value::{Value, date_text};
use serde::Serialize;

/// A part of what a declaration says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) aspect: Aspect,
    /// What it means.
    pub(super) means: String,
    /// Its words.
    pub(super) text: String,
    /// For rows: what they ask, without what they give.
    pub(super) asks: Option<String>,
    /// For what must hold: `and` or `or`, and what it joins, each with what it means and its words.
    pub(super) operands: Option<(&'static str, Vec<(String, String)>)>,
}

impl Part {
    fn new(aspect: Aspect, means: String, text: impl Into<String>) -> Self {
        Self { aspect, means, text: text.into(), asks: None, operands: None }
    }
}

/// Reads one side of a comparison.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) side: Side<'a>,
    pub(super) naming: Naming<'a>,
}

impl<'a> Reader<'a> {
    fn means<T: Serialize + ?Sized>(&self, part: &T) -> String {
        canonical(part, &self.naming)
    }

    fn part<T: Serialize + ?Sized>(&self, aspect: Aspect, meaning: &T, text: impl Into<String>) -> Part {
        Part::new(aspect, self.means(meaning), text)
    }

    fn plain(aspect: Aspect, text: impl Into<String>) -> Part {
        let text = text.into();
        Part::new(aspect, text.clone(), text)
    }

    /// What is written at a place, on one line and without comments.
    pub(super) fn written(&self, span: Span) -> String {
        without_layout(&self.side.model.text(self.side.sources, span))
    }

    /// The word of a declaration.
    pub(super) fn word(&self, item: Item) -> &'static str {
        match item {
            Item::Source(_) => "source",
            Item::Unit(_) => "unit",
            Item::Table(_) => "data",
            Item::Parameter(_) => "parameter",
            Item::Rule(id) => rule_word(&self.side.model.declaration(id).kind),
            Item::Scenario(_) => "scenario",
        }
    }

    /// Its label.
    pub(super) fn label(&self, item: Item) -> Option<&'a str> {
        let model = self.side.model;
        match item {
            Item::Source(at) => model.sources.get(at).map(|source| source.title.as_str()),
            Item::Unit(id) => model.unit(id).label.as_deref(),
            Item::Table(id) => model.table(id).label.as_deref(),
            Item::Parameter(id) => model.parameter(id).label.as_deref(),
            Item::Rule(id) => model.declaration(id).label.as_deref(),
            Item::Scenario(at) => model.scenarios.get(at).and_then(|scenario| scenario.label.as_deref()),
        }
    }

    /// What the declaration is, without what is said about it: by this it is known under another name.
    pub(super) fn substance(&self, item: Item) -> String {
        let own = Self { naming: Naming { own: Some(item.name(self.side.model)), ..self.naming }, ..*self };
        let parts = own.parts(item).into_iter().filter(|part| {
            part.aspect.is_substance() || matches!(part.aspect, Aspect::Title | Aspect::Scenario | Aspect::Shown)
        });
        let parts: Vec<String> = parts.map(|part| format!("{:?}={}", part.aspect, part.means)).collect();
        parts.join(";")
    }

    /// Everything it says.
    pub(super) fn parts(&self, item: Item) -> Vec<Part> {
        let model = self.side.model;
        let mut parts = Vec::new();
        match item {
            Item::Source(at) => {
                if let Some(source) = model.sources.get(at) {
                    let dated = source.dated.as_ref().map(|dated| format!(" ({dated})")).unwrap_or_default();
                    parts.push(Self::plain(Aspect::Title, format!("{}{dated}", source.title)));
                    parts.extend(source.notes.iter().map(|note| Self::plain(Aspect::Note, note)));
                }
            }
            Item::Unit(id) => {
                parts.extend(model.unit(id).label.iter().map(|label| Self::plain(Aspect::Title, label)));
            }
            Item::Table(id) => self.table(model.table(id), &mut parts),
            Item::Parameter(id) => self.parameter(model.parameter(id), &mut parts),
            Item::Rule(id) => self.rule(id, &mut parts),
            Item::Scenario(at) => {
                if let Some(scenario) = model.scenarios.get(at) {
                    self.scenario(scenario, &mut parts);
                }
            }
        }
        parts
    }

    /// What the head of the ruleset says.
    pub(super) fn head(&self, ruleset: &Ruleset) -> Vec<Part> {
        let mut parts = Vec::new();
        parts.extend(ruleset.label.iter().map(|label| Self::plain(Aspect::Label, label)));
        parts.extend(ruleset.status.iter().map(|status| Self::plain(Aspect::Status, status)));
        if let Some(from) = ruleset.from {
            let to = ruleset.to.map(|to| format!(" to {}", date_text(to))).unwrap_or_else(|| " on".to_owned());
            parts.push(Self::plain(Aspect::Applies, format!("{}{to}", date_text(from))));
        }
        let standing = |name: &str, text: &str| Self::plain(Aspect::Standing { name: name.to_owned() }, text);
        parts.extend(ruleset.based_on.iter().map(|name| standing("based on", name)));
        parts.extend(ruleset.supersedes.iter().map(|name| standing("supersedes", name)));
        parts.extend(ruleset.superseded_by.iter().map(|name| standing("superseded by", name)));
        for amendment in &ruleset.amendments {
            parts.push(standing("amended by", amendment.label.as_ref().unwrap_or(&amendment.name)));
            self.said_about(&amendment.citations, &amendment.notes, amendment.unverified.as_deref(), &mut parts);
        }
        parts.extend(
            ruleset
                .amendments
                .last()
                .and_then(|last| last.from)
                .map(|from| Self::plain(Aspect::Applies, format!("as amended, from {}", date_text(from)))),
        );
        let setting = |name: &str, text: String| Self::plain(Aspect::Setting { name: name.to_owned() }, text);
        parts.push(setting("currency", ruleset.currency.clone()));
        let month = crate::value::month_name(ruleset.year_start).to_owned();
        parts.push(setting("financial year starts in", month));
        self.said_about(&ruleset.citations, &ruleset.notes, ruleset.unverified.as_deref(), &mut parts);
        parts
    }

    fn said_about(&self, citations: &[Citation], notes: &[String], unverified: Option<&str>, parts: &mut Vec<Part>) {
        for citation in citations {
            let title = self.side.model.sources.get(citation.source.index()).map_or("", |source| &source.title);
            let detail = citation.detail.as_ref().map(|detail| format!(", {detail}")).unwrap_or_default();
            parts.push(self.part(Aspect::Source, citation, format!("{title}{detail}")));
        }
        parts.extend(unverified.map(|why| Self::plain(Aspect::Unverified, why)));
        parts.extend(notes.iter().map(|note| Self::plain(Aspect::Note, note)));
    }

    fn parameter(&self, parameter: &Parameter, parts: &mut Vec<Part>) {
        parts.extend(parameter.label.iter().map(|label| Self::plain(Aspect::Label, label)));
        if let Type::Choice(values) = &parameter.ty {
            parts.push(Self::plain(Aspect::OneOf, values.join(", ")));
        }
        for value in &parameter.values {
            let aspect = Aspect::Value { since: value.from, until: value.to };
            let words = self.written(value.span);
            let words = words.strip_prefix("is ").unwrap_or(&words);
            let end = if value.from.is_some() { words.rfind(" from ") } else { None };
            let end = end.or_else(|| value.to.and_then(|_| words.rfind(" to "))).unwrap_or(words.len());
            let words = words.get(..end).unwrap_or(words).trim();
            let words = words.strip_prefix('"').and_then(|words| words.strip_suffix('"')).unwrap_or(words);
            parts.push(self.part(aspect, &(&value.value, scale(&parameter.ty)), words));
            parts.extend(value.rejected.iter().map(|other| {
                let words = self.written(other.span);
                self.part(Aspect::RatherThan, other, words.strip_prefix("rather than ").unwrap_or(&words).to_owned())
            }));
        }
        self.said_about(&parameter.citations, &parameter.notes, parameter.unverified.as_deref(), parts);
    }

    fn table(&self, table: &DataTable, parts: &mut Vec<Part>) {
        parts.extend(table.label.iter().map(|label| Self::plain(Aspect::Label, label)));
        let mut above: Vec<String> = table.parents.iter().map(|parent| self.naming.table(*parent)).collect();
        above.extend(table.series.map(|series| format!("{} to {}", series.first, series.last)));
        if !above.is_empty() {
            parts.push(Self::plain(Aspect::BelongsTo, above.join(", ")));
        }
        for id in &table.columns {
            let column = self.side.model.column(*id);
            if table.series.is_some_and(|series| series.column == *id) {
                continue;
            }
            let name = self.naming.column(*id);
            let name = name.split_once('.').map_or(name.as_str(), |(_, name)| name).to_owned();
            let bare = Column { name: String::new(), label: None, ..column.clone() };
            let means = self.means(&(bare, table.key == Some(*id)));
            // It is the column's own table, whatever that is called.
            let means = means.replacen(&format!("table:{},", self.naming.table(column.table)), "", 1);
            let text = columns::words(self.side.model, column, table.key == Some(*id));
            parts.push(Part::new(Aspect::Column { column: name.clone() }, means, text));
            let labels = column.label.iter();
            parts.extend(labels.map(|label| Self::plain(Aspect::ColumnLabel { column: name.clone() }, label)));
        }
    }

    fn rule(&self, id: DeclarationId, parts: &mut Vec<Part>) {
        let rule = self.side.model.declaration(id);
        parts.push(Self::plain(Aspect::Word, rule_word(&rule.kind)));
        parts.extend(rule.label.iter().map(|label| Self::plain(Aspect::Label, label)));
        let level = match rule.level {
            Level::Nation => "the nation".to_owned(),
            Level::Table(table) => format!("each {}", self.naming.table(table)),
        };
        parts.push(Self::plain(Aspect::Level, level));
        self.content(rule, parts);
        if rule.shown != Shown::Plain {
            parts.push(self.part(Aspect::Shown, &rule.shown, self.shown(&rule.shown)));
        }
        self.said_about(&rule.citations, &rule.notes, rule.unverified.as_deref(), parts);
    }

    fn shown(&self, shown: &Shown) -> String {
        match shown {
            Shown::Plain => "as its type says".to_owned(),
            Shown::Percent => "as percent".to_owned(),
            Shown::Per { base, unit } => format!("per {base} {}", self.side.model.unit(*unit).name),
            Shown::Decimals(1) => "to 1 decimal".to_owned(),
            Shown::Decimals(places) => format!("to {places} decimals"),
        }
    }

    fn content(&self, rule: &Declaration, parts: &mut Vec<Part>) {
        match &rule.kind {
            DeclarationKind::Measure(formula)
            | DeclarationKind::Payment(formula)
            | DeclarationKind::Decision(formula)
            | DeclarationKind::OutcomePart(formula) => self.formula(formula, parts),
            DeclarationKind::Condition { met, exemptions } => {
                parts.push(self.expression("met when", met));
                parts.extend(exemptions.iter().map(|exemption| self.expression("unless", exemption)));
            }
            DeclarationKind::Permission { used } => parts.push(self.expression("used when", used)),
            DeclarationKind::Check { holds } => parts.push(self.expression("holds when", holds)),
            DeclarationKind::Discretion(choice) => parts.push(self.expression("is", choice)),
            DeclarationKind::Ladder { steps, up, down, again } => {
                parts.push(self.part(clause("steps"), steps, steps.join(", ")));
                parts.push(self.expression("up when", up));
                parts.extend(down.iter().map(|down| self.expression("down when", down)));
                parts.extend(again.iter().map(|again| self.expression("start again when", again)));
            }
            DeclarationKind::Outcome { lower_is_better, baseline, target, actual } => {
                let better = if *lower_is_better { "lower is better" } else { "higher is better" };
                parts.push(self.part(clause("direction"), lower_is_better, better));
                for (word, part) in [("baseline", *baseline), ("target", *target), ("actual", Some(*actual))] {
                    let Some(part) = part else { continue };
                    if let DeclarationKind::OutcomePart(formula) = &self.side.model.declaration(part).kind {
                        let words = self.written(self.side.model.declaration(part).span);
                        let words = words.strip_prefix(word).unwrap_or(&words).trim().to_owned();
                        parts.push(self.part(clause(word), formula, words));
                    }
                }
            }
            DeclarationKind::Allocation { pot, weight, step, least, greatest } => {
                parts.push(self.expression("of", pot));
                parts.push(self.expression("in proportion to", weight));
                let spelt = self.side.model.spell(&Value::Number(step.clone()), &rule.ty);
                parts.push(self.part(clause("to the nearest"), step, spelt));
                parts.extend(least.iter().map(|least| self.expression("at least", least)));
                parts.extend(greatest.iter().map(|greatest| self.expression("at most", greatest)));
            }
        }
    }

    fn expression(&self, words: &str, expr: &Expr) -> Part {
        let mut part = self.part(clause(words), expr, self.written(expr.span));
        let one = |expr: &Expr| (self.means(expr), self.written(expr.span));
        part.operands = match &expr.kind {
            _ if expr.ty != Type::YesNo => None,
            ExprKind::Logic { op, operands } => {
                let word = if *op == LogicOp::And { "and" } else { "or" };
                Some((word, operands.iter().map(one).collect()))
            }
            ExprKind::ListOf { op: AggregateOp::All, items } => Some(("and", items.iter().map(one).collect())),
            ExprKind::ListOf { op: AggregateOp::Any, items } => Some(("or", items.iter().map(one).collect())),
            _ => Some(("and", vec![one(expr)])),
        };
        part
    }

    fn formula(&self, formula: &Formula, parts: &mut Vec<Part>) {
        match &formula.start {
            Start::Is(expr) => parts.push(self.expression("is", expr)),
            Start::Table(table) => self.rows(table, parts),
        }
        for clause in &formula.clauses {
            self.clause(clause, parts);
        }
    }

    fn clause(&self, clause: &Clause, parts: &mut Vec<Part>) {
        if let ClauseKind::Unless(exceptions) = &clause.kind {
            // Which of them comes first does not matter: they are not ordered.
            let parts_of = exceptions.iter().map(|exception| {
                self.part(self::clause("unless"), &exception.cases, without(&self.written(exception.span), "unless"))
            });
            parts.extend(parts_of);
            return;
        }
        let means = self.means(&clause.kind);
        let words = words_of(&means);
        let text = without(&self.written(clause.span), &words);
        parts.push(Part::new(self::clause(&words), means, text));
    }

    fn rows(&self, table: &DecisionTable, parts: &mut Vec<Part>) {
        if table.first_match {
            parts.push(Self::plain(clause("first match"), "the first row that matches decides"));
        }
        let inputs: Vec<String> = table.inputs.iter().map(|input| self.means(input)).collect();
        let mut tested = inputs.clone();
        tested.sort();
        parts.push(Part::new(Aspect::Tested, tested.join(","), table.heads.join(", ")));
        for row in &table.rows {
            // What a row does not ask does not matter, nor in which order it asks.
            let asked = inputs.iter().zip(&row.tests).filter(|(_, test)| !matches!(test, CellTest::Any));
            let mut asked: Vec<String> = asked.map(|(input, test)| format!("{input}={}", self.means(test))).collect();
            asked.sort();
            let asks = asked.join(",");
            let means = format!("{asks}=>{}", self.means(&row.result));
            let part = Part::new(Aspect::Row, means, self.row_text(table, row.span));
            parts.push(Part { asks: Some(asks), ..part });
        }
    }

    /// `ambition >= 3.5%, credible_case yes: approved`
    fn row_text(&self, table: &DecisionTable, span: Span) -> String {
        let written = self.written(span);
        let cells: Vec<&str> = written.trim().trim_matches('|').split('|').map(str::trim).collect();
        let Some((result, cells)) = cells.split_last() else { return written };
        let asked = table.heads.iter().zip(cells).filter(|(_, cell)| **cell != "any");
        let asked: Vec<String> = asked.map(|(head, cell)| format!("{head} {cell}")).collect();
        if asked.is_empty() { format!("in any case: {result}") } else { format!("{}: {result}", asked.join(", ")) }
    }

    fn scenario(&self, scenario: &Scenario, parts: &mut Vec<Part>) {
        parts.extend(scenario.label.iter().map(|label| Self::plain(Aspect::Label, label)));
        let mut push = |means: String, text: String| {
            parts.push(Part::new(Aspect::Scenario, means, text));
        };
        if let Some(date) = scenario.as_at {
            push(format!("as at {date}"), format!("as at {}", date_text(date)));
        }
        for (parameter, value) in &scenario.parameters {
            let declared = self.side.model.parameter(*parameter);
            let spelt = self.side.model.spell(value, &declared.ty);
            push(self.means(&(parameter, value)), format!("given parameter {} is {spelt}", declared.name));
        }
        for table in &scenario.tables {
            for row in &table.rows {
                push(self.means(&(table.table, row)), format!("given {}", self.written(row.span)));
            }
        }
        for expectation in &scenario.expectations {
            push(self.means(expectation), self.written(expectation.span));
        }
        parts.extend(scenario.because.iter().map(|because| Self::plain(Aspect::Note, because)));
    }
}

fn clause(words: &str) -> Aspect {
    Aspect::Clause { clause: words.to_owned() }
}

/// A share and points may be the same number and are not the same figure.
fn scale(ty: &Type) -> Option<(Scale, &Dimension)> {
    ty.quantity().map(|quantity| (quantity.scale, &quantity.dimension))
}

/// The word that declares a rule of this kind.
pub fn rule_word(kind: &DeclarationKind) -> &'static str {
    match kind {
        DeclarationKind::Measure(_) => "measure",
        DeclarationKind::Condition { .. } => "condition",
        DeclarationKind::Permission { .. } => "permission",
        DeclarationKind::Payment(_) => "payment",
        DeclarationKind::Decision(_) => "decision",
        DeclarationKind::OutcomePart(_) | DeclarationKind::Outcome { .. } => "outcome",
        DeclarationKind::Check { .. } => "check",
        DeclarationKind::Discretion(_) => "discretion",
        DeclarationKind::Ladder { .. } => "ladder",
        DeclarationKind::Allocation { .. } => "allocation",
    }
}

/// `AtLeast(…)` as `at least`.
fn words_of(means: &str) -> String {
    let name = means.split(['(', '{', '[']).next().unwrap_or_default();
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

fn without(text: &str, words: &str) -> String {
    text.strip_prefix(words).map_or(text, str::trim_start).to_owned()
}

/// A text of rules on one line, without comments and runs of blanks; what stands in quotes stays as it is.
fn without_layout(text: &str) -> String {
    let mut out = String::new();
    let (mut is_quoted, mut is_comment) = (false, false);
    for letter in text.chars() {
        match letter {
            '\n' | '\r' => {
                is_comment = false;
                is_quoted = false;
            }
            _ if is_comment => continue,
            '"' => is_quoted = !is_quoted,
            '#' if !is_quoted => {
                is_comment = true;
                continue;
            }
            _ => {}
        }
        if letter.is_whitespace() && !is_quoted {
            if !out.ends_with(' ') && !out.is_empty() {
                out.push(' ');
            }
        } else {
            out.push(letter);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_and_comments_are_not_what_is_said() {
        assert_eq!(without_layout("a >=\n    3.5%  # why\n  and b"), "a >= 3.5% and b");
        assert_eq!(without_layout("\"a  # b\"  is c"), "\"a  # b\" is c");
        assert_eq!(words_of("AtLeast(x)"), "at least");
        assert_eq!(words_of("Rounded{mode"), "rounded");
    }
}
