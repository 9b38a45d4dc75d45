//! `cargo pyrus stubs`.

use pyrus_build::sync::{self, Mode};
use pyrus_build::{STUBS, stub_files};

use crate::args::Selection;
use crate::packages::Package;
use crate::{Outcome, Problem, packages, terminal};

/// Updates or checks the stubs of every package. Nothing is written when any declaration is wrong.
pub(crate) fn run(selection: &Selection, check: bool) -> Result<Outcome, Problem> {
    let packages = packages::select(selection)?;
    let rendered: Vec<_> = packages.iter().map(render).collect();
    let Some(rendered) = rendered.into_iter().collect::<Option<Vec<_>>>() else {
        return Ok(Outcome::Findings);
    };
    let mode = if check { Mode::Check } else { Mode::Write };
    let mut differ = false;
    for (package, files) in packages.iter().zip(rendered) {
        differ |= one(package, &files, mode)?;
    }
    if differ {
        terminal::complain("the stubs differ from the declarations: run `cargo pyrus stubs`");
        return Ok(Outcome::Findings);
    }
    Ok(Outcome::Fine)
}

fn render(package: &Package) -> Option<Vec<(String, String)>> {
    package
        .load_or_show()
        .map(|api| stub_files(&api, &package.features))
}

/// Whether the stubs of a package differ although they may not.
fn one(package: &Package, files: &[(String, String)], mode: Mode) -> Result<bool, Problem> {
    match sync::sync(&package.folder.join(STUBS), files, mode) {
        Ok(changed) => {
            for name in &changed {
                terminal::note(&format!("{}: updated {STUBS}/{name}", package.name));
            }
            if changed.is_empty() {
                terminal::note(&format!("{}: the stubs are up to date", package.name));
            }
            Ok(false)
        }
        Err(sync::Error::Differ(diff)) => {
            terminal::diff(&diff);
            Ok(true)
        }
        Err(error) => Err(format!("{}: {error}", package.name)),
    }
}
