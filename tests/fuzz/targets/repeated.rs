#![no_main]

use connect_policy_fuzz::{Repetition, growth_is_linear};

libfuzzer_sys::fuzz_target!(|repetition: Repetition<'_>| growth_is_linear(&repetition));
