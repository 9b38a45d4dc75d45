//! Glue is made for one target, so what exists elsewhere only is left out.

use pyrus_idl::model::{Api, Condition, Constant, Function, Platform};

/// The platform that is built for: what Cargo says, or this machine outside of Cargo.
pub(crate) fn target() -> Platform {
    let os =
        std::env::var("CARGO_CFG_TARGET_OS").unwrap_or_else(|_| std::env::consts::OS.to_owned());
    match os.as_str() {
        "macos" | "ios" => Platform::Darwin,
        "windows" => Platform::Win32,
        _ => Platform::Linux,
    }
}

/// The model without what does not exist on `platform`.
pub(crate) fn apply(mut api: Api, platform: Platform) -> Api {
    let exists = |condition: &Condition| {
        condition.platforms.is_empty() || condition.platforms.contains(&platform)
    };
    let known = api.clone();
    for module in &mut api.modules {
        module
            .items
            .retain(|item| exists(crate::features::condition(&known, *item)));
        functions(&mut module.functions, &exists);
        constants(&mut module.constants, &exists);
        module
            .namespaces
            .retain(|namespace| exists(&namespace.condition));
        for namespace in &mut module.namespaces {
            functions(&mut namespace.functions, &exists);
            constants(&mut namespace.constants, &exists);
        }
    }
    for class in &mut api.classes {
        functions(&mut class.methods, &exists);
        constants(&mut class.constants, &exists);
    }
    for record in &mut api.records {
        functions(&mut record.methods, &exists);
        constants(&mut record.constants, &exists);
    }
    api
}

fn functions(list: &mut Vec<Function>, exists: &impl Fn(&Condition) -> bool) {
    list.retain(|function| exists(&function.condition));
}

fn constants(list: &mut Vec<Constant>, exists: &impl Fn(&Condition) -> bool) {
    list.retain(|constant| exists(&constant.condition));
}
