//! One item to one value.

use pyrus::live::{Arena, Field, Kind, Members, Slot, Table};
use pyrus_sexp::{Children, Error, ErrorKind, Kind as Token, Node, number};

use super::decode;

/// Where a value stands: for messages.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) table: &'static Table,
    /// Which field, and its number.
    pub(super) field: &'static Field,
    pub(super) i: usize,
    pub(super) depth: usize,
    pub(super) arena: &'a Arena,
}

impl Place<'_> {
    #[cold]
    pub(super) fn fail(self, kind: ErrorKind, node: Node<'_>, detail: impl Into<String>) -> Error {
        let field = std::borrow::Cow::Borrowed(self.table.field_name(self.i));
        Error::new(kind, node.span(), detail).within(self.table.path, Some(field))
    }

    fn unexpected(self, node: Node<'_>, detail: impl Into<String>) -> Error {
        self.fail(ErrorKind::UnexpectedType, node, detail)
    }

    fn invalid(self, node: Node<'_>, detail: impl Into<String>) -> Error {
        self.fail(ErrorKind::InvalidValue, node, detail)
    }
}

// Values are written where they belong, not handed up: a slot that was just written in two parts cannot be copied in one
// without waiting for both.

/// What stands behind a field's key, into its slot; there is at least one item. `(key ())` may say nothing, and leaves it.
#[inline]
pub(super) fn keyed(
    place: Place<'_>,
    list: Node<'_>,
    rest: Children<'_>,
    slot: &mut Slot,
) -> Result<(), Error> {
    match &place.field.kind {
        Kind::Node(table) => {
            if place.field.optional && is_empty_list(&rest) {
                return Ok(());
            }
            node(place, table, list, rest, slot)
        }
        Kind::List(item) => {
            let mut items = place.arena.tray();
            let mut rest = rest;
            while let Some(node) = rest.next_item() {
                value(place, item, node, Slot::pushed_to(&mut items))?;
            }
            slot.set(Slot::list_in(place.arena, &mut items));
            place.arena.put_tray(items);
            Ok(())
        }
        kind => single(place, kind, list, rest, slot),
    }
}

/// One item of a field that is collected from repeated keys.
#[inline]
pub(super) fn repeated(
    place: Place<'_>,
    kind: &'static Kind,
    list: Node<'_>,
    rest: Children<'_>,
    slot: &mut Slot,
) -> Result<(), Error> {
    match kind {
        Kind::Node(table) => node(place, table, list, rest, slot),
        kind => single(place, kind, list, rest, slot),
    }
}

/// A record of the items that stand in `list`.
#[inline]
fn node(
    place: Place<'_>,
    table: &'static Table,
    list: Node<'_>,
    items: Children<'_>,
    slot: &mut Slot,
) -> Result<(), Error> {
    let node = decode::record(table, list, items, place.arena, place.depth + 1)?;
    slot.set(Slot::Node(node));
    Ok(())
}

/// `(())` says that there is nothing.
fn is_empty_list(rest: &Children<'_>) -> bool {
    let mut rest = rest.clone();
    let only = rest.next_item();
    only.is_some_and(|node| node.is_list() && node.children().next_item().is_none())
        && rest.next_item().is_none()
}

/// A value that stands alone.
#[inline]
fn single(
    place: Place<'_>,
    kind: &'static Kind,
    list: Node<'_>,
    mut rest: Children<'_>,
    slot: &mut Slot,
) -> Result<(), Error> {
    let Some(node) = rest.next_item() else {
        return Err(place.unexpected(list, "expected one value, got none"));
    };
    if let Some(more) = rest.next_item() {
        return Err(place.unexpected(more, "expected one value, got more"));
    }
    value(place, kind, node, slot)
}

/// A value, or for an optional field an empty list, which leaves the slot as it is.
#[inline]
pub(super) fn value(
    place: Place<'_>,
    kind: &'static Kind,
    node: Node<'_>,
    slot: &mut Slot,
) -> Result<(), Error> {
    match kind {
        Kind::Float => float(place, node, slot),
        Kind::Str => text(place, node, slot),
        Kind::Int((min, max)) => int(place, *min, *max, node, slot),
        Kind::Bool => bool(place, node, slot),
        Kind::Member(members) => member(place, members, node, slot),
        Kind::Node(table) if node.is_list() => {
            self::node(place, table, node, node.children(), slot)
        }
        Kind::Node(_) => Err(place.unexpected(node, "expected list for struct")),
        Kind::List(_) => Err(place.unexpected(node, "expected list for linked list")),
    }
}

