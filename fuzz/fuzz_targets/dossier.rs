//! Containers and dossiers: whatever is done to one that is sound, it tells nothing else than what was sealed.

#![no_main]

use libfuzzer_sys::fuzz_target;
use seing::ades::asic::Container;
use seing::contract::Dossier;
use seing::limits::Limits;
use seing_fuzz::dossiers::{dossiers, files_of, mutate};
use seing_fuzz::world::budget;

fuzz_target!(|input: &[u8]| {
    let Ok(container) = Container::parse(input, &Limits::default()) else { return };
    // What was read can be written where its names are plain, and is the same again.
    let mut again = Container::default();
    if container.files().all(|(name, octets)| again.add(name, octets.to_vec()).is_ok()) {
        let octets = again.to_octets().unwrap();
        assert_eq!(Container::parse(&octets, &Limits::default()).unwrap(), container);
    }
    let Ok(dossier) = Dossier::parse(input, &Limits::default()) else { return };
    let Ok(examination) = dossier.examine(&mut budget()) else { return };
    for fault in examination.faults() {
        assert!(!fault.to_string().is_empty());
    }
    let Ok(account) = examination.require_sound() else { return };
    // Nobody has the keys: what is sound is one of ours, file by file. A seal may have been given other unsigned attributes.
    let files = files_of(&container);
    let is_ours = dossiers().iter().any(|ours| {
        let ours = files_of(&Container::parse(ours, &Limits::default()).unwrap());
        ours == files
    });
    assert!(is_ours, "a dossier that nobody sealed is sound");
    assert!(account.seal().is_some());
});

libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate(data, size, max_size, seed)
});
