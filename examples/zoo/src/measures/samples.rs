//! Memory that Python reads where it is.

#[derive(Debug)]
pub struct Samples {
    values: Vec<f64>,
}

impl Samples {
    pub fn new(values: Vec<f64>) -> Self {
        Self { values }
    }

    pub fn push(&mut self, value: f64) {
        self.values.push(value);
    }

    pub fn len(&self) -> usize {
        self.values.len()
    }

    pub fn buffer(&self) -> &[f64] {
        &self.values
    }
}
