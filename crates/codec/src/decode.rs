//! The items of a list to the fields of a record.
//!
//! Four steps. What is positional takes atoms from the left. Then every list is given to the field with its key, and
//! every atom that is a boolean's key sets it. Then what has no value yet gets its default, or is missed. What nobody
//! took is kept as it stands.

use pyrus::live::{Arena, Builder, Field, Kind, Node as Live, Slot, Table, default_slot};
use pyrus_sexp::{Children, Error, ErrorKind, Kind as Token, Node};

use super::MOST_DEEP;
use super::encode;
use super::keys::Keys;
use super::unread;
use super::value::{self, Place};

/// A record from the items that stand in `list`, of which `items` are left to be read.
pub(super) fn record(
    table: &'static Table,
    list: Node<'_>,
    items: Children<'_>,
    arena: &Arena,
    depth: usize,
) -> Result<Live, Error> {
    if depth == MOST_DEEP {
        let detail = format!("lists are nested more than {MOST_DEEP} records deep");
        return Err(Error::new(ErrorKind::TooLarge, list.span(), detail).within(table.path, None));
    }
    let mut decoder = Decoder {
        table,
        list,
        depth,
        arena,
        builder: Builder::new_in(arena, table),
        done: Done::default(),
        unread: Vec::new(),
        empty: Vec::new(),
        atoms: Vec::new(),
    };
    let taken = if table.positionals.is_empty() {
        Some(0)
    } else {
        decoder.positionals(items.clone())?
    };
    if let Some(taken) = taken {
        decoder.items(items.clone(), taken)?;
    }
    decoder.leftovers(&items)?;
    decoder.builder.set_extra(unread::text(&decoder.unread));
    Ok(decoder.builder.finish())
}

/// Which fields have their value.
#[derive(Default)]
struct Done([u64; 4]);

impl Done {
    #[inline]
    fn has(&self, field: usize) -> bool {
        self.0[field / 64] >> (field % 64) & 1 == 1
    }

    #[inline]
    fn set(&mut self, field: usize) {
        self.0[field / 64] |= 1 << (field % 64);
    }
}

struct Decoder<'t, 'a> {
    table: &'static Table,
    list: Node<'t>,
    depth: usize,
    arena: &'a Arena,
    builder: Builder,
    done: Done,
    /// What no field takes.
    unread: Vec<Node<'t>>,
    /// Lists that have a field's key and nothing else.
    empty: Vec<(usize, Node<'t>)>,
    /// Atoms that nobody took yet, each with what follows it.
    atoms: Vec<(Node<'t>, Children<'t>)>,
}

impl<'t, 'a> Decoder<'t, 'a> {
    fn place(&self, field: usize) -> Place<'a> {
        Place {
            table: self.table,
            field: &self.table.fields[field],
            depth: self.depth,
            arena: self.arena,
        }
    }

    #[inline]
    fn put(&mut self, field: usize, slot: Slot) {
        self.builder.slots()[field] = slot;
        self.done.set(field);
    }

    /// Atoms for what is positional. Gives how many were taken; `None`: all there was.
    fn positionals(&mut self, mut items: Children<'t>) -> Result<Option<usize>, Error> {
        let table = self.table;
        let (mut taken, mut lists) = (0, false);
        let mut next = next_atom(&mut items, &mut lists);
        if table.positionals.len() == table.fields.len()
            && next.is_some_and(|item| is_name_of(table, item))
        {
            taken += 1;
            next = next_atom(&mut items, &mut lists);
        }
        for i in table.positionals {
            let i = *i as usize;
            let field = &table.fields[i];
            let Some(item) = next else {
                if field.optional {
                    self.done.set(i);
                }
                continue;
            };
            if let Some(slot) = self.positional(i, field, item)? {
                self.put(i, slot);
                taken += 1;
                next = next_atom(&mut items, &mut lists);
            } else {
                self.put(i, otherwise(field));
            }
        }
        Ok((lists || next.is_some()).then_some(taken))
    }

