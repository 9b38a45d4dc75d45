//! Breadth-first search: scenarios, and a second implementation that copies paths.

mod common;

use std::collections::{BTreeSet, VecDeque};
use std::ops::ControlFlow;

use common::{link, nodes, view};
use proptest::prelude::*;
use pyrus_graph::{
    Edge, GraphView, Node, Path, SearchError, SearchOptions, Verdict, kinds::INTERFACE_CONNECTION,
};

const CONNECTIONS: SearchOptions<'static> = SearchOptions {
    kinds: Some(&[INTERFACE_CONNECTION]),
    max_paths: 1 << 20,
};

/// The first path to a node, with everything accepted.
fn path(view: &GraphView, from: &Node, to: &Node) -> Option<Path> {
    let found = view.search(from, CONNECTIONS, |path| {
        if path.end() == to {
            Verdict::stop(path.to_path())
        } else {
            Verdict::ACCEPT
        }
    });
    found.unwrap().break_value()
}

fn connect(view: &GraphView, a: &Node, b: &Node) -> Edge {
    link(view, a, b, INTERFACE_CONNECTION)
}

#[test]
fn t41_the_edge_inserted_first_wins() {
    let view = view();
    let [a, b, c, d, goal] = nodes(&view);
    let ac = connect(&view, &a, &c);
    connect(&view, &a, &b);
    connect(&view, &b, &d);
    let (cd, de) = (connect(&view, &c, &d), connect(&view, &d, &goal));
    let found = path(&view, &a, &goal).unwrap();
    assert_eq!(found.edges(), [(ac, true), (cd, true), (de, true)]);
    let shown = format!(
        "BFSPath(start={:#x}, end={:#x}, length=3)",
        a.id(),
        goal.id()
    );
    assert_eq!(found.to_string(), shown);
}

#[test]
fn t42_no_path() {
    let view = view();
    let [a, b] = nodes(&view);
    assert_eq!(path(&view, &a, &b), None);
    let own = path(&view, &a, &a).unwrap();
    assert_eq!((own.len(), own.start(), own.end()), (0, &a, &a));
}

#[test]
fn t43_edges_are_walked_backward_too() {
    let view = view();
    let [a, b, c] = nodes(&view);
    let (ba, bc) = (connect(&view, &b, &a), connect(&view, &b, &c));
    assert_eq!(
        path(&view, &a, &c).unwrap().edges(),
        [(ba, false), (bc, true)]
    );
}

#[test]
fn t44_a_chain_of_60() {
    let view = view();
    let n: [Node; 60] = nodes(&view);
    for ends in n.windows(2) {
        connect(&view, &ends[0], &ends[1]);
    }
    assert_eq!(path(&view, &n[0], &n[59]).unwrap().len(), 59);
}

#[test]
fn a_cursor_shows_the_path() {
    let view = view();
    let [a, b, c] = nodes(&view);
    let (ab, bc) = (connect(&view, &a, &b), connect(&view, &b, &c));
    let mut lengths = Vec::new();
    let _ = view
        .search(&a, SearchOptions::default(), |path| {
            lengths.push(path.len());
            assert_eq!(path.start(), &a);
            assert_eq!(path.end(), path.to_path().end());
            assert_eq!(path.len(), path.edges().len());
            assert_eq!(
                path.parent().map_or(0, |parent| parent.len() + 1),
                path.len()
            );
            if path.len() == 2 {
                assert_eq!(path.last(), Some((&bc, true)));
                assert!(path.edges_backward().eq([(&bc, true), (&ab, true)]));
            }
            Verdict::<()>::ACCEPT
        })
        .unwrap();
    assert_eq!(lengths, [0, 1, 2]);
}

#[test]
fn destroying_ends_a_search_unless_it_stops() {
    let view = view();
    let [a, b] = nodes(&view);
    connect(&view, &a, &b);
    let stop = view.search(&a, CONNECTIONS, |_| {
        view.destroy();
        Verdict::stop(5)
    });
    assert_eq!(stop, Ok(ControlFlow::Break(5)));
    let late = view.search(&a, CONNECTIONS, |_| Verdict::<()>::ACCEPT);
    assert!(matches!(late, Err(SearchError::Destroyed(_))));
}

