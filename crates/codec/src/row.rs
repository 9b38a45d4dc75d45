//! Records that are a row of atoms, as points and sizes are: most records of most files. Here they are read as they mostly
//! stand there, an atom for each field from the first on; whatever stands there otherwise, `decode` knows.

use pyrus::live::{Arena, Builder, Kind, Node as Live, Slot, Table};
use pyrus_sexp::{Children, Kind as Token};

use super::value::{self, Place};

/// The record of these items. `None`: it is no row, or there is something odd, which may be wrong.
#[inline]
pub(super) fn read(
    table: &'static Table,
    items: &Children<'_>,
    arena: &Arena,
    depth: usize,
) -> Option<Live> {
    let is_row = table.positionals.len() == table.fields.len();
    let (_, Some(count)) = items.size_hint() else {
        return None;
    };
    if !is_row || count == 0 || count > table.fields.len() {
        return None;
    }
    let (said, rest) = table.fields.split_at(count);
    if !rest.iter().all(|field| field.optional) {
        return None;
    }
    let mut items = items.clone();
    let mut row = Builder::first_of(arena, table, count)?;
    for (i, (slot, field)) in row.slots().iter_mut().zip(said).enumerate() {
        let item = items.next_item()?;
        // Points and sizes.
        if matches!(field.kind, Kind::Float)
            && let Ok(value) = item.float()
        {
            slot.set(Slot::Float(value));
            continue;
        }
        // A list means nothing here. A symbol may be the name of the record, and a member must be one.
        if !matches!(item.kind(), Token::Number | Token::String)
            || matches!(field.kind, Kind::Member(_))
        {
            return None;
        }
        let place = Place {
            table,
            field,
            i,
            depth,
            arena,
        };
        value::value(place, &field.kind, item, slot).ok()?;
    }
    Some(row.finish())
}