    /// The value of an atom for a field; `None`: it is not meant for this one.
    fn positional(
        &self,
        i: usize,
        field: &'static Field,
        item: Node<'t>,
    ) -> Result<Option<Slot>, Error> {
        let place = self.place(i);
        if field.default.is_none() && !field.optional {
            return value::value(place, &field.kind, item).map(Some);
        }
        if let Kind::Member(members) = &field.kind {
            let is_symbol = item.kind() == Token::Symbol;
            return Ok(if is_symbol {
                members.position(item.raw()).map(Slot::Member)
            } else {
                None
            });
        }
        Ok(value::value(place, &field.kind, item).ok())
    }

    /// Lists by their keys, and atoms that are booleans' keys. The first `taken` atoms are used up.
    fn items(&mut self, mut items: Children<'t>, mut taken: usize) -> Result<(), Error> {
        let mut keys = Keys::new(self.table);
        while let Some(item) = items.next_item() {
            if item.is_list() {
                self.keyed(&mut keys, item)?;
            } else if taken > 0 {
                taken -= 1;
            } else {
                self.atom(&mut keys, item, &items);
            }
        }
        Ok(())
    }

    fn keyed(&mut self, keys: &mut Keys, list: Node<'t>) -> Result<(), Error> {
        let Some((key, rest)) = list.keyed() else {
            // An empty list says nothing, but alone in a record it would say that there is none.
            if list.children().next_item().is_some() {
                self.unread.push(list);
            }
            return Ok(());
        };
        let Some(i) = keys.find(key) else {
            self.unread.push(list);
            return Ok(());
        };
        let field = &self.table.fields[i];
        let is_empty = rest.clone().next_item().is_none();
        if field.repeated {
            if !is_empty {
                self.collect(i, field, list, rest)?;
            }
        } else if self.done.has(i) && !self.is_silent(i, field) {
            // Of a flag that is off nothing is written: what was kept would be the first.
            if !is_empty && field.flag.is_none() {
                self.unread.push(list);
            }
        } else if !is_empty {
            match value::keyed(self.place(i), list, rest) {
                // `(key ())` says nothing, and does not stand in the way of one that does.
                Ok(Slot::Absent) => {}
                Ok(slot) => self.put(i, slot),
                Err(_) if field.lenient => {
                    self.put(i, otherwise(field));
                    self.unread.push(list);
                }
                Err(error) => return Err(error),
            }
        } else if field.flag.is_some() {
            self.put(i, Slot::Bool(true));
        } else {
            self.empty.push((i, list));
        }
        Ok(())
    }

    /// Whether the field has a record of which nothing is written. It stands in no way: what comes after it would be the
    /// first when the file is read again.
    #[cold]
    fn is_silent(&mut self, i: usize, field: &Field) -> bool {
        let slot = &self.builder.slots()[i];
        slot.node().is_some() && !encode::writes(field, slot)
    }

    fn collect(
        &mut self,
        i: usize,
        field: &'static Field,
        list: Node<'t>,
        rest: Children<'t>,
    ) -> Result<(), Error> {
        let Kind::List(kind) = &field.kind else {
            unreachable!("only lists are repeated");
        };
        let item = value::repeated(self.place(i), kind, list, rest)?;
        match &mut self.builder.slots()[i] {
            Slot::List(items) => items.push(item),
            slot => *slot = Slot::list(vec![item]),
        }
        self.done.set(i);
        Ok(())
    }

    fn atom(&mut self, keys: &mut Keys, item: Node<'t>, following: &Children<'t>) {
        if item.kind() == Token::Symbol
            && let Some(i) = keys.find(item.raw())
        {
            let field = &self.table.fields[i];
            if matches!(field.kind, Kind::Bool) {
                // Said before, it is not kept: in front of the lists, where atoms are written, it would be the first.
                if !self.done.has(i) {
                    self.put(i, Slot::Bool(true));
                }
                return;
            }
        }
        self.atoms.push((item, following.clone()));
    }

    /// Values for fields that have none yet.
    fn leftovers(&mut self, items: &Children<'t>) -> Result<(), Error> {
        if !self.empty.is_empty() || !self.atoms.is_empty() {
            self.odd_forms()?;
        }
        for word in 0..self.table.needed.len() {
            let mut bits = self.table.needed[word] & !self.done.0[word];
            while bits != 0 {
                let i = word * 64 + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                let slot = absent(self.table, i);
                self.builder.slots()[i] = slot.ok_or_else(|| self.missing(i, items))?;
            }
        }
        Ok(())
    }

