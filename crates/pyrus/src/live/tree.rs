//! Whole trees: copying and comparing them. Records may hold lists of their own kind, so depth has an end.

use super::node::{Builder, Node, NodeRef, as_node};
use super::slot::Slot;

/// How deep a tree may be to be copied, compared, shown, pickled or written.
pub(crate) const MOST_DEEP: usize = 500;

/// A tree is deeper than [`MOST_DEEP`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooDeep;

/// A tree of its own with the same values. O(size).
pub(crate) fn copy(node: NodeRef<'_>) -> Result<Node, TooDeep> {
    copy_at(node, 0)
}

fn copy_at(node: NodeRef<'_>, depth: usize) -> Result<Node, TooDeep> {
    if depth == MOST_DEEP {
        return Err(TooDeep);
    }
    let from = node.slots();
    let mut builder = Builder::new(node.table());
    builder.set_extra(from.extra().map(str::to_owned));
    for (to, from) in builder.slots().iter_mut().zip(from.iter()) {
        *to = copy_slot(from, depth)?;
    }
    Ok(builder.finish())
}

fn copy_slot(slot: &Slot, depth: usize) -> Result<Slot, TooDeep> {
    Ok(match slot {
        Slot::List(items) => Slot::list(
            items
                .iter()
                .map(|item| copy_slot(item, depth))
                .collect::<Result<_, _>>()?,
        ),
        other => match as_node(other) {
            Some(node) => Slot::Node(copy_at(node, depth + 1)?),
            None => other.share(),
        },
    })
}

/// Are the values of two trees the same? O(size), and O(1) for a node and itself.
pub(crate) fn equal(a: NodeRef<'_>, b: NodeRef<'_>) -> Result<bool, TooDeep> {
    equal_at(a, b, 0)
}

fn equal_at(a: NodeRef<'_>, b: NodeRef<'_>, depth: usize) -> Result<bool, TooDeep> {
    if depth == MOST_DEEP {
        return Err(TooDeep);
    }
    if a.is(b) {
        return Ok(true);
    }
    if !std::ptr::eq(a.table(), b.table()) {
        return Ok(false);
    }
    let (a, b) = (a.slots(), b.slots());
    Ok(a.extra() == b.extra() && equal_all(a.iter(), b.iter(), depth)?)
}

fn equal_all<'a>(
    a: impl ExactSizeIterator<Item = &'a Slot>,
    b: impl ExactSizeIterator<Item = &'a Slot>,
    depth: usize,
) -> Result<bool, TooDeep> {
    if a.len() != b.len() {
        return Ok(false);
    }
    for (a, b) in a.zip(b) {
        if !equal_slots(a, b, depth)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn equal_slots(a: &Slot, b: &Slot, depth: usize) -> Result<bool, TooDeep> {
    Ok(match (a, b) {
        (Slot::Bool(a), Slot::Bool(b)) => a == b,
        (Slot::Int(a), Slot::Int(b)) => a == b,
        (Slot::Float(a), Slot::Float(b)) => a == b,
        (Slot::Member(a), Slot::Member(b)) => a == b,
        (Slot::Node(_), Slot::Node(_)) => match (as_node(a), as_node(b)) {
            (Some(a), Some(b)) => return equal_at(a, b, depth + 1),
            _ => false,
        },
        (Slot::List(_) | Slot::Absent, Slot::List(_) | Slot::Absent) => {
            return equal_all(a.items().iter(), b.items().iter(), depth);
        }
        _ => a.as_str().is_some() && a.as_str() == b.as_str(),
    })
}
