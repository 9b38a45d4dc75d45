//! Texts cut short, never inside a character.

/// Stands for what is left out.
pub(crate) const ELLIPSIS: &str = "...";

/// The character border at or before byte `at`, or the end of a shorter text.
#[inline]
pub(crate) fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

/// The text if it has at most `most` bytes, else what fits, with an ellipsis.
pub(crate) fn cut(text: &str, most: usize) -> std::borrow::Cow<'_, str> {
    if text.len() <= most {
        return text.into();
    }
    let keep = floor(text, most.saturating_sub(ELLIPSIS.len()));
    format!("{}{ELLIPSIS}", &text[..keep]).into()
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn cuts_at_character_borders() {
        assert_eq!(cut("short", 5), "short");
        assert_eq!(cut("longer", 5), "lo...");
        assert_eq!(cut("ééééé", 6), "é...");
    }
}
