//! The whole job written by hand: a data file in, the results of the areas out, byte for byte what the program writes.

use super::DATA;
use super::areas::{Answer, Area, CONDITIONS};
use super::plain;
use super::results::{MISSING, Results};
use super::table::Table;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Reads a data file and writes the results.
pub(crate) fn run(data: &Path, out: &Path) -> io::Result<()> {
    let bytes = std::fs::read(data)?;
    let mut out = BufWriter::with_capacity(1 << 18, std::fs::File::create(out)?);
    out.write_all(HEADER)?;
    let (mut line, mut table) = (Vec::with_capacity(400), Table::default());
    let mut codes: Vec<&[u8]> = Vec::new();
    let mut row = 1;
    let mut lines = bytes.split(|byte| *byte == b'\n');
    lines.next();
    // A block at a time, so that the columns stay in the cache.
    loop {
        table.clear();
        codes.clear();
        for text in lines.by_ref().take(1_024).filter(|text| !text.is_empty()) {
            let mut fields = text.split(|byte| *byte == b',');
            codes.push(fields.next().ok_or_else(malformed)?);
            table.push(&area(&mut fields).ok_or_else(malformed)?);
        }
        if codes.is_empty() {
            break;
        }
        let results = plain::evaluate(&table);
        for (at, code) in codes.iter().enumerate() {
            row += 1;
            line.clear();
            write_line(&mut line, &results, &table, at, code, row);
            out.write_all(&line)?;
        }
    }
    out.flush()
}

const HEADER: &[u8] = b"code,pool_large_enough,conditions_met,submitted_on_time,target_admissions,payment_1,payment_2,\
payment_3,payment_4,payments,released,care_home_rate,care_home_rate_improved,assurance,missing\n";

fn malformed() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "not a data file of the benchmarks")
}

/// The figures of a line after its code.
fn area<'a>(fields: &mut impl Iterator<Item = &'a [u8]>) -> Option<Area> {
    let mut next = || fields.next();
    Some(Area {
        number: 0,
        minimum_fund: scaled(next()?)?,
        pooled_fund: scaled(next()?)?,
        baseline: [whole(next()?)?, whole(next()?)?, whole(next()?)?, whole(next()?)?],
        actual: [whole(next()?)?, whole(next()?)?, whole(next()?)?, whole(next()?)?],
        target_reduction: i32::try_from(scaled(next()?.strip_suffix(b"%")?)?).ok()?,
        pot: scaled(next()?)?,
        people: whole(next()?)?,
        moves: whole(next()?)?,
        rate_before: i32::try_from(scaled(next()?)?).ok()?,
        conditions: [
            answer(next()?)?,
            answer(next()?)?,
            answer(next()?)?,
            answer(next()?)?,
            answer(next()?)?,
            answer(next()?)?,
        ],
        exempt: answer(next()?)? == Answer::Yes,
        submitted: date(next()?)?,
    })
}

fn digits(text: &[u8]) -> Option<i64> {
    let mut number = 0_i64;
    for byte in text {
        let digit = byte.checked_sub(b'0').filter(|digit| *digit < 10)?;
        number = number.checked_mul(10)?.checked_add(i64::from(digit))?;
    }
    (!text.is_empty()).then_some(number)
}

fn whole(text: &[u8]) -> Option<i32> {
    i32::try_from(digits(text)?).ok()
}

/// A figure with two decimals, in hundredths.
fn scaled(text: &[u8]) -> Option<i64> {
    let (whole, [b'.', decimals @ ..]) = text.split_at_checked(text.len().checked_sub(3)?)? else { return None };
    digits(whole)?.checked_mul(100)?.checked_add(digits(decimals)?)
}

fn answer(text: &[u8]) -> Option<Answer> {
    match text {
        b"yes" => Some(Answer::Yes),
        b"no" => Some(Answer::No),
        b".." => Some(Answer::Missing),
        _ => None,
    }
}

fn date(text: &[u8]) -> Option<i32> {
    let (year, month, day) = (text.get(..4)?, text.get(5..7)?, text.get(8..)?);
    Some(whole(year)? * 10_000 + whole(month)? * 100 + whole(day)?)
}

