//! S-expressions to live records and back, as the declarations of the records say.
//!
//! | module | what lives there |
//! |---|---|
//! | `decode` | the items of a list to the fields of a record |
//! | `value` | one item to one value |
//! | `keys` | which field a key means |
//! | `unread` | what no field takes, kept as text |
//! | `encode` | a record to its items |
//!
//! Nothing here knows a record by name: the tables that are made of `bindings.yaml` drive it. What the facts under `sexp:`
//! mean is in `docs/idl.md`, "Live records".

mod decode;
mod encode;
mod keys;
mod unread;
mod value;

use pyrus::exc::{RecursionError, ValueError};
use pyrus::live::{Arena, Builder, Kind, Live, LiveType, Slot, Table};
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
    match in_parts(text) {
        Some(file) => Ok(file),
        None => at_once(Tape::parse(text)?.root()),
    }
}

/// What a file's text begins with, and the record that it holds.
fn root_of<T: LiveType>() -> (&'static str, &'static Table) {
    let file = T::TABLE;
    match (file.root, &file.fields[0].kind) {
        (Some(root), Kind::Node(table)) => (root, table),
        _ => unreachable!("`{}` is declared as a file", file.name),
    }
}

/// Whatever is plain and right is read item by item, in little memory.
fn in_parts<T: LiveType>(text: &str) -> Option<T> {
    let (head, table) = root_of::<T>();
    if !table.positionals.is_empty() {
        return None;
    }
    let arena = Arena::new();
    let mut items = Items::of(text).ok()??;
    let node = decode::streamed(table, head, &mut items, &arena)?;
    Some(file(&arena, node))
}

/// All else, above all what is wrong, is read from a tree of the whole text.
fn at_once<T: LiveType>(root: Node<'_>) -> Result<T, Error> {
    let (wanted, table) = root_of::<T>();
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
        Some(_) => {
            let arena = Arena::new();
            let node = decode::record(table, root, items, &arena, 0)?;
            Ok(file(&arena, node))
        }
    }
}

/// The file that holds a record.
fn file<T: LiveType>(arena: &Arena, node: pyrus::live::Node) -> T {
    let mut builder = Builder::new_in(arena, T::TABLE);
    builder.slots()[0] = Slot::Node(node);
    T::from_node(builder.finish())
}

/// The text of a file in KiCad's layout, with a line break at its end.
///
/// # Errors
///
/// `ValueError` for numbers that are not finite, `RecursionError` for records nested more than 500 deep.
pub fn dumps<T: LiveType>(file: Live<'_, T>) -> pyrus::Result<String> {
    let slots = file.node().slots();
    let (Some(root), Some(node)) = (T::TABLE.root, slots.node(0)) else {
        unreachable!("`{}` is declared as a file", T::TABLE.name);
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
