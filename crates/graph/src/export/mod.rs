//! Views as text that other programs read: `GraphML` and DOT. One way only: see [`crate::store`] for both ways.

mod dot;
mod graphml;
mod text;

use crate::error::DestroyedError;
use crate::store::Image;
use crate::view::GraphView;

/// How many records are written in a step.
const STEP: usize = 1 << 14;

/// Writes an [`Image`] step by step.
pub struct Exporter<'a> {
    image: &'a Image,
    format: Format,
    body: String,
    done: usize,
}

enum Format {
    GraphMl(graphml::Keys),
    Dot,
}

impl GraphView {
    /// The view in `GraphML`, the XML format of graph programs: nodes, edges and attributes, each key once with its last
    /// value. O(view).
    ///
    /// # Errors
    /// [`DestroyedError`].
    pub fn to_graphml(&self) -> Result<String, DestroyedError> {
        Ok(Exporter::graphml(&self.image()?).finish())
    }

    /// The view in DOT, the language of Graphviz: something to look at. O(view).
    ///
    /// # Errors
    /// [`DestroyedError`].
    pub fn to_dot(&self) -> Result<String, DestroyedError> {
        Ok(Exporter::dot(&self.image()?).finish())
    }
}

impl<'a> Exporter<'a> {
    /// As [`GraphView::to_graphml`].
    pub fn graphml(image: &'a Image) -> Self {
        Self::new(image, Format::GraphMl(graphml::Keys::default()))
    }

    /// As [`GraphView::to_dot`].
    pub fn dot(image: &'a Image) -> Self {
        Self::new(image, Format::Dot)
    }

    fn new(image: &'a Image, format: Format) -> Self {
        Self {
            image,
            format,
            body: String::new(),
            done: 0,
        }
    }

    /// How many nodes and edges are written, of [`Image::len`].
    pub fn done(&self) -> usize {
        self.done
    }

    /// Writes some more nodes or edges and says whether more are left.
    pub fn step(&mut self) -> bool {
        let stop = self.image.len().min(self.done + STEP);
        for at in self.done..stop {
            self.record(at);
        }
        self.done = stop;
        stop < self.image.len()
    }

    /// The text.
    pub fn finish(mut self) -> String {
        while self.step() {}
        match self.format {
            Format::GraphMl(keys) => graphml::document(&keys, &self.body),
            Format::Dot => dot::document(&self.body),
        }
    }

    fn record(&mut self, at: usize) {
        let nodes = &self.image.nodes;
        let (out, format) = (&mut self.body, &mut self.format);
        if let Some(node) = nodes.get(at) {
            match format {
                Format::GraphMl(keys) => graphml::node(out, keys, at, node),
                Format::Dot => dot::node(out, at, node),
            }
        } else {
            let place = at - nodes.len();
            let edge = &self.image.edges[place];
            match format {
                Format::GraphMl(keys) => graphml::edge(out, keys, place, edge),
                Format::Dot => dot::edge(out, edge),
            }
        }
    }
}
