//! `GraphML` (<http://graphml.graphdrawing.org/>).

use hashbrown::HashMap;

use super::text::{self, put, xml};
use crate::attributes::AttributeSnapshot;
use crate::literal::Literal;
use crate::node::Node;
use crate::store::EdgeImage;

const SPACE: &str = "http://graphml.graphdrawing.org/xmlns";

/// What an edge has besides its attributes: id, name and type of the key. The names are no identifiers, so that
/// attributes rarely have them.
const FACTS: [(&str, &str, &str); 3] = [
    ("kind", "pyrus.edge_type", "int"),
    ("order", "pyrus.order", "int"),
    ("specific", "pyrus.edge_specific", "int"),
];

/// The keys of attributes that were met, which the document declares before their first use.
#[derive(Default)]
pub(super) struct Keys {
    nodes: Domain,
    edges: Domain,
}

/// Keys in order of first use, with the type that fits all of their values.
#[derive(Default)]
struct Domain {
    places: HashMap<String, usize>,
    types: Vec<(String, Type)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Type {
    Boolean,
    Long,
    Double,
    String,
}

impl Type {
    fn of(value: &Literal) -> Self {
        match value {
            Literal::Bool(_) => Self::Boolean,
            Literal::Int(_) => Self::Long,
            Literal::Uint(value) if i64::try_from(*value).is_ok() => Self::Long,
            Literal::Float(_) => Self::Double,
            Literal::Uint(_) | Literal::String(_) => Self::String,
        }
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (one, two) if one == two => one,
            (Self::Long, Self::Double) | (Self::Double, Self::Long) => Self::Double,
            _ => Self::String,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Long => "long",
            Self::Double => "double",
            Self::String => "string",
        }
    }
}

impl Domain {
    fn place(&mut self, key: &str, ty: Type) -> usize {
        if let Some(&place) = self.places.get(key) {
            let known = &mut self.types[place].1;
            *known = known.and(ty);
            return place;
        }
        self.places.insert(key.to_owned(), self.types.len());
        self.types.push((key.to_owned(), ty));
        self.types.len() - 1
    }

    /// The elements of a record. A record has each key once in `GraphML`: the last value counts.
    fn put(&mut self, out: &mut String, prefix: char, attributes: &AttributeSnapshot) {
        for (key, value) in attributes.last_values() {
            let place = self.place(key, Type::of(value));
            put!(out, "<data key=\"{prefix}{place}\">");
            xml(out, &text::literal(value));
            out.push_str("</data>");
        }
    }

    fn declare(&self, out: &mut String, prefix: char, of: &str) {
        for (place, (key, ty)) in self.types.iter().enumerate() {
            put!(
                out,
                "  <key id=\"{prefix}{place}\" for=\"{of}\" attr.name=\""
            );
            xml(out, key);
            put!(out, "\" attr.type=\"{}\"/>\n", ty.name());
        }
    }
}

pub(super) fn node(out: &mut String, keys: &mut Keys, place: usize, node: &Node) {
    put!(out, "    <node id=\"n{place}\">");
    keys.nodes.put(out, 'a', &node.attribute_snapshot());
    out.push_str("</node>\n");
}

pub(super) fn edge(out: &mut String, keys: &mut Keys, place: usize, image: &EdgeImage) {
    let (edge, source, target) = (&image.edge, image.source, image.target);
    let directed = edge.directional();
    put!(
        out,
        "    <edge id=\"e{place}\" source=\"n{source}\" target=\"n{target}\" directed=\"{directed}\">"
    );
    let facts = [image.kind.into(), edge.order().into(), edge.edge_specific()];
    for ((id, _, _), value) in FACTS.iter().zip(facts) {
        put!(out, "<data key=\"{id}\">{value}</data>");
    }
    keys.edges.put(out, 'b', &edge.attribute_snapshot());
    out.push_str("</edge>\n");
}

pub(super) fn document(keys: &Keys, body: &str) -> String {
    let mut out = String::with_capacity(body.len() + 1024);
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    put!(&mut out, "<graphml xmlns=\"{SPACE}\">\n");
    for (id, name, ty) in FACTS {
        put!(
            &mut out,
            "  <key id=\"{id}\" for=\"edge\" attr.name=\"{name}\" attr.type=\"{ty}\"/>\n"
        );
    }
    keys.nodes.declare(&mut out, 'a', "node");
    keys.edges.declare(&mut out, 'b', "edge");
    out.push_str("  <graph id=\"G\" edgedefault=\"directed\">\n");
    out.push_str(body);
    out.push_str("  </graph>\n</graphml>\n");
    out
}
