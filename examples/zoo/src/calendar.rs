//! The namespace `Calendar`.

use crate::kinds::Season;

pub fn days(season: Season, leap: bool) -> u16 {
    match season {
        Season::Dry => 182 + u16::from(leap),
        Season::Wet => 183,
    }
}

pub fn following(season: Season) -> Season {
    match season {
        Season::Dry => Season::Wet,
        Season::Wet => Season::Dry,
    }
}

#[cfg(feature = "night")]
pub fn bright() -> bool {
    false
}
