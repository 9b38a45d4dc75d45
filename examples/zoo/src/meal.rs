//! A struct of our own, declared as a record.

use pyrus::exc::OverflowError;

use crate::api::Diet;

const GRAMS_PER_OUNCE: f64 = 28.349_523_125;

#[derive(Clone, Debug, PartialEq)]
pub struct Meal {
    pub food: String,
    pub grams: u32,
    pub diet: Diet,
}

impl Meal {
    pub fn double(&mut self) -> Result<(), OverflowError> {
        *self = self.scaled(2)?;
        Ok(())
    }

    pub fn scaled(&self, by: u32) -> Result<Self, OverflowError> {
        let grams = self
            .grams
            .checked_mul(by)
            .ok_or_else(|| OverflowError::new("too much food"))?;
        Ok(Self {
            grams,
            ..self.clone()
        })
    }

    pub fn repr(&self) -> String {
        format!("<{} g of {}>", self.grams, self.food)
    }

    pub fn kilos(&self) -> f64 {
        f64::from(self.grams) / 1000.0
    }

    pub fn ounces(&self) -> f64 {
        f64::from(self.grams) / GRAMS_PER_OUNCE
    }

    pub fn set_ounces(&mut self, ounces: f64) {
        self.grams = (ounces * GRAMS_PER_OUNCE).round() as u32;
    }
}
