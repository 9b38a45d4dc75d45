//! Strings: what stands between quotes, and what it means.

use memchr::memchr;

/// Read `\n \r \t \\ \"`; a backslash before any other byte stays, together with that byte.
pub(crate) fn unescape(inner: &str) -> String {
    let mut text = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = memchr(b'\\', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        let meant = match rest.as_bytes().get(at + 1) {
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'\\') => '\\',
            Some(b'"') => '"',
            _ => {
                // What follows is no escape and no backslash: it may be a long character.
                text.push('\\');
                rest = &rest[at + 1..];
                continue;
            }
        };
        text.push(meant);
        rest = &rest[at + 2..];
    }
    text.push_str(rest);
    text
}

/// The bytes that cannot stand between quotes, and how they are written there.
#[inline]
fn escape(byte: u8) -> Option<&'static [u8; 2]> {
    match byte {
        b'"' => Some(b"\\\""),
        b'\\' => Some(b"\\\\"),
        b'\n' => Some(b"\\n"),
        b'\r' => Some(b"\\r"),
        _ => None,
    }
}

/// Append a string, quoted: backslash, quote, LF and CR escaped, every other byte as it is.
#[inline]
pub(crate) fn write_quoted(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    if needs_escapes(text.as_bytes()) {
        write_escaped(out, text.as_bytes());
    } else {
        out.extend_from_slice(text.as_bytes());
    }
    out.push(b'"');
}

#[cold]
fn write_escaped(out: &mut Vec<u8>, bytes: &[u8]) {
    for &byte in bytes {
        match escape(byte) {
            Some(pair) => out.extend_from_slice(pair),
            None => out.push(byte),
        }
    }
}

/// Looks at eight bytes at once: most strings are short, too short to make a search pay.
#[inline]
fn needs_escapes(bytes: &[u8]) -> bool {
    let (words, tail) = bytes.as_chunks::<8>();
    words
        .iter()
        .any(|word| has_escape(u64::from_le_bytes(*word)))
        || tail.iter().any(|&byte| escape(byte).is_some())
}

/// Whether one of eight bytes is a quote, a backslash, LF or CR.
#[inline]
fn has_escape(word: u64) -> bool {
    const ONES: u64 = u64::MAX / 255;
    /// Bit 7 of each byte that is zero, exact up to the first such byte: enough to know if any is.
    const fn zeros(word: u64) -> u64 {
        word.wrapping_sub(ONES) & !word & (ONES << 7)
    }
    let any = |byte: u8| zeros(word ^ (ONES * u64::from(byte)));
    any(b'"') | any(b'\\') | any(b'\n') | any(b'\r') != 0
}

#[cfg(test)]
mod tests {
    use super::{unescape, write_quoted};

    fn quoted(text: &str) -> String {
        let mut out = Vec::new();
        write_quoted(&mut out, text);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn known_escapes_are_read_others_stay() {
        assert_eq!(
            unescape(r#"p\nq\rr\ts\\u\"v\x41\/w"#),
            "p\nq\rr\ts\\u\"v\\x41\\/w"
        );
        assert_eq!(unescape(r"\é\\é"), r"\é\é");
        assert_eq!(unescape(r"\\n"), r"\n");
    }

    #[test]
    fn four_bytes_are_escaped_wherever_they_stand() {
        for before in 0..20 {
            for (raw, escaped) in [("\"", "\\\""), ("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r")] {
                let fill = "x".repeat(before);
                assert_eq!(
                    quoted(&format!("{fill}{raw}y")),
                    format!("\"{fill}{escaped}y\"")
                );
            }
        }
        assert_eq!(
            quoted("tab\t, bell\u{7}, é, \u{7f}"),
            "\"tab\t, bell\u{7}, é, \u{7f}\""
        );
    }
}
