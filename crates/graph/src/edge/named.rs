//! The name of an edge in four bytes.

use std::sync::atomic::{AtomicU32, Ordering};

/// Tells most edges of another name apart by one look at the record, without its lock and its attributes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Digest(u32);

impl Digest {
    /// Of an edge without a name.
    pub(super) const NONE: Self = Self(0);

    /// Of a name. It need not be good, only quick: length and both ends.
    #[inline]
    pub(crate) fn of(name: &str) -> Self {
        let bytes = name.as_bytes();
        let (head, tail) = match (bytes.first_chunk(), bytes.last_chunk()) {
            (Some(head), Some(tail)) => (u64::from_le_bytes(*head), u64::from_le_bytes(*tail)),
            _ => (short(bytes), 0),
        };
        let mixed =
            (head ^ tail.rotate_left(29) ^ bytes.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Self((mixed >> 32) as u32 | 1)
    }
}

/// Fewer than eight bytes.
fn short(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0, |all, byte| all << 8 | u64::from(*byte))
}

/// The digest of an edge. It changes once: attributes are only appended, and the first name counts. Whoever sees it before
/// or after the attributes sees an edge before or after it was named.
pub(super) struct NameDigest(AtomicU32);

impl NameDigest {
    pub(super) fn new(digest: Digest) -> Self {
        Self(AtomicU32::new(digest.0))
    }

    #[inline]
    pub(super) fn get(&self) -> Digest {
        Digest(self.0.load(Ordering::Relaxed))
    }

    pub(super) fn set(&self, digest: Digest) {
        self.0.store(digest.0, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_differ() {
        let names = [
            "",
            "a",
            "b",
            "ab",
            "ba",
            "abcdefg",
            "abcdefgh",
            "abcdefghi",
            "xbcdefghi",
        ];
        for (i, one) in names.iter().enumerate() {
            assert_ne!(Digest::of(one), Digest::NONE);
            for other in &names[i + 1..] {
                assert_ne!(Digest::of(one), Digest::of(other), "{one} {other}");
            }
        }
    }
}
