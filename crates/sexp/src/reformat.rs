//! Any text in KiCad's layout, typed or not.

use std::borrow::Cow;

use crate::error::Error;
use crate::node::{Kind, Node};
use crate::tape::Tape;
use crate::writer::Writer;

/// Lay a text out as KiCad does. The result reads back to an equal tree, and is a fixed point.
///
/// Numbers and symbols stay as they stand; strings keep their value and are escaped anew (a line
/// break becomes `\n`, the unknown escape `\q` becomes `\\q`). Every item outside all lists, the
/// root and whatever follows it, is kept and begins a line. A comment stays at the end of the line it
/// shares with other tokens, or on its own line, indented; what follows it begins a new line. A byte
/// order mark goes.
///
/// # Errors
///
/// Those of [`Tape::parse`].
///
/// ```
/// let text = "(net 3 (at 1 2) ; here\n name)";
/// assert_eq!(pyrus_sexp::reformat(text)?, "(net 3\n\t(at 1 2) ; here\n\tname)\n");
/// # Ok::<(), pyrus_sexp::Error>(())
/// ```
pub fn reformat(text: &str) -> Result<String, Error> {
    Ok(Tape::parse(text)?.write())
}

impl Tape<'_> {
    /// The whole text in KiCad's layout, as [`reformat`] gives it.
    pub fn write(&self) -> String {
        write(self.text().len(), self.nodes())
    }
}

/// Nodes in the order of the text, whole lists only; `bytes` is about how long they were. Not recursive: what is open
/// is a stack of where it closes.
fn write<'t>(bytes: usize, nodes: impl Iterator<Item = Node<'t>>) -> String {
    // Layout of a flat text adds little but tabs: room for a few more than there are.
    let mut out = Writer::with_capacity(bytes + bytes / 8 + 64);
    let mut closing: Vec<u32> = Vec::new();
    for node in nodes {
        while closing.last() == Some(&node.index()) {
            closing.pop();
            out.close();
        }
        node.write_start(&mut out);
        if node.is_list() {
            closing.push(node.index() + node.entry().step() as u32);
        }
    }
    for _ in closing {
        out.close();
    }
    out.finish()
}

impl Node<'_> {
    /// The node alone in KiCad's layout, with a LF at its end. No recursion.
    ///
    /// ```
    /// let tape = pyrus_sexp::Tape::parse("(a (b (c 1)))")?;
    /// let inner = tape.root().nth(1).unwrap();
    /// assert_eq!(inner.write(), "(b\n\t(c 1)\n)\n");
    /// # Ok::<(), pyrus_sexp::Error>(())
    /// ```
    pub fn write(self) -> String {
        // An estimate: tokens of a KiCad file have eight bytes.
        write(self.entries().len() * 8, self.walk())
    }

    /// The node itself: of a list, its opening bracket.
    #[inline]
    fn write_start(self, out: &mut Writer) {
        match self.kind() {
            Kind::List => out.begin(self.is_point()),
            Kind::Symbol | Kind::Number => out.raw(self.raw()),
            Kind::String => match self.value() {
                Cow::Borrowed(text) => out.string(text),
                Cow::Owned(text) => out.string(&text),
            },
            Kind::Comment => {
                let text = self.raw().trim_end_matches([' ', '\t', '\r']);
                out.comment(text, self.shares_line());
            }
        }
    }

    /// Whether it is `(xy …)` with a value: such lists share lines.
    #[inline]
    fn is_point(self) -> bool {
        let mut children = self.children();
        children
            .next()
            .is_some_and(|key| key.kind() == Kind::Symbol && key.raw() == "xy")
            && !children.is_empty()
    }

    /// Whether another token stands before it on its line.
    fn shares_line(self) -> bool {
        let before = self.text()[..self.start()].trim_end_matches([' ', '\t', '\r']);
        !before.is_empty() && !before.ends_with(['\n', '\u{feff}'])
    }
}
