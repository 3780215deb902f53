//! Cells as people write them, each with what it is read as.

use super::*;
use crate::data::ColumnBuilder;
use crate::model::{Dimension, Quantity, TableId, Unit, UnitId};
use crate::source::Span;
use crate::value::{MissingReason, Number, Period, PeriodKind};
use proptest::prelude::*;

fn model() -> Model {
    let unit = |name: &str, label: Option<&str>| Unit {
        name: name.into(),
        label: label.map(Into::into),
        span: Span::default(),
    };
    let mut model = Model::default();
    model.ruleset.currency = "£".into();
    model.ruleset.year_start = 4;
    model.units = vec![unit("admissions", Some("emergency admissions")), unit("people", None)];
    model
}

fn column(ty: Type) -> Column {
    Column {
        table: TableId(0),
        name: "figure".into(),
        label: None,
        ty,
        cell_base: Number::one(),
        is_judgement: false,
        is_optional: false,
        is_whole: false,
        least: None,
        greatest: None,
        breaks: Vec::new(),
        span: Span::default(),
    }
}

fn money() -> Column {
    column(Type::money())
}

fn percent() -> Column {
    column(Type::Quantity(Quantity::share()))
}

fn count() -> Column {
    Column {
        is_whole: true,
        least: Some(Number::zero()),
        ..column(Type::Quantity(Quantity::of(Dimension::unit(UnitId(0)))))
    }
}

fn rate() -> Column {
    let dimension = Dimension::unit(UnitId(0)).over(&Dimension::unit(UnitId(1)));
    Column { cell_base: Number::from(100_000), ..column(Type::Quantity(Quantity::of(dimension))) }
}

fn money_per_admission() -> Column {
    column(Type::Quantity(Quantity::of(Dimension::money().over(&Dimension::unit(UnitId(0))))))
}

fn choice(values: &[&str]) -> Column {
    column(Type::Choice(values.iter().map(|v| (*v).to_owned()).collect()))
}

fn period(kind: PeriodKind) -> Column {
    column(Type::Period(kind))
}

/// The cell as text: a number exactly, a text, or the reason for its absence.
fn shown(text: &str, column: &Column) -> String {
    match parse(text, column, &model()) {
        Ok(Cell::Known(Value::Number(number))) => number.to_string(),
        Ok(Cell::Known(Value::Text(text))) => text.to_string(),
        Ok(Cell::Known(Value::YesNo(yes))) => if yes { "yes" } else { "no" }.to_owned(),
        Ok(Cell::Known(Value::Date(date))) => date.to_string(),
        Ok(Cell::Known(Value::Period(period))) => period.to_string(),
        Ok(Cell::Known(other)) => format!("{other:?}"),
        Ok(Cell::Missing(reason)) => format!("{reason:?}"),
        Err(phrase) => format!("wants {phrase}"),
    }
}

#[track_caller]
fn all(column: &Column, cases: &[(&str, &str)]) {
    for (text, wanted) in cases {
        assert_eq!(shown(text, column), *wanted, "for {text:?}");
    }
}

#[test]
fn money_is_read_as_people_write_it() {
    all(
        &money(),
        &[
            ("£1,234.50", "1234.5"),
            ("1234.5", "1234.5"),
            ("£25,000,001", "25000001"),
            ("£10m", "10000000"),
            ("£3.8bn", "3800000000"),
            ("£20K", "20000"),
            ("£3.8 billion", "3800000000"),
            ("-£5", "-5"),
            ("£-5", "-5"),
            ("−£5", "-5"),
            ("£ 5", "5"),
            (".5", "0.5"),
            (" \u{a0}£5\u{2009}\u{200b}\u{feff}", "5"),
            (
                "0.1000000000000000000000000000000000001",
                "1000000000000000000000000000000000001/10000000000000000000000000000000000000",
            ),
        ],
    );
}

