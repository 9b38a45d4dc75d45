//! Modules.

use super::codes;

codes! {
MODULE_NAME "B0501" "bad module name": "
The text should be what Python imports: identifiers joined by dots, none of them a keyword.
"
bad "
modules:
  graph: {public: my-package.graph}
"
good "
modules:
  graph: {public: my_package.graph}
"

EXTERN_HOLD "B0502" "foreign view": "
A foreign class is `value` or `shared`. A view needs its owner's declaration, which the other extension has.
"
bad r#"
extern:
  Node: {module: pyrus.graph, rust: "pyrus_graph::Node", hold: view}
"#
good r#"
extern:
  Graph: {module: pyrus.graph, rust: "pyrus_graph::Graph", hold: shared}
"#
}
