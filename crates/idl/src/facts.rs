//! Questions about types of the model.

use std::collections::BTreeSet;

use crate::model::{Api, ClassId, IntKind, Raised, Type};

impl Api {
    /// What a type stands for when its name is an alias. Aliases never form a cycle.
    pub fn expand<'a>(&'a self, ty: &'a Type) -> &'a Type {
        let mut ty = ty;
        while let Type::Alias(id) = ty {
            ty = &self[*id].ty;
        }
        ty
    }

    /// The type without its aliases and without `?`.
    pub fn core<'a>(&'a self, ty: &'a Type) -> &'a Type {
        match self.expand(ty) {
            Type::Optional(inner) => self.expand(inner),
            other => other,
        }
    }

    /// Every type in a type, itself first; looks into each alias once.
    pub fn parts<'a>(&'a self, ty: &'a Type) -> Vec<&'a Type> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        let mut pending = vec![ty];
        while let Some(ty) = pending.pop() {
            if let Type::Alias(id) = ty
                && seen.insert(*id)
            {
                pending.push(&self[*id].ty);
            }
            found.push(ty);
            pending.extend(ty.children().into_iter().rev());
        }
        found
    }

    /// A type as it is written in the declarations.
    pub fn show(&self, ty: &Type) -> String {
        let list = |types: &[Type]| types.iter().map(|ty| self.show(ty)).collect::<Vec<_>>();
        match ty {
            Type::Optional(inner) => match **inner {
                Type::Union(_) => format!("{} | None", self.show(inner)),
                _ => format!("{}?", self.show(inner)),
            },
            Type::Union(members) => list(members).join(" | "),
            Type::Tuple(items) => format!("tuple[{}]", list(items).join(", ")),
            Type::VarTuple(item) => format!("tuple[{}, ...]", self.show(item)),
            Type::Dict(key, value) => format!("dict[{}, {}]", self.show(key), self.show(value)),
            Type::Callable(params, result) => {
                format!(
                    "Callable[[{}], {}]",
                    list(params).join(", "),
                    self.show(result)
                )
            }
            Type::List(item)
            | Type::Set(item)
            | Type::Iterable(item)
            | Type::Sequence(item)
            | Type::Iterator(item)
            | Type::TypeOf(item)
            | Type::Buffer(item) => format!("{}[{}]", ty.word(), self.show(item)),
            Type::Var(name) => name.clone(),
            Type::Class(id) => self[*id].name.clone(),
            Type::Record(id) => self[*id].name.clone(),
            Type::Enum(id) => self[*id].name.clone(),
            Type::Alias(id) => self[*id].name.clone(),
            Type::Extern(id) => self[*id].name.clone(),
            other => other.word().to_owned(),
        }
    }

    /// Python name of a raised error or built-in exception.
    pub fn raised_name<'a>(&'a self, raised: &'a Raised) -> &'a str {
        match raised {
            Raised::Error(id) => &self[*id].name,
            Raised::Builtin(name) => name,
        }
    }

    /// The part of a type that Python cannot hash, if there is one.
    pub(crate) fn unhashable<'a>(&'a self, ty: &'a Type) -> Option<&'a Type> {
        let mut seen = BTreeSet::new();
        let mut pending = vec![ty];
        while let Some(ty) = pending.pop() {
            match ty {
                Type::List(_) | Type::Dict(..) | Type::Set(_) => return Some(ty),
                Type::Record(id) if !self[*id].frozen => return Some(ty),
                Type::Record(id) if seen.insert((0, id.0)) => {
                    pending.extend(self[*id].fields.iter().map(|field| &field.ty));
                }
                Type::Alias(id) if seen.insert((1, id.0)) => pending.push(&self[*id].ty),
                Type::Tuple(_) | Type::VarTuple(_) | Type::Optional(_) | Type::Union(_) => {
                    pending.extend(ty.children());
                }
                _ => {}
            }
        }
        None
    }

    /// View classes in a type.
    pub(crate) fn views(&self, ty: &Type) -> BTreeSet<ClassId> {
        let classes = self.parts(ty).into_iter().filter_map(|part| match part {
            Type::Class(id) => Some(*id),
            _ => None,
        });
        classes.filter(|id| self[*id].owner().is_some()).collect()
    }
}

impl Type {
    /// The types directly inside.
    pub fn children(&self) -> Vec<&Type> {
        match self {
            Self::Optional(item)
            | Self::List(item)
            | Self::VarTuple(item)
            | Self::Set(item)
            | Self::Iterable(item)
            | Self::Sequence(item)
            | Self::Iterator(item)
            | Self::TypeOf(item)
            | Self::Buffer(item) => vec![item],
            Self::Union(items) | Self::Tuple(items) => items.iter().collect(),
            Self::Dict(key, value) => vec![key, value],
            Self::Callable(params, result) => params.iter().chain([&**result]).collect(),
            _ => Vec::new(),
        }
    }

    /// The word of the language for the type, or for what it is.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Truth => "truth",
            Self::Int(kind) => kind.word(),
            Self::BigInt => "int",
            Self::F32 => "f32",
            Self::F64 => "f64",
            Self::Str => "str",
            Self::Bytes => "bytes",
            Self::Path => "Path",
            Self::Object => "object",
            Self::None => "None",
            Self::Optional(_) => "optional",
            Self::Union(_) => "union",
            Self::List(_) => "list",
            Self::Tuple(_) | Self::VarTuple(_) => "tuple",
            Self::Dict(..) => "dict",
            Self::Set(_) => "set",
            Self::Iterable(_) => "Iterable",
            Self::Sequence(_) => "Sequence",
            Self::Iterator(_) => "Iterator",
            Self::Callable(..) => "Callable",
            Self::TypeOf(_) => "type",
            Self::Buffer(_) => "buffer",
            Self::Var(_) => "type variable",
            Self::Class(_) | Self::Extern(_) => "class",
            Self::Record(_) => "record",
            Self::Enum(_) => "enum",
            Self::Alias(_) => "alias",
        }
    }
}

impl IntKind {
    /// `u8`, the word for it in the declarations and in Rust.
    pub fn word(self) -> &'static str {
        match self {
            Self::I8 => "i8",
            Self::I16 => "i16",
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::U8 => "u8",
            Self::U16 => "u16",
            Self::U32 => "u32",
            Self::U64 => "u64",
        }
    }

    /// Smallest and largest value.
    pub fn range(self) -> (i128, i128) {
        match self {
            Self::I8 => (i8::MIN.into(), i8::MAX.into()),
            Self::I16 => (i16::MIN.into(), i16::MAX.into()),
            Self::I32 => (i32::MIN.into(), i32::MAX.into()),
            Self::I64 => (i64::MIN.into(), i64::MAX.into()),
            Self::U8 => (0, u8::MAX.into()),
            Self::U16 => (0, u16::MAX.into()),
            Self::U32 => (0, u32::MAX.into()),
            Self::U64 => (0, u64::MAX.into()),
        }
    }
}

impl crate::model::Class {
    /// The owner of a view.
    pub fn owner(&self) -> Option<ClassId> {
        match self.hold {
            crate::model::Hold::View { owner, .. } => Some(owner),
            _ => None,
        }
    }
}
