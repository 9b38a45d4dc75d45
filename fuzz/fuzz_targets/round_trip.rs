//! Typed files: what loads can be written, what was written loads to the same record, and is written the same again.

use kicad::api;
use pyrus::exc::ValueError;
use pyrus::live::{Live, LiveType, Node, NodeRef, Slot};
use pyrus_sexp::Tape;

/// Panics where that does not hold; whether the text is a file at all.
pub fn holds(text: &str) -> bool {
    let Ok(tape) = Tape::parse(text) else {
        return false;
    };
    macro_rules! files {
        ($($root:literal $module:ident $file:ident),*) => {
            match tape.root().head() {
                $(Some($root) => round_trip::<api::$module::$file>(
                    text,
                    kicad::$module::loads,
                    kicad::$module::dumps,
                ),)*
                _ => return false,
            }
        };
    }
    files! {
        "kicad_pcb" pcb PcbFile,
        "footprint" footprint FootprintFile,
        "module" footprint_v5 FootprintFile,
        "export" netlist NetlistFile,
        "fp_lib_table" fp_lib_table FpLibTableFile,
        "kicad_symbol_lib" symbol SymbolFile,
        "kicad_sym" symbol_v6 SymbolFile,
        "kicad_sch" schematic SchematicFile
    }
    true
}

fn round_trip<T: LiveType>(
    text: &str,
    loads: fn(&str) -> Result<T, ValueError>,
    dumps: fn(Live<'_, T>) -> pyrus::Result<String>,
) {
    let node = |text: &str| match loads(text) {
        Ok(file) => Ok(file.into_node()),
        Err(error) => Err(error.0),
    };
    let write = |node: &Node| dumps(Live::<T>::of(node)).ok();
    let read = match node(text) {
        Ok(read) => read,
        Err(message) => return assert_has_position(&message),
    };
    let Some(written) = write(&read) else {
        return assert!(
            is_too_large(Live::<T>::of(&read).node()),
            "what was loaded cannot be written"
        );
    };
    let again =
        node(&written).unwrap_or_else(|error| panic!("{error}\nin what was written:\n{written}"));
    let (before, after) = (Live::<T>::of(&read).node(), Live::<T>::of(&again).node());
    if let Err(path) = same(before, after) {
        panic!("{path} has another value after a round trip:\n{written}");
    }
    assert_eq!(write(&again), Some(written));
}

/// `… at 3:14: …`
fn assert_has_position(message: &str) {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let found = message.split(" at ").skip(1).any(|rest| {
        let place = rest
            .split(": ")
            .next()
            .and_then(|place| place.split_once(':'));
        place.is_some_and(|(line, column)| number(line) && number(column))
    });
    assert!(found, "no position: {message}");
}

/// Whether some number overflows when it is rounded to seven decimals, as it is written.
fn is_too_large(node: NodeRef<'_>) -> bool {
    node.slots().iter().any(is_too_large_in)
}

fn is_too_large_in(slot: &Slot) -> bool {
    match slot {
        Slot::Float(value) => !(value * 1e7).is_finite(),
        _ => slot.node().is_some_and(is_too_large) || slot.items().iter().any(is_too_large_in),
    }
}

/// Whether two records have the same values; else where they differ. Floats are written with seven decimals.
fn same(a: NodeRef<'_>, b: NodeRef<'_>) -> Result<(), String> {
    let (left, right) = (a.slots(), b.slots());
    let table = a.table();
    for i in 0..table.fields.len() {
        same_slots(&left[i], &right[i])
            .map_err(|path| format!("{}.{}{path}", table.name(), table.field_name(i)))?;
    }
    Ok(())
}

/// Records that would be written as a key alone are not written.
fn says_nothing(slot: &Slot) -> bool {
    match slot {
        Slot::Absent | Slot::Bool(false) => true,
        Slot::List(items) => items.iter().all(says_nothing),
        _ => slot.node().is_some_and(|node| {
            let slots = node.slots();
            slots.extra().is_none() && slots.iter().all(says_nothing)
        }),
    }
}

fn same_slots(a: &Slot, b: &Slot) -> Result<(), String> {
    let equal = match (a, b) {
        (Slot::Bool(a), Slot::Bool(b)) => a == b,
        (Slot::Int(a), Slot::Int(b)) => a == b,
        (Slot::Float(a), Slot::Float(b)) => (a - b).abs() <= 5.1e-8 + a.abs() * 1e-15,
        (Slot::Member(a), Slot::Member(b)) => a == b,
        (Slot::Node(_), Slot::Node(_)) => match (a.node(), b.node()) {
            (Some(a), Some(b)) => return same(a, b).map_err(|path| format!(" > {path}")),
            _ => false,
        },
        (Slot::Absent | Slot::List(_), Slot::Absent | Slot::List(_)) => {
            let says = |slot: &&Slot| !says_nothing(slot);
            let (mut a, mut b) = (a.items().iter().filter(says), b.items().iter().filter(says));
            for i in 0.. {
                match (a.next(), b.next()) {
                    (Some(a), Some(b)) => {
                        same_slots(a, b).map_err(|path| format!("[{i}]{path}"))?
                    }
                    (None, None) => break,
                    _ => return Err(format!("[{i}]")),
                }
            }
            true
        }
        (Slot::Absent, other) | (other, Slot::Absent) => says_nothing(other),
        _ => a.as_str().is_some() && a.as_str() == b.as_str(),
    };
    if equal { Ok(()) } else { Err(String::new()) }
}
