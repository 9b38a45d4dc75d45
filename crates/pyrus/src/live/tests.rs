//! Nodes, text, arenas, trees and packing, without an interpreter: `cargo +nightly miri test -p pyrus live`.

use super::arena::Arena;
use super::node::{Builder, Draft, Node, default_slot};
use super::pack::{pack, unpack};
use super::slot::Slot;
use super::table::{Default, Field, Kind, Made, Table, Word};
use super::tree::{self, TooDeep};

static MADE: Made = Made::new();

/// `Tree(name: str, size: float = 1.0, left: Tree?, more: list[Tree])`.
static TREE: Table = Table {
    path: "tests.Tree",
    name_at: 6,
    words: "name\0size\0left\0more\0",
    index: 0,
    map: 0,
    fields: &[
        field(0, Kind::Str, false, None),
        field(1, Kind::Float, false, Some(Default::Float(1.0))),
        field(2, Kind::Node(&TREE), true, Some(Default::Absent)),
        field(
            3,
            Kind::List(&Kind::Node(&TREE)),
            false,
            Some(Default::Empty),
        ),
    ],
    keys: &[],
    order: &[],
    positionals: &[],
    needed: [0; 4],
    absent: &[],
    root: None,
    docs: &[],
    names: 0,
    deprecated: None,
    made: &MADE,
};

const fn field(word: u16, kind: Kind, optional: bool, default: Option<Default>) -> Field {
    Field {
        name: Word::new(5 * word, 4),
        key: Word::new(5 * word, 4),
        expected: 0,
        kind,
        optional,
        default,
        positional: false,
        repeated: false,
        bare: false,
        flag: None,
        lenient: false,
        quoted: false,
        absent: false,
        digits: None,
    }
}

const LONG: &str = "a text that is too long for a slot";

/// A tree with a node of each kind, in an arena or not.
fn tree(arena: Option<&Arena>, depth: u16) -> Node {
    let extra = (depth == 1).then(|| "(more 1)".to_owned());
    if let Some(arena) = arena {
        let mut draft = Draft::new(arena, &TREE);
        let mut slots = [const { Slot::Absent }; 4];
        fill(&mut slots, Some(arena), depth);
        for (i, slot) in slots.into_iter().enumerate() {
            *draft.slot(i) = slot;
        }
        draft.set_extra(extra);
        draft.finish()
    } else {
        let mut builder = Builder::new(&TREE);
        fill(builder.slots(), None, depth);
        builder.set_extra(extra);
        builder.finish()
    }
}

fn fill(slots: &mut [Slot], arena: Option<&Arena>, depth: u16) {
    slots[0] = arena.map_or_else(|| Slot::text(LONG), |arena| Slot::text_in(arena, LONG));
    slots[1] = Slot::Float(f64::from(depth));
    if depth > 0 {
        slots[2] = Slot::Node(tree(arena, depth - 1));
        let mut items = vec![
            Slot::Node(tree(None, depth - 1)),
            Slot::Node(tree(arena, depth - 1)),
        ];
        slots[3] = match arena {
            Some(arena) => Slot::list_in(arena, &mut items),
            None => Slot::list(std::mem::take(&mut items)),
        };
        assert!(items.is_empty());
    }
}

fn equal(a: &Node, b: &Node) -> bool {
    // SAFETY: nobody else knows the nodes.
    unsafe { tree::equal(a.attached(), b.attached()) == Ok(true) }
}

#[test]
fn trees_are_copied_and_compared() {
    let arena = Arena::new();
    let made = tree(Some(&arena), 3);
    drop(arena);
    // SAFETY: nobody else knows the node.
    let copy = unsafe { tree::copy(made.attached()) }.expect("not deep");
    assert!(equal(&made, &copy));
    drop(made);
    assert!(equal(&copy, &tree(None, 3)));
    assert!(!equal(&copy, &tree(None, 2)));
}

#[test]
fn what_is_shared_outlives_its_tree() {
    let arena = Arena::new();
    let made = tree(Some(&arena), 2);
    // SAFETY: nobody else knows the node.
    let kept = unsafe { made.attached() }
        .slots()
        .node(2)
        .expect("it has a left")
        .to_node();
    drop(made);
    assert!(equal(&kept, &tree(None, 1)));
    drop(arena);
    assert!(equal(&kept, &tree(None, 1)));
}

#[test]
fn readers_keep_writers_out() {
    let node = tree(None, 0);
    // SAFETY: nobody else knows the node.
    let node = unsafe { node.attached() };
    let slots = node.slots();
    assert!(node.write(0, |_| ()).is_none());
    drop(slots);
    let old = node.write(0, |slot| std::mem::replace(slot, Slot::text("short")));
    assert_eq!(
        old.and_then(|old| old.as_str().map(str::to_owned))
            .as_deref(),
        Some(LONG)
    );
    assert_eq!(node.slots()[0].as_str(), Some("short"));
}

