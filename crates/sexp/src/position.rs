//! From byte offsets to lines and columns.

use memchr::{memchr, memchr_iter, memrchr};

/// A place in a text, as people count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position<'t> {
    /// From 1. Lines end with LF; CR is an ordinary character.
    pub line: usize,
    /// In characters (Unicode code points), from 1.
    pub column: usize,
    /// Bytes of the line that stand before.
    pub before: usize,
    /// The line itself, without its LF.
    pub source_line: &'t str,
}

/// Where byte `offset` of a text is; an offset behind the text is its end. Linear in `offset`: for
/// many questions about one text ask a [`LineIndex`].
///
/// ```
/// let place = pyrus_sexp::locate("(a\n  \"é\" (b))", 10);
/// assert_eq!((place.line, place.column, place.source_line), (2, 7, "  \"é\" (b))"));
/// ```
pub fn locate(text: &str, offset: usize) -> Position<'_> {
    let bytes = text.as_bytes();
    let before = &bytes[..offset.min(bytes.len())];
    let start = memrchr(b'\n', before).map_or(0, |at| at + 1);
    let end = memchr(b'\n', &bytes[before.len()..]).map_or(bytes.len(), |at| before.len() + at);
    Position {
        line: memchr_iter(b'\n', before).count() + 1,
        column: characters(&before[start..]) + 1,
        before: before.len() - start,
        source_line: &text[start..end],
    }
}

/// Where the lines of a text begin, and how many characters stand before a byte: built in one pass, asked in
/// O(log lines). Every question must come with the text that the index was made of.
///
/// ```
/// let text = "(a\n  (b))";
/// let lines = pyrus_sexp::LineIndex::new(text);
/// assert_eq!(lines.line_column(text, 5), (2, 3));
/// assert_eq!(lines.characters(text, 5), 5);
/// ```
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// Characters before each [`STRIDE`]th byte; empty for ASCII, where bytes are characters.
    marks: Vec<usize>,
}

const STRIDE: usize = 1024;

impl LineIndex {
    /// Find the lines of a text.
    pub fn new(text: &str) -> Self {
        let after = memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        let marks = if text.is_ascii() {
            Vec::new()
        } else {
            let counts = text.as_bytes().chunks(STRIDE).scan(0, |sum, chunk| {
                let before = *sum;
                *sum += characters(chunk);
                Some(before)
            });
            counts.collect()
        };
        Self {
            starts: std::iter::once(0).chain(after).collect(),
            marks,
        }
    }

    /// Line and column of a byte offset, both from 1, the column in characters.
    pub fn line_column(&self, text: &str, offset: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts[line - 1];
        let before = self.characters(text, offset) - self.characters(text, start);
        (line, before + 1)
    }

    /// How many characters (Unicode code points) stand before a byte offset.
    pub fn characters(&self, text: &str, offset: usize) -> usize {
        let mark = offset / STRIDE;
        match self.marks.get(mark) {
            Some(before) => before + characters(&text.as_bytes()[mark * STRIDE..offset]),
            // The end of a text whose length is a multiple, or plain ASCII.
            None => match self.marks.last() {
                Some(before) => {
                    before + characters(&text.as_bytes()[(self.marks.len() - 1) * STRIDE..])
                }
                None => offset,
            },
        }
    }
}

/// How many characters begin in some bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::{LineIndex, STRIDE, locate};

    #[test]
    fn both_ways_agree_on_every_offset() {
        for text in ["a\n\nbc\r\nd\n", "é\n→x\n\n😀\n", ""] {
            let lines = LineIndex::new(text);
            for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let place = locate(text, offset);
                assert_eq!(
                    lines.line_column(text, offset),
                    (place.line, place.column),
                    "{text:?} {offset}"
                );
                assert_eq!(
                    lines.characters(text, offset),
                    text[..offset].chars().count()
                );
            }
        }
        let text = "a\n\nbc\r\nd\n";
        assert_eq!(locate(text, 6).source_line, "bc\r");
        assert_eq!(locate(text, 99), locate(text, text.len()));
        assert_eq!(locate("", 0).line, 1);
    }

    #[test]
    fn characters_are_counted_across_marks() {
        for length in [STRIDE / 2, STRIDE, 2 * STRIDE + 1] {
            let text = "é".repeat(length);
            let lines = LineIndex::new(&text);
            for at in (0..=length).step_by(if cfg!(miri) { 256 } else { 1 }) {
                assert_eq!(lines.characters(&text, 2 * at), at);
                assert_eq!(lines.line_column(&text, 2 * at), (1, at + 1));
            }
        }
    }
}
