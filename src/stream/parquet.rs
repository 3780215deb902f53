//! Parquet as a form of results: each block a row group.

use super::Form;
use crate::model::Level;
use crate::report::Run;
use crate::report::parquet::{File, Rows, Table};
use std::io::{self, Write};
use std::marker::PhantomData;

/// Parquet, to whatever takes bytes.
#[derive(Debug)]
pub(crate) struct Parquet<'t, 'a, W> {
    table: &'t Table<'a>,
    file: PhantomData<fn() -> W>,
}

impl<'t, 'a, W> Parquet<'t, 'a, W> {
    /// These results.
    pub(crate) fn new(table: &'t Table<'a>) -> Self {
        Self { table, file: PhantomData }
    }
}

impl<W: Write + Send> Form for Parquet<'_, '_, W> {
    type Rows = Rows;
    type File = File<W>;

    fn rows(&self, block: &Run<'_>) -> io::Result<Rows> {
        let rows: Vec<usize> = (0..block.rows.count(Level::Table(self.table.table()))).collect();
        self.table.rows(block, &rows).map_err(io::Error::other)
    }

    fn append(&self, file: &mut File<W>, rows: Rows) -> io::Result<()> {
        file.append(rows).map_err(io::Error::other)
    }
}

#[cfg(test)]
mod tests {
    //! Of a Parquet file, block by block, comes what comes of it whole, in either form.

    use super::*;
    use crate::data::blocks::{Making, Order, Stop};
    use crate::data::parquet::tests::written::{How, Record, how, record, typed};
    use crate::data::{self, Found, Input};
    use crate::driver;
    use crate::meaning::{self, RunOptions};
    use crate::model::{Model, TableId};
    use crate::plan;
    use crate::problem::Problem;
    use crate::report::{Selection, csv, parquet};
    use crate::source::Sources;
    use crate::stream::{self, Csv, Job, Progress};
    use ::parquet::file::reader::{FileReader, SerializedFileReader};
    use proptest::prelude::*;
    use std::io::Cursor;

    const RULES: &str = r#"unit admissions

data area "Council"
  code text, key "ONS code"
  name text "Council name"
  fund money, at least £0 "Fund"
  admitted admissions "Admissions"
  growth percent, optional "Growth"
  submitted date, optional "Day of submission"
  agreed judgement, optional "Agreed"

measure half "Half the fund"
  is fund / 2
  rounded to the nearest £0.01

measure each
  is fund / admitted

measure twice
  is admitted * 2

measure day
  is submitted

condition approved
  met when agreed

measure total for the nation
  is sum of fund where fund is not missing
"#;

    const RECORDS: Level = Level::Table(TableId(0));

    fn rows(bytes: Vec<u8>) -> Vec<String> {
        let file = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
        file.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect()
    }

    /// The problems, then the records in CSV and in Parquet, and the nation.
    type Told = (Vec<Problem>, Option<(String, Vec<String>, String)>);

    fn text(bytes: Vec<u8>) -> String {
        String::from_utf8(bytes).unwrap()
    }

    fn whole(model: &Model, bytes: &[u8], keeps_going: bool) -> Told {
        let input = Input { name: "area.parquet".to_owned(), bytes: bytes.to_vec() };
        let (dataset, problems) = data::load(model, &[input]);
        if !keeps_going && problems.iter().any(Problem::is_error) {
            return (problems, None);
        }
        let (options, sources, all) = (RunOptions::default(), Sources::default(), Selection::default());
        let results = meaning::evaluate(model, &dataset, &options);
        let run = Run::new(model, &sources, &dataset, &results, &options);
        let typed = rows(parquet::level(&run, &all, RECORDS, 1).unwrap());
        let [plain, nation] = [RECORDS, Level::Nation].map(|level| text(csv::level(&run, &all, level, 1).unwrap()));
        (problems, Some((plain, typed, nation)))
    }

    fn streamed(model: &Model, bytes: &[u8], keeps_going: bool, threads: usize) -> Result<Told, Stop> {
        let (options, progress, sources) = (RunOptions::default(), Progress::default(), Sources::default());
        let plan = plan::from_model(model).unwrap();
        let of = |level: Level| Selection::default().declarations(model, level);
        let job = Job {
            model,
            sources: &sources,
            plan: &plan,
            options: &options,
            of_records: of(RECORDS),
            of_nation: of(Level::Nation),
            names_failures: true,
            writes_nation: true,
            keeps_going,
            threads,
            progress: &progress,
        };
        let making = Making::new(model, TableId(0), "area.parquet", Order::Ascending);
        let open = |found: &mut Found| {
            let input = (Cursor::new(bytes.to_vec()), bytes.len() as u64);
            data::Parquet::open(&making, input, found)
        };
        let form = Csv::new(TableId(0), of(RECORDS));
        let mut plain = csv::head(model, &form.results, form.table).unwrap();
        let done = stream::run(&job, &making, open, &form, &mut plain)?;
        if !done.has_results {
            return Ok((done.problems, None));
        }
        let table = Table::new(model, &options, of(RECORDS), TableId(0)).unwrap();
        let mut file = File::new(&table, Vec::new()).unwrap();
        stream::run(&job, &making, open, &Parquet::new(&table), &mut file)?;
        let run = Run::new(model, &sources, &done.data, &done.results, &options).with_whys(&done.whys);
        let nation = csv::nation(&run, &of(Level::Nation)).unwrap();
        let typed = rows(file.finish(Vec::new()).unwrap());
        Ok((done.problems, Some((text(plain), typed, text(nation)))))
    }

    /// Records with keys in order, but for every so many-th.
    fn ordered(mut records: Vec<Record>, odd: usize) -> Vec<Record> {
        const KEYS: [&str; 30] = [
            "A01", "A02", "A03", "A04", "A05", "A06", "A07", "A08", "A09", "A10", "A11", "A12", "A13", "A14", "A15",
            "A16", "A17", "A18", "A19", "A20", "A21", "A22", "A23", "A24", "A25", "A26", "A27", "A28", "A29", "A30",
        ];
        for (number, (record, key)) in records.iter_mut().zip(KEYS).enumerate() {
            if (number + 1) % odd != 0 {
                record.code = Some(key);
            }
        }
        records
    }

    fn check(records: &[Record], as_type: usize, how: &How, must_stream: bool) -> Result<(), TestCaseError> {
        let model = driver::compile(&Sources::single("fund.rules", RULES)).model.unwrap();
        let bytes = typed(records, as_type, how);
        for keeps_going in [true, false] {
            let wanted = whole(&model, &bytes, keeps_going);
            for threads in [1, 3] {
                match streamed(&model, &bytes, keeps_going, threads) {
                    Ok(told) => prop_assert_eq!(&told, &wanted),
                    Err(stop) => prop_assert!(!must_stream, "{:?}", stop),
                }
            }
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 60 } else { 1_000 }))]

        #[test]
        fn the_same_comes_of_blocks_of_parquet_as_of_the_whole(
            records in prop::collection::vec(record(), 0..30),
            as_type in 0_usize..24,
            how in how(),
        ) {
            let mut records = ordered(records, usize::MAX);
            // Names that several records have take the whole file.
            records.iter_mut().for_each(|record| record.name = record.code);
            check(&records, as_type, &how, true)?;
        }

        #[test]
        fn what_takes_the_whole_of_parquet_is_told_as_ever(
            records in prop::collection::vec(record(), 0..30),
            as_type in 0_usize..24,
            how in how(),
            odd in 1_usize..20,
        ) {
            check(&ordered(records, odd), as_type, &how, false)?;
        }
    }
}
