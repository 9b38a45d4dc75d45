//! A node on one short line, for messages.

use crate::cut::{ELLIPSIS, cut};
use crate::node::{Children, Kind, Node};
use crate::quoted::write_quoted;

/// About how many bytes a preview has: what starts behind them is left out.
const PREVIEW: usize = 50;

impl Node<'_> {
    /// The node on one line of about 50 bytes: a longer atom is cut, children of lists that would
    /// start behind them are left out, both shown by `...`.
    ///
    /// ```
    /// let tape = pyrus_sexp::Tape::parse("(net\n\t3 \"GND\")")?;
    /// assert_eq!(tape.root().preview(), "(net 3 \"GND\")");
    /// # Ok::<(), pyrus_sexp::Error>(())
    /// ```
    pub fn preview(self) -> String {
        let mut line = String::new();
        preview(&mut line, One::Node(self));
        line
    }
}

impl Children<'_> {
    /// The nodes that are left, in brackets, as [`Node::preview`] shows a list.
    pub fn preview(&self) -> String {
        let mut line = String::new();
        preview(&mut line, One::List(self.clone()));
        line
    }
}

enum One<'t> {
    Node(Node<'t>),
    List(Children<'t>),
}

/// Not recursive: a list is opened by pushing its children, and never deeper than the line is long.
fn preview(line: &mut String, first: One<'_>) {
    let mut open = Vec::new();
    match first {
        One::List(children) => {
            line.push('(');
            open.push(children);
        }
        One::Node(node) if node.is_list() => {
            line.push('(');
            open.push(node.children());
        }
        One::Node(node) => atom(line, node),
    }
    while let Some(children) = open.last_mut() {
        let Some(node) = children.next() else {
            line.push(')');
            open.pop();
            continue;
        };
        if !line.ends_with('(') {
            line.push(' ');
        }
        if line.len() >= PREVIEW {
            line.push_str(ELLIPSIS);
            children.exhaust();
        } else if node.is_list() {
            line.push('(');
            open.push(node.children());
        } else {
            atom(line, node);
        }
    }
}

fn atom(line: &mut String, node: Node<'_>) {
    let room = PREVIEW.saturating_sub(line.len()).max(8);
    if node.kind() == Kind::String {
        let mut quoted = Vec::new();
        write_quoted(&mut quoted, &cut(&node.value(), room));
        line.push_str(&String::from_utf8_lossy(&quoted));
    } else {
        line.push_str(&cut(node.raw(), room));
    }
}
