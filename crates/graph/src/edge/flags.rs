//! Kind, direction, order and edge-specific value in one atomic word.

use std::sync::atomic::{AtomicU32, Ordering};

const KIND: Field = Field { shift: 0, bits: 8 };
const ORDER: Field = Field { shift: 8, bits: 7 };
const DIRECTIONAL: Field = Field { shift: 15, bits: 1 };
const SPECIFIC: Field = Field {
    shift: 16,
    bits: 16,
};

struct Field {
    shift: u32,
    bits: u32,
}

impl Field {
    const fn mask(&self) -> u32 {
        ((1 << self.bits) - 1) << self.shift
    }

    const fn read(&self, word: u32) -> u32 {
        (word & self.mask()) >> self.shift
    }

    const fn write(&self, word: u32, value: u32) -> u32 {
        (word & !self.mask()) | ((value << self.shift) & self.mask())
    }
}

/// The fields are independent of each other and of anything else in memory, so relaxed order will
/// do; threads that agree on who writes synchronise otherwise.
pub(super) struct Flags(AtomicU32);

/// All of them.
#[derive(Clone, Copy)]
pub(crate) struct EdgeFields {
    pub(crate) kind: u8,
    pub(crate) directional: bool,
    pub(crate) order: u8,
    pub(crate) specific: u16,
}

impl Flags {
    /// The caller has checked the order.
    pub(super) fn of(fields: EdgeFields) -> Self {
        let word = KIND.write(0, fields.kind.into());
        let word = ORDER.write(word, fields.order.into());
        let word = DIRECTIONAL.write(word, fields.directional.into());
        Self(AtomicU32::new(SPECIFIC.write(word, fields.specific.into())))
    }

    pub(super) fn from_word(word: u32) -> Self {
        Self(AtomicU32::new(word))
    }

    #[inline]
    pub(super) fn kind(&self) -> u8 {
        KIND.read(self.word()) as u8
    }

    #[inline]
    pub(super) fn order(&self) -> u8 {
        ORDER.read(self.word()) as u8
    }

    #[inline]
    pub(super) fn directional(&self) -> bool {
        DIRECTIONAL.read(self.word()) != 0
    }

    #[inline]
    pub(super) fn specific(&self) -> u16 {
        SPECIFIC.read(self.word()) as u16
    }

    pub(super) fn set_kind(&self, kind: u8) {
        self.set(&KIND, kind.into());
    }

    /// The caller has checked the range.
    pub(super) fn set_order(&self, order: u8) {
        self.set(&ORDER, order.into());
    }

    pub(super) fn set_directional(&self, directional: bool) {
        self.set(&DIRECTIONAL, directional.into());
    }

    pub(super) fn set_specific(&self, value: u16) {
        self.set(&SPECIFIC, value.into());
    }

    pub(super) fn word(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }

    fn set(&self, field: &Field, value: u32) {
        let update = |word| Some(field.write(word, value));
        let _ = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, update);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_do_not_touch_each_other() {
        let flags = Flags::of(EdgeFields {
            kind: 255,
            directional: true,
            order: 127,
            specific: u16::MAX,
        });
        flags.set_kind(0);
        assert_eq!((flags.kind(), flags.order()), (0, 127));
        assert_eq!((flags.directional(), flags.specific()), (true, u16::MAX));
        flags.set_directional(false);
        flags.set_kind(255);
        assert_eq!((flags.kind(), flags.order()), (255, 127));
        assert_eq!((flags.directional(), flags.specific()), (false, u16::MAX));
    }
}
