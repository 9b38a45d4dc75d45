//! Source chunks: from where in a source text something came.

use pyrus_graph::{DestroyedError, Edge, Node};

use super::{Bound, children, names};
use crate::{find, pointer};

/// The chunk that a make-child or make-link points to. The pointer from a make-child to its own
/// type reference carries the child's name, which may be `source`: that one does not count.
pub(super) fn of(maker: Bound<'_>) -> Result<Option<Node>, DestroyedError> {
    if pointer::by_name(maker.view, maker.node, names::SOURCE)?.is_none() {
        return Ok(None);
    }
    let own = children::type_reference(maker)?;
    let leads_out = |edge: &Edge| edge.directional() && Some(edge.target()) != own.as_ref();
    let found = find::first_named(
        maker.view,
        maker.node,
        pointer::TID,
        names::SOURCE,
        leads_out,
    )?;
    Ok(found.map(|edge| edge.target().clone()))
}
