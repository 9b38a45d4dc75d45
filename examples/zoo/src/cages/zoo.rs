//! The zoo: shared between Python and Rust, so everything that changes has its own lock.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock, Weak};

use pyrus::{BoxIter, Error, Object, Result, This};

use crate::api::cages::py;
use crate::closed::ClosedError;

const PLACES: usize = 64;

/// A sign stands as long as its zoo: it is marked as gone, never freed.
#[derive(Debug)]
pub struct Sign {
    text: String,
    paint: RwLock<Option<String>>,
    gone: AtomicBool,
}

impl Sign {
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn letters(&self) -> Vec<String> {
        self.text.chars().map(String::from).collect()
    }

    pub fn longer(&self, other: &Self) -> bool {
        self.text.len() > other.text.len()
    }

    /// The text after all repainting.
    pub fn painted(&self) -> String {
        let paint = self.paint.read().unwrap_or_else(PoisonError::into_inner);
        paint.clone().unwrap_or_else(|| self.text.clone())
    }

    pub fn repaint(&self, text: &str) {
        *self.paint.write().unwrap_or_else(PoisonError::into_inner) = Some(text.to_owned());
    }
}

static ADVERTISED: RwLock<Option<Arc<Zoo>>> = RwLock::new(None);

/// The old one is dropped when nothing is locked.
fn put_up(zoo: Option<Arc<Zoo>>) -> Option<Arc<Zoo>> {
    let mut place = ADVERTISED.write().unwrap_or_else(PoisonError::into_inner);
    std::mem::replace(&mut place, zoo)
}

#[derive(Debug)]
pub struct Zoo {
    this: Weak<Zoo>,
    python_object: AtomicUsize,
    name: RwLock<String>,
    open: AtomicBool,
    signs: Vec<OnceLock<Sign>>,
}

impl Zoo {
    pub fn create(name: &str) -> Arc<Self> {
        Arc::new_cyclic(|this| Self {
            this: this.clone(),
            python_object: AtomicUsize::new(0),
            name: RwLock::new(name.to_owned()),
            open: AtomicBool::new(true),
            signs: (0..PLACES).map(|_| OnceLock::new()).collect(),
        })
    }

    pub fn itself(&self) -> Arc<Self> {
        self.this.upgrade().expect("a zoo is always shared")
    }

    pub(super) fn python_object(&self) -> &AtomicUsize {
        &self.python_object
    }

    pub fn close(&self) {
        self.open.store(false, Ordering::Release);
    }

    pub(super) fn check_open(&self) -> Result<(), ClosedError> {
        if self.is_open() {
            Ok(())
        } else {
            Err(ClosedError::new(18))
        }
    }

    /// The sign of a cage that is there.
    pub(super) fn find(&self, number: u16) -> Option<&Sign> {
        let sign = self.signs.get(usize::from(number))?.get()?;
        (self.is_open() && !sign.gone.load(Ordering::Acquire)).then_some(sign)
    }

    pub fn is_open(&self) -> bool {
        self.open.load(Ordering::Acquire)
    }

    pub fn name(&self) -> String {
        self.name
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub fn set_name(&self, name: &str) {
        name.clone_into(&mut self.name.write().unwrap_or_else(PoisonError::into_inner));
    }

    pub fn len(&self) -> usize {
        (0..PLACES as u16)
            .filter(|number| self.find(*number).is_some())
            .count()
    }
}

/// What needs the cages.
impl Zoo {
    pub fn add_cage(&self, text: &str) -> Result<u16, ClosedError> {
        self.check_open()?;
        for (number, place) in self.signs.iter().enumerate() {
            let sign = Sign {
                text: text.to_owned(),
                paint: RwLock::default(),
                gone: AtomicBool::new(false),
            };
            if place.set(sign).is_ok() {
                return Ok(number as u16);
            }
        }
        Err(ClosedError {
            hour: 0,
            message: "the zoo is full".to_owned(),
        })
    }

    pub fn remove_cage(&self, number: u16) -> Result<bool, ClosedError> {
        self.check_open()?;
        Ok(self
            .find(number)
            .is_some_and(|sign| !sign.gone.swap(true, Ordering::AcqRel)))
    }

    pub fn cage(&self, number: u16) -> Result<Option<u16>, ClosedError> {
        self.check_open()?;
        Ok(self.find(number).map(|_| number))
    }

    pub fn twin(&self, other: &Self, number: u16) -> Option<u16> {
        self.find(number).and(other.find(number)).map(|_| number)
    }

    pub fn cages(&self) -> Result<Vec<u16>, ClosedError> {
        self.check_open()?;
        Ok((0..PLACES as u16)
            .filter(|number| self.find(*number).is_some())
            .collect())
    }

    pub fn table(&self) -> Result<Vec<(String, (u16, bool))>, ClosedError> {
        let row = |number| {
            Some((
                self.find(number)?.text().to_owned(),
                (number, number % 2 == 0),
            ))
        };
        Ok(self.cages()?.into_iter().filter_map(row).collect())
    }

    pub fn tour(&self) -> Result<BoxIter<u16>, ClosedError> {
        Ok(BoxIter::new(self.cages()?))
    }

    pub fn sign(&self, number: u16) -> Result<Option<u16>, ClosedError> {
        self.cage(number)
    }

    pub fn visit(
        &self,
        ctx: pyrus::Any<'_>,
        f: &dyn Fn(Object, u16) -> Result<bool>,
    ) -> Result<u64> {
        let mut seen = 0;
        for number in self.cages().map_err(Error::from)? {
            seen += 1;
            if !f(ctx.to_object(), number)? {
                break;
            }
        }
        Ok(seen)
    }

    /// A `static` is there for all threads, and for all interpreters.
    pub fn advertise(this: This<'_, py::Zoo>) {
        drop(put_up(Some(this.arc())));
    }

    pub fn advertised() -> Option<Arc<Self>> {
        ADVERTISED
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub fn withdraw() {
        drop(put_up(None));
    }

    pub fn spells(&self, sign: &Sign, text: &str) -> bool {
        sign.text == text
    }

    pub fn count(&self) -> Result<u64, ClosedError> {
        Ok(self.cages()?.len() as u64)
    }
}
