//! Trees by value: the layout of the text makes no difference.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use crate::node::{Kind, Node};

impl<'t> Node<'t> {
    /// Whether both are the same tree: kinds, shapes and values, whatever stands between the tokens and however strings
    /// are escaped. Numbers are equal as they are written; comments are nodes, blanks at their end do not count. Linear
    /// in the number of tokens, no recursion.
    ///
    /// ```
    /// use pyrus_sexp::Tape;
    ///
    /// let (one, other) = (Tape::parse("(a \"b\" 1)")?, Tape::parse("( a\n\"b\"  1 )")?);
    /// assert!(one.root().same_tree(other.root()));
    /// # Ok::<(), pyrus_sexp::Error>(())
    /// ```
    pub fn same_tree(self, other: Node<'_>) -> bool {
        self.entries().len() == other.entries().len()
            && self
                .walk()
                .zip(other.walk())
                .all(|(one, other)| one.same_token(other))
    }

    /// Feed the tree to a hasher: trees that are the [same](Node::same_tree) feed the same.
    pub fn hash_tree(self, hasher: &mut impl Hasher) {
        for node in self.walk() {
            node.kind().hash(hasher);
            match node.kind() {
                Kind::List => node.entries().len().hash(hasher),
                _ => node.meaning().hash(hasher),
            }
        }
    }

    fn same_token(self, other: Node<'_>) -> bool {
        self.kind() == other.kind()
            && match self.kind() {
                Kind::List => self.entries().len() == other.entries().len(),
                _ => self.meaning() == other.meaning(),
            }
    }

    /// What is compared of an atom or a comment.
    fn meaning(self) -> Cow<'t, str> {
        match self.kind() {
            Kind::Comment => Cow::Borrowed(self.raw().trim_end_matches([' ', '\t', '\r'])),
            _ => self.value(),
        }
    }
}