fn write_line(line: &mut Vec<u8>, results: &Results, table: &Table, at: usize, code: &[u8], row: usize) {
    line.extend_from_slice(code);
    let state = |met: bool| if met { b",met".as_slice() } else { b",not met" };
    line.extend_from_slice(state(results.pool_large_enough[at]));
    let conditions = [",not met", ",met", ",does not apply", ",cannot determine"][results.conditions_met[at] as usize];
    line.extend_from_slice(conditions.as_bytes());
    line.extend_from_slice(state(results.on_time[at]));
    write_scaled(line, results.target_admissions[at], 4);
    for payment in &results.payment {
        write_scaled(line, payment[at], 2);
    }
    write_scaled(line, results.payments[at], 2);
    let released_is_open = results.released[at] == MISSING;
    if released_is_open {
        line.push(b',');
    } else {
        write_scaled(line, results.released[at], 2);
    }
    write_quotient(line, results.rate[at]);
    line.extend_from_slice(state(results.improved[at]));
    line.push(b',');
    let assurance = results.assurance[at].name();
    line.extend_from_slice(assurance.as_bytes());
    line.push(b',');
    if conditions == ",cannot determine" {
        write_reasons(line, table, at, code, row, released_is_open, assurance.is_empty());
    }
    line.push(b'\n');
}

/// How many reasons are named.
const MOST_NAMED: usize = 3;

/// What is missing, and why.
fn write_reasons(
    line: &mut Vec<u8>,
    table: &Table,
    at: usize,
    code: &[u8],
    row: usize,
    released: bool,
    assurance: bool,
) {
    let mut text = "conditions_met".to_owned();
    text.push_str(if released { ", released" } else { "" });
    text.push_str(if assurance { ", assurance" } else { "" });
    let code = String::from_utf8_lossy(code);
    let mut before = ": ";
    let missing = CONDITIONS.iter().zip(&table.conditions).filter(|(_, answers)| answers[at] == Answer::Missing);
    let count = missing.clone().count();
    for (name, _) in missing.take(MOST_NAMED) {
        text.push_str(&format!("{before}{name} of {code} is `..` (not available) ({DATA}, row {row})"));
        before = "; ";
    }
    if count > MOST_NAMED {
        text.push_str(&format!("; and {} more", count - MOST_NAMED));
    }
    // The text has commas, and no quotes.
    line.push(b'"');
    line.extend_from_slice(text.as_bytes());
    line.push(b'"');
}

fn write_digits(line: &mut Vec<u8>, mut number: u64, least: usize) {
    let mut digits = [b'0'; 20];
    let mut from = 20;
    while number > 0 {
        from -= 1;
        digits[from] = b'0' + (number % 10) as u8;
        number /= 10;
    }
    line.extend_from_slice(&digits[from.min(20 - least)..]);
}

/// A figure that is not below zero, with at most so many decimals.
fn write_scaled(line: &mut Vec<u8>, figure: i64, decimals: u32) {
    line.push(b',');
    let (figure, scale) = (figure.unsigned_abs(), 10_u64.pow(decimals));
    write_digits(line, figure / scale, 1);
    write_decimals(line, figure % scale, decimals as usize);
}

/// Decimals, without the noughts at the end.
fn write_decimals(line: &mut Vec<u8>, decimals: u64, places: usize) {
    if decimals == 0 {
        return;
    }
    line.push(b'.');
    write_digits(line, decimals, places);
    while line.last() == Some(&b'0') {
        line.pop();
    }
}

/// A quotient below one: exactly where 24 decimals hold it, else rounded to twelve.
fn write_quotient(line: &mut Vec<u8>, (above, below): (i32, i32)) {
    const SCALE: u64 = 1_000_000_000_000;
    let (above, below) = (u64::from(above.unsigned_abs()), u64::from(below.unsigned_abs()));
    line.extend_from_slice(b",0");
    let (first, rest) = (above * SCALE / below, above * SCALE % below);
    let (second, last) = (rest * SCALE / below, rest * SCALE % below);
    if last == 0 && second > 0 {
        line.push(b'.');
        write_digits(line, first, 12);
        write_digits(line, second, 12);
        while line.last() == Some(&b'0') {
            line.pop();
        }
    } else {
        let up = u64::from(last > 0 && rest * 2 >= below);
        // Rounded, all twelve places are written.
        if last > 0 {
            line.push(b'.');
            write_digits(line, first + up, 12);
        } else {
            write_decimals(line, first, 12);
        }
    }
}
