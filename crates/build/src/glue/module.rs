//! The public tree: one Rust module per Python module, with generated types and, in `py`, the markers.

use askama::Template;
use pyrus_idl::model::{Item, ModuleId};
use pyrus_idl::rust_ident;

use super::{Context, class, data, live, record};

/// The contents of one Rust module.
#[derive(Template)]
#[template(path = "rust/module.rs.jinja", escape = "none")]
struct Tree {
    types: Vec<String>,
    markers: Vec<String>,
    children: Vec<(String, String)>,
}

/// Render a module and its children.
pub(crate) fn tree(cx: &mut Context<'_>, id: ModuleId) -> String {
    let api = cx.api;
    let mut view = Tree {
        types: Vec::new(),
        markers: Vec::new(),
        children: Vec::new(),
    };
    for item in &api[id].items {
        match *item {
            Item::Class(id) => view.markers.push(class::render_marker(cx, id)),
            Item::Record(id) if api[id].live => {
                view.types.push(live::render_struct(api, id));
                view.markers.push(live::render_marker(cx, id));
            }
            Item::Record(id) => {
                view.types.extend(record::render_struct(api, id));
                view.markers.push(record::render_marker(cx, id));
            }
            Item::Enum(id) => {
                view.types.extend(data::enum_type(api, id));
                view.markers.push(data::enum_marker(cx, id));
            }
            Item::Error(id) => view.types.push(data::error(cx, id)),
            Item::Alias(id) if crate::types::rust::is_named_union(api, id) => {
                view.types.extend(data::union_type(api, id));
                view.markers.push(data::union_marker(api, id));
            }
            Item::Alias(_) => {}
        }
    }
    for child in &api[id].children {
        let name = api[*child]
            .path
            .last()
            .map(|part| rust_ident(part))
            .unwrap_or_default();
        let text = tree(cx, *child);
        view.children.push((name, text));
    }
    view.render().unwrap_or_default()
}
