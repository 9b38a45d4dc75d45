//! Waiting for another thread to be done with something, where no GIL makes threads take turns.

use std::thread;
use std::time::{Duration, Instant};

use pyo3_ffi as ffi;

/// How long a call waits for others. Longer than calls need that took turns if there were a GIL; what takes longer, with the
/// GIL released perhaps, is answered by an exception.
const LONGEST: Duration = Duration::from_millis(500);
/// Tries before the clock is asked: most calls are over by then.
const SPINS: u32 = 100;
const PAUSE: Duration = Duration::from_micros(50);

/// The patience of one call.
pub(crate) struct Patience {
    spins: u32,
    until: Option<Instant>,
}

impl Patience {
    /// All of it.
    pub(crate) const fn new() -> Self {
        Self {
            spins: 0,
            until: None,
        }
    }

    /// Wait a little; `false`: it took too long. The thread is attached, but not while it sleeps: others may want to stop
    /// the world.
    #[cold]
    pub(crate) fn wait(&mut self) -> bool {
        if self.spins < SPINS {
            self.spins += 1;
            std::hint::spin_loop();
            return true;
        }
        let now = Instant::now();
        if now >= *self.until.get_or_insert(now + LONGEST) {
            return false;
        }
        // SAFETY: on an attached thread, which is attached again before anything else happens.
        unsafe {
            let state = ffi::PyEval_SaveThread();
            thread::sleep(PAUSE);
            ffi::PyEval_RestoreThread(state);
        }
        true
    }
}
