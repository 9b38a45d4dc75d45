//! DOT (<https://graphviz.org/doc/info/lang.html>).

use super::text::{self, dot, put};
use crate::attributes::AttributeSnapshot;
use crate::kinds;
use crate::node::Node;
use crate::store::EdgeImage;

/// The colours of a scheme that every Graphviz knows: edges of one kind have one.
const COLORS: u8 = 8;

pub(super) fn document(body: &str) -> String {
    format!("digraph {{\n  node [shape=box];\n{body}}}\n")
}

/// A box with the attributes, one a line. The self node comes first and has a double border.
pub(super) fn node(out: &mut String, place: usize, node: &Node) {
    let attributes = node.attribute_snapshot();
    put!(out, "  n{place} [label=\"");
    if attributes.is_empty() {
        put!(out, "n{place}");
    } else {
        put_lines(out, &attributes, "\\l");
    }
    out.push_str(if place == 0 {
        "\", peripheries=2];\n"
    } else {
        "\"];\n"
    });
}

/// An arrow with the name, or what the kind is called; the tooltip has the rest.
pub(super) fn edge(out: &mut String, image: &EdgeImage) {
    let (edge, kind) = (&image.edge, image.kind);
    let called = kinds::name(kind).map_or_else(|| kind.to_string(), str::to_owned);
    put!(out, "  n{} -> n{} [label=\"", image.source, image.target);
    edge.with_name(|name| dot(out, name.unwrap_or(&called)));
    put!(out, "\", tooltip=\"{called}\\n");
    put_lines(out, &edge.attribute_snapshot(), "\\n");
    put!(out, "\", color=\"/dark2{COLORS}/{}\"", kind % COLORS + 1);
    out.push_str(if edge.directional() {
        "];\n"
    } else {
        ", dir=none];\n"
    });
}

fn put_lines(out: &mut String, attributes: &AttributeSnapshot, end: &str) {
    for (key, value) in attributes.iter() {
        dot(out, key);
        out.push_str(" = ");
        dot(out, &text::literal(value));
        out.push_str(end);
    }
}
