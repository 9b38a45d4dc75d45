//! What a view of a million nodes costs: bytes per node and edge, nanoseconds per operation.
//!
//! `cargo run --release -p pyrus-graph --example memory [nodes]`
//!
//! Bytes are the growth of the resident size, on Linux; 0 elsewhere. Memory given back by earlier
//! steps is used again, so only the first of its kind is telling.

#![allow(clippy::cast_precision_loss)] // figures for people

use std::alloc::System;
use std::error::Error;
use std::hint::black_box;
use std::ops::ControlFlow;
use std::time::Instant;

use pyrus_graph::{
    DestroyedError, DirectionFilter, Edge, GraphView, Literal, Node, SearchOptions, Verdict, kinds,
};

// Chunks as the system allocator hands them out; named so that nobody swaps it unnoticed.
#[global_allocator]
static ALLOCATOR: System = System;

const KIND: u8 = kinds::NEXT;

fn main() -> Result<(), Box<dyn Error>> {
    let count = std::env::args()
        .nth(1)
        .map_or(Ok(1_000_000), |text| text.parse())?;
    chain(count)?;
    fresh_views(count)?;
    shuffled(count)?;
    random_ends(50_000)?;
    star(count)?;
    star(1_000)?;
    star(10)?;
    attributes(count.min(200_000))?;
    Ok(())
}

/// A figure for `count` operations.
fn measure<R>(what: &str, count: usize, run: impl FnOnce() -> R) -> R {
    let (before, clock) = (resident(), Instant::now());
    let result = run();
    let nanoseconds = clock.elapsed().as_secs_f64() * 1e9 / count as f64;
    let bytes = (resident() as f64 - before as f64) / count as f64;
    println!("{what:<44} {nanoseconds:>9.1} ns {bytes:>9.1} bytes");
    result
}

fn fresh_views(count: usize) -> Result<(), Box<dyn Error>> {
    let count = count / 10;
    let views: Vec<GraphView> = measure("view: new", count, || {
        (0..count)
            .map(|_| GraphView::new())
            .collect::<Result<_, _>>()
    })?;
    measure("view: drop", count, || drop(views));
    Ok(())
}

fn chain(count: usize) -> Result<(), Box<dyn Error>> {
    let view = GraphView::new()?;
    let make = || (0..count).try_for_each(|_| view.create_and_insert_node().map(drop));
    measure("node: create and insert, in a row", count, make)?;
    let nodes = view.nodes()?;
    measure("node: contains", count, || {
        nodes.iter().all(|n| view.contains_node(n) == Ok(true))
    });
    let link = || {
        nodes
            .windows(2)
            .try_for_each(|ends| -> Result<(), Box<dyn Error>> {
                view.insert_edge(
                    &Edge::build(&ends[0], &ends[1], KIND)
                        .directional(true)
                        .finish()?,
                )?;
                Ok(())
            })
    };
    measure("edge: new and insert, chain", count, link)?;
    let walk = || -> Result<usize, Box<dyn Error>> {
        let mut seen = 0;
        for node in &nodes {
            let _ = view.visit_edges(node, KIND, DirectionFilter::Outgoing, |_| {
                seen += 1;
                ControlFlow::<()>::Continue(())
            })?;
        }
        Ok(seen)
    };
    measure("visit: whole call, two edges", count, walk)?;
    let options = SearchOptions {
        kinds: Some(&[KIND]),
        ..SearchOptions::default()
    };
    let search = || view.search(view.self_node(), options, |_| Verdict::<()>::ACCEPT);
    let _ = measure("search: per node of the chain", count, search)?;
    let copy = measure("subgraph: per node", count, || view.subgraph(&nodes))?;
    let target = GraphView::new()?;
    measure("insert_subgraph: per node and edge", count, || {
        target.insert_subgraph(&copy)
    })?;
    drop((copy, target, nodes));
    measure("view: destroy, per node and edge", count, || view.destroy());
    Ok(())
}

