#![no_main]

use connect_policy_fuzz::{Script, edits_follow_the_specification};

libfuzzer_sys::fuzz_target!(|script: Script<'_>| edits_follow_the_specification(&script));