/// What the fields of a node hold, as text.
fn shown(node: &Node) -> [String; 4] {
    // SAFETY: nobody else knows the node.
    let slots = unsafe { node.attached() }.slots();
    [0, 1, 2, 3].map(|i| match &slots[i] {
        Slot::Float(value) => value.to_string(),
        Slot::Node(node) => format!("[{}]", shown(node)[0]),
        Slot::List(items) => items.len().to_string(),
        slot => slot.as_str().unwrap_or("-").to_owned(),
    })
}

#[test]
fn fields_of_which_a_file_says_nothing_can_be_set() {
    let arena = Arena::new();
    for extra in [None, Some(LONG.to_owned()), Some("short".to_owned())] {
        for first in 0..4 {
            let mut draft = Draft::new(&arena, &TREE);
            draft.set_extra(extra.clone());
            *draft.slot(first) = Slot::Float(1.0);
            let node = draft.finish();
            let mut expected = ["-"; 4].map(str::to_owned);
            expected[first] = "1".to_owned();
            assert_eq!(shown(&node), expected);
            for (i, text) in [(3, LONG), (first, "x"), (0, LONG), (1, "y"), (2, LONG)] {
                // SAFETY: nobody else knows the node.
                let old = unsafe { node.attached() }
                    .write(i, |slot| std::mem::replace(slot, Slot::text(text)));
                let known = std::mem::replace(&mut expected[i], text.to_owned());
                assert_eq!(old.is_some_and(|old| old.is_absent()), known == "-");
                assert_eq!(shown(&node), expected);
            }
            // SAFETY: nobody else knows the node.
            let slots = unsafe { node.attached() }.slots();
            assert_eq!(slots.extra(), extra.as_deref());
        }
    }
}

#[test]
fn a_record_of_which_a_file_says_nothing_is_one() {
    let arena = Arena::new();
    let empty = Draft::new(&arena, &TREE).finish();
    assert!(equal(&empty, &Builder::new(&TREE).finish()));
    // SAFETY: nobody else knows the node.
    let written = unsafe { empty.attached() }.write(2, |slot| {
        assert!(slot.is_absent());
    });
    assert!(written.is_some());
    drop(arena);
    // SAFETY: nobody else knows the node.
    let _ = unsafe { empty.attached() }.write(2, |slot| *slot = Slot::Node(tree(None, 1)));
    assert_eq!(shown(&empty), ["-", "-", &format!("[{LONG}]"), "-"]);
}

/// A record of more fields than one word has bits.
static WIDE: Table = Table {
    path: "tests.Wide",
    fields: &[const { field(1, Kind::Float, true, Some(Default::Absent)) }; 70],
    ..TREE
};

#[test]
fn records_of_many_fields_have_slots_for_what_is_said() {
    let arena = Arena::new();
    for said in [&[][..], &[0], &[31, 32], &[69], &[1, 33, 63, 64, 65]] {
        let mut draft = Draft::new(&arena, &WIDE);
        for i in said.iter().rev() {
            *draft.slot(*i) = Slot::Int(*i as i64);
        }
        draft.set_extra(Some(LONG.to_owned()));
        let node = draft.finish();
        let mut said = said.to_vec();
        for more in [None, Some(2), Some(68), Some(2)] {
            if let Some(i) = more {
                // SAFETY: nobody else knows the node.
                let written =
                    unsafe { node.attached() }.write(i, |slot| *slot = Slot::Int(i as i64));
                assert!(written.is_some());
                said.push(i);
            }
            // SAFETY: nobody else knows the node.
            let slots = unsafe { node.attached() }.slots();
            for (i, slot) in slots.iter().enumerate() {
                let value = matches!(slot, Slot::Int(value) if *value == i as i64);
                assert_eq!(value, said.contains(&i), "{i}");
            }
            assert_eq!(slots.extra(), Some(LONG));
        }
    }
}

#[test]
fn the_first_fields_can_be_written_where_they_stay() {
    let arena = Arena::new();
    for count in [1, 40, 64, 70] {
        let mut row = Builder::first_of(&arena, &WIDE, count).expect("it fits");
        assert_eq!(row.slots().len(), count);
        row.slots()[count - 1] = Slot::text_in(&arena, LONG);
        let node = row.finish();
        // SAFETY: nobody else knows the node.
        let slots = unsafe { node.attached() }.slots();
        assert_eq!(slots[count - 1].as_str(), Some(LONG));
        assert_eq!(slots.iter().filter(|slot| !slot.is_absent()).count(), 1);
    }
    let given_up = Builder::first_of(&arena, &TREE, 2);
    drop(given_up);
}

