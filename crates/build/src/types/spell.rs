//! Writes types as Python text.
//!
//! A type has two spellings. As an **argument** it is what the conversion accepts, as a **result** what it produces:
//! `Path` takes `str | PathLike[str]` and gives `Path`, an enum takes its values too. `list`, `dict` and `set` are
//! invariant: what is inside them is spelled as a result everywhere, so that `list[Color]` accepts a list of colours.
//! What a callback gets is a result, what it returns is an argument.

use std::collections::BTreeSet;

use pyrus_idl::model::{AliasId, Api, EnumKind, ModuleId, RecordId, Type};

use super::names::{Names, is_shown, relative};
use super::python::Import;

/// Which of the two spellings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Argument,
    Result,
}

impl Form {
    fn flipped(self) -> Self {
        match self {
            Form::Argument => Form::Result,
            Form::Result => Form::Argument,
        }
    }
}

/// For whom.
#[derive(Clone, Copy)]
pub(super) enum Mode<'a> {
    /// A stub with these names.
    Stub(&'a Names),
    /// Readers of messages.
    Plain,
    /// `eval` at run time.
    Runtime(Unions),
}

/// How unions are written for `eval`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unions {
    /// `A | B`, from `CPython` 3.10 on. Needs no import; `typing` alone takes longer to import than most extensions.
    Bars,
    /// `typing.Union[A, B]`.
    Typing,
}

pub(super) struct Speller<'a> {
    api: &'a Api,
    mode: Mode<'a>,
    pub(super) imports: BTreeSet<Import>,
}

impl<'a> Speller<'a> {
    pub(super) fn new(api: &'a Api, mode: Mode<'a>) -> Self {
        Speller {
            api,
            mode,
            imports: BTreeSet::new(),
        }
    }

    pub(super) fn text(&mut self, ty: &Type, form: Form) -> String {
        let mut members = self.members(ty, form);
        if form == Form::Argument
            && members.iter().any(|m| m == "float")
            && matches!(self.mode, Mode::Stub(_))
        {
            members.retain(|member| member != "int"); // PYI041: `float` takes integers
        }
        self.union(members)
    }

    /// Without simplification.
    pub(super) fn exact(&mut self, ty: &Type, form: Form) -> String {
        let members = self.members(ty, form);
        self.union(members)
    }

    fn union(&mut self, mut members: Vec<String>) -> String {
        if let Some(index) = members.iter().position(|member| member == "None") {
            let none = members.remove(index);
            members.push(none);
        }
        if members.len() > 1 && matches!(self.mode, Mode::Runtime(Unions::Typing)) {
            return format!("typing.Union[{}]", members.join(", "));
        }
        members.join(" | ")
    }

    /// The distinct members of the union that a type is; most are one.
    fn members(&mut self, ty: &Type, form: Form) -> Vec<String> {
        let mut out = Vec::new();
        let mut add = |list: Vec<String>| {
            for text in list {
                if !out.contains(&text) {
                    out.push(text);
                }
            }
        };
        match ty {
            Type::Union(types) => types.iter().for_each(|ty| add(self.members(ty, form))),
            Type::Optional(inner) => {
                add(self.members(inner, form));
                add(vec!["None".into()]);
            }
            Type::Alias(id) if !self.is_named(*id, form) => {
                let ty = &self.api[*id].ty;
                add(self.members(ty, form));
            }
            Type::Path if form == Form::Argument => {
                let str = self.builtin("str");
                let path = self.imported("os", "PathLike");
                add(vec![str.clone(), format!("{path}[{str}]")]);
            }
            Type::Enum(id) if form == Form::Argument => {
                let item = &self.api[*id];
                let value = if item.kind == EnumKind::Str {
                    "str"
                } else {
                    "int"
                };
                add(vec![
                    self.item(item.module, &item.name),
                    self.builtin(value),
                ]);
            }
            other => add(vec![self.single(other, form)]),
        }
        out
    }

    fn single(&mut self, ty: &Type, form: Form) -> String {
        match ty {
            Type::List(inner) => self.container("list", &[inner]),
            Type::Set(inner) => self.container("set", &[inner]),
            Type::Dict(key, value) => self.container("dict", &[key, value]),
            Type::Tuple(items) if items.is_empty() => format!("{}[()]", self.builtin("tuple")),
            Type::Tuple(items) => {
                let items: Vec<_> = items.iter().map(|item| self.exact(item, form)).collect();
                format!("{}[{}]", self.builtin("tuple"), items.join(", "))
            }
            Type::VarTuple(item) => {
                let item = self.exact(item, form);
                format!("{}[{item}, ...]", self.builtin("tuple"))
            }
            Type::Iterable(item) => self.generic("Iterable", item, form),
            Type::Sequence(item) => self.generic("Sequence", item, form),
            Type::Iterator(item) => self.generic("Iterator", item, form),
            Type::Callable(params, result) => self.callable(params, result, form),
            Type::TypeOf(inner) => {
                let inner = match &**inner {
                    Type::Object => self.builtin("object"),
                    other => self.exact(other, Form::Result),
                };
                format!("{}[{inner}]", self.builtin("type"))
            }
            Type::Object if form == Form::Result => self.imported("typing", "Any"),
            Type::Path => self.imported("pathlib", "Path"),
            Type::Buffer(inner) => self.buffer(inner),
            Type::Var(name) if matches!(self.mode, Mode::Stub(_)) => type_variable(name),
            Type::Var(name) => name.clone(),
            Type::Class(id) => self.item(self.api[*id].module, &self.api[*id].name),
            Type::Record(id) if self.is_alike(*id, form) => {
                let record = &self.api[*id];
                self.item(record.module, &like(&record.name))
            }
            Type::Record(id) => self.item(self.api[*id].module, &self.api[*id].name),
            Type::Enum(id) => self.item(self.api[*id].module, &self.api[*id].name),
            Type::Alias(id) => self.alias(*id),
            Type::Extern(id) => {
                let item = &self.api[*id];
                self.foreign(&item.module, &item.class)
            }
            scalar => self.scalar(scalar),
        }
    }