    /// Keys without values, and values that follow a bare key.
    #[cold]
    fn odd_forms(&mut self) -> Result<(), Error> {
        for (i, field) in self.table.fields.iter().enumerate() {
            if self.done.has(i) {
                continue;
            }
            let slot = match self.empty.iter().find(|(of, _)| *of == i) {
                Some((_, list)) => self.of_key_alone(i, field, *list)?,
                None => self.of_bare_key(i, field)?,
            };
            if let Some(slot) = slot {
                self.put(i, slot);
            }
        }
        for (atom, _) in std::mem::take(&mut self.atoms) {
            self.unread.push(atom);
        }
        Ok(())
    }

    /// `(key)`: the default, or a value that needs nothing.
    fn of_key_alone(
        &self,
        i: usize,
        field: &'static Field,
        list: Node<'t>,
    ) -> Result<Option<Slot>, Error> {
        if let Some(default) = &field.default {
            return Ok(Some(default_slot(&field.kind, default)));
        }
        if field.optional {
            return Ok(Some(Slot::Absent));
        }
        let place = self.place(i);
        if let (Kind::Node(table), Some((_, rest))) = (&field.kind, list.keyed()) {
            return record(table, list, rest, self.arena, self.depth + 1)
                .map(|node| Some(Slot::Node(node)));
        }
        value::value(place, &field.kind, list).map(Some)
    }

    /// `key value` in a row, as some files have it.
    fn of_bare_key(&mut self, i: usize, field: &'static Field) -> Result<Option<Slot>, Error> {
        let is_key =
            |(atom, _): &(Node<'t>, _)| atom.kind() == Token::Symbol && atom.raw() == field.key();
        let Some(at) = self.atoms.iter().position(is_key) else {
            return Ok(None);
        };
        if let Some(default) = &field.default {
            // What follows it is kept as it stands, so the key stays before it.
            return Ok(Some(default_slot(&field.kind, default)));
        }
        let mut following = self.atoms[at].1.clone();
        let Some(next) = following.next_item() else {
            return Ok(None);
        };
        let names_field = next.kind() == Token::Symbol
            && self
                .table
                .fields
                .iter()
                .any(|field| field.key() == next.raw());
        if names_field || following.next_item().is_some() {
            return Ok(None);
        }
        let slot = value::value(self.place(i), &field.kind, next)?;
        self.atoms.truncate(at);
        // A list was put aside when it was met.
        self.unread.retain(|kept| kept.start() != next.start());
        Ok(Some(slot))
    }

    #[cold]
    fn missing(&self, i: usize, items: &Children<'t>) -> Error {
        self.place(i)
            .fail(ErrorKind::MissingField, self.list, items.preview())
    }
}

/// The next item that is no list; notes whether there was a list on the way.
#[inline]
fn next_atom<'t>(items: &mut Children<'t>, lists: &mut bool) -> Option<Node<'t>> {
    loop {
        let item = items.next_item()?;
        if !item.is_list() {
            return Some(item);
        }
        *lists = true;
    }
}

/// `(start xy 1 2)`: the record's own name, in lower case.
fn is_name_of(table: &Table, item: Node<'_>) -> bool {
    item.kind() == Token::Symbol
        && item.raw().len() == table.name.len()
        && item
            .raw()
            .bytes()
            .zip(table.name.bytes())
            .all(|(a, b)| a == b.to_ascii_lowercase())
}

/// The value of what was there and could not be read: nothing, or the default.
fn otherwise(field: &Field) -> Slot {
    match &field.default {
        Some(default) if !field.optional => default_slot(&field.kind, default),
        _ => Slot::Absent,
    }
}

/// The value of what is not there; `None`: it must be.
fn absent(table: &'static Table, i: usize) -> Option<Slot> {
    let field = &table.fields[i];
    if field.absent {
        let means = |(of, _): &&(u16, _)| usize::from(*of) == i;
        let (_, value) = table.absent.iter().find(means)?;
        return Some(default_slot(&field.kind, value));
    }
    if field.optional {
        return Some(Slot::Absent);
    }
    let default = field.default.as_ref()?;
    Some(default_slot(&field.kind, default))
}
