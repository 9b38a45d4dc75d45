//! Text to entries: the tokens, and the brackets.
//!
//! The text is looked at in blocks of 64 bytes (see [`crate::block`]). A block begins wherever the
//! last one stopped, so that a token is almost always whole in its block, its end one bit operation
//! away. What does not fit (long strings, comments) is found by `memchr`, and the next block begins
//! behind it.

use std::ops::Range;

use memchr::{memchr, memchr2};

use crate::alphabet::{is_atom, is_number};
use crate::block::{BLOCK, masks};
use crate::error::Error;
use crate::tape::{Entry, Token};

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The bits above bit `at`, which may be the last.
#[inline]
fn above(at: u32) -> u64 {
    u64::MAX << at << 1
}

/// The entries of a text, or the first error by the order that [`crate::Tape::parse`] promises.
pub(crate) fn scan(text: &str) -> Result<Vec<Entry>, Error> {
    // A KiCad file has a token in eight bytes. Pages that are reserved and never touched cost nothing.
    let mut scanner = Scanner::new(text, text.len() / 6 + 8)?;
    if let Some(at) = memchr(0, text.as_bytes()) {
        return Err(Error::invalid_character(text, at));
    }
    while scanner.more()? {}
    scanner.check_brackets()?;
    Ok(scanner.entries)
}

pub(crate) struct Scanner<'t> {
    text: &'t str,
    /// Where the next block begins.
    at: usize,
    /// What was read.
    pub(crate) entries: Vec<Entry>,
    /// Indices of the lists that are open.
    open: Vec<u32>,
    /// The first bracket that closes nothing. Later tokens are still checked: their errors go first.
    stray: Option<usize>,
    /// So many entries from the front are the first list's, and hold whole items of it.
    whole: usize,
    /// The first list is closed.
    closed: bool,
}

impl<'t> Scanner<'t> {
    /// Reads nothing yet. That there is no NUL in the text is left to the caller.
    pub(crate) fn new(text: &'t str, room: usize) -> Result<Self, Error> {
        if u32::try_from(text.len()).is_err() {
            return Err(Error::text_too_large(text.len()));
        }
        let marked = text.starts_with(BYTE_ORDER_MARK);
        Ok(Self {
            text,
            at: if marked { BYTE_ORDER_MARK.len() } else { 0 },
            entries: Vec::with_capacity(room),
            open: Vec::with_capacity(32),
            stray: None,
            whole: 0,
            closed: false,
        })
    }

    /// Read some tokens. `false`: there was nothing left.
    #[inline]
    pub(crate) fn more(&mut self) -> Result<bool, Error> {
        if self.at >= self.text.len() {
            return Ok(false);
        }
        self.at = self.block(self.at)?;
        Ok(true)
    }

    /// A part of the text that is read holds a NUL, in a string: `from` is where it began.
    pub(crate) fn check_part(&self, from: usize) -> Result<(), Error> {
        let end = self.at.min(self.text.len());
        match memchr(0, &self.text.as_bytes()[from..end]) {
            Some(at) => Err(Error::invalid_character(self.text, from + at)),
            None => Ok(()),
        }
    }

    /// Where the next part begins.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// How many entries from the front are the first list itself, and whole items of it.
    pub(crate) fn whole(&self) -> usize {
        self.whole
    }

    /// Forget entries: comments before the first list, or whole items of it.
    pub(crate) fn forget(&mut self, entries: Range<usize>) {
        let later = |index: usize| {
            index
                - if index >= entries.end {
                    entries.len()
                } else {
                    0
                }
        };
        for list in &mut self.open {
            *list = later(*list as usize) as u32;
        }
        self.whole = later(self.whole);
        self.entries.drain(entries);
    }

    /// Read the tokens that are whole in the block at `base`; returns where to go on.
    #[inline]
    fn block(&mut self, base: usize) -> Result<usize, Error> {
        if self.entries.len() > Entry::MAX_SIZE - BLOCK {
            return Err(Error::too_many_tokens(base, Entry::MAX_SIZE));
        }
        let bytes = self.text.as_bytes();
        let (block, length) = block_at(bytes, base);
        let masks = masks(&block);
        let mut starts = masks.starts();
        while starts != 0 {
            let bit = starts.trailing_zeros();
            starts &= starts - 1;
            let at = base + bit as usize;
            if masks.atom >> bit & 1 != 0 {
                let size = (!masks.atom >> bit).trailing_zeros();
                if bit + size >= 64 {
                    return if bit == 0 { self.long_atom(at) } else { Ok(at) };
                }
                let decimal = (!masks.decimal >> bit).trailing_zeros();
                let token = atom(&block, bit, size, decimal == size);
                self.entries.push(Entry::new(token, at, size as usize));
                continue;
            }
            // Quotes by their mask, as a table of jumps for all these bytes would be guessed worse.
            let byte = block[bit as usize];
            if masks.stop >> bit & 1 != 0 {
                let Some(last) = short_string(&block, masks.stop, bit) else {
                    return self.string(at);
                };
                let size = (last - bit) as usize + 1;
                self.entries.push(Entry::new(Token::String, at, size));
                starts &= above(last);
            } else if byte == b'(' {
                self.open(at);
            } else if byte == b')' {
                self.close(at);
            } else if byte == b';' {
                return self.comment(at);
            } else {
                return Err(Error::invalid_character(self.text, at));
            }
        }
        Ok(base + length)
    }

