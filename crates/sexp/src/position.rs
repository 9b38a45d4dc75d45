//! From byte offsets to lines and columns.

use memchr::{memchr, memchr_iter, memrchr};

/// A place in a text, as people count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position<'t> {
    /// From 1.
    pub line: usize,
    /// In bytes, from 1. CR is an ordinary byte.
    pub column: usize,
    /// The line itself, without its LF.
    pub source_line: &'t str,
}

/// Where byte `offset` of a text is; an offset behind the text is its end. Linear in `offset`: for
/// many questions about one text ask a [`LineIndex`].
///
/// ```
/// let place = pyrus_sexp::locate("(a\n  (b))", 5);
/// assert_eq!((place.line, place.column, place.source_line), (2, 3, "  (b))"));
/// ```
pub fn locate(text: &str, offset: usize) -> Position<'_> {
    let bytes = text.as_bytes();
    let before = &bytes[..offset.min(bytes.len())];
    let start = memrchr(b'\n', before).map_or(0, |at| at + 1);
    let end = memchr(b'\n', &bytes[before.len()..]).map_or(bytes.len(), |at| before.len() + at);
    Position {
        line: memchr_iter(b'\n', before).count() + 1,
        column: before.len() - start + 1,
        source_line: &text[start..end],
    }
}

/// Where the lines of a text begin: built in one pass, asked in O(log lines).
///
/// ```
/// let lines = pyrus_sexp::LineIndex::new("(a\n  (b))");
/// assert_eq!(lines.line_column(5), (2, 3));
/// ```
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Find the lines of a text.
    pub fn new(text: &str) -> Self {
        let after = memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        Self {
            starts: std::iter::once(0).chain(after).collect(),
        }
    }

    /// Line and column of a byte offset, both from 1, the column in bytes.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|&start| start <= offset);
        (line, offset - self.starts[line - 1] + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::{LineIndex, locate};

    #[test]
    fn both_ways_agree_on_every_offset() {
        let text = "a\n\nbc\r\nd\n";
        let lines = LineIndex::new(text);
        for offset in 0..=text.len() {
            let place = locate(text, offset);
            assert_eq!(
                lines.line_column(offset),
                (place.line, place.column),
                "{offset}"
            );
        }
        assert_eq!(locate(text, 6).source_line, "bc\r");
        assert_eq!(locate(text, 99), locate(text, text.len()));
        assert_eq!(locate("", 0).line, 1);
    }
}
