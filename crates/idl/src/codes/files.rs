//! Files, YAML, keys and texts.

use super::codes;

codes! {
YAML "B0001" "this is not YAML": "
The file is not YAML, so nothing in it can be read. The usual reasons are tabs in the indentation, a type with brackets
inside `{…}` without quotes, and a `: ` inside unquoted text.
"
bad "
functions:
  f: {args: {ids: list[int]}}
"
good "
functions:
  f: {args: {ids: 'list[int]'}}
"

EMPTY_FILE "B0002" "the file declares nothing": "
A file that is named as a root or include must declare something.
"
bad "
# the whole file:
"
good "
# the whole file:
idl: 1
extension: demo
"

ANCHOR "B0003" "anchors, aliases and tags": "
The language leaves out the parts of YAML that make a file mean something else than it seems to: anchors (`&name`),
aliases (`*name`) and tags (`!name`). Text that starts with one of these characters stands in quotes; the parameters
`*rest` and `**options` are the usual case.
"
bad "
functions:
  f: {args: {*rest: f64}}
"
good r#"
functions:
  f: {args: {"*rest": f64}}
"#

TOO_DEEP "B0004" "nested too deeply": "
Collections may stand inside each other 64 levels deep. No API needs that much, and a limit keeps every later stage from
running out of stack.
"
bad "
include: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
"
good "
include: []
"

DUPLICATE_KEY "B0005" "duplicate key": "
YAML's own rule: a key stands once in a mapping. Many readers keep the last value without a word; Pyrus does not.
"
bad "
functions:
  f: {}
  f: {returns: int}
"
good "
functions:
  f: {}
  g: {returns: int}
"

UNKNOWN_KEY "B0006" "unknown key": "
The key is not part of the language. Most often it is misspelt, or stands one level too high or too low.
"
bad "
functions:
  f: {retruns: int}
"
good "
functions:
  f: {returns: int}
"

WRONG_KIND "B0007" "wrong kind of value": "
The key is known, but its value is of another kind: text where a mapping belongs, a number where text belongs, nothing
where something belongs. YAML reads unquoted `1`, `true` and `null` as a number, a boolean and nothing: quote what is
meant as text, and write `{}` for an empty mapping.
"
bad "
functions:
  f:
"
good "
functions:
  f: {}
"

MISSING_KEY "B0008" "missing key": "
A key without which the declaration means nothing is missing.
"
bad "
records:
  Xy: {doc: A point.}
"
good "
records:
  Xy: {doc: A point., fields: {x: f64, y: f64}}
"

UNKNOWN_WORD "B0009" "unknown word": "
The value must be one of a few words.
"
bad "
functions:
  f: {gil: relased}
"
good "
functions:
  f: {gil: released}
"

NUMBER_RANGE "B0010" "number out of range": "
The number does not fit where it stands.
"
bad "
classes:
  Counter: {rust: my::Counter, pool: -1}
"
good "
classes:
  Counter: {rust: my::Counter, pool: 16}
"

IDL_VERSION "B0011" "unknown version of the language": "
`idl:` says which version of the language the file is written in. This Pyrus knows version 1.
"
bad "
# the whole file:
idl: 2
extension: demo
"
good "
# the whole file:
idl: 1
extension: demo
"

EXTENSION_NAME "B0012" "bad name of the extension": "
`extension:` is what Python imports: identifiers joined by dots, none of them a keyword.
"
bad "
# the whole file:
idl: 1
extension: my-package
"
good "
# the whole file:
idl: 1
extension: my_package._native
"

UNREADABLE "B0013" "file cannot be read": "
A file that is named as root or include does not exist, may not be read, or is not UTF-8.
"
bad "
include: [missing.yaml]
"
good "
include: [graph.yaml]
# file: graph.yaml
modules: {}
"

INCLUDE_PATH "B0014" "bad path of an included file": "
Paths of included files are relative to the file that includes them, have forward slashes on every platform, and stay
below the folder of the root file.
"
bad "
include: [/etc/bindings.yaml]
"
good "
include: [bindings/graph.yaml]
# file: bindings/graph.yaml
modules: {}
"

INCLUDE_TWICE "B0015" "file included twice": "
A file is included once, and never by itself.
"
bad "
include: [graph.yaml]
# file: graph.yaml
include: [bindings.yaml]
"
good "
include: [graph.yaml]
# file: graph.yaml
modules: {}
"

INCLUDE_VERSION "B0016" "versions of files differ": "
An included file is written in the version of the language that the root says. Its own `idl:` may be left out.
"
bad "
include: [graph.yaml]
# file: graph.yaml
idl: 2
modules: {}
"
good "
include: [graph.yaml]
# file: graph.yaml
idl: 1
modules: {}
"

CONTROL_CHARACTER "B0017" "control character in a text": "
Docs are shown in terminals and editors, where control characters and characters that change the direction of writing
show something else than is there. They also cannot stand in the C strings that Python takes docs from.
"
bad r#"
functions:
  f: {doc: "Rings the \x07 bell."}
"#
good r#"
functions:
  f: {doc: "Rings the bell."}
"#

EMPTY_TEXT "B0018" "empty text": "
A text that is there must say something. `deprecated:` is a warning that users see: it says what to use instead.
"
bad r#"
functions:
  f: {deprecated: ""}
"#
good r#"
functions:
  f: {deprecated: "Use g."}
  g: {}
"#
}
