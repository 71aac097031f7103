#![no_main]

use connect_policy_fuzz::{Case, answers_are_sound};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some(case) = Case::read(bytes) {
        answers_are_sound(&case);
    }
});
