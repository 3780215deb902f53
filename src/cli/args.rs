//! What can be asked of the program: commands, options, and their help.
//!
//! In: the words of a command line. Out: [`Args`]. Nothing is read or opened here.

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum, ValueHint};
use std::num::NonZero;
use std::path::PathBuf;

const AFTER: &str = "\
Exit codes: 0 all is well; 1 problems in rules or data, failed scenarios or checks;
2 wrong use, or a file that cannot be read or written; 3 an error of the program itself.";

/// The command line.
#[derive(Debug, Parser)]
#[command(name = "ringfence", version, about = "Checks and applies the conditions on public money", after_help = AFTER)]
pub(super) struct Args {
    /// What holds for every command.
    #[command(flatten)]
    pub(super) global: Global,
    /// What to do.
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Options of every command.
#[derive(Debug, Clone, ClapArgs)]
pub(super) struct Global {
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Output")]
    pub(super) color: Color,
    /// Say nothing but results and errors
    #[arg(long, short, global = true, help_heading = "Output")]
    pub(super) quiet: bool,
    /// Lay tables and messages out for this many columns
    #[arg(long, global = true, value_name = "COLUMNS", help_heading = "Output",
          value_parser = clap::value_parser!(u16).range(40..=1000))]
    pub(super) width: Option<u16>,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set; elsewhere if CLICOLOR_FORCE is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Find every mistake in rules files
    Check(Check),
    /// Apply a rules file to data
    Eval(Eval),
    /// Say why a result is what it is
    Explain(Explain),
    /// Run the scenarios of rules files
    Test(Test),
    /// Say what changed between two rulesets, and what that does to the areas
    Diff(Diff),
    /// Bring rules files into the one layout
    Fmt(Fmt),
    /// Print a ruleset whole, with its amendments
    Show(Show),
    /// Print the steps in which a rules file is run over columns of data
    Plan(Plan),
    /// Describe a kind of problem, or list them all
    ExplainCode(ExplainCode),
    /// Write the rulebook of a rules file, or of a folder of them, as a document
    Doc(Doc),
    /// Write the workbook that an area fills in
    Template(Template),
    /// Print the completions of a shell
    Completions(Completions),
}

/// `check`.
#[derive(Debug, ClapArgs)]
pub(super) struct Check {
    /// Rules files, or folders of them; `-` is standard input
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) files: Vec<String>,
    /// Report what is not verified, and how many results rest on it
    #[arg(long)]
    pub(super) unverified: bool,
    /// How to show the problems
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: TextOrJson,
    /// Treat warnings as errors
    #[arg(long)]
    pub(super) deny_warnings: bool,
}

/// The rules, the data and the law that a run applies.
#[derive(Debug, Clone, ClapArgs)]
pub(super) struct Run {
    /// The rules file
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) file: String,
    /// Data: a folder of CSV or Parquet files, a workbook (.xlsx, .ods), a .json, .csv or .parquet file, or `-` for
    /// standard input
    #[arg(long, short, value_name = "PATH", num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub(super) data: Vec<String>,
    /// Apply the law as at this date, for example `1 April 2015` or 2015-04-01
    #[arg(long, value_name = "DATE")]
    pub(super) as_at: Option<String>,
    /// Give a parameter another value, for example `least_reduction=3%`
    #[arg(long, value_name = "NAME=VALUE")]
    pub(super) set: Vec<String>,
    /// How many threads to use, all processors if not given; the results are the same whatever the number
    #[arg(long, value_name = "N")]
    pub(super) threads: Option<NonZero<usize>>,
}

/// `eval`.
#[derive(Debug, ClapArgs)]
pub(super) struct Eval {
    /// The rules, the data and the law.
    #[command(flatten)]
    pub(super) run: Run,
    /// Show only these areas, by key or name
    #[arg(long, value_name = "AREA")]
    pub(super) area: Vec<String>,
    /// Show only these results, by name
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(super) only: Vec<String>,
    /// Show only these levels: `nation`, or the name of a data table
    #[arg(long, value_name = "LEVEL", value_delimiter = ',')]
    pub(super) level: Vec<String>,
    /// What to write; told from the name of --out if not given
    #[arg(long, value_name = "FORMAT")]
    pub(super) format: Option<EvalFormat>,
    /// Write here instead of to standard output; a folder for CSV or Parquet of several levels
    #[arg(long, short, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) out: Option<PathBuf>,
    /// Evaluate the rows that are good although the data has errors
    #[arg(long)]
    pub(super) keep_going: bool,
    /// Compare every result with the reference interpreter, which defines the language; exit 3 if one differs
    #[arg(long)]
    pub(super) verify: bool,
    /// The order of rows
    #[arg(long, value_name = "ORDER", default_value = "key")]
    pub(super) sort: SortBy,
}

/// The order of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SortBy {
    /// By key
    Key,
    /// As in the data
    Input,
}

/// What `eval` can write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum EvalFormat {
    /// A table to read
    Table,
    /// Everything, exactly
    Json,
    /// A table for a spreadsheet or a program
    Csv,
    /// A table for a program, with types, where built with Parquet
    Parquet,
    /// A workbook
    Xlsx,
}

