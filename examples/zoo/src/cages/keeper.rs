//! Keepers: shared, and with a hidden reference to a boss.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Weak};

use pyrus::{Any, Object, Ref, This};

use crate::api::cages::py;
use crate::closed::ClosedError;

#[derive(Debug)]
pub struct Keeper {
    this: Weak<Keeper>,
    name: String,
    pay: u64,
    earned: AtomicU64,
    retired: AtomicBool,
}

impl Keeper {
    pub fn new(name: &str, pay: u64) -> Arc<Self> {
        Arc::new_cyclic(|this| Self {
            this: this.clone(),
            name: name.to_owned(),
            pay,
            earned: AtomicU64::new(0),
            retired: AtomicBool::new(false),
        })
    }

    pub fn name(&self) -> String {
        self.name.clone()
    }

    pub fn work(&self, hours: u32) -> Result<u64, ClosedError> {
        if self.retired.load(Ordering::Acquire) {
            return Err(ClosedError {
                hour: 17,
                message: format!("{} has retired", self.name),
            });
        }
        let pay = u64::from(hours) * self.pay;
        Ok(self.earned.fetch_add(pay, Ordering::AcqRel) + pay)
    }

    pub fn again(&self) -> Arc<Self> {
        self.this.upgrade().expect("a keeper is always shared")
    }

    pub fn meet(&self, others: Vec<Ref<'_, Self>>) -> u64 {
        others.iter().map(|other| other.pay).sum()
    }

    pub fn promote(this: This<'_, py::Keeper>, boss: Any<'_>) -> Object {
        let old = this.set_slot(py::Keeper::BOSS, Some(boss.to_object()));
        old.unwrap_or_else(|| Object::none(boss))
    }

    pub fn boss(this: This<'_, py::Keeper>) -> Object {
        this.slot(py::Keeper::BOSS)
            .unwrap_or_else(|| Object::none(this.object()))
    }
}

/// What `destroy()` does. A keeper who earned nothing refuses.
pub fn retire(keeper: &Keeper) -> Result<(), ClosedError> {
    if keeper.pay == 13 {
        return Err(ClosedError {
            hour: 13,
            message: format!("{} stays", keeper.name),
        });
    }
    keeper.retired.store(true, Ordering::Release);
    Ok(())
}

static KEEPERS: AtomicI64 = AtomicI64::new(0);

/// A Python object for a keeper was made.
pub fn hired(_: This<'_, py::Keeper>) {
    KEEPERS.fetch_add(1, Ordering::Relaxed);
}

/// A Python object for a keeper goes away.
pub fn gone(_: This<'_, py::Keeper>) {
    KEEPERS.fetch_sub(1, Ordering::Relaxed);
}

/// How many keepers Python knows, in all interpreters.
pub fn keepers() -> i64 {
    KEEPERS.load(Ordering::Relaxed)
}
