//! Whatever the size of blocks and the number of threads, the same comes of a file as of reading it whole: the same
//! results, byte for byte, and the same problems.

use super::*;
use crate::data::blocks::Order;
use crate::data::{self, Delimited, Input};
use crate::driver;
use crate::meaning;
use crate::model::{DeclarationKind, Level, TableId};
use crate::plan;
use crate::problem::Problem;
use crate::report::{Run, Selection, Sort, csv};
use proptest::prelude::*;
use std::io::Cursor;

const DATA: &str = r#"unit admissions

data area "Council"
  code text, key "ONS code"
  fund money, at least £0 "Fund"
  admitted admissions "Admissions"
  growth percent, optional "Growth"
  submitted date, optional "Day of submission"
  agreed yes/no "Agreed"
  approved judgement, optional "Approved"

measure half "Half the fund"
  is fund / 2
  rounded to the nearest £0.01

measure each
  is fund / admitted

condition on_time
  met when submitted <= 19 September 2014
  unless agreed

decision verdict
  first match
  | on_time | agreed | verdict  |
  | yes     | any    | in time  |
  | any     | yes    | agreed   |
  | any     | any    | too late |

check enough
  holds when admitted >= 7 admissions
"#;

const NATION: &str = r#"
measure total for the nation
  is sum of fund

measure total_each for the nation
  is sum of each

measure known for the nation
  is sum of fund where fund is not missing

measure middle for the nation
  is mean of fund where fund is not missing and agreed

measure many for the nation
  is count of areas where agreed and admitted > 3 admissions

measure part for the nation
  is share of areas where agreed

measure part_known for the nation
  is share of areas where agreed is not missing and agreed

measure first for the nation
  is least of submitted where submitted is not missing

measure most for the nation
  is greatest of growth

measure ratio for the nation
  is known / count of areas

condition everyone for the nation
  met when all of agreed

condition someone for the nation
  met when any of agreed

check plenty for the nation
  holds when known >= £1,000
"#;

/// Areas rest on the nation, and the nation on those.
const BOTH: &str = r#"
measure mean_fund for the nation
  is mean of fund where fund is not missing

measure above_mean
  is fund - mean_fund

measure many_above for the nation
  is count of areas where above_mean is not missing and above_mean > £0

measure place
  is admitted / many_above
"#;

struct Rules {
    model: Model,
    sources: Sources,
    plan: Plan,
}

fn rules(texts: &[&str]) -> Rules {
    let sources = Sources::single("fund.rules", &texts.concat());
    let compiled = driver::compile(&sources);
    let model = compiled.model.unwrap_or_else(|| panic!("{:?}", compiled.problems));
    let plan = plan::from_model(&model).unwrap();
    assert!(plan.is_complete());
    Rules { model, sources, plan }
}

/// Everything that came of a file.
#[derive(Debug, PartialEq)]
struct Told {
    problems: Vec<Problem>,
    /// The results of the records, of the nation, and about the run.
    files: Option<[String; 3]>,
}

const RECORDS: Level = Level::Table(TableId(0));

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

fn whole(rules: &Rules, data: &str, sort: Sort, keeps_going: bool) -> Told {
    let input = Input { name: "area.csv".to_owned(), bytes: data.as_bytes().to_vec() };
    let (dataset, problems) = data::load(&rules.model, &[input]);
    if !keeps_going && problems.iter().any(Problem::is_error) {
        return Told { problems, files: None };
    }
    let options = RunOptions::default();
    let results = meaning::evaluate(&rules.model, &dataset, &options);
    let run = Run::new(&rules.model, &rules.sources, &dataset, &results, &options);
    let selection = Selection { sort, ..Selection::default() };
    let files = [
        csv::level(&run, &selection, RECORDS, 1).unwrap(),
        csv::level(&run, &selection, Level::Nation, 1).unwrap(),
        csv::about(run.about()).unwrap(),
    ];
    Told { problems, files: Some(files.map(text)) }
}

