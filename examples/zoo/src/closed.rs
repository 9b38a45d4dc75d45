//! An error of our own.

#[derive(Clone, Debug)]
pub struct ClosedError {
    pub hour: u8,
    pub message: String,
}

impl ClosedError {
    pub fn new(hour: u8) -> Self {
        Self {
            hour,
            message: format!("closed since {hour} o'clock"),
        }
    }
}
