#![no_main]

use connect_policy_fuzz::tree_is_sound;
use connect_policy_syntax::Format;

libfuzzer_sys::fuzz_target!(|text: &str| tree_is_sound(text, Format::Hcl));
