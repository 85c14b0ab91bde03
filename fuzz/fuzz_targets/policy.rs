//! Validation policies in JSON.

#![no_main]

use libfuzzer_sys::fuzz_target;
use seing::validation::Policy;

fuzz_target!(|input: &[u8]| {
    let Ok(policy) = str::from_utf8(input).map(Policy::from_json).unwrap_or_else(|_| Policy::from_json("")) else {
        return;
    };
    let again = Policy::from_json(&policy.to_json().unwrap()).unwrap();
    assert_eq!(again, policy);
    assert_eq!(again.digest().unwrap(), policy.digest().unwrap());
});
