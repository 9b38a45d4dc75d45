//! A number that changes in place.

use pyrus::exc::{OverflowError, ZeroDivisionError};

use super::amount::{floor_div, modulo, power, shift_left, shift_right};

#[derive(Debug)]
pub struct Tally(i64);

impl Tally {
    pub fn new(value: i64) -> Self {
        Self(value)
    }

    pub fn value(&self) -> i64 {
        self.0
    }

    fn keep(&mut self, value: Option<i64>) -> Result<(), OverflowError> {
        self.0 = value.ok_or_else(|| OverflowError::new("the tally is too large"))?;
        Ok(())
    }

    fn divide(&mut self, value: Option<i64>) -> Result<(), ZeroDivisionError> {
        self.0 = value.ok_or_else(|| ZeroDivisionError::new("a tally divided by zero"))?;
        Ok(())
    }

    pub fn iadd(&mut self, other: i64) -> Result<(), OverflowError> {
        self.keep(self.0.checked_add(other))
    }

    pub fn isub(&mut self, other: i64) -> Result<(), OverflowError> {
        self.keep(self.0.checked_sub(other))
    }

    pub fn imul(&mut self, other: i64) -> Result<(), OverflowError> {
        self.keep(self.0.checked_mul(other))
    }

    pub fn imatmul(&mut self, other: i64) {
        self.0 = self.0.wrapping_mul(10).wrapping_add(other);
    }

    pub fn itruediv(&mut self, other: i64) -> Result<(), ZeroDivisionError> {
        self.divide(self.0.checked_div(other))
    }

    pub fn ifloordiv(&mut self, other: i64) -> Result<(), ZeroDivisionError> {
        self.divide(floor_div(self.0, other))
    }

    pub fn imod(&mut self, other: i64) -> Result<(), ZeroDivisionError> {
        self.divide(modulo(self.0, other))
    }

    pub fn ipow(&mut self, other: i64) -> Result<(), OverflowError> {
        self.keep(power(self.0, other))
    }

    pub fn ilshift(&mut self, other: i64) -> Result<(), OverflowError> {
        self.keep(shift_left(self.0, other))
    }

    pub fn irshift(&mut self, other: i64) -> Result<(), OverflowError> {
        self.keep(shift_right(self.0, other))
    }

    pub fn iand(&mut self, other: i64) {
        self.0 &= other;
    }

    pub fn ior(&mut self, other: i64) {
        self.0 |= other;
    }

    pub fn ixor(&mut self, other: i64) {
        self.0 ^= other;
    }
}
