//! Which packages have declarations, and which of their features are on by default.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cargo_metadata::{Metadata, MetadataCommand, TargetKind};
use pyrus_build::DECLARATIONS;
use pyrus_build::features::Features;
use pyrus_idl::{Api, Report};

use crate::args::Selection;
use crate::{Problem, terminal};

/// A package with declarations.
pub(crate) struct Package {
    /// Its name.
    pub(crate) name: String,
    /// The folder of its `Cargo.toml`.
    pub(crate) folder: PathBuf,
    /// Its default features.
    pub(crate) features: Features,
    /// The root file of its library.
    pub(crate) library: Option<PathBuf>,
    /// Cargo's id of it.
    pub(crate) id: String,
    /// The folder of the workspace's `Cargo.toml`.
    pub(crate) workspace: PathBuf,
    /// Where Cargo builds.
    pub(crate) target: PathBuf,
}

impl Package {
    /// The checked declarations.
    pub(crate) fn load(&self) -> Result<Api, Report> {
        pyrus_idl::load(&self.folder.join(DECLARATIONS))
    }

    /// The checked declarations without what the features switch off; mistakes are shown.
    pub(crate) fn load_or_show(&self) -> Option<Api> {
        match self.load() {
            Ok(api) => Some(self.features.apply(&api)),
            Err(report) => {
                terminal::note(&report.render(terminal::color()));
                None
            }
        }
    }
}

/// The packages to work on; at least one.
pub(crate) fn select(selection: &Selection) -> Result<Vec<Package>, Problem> {
    let metadata = metadata(selection)?;
    let only = selection
        .manifest_path
        .as_ref()
        .and_then(|path| path.canonicalize().ok());
    let members = metadata.workspace_packages();
    let is_given = |path: &Path| only.as_deref().is_some_and(|only| path == only);
    let given = members
        .iter()
        .any(|member| is_given(member.manifest_path.as_std_path()));
    let mut packages: Vec<_> = members
        .into_iter()
        .filter(|member| !given || is_given(member.manifest_path.as_std_path()))
        .filter_map(|member| package(&metadata, member))
        .collect();
    packages.sort_by(|a, b| a.name.cmp(&b.name));
    if packages.is_empty() {
        let place = if given {
            "the package"
        } else {
            "any package of the workspace"
        };
        return Err(format!(
            "there is no {DECLARATIONS} beside the Cargo.toml of {place}"
        ));
    }
    Ok(packages)
}

fn metadata(selection: &Selection) -> Result<Metadata, Problem> {
    let mut command = MetadataCommand::new();
    command.no_deps();
    if let Some(path) = &selection.manifest_path {
        command.manifest_path(path);
    }
    command.exec().map_err(|error| match error {
        cargo_metadata::Error::CargoMetadata { stderr } => {
            stderr.trim().trim_start_matches("error: ").to_owned()
        }
        other => other.to_string(),
    })
}

fn package(metadata: &Metadata, member: &cargo_metadata::Package) -> Option<Package> {
    let folder = member.manifest_path.parent()?.as_std_path().to_owned();
    let name = member.name.to_string();
    folder.join(DECLARATIONS).is_file().then(|| Package {
        name,
        folder,
        features: default_features(member),
        library: library_of(member).map(|target| target.src_path.as_std_path().to_owned()),
        id: member.id.repr.clone(),
        workspace: metadata.workspace_root.as_std_path().to_owned(),
        target: metadata.target_directory.as_std_path().to_owned(),
    })
}

fn library_of(member: &cargo_metadata::Package) -> Option<&cargo_metadata::Target> {
    let is_library = |target: &&cargo_metadata::Target| {
        target.kind.iter().any(|kind| {
            matches!(
                kind,
                TargetKind::Lib | TargetKind::RLib | TargetKind::CDyLib
            )
        })
    };
    member.targets.iter().find(is_library)
}

/// The root file of a library of the workspace.
pub(crate) fn library(selection: &Selection, name: &str) -> Result<Option<PathBuf>, Problem> {
    let metadata = metadata(selection)?;
    let members = metadata.workspace_packages().into_iter();
    let mut libraries = members.filter_map(library_of);
    let found = libraries.find(|target| target.name.replace('-', "_") == name);
    Ok(found.map(|target| target.src_path.as_std_path().to_owned()))
}

/// The one package to work on: the only one, or the one around the working directory.
pub(crate) fn one(selection: &Selection) -> Result<Package, Problem> {
    let mut packages = select(selection)?;
    if packages.len() == 1 {
        return Ok(packages.remove(0));
    }
    let here = std::env::current_dir().and_then(|folder| folder.canonicalize());
    let names: Vec<_> = packages
        .iter()
        .map(|package| package.name.clone())
        .collect();
    let around = |package: &Package| {
        here.as_ref()
            .is_ok_and(|here| here.starts_with(&package.folder))
    };
    packages.retain(around);
    packages.sort_by_key(|package| package.folder.components().count());
    packages.pop().ok_or_else(|| {
        format!(
            "several packages have declarations ({}): run this in the folder of one, or name it with `--manifest-path`",
            names.join(", ")
        )
    })
}

/// The features that `default` reaches.
fn default_features(member: &cargo_metadata::Package) -> Features {
    let mut found = BTreeSet::new();
    let mut todo = vec!["default"];
    while let Some(name) = todo.pop() {
        if let Some(needs) = member.features.get(name)
            && found.insert(name)
        {
            todo.extend(needs.iter().map(String::as_str));
        }
    }
    found.into_iter().collect()
}
