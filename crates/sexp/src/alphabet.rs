//! The classes of bytes, as one table.

/// A byte of a bare atom: a symbol or a number.
const ATOM: u8 = 1;
/// A byte of the number alphabet: `0-9 . + - a-f A-F x _`.
const NUMERIC: u8 = 2;
/// A blank: space, tab, LF, CR. No other byte is one.
const BLANK: u8 = 4;
/// A decimal digit.
const DIGIT: u8 = 8;

static CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = class(byte as u8);
        byte += 1;
    }
    table
}

const fn class(byte: u8) -> u8 {
    let numeric =
        matches!(byte, b'0'..=b'9' | b'.' | b'+' | b'-' | b'a'..=b'f' | b'A'..=b'F' | b'x' | b'_');
    let symbolic = matches!(
        byte,
        b'A'..=b'Z' | b'a'..=b'z' | b'/' | b':' | b'=' | b'*' | b'!' | b'?' | b'%' | b'@' | b'#'
            | b'$' | b'&' | b'<' | b'>' | b'|' | b'^' | b'~' | b'\''
    );
    let mut class = 0;
    if numeric || symbolic {
        class |= ATOM;
    }
    if numeric {
        class |= NUMERIC;
    }
    if matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
        class |= BLANK;
    }
    if byte.is_ascii_digit() {
        class |= DIGIT;
    }
    class
}

#[inline]
pub(crate) fn is_atom(byte: u8) -> bool {
    CLASSES[usize::from(byte)] & ATOM != 0
}

#[inline]
pub(crate) fn is_numeric(byte: u8) -> bool {
    CLASSES[usize::from(byte)] & NUMERIC != 0
}

#[inline]
pub(crate) fn is_blank(byte: u8) -> bool {
    CLASSES[usize::from(byte)] & BLANK != 0
}

#[inline]
pub(crate) fn is_digit(byte: u8) -> bool {
    CLASSES[usize::from(byte)] & DIGIT != 0
}

/// Whether an atom has the form of a number: a digit, or a sign and a digit, and nothing outside
/// the number alphabet. Whether it *is* one, the type it is read as decides (`1-2` is not).
#[inline]
pub(crate) fn is_number(atom: &[u8]) -> bool {
    let starts = match atom {
        [b'+' | b'-', next, ..] => is_digit(*next),
        [first, ..] => is_digit(*first),
        [] => false,
    };
    starts && atom.iter().all(|&byte| is_numeric(byte))
}

/// Whether a text is one bare atom, so that it can be written without quotes.
#[inline]
pub(crate) fn is_bare(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(is_atom)
}

#[cfg(test)]
mod tests {
    use super::{is_bare, is_number};

    #[test]
    fn numbers_are_whole_runs_of_their_alphabet() {
        for yes in [
            "0", "-1", "+7", "5.", "1e400", "0x1F", "1-2", "1__0", "0805_C", "5e-2x",
        ] {
            assert!(is_number(yes.as_bytes()), "{yes}");
        }
        for no in [
            "", "-", "+", ".5", "-.5", "4k7", "2N3904", "33R", "0X1f", "-x", "--1", "e5",
        ] {
            assert!(!is_number(no.as_bytes()), "{no}");
        }
    }

    #[test]
    fn bare_texts_need_no_quotes() {
        for yes in [
            "*.Cu",
            "F&B.Cu",
            "%R",
            "~",
            "a=b!?@#$<>|^:/_+",
            "-x",
            "it's",
            "4k7",
        ] {
            assert!(is_bare(yes), "{yes}");
        }
        for no in [
            "", "a b", "a,b", "[a]", "{a}", "a\\b", "`a`", "é", "a\"", "a;b", "(", "\0", "\u{7f}",
        ] {
            assert!(!is_bare(no), "{no}");
        }
    }
}
