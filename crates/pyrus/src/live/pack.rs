//! Trees to bytes and back, for pickling. The bytes are no file format: they are read by what wrote them, and anything
//! else is refused.

use super::node::{Builder, Node, NodeRef, as_node};
use super::slot::Slot;
use super::table::{Field, Kind, Table};
use super::tree::{MOST_DEEP, TooDeep};

/// Marks the bytes, and their version.
const MAGIC: [u8; 4] = *b"PLR1";

const ABSENT: u8 = 0;
const FALSE: u8 = 1;
const TRUE: u8 = 2;
const INT: u8 = 3;
const FLOAT: u8 = 4;
const MEMBER: u8 = 5;
const TEXT: u8 = 6;
const NODE: u8 = 7;
const LIST: u8 = 8;

/// The bytes of a tree.
pub(crate) fn pack(node: NodeRef<'_>) -> Result<Vec<u8>, TooDeep> {
    let mut out = MAGIC.to_vec();
    out.extend(fingerprint(node.table()).to_le_bytes());
    pack_node(&mut out, node, 0)?;
    Ok(out)
}

/// A number that changes when a record's name or fields do.
fn fingerprint(table: &Table) -> u64 {
    // FNV-1a: the same in every process.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |bytes: &[u8]| {
        for byte in bytes.iter().chain(&[0]) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    add(table.path.as_bytes());
    for (i, field) in table.fields.iter().enumerate() {
        add(table.field_name(i).as_bytes());
        add(&[u8::from(field.optional)]);
        shape(&field.kind, &mut add);
    }
    hash
}

/// What tells the kinds apart.
fn shape(kind: &Kind, add: &mut impl FnMut(&[u8])) {
    match kind {
        Kind::Bool => add(b"bool"),
        Kind::Int((min, max)) => {
            add(&min.to_le_bytes());
            add(&max.to_le_bytes());
        }
        Kind::Float => add(b"float"),
        Kind::Str => add(b"str"),
        Kind::Member(members) => add(members.spec.name.as_bytes()),
        Kind::Node(table) => add(table.path.as_bytes()),
        Kind::List(item) => {
            add(b"list");
            shape(item, add);
        }
    }
}

fn pack_node(out: &mut Vec<u8>, node: NodeRef<'_>, depth: usize) -> Result<(), TooDeep> {
    if depth == MOST_DEEP {
        return Err(TooDeep);
    }
    let slots = node.slots();
    put_number(out, slots.len() as u64);
    for slot in slots.iter() {
        pack_slot(out, slot, depth)?;
    }
    put_text(out, slots.extra().unwrap_or_default());
    Ok(())
}

fn pack_slot(out: &mut Vec<u8>, slot: &Slot, depth: usize) -> Result<(), TooDeep> {
    match slot {
        Slot::Absent => out.push(ABSENT),
        Slot::Bool(value) => out.push(if *value { TRUE } else { FALSE }),
        Slot::Int(value) => {
            out.push(INT);
            put_number(out, ((value << 1) ^ (value >> 63)) as u64);
        }
        Slot::Float(value) => {
            out.push(FLOAT);
            out.extend(value.to_le_bytes());
        }
        Slot::Member(member) => {
            out.push(MEMBER);
            put_number(out, u64::from(*member));
        }
        Slot::Short(_) | Slot::Long(_) => {
            out.push(TEXT);
            put_text(out, slot.as_str().unwrap_or_default());
        }
        Slot::Node(_) => {
            out.push(NODE);
            if let Some(node) = as_node(slot) {
                pack_node(out, node, depth + 1)?;
            }
        }
        Slot::List(items) => {
            out.push(LIST);
            put_number(out, items.len() as u64);
            for item in items.iter() {
                pack_slot(out, item, depth)?;
            }
        }
    }
    Ok(())
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put_number(out, text.len() as u64);
    out.extend(text.as_bytes());
}

/// Seven bits a byte, the low ones first.
fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Bytes that [`pack`] did not write, or that an extension with other declarations wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Damaged;

/// The tree of some bytes.
pub(crate) fn unpack(table: &'static Table, bytes: &[u8]) -> Result<Node, Damaged> {
    let mut reader = Reader(bytes);
    if reader.take(4)? != MAGIC || reader.take(8)? != fingerprint(table).to_le_bytes() {
        return Err(Damaged);
    }
    let node = reader.node(table, 0)?;
    if reader.0.is_empty() {
        Ok(node)
    } else {
        Err(Damaged)
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, len: usize) -> Result<&'a [u8], Damaged> {
        let (taken, rest) = self.0.split_at_checked(len).ok_or(Damaged)?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, Damaged> {
        Ok(self.take(1)?[0])
    }

    fn number(&mut self) -> Result<u64, Damaged> {
        let mut number = 0u64;
        for shift in (0..70).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                return Err(Damaged);
            }
            number |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(Damaged)
    }

    fn text(&mut self) -> Result<&'a str, Damaged> {
        let len = usize::try_from(self.number()?).map_err(|_| Damaged)?;
        std::str::from_utf8(self.take(len)?).map_err(|_| Damaged)
    }

    fn node(&mut self, table: &'static Table, depth: usize) -> Result<Node, Damaged> {
        if depth == MOST_DEEP || self.number()? != table.fields.len() as u64 {
            return Err(Damaged);
        }
        let mut builder = Builder::new(table);
        for (slot, field) in builder.slots().iter_mut().zip(table.fields) {
            *slot = self.field(field, depth)?;
        }
        let extra = self.text()?;
        builder.set_extra((!extra.is_empty()).then(|| extra.to_owned()));
        Ok(builder.finish())
    }

    fn field(&mut self, field: &'static Field, depth: usize) -> Result<Slot, Damaged> {
        let may_be_absent = field.optional || matches!(field.kind, Kind::List(_));
        let tag = self.byte()?;
        if tag == ABSENT {
            return if may_be_absent {
                Ok(Slot::Absent)
            } else {
                Err(Damaged)
            };
        }
        match &field.kind {
            Kind::List(item) if tag == LIST => {
                let len = self.number()?;
                // Every item takes a byte at least, so the bytes say how many there can be.
                if len > self.0.len() as u64 {
                    return Err(Damaged);
                }
                let items = (0..len).map(|_| {
                    let tag = self.byte()?;
                    self.value(item, tag, depth)
                });
                Ok(Slot::list(items.collect::<Result<_, _>>()?))
            }
            kind => self.value(kind, tag, depth),
        }
    }

    fn value(&mut self, kind: &'static Kind, tag: u8, depth: usize) -> Result<Slot, Damaged> {
        Ok(match (kind, tag) {
            (Kind::Bool, FALSE) => Slot::Bool(false),
            (Kind::Bool, TRUE) => Slot::Bool(true),
            (Kind::Int((min, max)), INT) => {
                let coded = self.number()?;
                let value = (coded >> 1) as i64 ^ -((coded & 1) as i64);
                if !(*min..=*max).contains(&value) {
                    return Err(Damaged);
                }
                Slot::Int(value)
            }
            (Kind::Float, FLOAT) => {
                let bytes = self.take(8)?.try_into().map_err(|_| Damaged)?;
                Slot::Float(f64::from_le_bytes(bytes))
            }
            (Kind::Member(members), MEMBER) => {
                let member = self.number()?;
                if member >= members.spec.members.len() as u64 {
                    return Err(Damaged);
                }
                Slot::Member(member as u16)
            }
            (Kind::Str, TEXT) => Slot::text(self.text()?),
            (Kind::Node(table), NODE) => Slot::Node(self.node(table, depth + 1)?),
            _ => return Err(Damaged),
        })
    }
}
