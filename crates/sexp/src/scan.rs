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
    scanner.read(usize::MAX)?;
    scanner.check_brackets()?;
    scanner.room.truncate(scanner.len);
    Ok(scanner.room)
}

/// Stands for the list that is in no other. No list has this index.
const OUTSIDE: u32 = Entry::MAX_SIZE as u32;

/// As much room is made at once.
const ROOM: usize = 1024;

pub(crate) struct Scanner<'t> {
    text: &'t str,
    /// Where the next block begins.
    at: usize,
    /// What was read, and behind that room for more.
    pub(crate) room: Vec<Entry>,
    /// How many entries were read.
    len: usize,
    /// The innermost list that is open. While a list is open, its entry says which one it is in, not how large it is.
    list: u32,
    /// The first bracket that closes nothing. Later tokens are still checked: their errors go first.
    stray: Option<usize>,
}

/// Why a block was left, and where.
enum Left {
    /// At its end, or in front of a token that ends in the next one.
    Block(usize),
    /// An atom that fills it.
    LongAtom(usize),
    /// A string with escapes, or one that does not end in it; or a backslash.
    String(usize),
    Comment(usize),
    /// What may not stand there.
    Other(usize),
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
            room: Vec::with_capacity(room),
            len: 0,
            list: OUTSIDE,
            stray: None,
        })
    }

    /// Read until so many entries are there. `false`: the text ended before.
    pub(crate) fn read(&mut self, enough: usize) -> Result<bool, Error> {
        while self.len < enough {
            if self.at >= self.text.len() {
                return Ok(false);
            }
            if self.room.len() - self.len < BLOCK {
                self.make_room()?;
            }
            self.at = match self.block(self.at) {
                Left::Block(at) => at,
                Left::String(at) => self.string(at)?,
                Left::LongAtom(at) => self.long_atom(at)?,
                Left::Comment(at) => self.comment(at)?,
                Left::Other(at) => return Err(Error::invalid_character(self.text, at)),
            };
        }
        Ok(true)
    }

    /// Room for the tokens of a block.
    #[cold]
    fn make_room(&mut self) -> Result<(), Error> {
        if self.len > Entry::MAX_SIZE - BLOCK {
            return Err(Error::too_many_tokens(self.at, Entry::MAX_SIZE));
        }
        let room = Entry::MAX_SIZE.min(self.len + ROOM);
        self.room.resize(room, Entry::new(Token::List, 0, 0));
        Ok(())
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

    /// What was read.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.room[..self.len]
    }

    /// How many entries are the list at the front itself, and whole items of it.
    pub(crate) fn whole(&self) -> usize {
        self.open_from().unwrap_or_else(|| self.room[0].size())
    }

    /// Where the list at the front has an item that is open, or goes on. `None`: it is closed.
    fn open_from(&self) -> Option<usize> {
        let (mut list, mut from) = (self.list, self.len);
        while list != 0 {
            if list == OUTSIDE {
                return None;
            }
            from = list as usize;
            list = self.room[from].size() as u32;
        }
        Some(from)
    }

    /// Forget what stands before a list.
    pub(crate) fn forget_before(&mut self, list: usize) {
        self.remove(0..list);
    }

    /// Forget items of the list at the front: all entries up to there.
    pub(crate) fn forget_items(&mut self, end: usize) {
        if self.open_from().is_none() {
            let list = self.room[0];
            let size = list.size() - (end - 1);
            self.room[0] = Entry::new(Token::List, list.start(), size);
        }
        self.remove(1..end);
    }

    /// Remove entries, among which is no list that is open.
    fn remove(&mut self, entries: Range<usize>) {
        let Range { start, end } = entries;
        let moved = |list: u32| match list {
            list if list == OUTSIDE || (list as usize) < end => list,
            list => list - (end - start) as u32,
        };
        let mut list = self.list;
        while list != OUTSIDE {
            let entry = &mut self.room[list as usize];
            list = entry.size() as u32;
            *entry = Entry::new(Token::List, entry.start(), moved(list) as usize);
        }
        self.list = moved(self.list);
        self.room.copy_within(end..self.len, start);
        self.len -= end - start;
    }

    /// Read the tokens that are whole in the block at `base`, for which there is room.
    #[inline]
    fn block(&mut self, base: usize) -> Left {
        let (block, length) = block_at(self.text.as_bytes(), base);
        let masks = masks(&block);
        let mut starts = masks.starts();
        // Nothing of this is looked up in the scanner again.
        let (room, mut len, mut list) = (&mut self.room[..], self.len, self.list);
        let left = loop {
            if starts == 0 {
                break Left::Block(base + length);
            }
            let bit = starts.trailing_zeros();
            starts &= starts - 1;
            let at = base + bit as usize;
            if masks.atom >> bit & 1 != 0 {
                let size = (!masks.atom >> bit).trailing_zeros();
                if bit + size >= 64 {
                    break if bit == 0 {
                        Left::LongAtom(at)
                    } else {
                        Left::Block(at)
                    };
                }
                let token = atom(&block, masks.decimal, bit, size);
                room[len] = Entry::new(token, at, size as usize);
                len += 1;
                continue;
            }
            // Quotes by their mask, as a table of jumps for all these bytes would be guessed worse.
            let byte = block[bit as usize];
            if masks.stop >> bit & 1 != 0 {
                let Some(last) = short_string(&block, masks.stop, bit) else {
                    break Left::String(at);
                };
                let size = (last - bit) as usize + 1;
                room[len] = Entry::new(Token::String, at, size);
                len += 1;
                starts &= above(last);
            } else if byte == b'(' {
                room[len] = Entry::new(Token::List, at, list as usize);
                list = len as u32;
                len += 1;
            } else if byte == b')' {
                let Some(entry) = room.get_mut(list as usize) else {
                    self.stray.get_or_insert(at);
                    continue;
                };
                let size = len - list as usize;
                list = entry.size() as u32;
                *entry = Entry::new(Token::List, entry.start(), size);
            } else if byte == b';' {
                break Left::Comment(at);
            } else {
                break Left::Other(at);
            }
        };
        (self.len, self.list) = (len, list);
        left
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
        self.room[self.len] = Entry::new(token, start, end - start);
        self.len += 1;
        Ok(end)
    }

    /// At the end: every bracket has its other one.
    pub(crate) fn check_brackets(&self) -> Result<(), Error> {
        if let Some(at) = self.stray {
            return Err(Error::unexpected_right_paren(at));
        }
        if self.list != OUTSIDE {
            let innermost = self.room[self.list as usize];
            return Err(Error::unterminated_list(innermost.start(), self.depth()));
        }
        Ok(())
    }

    /// How many lists are open.
    fn depth(&self) -> usize {
        let (mut list, mut depth) = (self.list, 0);
        while list != OUTSIDE {
            list = self.room[list as usize].size() as u32;
            depth += 1;
        }
        depth
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

/// What an atom is; `decimal`: where digits, `.` and `-` are.
#[inline]
fn atom(block: &[u8; BLOCK], decimal: u64, bit: u32, size: u32) -> Token {
    let at = bit as usize;
    let first = block[at];
    if decimal >> bit & 1 == 0 && first != b'+' {
        return Token::Symbol;
    }
    let second = block[(at + 1) % BLOCK];
    let starts = first.is_ascii_digit() || first == b'-' && second.is_ascii_digit();
    if starts && (!decimal >> bit).trailing_zeros() >= size {
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
