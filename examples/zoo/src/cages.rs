//! Shared classes, and views into them.

pub mod cage;
pub mod drawings;
mod keeper;
mod locker;
mod zoo;

use std::sync::atomic::AtomicUsize;

use pyrus::{Bound, Either, Ref, View};

pub use keeper::{Keeper, gone, hired, keepers, retire};
pub use locker::{Locker, empty};
pub use zoo::{Sign, Zoo};

use crate::api::cages::{LockedError, Stop};
use crate::closed::ClosedError;

/// Where a zoo remembers its Python object.
pub fn python_object(zoo: &Zoo) -> &AtomicUsize {
    zoo.python_object()
}

/// The sign of a cage, as long as the cage is there.
pub fn resolve<'a>(zoo: &'a Zoo, number: &u16) -> Option<&'a Sign> {
    zoo.find(*number)
}

pub fn first(zoo: &Zoo) -> Result<Option<u16>, ClosedError> {
    Ok(zoo.cages()?.first().copied())
}

pub fn same_zoo(a: View<'_, Zoo, u16>, b: View<'_, Zoo, u16>) -> bool {
    std::ptr::eq(a.owner(), b.owner())
}

pub fn join(cages: Vec<View<'_, Zoo, u16>>) -> String {
    let texts: Vec<_> = cages
        .iter()
        .filter_map(|cage| cage.owner().find(*cage.key()))
        .map(Sign::painted)
        .collect();
    texts.join("+")
}

/// The cage with the highest number, of whatever zoo.
pub fn last(cages: Vec<View<'_, Zoo, u16>>) -> Option<Bound<Zoo, u16>> {
    let last = cages.iter().max_by_key(|cage| cage.key());
    last.map(|cage| cage.bind(*cage.key()))
}

pub fn unlock(cage: View<'_, Zoo, u16>) -> Result<(), LockedError> {
    let bound = cage.bind(*cage.key());
    Err(LockedError {
        others: vec![bound.clone(), bound.clone()],
        cage: bound,
    })
}

pub fn route(stops: Vec<Either<String, Ref<'_, Stop>>>) -> Vec<String> {
    let name = |stop: Either<String, Ref<'_, Stop>>| match stop {
        Either::A(name) => name,
        Either::B(stop) => format!("{}{}", stop.name, stop.row),
    };
    stops.into_iter().map(name).collect()
}

pub fn farther(stop: &Stop, steps: u8) -> Stop {
    Stop {
        row: stop.row.saturating_add(steps),
        name: stop.name.clone(),
    }
}

pub mod rules {
    pub fn most() -> u16 {
        u16::MAX
    }
}
