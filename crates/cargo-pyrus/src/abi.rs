//! Which extensions are for the stable ABI: one file for a version of `CPython` and all later ones.

use serde_json::Value;

use crate::python::Python;

/// The stable ABI of `CPython` 3.`minor`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stable {
    /// The oldest version that such an extension runs on.
    pub(crate) minor: u32,
}

impl Stable {
    /// As the configurations say that a build script of the runtime has set.
    pub(crate) fn of_build(cfgs: &[String]) -> Option<Self> {
        let is_limited = cfgs.iter().any(|cfg| cfg == "Py_LIMITED_API");
        let versions = cfgs.iter().filter_map(|cfg| cfg.strip_prefix("Py_3_"));
        let newest = versions.filter_map(|minor| minor.parse().ok()).max();
        is_limited.then_some(Self {
            minor: newest.unwrap_or_default(),
        })
    }

    /// As the features say that `cargo metadata` found.
    pub(crate) fn of_metadata(metadata: &Value) -> Option<Self> {
        let packages = metadata["packages"].as_array()?;
        let ffi = packages.iter().find(|one| one["name"] == "pyo3-ffi")?;
        let nodes = metadata["resolve"]["nodes"].as_array()?;
        let node = nodes.iter().find(|node| node["id"] == ffi["id"])?;
        let features = node["features"].as_array()?.iter();
        features
            .filter_map(|feature| feature.as_str()?.strip_prefix("abi3-py3")?.parse().ok())
            .min()
            .map(|minor| Self { minor })
    }

    /// Does it run on this interpreter?
    pub(crate) fn runs_on(self, python: &Python) -> bool {
        python.version[..] >= [3, self.minor][..]
    }
}

#[cfg(test)]
mod tests {
    use super::Stable;

    #[test]
    fn features_and_configurations_tell_the_oldest_version() {
        let cfgs = ["Py_3_9", "Py_3_12", "Py_LIMITED_API"].map(str::to_owned);
        let stable = Some(Stable { minor: 12 });
        assert_eq!(Stable::of_build(&cfgs), stable);
        assert_eq!(Stable::of_build(&cfgs[..2]), None);
        let features = |features: &[&str]| {
            serde_json::json!({
                "packages": [{"name": "pyo3-ffi", "id": "x"}],
                "resolve": {"nodes": [{"id": "x", "features": features}]},
            })
        };
        let both = features(&["abi3", "abi3-py312", "abi3-py313"]);
        assert_eq!(Stable::of_metadata(&both), stable);
        assert_eq!(Stable::of_metadata(&features(&["extension-module"])), None);
    }
}
