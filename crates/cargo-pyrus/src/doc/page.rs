//! The page of a module, in Markdown.

use std::fmt::Write;

use pyrus_build::features::condition;
use pyrus_idl::Api;
use pyrus_idl::model::{
    Binding, Class, Condition, Constant, Enum, Error, Field, Function, Hold, Item, Module,
    ModuleId, Origin, Param, Property, Receiver, Record,
};

use super::{signature, text};

/// Writes the page of a module, given its stub.
pub(super) fn module(api: &Api, id: ModuleId, stub: &str) -> String {
    let module = &api[id];
    let mut page = Page {
        api,
        id,
        stub,
        out: format!("# `{}`\n", module.name),
    };
    if module.public != module.name {
        page.line(&format!("Import it from `{}`.", module.public));
    }
    page.doc(module.doc.as_deref());
    page.contents(module);
    for item in &module.items {
        page.item(*item);
    }
    for item in &module.namespaces {
        page.heading(2, "namespace", &item.name, &item.name);
        page.code(&signature::of(stub, &item.name));
        page.doc(item.doc.as_deref());
        page.end(&item.origin, &item.condition);
        page.constants(&item.name, &item.constants);
        page.functions(&item.name, &item.functions);
    }
    page.constants("", &module.constants);
    page.functions("", &module.functions);
    page.out
}

struct Page<'a> {
    api: &'a Api,
    id: ModuleId,
    stub: &'a str,
    out: String,
}

