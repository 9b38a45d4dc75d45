//! The checked model: what a set of declarations means. Nothing here is unresolved, and nothing is optional "for later".
//!
//! Items live in arenas ([`Api`]) and refer to each other by typed ids, so a type can name a class that is declared
//! further down or in another module.

use serde::Serialize;

/// Where an item was declared: shown beside each generated item and in late diagnostics.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// Path of the file, relative to the root file's folder, with forward slashes.
    pub file: String,
    /// 1-based line.
    pub line: u32,
    /// 1-based column, in characters.
    pub column: u32,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident => $arena:ident: $item:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        pub struct $name(pub usize);

        impl std::ops::Index<$name> for Api {
            type Output = $item;
            fn index(&self, id: $name) -> &$item {
                &self.$arena[id.0]
            }
        }
    )*};
}

ids! {
    /// A module of the extension; `ModuleId(0)` is the root.
    ModuleId => modules: Module,
    /// A handle class.
    ClassId => classes: Class,
    /// A record.
    RecordId => records: Record,
    /// An enum.
    EnumId => enums: Enum,
    /// An error.
    ErrorId => errors: Error,
    /// A type alias.
    AliasId => aliases: Alias,
    /// A class of another extension.
    ExternId => externs: Extern,
}

/// All declarations of one extension.
#[derive(Clone, Debug, Serialize)]
pub struct Api {
    /// Import name of the extension module, dotted.
    pub extension: String,
    /// Nothing needs the GIL.
    pub free_threaded: bool,
    /// Modules in declaration order, parents before children; the root first.
    pub modules: Vec<Module>,
    /// Arena of all classes, in declaration order over all modules.
    pub classes: Vec<Class>,
    /// Arena of all records.
    pub records: Vec<Record>,
    /// Arena of all enums.
    pub enums: Vec<Enum>,
    /// Arena of all errors; a base always stands before what derives from it.
    pub errors: Vec<Error>,
    /// Arena of all aliases.
    pub aliases: Vec<Alias>,
    /// Arena of all foreign classes.
    pub externs: Vec<Extern>,
    /// Every file read, root first, relative to the root file's folder.
    pub files: Vec<String>,
}

/// One Python module.
#[derive(Clone, Debug, Serialize)]
pub struct Module {
    /// Path below the root: empty for the root, `graph`, `graph.inner`.
    pub path: Vec<String>,
    /// The importable name: `pyrus._native.graph`.
    pub name: String,
    /// The name shown as `__module__`.
    pub public: String,
    /// Docstring.
    pub doc: Option<String>,
    /// Where it was declared.
    pub origin: Origin,
    /// The module this one is in.
    pub parent: Option<ModuleId>,
    /// Child modules.
    pub children: Vec<ModuleId>,
    /// What the module holds, in declaration order by shape.
    pub items: Vec<Item>,
    /// Constants of the module.
    pub constants: Vec<Constant>,
    /// Functions of the module.
    pub functions: Vec<Function>,
    /// Namespaces of the module.
    pub namespaces: Vec<Namespace>,
    /// Type variables named by aliases of the module.
    pub generic: Vec<String>,
}

/// A type declared in a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Item {
    /// An alias.
    Alias(AliasId),
    /// An enum.
    Enum(EnumId),
    /// A record.
    Record(RecordId),
    /// An error.
    Error(ErrorId),
    /// A class.
    Class(ClassId),
}

