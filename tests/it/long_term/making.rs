//! From any level to any higher one, with others looking on.

use std::fs;
use std::path::Path;
use std::process::Command;

use seing::ades::cades::{
    add_archive_time_stamp, add_signature_time_stamp, add_validation_material, archive_imprint, signature_values,
};
use seing::ades::{Check, Level, Material, SignatureFacts, TimestampFacts, TimestampKind, object_digest};
use seing::digest::{Algorithm, Digest};
use seing::error::ErrorKind;
use seing::key::KeyKind;
use seing::{Augment, augment, sign_beside, verify};

use super::corpora;
use super::yard::{Yard, archive_imprints, facts_of, independent, now};
use crate::der_tree::{Message, UNSIGNED};
use crate::workshop::CONTRACT;

/// What nobody may touch: the signers without their unsigned attributes.
fn protected(octets: &[u8]) -> Vec<Vec<u8>> {
    let mut message = Message::parse(octets);
    let signers = message.signers();
    let mut parts: Vec<Vec<u8>> = signers
        .iter()
        .map(|signer| signer.nodes()[..UNSIGNED].iter().flat_map(|node| node.encode()).collect())
        .collect();
    parts.sort();
    parts
}

#[test]
fn each_level_is_reached_and_nothing_signed_is_touched() {
    for kind in [KeyKind::P256, KeyKind::Ed25519] {
        let yard = Yard::new(kind);
        for detached in [false, true] {
            let mut octets = yard.signed(detached);
            let signed = protected(&octets);
            let mut archives = 0;
            for (day, level) in [(0, Level::BT), (1, Level::BLt), (2, Level::BLta), (3, Level::BLta), (4, Level::BLta)]
            {
                octets = yard.raised(&octets, level, detached, day);
                archives += usize::from(level == Level::BLta);
                let facts = facts_of(&octets);
                assert_eq!(protected(&octets), signed);
                assert_eq!(facts[0].level, level);
                assert_eq!((facts[0].signer.signature, facts[0].signer.data), (Check::Holds, Check::Holds));
                assert_eq!(facts[0].signer.defects, []);
                assert_eq!(archive_imprints(&facts[0]), vec![Check::Holds; archives]);
                assert_eq!(facts[0].timestamps.len(), archives + 1);
                for stamp in &facts[0].timestamps {
                    assert_eq!((stamp.imprint, stamp.signer.signature), (Check::Holds, Check::Holds));
                    assert_eq!(stamp.signer.defects, []);
                }
            }
            let once_more = add_validation_material(&octets, &yard.material).unwrap();
            assert_eq!(once_more, octets, "what is there is not added again");
            let report = verify(&octets).content(CONTRACT).trust(&yard.anchors).at(now().plus_seconds(5 * 86_400));
            assert_eq!(report.report().unwrap().signatures[0].level, Level::BLta);
        }
    }
}

#[test]
fn an_archive_time_stamp_proves_what_it_lists() {
    let yard = Yard::new(KeyKind::P256);
    let facts = facts_of(&yard.archived(false)).remove(0);
    let Material { certificates, crls, ocsp_responses, .. } = &yard.material;
    assert_eq!(facts.material.crls.len(), crls.len());
    assert_eq!(facts.material.ocsp_responses, *ocsp_responses);
    let of_kind = |kind| {
        let mut stamps: Vec<_> = facts.timestamps.iter().filter(|stamp| stamp.kind == kind).collect();
        stamps.sort_by_key(|stamp| stamp.time);
        stamps
    };
    let [stamp] = of_kind(TimestampKind::Signature)[..] else { panic!("one signature time-stamp") };
    let [first, second] = of_kind(TimestampKind::Archive)[..] else { panic!("two archive time-stamps") };
    assert_eq!(stamp.covers, [facts.value]);
    for archive in [first, second] {
        let objects = crls.iter().chain(ocsp_responses).map(|octets| object_digest(octets));
        let objects = objects.chain(certificates.iter().map(|certificate| object_digest(certificate.der())));
        for object in objects.chain([facts.value, stamp.token]) {
            assert!(archive.covers.contains(&object));
        }
        assert!(!archive.covers.contains(&archive.token));
    }
    assert!(second.covers.contains(&first.token));
    assert!(!first.covers.contains(&second.token));
}

#[test]
fn an_independent_reading_computes_the_same_imprints() {
    let folder = tempfile::tempdir().unwrap();
    let (file, content) = (folder.path().join("signed"), folder.path().join("content"));
    fs::write(&content, CONTRACT).unwrap();
    for kind in [KeyKind::P256, KeyKind::Ed25519] {
        let yard = Yard::new(kind);
        for detached in [false, true] {
            fs::write(&file, yard.archived(detached)).unwrap();
            let Some(said) = independent(&file, detached.then_some(content.as_path())) else { return };
            assert_eq!(said, ["holds", "holds"]);
        }
    }
}

