//! `cargo xtask docs`: the pages of `docs/` as a site.

use std::process::Command;

use crate::shell::{output, root, step};
use crate::venv;

/// Build the site into `target/site`. A page that is in no menu and a link that leads nowhere are errors.
pub(crate) fn run() -> anyhow::Result<()> {
    let site = venv::target_dir()?.join("site");
    let python = venv::ready(&venv::base_python())?;
    step("pages", || {
        output(
            Command::new(python)
                .args(["-m", "mkdocs", "build", "--strict", "--site-dir"])
                .arg(&site)
                .current_dir(root()),
        )
    })?;
    println!("the site is at {}", site.join("index.html").display());
    Ok(())
}
