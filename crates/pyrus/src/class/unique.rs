//! The one Python object of a Rust object, and the place that remembers it.
//!
//! A place is a word: 0, or the address of an object, which owns nothing, and above it the number of the interpreter that
//! the object belongs to. Rust may hand its object to any interpreter, through a `static` for example, while objects of
//! another one must not even be looked at: they may be going away. So the number is compared first.
//!
//! Who reads the address needs the object to be alive. With the GIL it is: the place is cleared before the object goes, by
//! a thread that lets no other one run. Without it, a bit of the word is a lock, which is held while a reference is taken,
//! if there is still one to add to, and while the place is cleared.

use std::sync::atomic::{AtomicUsize, Ordering};

use pyo3_ffi as ffi;

use super::home::Home;
use crate::any::Object;

/// What a place holds.
pub(crate) enum Known {
    /// No object.
    Nothing,
    /// An object of this interpreter.
    Ours(Object),
    /// An object of another one.
    Foreign,
}

/// Bits of an address. Interpreters get the others.
#[cfg(target_pointer_width = "64")]
const BITS: u32 = 48;
/// There is no room for them, so all interpreters share a GIL: see [`crate::module::init`].
#[cfg(not(target_pointer_width = "64"))]
const BITS: u32 = usize::BITS;

/// The bit that is the lock: objects stand at multiples of eight.
#[cfg(Py_GIL_DISABLED)]
const LOCKED: usize = 1;

/// The word for an object.
#[inline(always)]
fn word(home: Home, object: *mut ffi::PyObject) -> usize {
    let address = object as usize;
    let number = home.number().checked_shl(BITS).unwrap_or_default();
    debug_assert_eq!(address_in(address), address, "an address of {BITS} bits");
    number | address
}

#[inline(always)]
fn address_in(word: usize) -> usize {
    word & (usize::MAX >> (usize::BITS - BITS))
}

#[inline(always)]
fn is_foreign(word: usize, home: Home) -> bool {
    word.checked_shr(BITS)
        .is_some_and(|number| number != home.number())
}

/// The object that a place knows.
///
/// # Safety
/// The place is one that only these functions change; the thread is attached to the interpreter `home`. So below.
#[cfg(not(Py_GIL_DISABLED))]
#[inline(always)]
pub(crate) unsafe fn look(place: &AtomicUsize, home: Home) -> Known {
    let found = place.load(Ordering::Acquire);
    if found == 0 {
        return Known::Nothing;
    }
    if is_foreign(found, home) {
        return Known::Foreign;
    }
    let object = address_in(found) as *mut ffi::PyObject;
    // SAFETY: the place is cleared before the object dies, by a thread that holds the GIL that this one holds.
    unsafe {
        ffi::Py_INCREF(object);
        Known::Ours(Object::steal(object))
    }
}

/// Let a place know a new object. `Err`: another thread was first.
///
/// # Safety
/// See [`look`].
#[cfg(not(Py_GIL_DISABLED))]
#[inline(always)]
pub(crate) unsafe fn claim(
    place: &AtomicUsize,
    home: Home,
    object: *mut ffi::PyObject,
) -> Result<(), Known> {
    place.store(word(home, object), Ordering::Release);
    Ok(())
}

/// The object goes away. A place that knows another one, as it may where two interpreters were at it, keeps that.
///
/// # Safety
/// See [`look`].
#[cfg(not(Py_GIL_DISABLED))]
#[inline(always)]
pub(crate) unsafe fn forget(place: &AtomicUsize, object: *mut ffi::PyObject) {
    if address_in(place.load(Ordering::Relaxed)) == object as usize {
        place.store(0, Ordering::Release);
    }
}

#[cfg(Py_GIL_DISABLED)]
pub(crate) use free::{claim, forget, look};

#[cfg(Py_GIL_DISABLED)]
mod free {
    use super::{
        AtomicUsize, Home, Known, LOCKED, Object, Ordering, address_in, ffi, is_foreign, word,
    };
    use crate::abi::refs;

    /// A place that this thread has locked. Nothing but a few instructions happens meanwhile.
    struct Locked<'a> {
        place: &'a AtomicUsize,
        word: usize,
    }

    impl<'a> Locked<'a> {
        fn new(place: &'a AtomicUsize) -> Self {
            loop {
                let word = place.load(Ordering::Relaxed) & !LOCKED;
                let (taken, seen) = (Ordering::Acquire, Ordering::Relaxed);
                if place
                    .compare_exchange_weak(word, word | LOCKED, taken, seen)
                    .is_ok()
                {
                    return Self { place, word };
                }
                std::thread::yield_now();
            }
        }

        /// # Safety
        /// Those of [`super::look`].
        unsafe fn known(&self, home: Home) -> Known {
            if self.word == 0 {
                return Known::Nothing;
            }
            if is_foreign(self.word, home) {
                return Known::Foreign;
            }
            let object = address_in(self.word) as *mut ffi::PyObject;
            // SAFETY: its memory is there as long as the place knows it, which is locked; perhaps it is dying.
            unsafe {
                if refs::try_incref(object) {
                    Known::Ours(Object::steal(object))
                } else {
                    Known::Nothing
                }
            }
        }
    }

    impl Drop for Locked<'_> {
        fn drop(&mut self) {
            self.place.store(self.word, Ordering::Release);
        }
    }

    /// See [`super::look`].
    pub(crate) unsafe fn look(place: &AtomicUsize, home: Home) -> Known {
        if place.load(Ordering::Acquire) == 0 {
            return Known::Nothing;
        }
        // SAFETY: as promised.
        unsafe { Locked::new(place).known(home) }
    }

    /// See [`super::claim`].
    pub(crate) unsafe fn claim(
        place: &AtomicUsize,
        home: Home,
        object: *mut ffi::PyObject,
    ) -> Result<(), Known> {
        // SAFETY: as promised; nobody else knows the new object yet.
        unsafe {
            refs::enable_try_incref(object);
            let mut locked = Locked::new(place);
            match locked.known(home) {
                Known::Nothing => {
                    locked.word = word(home, object);
                    Ok(())
                }
                known => Err(known),
            }
        }
    }

    /// See [`super::forget`].
    pub(crate) unsafe fn forget(place: &AtomicUsize, object: *mut ffi::PyObject) {
        let mut locked = Locked::new(place);
        if address_in(locked.word) == object as usize {
            locked.word = 0;
        }
    }
}