fn openssl(folder: &Path, arguments: &str) {
    let output = Command::new("openssl").current_dir(folder).args(arguments.split_whitespace()).output().unwrap();
    assert!(output.status.success(), "openssl {arguments}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn openssl_verifies_the_signature_after_each_step() {
    if crate::tool("openssl").is_none() {
        return;
    }
    let yard = Yard::new(KeyKind::P256);
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("root.pem"), &yard.root).unwrap();
    fs::write(folder.join("content"), CONTRACT).unwrap();
    for detached in [false, true] {
        let mut octets = yard.signed(detached);
        for (day, level) in [(0, Level::BB), (0, Level::BT), (1, Level::BLt), (2, Level::BLta), (3, Level::BLta)] {
            octets = yard.raised(&octets, level, detached, day);
            fs::write(folder.join("signed"), &octets).unwrap();
            let content = if detached { "-content content" } else { "" };
            let at = now().unix_seconds();
            openssl(
                folder,
                &format!(
                    "cms -verify -cades -binary -inform DER -in signed {content} -CAfile root.pem -attime {at} -purpose any -out out"
                ),
            );
            assert_eq!(fs::read(folder.join("out")).unwrap(), CONTRACT);
        }
    }
}

/// OpenSSL writes indefinite lengths when it streams.
#[test]
fn what_openssl_signed_is_raised_as_well() {
    if crate::tool("openssl").is_none() {
        return;
    }
    let yard = Yard::new(KeyKind::P256);
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("content"), CONTRACT).unwrap();
    openssl(
        folder,
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout key -out cert -days 3650 -subj /CN=TEST",
    );
    for (options, detached) in
        [("-stream -nodetach", false), ("-nodetach -keyid", false), ("", true), ("-stream", true)]
    {
        openssl(
            folder,
            &format!("cms -sign -cades -binary -in content -signer cert -inkey key -outform DER -out signed {options}"),
        );
        let signed = fs::read(folder.join("signed")).unwrap();
        let raised = yard.raised(&signed, Level::BLta, detached, 1);
        let raised = yard.raised(&raised, Level::BLta, detached, 2);
        let facts = facts_of(&raised).remove(0);
        assert_eq!((facts.signer.signature, facts.signer.data), (Check::Holds, Check::Holds), "{options}");
        assert_eq!(archive_imprints(&facts), [Check::Holds, Check::Holds], "{options}");
        fs::write(folder.join("signed"), &raised).unwrap();
        let content = if detached { "-content content" } else { "" };
        let verify =
            format!("cms -verify -cades -binary -inform DER -in signed {content} -CAfile cert -purpose any -out out");
        openssl(folder, &verify);
        if options.is_empty() {
            let content = folder.join("content");
            if let Some(said) = independent(&folder.join("signed"), Some(&content)) {
                assert_eq!(said, ["holds", "holds"]);
            }
        }
    }
}

#[test]
fn two_signers_are_raised_together_or_one_after_the_other() {
    let yard = Yard::new(KeyKind::P256);
    let first = yard.raised(&yard.signed(false), Level::BLta, false, 1);
    let both = sign_beside(&first, None, &yard.merchant).claimed_at(now()).finish().unwrap();
    let levels = |octets: &[u8]| {
        let mut levels: Vec<Level> = facts_of(octets).iter().map(|facts| facts.level).collect();
        levels.sort();
        levels
    };
    assert_eq!(levels(&both), [Level::BB, Level::BLta]);
    let raised = yard.raised(&both, Level::BLta, false, 2);
    assert_eq!(levels(&raised), [Level::BLta, Level::BLta]);
    let mut imprints: Vec<usize> = facts_of(&raised)
        .iter()
        .map(|facts| archive_imprints(facts).iter().filter(|imprint| **imprint == Check::Holds).count())
        .collect();
    imprints.sort_unstable();
    assert_eq!(imprints, [1, 2]);
    assert_eq!(protected(&raised), protected(&both));
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let yard = Yard::new(KeyKind::P256);
    let signed = yard.raised(&yard.signed(true), Level::BT, true, 0);
    let kind = |result: seing::error::Result<Vec<u8>>| result.unwrap_err().kind();
    let digest = Algorithm::Sha256.digest(CONTRACT);
    let wrong = Algorithm::Sha512.digest(CONTRACT);
    for content in [None, Some(&wrong)] {
        assert_eq!(archive_imprint(&signed, 0, content, Algorithm::Sha256).unwrap_err().kind(), ErrorKind::Misuse);
    }
    assert_eq!(archive_imprint(&signed, 1, Some(&digest), Algorithm::Sha256).unwrap_err().kind(), ErrorKind::Misuse);
    let archived = archive_imprint(&signed, 0, Some(&digest), Algorithm::Sha256).unwrap();
    let token = |digest: &Digest| yard.client(0).stamp(digest, now()).unwrap();
    let good = token(archived.digest());
    assert_eq!(
        kind(add_archive_time_stamp(&signed, 0, &archived, token(&digest).octets())),
        ErrorKind::Unusable,
        "a time-stamp of something else"
    );
    let changed = add_validation_material(&signed, &yard.material).unwrap();
    assert_eq!(kind(add_archive_time_stamp(&changed, 0, &archived, good.octets())), ErrorKind::Misuse);
    assert!(add_archive_time_stamp(&signed, 0, &archived, good.octets()).is_ok());
    let mut nonsense = Material::default();
    nonsense.crls = vec![vec![0x30, 0]];
    assert_eq!(kind(add_validation_material(&signed, &nonsense)), ErrorKind::Malformed);
    let raising = |signed| augment(signed).to(Level::BLta).at(now());
    assert_eq!(kind(raising(&signed).finish()), ErrorKind::Incomplete, "no revocation information");
    assert_eq!(kind(raising(&changed).content(CONTRACT).finish()), ErrorKind::Misuse, "no authority");
    let stamped = |raising: Augment<'_>| raising.timestamp_by(|digest, _| Ok(token(digest))).finish();
    assert_eq!(kind(stamped(raising(&changed))), ErrorKind::Misuse, "no content");
    assert_eq!(kind(stamped(raising(&changed).content(b"another"))), ErrorKind::Misuse, "another content");
    let strangers = Yard::new(KeyKind::P256).anchors;
    let refused = stamped(raising(&changed).content(CONTRACT).trust(&strangers)).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Incomplete);
    assert!(refused.to_string().contains("CN=TEST"), "{refused}");
}