    /// Whether the stub shows the protocol of a record instead of it.
    fn is_alike(&self, id: RecordId, form: Form) -> bool {
        self.api[id].like && form == Form::Argument && matches!(self.mode, Mode::Stub(_))
    }

    fn scalar(&mut self, ty: &Type) -> String {
        self.builtin(match ty {
            Type::Bool | Type::Truth => "bool",
            Type::Int(_) | Type::BigInt => "int",
            Type::F32 | Type::F64 => "float",
            Type::Str => "str",
            Type::Bytes => "bytes",
            Type::None => return "None".into(),
            _ => "object",
        })
    }

    fn container(&mut self, name: &str, items: &[&Type]) -> String {
        let items: Vec<_> = items
            .iter()
            .map(|item| self.exact(item, Form::Result))
            .collect();
        format!("{}[{}]", self.builtin(name), items.join(", "))
    }

    fn generic(&mut self, name: &str, item: &Type, form: Form) -> String {
        let item = self.exact(item, form);
        format!("{}[{item}]", self.imported("collections.abc", name))
    }

    fn callable(&mut self, params: &[Type], result: &Type, form: Form) -> String {
        let params: Vec<_> = params
            .iter()
            .map(|ty| self.exact(ty, form.flipped()))
            .collect();
        let result = self.exact(result, form);
        let name = self.imported("collections.abc", "Callable");
        format!("{name}[[{}], {result}]", params.join(", "))
    }

    fn buffer(&mut self, item: &Type) -> String {
        if matches!(self.mode, Mode::Plain) {
            return format!("buffer of {}", self.scalar(item));
        }
        self.imported("typing_extensions", "Buffer")
    }

    /// Whether an alias is written by its name. One whose argument and result differ names the argument.
    fn is_named(&self, id: AliasId, form: Form) -> bool {
        let alias = &self.api[id];
        let plain = |form| Speller::new(self.api, Mode::Plain).text(&alias.ty, form);
        matches!(self.mode, Mode::Stub(_))
            && is_shown(self.api, &alias.ty)
            && (form == Form::Argument || plain(Form::Argument) == plain(Form::Result))
    }

    fn alias(&mut self, id: AliasId) -> String {
        let alias = &self.api[id];
        let name = self.item(alias.module, &alias.name);
        if alias.generic.is_empty() {
            return name;
        }
        let variables: Vec<_> = alias
            .generic
            .iter()
            .map(|name| type_variable(name))
            .collect();
        format!("{name}[{}]", variables.join(", "))
    }

    /// A type of this extension.
    pub(super) fn item(&mut self, module: ModuleId, name: &str) -> String {
        match self.mode {
            Mode::Plain => name.to_owned(),
            Mode::Runtime(_) => format!("sys.modules['{}'].{name}", self.api[module].name),
            Mode::Stub(names) if module == names.scope => name.to_owned(),
            Mode::Stub(names) => {
                let from = relative(self.api, names.scope, module);
                let path = self.api[module].path.join("_");
                let alias = names.is_ambiguous(name).then(|| format!("_{path}_{name}"));
                self.import(from, name, alias)
            }
        }
    }

    /// A class of another extension.
    fn foreign(&mut self, module: &str, name: &str) -> String {
        match self.mode {
            Mode::Plain => name.to_owned(),
            Mode::Runtime(_) => format!("sys.modules['{module}'].{name}"),
            Mode::Stub(names) => {
                let alias = names
                    .is_ambiguous(name)
                    .then(|| format!("_{}_{name}", module.replace('.', "_")));
                self.import(module.to_owned(), name, alias)
            }
        }
    }

    /// A name of the standard library.
    pub(super) fn imported(&mut self, module: &str, name: &str) -> String {
        match self.mode {
            Mode::Plain => name.to_owned(),
            Mode::Runtime(_) => format!("{module}.{name}"),
            Mode::Stub(names) => {
                let taken = names.is_taken(name);
                self.import(module.to_owned(), name, taken.then(|| format!("_{name}")))
            }
        }
    }

    fn import(&mut self, module: String, name: &str, alias: Option<String>) -> String {
        let text = alias.clone().unwrap_or_else(|| name.to_owned());
        self.imports.insert(Import {
            module,
            name: Some(name.to_owned()),
            alias,
        });
        text
    }

    pub(super) fn builtin(&mut self, name: &str) -> String {
        if !matches!(self.mode, Mode::Stub(names) if names.is_taken(name)) {
            return name.to_owned();
        }
        self.imports.insert(Import {
            module: "builtins".into(),
            name: None,
            alias: None,
        });
        format!("builtins.{name}")
    }
}

/// The protocol of a record with `like: true`: a name of the stub only.
pub(crate) fn like(record: &str) -> String {
    format!("{record}Like")
}

/// Type variables are private names of the stub.
pub(crate) fn type_variable(name: &str) -> String {
    format!("_{}", name.trim_start_matches('_'))
}
