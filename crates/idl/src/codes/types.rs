//! Types.

use super::codes;

codes! {
UNKNOWN_TYPE "B0104" "unknown type": "
The name is not a type: not built in, and not declared in this module, a module around it, or (dotted from the root)
another module.
"
bad "
functions:
  get: {args: {ids: 'list[NodId]'}}
types: {NodeId: u32}
"
good "
functions:
  get: {args: {ids: 'list[NodeId]'}}
types: {NodeId: u32}
"

TYPE_SYNTAX "B0105" "malformed type": "
The text is not a type expression. Types are written as in Python, with `T?` for `T | None`.
"
bad "
functions:
  f: {args: {data: Vec<u8>}}
"
good "
functions:
  f: {args: {data: 'list[u8]'}}
"

TYPE_TOO_DEEP "B0106" "type nested too deeply": "
Brackets may stand inside each other 32 levels deep, and so may aliases. Give inner types names, or take a record.
"
bad "
functions:
  f: {args: {a: 'Callable[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[['}}
"
good "
functions:
  f: {args: {a: 'Callable[[int], int]'}}
"

TYPE_ARITY "B0107" "wrong parameters of a type": "
The type takes other parameters, or none, or needs some: `list[T]`, `dict[K, V]`, `tuple[A, B]` or `tuple[T, ...]`,
`Callable[[A, B], R]`.
"
bad "
functions:
  f: {returns: 'dict[str]'}
"
good "
functions:
  f: {returns: 'dict[str, int]'}
"

UNHASHABLE "B0108" "unhashable key or element": "
Keys of a dict and elements of a set must be hashable in Python: lists, dicts, sets, and records that are not frozen are
not.
"
bad "
functions:
  f: {returns: 'set[list[int]]'}
"
good "
functions:
  f: {returns: 'set[tuple[int, ...]]'}
"

ARGUMENT_ONLY "B0109" "type for arguments only": "
`Iterable`, `Callable`, `type` and `buffer` describe what Rust can take. What Rust gives back is known better.
"
bad "
functions:
  f: {returns: 'Iterable[int]'}
"
good "
functions:
  f: {returns: 'Iterator[int]'}
"

NOT_NESTABLE "B0110" "type that cannot stand inside another": "
Iterables, iterators, callables, classes and buffers stand for themselves or under `?`, not inside other types.
"
bad "
functions:
  f: {args: {a: 'list[Iterable[int]]'}}
"
good "
functions:
  f: {args: {a: 'list[list[int]]'}}
"

NONE_POSITION "B0111" "None where it says nothing": "
`None` is a result that says nothing, and part of a union. As the type of a parameter, an element or an alias it would
have one value and no use.
"
bad "
functions:
  f: {returns: 'tuple[int, None]'}
"
good "
functions:
  f: {returns: int?}
"

UNION_SIZE "B0112" "wrong number of union members": "
A union has two to six members beside `None`, and a named variant has one type. A larger choice is an enum, a record
with optional fields, or `object`.
"
bad "
functions:
  f: {args: {a: 'bool | int | float | str | bytes | list[int] | dict[str, int]'}}
"
good "
functions:
  f: {args: {a: 'bool | int | float | str | bytes | list[int]'}}
"

UNION_AMBIGUOUS "B0113" "ambiguous union": "
Members of a union are told apart by the Python type of the value: `bool`, `int`, `float`, `str`, `bytes`, `list`,
`tuple` (by length), `dict`, `set`, a class, a record. Two members that the same value satisfies cannot be told apart.
Several widths of integers may stand in a union that has a name: the first that fits is taken.
"
bad "
functions:
  f: {args: {a: 'list[int] | list[str]'}}
"
good "
functions:
  f: {args: {a: 'list[int | str]'}}
"

UNION_DUPLICATE "B0114" "union member twice": "
A type stands once in a union.
"
bad "
functions:
  f: {args: {a: int | str | int}}
"
good "
functions:
  f: {args: {a: int | str}}
"

OPTIONAL_OBJECT "B0115" "optional of a type that includes None": "
`object` and `None` include `None` already.
"
bad "
functions:
  f: {returns: object?}
"
good "
functions:
  f: {returns: object}
"

UNDECLARED_VARIABLE "B0116" "undeclared type variable": "
A short upper-case name that is no type is taken for a type variable. Type variables are declared: by the function, or
by the module for its aliases.
"
bad "
functions:
  f: {args: {a: T}, returns: T}
"
good "
functions:
  f: {generic: [T], args: {a: T}, returns: T}
"

UNUSED_VARIABLE "B0117" "unused type variable": "
A type variable that is declared must be used: a function's in its signature, a module's in one of its aliases.
"
bad "
functions:
  f: {generic: [T], args: {a: int}}
"
good "
functions:
  f: {generic: [T], args: {a: T}}
"

VARIABLE_RESULT "B0118" "type variable only in the result": "
A type variable ties a result to an argument. If no argument mentions it, a type checker has nothing to work with.
"
bad "
functions:
  f: {generic: [T], returns: T}
"
good "
functions:
  f: {generic: [T], args: {kind: 'type[T]'}, returns: T}
"

BAD_VARIABLE "B0119" "bad type variable": "
A type variable has a name of its own: declared once, and not the name of a type.
"
bad "
functions:
  f: {generic: [int], args: {a: int}}
"
good "
functions:
  f: {generic: [T], args: {a: T}}
"

ALIAS_CYCLE "B0120" "alias that stands for itself": "
An alias is a name for a type that exists without it. A type that contains itself is a record.
"
bad "
types:
  Tree: 'list[Tree]'
"
good "
records:
  Tree: {fields: {children: 'list[Tree]'}}
"

SELF_OUTSIDE "B0121" "Self outside of a class": "
`Self` is the class or record being declared. Elsewhere, name the class.
"
bad "
functions:
  f: {returns: Self}
"
good "
functions:
  f: {returns: Graph}
classes:
  Graph: {rust: my::Graph}
"

BUFFER_ELEMENT "B0122" "wrong element of a buffer": "
A buffer is memory that holds machine types: `bool`, `i8` to `u64`, `f32`, `f64`.
"
bad "
functions:
  f: {args: {data: 'buffer[str]'}}
"
good "
functions:
  f: {args: {data: 'buffer[u8]'}}
"

TYPE_OF_ELEMENT "B0123" "wrong parameter of type": "
`type[T]` is a class given as an argument: `T` is a type variable, a class, a record or `object`.
"
bad "
functions:
  f: {args: {kind: 'type[list[int]]'}}
"
good "
functions:
  f: {args: {kind: 'type[object]'}}
"

NOT_A_TYPE "B0124" "name is not a type": "
The name is declared, but as something that has no values: a module, a namespace, a function, a constant, an error.
"
bad "
functions:
  f: {returns: ParseError}
errors:
  ParseError: {}
"
good "
functions:
  f: {raises: ParseError}
errors:
  ParseError: {}
"

UNION_FORM "B0131" "malformed type alias": "
A type says what it stands for once: `type:` or `union:`. Only a union is an enum in Rust, so only a union has `rust:`.
"
bad r#"
types:
  Edge: {type: u8, rust: "my::Edge"}
"#
good "
types:
  Edge: u8
"

FIELD_TYPE "B0132" "type that no field can have": "
A field is read again and again, so it cannot be an iterator; and it does not keep an owner alive, so it cannot be a
view.
"
bad "
records:
  Board: {fields: {lines: 'Iterator[str]'}}
"
good "
records:
  Board: {fields: {lines: 'list[str]'}}
"
}
