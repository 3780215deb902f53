//! Digits of a text, eight at a time.

/// Eight digits nought.
const NOUGHTS: u64 = 0x3030_3030_3030_3030;

/// The most digits that are read.
pub(super) const MOST: usize = 16;

/// The number that the digits of `start..end` of a text write, where there are from one to sixteen, all of them are
/// digits, and eight letters of the text end where each eight of them do.
#[inline]
pub(super) fn number(bytes: &[u8], start: usize, end: usize) -> Option<u64> {
    let count = end.checked_sub(start)?;
    match count {
        1..=8 => eight(bytes, end, count),
        9..=MOST => Some(eight(bytes, end - 8, count - 8)? * 100_000_000 + eight(bytes, end, 8)?),
        _ => None,
    }
}

/// The number of the last digits, of eight at most, before a place in a text.
#[inline]
fn eight(bytes: &[u8], end: usize, count: usize) -> Option<u64> {
    let letters = bytes.get(end.checked_sub(8)?..)?.first_chunk::<8>()?;
    // The first letter is in the lowest byte: what is not among the digits stands lowest, and counts as nought.
    let kept = u64::MAX << (64 - 8 * count.clamp(1, 8));
    let word = (u64::from_le_bytes(*letters) & kept) | (NOUGHTS & !kept);
    let high = 0xf0f0_f0f0_f0f0_f0f0;
    let is_digits = (word & high) == NOUGHTS && (word.wrapping_add(0x0606_0606_0606_0606) & high) == NOUGHTS;
    if !is_digits {
        return None;
    }
    // Neighbours are put together: ones to tens, tens to hundreds and thousands, and those to all eight.
    let word = (word & 0x0f0f_0f0f_0f0f_0f0f).wrapping_mul(2_561) >> 8;
    let word = (word & 0x00ff_00ff_00ff_00ff).wrapping_mul(6_553_601) >> 16;
    Some((word & 0x0000_ffff_0000_ffff).wrapping_mul(42_949_672_960_001) >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn digits_are_read_as_one_by_one(before in "[a-z0-9]{8}", text in "[0-9]{1,16}", after in "[a-z0-9]{0,9}") {
            let all = format!("{before}{text}{after}");
            let read = number(all.as_bytes(), 8, 8 + text.len());
            prop_assert_eq!(read, Some(text.parse().unwrap()));
        }

        #[test]
        fn other_letters_are_no_digits(before in "[0-9]{8}", text in "[0-9]{0,7}", odd in any::<char>(), more in "[0-9]{0,7}") {
            prop_assume!(!odd.is_ascii_digit());
            let all = format!("{before}{text}{odd}{more}");
            prop_assert_eq!(number(all.as_bytes(), 8, all.len()), None);
        }
    }

    #[test]
    fn each_byte_but_a_digit_is_refused() {
        for byte in 0..=255u8 {
            let read = number(&[b'1', b'1', b'1', b'1', b'1', b'1', b'1', byte], 7, 8);
            assert_eq!(read, byte.is_ascii_digit().then(|| u64::from(byte.wrapping_sub(b'0'))), "{byte}");
        }
    }
}