#[test]
fn every_signature_of_the_corpora_keeps_its_time_stamps_when_it_is_archived() {
    let yard = Yard::new(KeyKind::P256);
    let (mut archived, mut closed, mut recorded) = (0, 0, 0);
    for file in ["dss", "siva"].into_iter().flat_map(corpora::files) {
        let Ok(before) = file.facts() else { continue };
        let outcomes = |facts: &[SignatureFacts]| {
            let mut all: Vec<_> = facts
                .iter()
                .flat_map(|one| &one.timestamps)
                .map(|stamp| (stamp.time, format!("{:?} {:?} {:?}", stamp.kind, stamp.imprint, stamp.signer.signature)))
                .collect();
            all.sort();
            all
        };
        let digest = file.content.as_deref().map(|content| Algorithm::Sha256.digest(content));
        let mut octets = file.octets.clone();
        let is_evidence = |stamp: &TimestampFacts| stamp.kind == TimestampKind::Evidence;
        if before.iter().flat_map(|one| &one.timestamps).any(is_evidence) {
            let refused = add_validation_material(&octets, &yard.material).unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::Unsupported, "{}", file.name);
            recorded += 1;
            continue;
        }
        octets = add_validation_material(&octets, &yard.material).unwrap();
        assert_eq!(add_validation_material(&octets, &yard.material).unwrap(), octets, "{}", file.name);
        let has_more = |facts: &SignatureFacts| {
            let before = facts.material.certificates.len() + facts.material.crls.len();
            let mut all = facts.material.clone();
            all.extend(&yard.material);
            before == all.certificates.len() + all.crls.len() && all.ocsp_responses == facts.material.ocsp_responses
        };
        assert!(file.facts_of(&octets).unwrap().iter().all(has_more), "{}", file.name);
        if add_signature_time_stamp(&octets, 0, &[]).is_err_and(|error| error.to_string().contains("older archive")) {
            closed += 1;
        }
        let Ok(imprint) = archive_imprint(&octets, 0, digest.as_ref(), Algorithm::Sha256) else { continue };
        let token = yard.client(0).stamp(imprint.digest(), now()).unwrap();
        let value = signature_values(&octets).unwrap().remove(0);
        let octets = add_archive_time_stamp(&octets, 0, &imprint, token.octets()).unwrap();
        let after = file.facts_of(&octets).unwrap();
        let raised = after.iter().find(|facts| facts.value == object_digest(&value)).unwrap();
        let new = raised.timestamps.iter().filter(|stamp| stamp.time >= now()).count();
        assert_eq!(new, 1, "{}", file.name);
        assert!(
            raised.timestamps.iter().all(|stamp| stamp.time < now() || stamp.imprint == Check::Holds),
            "{}",
            file.name
        );
        let kept: Vec<_> = outcomes(&before);
        let now_there = outcomes(&after);
        for outcome in kept {
            assert!(now_there.contains(&outcome), "{}: {outcome:?} in {now_there:?}", file.name);
        }
        archived += 1;
    }
    eprintln!(
        "{archived} signatures archived, {closed} documents closed by an older archive time-stamp, {recorded} by a record"
    );
    assert!(archived == 0 || (archived > 50 && closed >= 6));
}
