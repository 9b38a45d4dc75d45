//! The files of a new project, one template each.

use askama::Template;

use super::name::Names;
use super::source::Pyrus;

/// Where the schema lies in the project; `bindings.yaml` says so to editors.
pub(super) const SCHEMA: &str = "schema/bindings.schema.json";

const RUST_VERSION: &str = env!("CARGO_PKG_RUST_VERSION");

/// Which ABI the project's extension is for.
#[derive(Clone, Copy)]
pub(super) struct Abi {
    stable: bool,
    /// Features of the runtime.
    features: &'static [&'static str],
    /// The oldest Python that it is for.
    oldest: &'static str,
}

impl Abi {
    /// The stable one, or that of each version.
    pub(super) fn new(stable: bool) -> Self {
        let (features, oldest): (&[&str], _) = if stable {
            (&["abi3"], "3.12")
        } else {
            (&[], "3.9")
        };
        Self {
            stable,
            features,
            oldest,
        }
    }
}

/// Every file but the stubs: path below the project with forward slashes, and text.
#[allow(clippy::too_many_lines, reason = "one entry per file reads as a list")]
pub(super) fn render(name: &Names, pyrus: &Pyrus, abi: Abi) -> Vec<(String, String)> {
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
                pyrus: pyrus.dependency("pyrus", abi.features),
                pyrus_build: pyrus.dependency("build", &[]),
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
                oldest: abi.oldest,
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
                stable: abi.stable,
            }),
        ),
        (".gitignore".to_owned(), text(&Ignored)),
        (
            ".github/workflows/ci.yml".to_owned(),
            text(&Workflow {
                path: pyrus.path(),
                oldest: abi.oldest,
            }),
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
#[template(path = "new/Cargo.toml.jinja", escape = "none")]
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
#[template(path = "new/bindings.yaml.jinja", escape = "none")]
struct Declarations<'a> {
    package: &'a str,
    extension: &'a str,
    schema: &'a str,
}

#[derive(Template)]
#[template(path = "new/build.rs.jinja", escape = "none")]
struct BuildScript;

#[derive(Template)]
#[template(path = "new/lib.rs.jinja", escape = "none")]
struct Library<'a> {
    extension: &'a str,
}

#[derive(Template)]
#[template(path = "new/init.py.jinja", escape = "none")]
struct Package<'a> {
    extension: &'a str,
}

#[derive(Template)]
#[template(path = "new/test.py.jinja", escape = "none")]
struct Tests<'a> {
    package: &'a str,
}

#[derive(Template)]
#[template(path = "new/pyproject.toml.jinja", escape = "none")]
struct PyProject<'a> {
    crate_name: &'a str,
    package: &'a str,
    extension: &'a str,
    oldest: &'a str,
}

#[derive(Template)]
#[template(path = "new/README.md.jinja", escape = "none")]
struct Readme<'a> {
    crate_name: &'a str,
    package: &'a str,
    extension: &'a str,
    schema: &'a str,
    rust_version: &'a str,
    /// One wheel serves many versions.
    stable: bool,
}

#[derive(Template)]
#[template(path = "new/gitignore.jinja", escape = "none")]
struct Ignored;

#[derive(Template)]
#[template(path = "new/ci.yml.jinja", escape = "none")]
struct Workflow<'a> {
    /// The checkout of Pyrus that the project names.
    path: Option<&'a str>,
    oldest: &'a str,
}
