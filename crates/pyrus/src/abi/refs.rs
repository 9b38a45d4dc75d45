//! Taking a reference to what may be dying, on free-threaded builds.

use pyo3_ffi as ffi;

/// Other threads may take references to an object that they have none of.
pub(crate) const MAYBE_WEAKREF: isize = 0b01;
/// Both counts are one, which is the shared one: with no references, the object is dying.
pub(crate) const MERGED: isize = 0b11;
/// One reference.
pub(crate) const ONE: isize = 0b100;

#[cfg(Py_3_14)]
pub(crate) use since_3_14::*;
#[cfg(not(Py_3_14))]
pub(crate) use until_3_13::*;

#[cfg(Py_3_14)]
mod since_3_14 {
    use super::ffi;

    /// Prepare an object for [`try_incref`].
    ///
    /// # Safety
    /// The object is alive.
    pub(crate) unsafe fn enable_try_incref(object: *mut ffi::PyObject) {
        // SAFETY: as promised.
        unsafe { ffi::PyUnstable_EnableTryIncRef(object) }
    }

    /// Take a reference, unless the last one is gone.
    ///
    /// # Safety
    /// The object's memory is there, and it was prepared.
    pub(crate) unsafe fn try_incref(object: *mut ffi::PyObject) -> bool {
        // SAFETY: as promised.
        unsafe { ffi::PyUnstable_TryIncRef(object) != 0 }
    }
}

/// CPython 3.13 does this for weak references, and exports nothing: the two lowest bits of the shared count say in which
/// state the counts are.
#[cfg(not(Py_3_14))]
mod until_3_13 {
    use std::sync::atomic::Ordering;

    use super::{MAYBE_WEAKREF, MERGED, ONE, ffi};

    /// Bits of the state.
    const STATE: isize = 0b11;

    /// Prepare an object for [`try_incref`]: its end is decided by the shared count from then on.
    ///
    /// # Safety
    /// The object is alive.
    pub(crate) unsafe fn enable_try_incref(object: *mut ffi::PyObject) {
        // SAFETY: as promised.
        let shared = unsafe { &(*object).ob_ref_shared };
        let set = |now: isize| (now & STATE == 0).then_some(now | MAYBE_WEAKREF);
        // `Err`: it is in such a state already.
        let _ = shared.fetch_update(Ordering::Relaxed, Ordering::Relaxed, set);
    }

    /// Take a reference, unless the last one is gone.
    ///
    /// # Safety
    /// The object's memory is there, and it was prepared.
    pub(crate) unsafe fn try_incref(object: *mut ffi::PyObject) -> bool {
        // SAFETY: as promised.
        let shared = unsafe { &(*object).ob_ref_shared };
        let add = |now: isize| (now != 0 && now != MERGED).then_some(now + ONE);
        shared
            .fetch_update(Ordering::AcqRel, Ordering::Relaxed, add)
            .is_ok()
    }
}
