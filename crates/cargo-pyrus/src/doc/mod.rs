//! `cargo pyrus doc`: API pages from the model, one per module.

mod html;
mod page;
mod signature;
mod text;

use std::path::{Path, PathBuf};

use pyrus_build::emit::Plan;
use pyrus_build::render_stubs;
use pyrus_idl::Api;
use pyrus_idl::model::ModuleId;

use crate::args::{DocFormat, Selection};
use crate::packages::Package;
use crate::{Outcome, Problem, packages, terminal};

/// Writes the pages of every package.
pub(crate) fn run(
    selection: &Selection,
    format: DocFormat,
    out: Option<&Path>,
) -> Result<Outcome, Problem> {
    let packages = packages::select(selection)?;
    let loaded: Vec<_> = packages.iter().map(Package::load_or_show).collect();
    let Some(apis) = loaded.into_iter().collect::<Option<Vec<_>>>() else {
        return Ok(Outcome::Findings);
    };
    for (package, api) in packages.iter().zip(&apis) {
        let folder = match out {
            Some(out) if packages.len() == 1 => out.to_owned(),
            Some(out) => out.join(&package.name),
            None => package.target.join("python-doc").join(&package.name),
        };
        write(package, api, format, folder)?;
    }
    Ok(Outcome::Fine)
}

fn write(package: &Package, api: &Api, format: DocFormat, folder: PathBuf) -> Result<(), Problem> {
    let pages = pages(package, api);
    let nav: Vec<_> = pages
        .iter()
        .map(|(title, stem, _)| (title.clone(), format!("{stem}.html")))
        .collect();
    let mut files = Vec::new();
    for (title, stem, markdown) in &pages {
        if format != DocFormat::Html {
            files.push((format!("{stem}.md"), markdown.clone()));
        }
        if format != DocFormat::Md {
            files.push((format!("{stem}.html"), html::page(title, markdown, &nav)));
        }
    }
    Plan::new(&folder, &files)
        .and_then(Plan::apply)
        .map_err(|error| error.to_string())?;
    let start = if format == DocFormat::Md {
        "index.md"
    } else {
        "index.html"
    };
    terminal::note(&format!(
        "{}: {} pages, from {}",
        package.name,
        files.len(),
        folder.join(start).display()
    ));
    Ok(())
}

/// Title, file without ending, and Markdown of every page; the index first.
fn pages(package: &Package, api: &Api) -> Vec<(String, String, String)> {
    let stubs = render_stubs(api, &package.features);
    let modules = (0..api.modules.len()).map(ModuleId).zip(&stubs);
    let pages: Vec<_> = modules
        .map(|(id, (_, stub))| {
            let name = api[id].name.clone();
            (name.clone(), name, page::module(api, id, stub))
        })
        .collect();
    let list = (0..api.modules.len()).map(ModuleId).map(|id| {
        let module = &api[id];
        let doc = module.doc.as_deref().unwrap_or_default();
        let first = doc.lines().next().unwrap_or_default();
        format!(
            "- [`{}`]({}) {}\n",
            module.name,
            text::file(api, id),
            text::prose(first)
        )
    });
    let list: String = list.collect();
    let title = format!("API of {}", api.extension);
    let index = format!("# API of `{}`\n\n{list}", api.extension);
    std::iter::once((title, "index".to_owned(), index))
        .chain(pages)
        .collect()
}
