//! Freeing trees, with a loop: they may be deep.

use std::ops::Range;
use std::ptr::NonNull;

use super::arena::Gone;
use super::items::{Husk, Items};
use super::layout::Block;
use super::node::Header;
use super::slot::Slot;

/// What is being freed: a node or the items of a list, from one of its slots on.
struct Dying {
    left: Range<NonNull<Slot>>,
    what: What,
}

enum What {
    Node(Block),
    Items(Husk),
}

impl Dying {
    /// # Safety
    /// Nobody refers to the node any more.
    #[inline(always)]
    unsafe fn node(node: NonNull<Header>) -> Self {
        // SAFETY: as promised.
        unsafe {
            let block = Block::of(node);
            let what = What::Node(block);
            let left = block.all();
            Self { left, what }
        }
    }

    fn items(items: Items) -> Self {
        let (left, husk) = items.taken_apart();
        let what = What::Items(husk);
        Self { left, what }
    }

    /// Free what needs no further look, up to the first that has something in it.
    #[inline(always)]
    fn go_on(&mut self, gone: &mut Gone) -> Option<Self> {
        while self.left.start != self.left.end {
            // SAFETY: a slot, which is read once.
            let slot = unsafe {
                let slot = self.left.start;
                self.left.start = slot.add(1);
                slot.read()
            };
            match slot {
                Slot::Node(node) => {
                    let node = node.into_header();
                    // SAFETY: one reference is given up; the last one frees the node.
                    unsafe {
                        if node.as_ref().give_up() {
                            return Some(Self::node(node));
                        }
                    }
                }
                Slot::List(items) => return Some(Self::items(items)),
                Slot::Long(text) => text.bury(gone),
                _ => {}
            }
        }
        None
    }

    /// Give the memory back.
    #[inline(always)]
    fn end(self, gone: &mut Gone) {
        // SAFETY: all slots were read.
        unsafe {
            match self.what {
                What::Node(block) => block.end(gone),
                What::Items(husk) => husk.end(gone),
            }
        }
    }
}

/// Free a node and all that only it held, however deep that goes, in the order in which trees are made: memory is met
/// from front to back.
///
/// # Safety
/// Nobody refers to the node any more.
pub(super) unsafe fn free(node: NonNull<Header>) {
    let mut gone = Gone::default();
    let mut open = Vec::new();
    // SAFETY: as promised.
    let mut here = unsafe { Dying::node(node) };
    loop {
        if let Some(mut inner) = here.go_on(&mut gone) {
            match inner.go_on(&mut gone) {
                None => inner.end(&mut gone),
                Some(innermost) => {
                    open.push(std::mem::replace(&mut here, inner));
                    open.push(std::mem::replace(&mut here, innermost));
                }
            }
            continue;
        }
        here.end(&mut gone);
        let Some(outer) = open.pop() else { return };
        here = outer;
    }
}