/// A resolved type.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum Type {
    /// `bool`.
    Bool,
    /// `truth`: the truth value of any object. Arguments only.
    Truth,
    /// `i8` to `u64`.
    Int(IntKind),
    /// `int`: any size.
    BigInt,
    /// `f32`.
    F32,
    /// `f64`.
    F64,
    /// `str`.
    Str,
    /// `bytes`.
    Bytes,
    /// `Path`.
    Path,
    /// `object`.
    Object,
    /// `None`.
    None,
    /// `T?`. Never nested, never around `None` or `object`.
    Optional(Box<Type>),
    /// `A | B`: two to six members, flat, distinct.
    Union(Vec<Type>),
    /// `list[T]`.
    List(Box<Type>),
    /// `tuple[A, B]`.
    Tuple(Vec<Type>),
    /// `tuple[T, ...]`.
    VarTuple(Box<Type>),
    /// `dict[K, V]`.
    Dict(Box<Type>, Box<Type>),
    /// `set[T]`.
    Set(Box<Type>),
    /// `Iterable[T]`.
    Iterable(Box<Type>),
    /// `Sequence[T]`.
    Sequence(Box<Type>),
    /// `Iterator[T]`.
    Iterator(Box<Type>),
    /// `Callable[[A, B], R]`.
    Callable(Vec<Type>, Box<Type>),
    /// `type[T]`.
    TypeOf(Box<Type>),
    /// `buffer[f64]`: the element is `Bool`, `Int`, `F32` or `F64`.
    Buffer(Box<Type>),
    /// A type variable.
    Var(String),
    /// A class of this extension.
    Class(ClassId),
    /// A record.
    Record(RecordId),
    /// An enum.
    Enum(EnumId),
    /// An alias, kept so that stubs can show its name.
    Alias(AliasId),
    /// A class of another extension.
    Extern(ExternId),
}

/// The machine integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[allow(missing_docs)]
pub enum IntKind {
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
}

/// A value written in the declarations: default or constant.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Value {
    /// `None`.
    None,
    /// `True`, `False`.
    Bool(bool),
    /// An integer; as text in JSON where 64 bits do not hold it.
    Int(#[serde(serialize_with = "integer")] i128),
    /// A float.
    Float(f64),
    /// A string.
    Str(String),
    /// `[]`.
    EmptyList,
    /// `{}`.
    EmptyDict,
    /// `{x: 1.0}`: fields of a live record, by index. The others have their defaults.
    Fields(RecordId, Vec<(usize, Value)>),
    /// `Color.RED`: the enum and the index of its member.
    Member(EnumId, usize),
}

fn integer<S: serde::Serializer>(value: &i128, to: S) -> Result<S::Ok, S::Error> {
    if let Ok(value) = i64::try_from(*value) {
        to.serialize_i64(value)
    } else if let Ok(value) = u64::try_from(*value) {
        to.serialize_u64(value)
    } else {
        to.collect_str(value)
    }
}

/// What decides whether an item exists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Condition {
    /// `sys.platform` values; empty: all.
    pub platforms: Vec<Platform>,
    /// Cargo feature.
    pub feature: Option<String>,
}

/// A platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub enum Platform {
    Linux,
    Darwin,
    Win32,
}

/// A function, method, constructor or accessor.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Debug, Serialize)]
pub struct Function {
    /// Python name.
    pub name: String,
    /// `GraphView.insert_node`, or the plain name for a module's function.
    pub qualname: String,
    /// Docstring.
    pub doc: Option<String>,
    /// Where it was declared.
    pub origin: Origin,
    /// Full path of the Rust item.
    pub rust: String,
    /// How it is bound.
    pub binding: Binding,
    /// Parameters, without the receiver, in order.
    pub params: Vec<Param>,
    /// The result.
    pub returns: Type,
    /// The Rust item returns a borrowed form (`&str`, `&[u8]`).
    pub borrow: bool,
    /// The Rust item returns views with their owners (`pyrus::Bound`).
    pub bound: bool,
    /// The parameter that views in the result take their owner from.
    pub owner: Option<String>,
    /// Description of the result.
    pub returns_doc: Option<String>,
    /// Errors the Rust item may return.
    pub raises: Vec<Raised>,
    /// The GIL is released during the call.
    pub gil_released: bool,
    /// Type variables.
    pub generic: Vec<String>,
    /// Deprecation text.
    pub deprecated: Option<String>,
    /// Signatures that the stub shows instead.
    pub overloads: Vec<Overload>,
    /// When it exists.
    pub condition: Condition,
    /// `__eq__`: `False`, not `NotImplemented`, for other types.
    pub strict: bool,
    /// `__eq__`, `__hash__`: from Rust's `PartialEq`, `Hash`.
    pub derived: bool,
    /// For each owner whose views Python gets from this function (as result or in a callback): where the glue
    /// finds the owner.
    pub view_owners: Vec<(ClassId, OwnerSource)>,
}

