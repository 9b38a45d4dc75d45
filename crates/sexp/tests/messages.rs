//! How errors are shown.

use pyrus_sexp::{Error, ErrorKind, Tape};

/// An error about the first place where `part` stands, and its lines.
fn lines(text: &str, part: &str) -> Vec<String> {
    let start = text.find(part).unwrap();
    let error = Error::new(
        ErrorKind::InvalidValue,
        start..start + part.len(),
        "no good",
    );
    error.message(text).lines().map(str::to_owned).collect()
}

/// The mark line must point at the part, character by character.
fn check_marks(text: &str, part: &str) {
    let lines = lines(text, part);
    let (source, marks) = (&lines[1], &lines[2]);
    let before = marks.chars().take_while(|char| *char != '^').count();
    let count = marks.chars().filter(|char| *char == '^').count();
    let marked: String = source.chars().skip(before).take(count).collect();
    assert!(
        part.starts_with(&marked) && !marked.is_empty(),
        "{source}\n{marks}"
    );
}

#[test]
fn the_whole_form() {
    let text = "(footprint \"a\"\n  (version soon))";
    let error = Error::new(
        ErrorKind::UnexpectedType,
        26..30,
        "got symbol 'soon' but expected number",
    )
    .within("kicad.footprint.Footprint", Some("version".into()))
    .within("outer", None);
    assert_eq!(
        error.message(text),
        "UnexpectedType in kicad.footprint.Footprint field 'version' at 2:12: got symbol 'soon' but \
         expected number\nsource:   (version soon))\n                   ^^^^"
    );
    assert_eq!(
        (error.type_name(), error.field()),
        (Some("kicad.footprint.Footprint"), Some("version"))
    );
}

#[test]
fn marks_stand_below_what_they_mean() {
    check_marks("(a bad)", "bad");
    check_marks("\t\t(a bad)", "bad");
    check_marks("(\"éé\" bad)", "bad");
    check_marks("(a\nbad\r\n)", "bad");
    let fill = "é".repeat(500);
    check_marks(&format!("(\"{fill}\" bad \"{fill}\")"), "bad");
    check_marks(&format!("(bad \"{fill}\")"), "bad");
    let long = "q".repeat(2500);
    check_marks(&format!("(version {long})"), &long);
}

#[test]
fn what_goes_on_behind_its_line_has_one_mark() {
    let lines = lines("(a (b\nc))", "(b\nc)");
    assert_eq!(lines[2], "           ^");
}

#[test]
fn messages_are_never_long() {
    let long = "é".repeat(5000);
    let text = format!("(k \"{long}\" [)");
    let error = Tape::parse(&text).unwrap_err();
    assert!(error.message(&text).len() < 700);
    let error = Error::new(ErrorKind::InvalidValue, 0..1, long);
    assert!(error.message(&text).len() < 2000);
}

#[test]
fn an_empty_line_is_not_shown() {
    let error = Tape::parse("  \n\t").unwrap_err();
    assert_eq!(
        error.message("  \n\t"),
        "EmptyFile at 2:2: expected a list, found the end of the text"
    );
    assert_eq!(
        error.to_string(),
        "EmptyFile at byte 4: expected a list, found the end of the text"
    );
}

#[test]
fn columns_count_characters() {
    let text = "(a \"é😀\" bad)";
    assert!(lines(text, "bad")[0].contains(" at 1:9: "));
}