#[test]
fn money_with_a_doubt_is_refused_with_the_reason() {
    let wish = "wants an amount of money such as `£1,234.50`";
    for (text, reason) in [
        ("twelve", ""),
        ("£", ""),
        ("(1,234)", "; brackets may mark a negative figure or a remark: write `-1,234` or `1,234`"),
        ("1,23,456", "; commas stand between groups of three digits"),
        ("1,5", "; commas stand between groups of three digits; if the comma is a decimal point, write `1.5`"),
        ("1.234,56", "; commas stand between thousands and the point before decimals"),
        ("1.2.3", "; commas stand between thousands and the point before decimals"),
        ("1 234", "; there is a blank inside the number: write `1,234` or `1234`"),
        ("5.", "; nothing follows the decimal point"),
        ("5-", "; write `-5` for a negative number"),
        ("–5", "; `–` is a dash: write a minus sign, `-`"),
        ("$5", "; money is in `£` here, not in `$`"),
        ("3.5%", "; `%` makes it a share, and this column does not hold shares"),
        ("£5mn", "; `mn` is not a scale: write `k`, `m` or `bn`"),
        (
            "1.2E+06",
            "; a number in scientific notation may have lost digits: give the cells a number format and save again",
        ),
        ("12 [p]", "; `[p]` beside the figure is a note: write the figure alone"),
        ("12 pounds", "; `pounds` after the number is not the unit of this column"),
        ("--5", ""),
        ("٣", ""),
    ] {
        assert_eq!(shown(text, &money()), format!("{wish}{reason}"), "for {text:?}");
    }
    let long = "9".repeat(300);
    assert_eq!(shown(&long, &money()), format!("{wish}; the number has too many digits"));
}

#[test]
fn a_percent_needs_its_sign() {
    all(
        &percent(),
        &[
            ("3.5%", "0.035"),
            ("3.5 %", "0.035"),
            ("-2 per cent", "-0.02"),
            ("0", "0"),
            (
                "3.5",
                "wants a percent such as `3.5%`; without `%` it may be 3.5% or 350%: write `3.5%` if that is meant",
            ),
            (
                "0.035",
                "wants a percent such as `3.5%`; without `%` it may be 0.035% or 3.5%: write `0.035%` if that is meant",
            ),
            (
                "2 percentage points",
                "wants a percent such as `3.5%`; percentage points are a difference of two percents, this column holds percents",
            ),
        ],
    );
}

#[test]
fn counts_are_whole_and_not_below_zero() {
    all(
        &count(),
        &[
            ("2,500", "2500"),
            ("2,500 admissions", "2500"),
            ("2,500 Emergency Admissions", "2500"),
            ("2500.0", "2500"),
            ("0", "0"),
            ("2.5", "wants a whole number of admissions such as `1,234`; it is not whole"),
            ("-1", "wants a whole number of admissions such as `1,234`; it must be at least 0"),
            (
                "£5",
                "wants a whole number of admissions such as `1,234`; this column does not hold money: `£` has no place here",
            ),
            ("5k", "wants a whole number of admissions such as `1,234`; `k` is for money: write the number in full"),
            (
                "5 people",
                "wants a whole number of admissions such as `1,234`; `people` after the number is not the unit of this column",
            ),
        ],
    );
}

#[test]
fn rates_are_divided_by_their_base() {
    let wish = "wants a rate of admissions per 100,000 people such as `475`";
    all(
        &rate(),
        &[
            ("475", "0.00475"),
            ("475 per 100,000", "0.00475"),
            ("475 admissions per 100000 people", "0.00475"),
            ("475 per 1,000", &format!("{wish}; `per 1,000` after the number is not the unit of this column")),
        ],
    );
    all(&money_per_admission(), &[("£1,490", "1490"), ("£1,490 per admissions", "1490")]);
}

#[test]
fn bounds_are_named_as_the_column_writes_them() {
    let share = Column { greatest: Number::fraction(1, 2), ..percent() };
    all(&share, &[("50%", "0.5"), ("50.1%", "wants a percent such as `3.5%`; it must be at most 50%")]);
    let fund = Column { least: Some(Number::from(1_000)), ..money() };
    all(&fund, &[("£999.99", "wants an amount of money such as `£1,234.50`; it must be at least £1,000")]);
}

#[test]
fn dates_have_one_reading_or_none() {
    let wish = "wants a date such as `30 October 2014`";
    all(
        &column(Type::Date),
        &[
            ("30 October 2014", "2014-10-30"),
            ("30 Oct 2014", "2014-10-30"),
            ("30th October, 2014", "2014-10-30"),
            ("2 Sept 2014", "2014-09-02"),
            ("2014-10-30", "2014-10-30"),
            ("2014-10-30T00:00:00", "2014-10-30"),
            ("30/10/2014", "2014-10-30"),
            ("30.10.2014", "2014-10-30"),
            ("5/5/2014", "2014-05-05"),
            ("03/04/2014", &format!("{wish}; it may be 3 April 2014 or 4 March 2014: write the month as a word")),
            ("10/30/2014", &format!("{wish}; the month stands first: write `30 October 2014`")),
            ("October 30, 2014", &format!("{wish}; write the day first: `30 October 2014`")),
            ("30/10/14", &format!("{wish}; the year has two digits: write all four")),
            ("31 February 2015", &format!("{wish}; there is no 31 February 2015")),
            ("2015-13-01", &format!("{wish}; there is no month 13")),
            ("2014-10-30 09:30", &format!("{wish}; it has a time of day: write the date alone")),
            ("2014/10/3", &format!("{wish}; write `2014-10-03` or `3 October 2014`")),
            ("soon", wish),
            (
                "41942",
                &format!(
                    "{wish}; it looks like the number by which a spreadsheet counts days: give the cells a date format and save again"
                ),
            ),
        ],
    );
}

