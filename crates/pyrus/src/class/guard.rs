//! Borrow flags: `&mut T` never meets another reference.

use std::sync::atomic::{AtomicIsize, Ordering};

/// Why an object can't be borrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Busy {
    /// `&T` is wanted while `&mut T` is out.
    Mutably,
    /// `&mut T` is wanted while any reference is out.
    Borrowed,
    /// The payload was moved out.
    Gone,
}

/// Whether and how references to a payload are counted.
pub trait Guard: 'static {
    /// Free.
    const NEW: Self;
    /// The flag, if there is one.
    fn flag(&self) -> Option<&Flag>;
}

/// For classes without `&mut` methods: nothing to count.
pub struct NoGuard;

impl Guard for NoGuard {
    const NEW: Self = Self;

    #[inline(always)]
    fn flag(&self) -> Option<&Flag> {
        None
    }
}

/// 0: free; n > 0: n times `&T`; -1: `&mut T`; lowest: the payload is gone.
pub struct Flag(AtomicIsize);

const MUTABLY: isize = -1;
const GONE: isize = isize::MIN;

impl Guard for Flag {
    const NEW: Self = Self(AtomicIsize::new(0));

    #[inline(always)]
    fn flag(&self) -> Option<&Flag> {
        Some(self)
    }
}

impl Flag {
    /// Count one more `&T`.
    #[inline]
    pub(crate) fn share(&self) -> Result<(), Busy> {
        self.change(|now| match now {
            GONE => Err(Busy::Gone),
            MUTABLY => Err(Busy::Mutably),
            count => Ok(count + 1),
        })
    }

    /// One `&T` less.
    #[inline]
    pub(crate) fn unshare(&self) {
        let _ = self.change(|now| Ok::<_, Busy>(now - 1));
    }

    /// Take `&mut T`.
    #[inline]
    pub(crate) fn lock(&self) -> Result<(), Busy> {
        self.change(|now| match now {
            0 => Ok(MUTABLY),
            GONE => Err(Busy::Gone),
            _ => Err(Busy::Borrowed),
        })
    }

    /// Give `&mut T` back.
    #[inline]
    pub(crate) fn unlock(&self) {
        self.0.store(0, Ordering::Release);
    }

    /// The payload, locked before, has been moved out.
    pub(crate) fn set_gone(&self) {
        self.0.store(GONE, Ordering::Release);
    }

    /// Is the payload gone?
    #[inline]
    pub(crate) fn is_gone(&self) -> bool {
        self.0.load(Ordering::Acquire) == GONE
    }

    /// Is nothing borrowed?
    #[inline]
    pub(crate) fn check_free(&self) -> Result<(), Busy> {
        match self.0.load(Ordering::Acquire) {
            0 => Ok(()),
            GONE => Err(Busy::Gone),
            _ => Err(Busy::Borrowed),
        }
    }

    /// With the GIL, load and store can't be interrupted; without it they must be one step.
    #[cfg(not(Py_GIL_DISABLED))]
    #[inline]
    fn change(&self, step: impl Fn(isize) -> Result<isize, Busy>) -> Result<(), Busy> {
        let next = step(self.0.load(Ordering::Relaxed))?;
        self.0.store(next, Ordering::Relaxed);
        Ok(())
    }

    #[cfg(Py_GIL_DISABLED)]
    #[inline]
    fn change(&self, step: impl Fn(isize) -> Result<isize, Busy>) -> Result<(), Busy> {
        let mut now = self.0.load(Ordering::Relaxed);
        loop {
            let next = step(now)?;
            match self
                .0
                .compare_exchange_weak(now, next, Ordering::AcqRel, Ordering::Relaxed)
            {
                Ok(_) => return Ok(()),
                Err(seen) => now = seen,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_writer_or_many_readers() {
        let flag = Flag::NEW;
        flag.share().unwrap();
        flag.share().unwrap();
        assert_eq!(flag.lock(), Err(Busy::Borrowed));
        flag.unshare();
        flag.unshare();
        flag.lock().unwrap();
        assert_eq!(flag.share(), Err(Busy::Mutably));
        assert_eq!(flag.lock(), Err(Busy::Borrowed));
        flag.unlock();
        flag.lock().unwrap();
        flag.set_gone();
        assert_eq!(flag.share(), Err(Busy::Gone));
        assert!(flag.is_gone());
    }
}
