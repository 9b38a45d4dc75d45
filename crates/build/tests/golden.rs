//! Stubs of every shape against committed ones. `PYRUS_BLESS=1` writes them anew; a plain run never does.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use pyrus_build::features::Features;

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/stub")
}

fn cases() -> Vec<PathBuf> {
    let mut out: Vec<_> = fs::read_dir(golden())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    out.retain(|path| path.join("bindings.yaml").exists());
    out.sort();
    out
}

fn rendered(case: &Path) -> BTreeMap<String, String> {
    let api = match pyrus_idl::load(&case.join("bindings.yaml")) {
        Ok(api) => api,
        Err(report) => panic!("{}", report.render(false)),
    };
    let features: Features = ["fast", "fast-math"].into_iter().collect();
    pyrus_build::render_stubs(&api, &features)
        .into_iter()
        .collect()
}

fn committed(folder: &Path) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let mut todo = vec![folder.to_owned()];
    while let Some(next) = todo.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                todo.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap();
                let name = name.to_string_lossy().replace('\\', "/");
                out.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    out
}

#[test]
fn stubs_are_as_committed() {
    let bless = std::env::var_os("PYRUS_BLESS").is_some_and(|value| value == "1");
    for case in cases() {
        let folder = case.join("gen");
        let now = rendered(&case);
        if bless {
            let _ = fs::remove_dir_all(&folder);
            for (name, text) in &now {
                let path = folder.join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
        }
        let before = committed(&folder);
        assert_eq!(
            now.keys().collect::<Vec<_>>(),
            before.keys().collect::<Vec<_>>(),
            "files of {}",
            case.display()
        );
        for (name, text) in &now {
            let diff = pyrus_build::diff::unified(name, &before[name], text);
            assert!(diff.is_empty(), "PYRUS_BLESS=1 accepts this:\n{diff}");
        }
    }
}

#[test]
fn rendering_is_deterministic() {
    for case in cases() {
        assert_eq!(rendered(&case), rendered(&case));
    }
}