fn streamed(
    rules: &Rules,
    data: &str,
    order: Order,
    keeps_going: bool,
    (size, threads): (usize, usize),
) -> Result<Told, Stop> {
    let (options, progress) = (RunOptions::default(), Progress::default());
    let model = &rules.model;
    let of = |level: Level| Selection::default().declarations(model, level);
    let job = Job {
        model,
        sources: &rules.sources,
        plan: &rules.plan,
        options: &options,
        of_records: of(RECORDS),
        of_nation: of(Level::Nation),
        names_failures: true,
        writes_nation: true,
        keeps_going,
        threads,
        progress: &progress,
    };
    let making = Making::new(model, TableId(0), "area.csv", order);
    let form = Csv::new(TableId(0), of(RECORDS));
    let mut file = csv::head(model, &form.results, form.table).unwrap();
    let bytes = data.as_bytes();
    let open =
        |found: &mut data::Found| Delimited::open(&making, (Cursor::new(bytes), bytes.len() as u64), size, found);
    let done = run(&job, &making, open, &form, &mut file)?;
    if !done.has_results {
        return Ok(Told { problems: done.problems, files: None });
    }
    let run = Run::new(model, &rules.sources, &done.data, &done.results, &options).with_whys(&done.whys);
    let nation = run.failed_checks().into_iter().map(|(check, _)| Failures { check, count: 1, records: vec![None] });
    let mut failures: Vec<Failures> = done.failures.into_iter().chain(nation).collect();
    failures.sort_by_key(|failures| failures.check);
    let named = failures.into_iter().flat_map(|failures| {
        assert_eq!(failures.count, failures.records.len() as u64);
        failures.records.into_iter().map(move |record| (failures.check, record))
    });
    let files = [file, csv::nation(&run, &of(Level::Nation)).unwrap(), csv::about(run.about_with(named)).unwrap()];
    Ok(Told { problems: done.problems, files: Some(files.map(text)) })
}

fn cell(column: usize) -> BoxedStrategy<&'static str> {
    let good: &[&str] = match column {
        1 => &["£10", "12.50", "\"£1,234\"", "0", "£99999999999.99", "1/0"],
        2 => &["0", "7", "12", "3", "100000"],
        3 => &["3.5%", "3.25%", "-1%", "0"],
        4 => &["2014-09-19", "19 September 2014", "2015-01-01", "2013-02-28"],
        5 => &["yes", "no", "Yes", "No"],
        _ => &["yes", "no", "\"a \"\"b\"\"\"", ""],
    };
    let odd = vec!["", "..", "[c]", "N/A", "x,", "\"x\ny\"", "-1", "£3m", "nonsense", "1e5", "7.5"];
    prop_oneof![30 => prop::sample::select(good.to_vec()), 1 => prop::sample::select(odd)].boxed()
}

fn row() -> impl Strategy<Value = (u8, Vec<&'static str>, u8)> {
    let cells: Vec<_> = (1..=6).map(cell).collect();
    (any::<u8>(), cells, any::<u8>())
}

