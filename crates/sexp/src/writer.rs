//! Writing in KiCad's layout, in one pass: what is written and where it stands are one step.

use std::mem::MaybeUninit;

use crate::alphabet::is_bare;
use crate::digits::{NotFinite, write_decimals, write_float, write_int};
use crate::quoted::write_quoted;

/// Lists that are nested deeper are not indented further, or the text would grow with the square of the depth. KiCad's own
/// files end long before.
const DEEPEST: usize = 100;
/// From this column on an atom goes to a new line.
const WRAP: usize = 72;
/// From this column on a point goes to a new line.
const WRAP_POINTS: usize = 99;
/// The key of a point: points share lines.
const POINT: &str = "xy";
/// As many tabs are copied at once.
const TABS: usize = 16;

/// Builds a text in KiCad's layout.
///
/// Every list starts on its own line, one tab deeper than its parent, and its atoms stay on its
/// line; a list that holds lists closes on its own line. Points, which are lists with the key `xy`,
/// share a line up to column 99. Atoms go on on a new line from column 72 on, and then the next list
/// that closes does so on its own line. Columns count bytes, a tab as one, also inside strings.
///
/// ```
/// use pyrus_sexp::Writer;
///
/// let mut out = Writer::new();
/// out.open("net");
/// out.int(3);
/// out.string("say \"GND\"");
/// out.open("at");
/// out.float(1.50)?;
/// out.close();
/// out.close();
/// assert_eq!(out.finish(), "(net 3 \"say \\\"GND\\\"\"\n\t(at 1.5)\n)\n");
/// # Ok::<(), pyrus_sexp::NotFinite>(())
/// ```
///
/// Of several items outside all lists, each begins a line.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    out: Vec<u8>,
    /// Where the current line begins in `out`: a column is a difference.
    line: usize,
    /// Lists that are open.
    depth: usize,
    last: Last,
    /// The most recent list that was opened is a point.
    points: bool,
    /// An atom went to a new line, and no list was closed since.
    wrapped: bool,
}

/// What was written last, blanks aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Last {
    /// Nothing yet.
    #[default]
    Nothing,
    Open,
    Close,
    Atom,
    Comment,
}