/// Where the glue finds the owner of a view that a function returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum OwnerSource {
    /// The receiver: the owner itself or one of its views.
    Receiver,
    /// This parameter: the owner itself or one of its views.
    Param(usize),
}

/// How a function is bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Binding {
    /// A module's or namespace's function.
    Free,
    /// A static method.
    Static,
    /// A class method.
    Class,
    /// A constructor.
    New,
    /// A method with this receiver.
    Method(Receiver),
}

/// What a method gets of its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Receiver {
    /// `&T`.
    Ref,
    /// `&mut T`, guarded.
    Mut,
    /// `T`: the object is used up.
    Own,
    /// `pyrus::This<'_, T>`.
    Object,
}

/// A parameter.
#[derive(Clone, Debug, Serialize)]
pub struct Param {
    /// Python name.
    pub name: String,
    /// Kind.
    pub kind: ParamKind,
    /// Type; of each item for `*args` and `**kwargs`.
    pub ty: Type,
    /// Default.
    pub default: Option<Value>,
    /// Description.
    pub doc: Option<String>,
    /// Text of the `TypeError` for what is not of its type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
    /// The same for what stands inside a container.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused_item: Option<String>,
    /// Where it was declared.
    pub origin: Origin,
}

/// Kinds of parameters, in the order they may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[allow(missing_docs)]
pub enum ParamKind {
    PositionalOnly,
    PositionalOrKeyword,
    VarPositional,
    KeywordOnly,
    VarKeyword,
}

/// A signature shown by the stub.
#[derive(Clone, Debug, Serialize)]
pub struct Overload {
    /// Parameters.
    pub params: Vec<Param>,
    /// The result.
    pub returns: Type,
    /// Docstring.
    pub doc: Option<String>,
}

/// Something a function raises.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Raised {
    /// A declared error.
    Error(ErrorId),
    /// A built-in exception, by name.
    Builtin(String),
}

/// A property.
#[derive(Clone, Debug, Serialize)]
pub struct Property {
    /// Python name.
    pub name: String,
    /// Docstring.
    pub doc: Option<String>,
    /// Where it was declared.
    pub origin: Origin,
    /// The getter: no parameters.
    pub get: Function,
    /// The setter: one parameter, returns nothing.
    pub set: Option<Function>,
}

/// Ownership of a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Hold {
    /// The payload lives in the object.
    Value,
    /// The object holds an `Arc`.
    Shared,
    /// A strong reference to the owner and a key into it.
    View {
        /// The owner.
        owner: ClassId,
        /// Rust type of the key.
        key: String,
        /// `fn(&Owner, &Key) -> Option<&T>`.
        resolve: Option<String>,
    },
}

