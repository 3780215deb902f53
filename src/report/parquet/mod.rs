//! The results of a level as Parquet.
//!
//! In: a run, what of it to show, and a level. Out: the columns that CSV has, with types: whole numbers and decimals,
//! yes or no, days, texts. What a column holds is told from the rules alone, so that it is the same from run to run. A
//! value that is missing is null, but for states, which say so; the last column says what is missing and why.
//!
//! A number has as many decimals as the rules give it: two for what is rounded to a penny, none for a count. Where
//! rules set no end to them there are twelve, and what has more is rounded, as in CSV; JSON has the fractions.

mod column;
mod decimals;
mod kind;
mod records;

use super::csv;
use super::run::{Run, has_states};
use super::selection::Selection;
use crate::meaning::RunOptions;
use crate::model::{DeclarationId, Level, Model, TableId};
use column::{Chunk, Column};
use decimals::Decimals;
use kind::Kind;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesPtr};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{ColumnPath, SchemaDescPtr, SchemaDescriptor, Type as Schema};
use std::fmt;
use std::io::Write;
use std::sync::Arc;

/// Records that stand in one row group.
const GROUP: usize = 1 << 16;
/// Under which key a file says what was run.
const ABOUT: &str = "ringfence";

/// The most things of one kind that a file says of what was run.
const MOST_ABOUT: usize = 100;

/// What was run, without the end of long lists: of ten million checks that fail, say.
fn shortened(about: Vec<(String, String)>) -> Vec<[String; 2]> {
    let mut counts: indexmap::IndexMap<String, usize> = indexmap::IndexMap::new();
    let mut kept: Vec<[String; 2]> = Vec::new();
    for (what, value) in about {
        let count = counts.entry(what.clone()).or_default();
        *count += 1;
        if *count <= MOST_ABOUT {
            kept.push([what, value]);
        }
    }
    let more = counts.into_iter().filter(|(_, count)| *count > MOST_ABOUT);
    kept.extend(more.map(|(what, count)| [what, format!("and {} more", count - MOST_ABOUT)]));
    kept
}

/// Why no file could be made.
#[derive(Debug)]
pub enum Error {
    /// A number beyond what Parquet holds.
    TooLarge {
        /// The name of the result.
        result: String,
        /// What people call the record; none for the nation.
        at: Option<String>,
        /// The number.
        value: String,
    },
    /// It could not be written.
    Failed(ParquetError),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { result, at, value } => {
                let at = at.as_ref().map(|at| format!(" of {at}")).unwrap_or_default();
                write!(f, "`{result}`{at} is {value}, which is more than a column of Parquet holds")
            }
            Self::Failed(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

impl From<ParquetError> for Error {
    fn from(error: ParquetError) -> Self {
        Self::Failed(error)
    }
}

/// The results of a level.
///
/// Made by so many threads, which change nothing of what comes of it.
pub fn level(run: &Run<'_>, selection: &Selection, level: Level, threads: usize) -> Result<Vec<u8>, Error> {
    let ids = selection.declarations(run.model, level);
    let about = run.about();
    let Level::Table(table) = level else { return nation(run, &ids, about) };
    let results = Table::new(run.model, run.options, ids, table)?;
    let mut file = File::new(&results, Vec::new())?;
    let rows = selection.rows(&run.rows, run.model, table);
    let groups: Vec<&[usize]> = rows.chunks(GROUP).collect();
    for together in groups.chunks(threads.max(1)) {
        let made: Vec<Result<Rows, Error>> = std::thread::scope(|scope| {
            let make = |rows: &[usize]| results.rows(run, rows);
            let running: Vec<_> = together.iter().map(|rows| (rows, scope.spawn(move || make(rows)))).collect();
            running.into_iter().map(|(rows, thread)| thread.join().unwrap_or_else(|_| make(rows))).collect()
        });
        made.into_iter().try_for_each(|rows| file.append(rows?))?;
    }
    file.finish(about)
}

/// The results of the nation: a record for each.
pub fn nation(run: &Run<'_>, ids: &[DeclarationId], about: Vec<(String, String)>) -> Result<Vec<u8>, Error> {
    let kinds = csv::NATION.map(|name| {
        let kind = if matches!(name, "determined" | "undetermined") { Kind::Whole } else { Kind::Own };
        (name.to_owned(), kind)
    });
    let layout = Layout::new(kinds.to_vec())?;
    let mut columns: Vec<Column> = layout.kinds.iter().map(|(_, kind)| Column::new(*kind, ids.len())).collect();
    for id in ids {
        for (field, column) in csv::of_nation(run, *id).into_iter().zip(&mut columns) {
            match field {
                field if field.is_empty() => column.nothing(),
                field if column.kind() == Kind::Whole => {
                    column.number(field.parse().unwrap_or(0));
                }
                field => column.text(&field),
            }
        }
    }
    let rows = layout.chunks(columns, ids.len())?;
    let mut file = File::of(&layout, Vec::new())?;
    file.append(rows)?;
    file.finish(about)
}

/// What the columns of a file are.
#[derive(Debug)]
struct Layout {
    kinds: Vec<(String, Kind)>,
    schema: SchemaDescPtr,
    properties: WriterPropertiesPtr,
}

/// The results of a table's records.
#[derive(Debug)]
pub struct Table<'a> {
    model: &'a Model,
    table: TableId,
    results: Vec<Of>,
    layout: Layout,
}

/// A result, and the power of ten that its numbers stand over.
#[derive(Debug)]
struct Of {
    id: DeclarationId,
    power: i128,
    /// Whether it is a state, such as met, rather than a value.
    has_states: bool,
}

/// Records that stand in one row group, ready to be put into a file.
#[derive(Debug)]
pub struct Rows {
    chunks: Vec<Chunk>,
    records: usize,
}

impl Layout {
    fn new(kinds: Vec<(String, Kind)>) -> Result<Self, Error> {
        let fields: Result<Vec<_>, _> = kinds.iter().map(|(name, kind)| kind.schema(name).map(Arc::new)).collect();
        let root = Schema::group_type_builder("results").with_fields(fields?).build()?;
        let mut properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_offset_index_disabled(true)
            .set_created_by(format!("ringfence {}", env!("CARGO_PKG_VERSION")));
        for (name, kind) in &kinds {
            let column = ColumnPath::new(vec![name.clone()]);
            properties = properties.set_column_dictionary_enabled(column, kind.recurs());
        }
        let schema = Arc::new(SchemaDescriptor::new(Arc::new(root)));
        Ok(Self { kinds, schema, properties: Arc::new(properties.build()) })
    }

