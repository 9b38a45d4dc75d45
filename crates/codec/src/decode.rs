//! The items of a list to the fields of a record.
//!
//! Four steps. What is positional takes atoms from the left. Then every list is given to the field with its key, and
//! every atom that is a boolean's key sets it. Then what has no value yet gets its default, or is missed. What nobody
//! took is kept as it stands.

use pyrus::live::{Arena, Default, Draft, Field, Kind, Node as Live, Slot, Table, default_slot};
use pyrus_sexp::{Children, Error, ErrorKind, Items, Kind as Token, Node};

use super::MOST_DEEP;
use super::encode;
use super::keys::Keys;
use super::row;
use super::unread::Unread;
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
    if let Some(node) = row::read(table, &items, arena, depth) {
        return Ok(node);
    }
    let mut record = Record::new(arena, table);
    let mut decoder = Decoder::new(&mut record, list, depth, arena);
    let rest = if table.positionals.is_empty() {
        Some((items.clone(), 0))
    } else {
        decoder.positionals(items.clone())?
    };
    if let Some((rest, taken)) = rest {
        decoder.items(&mut Keys::new(table), rest, taken)?;
    }
    decoder.leftovers(&items)?;
    if let Some(odd) = decoder.odd {
        let mut unread = Unread::default();
        unread.add(&odd.unread);
        record.draft.set_extra(unread.text());
    }
    Ok(record.draft.finish())
}

/// A record from the items of a list that are read some at a time, without atoms but for its `head`. `None`: there is
/// something odd, which may be wrong: who knows the whole text can tell.
pub(super) fn streamed(
    table: &'static Table,
    head: &str,
    items: &mut Items<'_>,
    arena: &Arena,
) -> Option<Live> {
    let mut record = Record::new(arena, table);
    let mut keys = Keys::new(table);
    let mut unread = Unread::default();
    let mut is_first = true;
    while let Some(mut some) = items.read().ok()? {
        let first = some.peek()?;
        if std::mem::take(&mut is_first) && some.next_item()?.as_symbol() != Some(head) {
            return None;
        }
        // What goes wrong is told by somebody else, so it matters little where.
        let mut decoder = Decoder::new(&mut record, first, 0, arena);
        decoder.items(&mut keys, some, 0).ok()?;
        if let Some(odd) = decoder.odd {
            if !odd.empty.is_empty() || !odd.atoms.is_empty() {
                return None;
            }
            unread.add(&odd.unread);
        }
    }
    record.fill().ok()?;
    record.draft.set_extra(unread.text());
    Some(record.draft.finish())
}

/// A record that is made, and which of its fields have their value.
struct Record<'a> {
    draft: Draft<'a>,
    done: Done,
}

impl<'a> Record<'a> {
    #[inline]
    fn new(arena: &'a Arena, table: &'static Table) -> Self {
        Self {
            draft: Draft::new(arena, table),
            done: Done([0; 4]),
        }
    }

    /// Give what has no value yet the one that it has where nothing is said; the error is the field that must be said.
    fn fill(&mut self) -> Result<(), usize> {
        let table = self.draft.table();
        for word in 0..table.needed.len() {
            let mut bits = table.needed[word] & !self.done.0[word];
            while bits != 0 {
                let i = word * 64 + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                if !absent(table, i, &mut self.draft) {
                    return Err(i);
                }
            }
        }
        Ok(())
    }
}

/// Which fields have their value.
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

struct Decoder<'t, 'r, 'a> {
    table: &'static Table,
    list: Node<'t>,
    depth: usize,
    arena: &'a Arena,
    record: &'r mut Record<'a>,
    /// What most records do not have.
    odd: Option<Box<Odd<'t>>>,
}

#[derive(Default)]
struct Odd<'t> {
    /// What no field takes.
    unread: Vec<Node<'t>>,
    /// Lists that have a field's key and nothing else.
    empty: Vec<(usize, Node<'t>)>,
    /// Atoms that nobody took yet, each with what follows it.
    atoms: Vec<(Node<'t>, Children<'t>)>,
}

impl<'t, 'r, 'a> Decoder<'t, 'r, 'a> {
    #[inline]
    fn new(record: &'r mut Record<'a>, list: Node<'t>, depth: usize, arena: &'a Arena) -> Self {
        Self {
            table: record.draft.table(),
            list,
            depth,
            arena,
            record,
            odd: None,
        }
    }

