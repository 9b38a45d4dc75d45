//! Views as bytes and files, and back; and bytes that are none.

mod common;

use common::{link, list, nodes, text, view};
use proptest::prelude::*;
use pyrus_graph::store::{Damage, FormatError, LoadError, VERSION};
use pyrus_graph::{Edge, GraphView, Literal, Node};

/// Everything about a view but ids: for each node its attributes and lists; for each edge all of it. Doubles by their bits.
fn facts(view: &GraphView) -> (Vec<String>, Vec<String>) {
    let (nodes, edges) = (view.nodes().unwrap(), view.edges().unwrap());
    let place = |node: &Node| nodes.iter().position(|known| known == node).unwrap();
    let edge_place = |edge: &Edge| edges.iter().position(|known| known == edge).unwrap();
    let of_node = |node: &Node| {
        let kinds = view.kinds_of(node).unwrap().into_iter();
        let lists = kinds.map(|kind| {
            let places: Vec<usize> = list(view, node, kind).iter().map(edge_place).collect();
            (kind, places)
        });
        format!(
            "{:?} {:?}",
            lists.collect::<Vec<_>>(),
            shown(node.attributes())
        )
    };
    let of_edge = |edge: &Edge| {
        let ends = (place(edge.source()), place(edge.target()));
        let flags = (
            edge.kind(),
            edge.directional(),
            edge.order(),
            edge.edge_specific(),
        );
        format!("{ends:?} {flags:?} {:?}", shown(edge.attributes()))
    };
    (
        nodes.iter().map(of_node).collect(),
        edges.iter().map(of_edge).collect(),
    )
}

fn shown(attributes: Vec<(String, Literal)>) -> Vec<(String, String)> {
    let show = |value| match value {
        Literal::Float(value) => format!("Float({:#x})", value.to_bits()),
        other => format!("{other:?}"),
    };
    attributes
        .into_iter()
        .map(|(key, value)| (key, show(value)))
        .collect()
}

fn again(view: &GraphView) -> GraphView {
    GraphView::from_bytes(&view.to_bytes().unwrap()).unwrap()
}

/// One of everything.
fn small() -> GraphView {
    let view = view();
    let [a, b] = nodes(&view);
    a.put("int", Literal::Int(i64::MIN));
    a.put("int", Literal::Int(i64::MAX));
    a.put("uint", Literal::Uint(u64::MAX));
    b.put("nan", Literal::Float(f64::from_bits(0x7ff8_0000_0000_0001)));
    b.put("", text("a\0b é😀"));
    b.put("yes", Literal::Bool(true));
    let edge = Edge::build(&a, &b, 130)
        .name("r1")
        .directional(true)
        .edge_specific(u16::MAX);
    view.insert_edge(&edge.order(127).unwrap().finish().unwrap())
        .unwrap();
    link(&view, &b, &b, 0);
    link(&view, view.self_node(), &a, 255);
    view
}

#[test]
fn everything_comes_back() {
    let view = small();
    let loaded = again(&view);
    assert_eq!(facts(&loaded), facts(&view));
    assert_eq!(loaded.self_node(), &loaded.nodes().unwrap()[0]);
    assert_ne!(loaded.id(), view.id());
    assert_eq!(loaded.to_bytes().unwrap(), view.to_bytes().unwrap());
}

#[test]
fn a_new_view_is_a_view() {
    assert_eq!(facts(&again(&view())), facts(&view()));
}

#[test]
fn lists_that_were_changed_come_back() {
    let view = view();
    let [a, b, c] = nodes(&view);
    let old = link(&view, &a, &b, 1);
    let loop_edge = link(&view, &a, &a, 1);
    link(&view, &c, &b, 1);
    let new = Edge::new(&a, &b, 1).unwrap();
    let from_loop = Edge::new(&a, &c, 1).unwrap();
    view.replace_edge(&old, &new).unwrap();
    view.replace_edge(&loop_edge, &from_loop).unwrap();
    link(&view, &a, &c, 1).set_kind(9);
    let loaded = again(&view);
    assert_eq!(facts(&loaded), facts(&view));
    assert_eq!(loaded.edges().unwrap()[3].kind(), 9);
}

#[test]
fn files_are_replaced_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.graph");
    let view = small();
    view.save(&path).unwrap();
    view.save(&path).unwrap();
    assert_eq!(facts(&GraphView::load(&path).unwrap()), facts(&view));
    assert!(view.save(&folder.path().join("none/a.graph")).is_err());
    assert!(view.save(folder.path()).is_err());
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn a_destroyed_view_is_not_saved() {
    let view = view();
    view.destroy();
    assert!(view.to_bytes().is_err() && view.to_dot().is_err() && view.to_graphml().is_err());
}

#[test]
fn any_damaged_byte_is_found() {
    let bytes = small().to_bytes().unwrap();
    for at in (0..bytes.len()).step_by(common::step(37)) {
        for flip in [1, 0x80, 0xff] {
            let mut damaged = bytes.clone();
            damaged[at] ^= flip;
            format_error(&damaged);
        }
    }
}

