//! Shared classes, and views into them.

pub mod cage;
pub mod drawings;
mod keeper;
mod locker;
mod zoo;

use std::sync::atomic::AtomicUsize;

use pyrus::View;

pub use keeper::{Keeper, gone, hired, keepers, retire};
pub use locker::{Locker, empty};
pub use zoo::{Sign, Zoo};

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
