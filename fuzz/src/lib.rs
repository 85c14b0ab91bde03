//! What the fuzz targets share: a throw-away PKI that is the same in every run, documents that it signed, and a mutator that
//! knows the encoding.

pub mod der;
pub mod dossiers;
pub mod records;
pub mod seeds;
pub mod world;

pub use libfuzzer_sys;

/// A fuzz target whose inputs are mutated as trees of elements, so that lengths stay right.
#[macro_export]
macro_rules! fuzz_encoding {
    (|$input:ident: &[u8]| $body:expr) => {
        $crate::libfuzzer_sys::fuzz_target!(|$input: &[u8]| $body);
        $crate::libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
            $crate::der::mutate(data, size, max_size, seed)
        });
    };
}
