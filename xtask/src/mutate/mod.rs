//! `cargo xtask mutate`: break the runtime in one place after the other, and see that some test notices.
//!
//! Two lists: every line that counts a reference and every check of [`checks`], and, with `--generated`, what
//! `cargo-mutants` makes of a file. The zoo, which uses every word of the declaration language, is the judge; what it does not
//! notice, the tests of the runtime and of the package may.

mod checks;
mod excused;
mod judges;
mod list;
mod trial;

use std::collections::BTreeMap;
use std::time::Instant;

use anyhow::bail;
use indicatif::{ProgressBar, ProgressStyle};

use list::Mutation;
use trial::{Fate, Tree};

/// Arguments of `mutate`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only mutations whose name contains one of these words: a file, `Py_DECREF`, `borrow`, `range`.
    #[arg(long, value_name = "WORD")]
    only: Vec<String>,
    /// Instead of the list made by hand, what cargo-mutants makes of files of the runtime: `crates/pyrus/src/conv/*.rs`.
    #[arg(long, value_name = "GLOB")]
    generated: Vec<String>,
    /// Every n-th mutation only.
    #[arg(long, value_name = "N", default_value_t = 1)]
    every: usize,
    /// Count from this one, for another sample.
    #[arg(long, value_name = "K", default_value_t = 0)]
    from: usize,
    /// Of those, not the first ones: goes on where another run was ended.
    #[arg(long, value_name = "N", default_value_t = 0)]
    skip: usize,
    /// List the mutations, and try none.
    #[arg(long)]
    list: bool,
}

/// Try mutations; fails when one survives.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let mut all = if args.generated.is_empty() {
        list::by_hand()?
    } else {
        list::generated(&args.generated)?
    };
    if !args.only.is_empty() {
        all.retain(|one| args.only.iter().any(|word| one.name.contains(word)));
    }
    let sample = all.into_iter().skip(args.from).step_by(args.every.max(1));
    let chosen = sample.skip(args.skip);
    let chosen: Vec<_> = chosen.collect();
    if args.list {
        for one in chosen {
            println!("{}", one.name);
        }
        return Ok(());
    }
    let survivors = all_of(&chosen)?;
    println!("{} mutations, {} survived", chosen.len(), survivors.len());
    if survivors.is_empty() {
        return Ok(());
    }
    bail!("no test noticed:\n{}", survivors.join("\n"))
}

/// The list made by hand, or a tenth of it; how many, and which nobody noticed.
pub(crate) fn by_hand(quick: bool) -> anyhow::Result<(usize, Vec<String>)> {
    let all = list::by_hand()?;
    let chosen: Vec<_> = all
        .into_iter()
        .step_by(if quick { 10 } else { 1 })
        .collect();
    Ok((chosen.len(), all_of(&chosen)?))
}

/// Tries them; the names of those that survive and are not known to.
fn all_of(mutations: &[Mutation]) -> anyhow::Result<Vec<String>> {
    let mut tree = Tree::new()?;
    tree.sound()?;
    let style = ProgressStyle::with_template("{msg:60!} {wide_bar} {pos}/{len}, {eta}")?;
    let bar = ProgressBar::new(mutations.len() as u64).with_style(style);
    let mut survivors = Vec::new();
    let mut fates = BTreeMap::<&str, usize>::new();
    for one in mutations {
        bar.set_message(one.name.clone());
        let start = Instant::now();
        let (kind, word) = match tree.try_out(one)? {
            Fate::Noticed(by, clue) => (by, format!("noticed by {by}, {clue}")),
            Fate::Refused => ("the compiler", "does not compile".to_owned()),
            Fate::Same => (
                "nobody, for nothing is built otherwise",
                "leaves all extensions as they are".to_owned(),
            ),
            Fate::Survived => {
                if let Some(why) = one.excuse {
                    ("nobody, as may be", format!("survives, as it may: {why}"))
                } else {
                    survivors.push(one.name.clone());
                    ("nobody", "SURVIVED".to_owned())
                }
            }
        };
        *fates.entry(kind).or_default() += 1;
        let seconds = start.elapsed().as_secs();
        bar.suspend(|| println!("{}: {word} ({seconds} s)", one.name));
        bar.inc(1);
    }
    bar.finish_and_clear();
    for (who, count) in fates {
        println!("noticed by {who}: {count}");
    }
    Ok(survivors)
}
