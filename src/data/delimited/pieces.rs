//! Cutting a text where records begin.

use memchr::memchr;

/// How many bytes a piece has, its last record apart. Tests cut what they read into many pieces.
pub(super) const SIZE: usize = if cfg!(test) { 64 } else { 4 << 20 };

/// The pieces of a text that begins where a record does, each of whole records.
pub(super) fn cut(text: &str, separator: u8, has_quotes: bool) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while rest.len() > SIZE {
        let Some(end) = record_end(rest.as_bytes(), separator, has_quotes, SIZE) else { break };
        let Some((piece, after)) = rest.split_at_checked(end) else { break };
        pieces.push(piece);
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(rest);
    }
    pieces
}

/// Where the first record ends that ends after `least` bytes; nothing where only the text ends it.
pub(super) fn record_end(bytes: &[u8], separator: u8, has_quotes: bool, least: usize) -> Option<usize> {
    let from = |at: usize| bytes.get(at..).unwrap_or_default();
    let mut at = 0;
    if has_quotes {
        // From quoted field to quoted field until one ends after `least`.
        while let Some(quote) = memchr(b'"', from(at)) {
            let (outside, quote) = (at.max(least), at + quote);
            if let Some(end) = memchr(b'\n', bytes.get(outside..quote).unwrap_or_default()) {
                return Some(outside + end + 1);
            }
            at = if opens(bytes, separator, quote) { quoted_end(bytes, quote)? } else { quote + 1 };
        }
    }
    let outside = at.max(least);
    Some(outside + memchr(b'\n', from(outside))? + 1)
}

/// How many rows a text of whole records has, blank ones too.
pub(super) fn rows(bytes: &[u8], separator: u8, has_quotes: bool) -> u64 {
    if !has_quotes {
        return line_ends(bytes);
    }
    let (mut at, mut rows) = (0, 0);
    while let Some(quote) = memchr(b'"', bytes.get(at..).unwrap_or_default()) {
        let quote = at + quote;
        rows += line_ends(bytes.get(at..quote).unwrap_or_default());
        at = match opens(bytes, separator, quote) {
            true => quoted_end(bytes, quote).unwrap_or(bytes.len()),
            false => quote + 1,
        };
    }
    rows + line_ends(bytes.get(at..).unwrap_or_default())
}

fn line_ends(bytes: &[u8]) -> u64 {
    let ends = memchr::memchr_iter(b'\n', bytes).count();
    let is_alone = |at: &usize| bytes.get(at + 1) != Some(&b'\n');
    let more = memchr::memchr_iter(b'\r', bytes).filter(is_alone).count();
    u64::try_from(ends + more).unwrap_or(u64::MAX)
}

/// Whether a quote begins a field.
fn opens(bytes: &[u8], separator: u8, quote: usize) -> bool {
    let before = quote.checked_sub(1).and_then(|before| bytes.get(before));
    before.is_none_or(|before| *before == separator || matches!(before, b'\n' | b'\r'))
}

/// The place after the quote that closes the one here.
fn quoted_end(bytes: &[u8], open: usize) -> Option<usize> {
    let mut at = open + 1;
    loop {
        let close = at + memchr(b'"', bytes.get(at..)?)?;
        if bytes.get(close + 1) != Some(&b'"') {
            return Some(close + 1);
        }
        at = close + 2;
    }
}

#[cfg(test)]
mod tests {
    use super::super::records::Records;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pieces_begin_where_records_do(
            text in "([a-z0-9]{0,6}|[,,\"\n\r]|\"[a-z\n,]{0,9}\"|,\"a\"\"b\",){0,40}",
            least in 0usize..60,
        ) {
            let (mut records, mut fields) = (Records::new(&text, b','), Vec::new());
            let mut ends = Vec::new();
            while records.next(&mut fields).1 {
                ends.push(records.position());
            }
            let has_quotes = text.contains('"');
            if let Some(end) = record_end(text.as_bytes(), b',', has_quotes, least) {
                // Where a record ends, blank lines below it apart.
                let (before, _) = text.split_at(end);
                let last = before.trim_end_matches(['\n', '\r']).len();
                let is_end = |found: &usize| *found <= end && *found >= last;
                prop_assert!(end > least && (last == 0 || ends.iter().any(is_end)), "{end} {ends:?}");
            }
            if text.ends_with('\n') {
                let (mut records, mut number) = (Records::new(&text, b','), 0);
                while let (blank, is_there) = records.next(&mut fields) && is_there {
                    number += blank + 1;
                }
                // Blank lines at the end are rows too, and a quote that is never closed takes in the last end.
                let ends = text.bytes().rev().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
                let counted = rows(text.as_bytes(), b',', has_quotes);
                prop_assert!(counted + 1 >= number && counted <= number + u64::try_from(ends).unwrap());
            }
        }
    }
}