#[test]
fn lists_are_packed_and_can_be_changed() {
    let arena = Arena::new();
    let text = |n: usize| Slot::text_in(&arena, &format!("{LONG} {n}"));
    for count in [1, 3, 500] {
        let mut slot = Slot::Absent;
        for n in 0..count {
            *slot.pushed() = text(n);
        }
        let mut draft = Draft::new(&arena, &TREE);
        *draft.slot(3) = slot;
        let node = draft.finish();
        // SAFETY: nobody else knows the node.
        let node = unsafe { node.attached() };
        let known = |slot: &Slot, count: usize| {
            let items = slot.items();
            let last = format!("{LONG} {}", count - 1);
            assert_eq!(items.len(), count);
            assert_eq!(items.last().and_then(Slot::as_str), Some(&*last));
        };
        known(&node.slots()[3], count);
        let shared = node.slots()[3].share();
        let written = node.write(3, |slot| {
            *slot.pushed() = text(count);
            known(slot, count + 1);
        });
        assert!(written.is_some());
        known(&shared, count);
    }
}

#[test]
fn text_is_found_in_other_text() {
    let arena = Arena::new();
    let whole = "aé0123456789→xyz and more";
    let borders: Vec<usize> = whole.char_indices().map(|(at, _)| at).collect();
    for (i, start) in borders.iter().enumerate() {
        for end in &borders[i..] {
            let slot = Slot::text_at(&arena, whole, *start..*end);
            assert_eq!(slot.as_str(), Some(&whole[*start..*end]));
        }
    }
}

#[test]
fn drafts_may_be_given_up_or_finished_in_any_order() {
    let arena = Arena::new();
    let mut first = Draft::new(&arena, &TREE);
    *first.slot(0) = Slot::text_in(&arena, LONG);
    let mut second = Draft::new(&arena, &TREE);
    *second.slot(2) = Slot::Node(first.finish());
    let mut third = Draft::new(&arena, &TREE);
    *third.slot(1) = Slot::Float(2.0);
    drop(third);
    let node = second.finish();
    let empty = Draft::new(&arena, &TREE).finish();
    assert_eq!(shown(&node), ["-", "-", &format!("[{LONG}]"), "-"]);
    assert_eq!(shown(&empty), ["-"; 4]);
}

#[test]
fn deep_trees_are_freed_and_refused() {
    let depth = if cfg!(miri) { 1_000 } else { 100_000 };
    let mut node = tree(None, 0);
    for _ in 0..depth {
        let mut builder = Builder::new(&TREE);
        builder.slots()[2] = Slot::Node(node);
        node = builder.finish();
    }
    // SAFETY: nobody else knows the node.
    unsafe {
        assert!(matches!(tree::copy(node.attached()), Err(TooDeep)));
        assert!(matches!(pack(node.attached()), Err(TooDeep)));
    }
}

#[test]
fn packed_trees_come_back_and_damage_is_refused() {
    let (depth, step) = if cfg!(miri) { (1, 23) } else { (2, 1) };
    let made = tree(None, depth);
    // SAFETY: nobody else knows the node.
    let bytes = unsafe { pack(made.attached()) }.expect("not deep");
    assert!(equal(&made, &unpack(&TREE, &bytes).expect("just packed")));
    for end in (0..bytes.len()).step_by(step) {
        assert!(unpack(&TREE, &bytes[..end]).is_err());
    }
    for at in (0..bytes.len()).step_by(step) {
        for flip in [1, 0x10, 0x80] {
            let mut damaged = bytes.clone();
            damaged[at] ^= flip;
            // What still has a meaning may come back; nothing else may happen.
            let _ = unpack(&TREE, &damaged);
        }
    }
}

#[test]
fn text_of_every_length_is_kept() {
    let text = "aé0123456789→xyz and more";
    for (end, _) in text.char_indices() {
        let part = &text[..end];
        let slot = Slot::text(part);
        assert_eq!(slot.as_str(), Some(part));
        assert_eq!(matches!(slot, Slot::Short(_)), part.len() <= 14);
    }
}

#[test]
fn large_things_do_without_an_arena() {
    let arena = Arena::new();
    let text = "x".repeat(100_000);
    let slot = Slot::text_in(&arena, &text);
    assert_eq!(slot.as_str(), Some(&*text));
    let many: Vec<Slot> = (0..500).map(|_| Slot::text_in(&arena, LONG)).collect();
    drop(arena);
    assert!(many.iter().all(|slot| slot.as_str() == Some(LONG)));
}

#[test]
fn defaults_are_values() {
    let slot = default_slot(
        &Kind::Node(&TREE),
        &Default::Node(&[(0, Default::Str("x"))]),
    );
    let node = slot.node().expect("a record");
    assert_eq!(node.slots()[0].as_str(), Some("x"));
    assert!(matches!(node.slots()[1], Slot::Float(size) if size == 1.0));
    assert!(node.slots()[2].is_absent());
}