    #[cold]
    fn odd(&mut self) -> &mut Odd<'t> {
        self.odd.get_or_insert_default()
    }

    #[inline(always)]
    fn place(&self, i: usize, field: &'static Field) -> Place<'a> {
        Place {
            table: self.table,
            field,
            i,
            depth: self.depth,
            arena: self.arena,
        }
    }

    #[inline]
    fn slot(&mut self, field: usize) -> &mut Slot {
        self.record.draft.slot(field)
    }

    #[inline]
    fn has(&self, field: usize) -> bool {
        self.record.done.has(field)
    }

    #[inline]
    fn put(&mut self, field: usize, slot: Slot) {
        self.slot(field).set(slot);
        self.record.done.set(field);
    }

    /// Atoms for what is positional. Gives what is to be read then, and how many atoms in it were taken; `None`: nothing is.
    fn positionals(
        &mut self,
        mut items: Children<'t>,
    ) -> Result<Option<(Children<'t>, usize)>, Error> {
        let all = items.clone();
        let table = self.table;
        let (mut taken, mut lists) = (0, false);
        // An atom that was not meant for the field before.
        let mut left = None;
        if table.positionals.len() == table.fields.len() {
            left = next_atom(&mut items, &mut lists);
            if left.is_some_and(|item| is_name_of(table, item)) {
                taken += 1;
                left = None;
            }
        }
        for i in table.positionals {
            let i = *i as usize;
            let field = &table.fields[i];
            let Some(item) = left.or_else(|| next_atom(&mut items, &mut lists)) else {
                if field.optional {
                    self.record.done.set(i);
                }
                continue;
            };
            if self.positional(i, field, item)? {
                self.record.done.set(i);
                taken += 1;
                left = None;
            } else {
                self.put(i, otherwise(field));
                left = Some(item);
            }
        }
        if lists || left.is_some() {
            return Ok(Some((all, taken)));
        }
        Ok((!items.is_empty()).then_some((items, 0)))
    }

    /// The value of an atom for a field. `false`: it is not meant for this one.
    fn positional(
        &mut self,
        i: usize,
        field: &'static Field,
        item: Node<'t>,
    ) -> Result<bool, Error> {
        let place = self.place(i, field);
        let slot = self.slot(i);
        if field.default.is_none() && !field.optional {
            return value::value(place, &field.kind, item, slot).map(|()| true);
        }
        if let Kind::Member(members) = &field.kind {
            let is_symbol = item.kind() == Token::Symbol;
            let member = is_symbol.then(|| members.position(item.raw())).flatten();
            if let Some(member) = member {
                slot.set(Slot::Member(member));
            }
            return Ok(member.is_some());
        }
        Ok(value::value(place, &field.kind, item, slot).is_ok())
    }

    /// Lists by their keys, and atoms that are booleans' keys. The first `taken` atoms are used up.
    fn items(
        &mut self,
        keys: &mut Keys,
        mut items: Children<'t>,
        mut taken: usize,
    ) -> Result<(), Error> {
        while let Some(item) = items.next_item() {
            if item.is_list() {
                self.keyed(keys, item)?;
            } else if taken > 0 {
                taken -= 1;
            } else {
                self.atom(keys, item, &items);
            }
        }
        Ok(())
    }

    fn keyed(&mut self, keys: &mut Keys, list: Node<'t>) -> Result<(), Error> {
        let mut rest = list.children();
        let key = rest.next_item();
        let Some(key) = key.filter(|key| key.kind() == Token::Symbol) else {
            // An empty list says nothing, but alone in a record it would say that there is none.
            if key.is_some() {
                self.odd().unread.push(list);
            }
            return Ok(());
        };
        let Some(i) = keys.find(key) else {
            self.odd().unread.push(list);
            return Ok(());
        };
        let field = &self.table.fields[i];
        let is_empty = rest.clone().next_item().is_none();
        if field.repeated {
            if !is_empty {
                self.collect(i, field, list, rest)?;
            }
        } else if self.has(i) && !self.is_silent(i, field) {
            // Of a flag that is off nothing is written: what was kept would be the first.
            if !is_empty && field.flag.is_none() {
                self.odd().unread.push(list);
            }
        } else if !is_empty {
            let place = self.place(i, field);
            let slot = self.slot(i);
            match value::keyed(place, list, rest, slot) {
                // `(key ())` says nothing, and does not stand in the way of one that does.
                Ok(()) if slot.is_absent() => {}
                Ok(()) => self.record.done.set(i),
                Err(_) if field.lenient => {
                    self.put(i, otherwise(field));
                    self.odd().unread.push(list);
                }
                Err(error) => return Err(error),
            }
        } else if field.flag.is_some() {
            self.put(i, Slot::Bool(true));
        } else {
            self.odd().empty.push((i, list));
        }
        Ok(())
    }

    /// Whether the field has a record of which nothing is written. It stands in no way: what comes after it would be the
    /// first when the file is read again.
    #[cold]
    fn is_silent(&mut self, i: usize, field: &Field) -> bool {
        let slot = self.slot(i);
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
        let place = self.place(i, field);
        self.record.done.set(i);
        value::repeated(place, kind, list, rest, self.slot(i).pushed())
    }

    fn atom(&mut self, keys: &mut Keys, item: Node<'t>, following: &Children<'t>) {
        if item.kind() == Token::Symbol
            && let Some(i) = keys.find(item)
        {
            let field = &self.table.fields[i];
            if matches!(field.kind, Kind::Bool) {
                // Said before, it is not kept: in front of the lists, where atoms are written, it would be the first.
                if !self.has(i) {
                    self.put(i, Slot::Bool(true));
                }
                return;
            }
        }
        self.odd().atoms.push((item, following.clone()));
    }

    /// Values for fields that have none yet.
    fn leftovers(&mut self, items: &Children<'t>) -> Result<(), Error> {
        if self.odd.is_some() {
            self.odd_forms()?;
        }
        self.record.fill().map_err(|i| self.missing(i, items))
    }

    /// Keys without values, and values that follow a bare key.
    #[cold]
    fn odd_forms(&mut self) -> Result<(), Error> {
        for (i, field) in self.table.fields.iter().enumerate() {
            if self.has(i) {
                continue;
            }
            let list = self.odd().empty.iter().find(|(of, _)| *of == i);
            let said = match list.copied() {
                Some((_, list)) => self.of_key_alone(i, field, list)?,
                None => self.of_bare_key(i, field)?,
            };
            if said {
                self.record.done.set(i);
            }
        }
        for (atom, _) in std::mem::take(&mut self.odd().atoms) {
            self.odd().unread.push(atom);
        }
        Ok(())
    }

    /// `(key)`: the default, or a value that needs nothing.
    fn of_key_alone(
        &mut self,
        i: usize,
        field: &'static Field,
        list: Node<'t>,
    ) -> Result<bool, Error> {
        let (place, arena, depth) = (self.place(i, field), self.arena, self.depth);
        let slot = self.slot(i);
        if let Some(default) = &field.default {
            slot.set(default_slot(&field.kind, default));
        } else if let (Kind::Node(table), Some((_, rest)), false) =
            (&field.kind, list.keyed(), field.optional)
        {
            slot.set(Slot::Node(record(table, list, rest, arena, depth + 1)?));
        } else if !field.optional {
            value::value(place, &field.kind, list, slot)?;
        }
        Ok(true)
    }

    /// `key value` in a row, as some files have it.
    fn of_bare_key(&mut self, i: usize, field: &'static Field) -> Result<bool, Error> {
        let key = self.table.field_key(i);
        let is_key = |(atom, _): &(Node<'t>, _)| atom.kind() == Token::Symbol && atom.raw() == key;
        let Some(at) = self.odd().atoms.iter().position(is_key) else {
            return Ok(false);
        };
        if let Some(default) = &field.default {
            // What follows it is kept as it stands, so the key stays before it.
            self.slot(i).set(default_slot(&field.kind, default));
            return Ok(true);
        }
        let mut following = self.odd().atoms[at].1.clone();
        let Some(next) = following.next_item() else {
            return Ok(false);
        };
        let names_field = next.kind() == Token::Symbol
            && self
                .table
                .fields
                .iter()
                .any(|field| self.table.word(field.key) == next.raw());
        if names_field || following.next_item().is_some() {
            return Ok(false);
        }
        value::value(self.place(i, field), &field.kind, next, self.slot(i))?;
        self.odd().atoms.truncate(at);
        // A list was put aside when it was met.
        self.odd()
            .unread
            .retain(|kept| kept.start() != next.start());
        Ok(true)
    }

    #[cold]
    fn missing(&self, i: usize, items: &Children<'t>) -> Error {
        self.place(i, &self.table.fields[i]).fail(
            ErrorKind::MissingField,
            self.list,
            items.preview(),
        )
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
        && item.raw().len() == table.name().len()
        && item
            .raw()
            .bytes()
            .zip(table.name().bytes())
            .all(|(a, b)| a == b.to_ascii_lowercase())
}

/// The value of what was there and could not be read: nothing, or the default.
fn otherwise(field: &Field) -> Slot {
    match &field.default {
        Some(default) if !field.optional => default_slot(&field.kind, default),
        _ => Slot::Absent,
    }
}

/// The value of what is not there. `false`: it must be.
fn absent(table: &'static Table, i: usize, draft: &mut Draft<'_>) -> bool {
    let field = &table.fields[i];
    let value = if field.absent {
        let means = |(of, _): &&(u16, _)| usize::from(*of) == i;
        table.absent.iter().find(means).map(|(_, value)| value)
    } else if field.optional {
        Some(&Default::Absent)
    } else {
        field.default.as_ref()
    };
    if let Some(value) = value {
        draft.slot(i).set(default_slot(&field.kind, value));
    }
    value.is_some()
}
