//! Headers: which column of the model a written name stands for.
//!
//! In: the table and the names in its header. Out: a [`Target`] for each, by name or label, without regard to
//! capitals and with `_` and blanks alike.

use super::cell::tidy;
use crate::model::{ColumnId, Model, TableId};
use std::collections::HashMap;

/// What a column of a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Target {
    /// A column of the table.
    Column(ColumnId),
    /// The key of the record above, in this table, to which a row belongs.
    Ancestor(TableId),
    /// Who decided a judgement.
    By(ColumnId),
    /// When.
    On(ColumnId),
    /// Why.
    Because(ColumnId),
}

impl Target {
    /// The name by which messages call it.
    pub(super) fn name(self, model: &Model) -> String {
        let column = |id| model.column(id).name.clone();
        match self {
            Self::Column(id) => column(id),
            Self::Ancestor(table) => model.table(table).name.clone(),
            Self::By(id) => format!("{}_by", column(id)),
            Self::On(id) => format!("{}_on", column(id)),
            Self::Because(id) => format!("{}_because", column(id)),
        }
    }
}

/// What a header may stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// One thing.
    One(Target),
    /// Several, by the label they share.
    Several(Vec<Target>),
    /// A column of a table above, which is read there.
    OfParent(TableId),
    /// Nothing known.
    Unknown,
}

/// Written forms that mean the same.
pub(super) fn fold(text: &str) -> String {
    tidy(&text.replace('_', " ")).to_lowercase()
}

/// How well a name fits: the column's own name, the name of a table above, a label, a name borrowed from above.
type Rank = u8;

/// The names that a table's header may hold.
#[derive(Debug)]
pub(super) struct Names {
    known: HashMap<String, Vec<(Rank, Target)>>,
    of_parents: HashMap<String, TableId>,
}

/// The tables that records of a table belong to, directly or not, in the order of the model.
pub(super) fn ancestors(model: &Model, table: TableId) -> Vec<TableId> {
    (0..model.tables.len()).map(TableId::from_index).filter(|other| model.is_below(table, *other)).collect()
}

impl Names {
    pub(super) fn of(model: &Model, table: TableId) -> Self {
        let mut names = Self { known: HashMap::new(), of_parents: HashMap::new() };
        for id in &model.table(table).columns {
            let column = model.column(*id);
            let label = column.label.as_deref();
            names.add(0, &column.name, Target::Column(*id));
            if let Some(label) = label {
                names.add(2, label, Target::Column(*id));
            }
            if column.is_judgement {
                for (word, target) in
                    [("by", Target::By(*id)), ("on", Target::On(*id)), ("because", Target::Because(*id))]
                {
                    names.add(1, &format!("{} {word}", column.name), target);
                    if let Some(label) = label {
                        names.add(3, &format!("{label} {word}"), target);
                    }
                }
            }
        }
        for above in ancestors(model, table) {
            names.add_ancestor(model, above);
        }
        names
    }

    fn add_ancestor(&mut self, model: &Model, above: TableId) {
        let table = model.table(above);
        let target = Target::Ancestor(above);
        if let Some(key) = table.key {
            let key = model.column(key);
            self.add(1, &table.name, target);
            self.add(1, &format!("{} {}", table.name, key.name), target);
            self.add(4, &key.name, target);
            for label in [&key.label, &table.label].into_iter().flatten() {
                self.add(3, label, target);
            }
        }
        for id in &table.columns {
            let column = model.column(*id);
            for name in [Some(&column.name), column.label.as_ref()].into_iter().flatten() {
                self.of_parents.insert(fold(name), above);
            }
        }
    }

    fn add(&mut self, rank: Rank, name: &str, target: Target) {
        self.known.entry(fold(name)).or_default().push((rank, target));
    }

    /// What a header stands for: the best fit, where it is one.
    pub(super) fn meaning(&self, header: &str) -> Meaning {
        let folded = fold(header);
        let Some(candidates) = self.known.get(&folded) else {
            return match self.of_parents.get(&folded) {
                Some(parent) => Meaning::OfParent(*parent),
                None => Meaning::Unknown,
            };
        };
        let best = candidates.iter().map(|(rank, _)| *rank).min().unwrap_or(0);
        let mut targets: Vec<Target> = Vec::new();
        for (rank, target) in candidates {
            if *rank == best && !targets.contains(target) {
                targets.push(*target);
            }
        }
        match targets.as_slice() {
            [only] => Meaning::One(*only),
            _ => Meaning::Several(targets),
        }
    }

    /// The one thing a header stands for.
    pub(super) fn target(&self, header: &str) -> Option<Target> {
        match self.meaning(header) {
            Meaning::One(target) => Some(target),
            _ => None,
        }
    }
}
