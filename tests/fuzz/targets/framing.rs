#![no_main]

use connect_policy_fuzz::only_sound_messages_pass;

libfuzzer_sys::fuzz_target!(|stream: &[u8]| only_sound_messages_pass(stream));