/// A file, and whether its keys are in order and each there once.
fn file(rows: &[(u8, Vec<&'static str>, u8)], oddness: u8, line_end: &str) -> String {
    let mut text = format!("code,fund,admitted,growth,submitted,agreed,approved,approved_by{line_end}");
    for (number, (key, cells, shape)) in rows.iter().enumerate() {
        let number = number * 3;
        let key = match key.checked_sub(255 - oddness) {
            None => format!("E{number:05}"),
            Some(0) => String::new(),
            Some(1) => format!("E{:05}", number.saturating_sub(7)),
            Some(2) => format!("E{:05}", number.saturating_sub(6)),
            Some(3) => "Total".to_owned(),
            Some(_) => format!("\"E{number:05}\""),
        };
        let line = format!("{key},{},\"Ash, by\"", cells.join(","));
        match shape {
            0 => text.push_str(line.trim_end_matches(",\"Ash, by\"")),
            1 => text.push_str(&format!("{line}{line_end}")),
            _ => text.push_str(&line),
        }
        text.push_str(line_end);
    }
    text
}

fn check(rules: &Rules, data: &str, sort: Sort, must_stream: bool) -> Result<(), TestCaseError> {
    for keeps_going in [true, false] {
        let wanted = whole(rules, data, sort, keeps_going);
        for (size, threads) in [(1, 1), (1, 2), (90, 1), (300, 2), (1 << 20, 2)] {
            let mut made = streamed(rules, data, Order::Ascending, keeps_going, (size, threads));
            if let (Err(Stop::Unordered), Sort::Input) = (&made, sort) {
                made = streamed(rules, data, Order::Any, keeps_going, (size, threads));
            }
            match made {
                Ok(told) => prop_assert_eq!(&told, &wanted, "blocks of {} by {}:\n{}", size, threads, data),
                Err(stop) => prop_assert!(!must_stream, "{:?} at {}:\n{}", stop, size, data),
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 60 } else { 1_000 }))]

    #[test]
    fn the_same_comes_of_blocks_as_of_the_whole(
        rows in prop::collection::vec(row(), 0..60),
        line_end in prop::sample::select(vec!["\n", "\r\n"]),
    ) {
        check(&rules(&[DATA]), &file(&rows, 0, line_end), Sort::Key, true)?;
    }

    #[test]
    fn keys_out_of_order_and_repeated_are_told_as_ever(
        rows in prop::collection::vec(row(), 0..60),
        oddness in 1u8..20,
        sort in prop::sample::select(vec![Sort::Key, Sort::Input]),
    ) {
        check(&rules(&[DATA]), &file(&rows, oddness, "\n"), sort, false)?;
    }

    #[test]
    fn totals_are_those_of_the_whole(rows in prop::collection::vec(row(), 0..40), has_growth in any::<bool>()) {
        let mut data = file(&rows, 0, "\n");
        if !has_growth {
            data = data.replacen("growth", "height", 1);
        }
        check(&rules(&[DATA, NATION]), &data, Sort::Key, true)?;
    }

    #[test]
    fn what_rests_on_totals_is_read_again(rows in prop::collection::vec(row(), 0..40)) {
        check(&rules(&[DATA, BOTH]), &file(&rows, 0, "\n"), Sort::Key, true)?;
    }
}

#[test]
fn other_programs_bring_their_own_files() {
    let Rules { model, sources, .. } = rules(&[DATA]);
    let data = "code,fund,admitted,growth,submitted,agreed\nE2,£10,5,,2014-09-19,yes\nE1,£20,8,1%,2014-09-20,no\n";
    let options = RunOptions::default();
    let file = File { name: "area.csv", size: data.len() as u64, sort: Sort::Input, keeps_going: false, threads: 2 };
    let run =
        |file: File<'_>| csv_to_csv((&model, &sources, &options), file, || Ok(data.as_bytes()), || Ok(Vec::new()));
    let made = run(file).unwrap();
    let lines = text(made.records.unwrap());
    assert!(lines.contains("\nE2,5,2,does not apply,in time,"), "{lines}");
    assert_eq!((made.problems.len(), made.failed_checks.len()), (0, 1));
    assert_eq!(made.failed_checks[0].1, ["E2"]);
    // In the order of keys it takes the whole file.
    assert!(run(File { sort: Sort::Key, ..file }).is_none());
}

#[test]
fn rules_with_a_rank_take_the_whole_file() {
    let rules = rules(&[DATA, "\nmeasure place\n  is rank of fund across areas from highest\n"]);
    let all: Vec<DeclarationId> = (0..rules.model.declarations.len()).map(DeclarationId::from_index).collect();
    assert!(!eval::can_fold(&rules.plan, &all));
    let checks: Vec<DeclarationId> = all
        .into_iter()
        .filter(|id| matches!(rules.model.declaration(*id).kind, DeclarationKind::Check { .. }))
        .collect();
    assert!(eval::can_fold(&rules.plan, &checks));
}
