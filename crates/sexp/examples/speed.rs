//! How fast a file is read and written: `cargo run --release -p pyrus-sexp --example speed FILE [ROUNDS]`.
//!
//! The best of the rounds is shown: on a busy machine, the others measure the neighbours.

#![allow(clippy::cast_precision_loss)]

use std::hint::black_box;
use std::time::Instant;

use pyrus_sexp::{Kind, Tape, Writer, number};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("usage: speed FILE [ROUNDS]")?;
    let rounds: u32 = arguments.next().map_or(Ok(50), |text| text.parse())?;
    let text = std::fs::read_to_string(&path)?;
    let tape = Tape::parse(&text).map_err(|error| error.message(&text))?;
    let megabytes = text.len() as f64 / 1e6;
    println!("{path}: {megabytes:.3} MB, {} tokens", tape.len());
    let show = |what: &str, seconds: f64| println!("{what:<24} {:8.0} MB/s", megabytes / seconds);

    show("tape", best(rounds, || Tape::parse(&text).is_ok()));
    show("walk", best(rounds, || walk(&tape)));
    show("floats", best(rounds, || floats(&tape)));
    show("write", best(rounds, || tape.write().len()));
    show("write floats", best(rounds, || write_floats(&tape)));
    show(
        "tape, write",
        best(rounds, || {
            Tape::parse(&text).map_or(0, |tape| tape.write().len())
        }),
    );
    println!("byte-identical: {}", tape.write() == text);
    Ok(())
}

fn best<T>(rounds: u32, mut what: impl FnMut() -> T) -> f64 {
    (0..rounds.max(1))
        .map(|_| {
            let start = Instant::now();
            black_box(what());
            start.elapsed().as_secs_f64()
        })
        .fold(f64::INFINITY, f64::min)
}

/// Visit every list and compare its key, as a reader of types does.
fn walk(tape: &Tape<'_>) -> usize {
    let mut open = vec![tape.items()];
    let mut points = 0;
    while let Some(children) = open.last_mut() {
        match children.next() {
            Some(node) if node.is_list() => {
                if let Some((key, rest)) = node.keyed() {
                    points += usize::from(key == "at");
                    open.push(rest);
                }
            }
            Some(_) => {}
            None => drop(open.pop()),
        }
    }
    points
}

fn numbers(tape: &Tape<'_>) -> Vec<f64> {
    let mut values = Vec::new();
    let mut open = vec![tape.items()];
    while let Some(children) = open.last_mut() {
        match children.next() {
            Some(node) if node.is_list() => open.push(node.children()),
            Some(node) if node.kind() == Kind::Number => {
                values.extend(number::parse_float(node.raw()));
            }
            Some(_) => {}
            None => drop(open.pop()),
        }
    }
    values
}

fn floats(tape: &Tape<'_>) -> usize {
    numbers(tape).len()
}

/// All numbers of the file, as one list of floats.
fn write_floats(tape: &Tape<'_>) -> usize {
    let mut out = Writer::with_capacity(tape.text().len());
    out.open("numbers");
    for value in numbers(tape) {
        let _ = out.float(value);
    }
    out.close();
    out.finish().len()
}
