//! A record to its items.

use pyrus::live::{Default, Field, Flag, Kind, Members, NodeRef, Slot, Table};
use pyrus_sexp::Writer;

use super::MOST_DEEP;
use super::unread::{self, Which};

/// Why a record cannot be written.
pub(super) enum Failed {
    /// An infinity, or no number.
    NotFinite {
        /// `pcb.General.thickness`.
        field: String,
    },
    /// Records stand too deep in records.
    TooDeep,
}

/// The items of a record, without brackets.
pub(super) fn record(writer: &mut Writer, node: NodeRef<'_>, depth: usize) -> Result<(), Failed> {
    if depth == MOST_DEEP {
        return Err(Failed::TooDeep);
    }
    let table = node.table();
    let slots = node.slots();
    let extra = slots.extra();
    let mut atoms = extra;
    let mut one = |i: usize, slot: &Slot| {
        let of = Of::new(table, i);
        if !of.field.positional
            && let Some(text) = atoms.take()
        {
            unread::write(writer, text, Which::Atoms);
        }
        if slot.is_absent() {
            Ok(())
        } else if of.field.positional {
            item(writer, of, &of.field.kind, slot, depth)
        } else {
            keyed(writer, of, slot, depth)
        }
    };
    if table.order.is_empty() {
        slots.said().try_for_each(|(i, slot)| one(i, slot))?;
    } else {
        for i in table.order {
            one(usize::from(*i), &slots[usize::from(*i)])?;
        }
    }
    if let Some(text) = atoms {
        unread::write(writer, text, Which::Atoms);
    }
    if let Some(text) = extra {
        unread::write(writer, text, Which::Lists);
    }
    Ok(())
}

/// A field of a record.
#[derive(Clone, Copy)]
struct Of {
    table: &'static Table,
    field: &'static Field,
    i: usize,
}

impl Of {
    #[inline]
    fn new(table: &'static Table, i: usize) -> Self {
        let field = &table.fields[i];
        Self { table, field, i }
    }

    #[inline]
    fn key(self) -> &'static str {
        self.table.word(self.field.key)
    }
}

/// A field with its key.
#[inline]
fn keyed(writer: &mut Writer, of: Of, slot: &Slot, depth: usize) -> Result<(), Failed> {
    let field = of.field;
    match (&field.kind, slot) {
        (_, Slot::Absent) => {}
        (Kind::List(kind), Slot::List(items)) if field.repeated => {
            for one in items.iter().filter(|one| prints(one, 0)) {
                if depth == 0 {
                    prepare(writer);
                }
                writer.open(of.key());
                match as_node(one) {
                    Some(node) => record(writer, node, depth + 1)?,
                    None => item(writer, of, kind, one, depth)?,
                }
                writer.close();
            }
        }
        (Kind::List(kind), Slot::List(items)) => {
            if !items.is_empty() {
                writer.open(of.key());
                for one in items.iter() {
                    item(writer, of, kind, one, depth)?;
                }
                writer.close();
            }
        }
        (Kind::Node(_), slot) => {
            // What must be there is written even when it is empty, so that the file can be read again.
            if let Some(child) = as_node(slot)
                && writes(field, slot)
            {
                writer.open(of.key());
                record(writer, child, depth + 1)?;
                writer.close();
            }
        }
        (Kind::Bool, Slot::Bool(value)) if field.flag.is_some() => flag(writer, of, *value),
        (kind, slot) => {
            writer.open(of.key());
            item(writer, of, kind, slot, depth)?;
            writer.close();
        }
    }
    Ok(())
}

/// From so many bytes on, texts stand in large pages.
const LARGE: usize = 1 << 20;

/// See to it that the next item of a large file has room. What is reserved and not used costs nothing.
fn prepare(writer: &mut Writer) {
    let written = writer.len();
    if written >= LARGE && writer.room() < written / 8 {
        writer.move_on(3 * written, pyrus::prefer_large);
    }
}

fn flag(writer: &mut Writer, of: Of, value: bool) {
    match of.field.flag {
        Some(Flag::List) if value => {
            writer.open(of.key());
            writer.close();
        }
        Some(Flag::Yes) if value => {
            writer.open(of.key());
            writer.raw("yes");
            writer.close();
        }
        _ => {}
    }
}

/// A value without a key; a record in brackets of its own.
#[inline]
fn item(writer: &mut Writer, of: Of, kind: &Kind, slot: &Slot, depth: usize) -> Result<(), Failed> {
    match slot {
        Slot::Float(value) => {
            let written = match of.field.digits {
                Some(decimals) => writer.decimals(*value, decimals),
                None => writer.float(*value),
            };
            written.map_err(|_not_finite| not_finite(of))?;
        }
        Slot::Int(value) => writer.int(*value),
        Slot::Bool(value) => writer.raw(if *value { "yes" } else { "no" }),
        Slot::Member(at) => {
            if let Kind::Member(members) = kind {
                member(writer, of.field, members, *at);
            }
        }
        Slot::Node(_) => {
            if let Some(child) = as_node(slot) {
                writer.open_list();
                record(writer, child, depth + 1)?;
                writer.close();
            }
        }
        Slot::Absent | Slot::List(_) => {}
        Slot::Short(_) | Slot::Long(_) => {
            let text = slot.as_str().unwrap_or_default();
            if of.field.bare {
                writer.symbol(text);
            } else {
                writer.string(text);
            }
        }
    }
    Ok(())
}

fn member(writer: &mut Writer, field: &Field, members: &Members, at: u16) {
    if let Some(code) = members.codes().get(at as usize) {
        writer.int(*code);
    } else if field.quoted {
        writer.string(members.name(at));
    } else {
        writer.symbol(members.name(at));
    }
}

#[cold]
fn not_finite(of: Of) -> Failed {
    Failed::NotFinite {
        field: format!("{}.{}", of.table.path, of.table.field_name(of.i)),
    }
}

fn as_node(slot: &Slot) -> Option<NodeRef<'_>> {
    slot.node()
}

/// Whether a record is written at all.
pub(super) fn writes(field: &Field, slot: &Slot) -> bool {
    is_required(field) || prints(slot, 0)
}

/// Neither optional nor with a default: a file without it cannot be read.
fn is_required(field: &Field) -> bool {
    !field.optional && !matches!(field.default, Some(Default::Node(_)))
}

/// Would anything be written for it? Looks no deeper than needed.
fn prints(slot: &Slot, depth: usize) -> bool {
    match slot {
        Slot::Absent => false,
        Slot::List(items) => items.iter().any(|item| prints(item, depth)),
        _ => slot.node().is_none_or(|node| {
            if depth == MOST_DEEP {
                return true;
            }
            let slots = node.slots();
            let fields = node.table().fields;
            slots.extra().is_some()
                || slots.said().any(|(i, slot)| match slot {
                    Slot::Bool(value) if fields[i].flag.is_some() => *value,
                    slot => prints(slot, depth + 1),
                })
        }),
    }
}