#[test]
fn destroying_during_a_search() {
    let view = view();
    let [a, b] = nodes(&view);
    connect(&view, &a, &b);
    let mut calls = 0;
    let end = view.search(&a, CONNECTIONS, |_| {
        calls += 1;
        view.destroy();
        Verdict::<()>::ACCEPT.without_extending()
    });
    assert!(matches!(end, Err(SearchError::Destroyed(gone)) if gone.graph_id == view.id()));
    assert_eq!(calls, 1);
}

#[test]
fn paths_nobody_accepts_are_bounded() {
    let view = view();
    let n: [Node; 12] = nodes(&view);
    for (at, a) in n.iter().enumerate() {
        n[..at].iter().for_each(|b| drop(connect(&view, a, b)));
    }
    let options = SearchOptions {
        max_paths: common::rounds(10_000) as u32,
        ..CONNECTIONS
    };
    let end = view.search(&n[0], options, |_| Verdict::<()>::REJECT);
    assert_eq!(end, Err(SearchError::TooManyPaths));
}

#[test]
fn a_long_chain_takes_linear_time() {
    let view = view();
    let (count, mut last) = (common::rounds(100_000), view.self_node().clone());
    for _ in 0..count {
        let next = view.create_and_insert_node().unwrap();
        connect(&view, &last, &next);
        last = next;
    }
    assert_eq!(path(&view, view.self_node(), &last).unwrap().len(), count);
}

type Shown = Vec<Vec<(Edge, bool)>>;

/// What a callback says about its nth call, so that every mixture of answers is tried.
#[derive(Clone, Debug)]
struct Answers {
    accept: Vec<bool>,
    extend: Vec<bool>,
    stop_at: usize,
}

impl Answers {
    fn at(&self, call: usize) -> (bool, bool, bool) {
        let pick = |answers: &[bool]| answers[call % answers.len()];
        (pick(&self.accept), pick(&self.extend), call >= self.stop_at)
    }
}

/// The search as it is specified: a queue of whole paths.
fn naive(view: &GraphView, start: &Node, kinds: Option<&[u8]>, answers: &Answers) -> Shown {
    let (mut shown, mut accepted) = (Shown::new(), BTreeSet::new());
    let mut queue = VecDeque::from([Path::new(start)]);
    while let Some(path) = queue.pop_front() {
        let end = path.end().clone();
        if accepted.contains(&end) {
            continue;
        }
        let (accept, extend, stop) = answers.at(shown.len());
        shown.push(path.edges().to_vec());
        if stop {
            break;
        }
        if accept {
            accepted.insert(end.clone());
        }
        let kinds = kinds.map_or_else(|| view.kinds_of(&end).unwrap(), <[u8]>::to_vec);
        for kind in kinds.into_iter().filter(|_| extend) {
            for edge in view.edges_of(&end, kind).unwrap().map(Result::unwrap) {
                let other = edge.other_end(&end).unwrap();
                if !path.contains_node(other) && !accepted.contains(other) {
                    let mut longer = path.clone();
                    assert!(longer.push(&edge));
                    queue.push_back(longer);
                }
            }
        }
    }
    shown
}

fn real(view: &GraphView, start: &Node, kinds: Option<&[u8]>, answers: &Answers) -> Shown {
    let mut shown = Shown::new();
    let options = SearchOptions {
        kinds,
        ..SearchOptions::default()
    };
    let end = view.search(start, options, |path| {
        let (accept, extend, stop) = answers.at(shown.len());
        shown.push(path.edges());
        let flow = if stop {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        };
        Verdict {
            flow,
            accept,
            extend,
        }
    });
    assert!(end.is_ok());
    shown
}

fn answers() -> impl Strategy<Value = Answers> {
    let mostly = |weight| prop::collection::vec(prop::bool::weighted(weight), 1..8);
    (
        prop_oneof![mostly(0.3), mostly(1.0)],
        mostly(0.9),
        0usize..400,
    )
        .prop_map(|(accept, extend, stop_at)| Answers {
            accept,
            extend,
            stop_at,
        })
}

proptest! {
    #[test]
    fn like_the_naive_search(
        edges in prop::collection::vec((0usize..6, 0usize..6, 0u8..3), 0..14),
        kinds in prop::option::of(prop::collection::vec(0u8..4, 0..4)),
        answers in answers(),
    ) {
        let view = view();
        let n: [Node; 6] = nodes(&view);
        for (source, target, kind) in edges {
            link(&view, &n[source], &n[target], kind);
        }
        let expected = naive(&view, &n[0], kinds.as_deref(), &answers);
        prop_assert_eq!(real(&view, &n[0], kinds.as_deref(), &answers), expected);
    }
}