/// Is it an empty list where nothing is allowed?
fn nothing(place: Place<'_>, node: Node<'_>) -> bool {
    place.field.optional && node.is_list() && node.children().next_item().is_none()
}

#[inline]
fn text(place: Place<'_>, node: Node<'_>, slot: &mut Slot) -> Result<(), Error> {
    match node.kind() {
        Token::List if nothing(place, node) => Ok(()),
        Token::List => Err(place.unexpected(node, "expected one value, got list")),
        _ => {
            match node.plain_span() {
                Some(span) => slot.set(Slot::text_at(place.arena, node.text(), span)),
                None => slot.set(Slot::text_in(place.arena, &node.value())),
            }
            Ok(())
        }
    }
}

/// No number, though one is due.
#[cold]
fn no_number(place: Place<'_>, node: Node<'_>) -> Result<(), Error> {
    let detail = match node.kind() {
        Token::List if nothing(place, node) => return Ok(()),
        Token::List => "got list but expected number".to_owned(),
        Token::String => format!("got string {} but expected unquoted number", node.preview()),
        _ => format!("got symbol '{}' but expected number", node.preview()),
    };
    Err(place.unexpected(node, detail))
}

#[inline]
fn float(place: Place<'_>, node: Node<'_>, slot: &mut Slot) -> Result<(), Error> {
    if node.kind() != Token::Number {
        return no_number(place, node);
    }
    if let Ok(value) = node.float() {
        slot.set(Slot::Float(value));
        return Ok(());
    }
    let detail = format!("failed to parse \"{}\" as f64", node.preview());
    Err(place.invalid(node, detail))
}

#[inline]
fn int(place: Place<'_>, min: i64, max: i64, node: Node<'_>, slot: &mut Slot) -> Result<(), Error> {
    if node.kind() != Token::Number {
        return no_number(place, node);
    }
    match number::parse_int(node.raw()) {
        Ok(value) if (min..=max).contains(&value) => {
            slot.set(Slot::Int(value));
            Ok(())
        }
        _ => {
            let kind = int_type(min, max);
            let detail = format!("failed to parse \"{}\" as {kind}", node.preview());
            Err(place.invalid(node, detail))
        }
    }
}

/// The declared type with these limits: they are those of all their bits, or of all but the sign.
fn int_type(min: i64, max: i64) -> String {
    let sign = if min < 0 { 'i' } else { 'u' };
    let bits = max.trailing_ones() + u32::from(min < 0);
    format!("{sign}{bits}")
}

#[inline]
fn bool(place: Place<'_>, node: Node<'_>, slot: &mut Slot) -> Result<(), Error> {
    let value = match node.kind() {
        Token::Symbol => match node.raw() {
            "yes" | "true" => true,
            "no" | "false" => false,
            other => {
                let detail =
                    format!("invalid boolean value '{other}' (expected yes/no/true/false)");
                return Err(place.invalid(node, detail));
            }
        },
        // `(power ())`, as old files have it.
        Token::List if place.field.flag.is_some() && node.children().next_item().is_none() => true,
        Token::List if nothing(place, node) => return Ok(()),
        _ => return Err(place.unexpected(node, "expected symbol for boolean")),
    };
    slot.set(Slot::Bool(value));
    Ok(())
}

fn member(
    place: Place<'_>,
    members: &Members,
    node: Node<'_>,
    slot: &mut Slot,
) -> Result<(), Error> {
    if node.is_list() {
        if nothing(place, node) {
            return Ok(());
        }
        let detail = "expected symbol, string, or number for enum";
        return Err(place.unexpected(node, detail));
    }
    let found = find_member(members, node).ok_or_else(|| {
        let spec = members.spec;
        let module = spec.module.rsplit('.').next().unwrap_or_default();
        let detail = format!(
            "invalid enum value '{}' for type kicad.{module}.{}",
            node.value(),
            spec.name
        );
        place.invalid(node, detail)
    })?;
    slot.set(Slot::Member(found));
    Ok(())
}

/// The member that an atom names.
fn find_member(members: &Members, node: Node<'_>) -> Option<u16> {
    match node.plain() {
        Some(text) => member_of(members, text),
        None => member_of(members, &node.value()),
    }
}

/// The member that a text names: by the integer that stands for it, or by its name.
fn member_of(members: &Members, text: &str) -> Option<u16> {
    if !members.codes().is_empty()
        && let Ok(code) = number::parse_int_any_base(text)
        && let Some(i) = members.codes().iter().position(|known| *known == code)
    {
        return Some(i as u16);
    }
    members.position(text)
}
