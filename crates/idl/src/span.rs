//! Files, and places in them.

/// Number of a file among the [`Sources`] of one run; files are numbered in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub usize);

/// A byte range in one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

/// A file that was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Path relative to the root file's folder, with forward slashes.
    pub name: String,
    /// Its text; empty when it could not be read.
    pub text: String,
    /// Byte offset of each line's start.
    lines: Vec<usize>,
}

/// All files of one run: what spans point into.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    pub(crate) fn add(&mut self, name: String, text: String) -> FileId {
        let newlines = text.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(newlines).collect();
        self.files.push(SourceFile { name, text, lines });
        FileId(self.files.len() - 1)
    }

    /// The file a span points into.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0]
    }

    /// Names of all files, in reading order.
    pub fn names(&self) -> Vec<String> {
        self.files.iter().map(|file| file.name.clone()).collect()
    }

    /// 1-based line and column (in characters) of the start of a span.
    pub fn position(&self, span: Span) -> (u32, u32) {
        self.file(span.file).position(span.start)
    }

    /// The text a span covers; empty if the span does not fit the file.
    pub fn slice(&self, span: Span) -> &str {
        self.file(span.file)
            .text
            .get(span.start..span.end)
            .unwrap_or("")
    }
}

impl SourceFile {
    fn position(&self, offset: usize) -> (u32, u32) {
        let line = self
            .lines
            .partition_point(|&start| start <= offset)
            .saturating_sub(1);
        let start = self.lines[line];
        let column = self
            .text
            .get(start..offset)
            .map_or(0, |text| text.chars().count());
        (line as u32 + 1, column as u32 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters() {
        let mut sources = Sources::default();
        let file = sources.add("a".into(), "é: x\nyy: ü z\n".into());
        let at = |start| {
            sources.position(Span {
                file,
                start,
                end: start,
            })
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(4), (1, 4));
        assert_eq!(at(6), (2, 1));
        assert_eq!(at(13), (2, 7));
        assert_eq!(at(999), (3, 1));
    }
}
