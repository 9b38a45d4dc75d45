//! Instances: trees of nodes built after types.
//!
//! Built without recursion, so that types may be nested as deeply as memory allows. Every type is read once in a call.

use std::cell::OnceCell;
use std::rc::Rc;

use pyrus_graph::{AttributeSnapshot, Edge, GraphView, InsertEdgeError, Literal, Node, NodeMap};

use super::error::InstantiationErrorKind as Kind;
use super::plan::{End, LinkPlan, Plan, Plans, Start};
use super::resolve::{check_end, step};
use super::{Bound, Error, InstantiationError, Result, TypeGraph, names, type_identifier};
use crate::{composition, edge_trait, edge_type, pointer};

impl TypeGraph<'_> {
    /// Instantiates the type of a name. O(nodes + edges of the tree).
    ///
    /// # Errors
    /// [`Error::Instantiation`]; what was built until then stays.
    pub fn instantiate(&self, name: &str) -> Result<Node> {
        let Some(type_node) = self.type_by_name(name)? else {
            return failed(&self.node, Kind::InvalidArgument, "", "Type not found");
        };
        self.instantiate_node(Bound::new(self.view, &type_node), &[])
    }

    /// Instantiates a type in the view that it is seen in: a node, then for each make-child in
    /// order a tree of its own, then the edges of the make-links. The attributes go onto the root,
    /// at the end.
    ///
    /// # Errors
    /// [`Error::Instantiation`]; what was built until then stays.
    pub fn instantiate_node(
        &self,
        type_node: Bound<'_>,
        attributes: &[(String, Literal)],
    ) -> Result<Node> {
        let root = Builder::new(self, type_node.view)?.build(type_node.node)?;
        root.extend(attributes.iter().cloned());
        Ok(root)
    }
}

struct Builder<'a> {
    types: &'a TypeGraph<'a>,
    view: &'a GraphView,
    plans: Plans,
    /// The type of traits that lead to source chunks, once it was asked for.
    chunk_type: OnceCell<Option<Node>>,
    frames: Vec<Frame>,
    /// Whether there is a frame of the type.
    open: NodeMap<bool>,
    /// The id of the root: nodes of lower ids were there before.
    first: u32,
}

/// An instance that is being built.
struct Frame {
    plan: Rc<Plan>,
    instance: Node,
    /// Those that are finished; only kept for links.
    children: Vec<Node>,
    /// The child that comes next.
    next: usize,
    role: Role,
}

/// What an instance is built for.
enum Role {
    Root,
    Child,
    /// The trait that leads from a child to its source chunk.
    Chunk {
        owner: Node,
        chunk: Node,
    },
}

impl<'a> Builder<'a> {
    fn new(types: &'a TypeGraph<'a>, view: &'a GraphView) -> Result<Self> {
        Ok(Self {
            types,
            view,
            plans: Plans::new(types)?,
            chunk_type: OnceCell::new(),
            frames: Vec::new(),
            open: NodeMap::new(),
            first: u32::MAX,
        })
    }

    fn build(&mut self, type_node: &Node) -> Result<Node> {
        self.open(type_node, None, &AttributeSnapshot::default(), Role::Root)?;
        loop {
            if self.open_next()? {
                continue;
            }
            self.add_links()
                .map_err(|error| self.seen_from_outside(error))?;
            let Some(done) = self.frames.pop() else {
                unreachable!("the root returns");
            };
            self.open.insert(&done.plan.type_node, false);
            match done.role {
                Role::Root => return Ok(done.instance),
                Role::Child => self.attach(&done.instance)?,
                Role::Chunk { owner, chunk } => {
                    self.attach_chunk(&owner, &done.instance, &chunk)?;
                }
            }
        }
    }

    /// Begins the next child of the instance that is being built; `false` if there is none.
    fn open_next(&mut self) -> Result<bool> {
        let frame = self.top();
        let plan = Rc::clone(&frame.plan);
        let Some(child) = plan.children.get(frame.next) else {
            return Ok(false);
        };
        let made = match &child.of {
            Some(of) => self.open(of, Some(&child.make_child), &child.attributes, Role::Child),
            None => failed(
                &child.make_child,
                Kind::UnresolvedTypeReference,
                "",
                "Unresolved type reference (linking required)",
            ),
        };
        made.map_err(|error| self.seen_from_outside(error))?;
        Ok(true)
    }

    /// A new instance, to be filled next.
    fn open(
        &mut self,
        type_node: &Node,
        make_child: Option<&Node>,
        attributes: &AttributeSnapshot,
        role: Role,
    ) -> Result<()> {
        if let (Some(true), Some(make_child)) = (self.open.get(type_node), make_child) {
            return failed(make_child, Kind::Other, &name(type_node), CONTAINS_ITSELF);
        }
        let Some(plan) = self.plans.get(Bound::new(self.view, type_node))? else {
            let message = "Type is not constructable (not fully linked/merged)";
            return failed(type_node, Kind::Other, &name(type_node), message);
        };
        let instance = Node::with_snapshot(attributes)?;
        if self.frames.is_empty() {
            self.first = instance.id();
        }
        self.view.insert_node(&instance)?;
        edge_type::add_instance(self.view, type_node, &instance)?;
        self.open.insert(type_node, true);
        let children = Vec::with_capacity(if plan.links.is_empty() {
            0
        } else {
            plan.children.len()
        });
        self.frames.push(Frame {
            plan,
            instance,
            children,
            next: 0,
            role,
        });
        Ok(())
    }

