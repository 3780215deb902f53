//! First stage: what is declared, by name.
//!
//! In: the syntax tree. Out: [`Collected`]: a model whose units, sources, tables, columns and parameters are
//! complete and whose declarations have names and levels but no content yet, and the [`Names`] by which the
//! next stage finds them. A broken declaration keeps its name, so that mentioning it is not a second mistake.

mod amendments;
mod columns;
mod declarations;
mod head;
mod parameters;
mod tables;
mod unread;

use super::report::Report;
use super::{CitedId, ColumnId, DeclarationId, Level, Model, ParameterId, TableId, UnitId};
use crate::source::{Sources, Span};
use crate::syntax::ast::{self, DeclarationWord};
use hashbrown::{HashMap, HashSet};

/// What a bare name of the rules stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// A declaration.
    Declaration(DeclarationId),
    /// A parameter.
    Parameter(ParameterId),
}

/// Every name of a file, by what it can stand for.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    /// Declarations and parameters.
    pub(super) values: HashMap<&'a str, Named>,
    /// The same in the order of the file.
    pub(super) value_order: Vec<&'a str>,
    /// Tables.
    pub(super) tables: HashMap<&'a str, TableId>,
    /// Tables by their plural.
    pub(super) plurals: HashMap<String, TableId>,
    /// Units.
    pub(super) units: HashMap<&'a str, UnitId>,
    /// Units in the order of the file.
    pub(super) unit_order: Vec<&'a str>,
    /// Cited sources.
    pub(super) sources: HashMap<&'a str, CitedId>,
    /// Scenarios.
    pub(super) scenarios: HashMap<&'a str, Span>,
    /// Columns of every table.
    pub(super) columns: HashMap<&'a str, Vec<ColumnId>>,
    /// For each table, all tables its records belong to, directly or not.
    pub(super) ancestors: Vec<Vec<TableId>>,
    /// Payments, which know what they paid so far.
    pub(super) payments: HashSet<DeclarationId>,
    /// Outcomes, which have parts.
    pub(super) outcomes: HashSet<DeclarationId>,
    /// Tables of which something could not be read: a column, or what their records belong to.
    pub(super) broken_tables: HashSet<TableId>,
    /// Names that are a declaration and a column where both can be read; told, and passed over from then on.
    pub(super) shared: HashSet<&'a str>,
    /// Names of declarations that could not be read.
    broken: HashSet<&'a str>,
    /// Whether anything could not be read.
    pub(super) has_broken: bool,
    /// Whether some declaration could not be read so far that its name is not known.
    pub(super) is_partial: bool,
    /// The sign of money.
    pub(super) currency: String,
}

impl Names<'_> {
    /// Whether a mention of this name is passed over because its declaration could not be read.
    pub(super) fn is_silent(&self, name: &str) -> bool {
        name.is_empty() || self.broken.contains(name)
    }

    /// Whether records of `lower` belong to records of `upper`, directly or not.
    pub(super) fn is_below(&self, lower: TableId, upper: Level) -> bool {
        match upper {
            Level::Nation => true,
            Level::Table(upper) => self.ancestors.get(lower.index()).is_some_and(|above| above.contains(&upper)),
        }
    }

    /// Whether it is not known what the records of a level belong to.
    pub(super) fn is_unsound(&self, level: Level) -> bool {
        matches!(level, Level::Table(table) if self.broken_tables.contains(&table))
    }

    /// Whether something that lives at `there` can be read at `here`: at its level or above.
    pub(super) fn is_visible(&self, there: Level, here: Level) -> bool {
        match (there, here) {
            (Level::Nation, _) => true,
            (Level::Table(_), Level::Nation) => false,
            (Level::Table(there), Level::Table(here)) => there == here || self.is_below(here, Level::Table(there)),
        }
    }
}

/// A declaration whose content is still to be read.
#[derive(Debug)]
pub(super) struct Stub<'a> {
    /// The declaration; of a part of an outcome, the outcome.
    pub(super) ast: &'a ast::Declaration,
    /// What it is.
    pub(super) role: Role<'a>,
}

/// What is to be read of a declaration.
#[derive(Debug, Clone, Copy)]
pub(super) enum Role<'a> {
    /// Nothing: it is broken, and told.
    Broken,
    /// Its clauses.
    Whole,
    /// The expression of a part of an outcome.
    Part(&'a ast::Expr),
    /// An outcome with its parts.
    Outcome { baseline: Option<DeclarationId>, target: Option<DeclarationId>, actual: DeclarationId },
}

/// What the first stage gives.
#[derive(Debug)]
pub(super) struct Collected<'a> {
    /// The model so far.
    pub(super) model: Model,
    /// The names.
    pub(super) names: Names<'a>,
    /// By declaration.
    pub(super) stubs: Vec<Stub<'a>>,
    /// Scenarios, each name once.
    pub(super) scenarios: Vec<&'a ast::Declaration>,
    /// The problems so far.
    pub(super) report: Report,
}

/// Collects everything a file declares.
pub(super) fn collect<'a>(file: &'a ast::File, sources: &'a Sources) -> Collected<'a> {
    let mut collected = Collected {
        model: Model::default(),
        names: Names::default(),
        stubs: Vec::new(),
        scenarios: Vec::new(),
        report: Report::default(),
    };
    let of = |word: DeclarationWord| file.declarations.iter().filter(move |declaration| declaration.word == word);
    for declaration in &file.declarations {
        let name = declaration.name.text.as_str();
        if name.is_empty() {
            collected.names.is_partial |= declaration.is_broken;
        } else if is_broken(declaration) {
            collected.names.broken.insert(name);
        }
    }
    collected.names.has_broken = file.declarations.iter().any(is_broken);
    collected.names.broken.extend(unread::words(file, sources));
    collected.units_and_sources(of(DeclarationWord::Unit), of(DeclarationWord::Source));
    collected.head(of(DeclarationWord::Rules));
    collected.amendments(file);
    let mut declared: HashMap<&str, Span> = HashMap::new();
    collected.tables(of(DeclarationWord::Data), &mut declared);
    collected.values(&file.declarations, &mut declared);
    collected.names_shared_with_columns();
    collected.scenarios = collected.each_once(of(DeclarationWord::Scenario));
    collected
}

/// Whether some of a declaration could not be read. Of a table, an amendment may have brought it in.
fn is_broken(declaration: &ast::Declaration) -> bool {
    let is_broken = |clause: &ast::Clause| matches!(clause.kind, ast::ClauseKind::Broken);
    declaration.is_broken || declaration.word == DeclarationWord::Data && declaration.clauses.iter().any(is_broken)
}
