//! The files of a new project, one template each.

use askama::Template;

use super::name::Names;
use super::source::Pyrus;

/// Where the schema lies in the project; `bindings.yaml` says so to editors.
pub(super) const SCHEMA: &str = "schema/bindings.schema.json";

const RUST_VERSION: &str = env!("CARGO_PKG_RUST_VERSION");

/// Every file but the stubs: path below the project with forward slashes, and text.
#[allow(clippy::too_many_lines, reason = "one entry per file reads as a list")]
pub(super) fn render(name: &Names, pyrus: &Pyrus) -> Vec<(String, String)> {
    let Names {
        crate_name,
        package,
        module,
        extension,
    } = name;
    let text = |template: &dyn Rendered| template.text();
    let schema = format!("{:#}\n", pyrus_idl::json_schema());
    [
        (
            "Cargo.toml".to_owned(),
            text(&Manifest {
                crate_name,
                package,
                module,
                extension,
                rust_version: RUST_VERSION,
                pyrus: pyrus.dependency("pyrus"),
                pyrus_build: pyrus.dependency("build"),
            }),
        ),
        (
            "bindings.yaml".to_owned(),
            text(&Declarations {
                package,
                extension,
                schema: SCHEMA,
            }),
        ),
        ("build.rs".to_owned(), text(&BuildScript)),
        ("src/lib.rs".to_owned(), text(&Library { extension })),
        (
            format!("python/{package}/__init__.py"),
            text(&Package { extension }),
        ),
        (format!("python/{package}/py.typed"), String::new()),
        (format!("tests/test_{package}.py"), text(&Tests { package })),
        (
            "pyproject.toml".to_owned(),
            text(&PyProject {
                crate_name,
                package,
                extension,
            }),
        ),
        (
            "README.md".to_owned(),
            text(&Readme {
                crate_name,
                package,
                extension,
                schema: SCHEMA,
                rust_version: RUST_VERSION,
            }),
        ),
        (".gitignore".to_owned(), text(&Ignored)),
        (
            ".github/workflows/ci.yml".to_owned(),
            text(&Workflow { path: pyrus.path() }),
        ),
        (SCHEMA.to_owned(), schema),
    ]
    .into()
}

/// Text that ends with one newline.
trait Rendered {
    fn text(&self) -> String;
}

impl<T: Template> Rendered for T {
    fn text(&self) -> String {
        let text = self.render().expect("templates write to memory");
        format!("{}\n", text.trim())
    }
}

#[derive(Template)]
#[template(path = "new/Cargo.toml.jinja")]
struct Manifest<'a> {
    crate_name: &'a str,
    package: &'a str,
    module: &'a str,
    extension: &'a str,
    rust_version: &'a str,
    /// The right side of the dependency.
    pyrus: String,
    pyrus_build: String,
}

#[derive(Template)]
#[template(path = "new/bindings.yaml.jinja")]
struct Declarations<'a> {
    package: &'a str,
    extension: &'a str,
    schema: &'a str,
}

#[derive(Template)]
#[template(path = "new/build.rs.jinja")]
struct BuildScript;

#[derive(Template)]
#[template(path = "new/lib.rs.jinja")]
struct Library<'a> {
    extension: &'a str,
}

#[derive(Template)]
#[template(path = "new/init.py.jinja")]
struct Package<'a> {
    extension: &'a str,
}

#[derive(Template)]
#[template(path = "new/test.py.jinja")]
struct Tests<'a> {
    package: &'a str,
}

#[derive(Template)]
#[template(path = "new/pyproject.toml.jinja")]
struct PyProject<'a> {
    crate_name: &'a str,
    package: &'a str,
    extension: &'a str,
}

#[derive(Template)]
#[template(path = "new/README.md.jinja")]
struct Readme<'a> {
    crate_name: &'a str,
    package: &'a str,
    extension: &'a str,
    schema: &'a str,
    rust_version: &'a str,
}

#[derive(Template)]
#[template(path = "new/gitignore.jinja")]
struct Ignored;

#[derive(Template)]
#[template(path = "new/ci.yml.jinja")]
struct Workflow<'a> {
    /// The checkout of Pyrus that the project names.
    path: Option<&'a str>,
}