impl Page<'_> {
    /// A paragraph.
    fn line(&mut self, text: &str) {
        let _ = write!(self.out, "\n{text}\n");
    }

    fn doc(&mut self, doc: Option<&str>) {
        if let Some(doc) = doc.filter(|doc| !doc.trim().is_empty()) {
            self.line(&text::prose(doc));
        }
    }

    fn code(&mut self, code: &str) {
        if !code.is_empty() {
            self.line(&format!("```python\n{}\n```", code.trim_end_matches(':')));
        }
    }

    fn heading(&mut self, level: usize, kind: &str, name: &str, anchor: &str) {
        let marks = "#".repeat(level);
        self.line(&format!(
            "<a id=\"{anchor}\"></a>\n\n{marks} {kind} `{name}`"
        ));
    }

    /// Where and when it exists, and where it is declared.
    fn end(&mut self, origin: &Origin, condition: &Condition) {
        let mut facts = vec![format!("Declared at `{}:{}`.", origin.file, origin.line)];
        if !condition.platforms.is_empty() {
            let names: Vec<_> = condition
                .platforms
                .iter()
                .map(|platform| format!("{platform:?}").to_lowercase())
                .collect();
            facts.push(format!("Only on {}.", names.join(", ")));
        }
        if let Some(feature) = &condition.feature {
            facts.push(format!("Only with the feature `{feature}`."));
        }
        self.line(&facts.join(" "));
    }

    fn list(&mut self, title: &str, entries: &[String]) {
        if !entries.is_empty() {
            let list: Vec<_> = entries.iter().map(|entry| format!("- {entry}")).collect();
            self.line(&format!("{title}\n\n{}", list.join("\n")));
        }
    }

    fn contents(&mut self, module: &Module) {
        let api = self.api;
        let mut names: Vec<&str> = module.items.iter().map(|item| name(api, *item)).collect();
        names.extend(module.namespaces.iter().map(|item| item.name.as_str()));
        names.extend(module.constants.iter().map(|item| item.name.as_str()));
        names.extend(module.functions.iter().map(|item| item.name.as_str()));
        let links: Vec<_> = names
            .iter()
            .map(|name| format!("[`{name}`](#{name})"))
            .collect();
        if !links.is_empty() {
            self.line(&links.join(" · "));
        }
        let children = module
            .children
            .iter()
            .map(|id| format!("[`{}`]({})", api[*id].name, text::file(api, *id)));
        self.list("Modules:", &children.collect::<Vec<_>>());
    }

    fn item(&mut self, item: Item) {
        let api = self.api;
        let (kind, own) = (kind(item), name(api, item));
        self.heading(2, kind, own, own);
        self.code(&signature::of(self.stub, own));
        match item {
            Item::Alias(id) => {
                self.doc(api[id].doc.as_deref());
                let ty = text::ty(api, &api[id].ty, self.id, true);
                self.line(&format!("Stands for {ty}."));
                self.end(&api[id].origin, condition(api, item));
            }
            Item::Enum(id) => self.enumeration(&api[id]),
            Item::Record(id) => self.record(&api[id]),
            Item::Error(id) => self.error(&api[id]),
            Item::Class(id) => self.class(&api[id]),
        }
    }

    fn enumeration(&mut self, item: &Enum) {
        self.doc(item.doc.as_deref());
        let members = item.members.iter().map(|member| {
            let value = pyrus_build::literal::runtime(self.api, &member.value);
            entry(
                &format!("`{}` = `{value}`", member.name),
                member.doc.as_deref(),
            )
        });
        let members: Vec<_> = members.collect();
        self.list("Members:", &members);
        self.end(&item.origin, &item.condition);
    }

    fn fields(&mut self, title: &str, fields: &[Field]) {
        let (api, id) = (self.api, self.id);
        let entries = fields.iter().map(|field| {
            let ty = text::ty(api, &field.ty, id, false);
            let default = field.default.as_ref();
            let default =
                default.map(|v| format!(" = `{}`", pyrus_build::literal::runtime(api, v)));
            let head = format!("`{}`: {ty}{}", field.name, default.unwrap_or_default());
            entry(&head, field.doc.as_deref())
        });
        let entries: Vec<_> = entries.collect();
        self.list(title, &entries);
    }

    fn record(&mut self, item: &Record) {
        self.doc(item.doc.as_deref());
        self.deprecated(item.deprecated.as_deref());
        self.fields("Fields:", &item.fields);
        if item.frozen {
            self.line("Frozen: fields cannot be assigned, and objects are hashable.");
        }
        self.end(&item.origin, &item.condition);
        self.constants(&item.name, &item.constants);
        self.properties(&item.name, &item.properties);
        self.functions(&item.name, &item.methods);
    }

    fn error(&mut self, item: &Error) {
        self.doc(item.doc.as_deref());
        let base = text::raised(self.api, &item.base, self.id);
        self.line(&format!("A kind of {base}."));
        self.fields("Attributes:", &item.fields);
        self.end(&item.origin, &item.condition);
    }

    fn class(&mut self, item: &Class) {
        self.doc(item.doc.as_deref());
        self.deprecated(item.deprecated.as_deref());
        let owner = match &item.hold {
            Hold::Value => "the contents live in this object.".to_owned(),
            Hold::Shared => "the contents are shared with other holders.".to_owned(),
            Hold::View { owner, .. } => {
                let owner = text::ty(
                    self.api,
                    &pyrus_idl::model::Type::Class(*owner),
                    self.id,
                    false,
                );
                format!("a view into its {owner}, which it keeps alive.")
            }
        };
        self.line(&format!("**Ownership**: {owner}"));
        if let (None, Some(factory)) = (&item.new, &item.factory) {
            self.line(&format!("Made by {}.", text::prose(factory)));
        }
        if let Some(instead) = &item.unpicklable {
            let instead = text::prose(instead);
            self.line(&format!("Not pickled and not copied; use {instead}."));
        }
        self.end(&item.origin, &item.condition);
        if let Some(new) = &item.new {
            self.function(&item.name, new);
        }
        self.constants(&item.name, &item.constants);
        self.properties(&item.name, &item.properties);
        self.functions(&item.name, &item.methods);
        if let Some(destroy) = &item.destroy {
            self.function(&item.name, destroy);
        }
    }

    fn constants(&mut self, owner: &str, constants: &[Constant]) {
        for item in constants {
            let path = path(owner, &item.name);
            self.heading(3, "constant", &path, &path);
            self.code(&self.signature(owner, &item.name));
            self.doc(item.doc.as_deref());
            self.end(&item.origin, &item.condition);
        }
    }

    fn properties(&mut self, owner: &str, properties: &[Property]) {
        for item in properties {
            let path = path(owner, &item.name);
            self.heading(3, "property", &path, &path);
            self.code(&self.signature(owner, &item.name));
            self.doc(item.doc.as_deref().or(item.get.doc.as_deref()));
            let ty = text::ty(self.api, &item.get.returns, self.id, false);
            self.line(&format!("Type: {ty}."));
            self.raises(&item.get);
            self.end(&item.origin, &item.get.condition);
        }
    }

    fn functions(&mut self, owner: &str, functions: &[Function]) {
        for item in functions {
            self.function(owner, item);
        }
    }

    fn function(&mut self, owner: &str, item: &Function) {
        let (api, id) = (self.api, self.id);
        let path = path(owner, &item.name);
        let kind = match item.binding {
            Binding::Free => "function",
            Binding::Static => "static method",
            Binding::Class => "class method",
            Binding::New => "constructor",
            Binding::Method(_) => "method",
        };
        let name = if item.binding == Binding::New {
            owner
        } else {
            &path
        };
        self.heading(if owner.is_empty() { 2 } else { 3 }, kind, name, &path);
        let code = match item.binding {
            Binding::New => self.constructor(owner),
            _ => self.signature(owner, &item.name),
        };
        self.code(&code);
        self.doc(item.doc.as_deref());
        self.deprecated(item.deprecated.as_deref());
        let params: Vec<_> = item
            .params
            .iter()
            .map(|param| parameter(api, param, id))
            .collect();
        self.list("Parameters:", &params);
        if item.returns != pyrus_idl::model::Type::None {
            let ty = text::ty(api, &item.returns, id, false);
            self.line(&entry(
                &format!("Returns {ty}"),
                item.returns_doc.as_deref(),
            ));
        }
        self.raises(item);
        let receiver = match item.binding {
            Binding::Method(Receiver::Mut) => {
                "Changes the object: raises while another call uses it."
            }
            Binding::Method(Receiver::Own) => "Uses the object up.",
            _ => "",
        };
        let gil = if item.gil_released {
            "The GIL is released during the call."
        } else {
            ""
        };
        for fact in [receiver, gil].into_iter().filter(|fact| !fact.is_empty()) {
            self.line(fact);
        }
        self.end(&item.origin, &item.condition);
    }

    fn raises(&mut self, item: &Function) {
        let names = item
            .raises
            .iter()
            .map(|one| text::raised(self.api, one, self.id));
        let names: Vec<_> = names.collect();
        if !names.is_empty() {
            self.line(&format!("Raises {}.", names.join(", ")));
        }
    }

    fn deprecated(&mut self, text: Option<&str>) {
        if let Some(text) = text {
            self.line(&format!("> **Deprecated**: {}", text::prose(text)));
        }
    }

    /// The signature of a member, or of a module's item.
    fn signature(&self, owner: &str, name: &str) -> String {
        if owner.is_empty() {
            return signature::of(self.stub, name);
        }
        signature::of(signature::class(self.stub, owner), name)
    }

    fn constructor(&self, owner: &str) -> String {
        let new = self.signature(owner, "__new__");
        if new.is_empty() {
            self.signature(owner, "__init__")
        } else {
            new
        }
    }
}