/// Nodes that do not come in a row.
fn shuffled(count: usize) -> Result<(), Box<dyn Error>> {
    let mut nodes: Vec<Node> = (0..count).map(|_| Node::new()).collect::<Result<_, _>>()?;
    let mut random = Random(7);
    for at in (1..count).rev() {
        nodes.swap(at, random.below(at + 1));
    }
    let view = GraphView::new()?;
    measure("node: insert, in any order", count, || {
        nodes
            .iter()
            .try_for_each(|node| view.insert_node(node).map(drop))
    })?;
    measure("node: contains, in any order", count, || {
        nodes
            .iter()
            .all(|node| view.contains_node(node) == Ok(true))
    });
    Ok(())
}

fn random_ends(count: usize) -> Result<(), Box<dyn Error>> {
    let view = GraphView::new()?;
    let nodes: Vec<Node> = (0..count)
        .map(|_| view.create_and_insert_node())
        .collect::<Result<_, _>>()?;
    let mut random = Random(1);
    let mut pick = || &nodes[random.below(count)];
    let edges: Vec<Edge> = measure("edge: new, random ends", count, || {
        (0..count)
            .map(|_| Edge::new(pick(), pick(), KIND))
            .collect::<Result<_, _>>()
    })?;
    measure("edge: insert, random ends", count, || {
        edges
            .iter()
            .try_for_each(|edge| view.insert_edge(edge).map(drop))
    })?;
    measure("edge: insert, present", count, || {
        edges
            .iter()
            .try_for_each(|edge| view.insert_edge(edge).map(drop))
    })?;
    Ok(())
}

/// Visits one long list, at least a million edges in all.
fn star(degree: usize) -> Result<(), Box<dyn Error>> {
    let view = GraphView::new()?;
    let centre = view.self_node();
    for _ in 0..degree {
        let leaf = view.create_and_insert_node()?;
        view.insert_edge(&Edge::new(centre, &leaf, KIND)?)?;
    }
    let rounds = 1_000_000_usize.div_ceil(degree);
    let mut sum = 0u64;
    measure(
        &format!("visit: per edge of a list of {degree}"),
        rounds * degree,
        || {
            (0..rounds).try_for_each(|_| {
                let visit = |edge: Edge| {
                    sum += u64::from(edge.id());
                    ControlFlow::<()>::Continue(())
                };
                view.visit_edges(centre, KIND, DirectionFilter::Any, visit)
                    .map(|_| ())
            })
        },
    )?;
    measure(
        &format!("iterate: per edge of a list of {degree}"),
        rounds * degree,
        || {
            (0..rounds).try_for_each(|_| {
                sum += view.edges_of(centre, KIND)?.count() as u64;
                Ok::<_, DestroyedError>(())
            })
        },
    )?;
    black_box(sum);
    Ok(())
}

fn attributes(count: usize) -> Result<(), Box<dyn Error>> {
    let nodes: Vec<Node> = (0..count).map(|_| Node::new()).collect::<Result<_, _>>()?;
    measure("attribute: first put on a node", count, || {
        for node in &nodes {
            node.put("value", Literal::Int(1));
        }
    });
    measure("attribute: get", count, || {
        nodes
            .iter()
            .all(|node| node.get("value") == Some(Literal::Int(1)))
    });
    measure("host slot: first use", count, || {
        for node in &nodes {
            node.host().set(1);
        }
    });
    let (a, b) = (&nodes[0], &nodes[1]);
    let edges: Vec<Edge> = measure("edge: new, with a name", count, || {
        (0..count)
            .map(|_| Edge::build(a, b, KIND).name("child").finish())
            .collect::<Result<_, _>>()
    })?;
    measure("edge: name, without copying", count, || {
        edges
            .iter()
            .all(|edge| edge.with_name(|name| name == Some("child")))
    });
    Ok(())
}

/// Resident bytes; 0 where unknown.
fn resident() -> usize {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = text
        .split(' ')
        .nth(1)
        .and_then(|pages| pages.parse::<usize>().ok());
    pages.unwrap_or(0) * 4096
}

/// A small generator, so that runs compare.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}
