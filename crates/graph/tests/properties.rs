//! Views and records against models that are too simple to be wrong.

mod common;

use common::{edge, list, node, view, visit};
use proptest::prelude::*;
use pyrus_graph::{DirectionFilter, Edge, GraphView, InsertEdgeError, Literal, Node, Role};

const NODES: usize = 8;
const EDGES: usize = 12;

#[derive(Clone, Debug)]
enum Step {
    Node(usize),
    Edge(usize),
    Replace(usize, usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (0..NODES).prop_map(Step::Node),
        8 => (0..EDGES).prop_map(Step::Edge),
        1 => (0..EDGES, 0..EDGES).prop_map(|(old, new)| Step::Replace(old, new)),
    ];
    prop::collection::vec(step, 0..60)
}

type Ends = Vec<(usize, usize, u8, bool)>;

fn ends() -> impl Strategy<Value = Ends> {
    prop::collection::vec((0..NODES, 0..NODES, 0u8..3, any::<bool>()), EDGES)
}

/// Every list as a plain vector.
#[derive(Default)]
struct Model {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    lists: Vec<(Node, u8, Vec<Edge>)>,
}

impl Model {
    fn new(view: &GraphView) -> Self {
        Self {
            nodes: vec![view.self_node().clone()],
            ..Self::default()
        }
    }

    fn list(&mut self, node: &Node, kind: u8) -> &mut Vec<Edge> {
        let known = self
            .lists
            .iter()
            .position(|(n, k, _)| n == node && *k == kind);
        let at = known.unwrap_or_else(|| {
            self.lists.push((node.clone(), kind, Vec::new()));
            self.lists.len() - 1
        });
        &mut self.lists[at].2
    }

    fn insert_node(&mut self, node: &Node) -> bool {
        let is_new = !self.nodes.contains(node);
        if is_new {
            self.nodes.push(node.clone());
        }
        is_new
    }

    fn insert_edge(&mut self, edge: &Edge) -> Result<bool, InsertEdgeError> {
        if self.edges.contains(edge) {
            return Ok(false);
        }
        if !self.nodes.contains(edge.source()) {
            return Err(InsertEdgeError::SourceMissing);
        }
        if !self.nodes.contains(edge.target()) {
            return Err(InsertEdgeError::TargetMissing);
        }
        self.edges.push(edge.clone());
        self.list(edge.source(), edge.kind()).push(edge.clone());
        self.list(edge.target(), edge.kind()).push(edge.clone());
        Ok(true)
    }

    /// Whether it was allowed.
    fn replace(&mut self, old: &Edge, new: &Edge) -> bool {
        let allowed = self.edges.contains(old)
            && !self.edges.contains(new)
            && old.source() == new.source()
            && old.kind() == new.kind()
            && self.nodes.contains(new.target());
        if allowed {
            swap(&mut self.edges, old, new);
            let same_target = old.target() == new.target();
            let list = self.list(old.source(), old.kind());
            swap(list, old, new);
            if same_target {
                swap(self.list(old.target(), old.kind()), old, new);
            } else {
                self.list(old.target(), old.kind())
                    .retain(|edge| edge != old);
                self.list(new.target(), new.kind()).push(new.clone());
            }
        }
        allowed
    }

    fn check(&mut self, view: &GraphView, nodes: &[Node]) {
        assert_eq!(view.nodes().unwrap(), self.nodes);
        assert_eq!(view.edges().unwrap(), self.edges);
        for node in nodes {
            let mut kinds = Vec::new();
            for kind in 0..4 {
                let expected = self.list(node, kind).clone();
                assert_eq!(list(view, node, kind), expected);
                check_filters(view, node, kind, &expected);
                kinds.extend((!expected.is_empty()).then_some(kind));
            }
            assert_eq!(view.kinds_of(node).unwrap(), kinds);
        }
    }
}

/// Replaces the first occurrence.
fn swap(edges: &mut [Edge], old: &Edge, new: &Edge) {
    if let Some(at) = edges.iter().position(|edge| edge == old) {
        edges[at] = new.clone();
    }
}

fn check_filters(view: &GraphView, node: &Node, kind: u8, all: &[Edge]) {
    let out = |edge: &&Edge| !edge.directional() || edge.source() == node;
    let into = |edge: &&Edge| !edge.directional() || edge.target() == node;
    let outgoing: Vec<Edge> = all.iter().filter(out).cloned().collect();
    let incoming: Vec<Edge> = all.iter().filter(into).cloned().collect();
    assert_eq!(visit(view, node, kind, DirectionFilter::Outgoing), outgoing);
    assert_eq!(visit(view, node, kind, DirectionFilter::Incoming), incoming);
    for (role, list) in [
        (Role::Any, all),
        (Role::Source, &outgoing),
        (Role::Target, &incoming),
    ] {
        assert_eq!(
            view.first_edge(node, kind, role).unwrap().as_ref(),
            list.first()
        );
    }
}

