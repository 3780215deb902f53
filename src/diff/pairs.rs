//! What in the old rules is what in the new: by name, and where a name is gone, by what it says.
//!
//! In: two models. Out: pairs. Something is taken for renamed only where exactly one thing of the old rules and one of
//! the new, of the same kind and with the same label, say the same.

use super::Side;
use super::naming::{Item, Renames, Space};
use super::parts::Reader;
use crate::model::{ColumnId, DeclarationId, TableId};
use std::collections::BTreeMap;

/// What is what.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    from_old: BTreeMap<Item, Item>,
    from_new: BTreeMap<Item, Item>,
    pub(super) renames: Renames,
}

impl Pairs {
    pub(super) fn find(old: Side<'_>, new: Side<'_>) -> Self {
        let mut pairs = Self::default();
        let (olds, news) = (Item::all(old.model), Item::all(new.model));
        let mut by_name: BTreeMap<(Space, &str), Item> = BTreeMap::new();
        for item in &news {
            by_name.insert((item.space(), item.name(new.model)), *item);
        }
        for item in &olds {
            if let Some(other) = by_name.get(&(item.space(), item.name(old.model))) {
                pairs.join(*item, *other);
            }
        }
        // What is renamed may be read by what else is renamed.
        while pairs.rename(old, new, &olds, &news) {}
        pairs.rename_columns(old, new);
        while pairs.rename(old, new, &olds, &news) {}
        pairs
    }

    /// What an item of the old rules is in the new.
    pub(super) fn of_old(&self, item: Item) -> Option<Item> {
        self.from_old.get(&item).copied()
    }

    /// What an item of the new rules was in the old.
    pub(super) fn of_new(&self, item: Item) -> Option<Item> {
        self.from_new.get(&item).copied()
    }

    /// What a rule of the new rules was in the old, where it was a rule.
    pub(super) fn rule_of_new(&self, id: DeclarationId) -> Option<DeclarationId> {
        match self.of_new(Item::Rule(id)) {
            Some(Item::Rule(was)) => Some(was),
            _ => None,
        }
    }

    /// What a rule of the old rules is in the new, where it is a rule.
    pub(super) fn rule_of_old(&self, id: DeclarationId) -> Option<DeclarationId> {
        match self.of_old(Item::Rule(id)) {
            Some(Item::Rule(is)) => Some(is),
            _ => None,
        }
    }

    fn join(&mut self, old: Item, new: Item) {
        self.from_old.insert(old, new);
        self.from_new.insert(new, old);
    }

    /// Pairs what says the same under another name; whether there was any.
    fn rename(&mut self, old: Side<'_>, new: Side<'_>, olds: &[Item], news: &[Item]) -> bool {
        let gone: Vec<Item> = olds.iter().copied().filter(|item| self.of_old(*item).is_none()).collect();
        let come: Vec<Item> = news.iter().copied().filter(|item| self.of_new(*item).is_none()).collect();
        let found = {
            let (gone, come) = (alone(old.reader(Some(&self.renames)), &gone), alone(new.reader(None), &come));
            let both = gone.into_iter().filter_map(|(says, item)| Some((item, *come.get(&says)?)));
            both.collect::<Vec<(Item, Item)>>()
        };
        for (one, other) in &found {
            self.join(*one, *other);
            let names = (one.name(old.model).to_owned(), other.name(new.model).to_owned());
            self.renames.insert((one.space(), names.0), names.1);
        }
        !found.is_empty()
    }

    /// Pairs columns of the same table that have another name and are otherwise the same, label included.
    fn rename_columns(&mut self, old: Side<'_>, new: Side<'_>) {
        let mut found = Vec::new();
        for (one, other) in &self.from_old {
            let (Item::Table(one), Item::Table(other)) = (one, other) else { continue };
            let names = |side: Side<'_>, table: TableId| -> Vec<(String, ColumnId)> {
                let columns = &side.model.table(table).columns;
                columns.iter().map(|id| (side.model.column(*id).name.clone(), *id)).collect()
            };
            let (gone, come) = (names(old, *one), names(new, *other));
            let is_alone = |name: &str, others: &[(String, ColumnId)]| !others.iter().any(|(other, _)| other == name);
            for (name, id) in gone.iter().filter(|(name, _)| is_alone(name, &come)) {
                let column = old.model.column(*id);
                let same = come.iter().filter(|(name, _)| is_alone(name, &gone)).filter(|(_, other)| {
                    let other = new.model.column(*other);
                    column.label.is_some() && other.label == column.label && other.ty == column.ty
                });
                let same: Vec<&(String, ColumnId)> = same.collect();
                if let [(renamed, _)] = same.as_slice() {
                    let table = &new.model.table(*other).name;
                    found.push(((Space::Column, format!("{table}.{name}")), format!("{table}.{renamed}")));
                }
            }
        }
        self.renames.extend(found);
    }
}

/// The items of which no other says the same, by what they say.
fn alone(reader: Reader<'_>, items: &[Item]) -> BTreeMap<String, Item> {
    let mut by_substance: BTreeMap<String, Vec<Item>> = BTreeMap::new();
    for item in items {
        let label = reader.label(*item).unwrap_or_default();
        let says = reader.substance(*item);
        // A unit without a label says nothing by which it could be known.
        if !says.is_empty() {
            by_substance.entry(format!("{} {label:?} {says}", reader.word(*item))).or_default().push(*item);
        }
    }
    by_substance
        .into_iter()
        .filter_map(|(says, items)| Some((says, *items.first().filter(|_| items.len() == 1)?)))
        .collect()
}
