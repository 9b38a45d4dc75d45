//! Where no default path leads.

pub fn moved() -> String {
    "elsewhere".to_owned()
}
