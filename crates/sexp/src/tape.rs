//! The tree, flat: one entry of eight bytes per token, in the order of the text.

use std::borrow::Cow;

use crate::error::Error;
use crate::node::{Children, Kind, Node};
use crate::scan::scan;

/// The bits of an entry: where the token starts, its size, what it is.
///
/// ```text
/// 63..61  kind
/// 60..32  size: an atom's bytes, quotes included; or how many entries further a list's next
///         neighbour is
/// 31..0   start: byte offset in the text
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry(u64);

/// What an entry is; a string remembers whether it has to be unescaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    List,
    Symbol,
    Number,
    String,
    Escaped,
    Comment,
}

impl Entry {
    const SIZE_BITS: u32 = 29;
    /// The largest size: of an atom in bytes, and of the tape in entries.
    pub(crate) const MAX_SIZE: usize = (1 << Self::SIZE_BITS) - 1;

    /// `start` fits 32 bits and `size` 29: the scanner checks both.
    #[inline]
    pub(crate) fn new(token: Token, start: usize, size: usize) -> Self {
        debug_assert!(u32::try_from(start).is_ok() && size <= Self::MAX_SIZE);
        Self(start as u64 | (size as u64) << 32 | (token as u64) << 61)
    }

    #[inline]
    pub(crate) fn start(self) -> usize {
        self.0 as u32 as usize
    }

    #[inline]
    pub(crate) fn size(self) -> usize {
        (self.0 >> 32) as usize & Self::MAX_SIZE
    }

    #[inline]
    pub(crate) fn token(self) -> Token {
        match self.0 >> 61 {
            0 => Token::List,
            1 => Token::Symbol,
            2 => Token::Number,
            3 => Token::String,
            4 => Token::Escaped,
            _ => Token::Comment,
        }
    }

    /// How many entries further the next neighbour is: O(1) also for lists.
    #[inline]
    pub(crate) fn step(self) -> usize {
        if self.token() == Token::List {
            self.size()
        } else {
            1
        }
    }
}

/// The tree of a text, kept flat. It borrows the text, or owns it, and has eight bytes per token.
///
/// ```
/// use pyrus_sexp::{Kind, Tape};
///
/// let tape = Tape::parse(r#"(net 3 "GND") ignored"#)?;
/// let root = tape.root();
/// assert_eq!(root.head(), Some("net"));
/// let values: Vec<_> = root.children().skip(1).map(|node| (node.kind(), node.value())).collect();
/// assert_eq!(values, [(Kind::Number, "3".into()), (Kind::String, "GND".into())]);
/// # Ok::<(), pyrus_sexp::Error>(())
/// ```
#[derive(Clone)]
pub struct Tape<'a> {
    text: Cow<'a, str>,
    entries: Vec<Entry>,
    root: u32,
}

impl<'a> Tape<'a> {
    /// Read a text: one pass, no recursion, time and memory linear in its length.
    ///
    /// The text is `item*`, an item is an atom, a comment or `( item* )`. Blanks are space, tab, LF
    /// and CR. A byte order mark in front is skipped.
    ///
    /// # Errors
    ///
    /// Checked on the whole text, in this order:
    ///
    /// 1. [`TooLarge`]: 4 GiB or more, over 2^29 tokens, or a token of over 2^29 bytes;
    /// 2. [`InvalidCharacter`]: a NUL anywhere;
    /// 3. [`InvalidCharacter`], [`UnterminatedString`]: the first token that is none;
    /// 4. [`UnexpectedRightParen`]: the first `)` that closes nothing, also after the root;
    /// 5. [`UnterminatedList`]: the last list that was opened and never closed;
    /// 6. [`EmptyFile`]: nothing but blanks and comments.
    ///
    /// [`TooLarge`]: crate::ErrorKind::TooLarge
    /// [`InvalidCharacter`]: crate::ErrorKind::InvalidCharacter
    /// [`UnterminatedString`]: crate::ErrorKind::UnterminatedString
    /// [`UnexpectedRightParen`]: crate::ErrorKind::UnexpectedRightParen
    /// [`UnterminatedList`]: crate::ErrorKind::UnterminatedList
    /// [`EmptyFile`]: crate::ErrorKind::EmptyFile
    pub fn parse(text: &'a str) -> Result<Self, Error> {
        let (entries, root) = read(text)?;
        Ok(Self {
            text: Cow::Borrowed(text),
            entries,
            root,
        })
    }

    /// Read a text and keep it: the tape depends on nothing else. Otherwise as [`Tape::parse`].
    ///
    /// # Errors
    ///
    /// Those of [`Tape::parse`], with the text that they are about.
    pub fn of_string(text: String) -> Result<Tape<'static>, (Error, String)> {
        match read(&text) {
            Ok((entries, root)) => Ok(Tape {
                text: Cow::Owned(text),
                entries,
                root,
            }),
            Err(error) => Err((error, text)),
        }
    }

    /// A tape that has no entries yet.
    pub(crate) fn unread(text: &'a str) -> Self {
        Self {
            text: Cow::Borrowed(text),
            entries: Vec::new(),
            root: 0,
        }
    }

    /// Put other entries in the place of these.
    pub(crate) fn swap(&mut self, entries: &mut Vec<Entry>) {
        std::mem::swap(&mut self.entries, entries);
    }

    /// The first item that is not a comment. What follows it is balanced, and usually ignored.
    #[inline]
    pub fn root(&self) -> Node<'_> {
        Node::new(self, self.root)
    }

    /// All items of the text: the root, the comments before it, and whatever follows.
    #[inline]
    pub fn items(&self) -> Children<'_> {
        Children::new(self, 0, self.entries.len() as u32)
    }

    /// The node with a number, as [`Node::index`] gives it; `None` from [`Tape::len`] on.
    #[inline]
    pub fn node(&self, index: u32) -> Option<Node<'_>> {
        ((index as usize) < self.entries.len()).then(|| Node::new(self, index))
    }

    /// All nodes in the order of the text: every list before what is in it. A loop, no recursion.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = Node<'_>> + Clone {
        (0..self.entries.len() as u32).map(|index| Node::new(self, index))
    }

    /// The text that was read.
    #[inline]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many tokens there are; a list counts as one.
    #[inline]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Never: a tape holds at least its root.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    #[inline]
    pub(crate) fn entry(&self, index: u32) -> Entry {
        self.entries[index as usize]
    }

    #[inline]
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

/// The entries of a text, and which one is the root.
fn read(text: &str) -> Result<(Vec<Entry>, u32), Error> {
    let entries = scan(text)?;
    let root = entries
        .iter()
        .position(|entry| entry.token() != Token::Comment)
        .ok_or_else(|| Error::empty_file(text.len()))?;
    Ok((entries, root as u32))
}

impl std::fmt::Debug for Tape<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tape")
            .field("bytes", &self.text.len())
            .field("tokens", &self.entries.len())
            .field("root", &self.root().preview())
            .finish()
    }
}

impl Token {
    #[inline]
    pub(crate) fn kind(self) -> Kind {
        match self {
            Self::List => Kind::List,
            Self::Symbol => Kind::Symbol,
            Self::Number => Kind::Number,
            Self::String | Self::Escaped => Kind::String,
            Self::Comment => Kind::Comment,
        }
    }
}
