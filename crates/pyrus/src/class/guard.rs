//! Borrow flags: `&mut T` never meets another reference.

#[cfg(not(Py_GIL_DISABLED))]
use std::marker::PhantomData;
use std::sync::atomic::{AtomicIsize, Ordering};

#[cfg(Py_GIL_DISABLED)]
use super::held;
#[cfg(Py_GIL_DISABLED)]
use crate::abi::patience::Patience;

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

/// For frozen records: as large as a [`Flag`], for all records begin alike, but nobody ever asks for `&mut`, so nothing is
/// counted, and references may be dropped without the GIL.
#[repr(transparent)]
pub struct Frozen(Flag);

impl Guard for Frozen {
    const NEW: Self = Self(Flag::NEW);

    #[inline(always)]
    fn flag(&self) -> Option<&Flag> {
        None
    }
}

/// The guard of a record: all of them have the room of a [`Flag`].
pub trait HeadGuard: Guard {}
impl HeadGuard for Flag {}
impl HeadGuard for Frozen {}

/// 0: free; n > 0: so many `&T`, and so many buffers lent in the upper half; -1: `&mut T`; lowest: the payload is gone.
pub struct Flag(AtomicIsize);

const MUTABLY: isize = -1;
const GONE: isize = isize::MIN;
/// A buffer that was lent: that may be for long, and be ended by any thread.
const LENT: isize = 1 << (isize::BITS / 2);

impl Guard for Flag {
    const NEW: Self = Self(AtomicIsize::new(0));

    #[inline(always)]
    fn flag(&self) -> Option<&Flag> {
        Some(self)
    }
}

/// One more `&T`, or buffer.
#[inline(always)]
fn more(now: isize, what: isize) -> Result<isize, Busy> {
    match now {
        GONE => Err(Busy::Gone),
        MUTABLY => Err(Busy::Mutably),
        count => Ok(count + what),
    }
}

impl Flag {
    /// Count one more `&T`.
    #[inline]
    pub(crate) fn share(&self) -> Result<(), Busy> {
        self.change(|now| more(now, 1))?;
        self.held();
        Ok(())
    }

    /// One `&T` less.
    #[inline]
    pub(crate) fn unshare(&self) {
        let _ = self.change(|now| Ok::<_, Busy>(now - 1));
        self.let_go();
    }

    /// Turn a `&T` into a buffer that is lent.
    pub(crate) fn lend(&self) {
        let _ = self.change(|now| Ok::<_, Busy>(now - 1 + LENT));
        self.let_go();
    }

    /// A buffer comes back.
    pub(crate) fn end_lending(&self) {
        let _ = self.change(|now| Ok::<_, Busy>(now - LENT));
    }

    /// Take `&mut T`.
    #[inline]
    pub(crate) fn lock(&self) -> Result<(), Busy> {
        self.change(|now| match now {
            0 => Ok(MUTABLY),
            GONE => Err(Busy::Gone),
            _ => Err(Busy::Borrowed),
        })?;
        self.held();
        Ok(())
    }

    /// Give `&mut T` back.
    #[inline]
    pub(crate) fn unlock(&self) {
        self.0.store(0, Ordering::Release);
        self.let_go();
    }

    /// The payload, locked before, has been moved out.
    pub(crate) fn set_gone(&self) {
        self.0.store(GONE, Ordering::Release);
        self.let_go();
    }

    /// Is the payload gone?
    #[inline]
    pub(crate) fn is_gone(&self) -> bool {
        self.0.load(Ordering::Acquire) == GONE
    }
}

#[cfg(not(Py_GIL_DISABLED))]
impl Flag {
    /// Is nothing borrowed? Then nothing will be as long as the answer lives and no Python runs.
    #[inline]
    pub(crate) fn writing(&self) -> Result<Writing<'_>, Busy> {
        match self.0.load(Ordering::Acquire) {
            0 => Ok(Writing(PhantomData)),
            GONE => Err(Busy::Gone),
            _ => Err(Busy::Borrowed),
        }
    }

    /// With the GIL, load and store can't be interrupted.
    #[inline]
    fn change(&self, step: impl Fn(isize) -> Result<isize, Busy>) -> Result<(), Busy> {
        let next = step(self.0.load(Ordering::Relaxed))?;
        self.0.store(next, Ordering::Relaxed);
        Ok(())
    }

    #[inline(always)]
    #[allow(clippy::unused_self, reason = "of interest without the GIL")]
    fn held(&self) {}

    #[inline(always)]
    #[allow(clippy::unused_self, reason = "of interest without the GIL")]
    fn let_go(&self) {}
}

#[cfg(Py_GIL_DISABLED)]
impl Flag {
    /// Is nothing borrowed? Then nothing will be as long as the answer lives: other threads are kept out.
    #[inline]
    pub(crate) fn writing(&self) -> Result<Writing<'_>, Busy> {
        self.lock().map(|()| Writing(self))
    }

    /// In one step. Threads that would have taken turns with the GIL wait for each other; who would wait for itself, or for
    /// a buffer to come back, does not.
    #[inline]
    fn change(&self, step: impl Fn(isize) -> Result<isize, Busy>) -> Result<(), Busy> {
        let mut patience = Patience::new();
        let mut now = self.0.load(Ordering::Relaxed);
        loop {
            now = match step(now) {
                Ok(next) => {
                    let (done, seen) = (Ordering::AcqRel, Ordering::Relaxed);
                    match self.0.compare_exchange_weak(now, next, done, seen) {
                        Ok(_) => return Ok(()),
                        Err(seen) => seen,
                    }
                }
                Err(busy) if self.is_in_vain(now) || !patience.wait() => return Err(busy),
                Err(_) => self.0.load(Ordering::Relaxed),
            };
        }
    }

    #[cold]
    fn is_in_vain(&self, now: isize) -> bool {
        now == GONE || now >= LENT || held::has(self.address())
    }

    fn address(&self) -> usize {
        std::ptr::from_ref(self).addr()
    }

    #[inline]
    fn held(&self) {
        held::add(self.address());
    }

    #[inline]
    fn let_go(&self) {
        held::remove(self.address());
    }
}

/// Proof that nobody looks at a payload, until it is dropped.
pub struct Writing<'a>(
    #[cfg(not(Py_GIL_DISABLED))] PhantomData<&'a Flag>,
    #[cfg(Py_GIL_DISABLED)] &'a Flag,
);

#[cfg(Py_GIL_DISABLED)]
impl Drop for Writing<'_> {
    fn drop(&mut self) {
        self.0.unlock();
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
        flag.share().unwrap();
        flag.lend();
        flag.share().unwrap();
        flag.unshare();
        assert_eq!(flag.lock(), Err(Busy::Borrowed));
        flag.end_lending();
        flag.lock().unwrap();
        flag.set_gone();
        assert_eq!(flag.share(), Err(Busy::Gone));
        assert!(flag.is_gone());
    }
}
