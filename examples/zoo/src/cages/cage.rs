//! The view `Cage`: functions of an owner and a key.

use pyrus::{Object, This, View};

use super::Zoo;
use crate::api::cages::py;
use crate::closed::ClosedError;

type Cage<'py> = View<'py, Zoo, u16>;

pub fn number(cage: Cage<'_>) -> u16 {
    *cage.key()
}

pub fn text(cage: Cage<'_>) -> Result<String, ClosedError> {
    cage.owner().check_open()?;
    let sign = cage.owner().find(*cage.key()).ok_or(ClosedError {
        hour: 0,
        message: "no such cage".into(),
    })?;
    Ok(sign.painted())
}

pub fn set_text(cage: Cage<'_>, text: &str) -> Result<(), ClosedError> {
    cage.owner().check_open()?;
    if let Some(sign) = cage.owner().find(*cage.key()) {
        sign.repaint(text);
    }
    Ok(())
}

pub fn next(cage: Cage<'_>) -> Result<Option<u16>, ClosedError> {
    Ok(cage
        .owner()
        .cages()?
        .into_iter()
        .find(|number| number > cage.key()))
}

pub fn sign(cage: Cage<'_>) -> Result<u16, ClosedError> {
    cage.owner().check_open()?;
    Ok(*cage.key())
}

pub fn is_same(cage: Cage<'_>, other: Cage<'_>) -> bool {
    eq(cage, other)
}

pub fn eq(cage: Cage<'_>, other: Cage<'_>) -> bool {
    std::ptr::eq(cage.owner(), other.owner()) && cage.key() == other.key()
}

pub fn hash(cage: Cage<'_>) -> u64 {
    u64::from(*cage.key())
}

pub fn repr(cage: Cage<'_>) -> String {
    format!("<Cage {} of {}>", cage.key(), cage.owner().name())
}

pub fn zoo(this: This<'_, py::Cage>) -> Object {
    this.owner().object().to_object()
}
