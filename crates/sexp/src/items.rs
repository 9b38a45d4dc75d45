//! The items of a list, some at a time: what was read is forgotten, so that a text of any size needs a
//! tape of a few pages, which stay in the processor's cache.

use crate::error::Error;
use crate::node::Children;
use crate::scan::Scanner;
use crate::tape::{Tape, Token};

/// As many entries are read before the items among them are given away: 32 KiB.
const ENOUGH: usize = 4096;

/// The items of the list that a text begins with, some at a time.
///
/// Takes the memory of the largest item, where a [`Tape`] takes that of the text. It finds the errors of
/// a text in another order than [`Tape::parse`] promises: who has to tell the first one parses the text.
///
/// ```
/// use pyrus_sexp::Items;
///
/// let mut items = Items::of("(kicad_pcb (net 0 \"\") (net 1 \"GND\"))")?.expect("a list");
/// let mut lists = 0;
/// while let Some(some) = items.read()? {
///     lists += some.filter(|item| item.is_list()).count();
/// }
/// assert_eq!(lists, 2);
/// # Ok::<(), pyrus_sexp::Error>(())
/// ```
pub struct Items<'a> {
    scanner: Scanner<'a>,
    /// Has the scanner's entries while nothing is read. The first is the list itself, without its size.
    tape: Tape<'a>,
    /// So many entries from the front were given away, the first among them.
    given: usize,
}

impl<'a> Items<'a> {
    /// Begin to read. `None`: what the text begins with, comments aside, is no list.
    ///
    /// # Errors
    ///
    /// Some error of the text.
    pub fn of(text: &'a str) -> Result<Option<Self>, Error> {
        let mut scanner = Scanner::new(text, ENOUGH + ENOUGH / 2)?;
        let from = scanner.at();
        let root = loop {
            let mut entries = scanner.entries().iter();
            if let Some(root) = entries.position(|entry| entry.token() != Token::Comment) {
                break root;
            }
            if !scanner.read(scanner.entries().len() + 1)? {
                return Ok(None);
            }
        };
        scanner.check_part(from)?;
        scanner.forget_before(root);
        if scanner.entries()[0].token() != Token::List {
            return Ok(None);
        }
        let mut tape = Tape::unread(text);
        tape.swap(&mut scanner.room);
        Ok(Some(Self {
            scanner,
            tape,
            given: 1,
        }))
    }

    /// The next items, comments among them. `None`: the text is read to its end, also behind the list.
    ///
    /// # Errors
    ///
    /// Some error of the text.
    pub fn read(&mut self) -> Result<Option<Children<'_>>, Error> {
        let scanner = &mut self.scanner;
        self.tape.swap(&mut scanner.room);
        scanner.forget_items(self.given);
        let read = fill(scanner);
        self.given = if read.is_ok() { scanner.whole() } else { 1 };
        self.tape.swap(&mut scanner.room);
        read?;
        Ok((self.given > 1).then(|| Children::new(&self.tape, 1, self.given as u32)))
    }
}

/// Read until there are enough entries, some of them whole items, or to the end.
fn fill(scanner: &mut Scanner<'_>) -> Result<(), Error> {
    let from = scanner.at();
    read_enough(scanner)?;
    // Now, as it is still in the processor's cache.
    scanner.check_part(from)
}

fn read_enough(scanner: &mut Scanner<'_>) -> Result<(), Error> {
    let mut enough = ENOUGH;
    while scanner.read(enough)? {
        if scanner.whole() > 1 {
            return Ok(());
        }
        // Not at each block, as to ask takes as long as lists are deep.
        enough = scanner.entries().len() / 4 * 5;
    }
    scanner.check_brackets()
}