/// Text to read or JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TextOrJson {
    /// Text to read
    Text,
    /// JSON
    Json,
}

/// `explain`.
#[derive(Debug, Clone, ClapArgs)]
pub(super) struct Explain {
    /// The rules, the data and the law.
    #[command(flatten)]
    pub(super) run: Run,
    /// The result to explain, for example `performance_pot`
    #[arg(value_name = "NAME")]
    pub(super) name: Option<String>,
    /// The area, by key or name
    #[arg(long, value_name = "AREA")]
    pub(super) area: Option<String>,
    /// The period, for example `Q4 2014-15`, or the key of another record within the area
    #[arg(long, value_name = "PERIOD", visible_alias = "record")]
    pub(super) period: Option<String>,
}

/// `test`.
#[derive(Debug, ClapArgs)]
pub(super) struct Test {
    /// Rules files
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) files: Vec<String>,
    /// How to show what came of them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: TextOrJson,
}

/// `diff`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Exit codes: 0 nothing comes out differently; 1 something does, or without data can;
2 wrong use, or problems in rules or data; 3 an error of the program itself.")]
pub(super) struct Diff {
    /// The old rules file; alone, an amendment, which is compared with what it amends
    #[arg(value_name = "OLD", value_hint = ValueHint::FilePath)]
    pub(super) old: String,
    /// The new rules file, or an amendment
    #[arg(value_name = "NEW", value_hint = ValueHint::FilePath)]
    pub(super) new: Option<String>,
    /// Data for both: a folder of CSV or Parquet files, a workbook (.xlsx, .ods), a .json, .csv or .parquet file
    #[arg(long, short, value_name = "PATH", num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub(super) data: Vec<String>,
    /// Data for the old rules, where they are others
    #[arg(long, value_name = "PATH", num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub(super) data_old: Vec<String>,
    /// Data for the new rules, where they are others
    #[arg(long, value_name = "PATH", num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub(super) data_new: Vec<String>,
    /// Apply the law of both as at this date; else each as at its first day
    #[arg(long, value_name = "DATE")]
    pub(super) as_at: Option<String>,
    /// Give a parameter another value in both, for example `least_reduction=3%`
    #[arg(long, value_name = "NAME=VALUE")]
    pub(super) set: Vec<String>,
    /// How many of the largest movers to name
    #[arg(long, value_name = "NUMBER", default_value_t = 5)]
    pub(super) top: u16,
    /// What to write; told from the name of --out if not given
    #[arg(long, value_name = "FORMAT")]
    pub(super) format: Option<DiffFormat>,
    /// Write here instead of to standard output
    #[arg(long, short, value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub(super) out: Option<PathBuf>,
    /// Exit 0 although there are changes
    #[arg(long)]
    pub(super) exit_zero: bool,
}

/// What `diff` can write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    /// Text to read
    Text,
    /// Markdown
    Md,
    /// HTML that stands on its own
    Html,
    /// Everything, exactly
    Json,
}

/// `fmt`.
#[derive(Debug, ClapArgs)]
pub(super) struct Fmt {
    /// Rules files; `-` is standard input, written to standard output
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) files: Vec<String>,
    /// Write nothing; exit 1 if a file would change
    #[arg(long)]
    pub(super) check: bool,
    /// Write nothing; show what would change
    #[arg(long)]
    pub(super) diff: bool,
}

/// `show`.
#[derive(Debug, ClapArgs)]
pub(super) struct Show {
    /// The rules file: a ruleset, or an amendment
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) file: String,
    /// As it stood on this date, for example `1 July 2015` or 2015-07-01; without it, with every amendment in force
    #[arg(long, value_name = "DATE")]
    pub(super) as_at: Option<String>,
}

/// `explain-code`.
#[derive(Debug, ClapArgs)]
pub(super) struct ExplainCode {
    /// The code, for example `names::unknown`; without it, all codes
    #[arg(value_name = "CODE")]
    pub(super) code: Option<String>,
}

/// `doc`.
#[derive(Debug, ClapArgs)]
pub(super) struct Doc {
    /// The rules file, or a folder of rules files
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) path: String,
    /// What to write; told from the name of --out if not given, else Markdown
    #[arg(long, value_name = "FORMAT")]
    pub(super) format: Option<DocFormat>,
    /// Write here instead of to standard output
    #[arg(long, short, value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub(super) out: Option<PathBuf>,
    /// What the document is called; without it, what the ruleset or the folder is called
    #[arg(long, value_name = "TITLE")]
    pub(super) title: Option<String>,
}

/// What `doc` can write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DocFormat {
    /// Markdown
    Md,
    /// One HTML file, for the screen and for paper
    Html,
}

/// `plan`.
#[derive(Debug, ClapArgs)]
pub(super) struct Plan {
    /// The rules file
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) file: String,
}

/// `template`.
#[derive(Debug, ClapArgs)]
pub(super) struct Template {
    /// The rules file
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) file: String,
    /// The workbook to write
    #[arg(long, short, value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub(super) out: PathBuf,
}

/// `completions`.
#[derive(Debug, ClapArgs)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(super) shell: clap_complete::Shell,
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_consistent() {
        <super::Args as clap::CommandFactory>::command().debug_assert();
    }
}
