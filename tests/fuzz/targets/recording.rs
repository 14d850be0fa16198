//! Recording files.

#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| playground_fuzz::recording(octets));
