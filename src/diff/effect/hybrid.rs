//! Rules in which only some of the changes are made.
//!
//! In: the trees of both rulesets, and which changes to make. Out: a checked model, or nothing where those changes
//! cannot be made without others. What was removed stays, since nothing that reads it can be told apart from it; what was
//! renamed is there under both names; columns that only one of them has are there for both.

use crate::amendment;
use crate::diff::Side;
use crate::diff::naming::{Item, Space};
use crate::diff::pairs::Pairs;
use crate::model::{self, ExprKind, Model};
use crate::problem::Problem;
use crate::source::{SourceId, Sources};
use crate::syntax;
use crate::syntax::ast::{ClauseKind, Declaration, DeclarationWord, File};
use std::collections::{BTreeMap, BTreeSet};

/// Something that is taken from the new rules: the head of the ruleset, or something it declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Swap {
    Head,
    Item(Item),
}

/// Changes that are made together.
pub(super) type Group = BTreeSet<Swap>;

/// Makes rules in which only some of the changes are made.
pub(super) struct Hybrids<'a> {
    new: Side<'a>,
    pairs: &'a Pairs,
    sources: Sources,
    before: File,
    after: File,
    /// The items of both models by kind and name.
    old_items: BTreeMap<(Space, String), Item>,
    new_items: BTreeMap<(Space, String), Item>,
}

impl<'a> Hybrids<'a> {
    /// Nothing where the texts of either are not there.
    pub(super) fn new(old: Side<'a>, new: Side<'a>, pairs: &'a Pairs) -> Option<Self> {
        // Every text has a number of its own: places tell expressions apart.
        let mut sources = Sources::new();
        let mut later = Sources::new();
        for file in old.sources.iter() {
            sources.add(&file.name, &file.text);
            later.add(&file.name, "");
        }
        for file in new.sources.iter() {
            sources.add(&file.name, &file.text);
            later.add(&file.name, &file.text);
        }
        let first = SourceId(u32::try_from(old.sources.iter().count()).ok()?);
        let items = |side: Side<'_>| {
            let named = |item: Item| ((item.space(), item.name(side.model).to_owned()), item);
            Item::all(side.model).into_iter().map(named).collect()
        };
        let (old_items, new_items) = (items(old), items(new));
        let before = tree(old.sources, SourceId(0))?;
        let after = tree(&later, first)?;
        Some(Self { new, pairs, sources, before, after, old_items, new_items })
    }

    /// The rules with these changes made; nothing where that cannot be done without others.
    pub(super) fn build(&self, group: &Group) -> Option<Model> {
        let file = self.file(group);
        let (model, problems) = model::build(&file, &self.sources);
        (!problems.iter().any(Problem::is_error)).then_some(model)
    }

    fn file(&self, group: &Group) -> File {
        let is_head = group.contains(&Swap::Head);
        let mut declarations: Vec<Declaration> = Vec::new();
        for declaration in &self.before.declarations {
            let name = &declaration.name.text;
            let twin =
                |word| self.after.declarations.iter().find(|other| other.word == word && other.name.text == *name);
            match declaration.word {
                DeclarationWord::Scenario => {}
                DeclarationWord::Rules if is_head => {
                    let head = self.after.declarations.iter().find(|other| other.word == DeclarationWord::Rules);
                    declarations.push(head.unwrap_or(declaration).clone());
                }
                DeclarationWord::Data => {
                    let is_new = self.swapped(declaration, group).is_some();
                    declarations.push(match twin(DeclarationWord::Data) {
                        Some(other) if is_new => with_columns(other, declaration),
                        Some(other) => with_columns(declaration, other),
                        None => declaration.clone(),
                    });
                }
                _ => declarations.push(self.swapped(declaration, group).unwrap_or(declaration).clone()),
            }
        }
        let known: BTreeSet<(Space, String)> = declarations
            .iter()
            .filter_map(|declaration| Some((space(declaration.word)?, declaration.name.text.clone())))
            .collect();
        for declaration in &self.after.declarations {
            let Some(space) = space(declaration.word).filter(|space| *space != Space::Scenario) else { continue };
            let key = (space, declaration.name.text.clone());
            let item = self.new_items.get(&key);
            let is_there = match space {
                Space::Rule => item.is_some_and(|item| {
                    // What is renamed says the same as before.
                    group.contains(&Swap::Item(*item)) || self.pairs.of_new(*item).is_some()
                }),
                _ => true,
            };
            if is_there && !known.contains(&key) {
                declarations.push(declaration.clone());
            }
        }
        let mut respelled = self.before.respelled.clone();
        respelled.extend(self.after.respelled.iter().cloned());
        let amendments = if is_head { &self.after.amendments } else { &self.before.amendments };
        File { declarations, amendments: amendments.clone(), respelled, ..File::empty(self.before.source) }
    }

    /// What stands in the new rules for a declaration of the old, if that is to be taken.
    fn swapped(&self, declaration: &Declaration, group: &Group) -> Option<&Declaration> {
        let key = (space(declaration.word)?, declaration.name.text.clone());
        let new = self.pairs.of_old(*self.old_items.get(&key)?)?;
        if !group.contains(&Swap::Item(new)) {
            return None;
        }
        let name = new.name(self.new.model);
        self.after.declarations.iter().find(|other| space(other.word) == Some(new.space()) && other.name.text == name)
    }

    /// What something of the new rules reads.
    pub(super) fn reads(&self, item: Item) -> BTreeSet<Item> {
        let model = self.new.model;
        let Item::Rule(id) = item else { return BTreeSet::new() };
        // The parts of an outcome are its own.
        let own = model.declaration(id).reads().into_iter().filter(|read| model.declaration(*read).name.contains('.'));
        let mut found = BTreeSet::new();
        for id in own.chain([id]) {
            let declaration = model.declaration(id);
            if let model::Level::Table(table) = declaration.level {
                found.insert(Item::Table(table));
            }
            for expr in declaration.expressions() {
                expr.walk(&mut |expr| match &expr.kind {
                    ExprKind::Result(read) | ExprKind::PaidSoFar(read) => {
                        let name = &model.declaration(*read).name;
                        let whole = name.split_once('.').and_then(|(outcome, _)| model.find(outcome));
                        found.insert(Item::Rule(whole.unwrap_or(*read)));
                    }
                    ExprKind::Parameter(read) | ExprKind::ParameterIn { parameter: read, .. } => {
                        found.insert(Item::Parameter(*read));
                    }
                    ExprKind::Column(read) => {
                        found.insert(Item::Table(model.column(*read).table));
                    }
                    _ => {}
                });
            }
        }
        found.remove(&item);
        found
    }

    /// A change with what else has to be there that is new: what it reads, and what that reads.
    pub(super) fn with_additions(&self, swap: Swap) -> Group {
        let mut group = Group::from([swap]);
        let mut open = vec![swap];
        while let Some(next) = open.pop() {
            let Swap::Item(item) = next else { continue };
            for read in self.reads(item) {
                let is_new = self.pairs.of_new(read).is_none() && !matches!(read, Item::Table(_));
                if is_new && group.insert(Swap::Item(read)) {
                    open.push(Swap::Item(read));
                }
            }
        }
        group
    }
}