impl Writer {
    /// An empty writer.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty writer with room for so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self {
            out: Vec::with_capacity(bytes),
            ..Self::default()
        }
    }

    /// Open a list with a key, which is written as it is. A list with the key `xy` is laid out as a
    /// point and must be given a value.
    #[inline]
    pub fn open(&mut self, key: &str) {
        self.begin(key == POINT);
        self.out.extend_from_slice(key.as_bytes());
        self.last = Last::Atom;
    }

    /// Open a list without a key.
    #[inline]
    pub fn open_list(&mut self) {
        self.begin(false);
    }

    /// Close the list that was opened last; without one, nothing happens.
    #[inline]
    pub fn close(&mut self) {
        debug_assert!(self.depth > 0, "more lists closed than opened");
        self.depth = self.depth.saturating_sub(1);
        if self.wrapped || matches!(self.last, Last::Close | Last::Comment) {
            self.new_line();
            self.wrapped = false;
        }
        self.out.push(b')');
        self.last = Last::Close;
    }

    /// A bare atom, written as it is: the caller knows that it is a symbol or a number.
    #[inline]
    pub fn raw(&mut self, atom: &str) {
        self.separate();
        self.out.extend_from_slice(atom.as_bytes());
    }

    /// A symbol; a text that cannot stand bare (empty, or with a byte that no symbol has) is quoted.
    #[inline]
    pub fn symbol(&mut self, text: &str) {
        if is_bare(text) {
            self.raw(text);
        } else {
            self.string(text);
        }
    }

    /// A string in quotes: backslash, quote, LF and CR escaped, every other byte as it is.
    #[inline]
    pub fn string(&mut self, text: &str) {
        self.separate();
        write_quoted(&mut self.out, text);
    }

    /// An integer.
    #[inline]
    pub fn int(&mut self, value: i64) {
        self.separate();
        write_int(&mut self.out, value);
    }

    /// A float: rounded to seven decimals, half away from zero, in its shortest form, never with an
    /// exponent.
    ///
    /// # Errors
    ///
    /// [`NotFinite`], and nothing is written.
    #[inline]
    pub fn float(&mut self, value: f64) -> Result<(), NotFinite> {
        self.checked(value, write_float)
    }

    /// A float with exactly this many decimals (1 to 6), unless it is whole: with six `7.500000`, `12`.
    ///
    /// # Errors
    ///
    /// [`NotFinite`], and nothing is written.
    pub fn decimals(&mut self, value: f64, decimals: u8) -> Result<(), NotFinite> {
        self.checked(value, |out, value| write_decimals(out, value, decimals))
    }

    /// How many bytes were written so far.
    #[inline]
    pub fn len(&self) -> usize {
        self.out.len()
    }

    /// What is reserved for what is still to be written.
    #[inline]
    pub fn room(&self) -> usize {
        self.out.capacity() - self.out.len()
    }

    /// Go on in other memory, with so many bytes of room, which is shown to `prepare` before it is used. Nothing happens
    /// where there is none.
    pub fn move_on(&mut self, room: usize, prepare: impl FnOnce(&mut [MaybeUninit<u8>])) {
        let mut out = Vec::new();
        if out.try_reserve_exact(self.out.len() + room).is_ok() {
            prepare(out.spare_capacity_mut());
            out.extend_from_slice(&self.out);
            self.out = out;
        }
    }

    /// Whether nothing was written so far.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// The text, with one LF at its end.
    pub fn finish(mut self) -> String {
        debug_assert_eq!(self.depth, 0, "a list was not closed");
        self.out.push(b'\n');
        String::from_utf8(self.out).expect("only whole texts and ASCII were written")
    }

    #[inline]
    fn checked(
        &mut self,
        value: f64,
        write: impl FnOnce(&mut Vec<u8>, f64) -> Result<(), NotFinite>,
    ) -> Result<(), NotFinite> {
        // Overflow in the rounding is found by the multiplication that rounds.
        if !(value * 1e7).is_finite() {
            return Err(NotFinite);
        }
        self.separate();
        write(&mut self.out, value)
    }

    /// A comment: at the end of the current line, or on its own. What follows begins a new line.
    pub(crate) fn comment(&mut self, text: &str, on_line: bool) {
        if on_line && !matches!(self.last, Last::Comment | Last::Nothing) {
            self.out.push(b' ');
        } else if !self.out.is_empty() {
            self.new_line();
        }
        self.out.extend_from_slice(text.as_bytes());
        self.last = Last::Comment;
    }

    /// Begin a list, as a point or not.
    #[inline]
    pub(crate) fn begin(&mut self, point: bool) {
        if self.out.is_empty() {
            self.out.push(b'(');
        } else if self.points && point && self.column() < WRAP_POINTS && self.last != Last::Comment
        {
            self.out.extend_from_slice(b" (");
        } else {
            self.new_line();
            self.out.push(b'(');
        }
        self.points = point;
        self.depth += 1;
        self.last = Last::Open;
    }

    /// What stands between the last thing and an atom: nothing, a space, or a new line.
    #[inline]
    fn separate(&mut self) {
        match self.last {
            Last::Nothing | Last::Open => {}
            Last::Close | Last::Atom if self.depth > 0 && (self.points || self.column() < WRAP) => {
                self.out.push(b' ');
            }
            Last::Close | Last::Atom | Last::Comment => {
                self.new_line();
                // A line that a comment ended is not a wrapped one.
                self.wrapped |= self.depth > 0 && self.last != Last::Comment;
            }
        }
        self.last = Last::Atom;
    }

    #[inline]
    fn column(&self) -> usize {
        self.out.len() - self.line
    }

    /// LF and the indentation.
    #[inline]
    fn new_line(&mut self) {
        self.out.push(b'\n');
        self.line = self.out.len();
        let mut rest = self.depth.min(DEEPEST);
        loop {
            // A copy of fixed size is one instruction; what is too much is dropped again.
            self.out.extend_from_slice(&[b'\t'; TABS]);
            if rest <= TABS {
                self.out.truncate(self.out.len() - TABS + rest);
                return;
            }
            rest -= TABS;
        }
    }
}