/// A handle class.
#[derive(Clone, Debug, Serialize)]
pub struct Class {
    /// Python name.
    pub name: String,
    /// The module it is in.
    pub module: ModuleId,
    /// Docstring as declared, without what generators add.
    pub doc: Option<String>,
    /// Where it was declared.
    pub origin: Origin,
    /// Rust type; for views without `resolve` the path prefix of its functions.
    pub rust: String,
    /// Ownership.
    pub hold: Hold,
    /// Constructor.
    pub new: Option<Function>,
    /// What to call instead, when there is no constructor.
    pub factory: Option<String>,
    /// What to use instead of pickling and copying.
    pub unpicklable: Option<String>,
    /// Method that releases the contents: a plain model function named `destroy`.
    pub destroy: Option<Function>,
    /// Hidden Python references: name and type (`Object`, `Class`…).
    pub slots: Vec<(String, Type)>,
    /// `fn(&T) -> &AtomicUsize`.
    pub unique: Option<String>,
    /// `fn(This<'_, Class>)` for new objects.
    pub created: Option<String>,
    /// `fn(This<'_, Class>)` for dying objects.
    pub finalize: Option<String>,
    /// Python may subclass it.
    pub subclass: bool,
    /// Weak references are allowed.
    pub weakref: bool,
    /// Freed objects kept for reuse.
    pub pool: u32,
    /// More names in the module.
    pub aliases: Vec<String>,
    /// Methods, protocols included.
    pub methods: Vec<Function>,
    /// Properties.
    pub properties: Vec<Property>,
    /// Constants.
    pub constants: Vec<Constant>,
    /// Deprecation text.
    pub deprecated: Option<String>,
    /// When it exists.
    pub condition: Condition,
}

/// A record.
#[derive(Clone, Debug, Serialize)]
pub struct Record {
    /// Python name.
    pub name: String,
    /// The module it is in.
    pub module: ModuleId,
    /// Docstring.
    pub doc: Option<String>,
    /// Where it was declared.
    pub origin: Origin,
    /// Rust type; `None`: generated.
    pub rust: Option<String>,
    /// Fields in order.
    pub fields: Vec<Field>,
    /// No setters, hashable.
    pub frozen: bool,
    /// As an argument, anything with its attributes is taken.
    pub like: bool,
    /// A node of a tree, seen through live views.
    pub live: bool,
    /// The symbol that a file of it begins with: its one field is what stands in that list.
    pub sexp_root: Option<String>,
    /// How the constructor takes its arguments.
    pub kind: ParamKind,
    /// Methods.
    pub methods: Vec<Function>,
    /// Properties.
    pub properties: Vec<Property>,
    /// Constants.
    pub constants: Vec<Constant>,
    /// Deprecation text.
    pub deprecated: Option<String>,
    /// When it exists.
    pub condition: Condition,
}

/// A field of a record.
#[derive(Clone, Debug, Serialize)]
pub struct Field {
    /// Python and Rust name.
    pub name: String,
    /// Type.
    pub ty: Type,
    /// Default.
    pub default: Option<Value>,
    /// Description.
    pub doc: Option<String>,
    /// How it stands in S-expressions; fields of live records only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sexp: Option<FieldSexp>,
    /// Where it was declared.
    pub origin: Origin,
}

/// How a boolean that is only written when it is true is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Flag {
    /// `(key)`.
    List,
    /// `(key yes)`.
    Yes,
}

/// How a field of a live record stands in S-expressions.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[allow(clippy::struct_excessive_bools, reason = "facts, each on its own")]
pub struct FieldSexp {
    /// Its key.
    pub key: String,
    /// More keys that are read.
    pub also: Vec<String>,
    /// An atom without a key.
    pub positional: bool,
    /// Collected from repeated keys.
    pub repeated: bool,
    /// Text without quotes.
    pub bare: bool,
    /// A boolean that is only written when it is true.
    pub flag: Option<Flag>,
    /// What cannot be read is kept, and the field is absent.
    pub lenient: bool,
    /// A member of an enum in quotes.
    pub quoted: bool,
    /// Sorts it among its siblings.
    pub order: i32,
    /// Value when the key is absent, where that is not the default.
    pub absent: Option<Value>,
    /// Decimals that are always written.
    pub digits: Option<u8>,
}