    #[inline]
    fn open(&mut self, at: usize) {
        self.open.push(self.entries.len() as u32);
        self.entries.push(Entry::new(Token::List, at, 0));
    }

    #[inline]
    fn close(&mut self, at: usize) {
        let Some(list) = self.open.pop() else {
            self.stray.get_or_insert(at);
            return;
        };
        let size = self.entries.len() - list as usize;
        let entry = &mut self.entries[list as usize];
        *entry = Entry::new(Token::List, entry.start(), size);
        if self.open.len() <= 1 && !self.closed {
            self.whole = self.entries.len();
            self.closed = self.open.is_empty();
        }
    }

    /// An atom that fills its block.
    #[cold]
    fn long_atom(&mut self, start: usize) -> Result<usize, Error> {
        let rest = &self.text.as_bytes()[start..];
        let size = rest
            .iter()
            .position(|&byte| !is_atom(byte))
            .unwrap_or(rest.len());
        self.atom(other_number(&rest[..size]), start, start + size)
    }

    /// A string with escapes, or one that does not end in its block.
    #[inline(never)]
    fn string(&mut self, start: usize) -> Result<usize, Error> {
        let bytes = self.text.as_bytes();
        if bytes[start] == b'\\' {
            return Err(Error::invalid_character(self.text, start));
        }
        let mut token = Token::String;
        let mut at = start + 1;
        while let Some(skip) = bytes.get(at..).and_then(|rest| memchr2(b'"', b'\\', rest)) {
            at += skip;
            if bytes[at] == b'"' {
                return self.atom(token, start, at + 1);
            }
            token = Token::Escaped;
            at += 2;
        }
        Err(Error::unterminated_string(start))
    }

    #[cold]
    fn comment(&mut self, start: usize) -> Result<usize, Error> {
        let rest = &self.text.as_bytes()[start..];
        let size = memchr(b'\n', rest).unwrap_or(rest.len());
        self.atom(Token::Comment, start, start + size)
    }

    #[inline]
    fn atom(&mut self, token: Token, start: usize, end: usize) -> Result<usize, Error> {
        if end - start > Entry::MAX_SIZE {
            return Err(Error::token_too_large(start, end, Entry::MAX_SIZE));
        }
        self.entries.push(Entry::new(token, start, end - start));
        Ok(end)
    }

    /// At the end: every bracket has its other one.
    pub(crate) fn check_brackets(&self) -> Result<(), Error> {
        if let Some(at) = self.stray {
            return Err(Error::unexpected_right_paren(at));
        }
        if let Some(&list) = self.open.last() {
            let start = self.entries[list as usize].start();
            return Err(Error::unterminated_list(start, self.open.len()));
        }
        Ok(())
    }
}

/// The block that begins at `base`, filled up with blanks at the end of the text; and how many bytes
/// of it are text.
#[inline]
fn block_at(bytes: &[u8], base: usize) -> ([u8; BLOCK], usize) {
    let rest = &bytes[base..];
    if let Some(block) = rest.first_chunk::<BLOCK>() {
        return (*block, BLOCK);
    }
    let mut block = [b' '; BLOCK];
    block[..rest.len()].copy_from_slice(rest);
    (block, rest.len())
}

/// What an atom is; `decimal`: of the number alphabet it has digits, `.` and `-` alone.
#[inline]
fn atom(block: &[u8; BLOCK], bit: u32, size: u32, decimal: bool) -> Token {
    let at = bit as usize;
    let [first, second] = [block[at], block[(at + 1) % BLOCK]];
    let starts = first.is_ascii_digit() || first == b'-' && second.is_ascii_digit();
    if decimal && starts {
        Token::Number
    } else if starts || first == b'+' {
        other_number(&block[at..at + size as usize])
    } else {
        Token::Symbol
    }
}

/// What begins as a number, and has more than digits.
#[inline(never)]
fn other_number(bytes: &[u8]) -> Token {
    if is_number(bytes) {
        Token::Number
    } else {
        Token::Symbol
    }
}

/// The bit of the quote that ends the string that starts at `bit`, when it does start there, there is no escape before
/// its end, and both are in the block.
#[inline]
fn short_string(block: &[u8; BLOCK], stop: u64, bit: u32) -> Option<u32> {
    let stops = stop & above(bit);
    let last = stops.trailing_zeros();
    let is_quote = |bit: u32| block[bit as usize % BLOCK] == b'"';
    (stops != 0 && is_quote(last) && is_quote(bit)).then_some(last)
}
