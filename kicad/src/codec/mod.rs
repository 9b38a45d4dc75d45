//! S-expressions to live records and back, as the tables of the records say.
//!
//! | module | what lives there |
//! |---|---|
//! | `decode` | the items of a list to the fields of a record |
//! | `value` | one item to one value |
//! | `keys` | which field a key means |
//! | `unread` | what no field takes, kept as text |
//! | `encode` | a record to its items |

mod decode;
mod encode;
mod keys;
mod unread;
mod value;

use pyrus::exc::{RecursionError, ValueError};
use pyrus::live::{Arena, Builder, Kind, Live, LiveType, Slot, Table};
use pyrus_sexp::{Error, ErrorKind, Node, Tape, Writer};

/// How deep records may stand in records.
const MOST_DEEP: usize = 500;

/// The name of a record in messages.
fn path(table: &'static Table) -> String {
    format!("kicad.{}", table.path)
}

/// Read a file from its text.
pub(crate) fn loads<T: LiveType>(text: &str) -> Result<T, ValueError> {
    let file = Tape::parse(text).and_then(|tape| read::<T>(tape.root()));
    file.map_err(|error| ValueError::new(error.message(text)))
}

fn read<T: LiveType>(root: Node<'_>) -> Result<T, Error> {
    let file = T::TABLE;
    let (Some(wanted), Kind::Node(table)) = (file.root, &file.fields[0].kind) else {
        unreachable!("`{}` is declared as a file", file.name);
    };
    let refuse = |node: Node<'_>, detail: String| {
        Err(Error::new(ErrorKind::UnexpectedType, node.span(), detail).within(path(table), None))
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
            let mut builder = Builder::new_in(&arena, file);
            let node = decode::record(table, root, items, &arena, 0)?;
            builder.slots()[0] = Slot::Node(node);
            Ok(T::from_node(builder.finish()))
        }
    }
}

/// The text of a file, with a line break at its end.
pub(crate) fn dumps<T: LiveType>(file: Live<'_, T>) -> pyrus::Result<String> {
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