fn parameter(api: &Api, param: &Param, scope: ModuleId) -> String {
    let ty = text::ty(api, &param.ty, scope, true);
    let default = param.default.as_ref();
    let default = default.map(|v| format!(" = `{}`", pyrus_build::literal::runtime(api, v)));
    let head = format!("`{}`: {ty}{}", param.name, default.unwrap_or_default());
    entry(&head, param.doc.as_deref())
}

/// `head: text`, in one paragraph.
fn entry(head: &str, doc: Option<&str>) -> String {
    match doc.map(str::trim).filter(|doc| !doc.is_empty()) {
        Some(doc) => format!("{head}: {}", text::prose(doc).replace('\n', " ")),
        None => head.to_owned(),
    }
}

fn path(owner: &str, name: &str) -> String {
    if owner.is_empty() {
        return name.to_owned();
    }
    format!("{owner}.{name}")
}

fn kind(item: Item) -> &'static str {
    match item {
        Item::Alias(_) => "alias",
        Item::Enum(_) => "enum",
        Item::Record(_) => "record",
        Item::Error(_) => "error",
        Item::Class(_) => "class",
    }
}

fn name(api: &Api, item: Item) -> &str {
    match item {
        Item::Alias(id) => &api[id].name,
        Item::Enum(id) => &api[id].name,
        Item::Record(id) => &api[id].name,
        Item::Error(id) => &api[id].name,
        Item::Class(id) => &api[id].name,
    }
}
