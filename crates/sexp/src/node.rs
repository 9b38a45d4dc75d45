//! Looking at the tree: nodes, and cursors over their neighbours.

use std::borrow::Cow;
use std::ops::Range;

use crate::alphabet::is_blank;
use crate::number::{NumberError, parse_float_bytes};
use crate::quoted::unescape;
use crate::tape::{Entry, Tape, Token};

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `( … )`, possibly empty.
    List,
    /// A bare atom that is no number: `F.Cu`, `yes`, `4k7`, `-`.
    Symbol,
    /// A bare atom of the number alphabet that starts with a digit, or a sign and a digit. Its text
    /// is not checked here: the type it is read as decides (see [`crate::number`]).
    Number,
    /// An atom in quotes.
    String,
    /// From `;` to the end of its line.
    Comment,
}

/// One node of a [`Tape`]: an index, and what stands there, so copying it costs nothing.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    tape: &'t Tape<'t>,
    index: u32,
    entry: Entry,
}

impl<'t> Node<'t> {
    #[inline]
    pub(crate) fn new(tape: &'t Tape<'_>, index: u32) -> Self {
        let entry = tape.entry(index);
        Self { tape, index, entry }
    }

    #[inline]
    pub(crate) fn entry(self) -> Entry {
        self.entry
    }

    /// Its number in its tape, from 0 in the order of the text: [`Tape::node`] gives the node again.
    #[inline]
    pub fn index(self) -> u32 {
        self.index
    }

    /// The entries of the node and of all that is in it.
    #[inline]
    pub(crate) fn entries(self) -> &'t [Entry] {
        let first = self.index as usize;
        &self.tape.entries()[first..first + self.entry().step()]
    }

    /// The node itself and all that is in it, in the order of the text. A loop, no recursion.
    pub fn walk(self) -> impl ExactSizeIterator<Item = Node<'t>> + Clone {
        let end = self.index + self.entry().step() as u32;
        (self.index..end).map(move |index| Node::new(self.tape, index))
    }

    /// What it is.
    #[inline]
    pub fn kind(self) -> Kind {
        self.entry().token().kind()
    }

    /// Whether it is a list.
    #[inline]
    pub fn is_list(self) -> bool {
        self.entry().token() == Token::List
    }

    /// Its text, if it is a symbol.
    #[inline(always)]
    pub fn as_symbol(self) -> Option<&'t str> {
        let entry = self.entry();
        let start = entry.start();
        (entry.token() == Token::Symbol).then(|| &self.tape.text()[start..start + entry.size()])
    }

    /// The first eight bytes of an atom as a little-endian number, what is shorter filled up with zeros: to tell keys apart
    /// without a look at each byte.
    #[inline(always)]
    pub fn prefix(self) -> u64 {
        let entry = self.entry();
        prefix(&self.tape.text().as_bytes()[entry.start()..], entry.size())
    }

    /// What a number is worth, as [`parse_float`](crate::number::parse_float) says.
    ///
    /// # Errors
    ///
    /// Those of that function, also for what is no number.
    #[inline]
    pub fn float(self) -> Result<f64, NumberError> {
        let entry = self.entry();
        if entry.token() != Token::Number {
            return Err(NumberError::Malformed);
        }
        let bytes = &self.tape.text().as_bytes()[entry.start()..];
        parse_float_bytes(&bytes[..entry.size()])
    }

    /// Byte offset of its first byte: of the quote of a string, of the bracket of a list.
    #[inline]
    pub fn start(self) -> usize {
        self.entry().start()
    }

    /// Byte offset behind its last byte, quote or bracket. O(1) for atoms; for a list, linear in the
    /// number of tokens in it: for many questions about one tape ask an [`Outline`](crate::Outline).
    #[inline]
    pub fn end(self) -> usize {
        let entry = self.entry();
        match entry.token() {
            Token::List => self.end_of_list(),
            _ => entry.start() + entry.size(),
        }
    }

    /// Where it stands in the text; costs what [`Node::end`] costs.
    #[inline]
    pub fn span(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Its bytes as they stand in the text; costs what [`Node::end`] costs.
    #[inline]
    pub fn raw(self) -> &'t str {
        &self.tape.text()[self.span()]
    }

    /// The text that an atom means: a string without quotes and escapes; any other atom, and a
    /// list, as it stands. Borrowed unless there was something to unescape.
    #[inline]
    pub fn value(self) -> Cow<'t, str> {
        match self.plain() {
            Some(text) => Cow::Borrowed(text),
            None => Cow::Owned(unescape(self.inner(self.entry()))),
        }
    }

    /// What [`Node::value`] gives, unless there is something to unescape.
    #[inline]
    pub fn plain(self) -> Option<&'t str> {
        let entry = self.entry();
        match entry.token() {
            Token::String => Some(self.inner(entry)),
            Token::Escaped => None,
            Token::List => Some(self.raw()),
            _ => Some(&self.tape.text()[entry.start()..entry.start() + entry.size()]),
        }
    }

    /// Where [`Node::plain`] stands in the text.
    #[inline]
    pub fn plain_span(self) -> Option<Range<usize>> {
        let entry = self.entry();
        let (start, end) = (entry.start(), entry.start() + entry.size());
        match entry.token() {
            Token::String => Some(start + 1..end - 1),
            Token::Escaped => None,
            Token::List => Some(self.span()),
            _ => Some(start..end),
        }
    }

    /// A string without its quotes.
    #[inline]
    fn inner(self, entry: Entry) -> &'t str {
        let start = entry.start();
        &self.tape.text()[start + 1..start + entry.size() - 1]
    }

    /// The nodes of a list in order, comments among them; of an atom, none.
    #[inline]
    pub fn children(self) -> Children<'t> {
        let entry = self.entry();
        let first = self.index + 1;
        Children::new(self.tape, first, self.index + entry.step() as u32)
    }

    /// The symbol that begins the list, after comments; `None` for atoms, for empty lists, and for
    /// lists that begin with anything else.
    #[inline]
    pub fn head(self) -> Option<&'t str> {
        self.keyed().map(|(key, _)| key)
    }

    /// The [`head`](Node::head), and the nodes after it.
    #[inline(always)]
    pub fn keyed(self) -> Option<(&'t str, Children<'t>)> {
        let mut rest = self.children();
        let key = rest.next_item()?.as_symbol()?;
        Some((key, rest))
    }

    /// The nth child of a list, from 0. Linear in `n`.
    #[inline]
    pub fn nth(self, n: usize) -> Option<Node<'t>> {
        self.children().nth(n)
    }

    /// The whole text that the node is part of.
    #[inline]
    pub fn text(self) -> &'t str {
        self.tape.text()
    }

    /// A list does not know where it ends: its last token does. Behind that stand the brackets of
    /// all lists that end with it, this one's being the outermost.
    #[cold]
    fn end_of_list(self) -> usize {
        let (index, size) = (self.index as usize, self.entry().size());
        let entries = &self.tape.entries()[index..index + size];
        let ending = |(at, entry): (usize, &Entry)| {
            usize::from(entry.token() == Token::List && at + entry.size() == size)
        };
        let mut open: usize = entries.iter().enumerate().map(ending).sum();
        let last = entries[size - 1];
        let mut at = last.start()
            + if last.token() == Token::List {
                1
            } else {
                last.size()
            };
        let bytes = self.tape.text().as_bytes();
        while open > 0 {
            debug_assert!(bytes[at] == b')' || is_blank(bytes[at]));
            open -= usize::from(bytes[at] == b')');
            at += 1;
        }
        at
    }
}

