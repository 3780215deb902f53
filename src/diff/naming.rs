//! What the numbers of a model stand for, by name, and what was renamed.
//!
//! In: a model and the renames from the old rules to the new. Out: one name for the same thing in both.

use crate::model::{ColumnId, DeclarationId, Model, ParameterId, TableId, UnitId};
use std::collections::BTreeMap;

/// Which names there are: those of data tables, of columns (`area.name`), of sources, of units, and of everything else
/// that is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Space {
    Table,
    Column,
    Source,
    Unit,
    Rule,
    Scenario,
}

/// New names by old ones.
pub(super) type Renames = BTreeMap<(Space, String), String>;

/// The names of one of two models.
#[derive(Debug, Clone, Copy)]
pub(super) struct Naming<'a> {
    pub(super) model: &'a Model,
    /// For the old model, what it is called in the new one.
    pub(super) renames: Option<&'a Renames>,
    /// What is being looked at: it goes by no name of its own, so that it can be found under another.
    pub(super) own: Option<&'a str>,
}

impl Naming<'_> {
    /// The name of what a number of this type stands for.
    pub(super) fn name(&self, of: &str, index: u32) -> Option<String> {
        let at = index as usize;
        let (space, name) = match of {
            "DeclarationId" => {
                let name = &self.model.declarations.get(at)?.name;
                if self.own == Some(name.as_str()) {
                    return Some("itself".to_owned());
                }
                return Some(self.rule(name));
            }
            "ParameterId" => return Some(self.rule(&self.model.parameters.get(at)?.name)),
            "TableId" => (Space::Table, self.model.tables.get(at)?.name.clone()),
            "ColumnId" => return Some(self.column(ColumnId(index))),
            "UnitId" => (Space::Unit, self.model.units.get(at)?.name.clone()),
            "CitedId" => (Space::Source, self.model.sources.get(at)?.name.clone()),
            "ScenarioId" => (Space::Scenario, self.model.scenarios.get(at)?.name.clone()),
            _ => return None,
        };
        Some(self.renamed(space, name))
    }

    /// The name of a rule; a part of an outcome goes by its outcome's name.
    pub(super) fn rule(&self, name: &str) -> String {
        match name.split_once('.') {
            Some((outcome, part)) if self.own == Some(outcome) => format!("itself.{part}"),
            Some((outcome, part)) => format!("{}.{part}", self.renamed(Space::Rule, outcome.to_owned())),
            None => self.renamed(Space::Rule, name.to_owned()),
        }
    }

    pub(super) fn table(&self, id: TableId) -> String {
        self.renamed(Space::Table, self.model.table(id).name.clone())
    }

    pub(super) fn column(&self, id: ColumnId) -> String {
        let column = self.model.column(id);
        let name = format!("{}.{}", self.table(column.table), column.name);
        self.renamed(Space::Column, name)
    }

    fn renamed(&self, space: Space, name: String) -> String {
        let renamed = self.renames.and_then(|renames| renames.get(&(space, name.clone())));
        renamed.cloned().unwrap_or(name)
    }
}

/// Whatever has a name of its own in a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Item {
    Source(usize),
    Unit(UnitId),
    Table(TableId),
    Parameter(ParameterId),
    Rule(DeclarationId),
    Scenario(usize),
}

impl Item {
    /// Everything that is declared, in the order of the file within each kind; parts of outcomes belong to them.
    pub(super) fn all(model: &Model) -> Vec<Self> {
        let parameters = (0..model.parameters.len()).map(|at| Self::Parameter(ParameterId::from_index(at)));
        let rules = model.declarations.iter().enumerate().filter(|(_, rule)| !rule.name.contains('.'));
        (0..model.tables.len())
            .map(|at| Self::Table(TableId::from_index(at)))
            .chain(parameters)
            .chain(rules.map(|(at, _)| Self::Rule(DeclarationId::from_index(at))))
            .chain((0..model.units.len()).map(|at| Self::Unit(UnitId::from_index(at))))
            .chain((0..model.sources.len()).map(Self::Source))
            .chain((0..model.scenarios.len()).map(Self::Scenario))
            .collect()
    }

    pub(super) fn space(self) -> Space {
        match self {
            Self::Source(_) => Space::Source,
            Self::Unit(_) => Space::Unit,
            Self::Table(_) => Space::Table,
            Self::Parameter(_) | Self::Rule(_) => Space::Rule,
            Self::Scenario(_) => Space::Scenario,
        }
    }

    pub(super) fn name(self, model: &Model) -> &str {
        match self {
            Self::Source(at) => model.sources.get(at).map_or("", |source| &source.name),
            Self::Unit(id) => &model.unit(id).name,
            Self::Table(id) => &model.table(id).name,
            Self::Parameter(id) => &model.parameter(id).name,
            Self::Rule(id) => &model.declaration(id).name,
            Self::Scenario(at) => model.scenarios.get(at).map_or("", |scenario| &scenario.name),
        }
    }
}