fn make(ends: &Ends) -> (Vec<Node>, Vec<Edge>) {
    let nodes: Vec<Node> = (0..NODES).map(|_| node()).collect();
    let make = |&(source, target, kind, directional): &(usize, usize, u8, bool)| {
        let edge = edge(&nodes[source], &nodes[target], kind);
        edge.set_directional(directional);
        edge
    };
    let edges = ends.iter().map(make).collect();
    (nodes, edges)
}

/// Without replacements if told so.
fn run(steps: &[Step], replace: bool, nodes: &[Node], edges: &[Edge]) -> (GraphView, Model) {
    let view = view();
    let mut model = Model::new(&view);
    for step in steps {
        match *step {
            Step::Node(at) => {
                assert_eq!(
                    view.insert_node(&nodes[at]),
                    Ok(model.insert_node(&nodes[at]))
                );
            }
            Step::Edge(at) => {
                assert_eq!(view.insert_edge(&edges[at]), model.insert_edge(&edges[at]));
            }
            Step::Replace(old, new) if replace => {
                let (old, new) = (&edges[old], &edges[new]);
                assert_eq!(view.replace_edge(old, new).is_ok(), model.replace(old, new));
            }
            Step::Replace(..) => {}
        }
    }
    (view, model)
}

/// Section 3.4, step by step.
fn naive_subgraph(view: &GraphView, new_view: &GraphView, listed: &[Node]) -> Model {
    let mut model = Model::new(new_view);
    for node in listed {
        model.insert_node(node);
    }
    for node in listed {
        for kind in 0..4 {
            for edge in list(view, node, kind) {
                if model.nodes.contains(edge.other_end(node).unwrap()) {
                    model.insert_edge(&edge).unwrap();
                }
            }
        }
    }
    model
}

proptest! {
    #[test]
    fn a_view_is_its_lists(steps in steps(), ends in ends()) {
        let (nodes, edges) = make(&ends);
        let (view, mut model) = run(&steps, true, &nodes, &edges);
        model.check(&view, &nodes);
    }

    #[test]
    fn a_subgraph_is_what_the_rules_say(
        steps in steps(),
        ends in ends(),
        listed in prop::collection::vec(0..NODES, 0..10),
    ) {
        let (nodes, edges) = make(&ends);
        let (view, _) = run(&steps, true, &nodes, &edges);
        let listed: Vec<Node> = listed.iter().map(|at| nodes[*at].clone()).collect();
        let sub = view.subgraph(&listed).unwrap();
        naive_subgraph(&view, &sub, &listed).check(&sub, &nodes);
    }

    #[test]
    fn a_view_inserted_into_a_fresh_one_comes_out_equal(steps in steps(), ends in ends()) {
        let (nodes, edges) = make(&ends);
        let (old, mut model) = run(&steps, false, &nodes, &edges);
        let new = view();
        new.insert_subgraph(&old).unwrap();
        model.nodes.insert(0, new.self_node().clone());
        model.check(&new, &nodes);
    }

    #[test]
    fn a_view_inserted_into_another_adds_what_is_missing(
        first in steps(),
        second in steps(),
        ends in ends(),
    ) {
        let (nodes, edges) = make(&ends);
        let (from, _) = run(&first, true, &nodes, &edges);
        let (into, mut model) = run(&second, true, &nodes, &edges);
        into.insert_subgraph(&from).unwrap();
        for node in from.nodes().unwrap() {
            model.insert_node(&node);
        }
        for edge in from.edges().unwrap() {
            model.insert_edge(&edge).unwrap();
        }
        model.check(&into, &nodes);
    }

    #[test]
    fn attributes_are_a_list(puts in prop::collection::vec(("[a-d]{0,1}", any::<i64>()), 0..20)) {
        let (node, bundled) = (node(), node());
        let edge = edge(&node, &node, 0);
        let list: Vec<(String, Literal)> =
            puts.into_iter().map(|(key, value)| (key, Literal::Int(value))).collect();
        for (key, value) in &list {
            node.put(key.clone(), value.clone());
            edge.put(key.clone(), value.clone());
        }
        bundled.extend(list.clone());
        prop_assert_eq!(&node.attributes(), &list);
        prop_assert_eq!(&edge.attributes(), &list);
        prop_assert_eq!(&bundled.attributes(), &list);

        let map = node.attribute_map();
        for key in ["", "a", "b", "c", "d", "e"] {
            let mut values = list.iter().filter(|(known, _)| known == key).map(|(_, value)| value);
            prop_assert_eq!(node.get(key), values.clone().next().cloned());
            prop_assert_eq!(edge.get(key), values.clone().next().cloned());
            let in_map = map.iter().find(|(known, _)| known == key).map(|(_, value)| value);
            prop_assert_eq!(in_map, values.next_back());
        }
        let first = |key: &String| list.iter().position(|(known, _)| known == key);
        prop_assert!(map.iter().map(|(key, _)| first(key)).is_sorted());
    }
}
