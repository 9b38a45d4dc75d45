//! What no field takes: kept as text, one blank between tokens, numbers and strings as they stood.

use pyrus_sexp::{Kind, Node, Tape, Writer};

/// Collects items in their order.
#[derive(Default)]
pub(super) struct Unread(String);

impl Unread {
    pub(super) fn add(&mut self, items: &[Node<'_>]) {
        for item in items {
            self.push(*item);
        }
    }

    /// The text of the items, if there are any.
    pub(super) fn text(self) -> Option<String> {
        (!self.0.is_empty()).then_some(self.0)
    }

    fn push(&mut self, item: Node<'_>) {
        let mut open = Vec::new();
        self.token(item);
        if item.is_list() {
            open.push(item.children());
        }
        while let Some(items) = open.last_mut() {
            let Some(item) = items.next_item() else {
                self.0.push(')');
                open.pop();
                continue;
            };
            self.token(item);
            if item.is_list() {
                open.push(item.children());
            }
        }
    }

    fn token(&mut self, item: Node<'_>) {
        if !self.0.is_empty() && !self.0.ends_with('(') {
            self.0.push(' ');
        }
        if item.is_list() {
            self.0.push('(');
        } else {
            self.0.push_str(item.raw());
        }
    }
}

/// Which of the items to write.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// They mean something by where they stand: behind what is positional.
    Atoms,
    /// They stand behind everything else.
    Lists,
}

/// Write the atoms or the lists of a text.
pub(super) fn write(writer: &mut Writer, text: &str, which: Which) {
    // It was read once, so it can be read again.
    let Ok(tape) = Tape::parse(text) else { return };
    for item in tape.items() {
        if item.is_list() == (which == Which::Lists) {
            item_out(writer, item);
        }
    }
}

fn item_out(writer: &mut Writer, item: Node<'_>) {
    let mut open = Vec::new();
    let mut next = Some(item);
    loop {
        match next {
            Some(item) if item.kind() == Kind::List => {
                writer.open_list();
                open.push(item.children());
            }
            Some(item) => writer.raw(item.raw()),
            None => {
                writer.close();
                open.pop();
            }
        }
        let Some(items) = open.last_mut() else { return };
        next = items.next_item();
    }
}
