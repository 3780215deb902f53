//! From bytes to text: UTF-8, UTF-16 with its mark, and Windows-1252, which old spreadsheets write.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// The text of a file and how it was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Decoded<'b> {
    /// UTF-8, or UTF-16 with a byte-order mark.
    Certain(Cow<'b, str>),
    /// No UTF-8; as Windows-1252 every byte is a letter.
    Windows1252(String),
    /// Bytes that are letters in none of them, at this line.
    Unknown {
        /// The first line with such a byte, from 1.
        line: u64,
    },
    /// Not a text at all, with the reason.
    NotText(&'static str),
}

/// Decodes a text file.
pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some(what) = other_format(bytes) {
        return Decoded::NotText(what);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        if encoding == UTF_16LE || encoding == UTF_16BE {
            let (text, has_errors) = encoding.decode_without_bom_handling(rest);
            return if has_errors { Decoded::Unknown { line: 1 } } else { text_or_not(text) };
        }
        return decode_utf8(rest);
    }
    decode_utf8(bytes)
}

fn decode_utf8(bytes: &[u8]) -> Decoded<'_> {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return text_or_not(Cow::Borrowed(text)),
        Err(error) => error,
    };
    let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
    let undefined = |byte: &u8| matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d);
    if !before.is_ascii() || bytes.iter().any(undefined) {
        let line = before.iter().filter(|byte| **byte == b'\n').count();
        return Decoded::Unknown { line: u64::try_from(line).unwrap_or(u64::MAX).saturating_add(1) };
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    match text_or_not(text) {
        Decoded::Certain(text) => Decoded::Windows1252(text.into_owned()),
        other => other,
    }
}

fn text_or_not(text: Cow<'_, str>) -> Decoded<'_> {
    if memchr::memchr(0, text.as_bytes()).is_some() {
        Decoded::NotText("it is not a text")
    } else {
        Decoded::Certain(text)
    }
}

/// Files of another kind under the wrong name.
pub(super) fn other_format(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Some("it is a workbook or an archive, not a text");
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Some("it is an old or password-protected workbook, not a text");
    }
    bytes.starts_with(b"%PDF").then_some("it is a PDF, not a text")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_encodings_are_told_apart() {
        assert_eq!(decode("£5".as_bytes()), Decoded::Certain("£5".into()));
        assert_eq!(decode(b"\xef\xbb\xbf\xc2\xa35"), Decoded::Certain("£5".into()));
        assert_eq!(decode(b"\xff\xfe\xa3\x005\x00"), Decoded::Certain("£5".into()));
        assert_eq!(decode(b"\xfe\xff\x00\xa3\x005"), Decoded::Certain("£5".into()));
        assert_eq!(decode(b"\xa35 \x96 \x805"), Decoded::Windows1252("£5 – €5".into()));
    }

    #[test]
    fn what_is_no_text_is_said() {
        assert_eq!(decode(b"a\nb\nc \xc2\xa3 \xa3"), Decoded::Unknown { line: 3 });
        assert_eq!(decode(b"a\x81"), Decoded::Unknown { line: 1 });
        assert_eq!(decode(b"\xff\xfe\x00\xd8"), Decoded::Unknown { line: 1 });
        assert!(matches!(decode(b"a\0b"), Decoded::NotText(_)));
        assert!(matches!(decode(b"PK\x03\x04..."), Decoded::NotText(_)));
    }
}
