#![no_main]

use connect_policy_fuzz::Case;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some(case) = Case::read(bytes) {
        case.check();
    }
});