#[test]
fn periods_are_read_in_the_usual_spellings() {
    for text in ["Q4 2014-15", "q4 14/15", "Q4 2014/15", "2014-15 Q4", "2014/15-Q4", "Quarter 4 2014-2015"] {
        assert_eq!(shown(text, &period(PeriodKind::Quarter)), Period::quarter(2014, 4).to_string(), "for {text}");
    }
    let wish = "wants a quarter such as `Q4 2014-15`";
    all(
        &period(PeriodKind::Quarter),
        &[
            ("Q4 2014", &format!("{wish}; `2014` alone is not a financial year: write `Q4 2014-15` or `Q4 2013-14`")),
            ("Q5 2014-15", &format!("{wish}; a year has quarters 1 to 4")),
            ("Q4", &format!("{wish}; of which year? write `Q4 2014-15`")),
            ("2014-15", &format!("{wish}; which quarter of 2014-15? write `Q1 2014-15`")),
            ("Q4 2014-16", &format!("{wish}; a financial year ends in the year after it begins: `2014-15`")),
        ],
    );
    all(
        &period(PeriodKind::FinancialYear),
        &[
            ("2015-16", "2015-16"),
            ("2015/16", "2015-16"),
            ("2015-2016", "2015-16"),
            ("15/16", "2015-16"),
            ("FY 2015-16", "2015-16"),
            ("1999-00", "1999-00"),
            ("2015", "wants a financial year such as `2015-16`; `2015` may be `2015-16` or `2014-15`"),
        ],
    );
    let wish = "wants a month such as `April 2015`";
    all(
        &period(PeriodKind::Month),
        &[
            ("April 2015", "April 2015"),
            ("Apr-15", "April 2015"),
            ("2015-04", "April 2015"),
            ("04/2015", "April 2015"),
            ("2015-04-01", "April 2015"),
            ("2015-04-02", &format!("{wish}; a day within the month is not the month")),
            ("2015-16", &format!("{wish}; `2015-16` is a financial year")),
            ("2015", wish),
        ],
    );
}

#[test]
fn choices_and_yes_no_forgive_capitals_only() {
    let quality = choice(&["high", "medium", "low", "n/a"]);
    all(
        &quality,
        &[
            (" High ", "high"),
            ("N/A", "n/a"),
            ("", "Blank"),
            ("hihg", "wants `high`, `medium`, `low` or `n/a`; did you mean `high`?"),
        ],
    );
    all(&choice(&["a", "A"]), &[("a", "a"), ("A", "A")]);
    all(
        &column(Type::YesNo),
        &[
            ("Y", "yes"),
            ("TRUE", "yes"),
            ("no", "no"),
            ("1", "wants `yes` or `no`; `1` may be a count as well: write `yes` or `no`"),
            ("perhaps", "wants `yes` or `no`"),
        ],
    );
}

#[test]
fn the_reasons_for_absence_are_kept_apart() {
    use MissingReason as M;
    for (text, reason) in [
        ("", M::Blank),
        (" \u{a0}\t", M::Blank),
        ("..", M::NotAvailable),
        ("…", M::NotAvailable),
        ("[c]", M::Confidential),
        ("[x]", M::NotCollected),
        ("[Z]", M::NotApplicable),
        ("*", M::Suppressed),
        ("N/A", M::NA),
        ("na", M::NA),
        ("#N/A", M::SpreadsheetError),
        ("#DIV/0!", M::SpreadsheetError),
        ("Err:502", M::SpreadsheetError),
        ("Not yet due", M::NotYetDue),
    ] {
        for column in [money(), percent(), column(Type::Text), column(Type::Date), column(Type::YesNo)] {
            assert_eq!(parse(text, &column, &model()), Ok(Cell::Missing(reason)), "for {text:?}");
        }
    }
    assert_eq!(
        shown("–", &money()),
        "wants an amount of money such as `£1,234.50`; `–` alone may mean nil or missing: write `0` for nil, or a symbol for missing such as `..`"
    );
    assert!(shown("[low]", &money()).contains("is a note about a figure and gives none"));
    assert!(shown("####", &money()).contains("too narrow"));
}

