//! An image as bytes.

use hashbrown::HashMap;

use super::format::{HEADER, Header, SECTIONS, begin_section, end_section};
use super::image::{EdgeImage, Image, ListImage};
use super::wire::{put_int, put_text, put_uint};
use crate::attributes::AttributeSnapshot;
use crate::literal::Literal;

/// How many records are written in a step.
const STEP: usize = 1 << 14;

pub(super) const FALSE: u8 = 0;
pub(super) const TRUE: u8 = 1;
pub(super) const INT: u8 = 2;
pub(super) const UINT: u8 = 3;
pub(super) const FLOAT: u8 = 4;
pub(super) const TEXT: u8 = 5;

/// Writes an [`Image`] step by step.
pub struct Encoder<'a> {
    image: &'a Image,
    keys: Keys,
    /// The sections of nodes and edges. That of keys comes before them, and is known when they are written.
    records: Vec<u8>,
    section: Option<usize>,
    done: usize,
}

/// The keys of attributes in order of first use, each written once.
#[derive(Default)]
struct Keys {
    places: HashMap<String, u32>,
    section: Vec<u8>,
}

impl Keys {
    fn place(&mut self, key: &str) -> u32 {
        if let Some(place) = self.places.get(key) {
            return *place;
        }
        let place = self.places.len() as u32;
        self.places.insert(key.to_owned(), place);
        put_text(&mut self.section, key);
        place
    }
}

impl<'a> Encoder<'a> {
    /// Nothing is written yet.
    pub fn new(image: &'a Image) -> Self {
        Self {
            image,
            keys: Keys::default(),
            records: Vec::new(),
            section: None,
            done: 0,
        }
    }

    /// How many nodes and edges are written, of [`Image::len`].
    pub fn done(&self) -> usize {
        self.done
    }

    /// Writes some more nodes or edges and says whether more are left.
    pub fn step(&mut self) -> bool {
        let nodes = self.image.nodes.len();
        let [_, node_section, edge_section, _] = SECTIONS;
        if self.done < nodes {
            let tag = node_section.0;
            let section = *self
                .section
                .get_or_insert_with(|| begin_section(&mut self.records, tag));
            let stop = nodes.min(self.done + STEP);
            for node in &self.image.nodes[self.done..stop] {
                put_attributes(
                    &mut self.records,
                    &mut self.keys,
                    &node.attribute_snapshot(),
                );
            }
            self.done = stop;
            if stop == nodes {
                end_section(&mut self.records, section);
                self.section = Some(begin_section(&mut self.records, edge_section.0));
            }
        } else {
            let start = self.done - nodes;
            let stop = self.image.edges.len().min(start + STEP);
            for edge in &self.image.edges[start..stop] {
                put_edge(&mut self.records, &mut self.keys, edge);
            }
            self.done = nodes + stop;
        }
        self.done < self.image.len()
    }

    /// All bytes, after the last step.
    pub fn finish(mut self) -> Vec<u8> {
        while self.step() {}
        if let Some(section) = self.section {
            end_section(&mut self.records, section);
        }
        let [key_section, _, _, list_section] = SECTIONS;
        let mut out = vec![0; HEADER];
        let section = begin_section(&mut out, key_section.0);
        put_uint(&mut out, self.keys.places.len() as u64);
        out.extend_from_slice(&self.keys.section);
        end_section(&mut out, section);
        out.extend_from_slice(&self.records);
        let section = begin_section(&mut out, list_section.0);
        if let Some(lists) = &self.image.lists {
            for list in lists {
                put_list(&mut out, list);
            }
        }
        end_section(&mut out, section);
        let header = Header {
            length: out.len() as u64,
            nodes: self.image.nodes.len() as u64,
            edges: self.image.edges.len() as u64,
        };
        out[..HEADER].copy_from_slice(&header.to_bytes());
        out
    }
}

fn put_edge(out: &mut Vec<u8>, keys: &mut Keys, image: &EdgeImage) {
    let edge = &image.edge;
    out.push(image.kind);
    out.push(edge.order() << 1 | u8::from(edge.directional()));
    put_uint(out, edge.edge_specific().into());
    put_uint(out, image.source.into());
    put_uint(out, image.target.into());
    put_attributes(out, keys, &edge.attribute_snapshot());
}

fn put_attributes(out: &mut Vec<u8>, keys: &mut Keys, attributes: &AttributeSnapshot) {
    put_uint(out, attributes.len() as u64);
    for (key, value) in attributes.iter() {
        put_uint(out, keys.place(key).into());
        put_literal(out, value);
    }
}

fn put_literal(out: &mut Vec<u8>, value: &Literal) {
    match value {
        Literal::Bool(value) => out.push(if *value { TRUE } else { FALSE }),
        Literal::Int(value) => {
            out.push(INT);
            put_int(out, *value);
        }
        Literal::Uint(value) => {
            out.push(UINT);
            put_uint(out, *value);
        }
        Literal::Float(value) => {
            out.push(FLOAT);
            out.extend_from_slice(&value.to_bits().to_le_bytes());
        }
        Literal::String(value) => {
            out.push(TEXT);
            put_text(out, value);
        }
    }
}

fn put_list(out: &mut Vec<u8>, list: &ListImage) {
    put_uint(out, list.node.into());
    out.push(list.kind);
    put_uint(out, list.edges.len() as u64);
    for edge in &list.edges {
        put_uint(out, (*edge).into());
    }
}
