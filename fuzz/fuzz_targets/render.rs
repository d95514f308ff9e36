#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bgspec_fuzz::render::run(bytes));