#[test]
fn texts_keep_their_words_and_lose_their_blanks() {
    all(
        &column(Type::Text),
        &[("  Bath\u{a0}and North\r\nEast  Somerset ", "Bath and North East Somerset"), ("2015", "2015")],
    );
    let long = "a".repeat(MAX_CHARACTERS + 1);
    assert!(shown(&long, &column(Type::Text)).contains("at most"));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in ".{0,40}", quarter in "[Qq1-5 /-]{0,12}", number in "[-+£(]{0,3}[0-9.,]{0,9}[ %kmbn)]{0,3}") {
        for text in [&text, &quarter, &number] {
            for column in [
                money(), percent(), count(), rate(), choice(&["a"]), column(Type::Text), column(Type::Date),
                column(Type::YesNo), period(PeriodKind::Month), period(PeriodKind::Quarter),
                period(PeriodKind::FinancialYear),
            ] {
                let _ = parse(text, &column, &model());
            }
        }
    }
}

/// Cells near to those that are read quickly.
fn common_cell() -> impl Strategy<Value = String> {
    let figure = ("-?", "(£|\\$)?", "[0-9]{0,3}(,[0-9]{2,3}){0,2}|[0-9]{1,19}", "(\\.[0-9]{0,4})?", "(%| %|0|k)?");
    prop_oneof![
        6 => figure.prop_map(|(sign, currency, whole, decimals, tail)| format!("{sign}{currency}{whole}{decimals}{tail}")),
        2 => "(yes|no|Yes|NO|y|true|FALSE|1|0)",
        2 => "(1[0-9]{3}|20[0-9]{2}|[0-9]{3})-(0[0-9]|1[0-3])-([0-3][0-9]|[1-9])",
        2 => "[ A-Za-z0-9:./*\\[\\]#é-]{0,14}",
        1 => "(|\\.\\.|n/a|NA|N\\.A\\.|not yet due|\\[c\\]|\\*|-|#N/A|Err:502|E0600|Q4 2014-15|2015-16| x|x  y)",
    ]
}

proptest! {
    #[test]
    fn a_tidy_text_stays_and_another_becomes_one(text in "[ a1£.\t\u{a0}\u{200b}\n-]{0,6}") {
        let tidied = tidy(&text);
        // With a sign that nobody sees it is never tidy already.
        prop_assert_eq!(&tidied, &tidy(&format!("{text}\u{200b}")));
        prop_assert_eq!(&tidied, &tidy(&tidied));
        prop_assert!(!tidied.starts_with(' ') && !tidied.ends_with(' ') && !tidied.contains("  "));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]
    #[test]
    fn what_is_read_quickly_is_what_is_read_with_care(texts in prop::collection::vec(common_cell(), 1..8)) {
        let model = model();
        let at_least = |least: i64| Some(Number::from(least));
        let columns = [
            money(),
            Column { least: at_least(0), greatest: Number::fraction(9_999_995, 1_000), ..money() },
            percent(),
            Column { least: Number::fraction(1, 10_000), greatest: at_least(1), ..percent() },
            column(Type::Quantity(Quantity::points())),
            count(),
            rate(),
            money_per_admission(),
            column(Type::Text),
            column(Type::YesNo),
            column(Type::Date),
            column(Type::Period(PeriodKind::Quarter)),
            column(Type::Choice(["yes", "N/A", "x y", "E0600", ""].map(str::to_owned).into())),
        ];
        for column in &columns {
            let mut quick = Quick::new(column, &model);
            // Each twice: what one cell was like is tried for the next.
            for text in texts.iter().flat_map(|text| [text, text]) {
                let careful = read(text, column, &model);
                let mut builder = ColumnBuilder::new(&column.ty);
                let line = format!("E0600001,{text},");
                if quick.read(&line, 9, 9 + text.len(), &mut builder) {
                    prop_assert_eq!(Ok(builder.finish().get(0)), careful, "{:?} in {:?}", text, column.ty);
                } else {
                    prop_assert!(builder.is_empty());
                    if let Ok(cell) = careful {
                        quick.learn(text.as_bytes(), &cell);
                    }
                }
            }
        }
    }
}
