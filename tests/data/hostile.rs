//! Bytes that nobody means well: every one of them ends with a problem or with data, never otherwise.

use super::workbook::{areas, ods, zipped};
use super::{AREAS, QUARTERS, model};
use proptest::prelude::*;
use ringfence::data::{Input, load};
use std::io::Read;

fn feed(name: &str, bytes: Vec<u8>) {
    let (data, problems) = load(&model(), &[Input { name: name.to_owned(), bytes }]);
    assert_eq!(data.tables.len(), 2);
    assert!(!problems.is_empty());
    for (table, data) in [6usize, 3].iter().zip(&data.tables) {
        assert_eq!(data.columns.len(), *table);
        assert!(data.columns.iter().all(|cells| cells.len() == data.rows));
        assert!(data.parents.iter().all(|rows| rows.len() == data.rows));
    }
}

/// The files of a workbook with every kind of cell, unpacked.
fn unpacked() -> Vec<(String, String)> {
    let mut book = rust_xlsxwriter::Workbook::new();
    areas(&mut book);
    let bytes = book.save_to_buffer().unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

/// A text with a piece of it replaced.
fn disturbed(text: &str, at: usize, length: usize, by: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let start = at % (letters.len() + 1);
    let end = (start + length).min(letters.len());
    letters[..start].iter().copied().chain(by.chars()).chain(letters[end..].iter().copied()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for name in ["area.csv", "a.xlsx", "a.ods", "a.json"] {
            feed(name, bytes.clone());
        }
        feed("a.xlsx", [b"PK\x03\x04".to_vec(), bytes].concat());
    }

    #[test]
    fn disturbed_texts_are_survived(at in any::<usize>(), length in 0usize..30, by in "[\"\n\r,;{}\\[\\]0-9eE.£%-]{0,8}") {
        feed("area.csv", disturbed(AREAS, at, length, &by).into_bytes());
        feed("quarter.csv", disturbed(QUARTERS, at, length, &by).into_bytes());
        let json = r#"{"area":[{"code":"E1","name":"A","pooled_fund":1,"quarter":[{"period":"Q4 2014-15"}]}]}"#;
        feed("a.json", disturbed(json, at, length, &by).into_bytes());
    }

    #[test]
    fn disturbed_workbooks_are_survived(which in any::<prop::sample::Index>(), at in any::<usize>(), length in 0usize..20, by in "[<>/\"=A-Z0-9:% ]{0,8}") {
        let mut files = unpacked();
        let chosen = which.index(files.len());
        files[chosen].1 = disturbed(&files[chosen].1, at, length, &by);
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        feed("a.xlsx", zipped(&files));
        let content = r#"<table:table table:name="area"><table:table-row><table:table-cell office:value-type="float" office:value="1.5" table:number-columns-repeated="2" table:number-rows-spanned="3"><text:p>a&amp;b</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table>"#;
        feed("a.ods", ods(&disturbed(content, at, length, &by)));
    }
}

#[test]
fn deep_and_wide_documents_are_survived() {
    feed("a.json", "[".repeat(1 << 20).into_bytes());
    feed("a.json", format!("{{\"area\":{}", "[".repeat(1 << 20)).into_bytes());
    feed("a.json", "{\"area\":".repeat(1 << 16).into_bytes());
    feed("area.csv", ",".repeat(1 << 20).into_bytes());
    feed("area.csv", "\"".repeat(1 << 20).into_bytes());
    feed("area.csv", "x\n".repeat(1 << 16).into_bytes());
    feed("a.ods", ods(&"<table:table table:name=\"area\">".repeat(1 << 16)));
}
