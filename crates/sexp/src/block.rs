//! Sixty-four bytes at a glance: bit masks that say where tokens may start and end.
//!
//! The scanner asks the same few questions of every byte. Sixteen bytes are asked at once where
//! the processor can (x86-64), one at a time elsewhere; the tests hold the two against each other.

/// Bytes in a block, bits in a mask.
pub(crate) const BLOCK: usize = 64;

/// Bit `i` of a mask is about byte `i` of the block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Masks {
    /// Bytes of bare atoms.
    pub(crate) atom: u64,
    /// Those, and blanks: space, tab, LF, CR.
    pub(crate) quiet: u64,
    /// Digits, `.` and `-`: all that most numbers have of the number alphabet.
    pub(crate) decimal: u64,
    /// Quotes and backslashes, where strings may end.
    pub(crate) stop: u64,
}

impl Masks {
    /// Where tokens begin, and where bytes are that may not stand outside quotes.
    #[inline]
    pub(crate) fn starts(&self) -> u64 {
        let first_of_atom = self.atom & !(self.atom << 1);
        first_of_atom | !self.quiet
    }
}

#[cfg(target_arch = "x86_64")]
pub(crate) use wide::masks;

#[cfg(not(target_arch = "x86_64"))]
pub(crate) use narrow::masks;

#[cfg(target_arch = "x86_64")]
mod wide {
    use safe_arch::{
        add_i8_m128i, cmp_eq_mask_i8_m128i, cmp_gt_mask_i8_m128i, load_unaligned_m128i, m128i,
        move_mask_i8_m128i, set_splat_i8_m128i,
    };

    use super::{BLOCK, Masks};

    const LANES: usize = 16;

    /// The masks of a block.
    #[inline]
    pub(crate) fn masks(block: &[u8; BLOCK]) -> Masks {
        let mut all = Masks::default();
        let (parts, _) = block.as_chunks::<LANES>();
        for (at, part) in parts.iter().enumerate() {
            quarter(part, (at * LANES) as u32, &mut all);
        }
        all
    }

    #[inline]
    fn quarter(part: &[u8; LANES], shift: u32, all: &mut Masks) {
        let bytes = load_unaligned_m128i(part);
        // Letters in lower case; `[ \ ]` become `{ | }`, controls stay out of the way.
        let folded = bytes | splat(0x20);

        let stop = is(bytes, b'"') | is(bytes, b'\\');
        let blank = within(bytes, b'\t', b'\n') | is(bytes, b'\r') | is(bytes, b' ');
        // Between `-` and the digits there are only `.` and a slash.
        let decimal = is(bytes, b'/').andnot(within(bytes, b'-', b'9'));

        let printable = within(bytes, b'!', b'~');
        let bracket = is(bytes & splat(0xFE), b'(');
        let refused = stop
            | bracket
            | is(bytes, b',')
            | is(bytes, b';')
            | is(bytes, b'`')
            | is(folded, b'{')
            | is(folded, b'}');

        let put = |mask: &mut u64, lanes: m128i| *mask |= bits(lanes) << shift;
        let atom = refused.andnot(printable);
        put(&mut all.atom, atom);
        put(&mut all.quiet, atom | blank);
        put(&mut all.decimal, decimal);
        put(&mut all.stop, stop);
    }

    trait AndNot {
        fn andnot(self, other: Self) -> Self;
    }

    impl AndNot for m128i {
        #[inline]
        fn andnot(self, other: m128i) -> m128i {
            safe_arch::bitandnot_m128i(self, other)
        }
    }

    #[inline]
    fn splat(byte: u8) -> m128i {
        set_splat_i8_m128i(byte.cast_signed())
    }

    #[inline]
    fn is(bytes: m128i, byte: u8) -> m128i {
        cmp_eq_mask_i8_m128i(bytes, splat(byte))
    }

    /// Shifted so that `high` is the greatest of all signed bytes, one comparison is enough.
    #[inline]
    fn within(bytes: m128i, low: u8, high: u8) -> m128i {
        let shift = 0x7F - high;
        cmp_gt_mask_i8_m128i(add_i8_m128i(bytes, splat(shift)), splat(low + shift - 1))
    }

    #[inline]
    fn bits(lanes: m128i) -> u64 {
        u64::from(move_mask_i8_m128i(lanes) as u32)
    }
}

/// The masks one byte at a time: for other processors, and to test the wide ones against.
#[cfg(any(test, not(target_arch = "x86_64")))]
mod narrow {
    use super::{BLOCK, Masks};
    use crate::alphabet::{is_atom, is_blank};

    /// The masks of a block.
    #[inline]
    pub(crate) fn masks(block: &[u8; BLOCK]) -> Masks {
        let mut all = Masks::default();
        for (at, &byte) in block.iter().enumerate() {
            let put = |mask: &mut u64, yes: bool| *mask |= u64::from(yes) << at;
            put(&mut all.atom, is_atom(byte));
            put(&mut all.quiet, is_atom(byte) || is_blank(byte));
            put(&mut all.decimal, matches!(byte, b'0'..=b'9' | b'.' | b'-'));
            put(&mut all.stop, matches!(byte, b'"' | b'\\'));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Masks, masks, narrow};

    #[test]
    fn every_byte_has_the_same_class_wide_and_narrow() {
        for first in (0..=255_u8).step_by(if cfg!(miri) { 37 } else { 1 }) {
            let block: [u8; BLOCK] =
                std::array::from_fn(|at| first.wrapping_add((at as u8).wrapping_mul(37)));
            assert_eq!(masks(&block), narrow::masks(&block), "{block:?}");
        }
    }

    #[test]
    fn atoms_start_once_and_other_bytes_each_time() {
        let masks = masks_of("(at 1.5 -2)((");
        assert_eq!(masks.starts(), 0b1_1101_0001_0011);
    }

    fn masks_of(text: &str) -> Masks {
        let mut block = [b' '; BLOCK];
        block[..text.len()].copy_from_slice(text.as_bytes());
        masks(&block)
    }
}
