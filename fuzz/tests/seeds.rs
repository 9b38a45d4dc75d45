//! What the target `codec` begins with holds. Miri runs this: it is the codec and live records without an interpreter.

#[path = "../fuzz_targets/round_trip.rs"]
mod round_trip;

/// One test for each file: Miri takes a while, and this says of what.
macro_rules! seeds {
    ($($test:ident $file:literal),* $(,)?) => {$(
        #[test]
        fn $test() {
            assert!(round_trip::holds(include_str!(concat!("../seeds/", $file))));
        }
    )*};
}

seeds! {
    board "board.kicad_pcb",
    footprint "footprint.kicad_mod",
    footprint_of_version_5 "v5.kicad_mod",
    library_table "fp-lib-table",
    netlist "netlist.net",
    sheet "sheet.kicad_sch",
    symbols "symbols.kicad_sym",
    symbols_of_version_6 "v6.kicad_sym",
}

/// Also where it is cut off: everything that was made until then is let go.
#[test]
fn parts_are_refused() {
    let board = include_str!("../seeds/board.kicad_pcb");
    for end in (1..board.len() - 2).step_by(97) {
        assert!(!round_trip::holds(&board[..end]));
    }
}
