//! What can be wrong with a text.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// The kinds of errors: those of tokens and brackets, which [`Tape::parse`](crate::Tape::parse)
/// finds, and those of types, which whoever reads a tree into types finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// A byte that may not stand outside quotes, or a NUL anywhere.
    InvalidCharacter,
    /// A string without its second quote.
    UnterminatedString,
    /// A `)` that closes nothing.
    UnexpectedRightParen,
    /// A list without its `)`.
    UnterminatedList,
    /// Nothing but blanks and comments.
    EmptyFile,
    /// More than the tree can address.
    TooLarge,
    /// A node of the wrong kind.
    UnexpectedType,
    /// An unreadable number, an unknown word.
    InvalidValue,
    /// A field that must be there.
    MissingField,
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// An error at a place of a text. [`Error::message`](crate::Error::message) shows it with its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    kind: ErrorKind,
    span: Range<usize>,
    detail: String,
    type_name: Option<Cow<'static, str>>,
    field: Option<Cow<'static, str>>,
}

impl Error {
    /// An error about the bytes `span` of a text.
    pub fn new(kind: ErrorKind, span: Range<usize>, detail: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            span,
            detail: detail.into(),
            type_name: None,
            field: None,
        }))
    }

    /// Name the type that was being read, and its field. What was named before stays: the innermost
    /// place is the right one.
    #[must_use]
    pub fn within(
        mut self,
        type_name: impl Into<Cow<'static, str>>,
        field: Option<Cow<'static, str>>,
    ) -> Self {
        if self.0.type_name.is_none() {
            self.0.type_name = Some(type_name.into());
            self.0.field = field;
        }
        self
    }

    /// Put the name of a package and a dot before the type that was being read.
    #[must_use]
    pub fn in_package(mut self, package: &str) -> Self {
        if let Some(name) = &mut self.0.type_name {
            *name = format!("{package}.{name}").into();
        }
        self
    }

    /// What is wrong.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The bytes at fault; possibly none, at the end of the text.
    pub fn span(&self) -> Range<usize> {
        self.0.span.clone()
    }

    /// Byte offset of the first byte at fault.
    pub fn offset(&self) -> usize {
        self.0.span.start
    }

    /// One sentence: what was expected, what was found.
    pub fn detail(&self) -> &str {
        &self.0.detail
    }

    /// The type that was being read.
    pub fn type_name(&self) -> Option<&str> {
        self.0.type_name.as_deref()
    }

    /// The field that was being read.
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    pub(crate) fn invalid_character(text: &str, at: usize) -> Self {
        let found = text[at..].chars().next().unwrap_or_default();
        let detail = match found {
            '\0' => "NUL (U+0000) is not allowed in a text".to_owned(),
            '\\' => "a backslash is not allowed outside quotes".to_owned(),
            _ if found.is_ascii_graphic() => format!("'{found}' is not allowed outside quotes"),
            _ if found.is_alphanumeric() => {
                let code = u32::from(found);
                format!("'{found}' (U+{code:04X}) is not allowed outside quotes")
            }
            _ => format!("U+{:04X} is not allowed outside quotes", u32::from(found)),
        };
        Self::new(
            ErrorKind::InvalidCharacter,
            at..at + found.len_utf8(),
            detail,
        )
    }

    pub(crate) fn unterminated_string(at: usize) -> Self {
        Self::new(
            ErrorKind::UnterminatedString,
            at..at + 1,
            "this string has no closing quote",
        )
    }

    pub(crate) fn unexpected_right_paren(at: usize) -> Self {
        Self::new(
            ErrorKind::UnexpectedRightParen,
            at..at + 1,
            "this bracket closes no list",
        )
    }

    pub(crate) fn unterminated_list(at: usize, open: usize) -> Self {
        let detail = match open {
            1 => "this list is not closed".to_owned(),
            _ => format!("this list is not closed; {open} lists are open at the end of the text"),
        };
        Self::new(ErrorKind::UnterminatedList, at..at + 1, detail)
    }

    pub(crate) fn empty_file(end: usize) -> Self {
        Self::new(
            ErrorKind::EmptyFile,
            end..end,
            "expected a list, found the end of the text",
        )
    }

    pub(crate) fn text_too_large(bytes: usize) -> Self {
        let detail = format!("a text must be shorter than 4 GiB, this one has {bytes} bytes");
        Self::new(ErrorKind::TooLarge, 0..0, detail)
    }

    pub(crate) fn too_many_tokens(at: usize, most: usize) -> Self {
        let detail = format!("a text must have fewer than {most} tokens, this one has more");
        Self::new(ErrorKind::TooLarge, at..at, detail)
    }

    pub(crate) fn token_too_large(start: usize, end: usize, most: usize) -> Self {
        let detail = format!(
            "a token must have at most {most} bytes, got {}",
            end - start
        );
        Self::new(ErrorKind::TooLarge, start..start + 1, detail)
    }
}

/// Without the text there is no line: the byte offset has to do.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} at byte {}: {}",
            self.kind(),
            self.offset(),
            self.detail()
        )
    }
}

impl std::error::Error for Error {}
