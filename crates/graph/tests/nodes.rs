//! Node records: ids, attributes, lifetime, host values.

mod common;

use std::any::Any;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use common::{node, text, view};
use pyrus_graph::{AttributeSnapshot, Edge, GraphView, Literal, Node};

#[test]
fn t2_ids_rise_and_are_never_equal() {
    let (a, b) = (node(), node());
    let view = view();
    let c = view.create_and_insert_node().unwrap();
    assert!(a.id() >= 1 && a < b && b.id() < view.id() && view.id() < c.id());
}

#[test]
fn t8_handles_compare_by_node() {
    let (a, b) = (node(), node());
    assert!(a.is_same(&a.clone()) && !a.is_same(&b));
    assert_eq!(a, a.clone());
    assert_ne!(a, b);
}

#[test]
fn t16_any_key_is_found_a_missing_one_is_none() {
    let a = node();
    for key in ["", "a b", "é", "self", "cls", "a\0b", "a\0c"] {
        a.put(key, text(key));
    }
    for key in ["", "a b", "é", "self", "cls", "a\0b", "a\0c"] {
        assert_eq!(a.get(key), Some(text(key)));
    }
    assert_eq!(a.get("a"), None);
    assert_eq!(node().get("a"), None);
}

#[test]
fn t14_values_come_back_exactly() {
    let values = [
        Literal::Int(i64::MIN),
        Literal::Int(i64::MAX),
        Literal::Uint(u64::MAX),
        Literal::Float(-0.0),
        Literal::Float(f64::INFINITY),
        text("x\0y"),
        Literal::Bool(true),
    ];
    for value in values {
        let a = Node::with_attributes([("key".to_owned(), value.clone())]).unwrap();
        assert_eq!(a.get("key"), Some(value));
    }
}

#[test]
fn t33_first_value_by_key_last_value_in_the_map() {
    let a = node();
    a.extend([
        ("a".to_owned(), text("x")),
        ("b".to_owned(), Literal::Bool(true)),
    ]);
    a.extend([("a".to_owned(), text("y"))]);
    assert_eq!(a.get("a"), Some(text("x")));
    let map = a.attribute_map();
    assert_eq!(
        map,
        [
            ("a".to_owned(), text("y")),
            ("b".to_owned(), Literal::Bool(true))
        ]
    );
    assert_eq!(a.attributes().len(), 3);
}

#[test]
fn c10_c11_any_number_of_attributes() {
    for count in [7, 20, common::rounds(1000) as i64] {
        let a = node();
        for at in 0..count {
            a.put(at.to_string(), Literal::Int(at));
        }
        assert!((0..count).all(|at| a.get(&at.to_string()) == Some(Literal::Int(at))));
    }
}

#[test]
fn a_visit_of_attributes_may_put() {
    let a = Node::with_attributes([("a".to_owned(), text("x"))]).unwrap();
    let mut seen = 0;
    let end = a.visit_attributes(|key, value| {
        seen += 1;
        a.put(key.to_owned(), value.clone());
        ControlFlow::<()>::Continue(())
    });
    assert_eq!(
        (end, seen, a.attributes().len()),
        (ControlFlow::Continue(()), 1, 2)
    );
}

#[test]
fn a_visit_of_attributes_may_break() {
    let a = Node::with_attributes(["a", "b"].map(|key| (key.to_owned(), text(key)))).unwrap();
    let first = a.visit_attributes(|key, _| ControlFlow::Break(key.to_owned()));
    assert_eq!(first, ControlFlow::Break("a".to_owned()));
}

#[test]
fn a_bundle_may_read_the_record_it_goes_to() {
    let a = node();
    a.put("a", text("x"));
    a.extend((0..2).map(|at| (at.to_string(), a.get("a").unwrap())));
    assert_eq!(a.attributes().len(), 3);
}

#[test]
fn the_host_slot_is_one_per_node() {
    let a = node();
    assert_eq!(a.host_pointer(), 0);
    a.clone().host().set(8);
    assert_eq!((a.host().get(), a.host_pointer()), (8, 8));
    assert!(a.host().replace_if(8, 16) && !a.host().replace_if(8, 24));
    assert_eq!(a.host_pointer(), 16);
    a.host().clear();
    assert_eq!(a.host_pointer(), 0);
}

#[test]
fn handles_views_and_edges_keep_a_record() {
    let (a, b) = (node(), node());
    assert!(a.is_unique());
    let edge = Edge::new(&a, &b, 0).unwrap();
    assert!(!a.is_unique());
    drop(edge);
    let view = view();
    view.insert_node(&a).unwrap();
    assert!(!a.is_unique());
    view.destroy();
    assert!(a.is_unique());
    let handle = a.clone();
    assert!(!a.is_unique() && !handle.is_unique());
}

/// Counts its drops.
struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn an_anchor_is_dropped_with_the_record_at_the_latest() {
    let drops = Arc::new(AtomicUsize::new(0));
    let dropped = || drops.load(Ordering::SeqCst);
    let a = node();
    assert!(!a.has_anchor() && a.take_anchor().is_none());
    assert!(a.anchor(Box::new(Counted(drops.clone()))).is_none());
    let old = a.anchor(Box::new(Counted(drops.clone())));
    assert!(old.is_some_and(|old| old.is::<Counted>()));
    assert_eq!(dropped(), 1);
    assert!(
        a.has_anchor()
            && a.with_anchor(|value| value.is_some_and(<dyn Any + Send + Sync>::is::<Counted>))
    );
    let taken = a.take_anchor();
    assert!(!a.has_anchor() && a.with_anchor(|value| value.is_none()));
    drop(a.anchor(taken.unwrap()));
    assert_eq!(dropped(), 1);
    drop(a);
    assert_eq!(dropped(), 2);
}

/// Foreign code: uses the view, also to write, while it is dropped.
struct Intruder(Arc<GraphView>, Arc<AtomicBool>);

impl Drop for Intruder {
    fn drop(&mut self) {
        let answer = self.0.create_and_insert_node();
        assert_eq!(answer.is_err(), self.0.is_destroyed());
        self.0.destroy();
        self.1.store(true, Ordering::SeqCst);
    }
}

#[test]
fn no_lock_is_held_while_anchors_are_dropped() {
    let (view, ran) = (Arc::new(view()), Arc::new(AtomicBool::new(false)));
    let a = view.create_and_insert_node().unwrap();
    a.anchor(Box::new(Intruder(view.clone(), ran.clone())));
    drop(a);
    view.destroy();
    assert!(ran.load(Ordering::SeqCst));
}

#[test]
fn nodes_with_one_snapshot_share_nothing_that_shows() {
    let attributes: AttributeSnapshot = [("a", Literal::Int(1))].into_iter().collect();
    let [one, two] = std::array::from_fn(|_| Node::with_snapshot(&attributes).unwrap());
    one.put("b", Literal::Int(2));
    assert_eq!(one.attributes().len(), 2);
    assert_eq!(two.attributes(), [("a".to_owned(), Literal::Int(1))]);
    let none = Node::with_snapshot(&AttributeSnapshot::default()).unwrap();
    assert!(none.attributes().is_empty());
}