/// See [`Node::prefix`]: of the first `size` bytes.
#[inline(always)]
fn prefix(bytes: &[u8], size: usize) -> u64 {
    if let Some(first) = bytes.first_chunk() {
        let first = u64::from_le_bytes(*first);
        // Twice, as a shift by 64 is none.
        let rest = 4 * size.min(8) as u32;
        return first & !(u64::MAX << rest << rest);
    }
    let mut first = [0; 8];
    for (to, from) in first.iter_mut().zip(&bytes[..size]) {
        *to = *from;
    }
    u64::from_le_bytes(first)
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {}", self.kind(), self.preview())
    }
}

/// A cursor over neighbours: an iterator whose `clone` is a bookmark. A step costs O(1), whatever
/// the size of the list it skips.
#[derive(Clone)]
pub struct Children<'t> {
    tape: &'t Tape<'t>,
    next: u32,
    end: u32,
}

impl<'t> Children<'t> {
    #[inline]
    pub(crate) fn new(tape: &'t Tape<'_>, next: u32, end: u32) -> Self {
        Self { tape, next, end }
    }

    /// The node that `next` will give, left in place.
    #[inline]
    pub fn peek(&self) -> Option<Node<'t>> {
        (self.next < self.end).then(|| Node::new(self.tape, self.next))
    }

    /// The next node that is not a comment.
    #[inline]
    pub fn next_item(&mut self) -> Option<Node<'t>> {
        self.find(|node| node.entry().token() != Token::Comment)
    }

    /// Leave out what is left.
    pub(crate) fn exhaust(&mut self) {
        self.next = self.end;
    }

    /// Whether nothing is left, not even a comment.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.next >= self.end
    }
}

impl<'t> Iterator for Children<'t> {
    type Item = Node<'t>;

    #[inline]
    fn next(&mut self) -> Option<Node<'t>> {
        let node = self.peek()?;
        self.next += node.entry().step() as u32;
        Some(node)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let tokens = (self.end - self.next) as usize;
        (usize::from(tokens > 0), Some(tokens))
    }
}

impl std::iter::FusedIterator for Children<'_> {}
