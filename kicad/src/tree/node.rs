//! The view `Node`: functions of a tree and the number of a node.

use std::hash::{DefaultHasher, Hasher};

use pyrus::exc::{IndexError, ValueError};
use pyrus::{BoxIter, View};
use pyrus_sexp::{Kind, Node as Inner, number};

use super::Tree;
use crate::api::tree::Position;

type Node<'py> = View<'py, Tree, u32>;

fn inner<'n>(node: &'n Node<'_>) -> Inner<'n> {
    node.owner().node(*node.key())
}

pub(crate) fn kind(node: Node<'_>) -> Kind {
    inner(&node).kind()
}

pub(crate) fn value(node: Node<'_>) -> Option<String> {
    let inner = inner(&node);
    (!inner.is_list()).then(|| inner.value().into_owned())
}

pub(crate) fn head(node: Node<'_>) -> Option<String> {
    inner(&node).head().map(str::to_owned)
}

pub(crate) fn children(node: Node<'_>) -> Vec<u32> {
    inner(&node).children().map(Inner::index).collect()
}

pub(crate) fn parent(node: Node<'_>) -> Option<u32> {
    node.owner().outline().parent(*node.key())
}

pub(crate) fn source(node: Node<'_>) -> String {
    let inner = inner(&node);
    node.owner().text()[inner.start()..node.owner().end(inner)].to_owned()
}

pub(crate) fn start(node: Node<'_>) -> Position {
    node.owner().position(inner(&node).start())
}

pub(crate) fn end(node: Node<'_>) -> Position {
    node.owner().position(node.owner().end(inner(&node)))
}

pub(crate) fn tree(node: Node<'_>) -> Tree {
    node.owner().clone()
}

pub(crate) fn find(node: Node<'_>, head: &str) -> Option<u32> {
    let mut children = inner(&node).children();
    children
        .find(|child| child.head() == Some(head))
        .map(Inner::index)
}

pub(crate) fn find_all(node: Node<'_>, head: &str) -> Vec<u32> {
    let children = inner(&node).children();
    children
        .filter(|child| child.head() == Some(head))
        .map(Inner::index)
        .collect()
}

pub(crate) fn walk(node: Node<'_>) -> BoxIter<u32> {
    let first = *node.key();
    BoxIter::new(first..behind(&node))
}

/// The number of the first node that is not in this one.
fn behind(node: &Node<'_>) -> u32 {
    *node.key() + inner(node).walk().len() as u32
}

pub(crate) fn iter(node: Node<'_>) -> BoxIter<u32> {
    node.owner().neighbours(*node.key() + 1, behind(&node))
}

pub(crate) fn len(node: Node<'_>) -> usize {
    inner(&node).children().count()
}

pub(crate) fn bool(_: Node<'_>) -> bool {
    true
}

pub(crate) fn get_item(node: Node<'_>, index: i64) -> Result<u32, IndexError> {
    let children = inner(&node).children();
    let found = if index < 0 {
        let from_end = usize::try_from(index.unsigned_abs());
        let place = from_end
            .ok()
            .and_then(|back| children.clone().count().checked_sub(back));
        place.and_then(|place| children.clone().nth(place))
    } else {
        usize::try_from(index)
            .ok()
            .and_then(|place| children.clone().nth(place))
    };
    found.map(Inner::index).ok_or_else(|| {
        IndexError::new(format!(
            "Node index out of range: {index} of {} children",
            children.count()
        ))
    })
}

pub(crate) fn to_int(node: Node<'_>) -> Result<i64, ValueError> {
    numeric(&node, "an integer of 64 bits", |text| {
        number::parse_int(text).ok()
    })
}

pub(crate) fn to_float(node: Node<'_>) -> Result<f64, ValueError> {
    numeric(&node, "a number", |text| number::parse_float(text).ok())
}

fn numeric<T>(
    node: &Node<'_>,
    wanted: &str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<T, ValueError> {
    let inner = inner(node);
    let text = (inner.kind() == Kind::Number).then(|| inner.raw());
    text.and_then(read).ok_or_else(|| {
        let Position { line, column, .. } = node.owner().position(inner.start());
        let found = inner.preview();
        ValueError::new(format!("expected {wanted}, got {found} at {line}:{column}"))
    })
}

pub(crate) fn eq(node: Node<'_>, other: Node<'_>) -> bool {
    inner(&node).same_tree(inner(&other))
}

pub(crate) fn hash(node: Node<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    inner(&node).hash_tree(&mut hasher);
    hasher.finish()
}

pub(crate) fn repr(node: Node<'_>) -> String {
    let inner = inner(&node);
    let Position { line, column, .. } = node.owner().position(inner.start());
    format!("<Node at {line}:{column}: {}>", inner.preview())
}
