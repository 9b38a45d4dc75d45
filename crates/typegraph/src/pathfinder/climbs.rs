//! Where paths have climbed and have not come down again.

/// Names a stack of nodes; all stacks share their lower parts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct ClimbId(u32);

impl ClimbId {
    /// Nothing climbed.
    pub(super) const EMPTY: Self = Self(0);
}

struct Climb {
    node: u32,
    below: ClimbId,
    depth: u32,
}

/// All stacks of a search, one of which is current: what is on that is known in O(1).
#[derive(Default)]
pub(super) struct Climbs {
    entries: Vec<Climb>,
    current: Option<ClimbId>,
    /// By node: on how many places of the current stack it is.
    marks: Vec<u32>,
}

impl Climbs {
    /// A node is left upwards. O(1).
    pub(super) fn push(&mut self, below: ClimbId, node: u32) -> ClimbId {
        let depth = self.depth(below) + 1;
        self.entries.push(Climb { node, below, depth });
        ClimbId(self.entries.len() as u32)
    }

    /// A step down undoes the last one up. O(1).
    pub(super) fn pop(&self, stack: ClimbId) -> ClimbId {
        self.at(stack).map_or(ClimbId::EMPTY, |climb| climb.below)
    }

    /// Makes a stack current. O(what it does not share with the one before).
    pub(super) fn enter(&mut self, stack: ClimbId) {
        let mut old = self.current.unwrap_or(ClimbId::EMPTY);
        let mut new = stack;
        while old != new {
            if self.depth(old) >= self.depth(new) {
                old = self.mark(old, u32::wrapping_sub);
            } else {
                new = self.mark(new, u32::wrapping_add);
            }
        }
        self.current = Some(stack);
    }

    /// Whether a node is on the current stack. O(1).
    pub(super) fn contains(&self, node: u32) -> bool {
        self.marks
            .get(node as usize)
            .is_some_and(|count| *count > 0)
    }

    /// Counts the top of a stack in or out; gives the stack below.
    fn mark(&mut self, stack: ClimbId, count: fn(u32, u32) -> u32) -> ClimbId {
        let Climb { node, below, .. } = self.entries[stack.0 as usize - 1];
        let node = node as usize;
        if self.marks.len() <= node {
            self.marks.resize(node + 1, 0);
        }
        self.marks[node] = count(self.marks[node], 1);
        below
    }

    fn depth(&self, stack: ClimbId) -> u32 {
        self.at(stack).map_or(0, |climb| climb.depth)
    }

    fn at(&self, stack: ClimbId) -> Option<&Climb> {
        Some(&self.entries[stack.0.checked_sub(1)? as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_current_stack_is_known() {
        let mut climbs = Climbs::default();
        let a = climbs.push(ClimbId::EMPTY, 1);
        let ab = climbs.push(a, 2);
        let ac = climbs.push(a, 3);
        let on = |climbs: &Climbs| [1, 2, 3].map(|node| climbs.contains(node));
        climbs.enter(ab);
        assert_eq!(on(&climbs), [true, true, false]);
        climbs.enter(ac);
        assert_eq!(on(&climbs), [true, false, true]);
        assert_eq!(climbs.pop(ac), a);
        climbs.enter(ClimbId::EMPTY);
        assert_eq!(on(&climbs), [false; 3]);
    }
}
