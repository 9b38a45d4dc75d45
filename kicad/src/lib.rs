//! S-expressions and typed KiCad files. What the declarations say of each field drives the codec; nothing here knows a
//! record by name.

include!(concat!(env!("OUT_DIR"), "/pyrus.rs"));

mod tree;

/// A module with a kind of file in it: `loads` and `dumps`.
macro_rules! files {
    ($($module:ident $file:ident),* $(,)?) => {$(
        #[doc = concat!("What `pyrus.sexp.", stringify!($module), "` calls.")]
        pub mod $module {
            use crate::api::$module::$file;

            /// Read a file from its text.
            pub fn loads(text: &str) -> Result<$file, pyrus::exc::ValueError> {
                pyrus_codec::loads(text)
                    .map_err(|error| pyrus::exc::ValueError::new(error.in_package("kicad").message(text)))
            }

            /// The text of a file.
            pub fn dumps(file: pyrus::live::Live<'_, $file>) -> pyrus::Result<String> {
                pyrus_codec::dumps(file)
            }
        }
    )*};
}

files! {
    pcb PcbFile,
    footprint FootprintFile,
    netlist NetlistFile,
    fp_lib_table FpLibTableFile,
    symbol SymbolFile,
    schematic SchematicFile,
    footprint_v5 FootprintFile,
    symbol_v6 SymbolFile,
}
