//! The cells of records that were found, column by column.

use super::{Identity, Joiner};
use crate::data::header::Target;
use crate::data::part::Part;
use crate::data::{Cell, Column, ColumnOrigin, RowNumbers, TableData};
use crate::model::TableId;
use crate::value::MissingReason;
use indexmap::IndexMap;
use std::sync::Arc;

impl Joiner<'_> {
    /// The cells of the records, column by column.
    pub(super) fn assemble(
        &self,
        id: TableId,
        parts: &[Part],
        records: &IndexMap<Identity, Vec<Option<usize>>>,
    ) -> TableData {
        let table = self.model.table(id);
        let mut data = TableData { rows: records.len(), ..TableData::default() };
        let sources: Vec<Vec<Option<usize>>> = (0..parts.len())
            .map(|which| records.values().map(|rows| rows.get(which).copied().flatten()).collect())
            .collect();
        let numbers: Vec<Arc<RowNumbers>> =
            parts.iter().zip(&sources).map(|(part, rows)| Arc::new(part.rows.pick(rows))).collect();
        for column in &table.columns {
            let source = parts
                .iter()
                .zip(sources.iter().zip(&numbers))
                .find_map(|(part, (rows, numbers))| Some((part, part.column(Target::Column(*column))?, rows, numbers)));
            let absent = match (source, parts.is_empty()) {
                (None, false) => MissingReason::NoColumn,
                _ => MissingReason::NoRecord,
            };
            let is_key = table.key == Some(*column);
            data.columns.push(match source {
                // A record is named by whichever part has it.
                _ if is_key && records.keys().any(|(_, key, _)| key.is_some()) => Column::from_cells(
                    &self.model.column(*column).ty,
                    records
                        .keys()
                        .map(|(_, key, _)| key.clone().map_or(Cell::Missing(MissingReason::NoRecord), Cell::Known)),
                ),
                Some((_, from, rows, _)) => from.cells.pick(rows, MissingReason::NoRecord),
                None => Column::without_values(records.len(), absent),
            });
            data.origins.push(source.map(|(part, from, _, numbers)| ColumnOrigin {
                file: part.file,
                column: from.number,
                header: part.origin_header(from),
                rows: Arc::clone(numbers),
            }));
        }
        for which in 0..table.parents.len() {
            data.parents.push(records.keys().map(|(above, ..)| above.get(which).copied().unwrap_or(0)).collect());
        }
        for (at, rows) in records.values().enumerate() {
            for (part, row) in parts.iter().zip(rows) {
                let (Some(row), Ok(at)) = (row, u32::try_from(at)) else { continue };
                for column in &table.columns {
                    if let Some(judgement) = part.judgements.get(&(*column, *row)) {
                        data.judgements.entry((*column, at)).or_insert_with(|| judgement.clone());
                    }
                }
            }
        }
        data
    }
}
