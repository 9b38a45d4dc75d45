//! A union of our own.

#[derive(Clone, Debug, PartialEq)]
pub enum Remark {
    Text(String),
    Number(i64),
    Lines(Vec<String>),
}

pub fn remark(value: Remark) -> Remark {
    match value {
        Remark::Text(text) => Remark::Lines(text.lines().map(str::to_owned).collect()),
        Remark::Number(number) => Remark::Number(number.wrapping_add(1)),
        Remark::Lines(lines) => Remark::Text(lines.join("\n")),
    }
}
