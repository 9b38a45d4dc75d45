//! Numbers and texts as bytes.
//!
//! Whole numbers are LEB128, as in WebAssembly: seven bits a byte, the lowest first, and the high bit says that more
//! follow. Signed ones are zigzagged before, as in Protocol Buffers, so that small negative numbers are short.

use super::error::{Damage, FormatError};

pub(super) fn put_uint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

pub(super) fn put_int(out: &mut Vec<u8>, value: i64) {
    put_uint(out, ((value << 1) ^ (value >> 63)) as u64);
}

pub(super) fn put_text(out: &mut Vec<u8>, text: &str) {
    put_uint(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

/// Reads a section. Nothing here believes a number: what is claimed is held against the bytes that are there.
#[derive(Clone)]
pub(super) struct Reader<'a> {
    /// All bytes up to the end of the section, so that positions count from the beginning.
    bytes: &'a [u8],
    at: usize,
    /// What the section holds, for messages.
    what: &'static str,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize, what: &'static str) -> Self {
        Self { bytes, at, what }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// An error if something is left.
    pub(super) fn end(&self) -> Result<(), FormatError> {
        if self.remaining() == 0 {
            Ok(())
        } else {
            Err(FormatError::new(self.at, Damage::SectionLength(self.what)))
        }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.remaining() == 0
    }

    fn remaining(&self) -> usize {
        self.bytes.len() - self.at
    }

    pub(super) fn byte(&mut self) -> Result<u8, FormatError> {
        Ok(self.take(1)?[0])
    }

    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], FormatError> {
        if count > self.remaining() {
            return Err(FormatError::new(self.at, Damage::SectionLength(self.what)));
        }
        let taken = &self.bytes[self.at..self.at + count];
        self.at += count;
        Ok(taken)
    }

    pub(super) fn uint(&mut self) -> Result<u64, FormatError> {
        let start = self.at;
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if bits << shift >> shift != bits {
                break;
            }
            value |= bits << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(FormatError::new(start, Damage::Value("whole number")))
    }

    pub(super) fn int(&mut self) -> Result<i64, FormatError> {
        let value = self.uint()?;
        Ok((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    pub(super) fn u16(&mut self, what: &'static str) -> Result<u16, FormatError> {
        let start = self.at;
        u16::try_from(self.uint()?).map_err(|_| FormatError::new(start, Damage::Value(what)))
    }

    /// The place of something among so many.
    pub(super) fn place(&mut self, among: usize, what: &'static str) -> Result<u32, FormatError> {
        let start = self.at;
        let place = self.uint()?;
        if place < among as u64 {
            Ok(place as u32)
        } else {
            Err(FormatError::new(start, Damage::Missing(what)))
        }
    }

    /// How many things of at least so many bytes follow: no more than there is room for.
    pub(super) fn count(&mut self, least: usize, what: &'static str) -> Result<usize, FormatError> {
        let start = self.at;
        let count = self.uint()?;
        if count <= (self.remaining() / least) as u64 {
            Ok(count as usize)
        } else {
            Err(FormatError::new(start, Damage::Count(what)))
        }
    }

    pub(super) fn text(&mut self) -> Result<&'a str, FormatError> {
        let size = self.count(1, "bytes of a text")?;
        let start = self.at;
        std::str::from_utf8(self.take(size)?)
            .map_err(|error| FormatError::new(start + error.valid_up_to(), Damage::Value("UTF-8")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reader(bytes: &[u8]) -> Reader<'_> {
        Reader::new(bytes, 0, "test")
    }

    proptest! {
        #[test]
        fn numbers_come_back(unsigned: u64, signed: i64, small in 0u64..300) {
            let mut bytes = Vec::new();
            put_uint(&mut bytes, unsigned);
            put_int(&mut bytes, signed);
            put_uint(&mut bytes, small);
            let mut reader = reader(&bytes);
            prop_assert_eq!(reader.uint(), Ok(unsigned));
            prop_assert_eq!(reader.int(), Ok(signed));
            prop_assert_eq!(reader.uint(), Ok(small));
            prop_assert_eq!(reader.end(), Ok(()));
        }
    }

    #[test]
    fn the_largest_numbers() {
        for value in [u64::MAX, 1 << 63, i64::MIN as u64, 0] {
            let mut bytes = Vec::new();
            put_uint(&mut bytes, value);
            put_int(&mut bytes, value as i64);
            let mut reader = reader(&bytes);
            assert_eq!((reader.uint(), reader.int()), (Ok(value), Ok(value as i64)));
        }
    }

    #[test]
    fn more_than_64_bits_are_refused() {
        let mut bytes = vec![0xff; 9];
        bytes.push(2);
        assert_eq!(reader(&bytes).uint().unwrap_err().offset, 0);
        assert!(reader(&[0x80; 11]).uint().is_err());
    }
}