/// Whether the tables hold the same columns in the same places, so that data of the one are data of the other.
pub(super) fn has_same_tables(model: &Model, other: &Model) -> bool {
    let layout = |model: &Model| {
        let units: Vec<&str> = model.units.iter().map(|unit| unit.name.as_str()).collect();
        serde_json::to_string(&(tables(model), columns(model), units)).ok()
    };
    layout(model).is_some_and(|one| Some(one) == layout(other))
}

/// The tables without the places where they are written.
fn tables(model: &Model) -> Vec<model::DataTable> {
    let span = crate::source::Span::default();
    model.tables.iter().map(|table| model::DataTable { span, label: None, ..table.clone() }).collect()
}

fn columns(model: &Model) -> Vec<model::Column> {
    let span = crate::source::Span::default();
    model.columns.iter().map(|column| model::Column { span, label: None, ..column.clone() }).collect()
}

fn tree(sources: &Sources, first: SourceId) -> Option<File> {
    let (tree, mut problems) = syntax::parse(sources.get(first)?);
    let tree = amendment::ruleset(tree, sources, &mut problems);
    tree.filter(|_| !problems.iter().any(Problem::is_error))
}

/// A data table with the columns that another has besides.
fn with_columns(table: &Declaration, other: &Declaration) -> Declaration {
    let mut table = table.clone();
    let has = |table: &Declaration, name: &str| {
        table
            .clauses
            .iter()
            .any(|clause| matches!(&clause.kind, ClauseKind::Column(column) if column.name.text == name))
    };
    for clause in &other.clauses {
        if let ClauseKind::Column(column) = &clause.kind
            && !has(&table, &column.name.text)
        {
            table.clauses.push(clause.clone());
        }
    }
    table
}

fn space(word: DeclarationWord) -> Option<Space> {
    Some(match word {
        DeclarationWord::Rules | DeclarationWord::Amendment => return None,
        DeclarationWord::Source => Space::Source,
        DeclarationWord::Unit => Space::Unit,
        DeclarationWord::Data => Space::Table,
        DeclarationWord::Scenario => Space::Scenario,
        _ => Space::Rule,
    })
}
