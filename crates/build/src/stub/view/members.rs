//! The order of a body: where empty lines stand between items.

use super::{Placed, StubItem};

/// Items of a module or class in order.
#[derive(Default)]
pub(crate) struct Members {
    pub(crate) placed: Vec<Placed>,
    /// The body begins after something (a docstring, imports) that an empty line must follow.
    after_text: bool,
    /// The platform test of the last item.
    guard: String,
}

/// How an item behaves towards its neighbours.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// One statement; those of a kind stand together.
    Attribute,
    /// `def …: ...`; these stand together too.
    Short,
    /// A function with a body.
    Long,
    /// `class …: ...`: like short functions.
    Empty,
    Block,
}

impl Members {
    pub(crate) fn new(after_text: bool) -> Self {
        Members {
            after_text,
            ..Members::default()
        }
    }

    pub(crate) fn push(&mut self, item: StubItem) {
        self.push_guarded(String::new(), item);
    }

    /// Items in a row with the same platform test share it.
    pub(crate) fn push_guarded(&mut self, guard: String, item: StubItem) {
        let is_guarded = !guard.is_empty();
        let same = guard == self.guard;
        let gap = match self.placed.last() {
            None => self.after_text,
            Some(_) if !same => true,
            Some(last) => needs_gap(&last.item, &item),
        };
        let begins = if same { String::new() } else { guard.clone() };
        self.guard = guard;
        let gap = if gap { "\n" } else { "" };
        self.placed.push(Placed {
            gap,
            guard: begins,
            is_guarded,
            item,
        });
    }

    /// The next item starts a new group even if it is of the same kind.
    pub(crate) fn separate(&mut self, from: usize) {
        if from > 0
            && let Some(placed) = self.placed.get_mut(from)
        {
            placed.gap = "\n";
        }
    }
}

fn needs_gap(last: &StubItem, item: &StubItem) -> bool {
    let together = matches!(
        (end(last), start(item)),
        (Kind::Attribute, Kind::Attribute)
            | (Kind::Short, Kind::Short | Kind::Long)
            | (Kind::Empty, Kind::Empty)
    );
    !together
}

fn start(item: &StubItem) -> Kind {
    match item {
        StubItem::Attribute(_) => Kind::Attribute,
        StubItem::Function(function) if function.doc.is_empty() => Kind::Short,
        StubItem::Property(property) if property.getter.doc.is_empty() => Kind::Short,
        StubItem::Function(_) | StubItem::Property(_) => Kind::Long,
        StubItem::Class(class) if class.is_empty() => Kind::Empty,
        StubItem::Class(_) | StubItem::Enum(_) => Kind::Block,
    }
}

fn end(item: &StubItem) -> Kind {
    match item {
        StubItem::Property(property) if property.setter.is_some() => Kind::Short,
        other => start(other),
    }
}
