//! Small numbers for the interpreters that have imported this extension, to tell whose an object is without looking at it.

use std::sync::{Mutex, PoisonError};

use pyo3_ffi as ffi;

use crate::error::{Raised, raise_text};

/// The number of an interpreter: from 1, and given again when the last state of that interpreter is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Home(u16);

/// An interpreter, by the id that CPython gives no other one, and how many states of ours it has.
#[derive(Clone, Copy)]
struct Known {
    id: i64,
    states: usize,
}

/// All of them, at one less than their numbers. Nothing runs while it is locked.
static HOMES: Mutex<Vec<Known>> = Mutex::new(Vec::new());

/// A state's share in the number of its interpreter.
pub(crate) struct HomeShare(Home);

impl Home {
    /// Of nobody.
    pub(crate) const NONE: Self = Self(0);

    /// The number.
    #[inline(always)]
    pub(crate) fn number(self) -> usize {
        self.0.into()
    }

    /// The interpreter that this thread is attached to; nobody, where it has not imported the extension.
    pub(crate) fn here() -> Self {
        let id = here();
        let homes = HOMES.lock().unwrap_or_else(PoisonError::into_inner);
        find(&homes, id).map_or(Self::NONE, |i| Self(i as u16 + 1))
    }
}

impl HomeShare {
    /// One more state of the interpreter that this thread is attached to.
    pub(crate) fn new() -> Result<Self, Raised> {
        let id = here();
        let mut homes = HOMES.lock().unwrap_or_else(PoisonError::into_inner);
        let free = || homes.iter().position(|known| known.states == 0);
        let i = find(&homes, id).or_else(free).unwrap_or(homes.len());
        let Ok(number) = u16::try_from(i + 1) else {
            drop(homes);
            let text = "the extension was imported by more interpreters than it can tell apart";
            // SAFETY: on an attached thread.
            return Err(unsafe { raise_text(ffi::PyExc_ImportError, text) });
        };
        if i == homes.len() {
            homes.push(Known { id, states: 0 });
        }
        homes[i].id = id;
        homes[i].states += 1;
        Ok(Self(Home(number)))
    }

    /// The number.
    #[inline(always)]
    pub(crate) fn home(&self) -> Home {
        self.0
    }
}

impl Drop for HomeShare {
    fn drop(&mut self) {
        let mut homes = HOMES.lock().unwrap_or_else(PoisonError::into_inner);
        homes[self.0.number() - 1].states -= 1;
    }
}

fn find(homes: &[Known], id: i64) -> Option<usize> {
    homes
        .iter()
        .position(|known| known.states > 0 && known.id == id)
}

/// CPython's id of this thread's interpreter.
fn here() -> i64 {
    // SAFETY: every caller is on an attached thread, whose interpreter is alive.
    unsafe { ffi::PyInterpreterState_GetID(ffi::PyInterpreterState_Get()) }
}
