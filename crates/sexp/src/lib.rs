//! S-expressions as KiCad writes them. Pure Rust, usable on its own.
//!
//! [`Tape::parse`] reads a text into a flat tree, [`Items`] reads a large one in parts; [`Node`] and [`Children`] look at it without
//! copying; [`Outline`] and [`LineIndex`] answer many questions about places; [`Writer`] writes in
//! KiCad's own layout, byte for byte; [`number`] says what the text of a number is worth;
//! [`Error::message`] shows what is wrong, and where.
//!
//! ```
//! use pyrus_sexp::{Kind, Tape, Writer, number};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let text = "(via (at 1.5 2) (layers \"F.Cu\" \"B.Cu\"))";
//! let tape = Tape::parse(text).map_err(|error| error.message(text))?;
//!
//! let mut copy = Writer::with_capacity(text.len());
//! copy.open("via");
//! for list in tape.root().children().filter(|node| node.is_list()) {
//!     let Some((key, values)) = list.keyed() else { continue };
//!     copy.open(key);
//!     for value in values {
//!         match value.kind() {
//!             Kind::Number => copy.float(number::parse_float(value.raw())? * 2.0)?,
//!             _ => copy.string(&value.value()),
//!         }
//!     }
//!     copy.close();
//! }
//! copy.close();
//! assert_eq!(copy.finish(), "(via\n\t(at 3 4)\n\t(layers \"F.Cu\" \"B.Cu\")\n)\n");
//! # Ok(())
//! # }
//! ```
//!
//! # Promises
//!
//! - **No input panics, recurses or is read twice.** Any text gives a tree or an [`Error`]; a million
//!   nested lists are as good as one.
//! - **Nothing is lost.** Comments are nodes; every node knows its bytes.
//! - **Positions are exact:** byte offsets into the text; [`locate`] makes lines and columns of them.
//! - **No state outside the values:** everything is `Send + Sync`.
//!
//! # The grammar
//!
//! A bare atom is a whole run of `A-Z a-z 0-9 _ - . / : + = * ! ? % @ # $ & < > | ^ ~ '`. It is a
//! [number](Kind::Number) if it starts with a digit, or a sign and a digit, and has no byte outside
//! `0-9 . + - a-f A-F x _`; else it is a [symbol](Kind::Symbol), as `4k7` is. Strings stand in quotes,
//! know the escapes `\n \r \t \\ \"` and keep any other pair; comments run from `;` to the end of the
//! line. All else stands in quotes or is refused.

#![forbid(unsafe_code)]
// Each such cast is of a value that a double holds exactly, or is meant to round.
#![allow(clippy::cast_precision_loss)]

mod alphabet;
mod block;
mod cut;
mod digits;
mod equal;
mod error;
mod items;
mod node;
pub mod number;
mod outline;
mod position;
mod preview;
mod quoted;
mod reformat;
mod report;
mod scan;
mod tape;
mod writer;

pub use digits::NotFinite;
pub use error::{Error, ErrorKind};
pub use items::Items;
pub use node::{Children, Kind, Node};
pub use outline::Outline;
pub use position::{LineIndex, Position, locate};
pub use reformat::reformat;
pub use tape::Tape;
pub use writer::Writer;
