//! Edge records.

mod common;

use common::{edge, node, text, view};
use pyrus_graph::{
    Edge, EdgeError, EdgeOptions, EdgePattern, Literal, MAX_ORDER, Node, OrderOutOfRange, kinds,
};

#[test]
fn t48_ids_are_consecutive_but_for_other_threads() {
    let (a, b) = (node(), node());
    let (first, second) = (edge(&a, &b, 0), edge(&a, &b, 0));
    assert!(first.id() >= 1 && first < second);
}

#[test]
fn t18_parallel_edges_differ() {
    let (a, b) = (node(), node());
    let (first, second) = (edge(&a, &b, 0), edge(&a, &b, 0));
    assert!(first.is_same(&first.clone()) && !first.is_same(&second));
    assert_ne!(first, second);
}

#[test]
fn a_plain_edge_has_the_defaults() {
    let (a, b) = (node(), node());
    let plain = edge(&a, &b, 7);
    assert_eq!((plain.source(), plain.target(), plain.kind()), (&a, &b, 7));
    assert_eq!(
        (plain.directional(), plain.order(), plain.edge_specific()),
        (false, 0, 0)
    );
    assert_eq!((plain.name(), plain.attributes().len()), (None, 0));
}

#[test]
fn t11_every_kind_is_kept() {
    let a = node();
    assert!((0..=255).all(|kind| edge(&a, &a, kind).kind() == kind));
    assert_eq!(kinds::name(kinds::POINTER), Some("Pointer"));
    assert_eq!(kinds::name(1), None);
}

#[test]
fn t13_names() {
    let a = node();
    for name in ["", "é😀", "a\0b"] {
        let named = Edge::build(&a, &a, 0).name(name).finish().unwrap();
        assert_eq!(named.name().as_deref(), Some(name));
        assert_eq!(named.get("name"), Some(text(name)));
    }
    assert_eq!(edge(&a, &a, 0).get("source"), None);
}

#[test]
fn t35_the_name_stands_first() {
    let a = node();
    let named = Edge::build(&a, &a, 0)
        .attribute("name", text("second"))
        .name("first");
    let named = named.finish().unwrap();
    assert_eq!(named.name().as_deref(), Some("first"));
    assert_eq!(named.get("name"), Some(text("first")));
    assert_eq!(named.attribute_map(), [("name".to_owned(), text("second"))]);
    named.set_name("third");
    assert_eq!(named.name().as_deref(), Some("first"));
}

#[test]
fn c16_a_name_that_is_no_string_is_none() {
    let a = node();
    let odd = Edge::build(&a, &a, 0)
        .attribute("name", Literal::Float(5.0))
        .finish()
        .unwrap();
    odd.set_name("late");
    assert_eq!(
        (odd.name(), odd.get("name")),
        (None, Some(Literal::Float(5.0)))
    );
}

#[test]
fn c10_any_number_of_attributes() {
    let a = node();
    let count = common::rounds(1000) as i64;
    let many = (0..count).map(|at| (at.to_string(), Literal::Int(at)));
    let full = Edge::build(&a, &a, 0)
        .name("n")
        .attributes(many)
        .finish()
        .unwrap();
    assert!((0..count).all(|at| full.get(&at.to_string()) == Some(Literal::Int(at))));
    assert_eq!(full.name().as_deref(), Some("n"));
}

#[test]
fn orders_above_127_are_refused() {
    let (a, late) = (node(), edge(&node(), &node(), 0));
    assert_eq!(late.set_order(MAX_ORDER), Ok(()));
    assert_eq!(late.set_order(128), Err(OrderOutOfRange(128)));
    assert_eq!(late.order(), 127);
    assert!(Edge::build(&a, &a, 0).order(128).is_err());
    let options = EdgeOptions {
        order: 128,
        ..EdgeOptions::default()
    };
    let refused = Edge::with_options(&a, &a, 0, options);
    assert_eq!(
        refused,
        Err(EdgeError::OrderOutOfRange(OrderOutOfRange(128)))
    );
}

