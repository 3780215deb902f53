//! The program as a person runs it: arguments, exit codes, what is on stdout and what on stderr.

mod amendments;
mod check;
mod diff;
mod doc;
mod eval;
mod explain;
mod fmt;
mod output;
mod parquet;
mod scenarios;
mod stream;
mod usage;

use assert_cmd::Command;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Rules of a small fund with an area level, a series, conditions, a check and a scenario.
const RULES: &str = r#"rules small_fund "Small fund"
  status in force
  applies 1 April 2015 to 31 March 2016

source letter "Letter to councils" 1 March 2015

unit admissions

data area
  code         text, key           "ONS code"
  name         text                "Area"
  pooled_fund  money               "Pooled fund"
  share        money, at least £0  "Share"
  submitted    date                "Plan submitted"
  agreed       yes/no              "Plan agreed"

data quarter for each area, Q1 2015-16 to Q2 2015-16
  planned  admissions  "Planned"
  actual   admissions  "Actual"

parameter deadline "Last day"
  is 19 September 2014
  source letter

parameter value "Value of an admission"
  is £1,000 per admissions
  unverified "worked back from the total"

condition on_time "Submitted on time"
  met when submitted <= deadline
  source letter

condition joint "Plan agreed by all"
  met when agreed

measure avoided "Fewer admissions"
  is sum of (quarter.planned - quarter.actual)

measure pot "Pot"
  is avoided * value
  at least £0
  at most share
  source letter "page 2"

payment part "Payment" for each quarter
  is pot / 3
  rounded to the nearest £1
  only if joint

measure quotient "Pooled for each pound of share"
  is pooled_fund / share

check within_share "The pot is within the share"
  holds when pot <= share

measure total "Pots" for the nation
  is sum of pot

measure on_time_plans "Plans on time" for the nation
  is count of areas where on_time

scenario capped "The share is the most"
  given area share £500
  given quarter
    | period     | planned | actual |
    | Q1 2015-16 |      10 |      5 |
    | Q2 2015-16 |      10 |      5 |
  expect pot is £500
  because constructed
"#;

const AREAS: &str = "\
code,name,pooled_fund,share,submitted,agreed
E2,Southtown,\"£12,000,000.50\",£9000,20 September 2014,yes
E1,Northtown,£10m,£9000,19 September 2014,no
E3,Westtown,£1m,£0,..,yes
";

const QUARTERS: &str = "\
area,period,planned,actual
E1,Q1 2015-16,10,7
E1,Q2 2015-16,10,6
E2,Q1 2015-16,10,8
E2,Q2 2015-16,10,
E3,Q1 2015-16,10,10
E3,Q2 2015-16,10,10
";

/// A folder with the rules and their illustrative data.
struct Fund {
    folder: TempDir,
}

impl Fund {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let fund = Self { folder };
        fund.write("fund.rules", RULES);
        std::fs::create_dir(fund.path("data")).unwrap();
        fund.write("data/area.csv", AREAS);
        fund.write("data/quarter.illustrative.csv", QUARTERS);
        fund
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs the program inside the folder.
    #[track_caller]
    fn run(&self, args: &[&str]) -> Ran {
        Ran::of(program().current_dir(self.folder.path()).args(args))
    }
}

/// The program with nothing of the terminal of whoever runs the tests.
fn program() -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("ringfence"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "TERM"] {
        command.env_remove(name);
    }
    command
}

/// What a run gave.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    #[track_caller]
    fn of(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Asserts the exit code and shows all where it is another.
    #[track_caller]
    fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\n--- stdout\n{}\n--- stderr\n{}", self.out, self.err);
        self
    }
}

/// The files of a folder, by name.
fn listed(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
