//! The namespace `Tides`, somewhere else.

#[cfg(unix)]
pub fn high(hour: u8) -> bool {
    hour % 12 < 6
}
