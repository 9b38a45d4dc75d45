//! How many instances there are.

use std::ops::ControlFlow;

use pyrus_graph::DestroyedError;

use super::{TypeGraph, type_identifier};
use crate::edge_type;

impl TypeGraph<'_> {
    /// The name of each type with the number of its instances in this view, in order. A type
    /// without a name counts as `""`. O(types + instances).
    pub fn instance_overview(&self) -> Result<Vec<(String, u64)>, DestroyedError> {
        let mut overview = Vec::new();
        for type_node in self.types()? {
            let mut count = 0;
            let _ = edge_type::visit_instances::<()>(self.view, &type_node, |_| {
                count += 1;
                ControlFlow::Continue(())
            })?;
            overview.push((type_identifier(&type_node).unwrap_or_default(), count));
        }
        Ok(overview)
    }
}