    fn chunks(&self, columns: Vec<Column>, records: usize) -> Result<Rows, Error> {
        let columns = columns.into_iter().zip(self.schema.columns());
        let chunks =
            columns.map(|(column, descriptor)| column.chunk(Arc::clone(descriptor), Arc::clone(&self.properties)));
        Ok(Rows { chunks: chunks.collect::<Result<_, _>>()?, records })
    }
}

impl<'a> Table<'a> {
    /// These results of the records of a table.
    pub fn new(model: &'a Model, options: &RunOptions, ids: Vec<DeclarationId>, table: TableId) -> Result<Self, Error> {
        let decimals = Decimals::new(model, options);
        let layout = Layout::new(kind::columns(model, &ids, table, &decimals))?;
        let power = |id: &DeclarationId| match Kind::of(model, *id, &decimals) {
            Kind::Decimal(places) => 10_i128.pow(places),
            _ => 1,
        };
        let results =
            ids.iter().map(|id| Of { id: *id, power: power(id), has_states: has_states(model, *id) }).collect();
        Ok(Self { model, table, results, layout })
    }

    /// The table.
    pub fn table(&self) -> TableId {
        self.table
    }
}

/// A file that is being written.
pub struct File<W: Write + Send> {
    writer: SerializedFileWriter<W>,
}

impl<W: Write + Send> fmt::Debug for File<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File").finish_non_exhaustive()
    }
}

impl<W: Write + Send> File<W> {
    /// A file for the results of records.
    pub fn new(table: &Table<'_>, to: W) -> Result<Self, Error> {
        Self::of(&table.layout, to)
    }

    fn of(layout: &Layout, to: W) -> Result<Self, Error> {
        let writer = SerializedFileWriter::new(to, layout.schema.root_schema_ptr(), Arc::clone(&layout.properties))?;
        Ok(Self { writer })
    }

    /// Adds records, those of one row group after those of another.
    pub fn append(&mut self, rows: Rows) -> Result<(), Error> {
        if rows.records == 0 {
            return Ok(());
        }
        let mut group = self.writer.next_row_group()?;
        for chunk in rows.chunks {
            group.append_column(&chunk.bytes, chunk.closed)?;
        }
        group.close()?;
        Ok(())
    }

    /// Ends the file with what was run: rules, date, data.
    pub fn finish(mut self, about: Vec<(String, String)>) -> Result<W, Error> {
        let about = shortened(about);
        let about = serde_json::to_string(&about).map_err(|error| ParquetError::External(Box::new(error)))?;
        self.writer.append_key_value_metadata(KeyValue::new(ABOUT.to_owned(), about));
        Ok(self.writer.into_inner()?)
    }
}