#[test]
fn options_are_all_stored() {
    let (a, b) = (node(), node());
    let options = EdgeOptions {
        directional: true,
        order: 3,
        edge_specific: 500,
        name: Some("n".to_owned()),
        attributes: vec![("k".to_owned(), Literal::Bool(false))],
    };
    let full = Edge::with_options(&a, &b, 9, options).unwrap();
    assert_eq!(
        (full.directional(), full.order(), full.edge_specific()),
        (true, 3, 500)
    );
    let attributes = [
        ("name".to_owned(), text("n")),
        ("k".to_owned(), Literal::Bool(false)),
    ];
    assert_eq!(full.attributes(), attributes);
}

#[test]
fn ends() {
    let (a, b, c) = (node(), node(), node());
    let ab = edge(&a, &b, 0);
    assert_eq!(
        (ab.other_end(&a), ab.other_end(&b), ab.other_end(&c)),
        (Some(&b), Some(&a), None)
    );
    assert_eq!(edge(&a, &a, 0).other_end(&a), Some(&a));
    assert_eq!((ab.directed_source(), ab.directed_target()), (None, None));
    ab.set_directional(true);
    assert_eq!(
        (ab.directed_source(), ab.directed_target()),
        (Some(&a), Some(&b))
    );
}

#[test]
fn t9_formats() {
    let view = view();
    let a = view.create_and_insert_node().unwrap();
    let (s, a_id) = (view.id(), a.id());
    let ab = common::link(&view, view.self_node(), &a, 5);
    assert_eq!(
        view.show_node(&a).to_string(),
        format!("BoundNode(node=0x{a_id:x}, graph=0x{s:x})")
    );
    let shown = format!("BoundEdge(src=0x{s:x}, tgt=0x{a_id:x}, graph=0x{s:x})");
    assert_eq!(view.show_edge(&ab).to_string(), shown);
    assert_eq!(
        view.to_string(),
        format!("GraphView(id=0x{s:x}, |V|=2, |E|=1)")
    );
    view.destroy();
    assert_eq!(
        view.to_string(),
        format!("GraphView(id=0x{s:x}, destroyed)")
    );
    assert_eq!(view.show_edge(&ab).to_string(), shown);
    let edge = format!(
        "Edge(id=0x{:x}, src=0x{s:x}, tgt=0x{a_id:x}, kind=5)",
        ab.id()
    );
    assert_eq!(ab.to_string(), edge);
    assert_eq!(a.to_string(), format!("Node(id=0x{a_id:x})"));
}

#[test]
fn edges_of_a_pattern_share_nothing_that_shows() {
    let [a, b] = std::array::from_fn(|_| Node::new().unwrap());
    let options = EdgeOptions {
        directional: true,
        order: 3,
        edge_specific: 515,
        name: Some("wire".into()),
        attributes: vec![("k".into(), Literal::Int(1))],
    };
    let pattern = EdgePattern::new(9, options.clone()).unwrap();
    let made = Edge::with_options(&a, &b, 9, options).unwrap();
    let like = Edge::like(&pattern, &a, &b).unwrap();
    let facts = |edge: &Edge| {
        let flags = (
            edge.kind(),
            edge.directional(),
            edge.order(),
            edge.edge_specific(),
        );
        (flags, edge.attributes())
    };
    assert_eq!(facts(&like), facts(&made));
    like.put("k2", Literal::Int(2));
    let other = Edge::like(&pattern, &b, &a).unwrap();
    assert_eq!((like.attributes().len(), other.attributes().len()), (3, 2));
    assert!(
        EdgePattern::new(
            0,
            EdgeOptions {
                order: 128,
                ..EdgeOptions::default()
            }
        )
        .is_err()
    );
}

#[test]
fn a_name_is_found_however_it_came() {
    let node = node();
    let edges: [Edge; 4] = std::array::from_fn(|_| edge(&node, &node, 0));
    edges[0].set_name("a name");
    edges[1].put("name", text("a name"));
    edges[2].extend([
        ("x".to_owned(), Literal::Int(1)),
        ("name".to_owned(), text("a name")),
    ]);
    edges[3].put("name", Literal::Int(1));
    for edge in &edges {
        edge.set_name("another");
        assert!(!edge.has_name("another") && !edge.has_name(""));
    }
    assert!(edges[..3].iter().all(|edge| edge.has_name("a name")));
    assert!(!edges[3].has_name("a name"));
    let empty = Edge::build(&node, &node, 0).name("").finish().unwrap();
    assert!(empty.has_name("") && !empty.has_name("a"));
}
