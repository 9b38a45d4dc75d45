//! S-expressions to live records and back, as the declarations of the records say.
//!
//! | module | what lives there |
//! |---|---|
//! | `decode` | the items of a list to the fields of a record |
//! | `value` | one item to one value |
//! | `row` | the same, where it is a row of atoms |
//! | `keys` | which field a key means |
//! | `unread` | what no field takes, kept as text |
//! | `encode` | a record to its items |
//!
//! Nothing here knows a record by name: the tables that are made of `bindings.yaml` drive it. What the facts under `sexp:`
//! mean is in `docs/idl.md`, "Live records".

mod decode;
mod encode;
mod keys;
mod row;
mod unread;
mod value;

use pyrus::exc::{RecursionError, ValueError};
use pyrus::live::{Arena, Draft, Kind, Live, LiveType, Node as LiveNode, NodeRef, Slot, Table};
use pyrus_sexp::{ErrorKind, Items, Node, Tape, Writer};

/// What is wrong with a text, and where.
pub use pyrus_sexp::Error;

/// How deep records may stand in records.
const MOST_DEEP: usize = 500;

/// Read a file from its text. `T` is declared with `sexp: {root: …}`. Takes time and memory of the order of the text.
///
/// # Errors
///
/// The first thing that is wrong, with its place, the record (`pcb.Pad`) and its field.
pub fn loads<T: LiveType>(text: &str) -> Result<T, Error> {
    load(T::TABLE, text).map(T::from_node)
}

/// The text of a file in KiCad's layout, with a line break at its end.
///
/// # Errors
///
/// `ValueError` for numbers that are not finite, `RecursionError` for records nested more than 500 deep.
pub fn dumps<T: LiveType>(file: Live<'_, T>) -> pyrus::Result<String> {
    dump(file.node())
}

/// What a file's text begins with, and the record that it holds.
fn root_of(file: &'static Table) -> (&'static str, &'static Table) {
    match (file.root, &file.fields[0].kind) {
        (Some(root), Kind::Node(table)) => (root, table),
        _ => unreachable!("`{}` is declared as a file", file.name()),
    }
}

fn load(file: &'static Table, text: &str) -> Result<LiveNode, Error> {
    let arena = Arena::new();
    let root = match in_parts(file, text, &arena) {
        Some(root) => root,
        None => at_once(file, Tape::parse(text)?.root(), &arena)?,
    };
    let mut draft = Draft::new(&arena, file);
    *draft.slot(0) = Slot::Node(root);
    Ok(draft.finish())
}

/// Whatever is plain and right is read item by item, in little memory.
fn in_parts(file: &'static Table, text: &str, arena: &Arena) -> Option<LiveNode> {
    let (head, table) = root_of(file);
    if !table.positionals.is_empty() {
        return None;
    }
    let mut items = Items::of(text).ok()??;
    decode::streamed(table, head, &mut items, arena)
}

/// All else, above all what is wrong, is read from a tree of the whole text.
fn at_once(file: &'static Table, root: Node<'_>, arena: &Arena) -> Result<LiveNode, Error> {
    let (wanted, table) = root_of(file);
    let refuse = |node: Node<'_>, detail: String| {
        Err(Error::new(ErrorKind::UnexpectedType, node.span(), detail).within(table.path, None))
    };
    if !root.is_list() {
        return refuse(root, "expected list at top level".into());
    }
    let mut items = root.children();
    let Some(first) = items.next_item() else {
        return refuse(root, "empty top-level list".into());
    };
    match root.head() {
        None => refuse(first, "expected symbol as first element".into()),
        Some(head) if head != wanted => refuse(
            first,
            format!("expected symbol '{wanted}' but got '{head}'"),
        ),
        Some(_) => decode::record(table, root, items, arena, 0),
    }
}

fn dump(file: NodeRef<'_>) -> pyrus::Result<String> {
    let (root, _) = root_of(file.table());
    let slots = file.slots();
    let Some(node) = slots.node(0) else {
        unreachable!("`{}` holds a record", file.table().name());
    };
    let mut writer = Writer::new();
    writer.open(root);
    encode::record(&mut writer, node, 0).map_err(|error| match error {
        encode::Failed::NotFinite { field } => ValueError::new(format!(
            "{field} is not a finite number, which files cannot hold"
        ))
        .into(),
        encode::Failed::TooDeep => {
            pyrus::Error::from(RecursionError::new("live records are nested too deeply"))
        }
    })?;
    writer.close();
    Ok(writer.finish())
}