/// An enum.
#[derive(Clone, Debug, Serialize)]
pub struct Enum {
    /// Python name.
    pub name: String,
    /// The module it is in.
    pub module: ModuleId,
    /// Docstring.
    pub doc: Option<String>,
    /// Where it was declared.
    pub origin: Origin,
    /// Rust type; `None`: generated.
    pub rust: Option<String>,
    /// Base.
    pub kind: EnumKind,
    /// Members in order.
    pub members: Vec<Member>,
    /// When it exists.
    pub condition: Condition,
}

/// Bases of enums.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum EnumKind {
    /// `enum.StrEnum`.
    Str,
    /// `enum.IntEnum`.
    Int,
    /// `enum.IntFlag`.
    Flag,
}

/// A member of an enum.
#[derive(Clone, Debug, Serialize)]
pub struct Member {
    /// Python name.
    pub name: String,
    /// Rust variant.
    pub variant: String,
    /// `Str` or `Int`.
    pub value: Value,
    /// More names of the same member, identifiers or not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The integer that stands for it in S-expressions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sexp: Option<i64>,
    /// Description.
    pub doc: Option<String>,
}

/// An exception class.
#[derive(Clone, Debug, Serialize)]
pub struct Error {
    /// Python name.
    pub name: String,
    /// The module it is in.
    pub module: ModuleId,
    /// Docstring.
    pub doc: Option<String>,
    /// Where it was declared.
    pub origin: Origin,
    /// Rust type; `None`: generated.
    pub rust: Option<String>,
    /// Base.
    pub base: Raised,
    /// Attributes, those of declared bases first.
    pub fields: Vec<Field>,
    /// Format of the message, with `{field}` places; `None`: the Rust value's `message` field.
    pub message: Option<String>,
    /// When it exists.
    pub condition: Condition,
}

/// A constant.
#[derive(Clone, Debug, Serialize)]
pub struct Constant {
    /// Python name.
    pub name: String,
    /// Docstring.
    pub doc: Option<String>,
    /// Where it was declared.
    pub origin: Origin,
    /// Type: `Bool`, `Int`, `F64`, `Str`, `Bytes` or an enum.
    pub ty: Type,
    /// Where its value comes from.
    pub source: ConstantSource,
    /// When it exists.
    pub condition: Condition,
}

/// Where a constant's value comes from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum ConstantSource {
    /// Written in the declarations.
    Value(Value),
    /// A Rust `const` or `static` (`&str` for `str`, `&[u8]` for `bytes`).
    Rust(String),
}

/// A type alias.
#[derive(Clone, Debug, Serialize)]
pub struct Alias {
    /// Python name.
    pub name: String,
    /// The module it is in.
    pub module: ModuleId,
    /// Docstring.
    pub doc: Option<String>,
    /// Where it was declared.
    pub origin: Origin,
    /// What it stands for.
    pub ty: Type,
    /// For unions: Rust type, `None` for a generated one.
    pub rust: Option<String>,
    /// For unions: variant names, one per member of the union in `ty`, in order. Empty for others.
    pub variants: Vec<String>,
    /// Type variables in `ty`.
    pub generic: Vec<String>,
}

/// A class with static functions only.
#[derive(Clone, Debug, Serialize)]
pub struct Namespace {
    /// Python name.
    pub name: String,
    /// A class of its module, of which it is an attribute too.
    pub within: Option<ClassId>,
    /// Docstring.
    pub doc: Option<String>,
    /// Where it was declared.
    pub origin: Origin,
    /// Functions.
    pub functions: Vec<Function>,
    /// Constants.
    pub constants: Vec<Constant>,
    /// When it exists.
    pub condition: Condition,
}

/// A class of another extension.
#[derive(Clone, Debug, Serialize)]
pub struct Extern {
    /// Name used in type expressions here.
    pub name: String,
    /// Dotted public module that users import it from.
    pub module: String,
    /// Python name in that module.
    pub class: String,
    /// Rust type.
    pub rust: String,
    /// `Value` or `Shared`.
    pub hold: Hold,
    /// Where it was declared.
    pub origin: Origin,
}
