//! `cargo pyrus dump`: the way of the declarations, or of one item, stage by stage.

use std::fs;

use pyrus_build::{glue, render_stubs};
use pyrus_idl::Api;
use serde_json::Value;

use crate::args::{Selection, Stage};
use crate::items::{self, Named};
use crate::packages::Package;
use crate::{Outcome, Problem, cut, packages, terminal};

/// Shows a stage of every package.
pub(crate) fn run(
    selection: &Selection,
    stage: Stage,
    item: Option<&str>,
) -> Result<Outcome, Problem> {
    let mut outcome = Outcome::Fine;
    let mut found = item.is_none();
    for package in packages::select(selection)? {
        let Some(api) = package.load_or_show() else {
            outcome = Outcome::Findings;
            continue;
        };
        match item {
            None => whole(&package, &api, stage)?,
            Some(name) => {
                let items = items::find(&api, name);
                found |= !items.is_empty();
                for item in items {
                    one(&package, &api, stage, &item)?;
                }
            }
        }
    }
    match (item, found, &outcome) {
        (Some(name), false, Outcome::Fine) => Err(format!("nothing is named `{name}`")),
        _ => Ok(outcome),
    }
}

fn whole(package: &Package, api: &Api, stage: Stage) -> Result<(), Problem> {
    if stage == Stage::Model {
        terminal::json(&serde_json::to_value(api).expect("the model is plain data"));
        return Ok(());
    }
    for (name, text) in texts(package, api, stage)? {
        terminal::print(&format!("{} {name}\n{text}", sign(stage)));
    }
    Ok(())
}

fn one(package: &Package, api: &Api, stage: Stage, item: &Named) -> Result<(), Problem> {
    let Named {
        path,
        origin,
        model,
    } = item;
    if stage == Stage::Model {
        terminal::json(&Value::Object(
            [(path.clone(), model.clone())].into_iter().collect(),
        ));
        return Ok(());
    }
    let mark = format!("{}:{}", origin.file, origin.line);
    for (name, text) in texts(package, api, stage)? {
        let parts = match stage {
            Stage::Source if name == origin.file => cut::block(&text, origin.line as usize - 1),
            Stage::Source => String::new(),
            Stage::Glue => cut::glue(&text, &mark),
            _ => cut::stub(&text, &mark),
        };
        if !parts.is_empty() {
            terminal::print(&format!("{} {name}: {path}\n{parts}", sign(stage)));
        }
    }
    Ok(())
}

/// The files of a stage.
fn texts(package: &Package, api: &Api, stage: Stage) -> Result<Vec<(String, String)>, Problem> {
    match stage {
        Stage::Glue => Ok(glue::render(api, &package.features)),
        Stage::Stub => Ok(render_stubs(api, &package.features)),
        _ => api.files.iter().map(|name| source(package, name)).collect(),
    }
}

fn source(package: &Package, name: &str) -> Result<(String, String), Problem> {
    match fs::read_to_string(package.folder.join(name)) {
        Ok(text) => Ok((name.to_owned(), text)),
        Err(error) => Err(format!("{name}: {error}")),
    }
}

/// What begins a comment.
fn sign(stage: Stage) -> &'static str {
    if stage == Stage::Glue { "//" } else { "#" }
}
