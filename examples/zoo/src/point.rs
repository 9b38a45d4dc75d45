//! Methods of a generated record.

use crate::api::Point;

impl Point {
    pub fn distance(&self, to: &Self) -> f64 {
        (self.x - to.x).hypot(self.y - to.y)
    }

    pub fn origin() -> Self {
        Self { x: 0.0, y: 0.0 }
    }
}