#[test]
fn any_missing_or_added_byte_is_found() {
    let mut bytes = small().to_bytes().unwrap();
    for end in (0..bytes.len()).step_by(common::step(37)) {
        let error = format_error(&bytes[..end]);
        assert!(error.offset <= end as u64, "{error}");
    }
    bytes.push(0);
    let (expected, found) = (bytes.len() as u64 - 1, bytes.len() as u64);
    let damage = Damage::Length { expected, found };
    assert_eq!(format_error(&bytes).damage, damage);
}

#[test]
fn what_is_no_graph_is_told_from_later_versions() {
    assert_eq!(format_error(b"<graphml>").damage, Damage::NotAGraph);
    assert_eq!(format_error(b"").damage, Damage::NotAGraph);
    let mut bytes = small().to_bytes().unwrap();
    bytes[8..12].copy_from_slice(&(VERSION + 1).to_le_bytes());
    let error = format_error(&bytes);
    assert_eq!(
        (error.offset, error.damage),
        (8, Damage::Version(VERSION + 1))
    );
}

fn format_error(bytes: &[u8]) -> FormatError {
    match GraphView::from_bytes(bytes) {
        Err(LoadError::Format(error)) => error,
        other => panic!("{other:?}"),
    }
}

/// Gives changed bytes the checksums that they would have: what is left to find is what they mean.
fn with_checksums(bytes: &mut [u8]) {
    let sum = crc32fast::hash(&bytes[..40]);
    bytes[40..44].copy_from_slice(&sum.to_le_bytes());
    let mut at = 44;
    while at + 16 <= bytes.len() {
        let length = u64::from_le_bytes(bytes[at + 4..at + 12].try_into().unwrap());
        let Ok(length) = usize::try_from(length) else {
            return;
        };
        let Some(end) = length
            .checked_add(at + 12)
            .filter(|end| end + 4 <= bytes.len())
        else {
            return;
        };
        let sum = crc32fast::hash(&bytes[at..end]);
        bytes[end..end + 4].copy_from_slice(&sum.to_le_bytes());
        at = end + 4;
    }
}

fn literal() -> impl Strategy<Value = Literal> {
    prop_oneof![
        any::<i64>().prop_map(Literal::Int),
        any::<u64>().prop_map(Literal::Uint),
        any::<u64>().prop_map(|bits| Literal::Float(f64::from_bits(bits))),
        any::<bool>().prop_map(Literal::Bool),
        ".{0,8}".prop_map(Literal::String),
        Just(Literal::String("a\0b".into())),
    ]
}

fn attributes() -> impl Strategy<Value = Vec<(String, Literal)>> {
    prop::collection::vec(("[a-cé\0]{0,2}|name", literal()), 0..4)
}

prop_compose! {
    fn views()(
        records in prop::collection::vec(attributes(), 1..8),
        edges in prop::collection::vec(
            (any::<(u8, u8)>(), 0u8..3, any::<bool>(), 0u8..128, any::<u16>(), attributes()),
            0..12,
        ),
        replaced in prop::collection::vec(any::<(u8, u8)>(), 0..3),
    ) -> GraphView {
        let view = view();
        let nodes: Vec<Node> = records.into_iter().map(|record| Node::with_attributes(record).unwrap()).collect();
        let node = |at: u8| &nodes[usize::from(at) % nodes.len()];
        for node in &nodes {
            view.insert_node(node).unwrap();
        }
        for ((source, target), kind, directional, order, specific, attributes) in edges {
            let edge = Edge::build(node(source), node(target), kind).directional(directional);
            let edge = edge.order(order).unwrap().edge_specific(specific).attributes(attributes);
            view.insert_edge(&edge.finish().unwrap()).unwrap();
        }
        for (at, target) in replaced {
            let edges = view.edges().unwrap();
            if let Some(old) = edges.get(usize::from(at) % edges.len().max(1)) {
                let new = Edge::new(old.source(), node(target), old.kind()).unwrap();
                view.replace_edge(old, &new).unwrap();
            }
        }
        view
    }
}

proptest! {
    #[test]
    fn any_view_comes_back(view in views()) {
        let loaded = again(&view);
        prop_assert_eq!(facts(&loaded), facts(&view));
        prop_assert_eq!(loaded.to_bytes().unwrap(), view.to_bytes().unwrap());
    }

    #[test]
    fn bytes_that_mean_nothing_are_refused_or_read(
        view in views(),
        changes in prop::collection::vec(any::<(prop::sample::Index, u8)>(), 1..6),
    ) {
        let mut bytes = view.to_bytes().unwrap();
        for (at, value) in changes {
            let at = 16 + at.index(bytes.len() - 16);
            bytes[at] = value;
        }
        with_checksums(&mut bytes);
        match GraphView::from_bytes(&bytes) {
            // Another graph, but a good one: it comes back as what it is.
            Ok(other) => prop_assert_eq!(facts(&again(&other)), facts(&other)),
            Err(LoadError::Format(error)) => prop_assert!(error.offset <= bytes.len() as u64),
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn any_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
        format_error(&bytes);
    }
}
