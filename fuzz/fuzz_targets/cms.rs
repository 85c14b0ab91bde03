//! CMS messages: outline, facts, and what signing beside others reads of them.

#![no_main]

use seing::ades::cades::{Content, Outline, digest_algorithms, facts, signature_values};
use seing::limits::Limits;
use seing_fuzz::world::{CONTENTS, budget};

seing_fuzz::fuzz_encoding!(|input: &[u8]| {
    let outline = Outline::parse(input, &mut budget());
    let algorithms = digest_algorithms(input, &Limits::default());
    let attached = facts(input, Content::Attached, &[], &mut budget());
    let given = facts(input, Content::Octets(CONTENTS[0]), &[], &mut budget());
    let digests: Vec<_> = algorithms.iter().flat_map(|(_, all)| all).map(|one| one.digest(CONTENTS[0])).collect();
    let by_digest = facts(input, Content::Digests(&digests), &[], &mut budget());
    assert!(attached.is_err() || outline.is_ok());
    if let (Ok(given), Ok(by_digest)) = (&given, &by_digest) {
        for (one, other) in given.iter().zip(by_digest) {
            // The digest says as much of the content as the content itself, but where the message is signed as it is.
            assert!(one.signer.data == other.signer.data || other.signer.data == seing::ades::Check::NotChecked);
        }
    }
    if let Ok(attached) = &attached {
        let values = signature_values(input);
        assert!(values.is_err() || values.is_ok_and(|values| values.len() == attached.len()));
    }
});