    /// Makes a finished instance the child of the one that is being built now.
    fn attach(&mut self, instance: &Node) -> Result<()> {
        let view = self.view;
        let frame = self.top();
        let plan = Rc::clone(&frame.plan);
        let child = &plan.children[frame.next];
        view.insert_edge(&Edge::like(&child.edge, &frame.instance, instance)?)?;
        frame.next += 1;
        if !plan.links.is_empty() {
            frame.children.push(instance.clone());
        }
        match &child.chunk {
            Some(chunk) => self.open_chunk(&child.make_child, instance, chunk),
            None => Ok(()),
        }
    }

    /// Begins the trait that leads from a child to its source chunk, if there is a type for it.
    fn open_chunk(&mut self, make_child: &Node, owner: &Node, chunk: &Node) -> Result<()> {
        let Some(of) = self.chunk_type()? else {
            return Ok(());
        };
        let role = Role::Chunk {
            owner: owner.clone(),
            chunk: chunk.clone(),
        };
        let opened = self.open(&of, Some(make_child), &AttributeSnapshot::default(), role);
        opened.map_err(|error| self.seen_from(self.frames.len(), error))
    }

    fn chunk_type(&self) -> Result<Option<Node>> {
        if let Some(known) = self.chunk_type.get() {
            return Ok(known.clone());
        }
        let found = composition::child(self.view, self.types.node(), names::HAS_SOURCE_CHUNK)?;
        Ok(self.chunk_type.get_or_init(|| found).clone())
    }

    fn attach_chunk(&mut self, owner: &Node, instance: &Node, chunk: &Node) -> Result<()> {
        let edge = edge_trait::add_trait_instance(self.view, owner, instance)?;
        edge.set_name(names::HAS_SOURCE_CHUNK);
        if let Some(from) = composition::child(self.view, instance, names::SOURCE_PTR)? {
            pointer::point_to(self.view, &from, chunk, Some(names::SOURCE), None)?;
        }
        Ok(())
    }

    /// The edges of the instance whose children are complete.
    fn add_links(&mut self) -> Result<()> {
        let frame = self.top();
        let plan = Rc::clone(&frame.plan);
        for link in &plan.links {
            self.add_link(link)?;
        }
        Ok(())
    }

    fn add_link(&mut self, link: &LinkPlan) -> Result<()> {
        let fail = |kind, message| failed(&link.make_link, kind, "", message);
        let Some([lhs, rhs]) = &link.ends else {
            let message = "Missing operand reference in MakeLink";
            return fail(Kind::MissingOperandReference, message);
        };
        let (lhs, rhs) = (self.end(link, lhs)?, self.end(link, rhs)?);
        let Some(pattern) = &link.edge else {
            return fail(Kind::Other, "MakeLink has no edge type");
        };
        match self.view.insert_edge(&Edge::like(pattern, &lhs, &rhs)?) {
            Err(InsertEdgeError::SourceMissing) => {
                fail(Kind::Other, "Link source node not in graph")
            }
            Err(InsertEdgeError::TargetMissing) => {
                fail(Kind::Other, "Link target node not in graph")
            }
            Err(InsertEdgeError::Destroyed(error)) => Err(error.into()),
            Ok(_) => {
                let is_old = |node: &Node| node.id() < self.first;
                if is_old(&lhs) || !pattern.directional() && is_old(&rhs) {
                    // An edge out of what was there before: perhaps a type consists of something else now.
                    self.plans.forget();
                }
                Ok(())
            }
        }
    }

    /// Where an end of a link is in the instance.
    fn end(&self, link: &LinkPlan, end: &End) -> Result<Node> {
        let resolved = self.resolve(end);
        resolved.map_err(|error| match error {
            Error::Resolve(error) => InstantiationError {
                node: link.make_link.clone(),
                kind: Kind::UnresolvedReference,
                message: error.kind.message(),
                identifier: error.identifier,
            }
            .into(),
            error => error,
        })
    }

    fn resolve(&self, end: &End) -> Result<Node> {
        let frame = &self.frames[self.frames.len() - 1];
        let (node, known) = match end.start {
            Some(Start::Child(place)) => (&frame.children[place], 1),
            Some(Start::Itself) => (&frame.instance, 1),
            None => (&frame.instance, 0),
        };
        let mut at = (self.view, node.clone());
        for link in &end.chain.links[known..] {
            at = step(self.view, link, at)?;
        }
        check_end(&end.chain, &end.first)?;
        Ok(at.1)
    }

    fn top(&mut self) -> &mut Frame {
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    /// An error below a trait that leads to a source chunk is one of the type that gets the trait.
    fn seen_from_outside(&self, error: Error) -> Error {
        let is_chunk = |frame: &Frame| matches!(frame.role, Role::Chunk { .. });
        match self.frames.iter().position(is_chunk) {
            Some(place) => self.seen_from(place, error),
            None => error,
        }
    }

    /// `place` is that of the outermost such trait known.
    fn seen_from(&self, place: usize, error: Error) -> Error {
        let is_chunk = |frame: &Frame| matches!(frame.role, Role::Chunk { .. });
        let place = self.frames.iter().position(is_chunk).unwrap_or(place);
        match error {
            Error::Instantiation(inner) if inner.message != CONTAINS_ITSELF => InstantiationError {
                node: self.frames[place - 1].plan.type_node.clone(),
                kind: Kind::Other,
                identifier: String::new(),
                message: "MakeChild instantiation failed",
            }
            .into(),
            error => error,
        }
    }
}

const CONTAINS_ITSELF: &str = "Type contains itself";

fn name(type_node: &Node) -> String {
    type_identifier(type_node).unwrap_or_default()
}

fn failed<T>(node: &Node, kind: Kind, identifier: &str, message: &'static str) -> Result<T> {
    let error = InstantiationError {
        node: node.clone(),
        kind,
        identifier: identifier.to_owned(),
        message,
    };
    Err(error.into())
}
