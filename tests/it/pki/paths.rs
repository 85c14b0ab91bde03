//! Paths through certificates that OpenSSL issued.

use seing::key::{KeyAlgorithm, SignatureAlgorithm};
use seing::limits::{Budget, Limits};
use seing::oid::{self, Oid};
use seing::pki::path::{NotChecked, PathFailure, PathFault, PathQuery, Purpose, VerifiedPath, find_path};
use seing::pki::{Certificate, TrustAnchors};
use seing::time::Time;

use super::openssl::{AUTHORITY, Openssl, Request, SIGNER};

fn find(query: &PathQuery<'_>) -> Result<VerifiedPath, PathFailure> {
    find_path(query, &mut Budget::new(&Limits::default()))
}

/// Asks at the time at which the target was issued.
fn path(
    target: &Certificate,
    candidates: &[&Certificate],
    anchor: &Certificate,
    purpose: Purpose,
) -> Result<VerifiedPath, PathFailure> {
    let candidates: Vec<Certificate> = candidates.iter().copied().cloned().collect();
    let anchors = TrustAnchors::none().with(anchor.clone());
    find(&PathQuery::new(target, &candidates, &anchors, target.not_before()).purpose(purpose))
}

fn fault(target: &Certificate, candidates: &[&Certificate], anchor: &Certificate) -> (PathFault, bool) {
    let failure = path(target, candidates, anchor, Purpose::Signing).unwrap_err();
    (failure.fault(), failure.target_at_fault())
}

#[test]
fn chains_of_every_kind_of_key_hold() {
    let Some(openssl) = Openssl::new("kinds") else { return };
    let sha256 = seing::digest::Algorithm::Sha256;
    let sha384 = seing::digest::Algorithm::Sha384;
    let pss = ["-sha256", "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32"];
    let kinds: [(&str, &[&str], SignatureAlgorithm, KeyAlgorithm); 5] = [
        ("p256", &["-sha256"], SignatureAlgorithm::Ecdsa(sha256), KeyAlgorithm::P256),
        ("p384", &["-sha384"], SignatureAlgorithm::Ecdsa(sha384), KeyAlgorithm::P384),
        ("rsa", &["-sha256"], SignatureAlgorithm::RsaPkcs1(sha256), KeyAlgorithm::Rsa(2048)),
        ("rsa-pss", &pss, SignatureAlgorithm::RsaPss { digest: sha256, salt: 32 }, KeyAlgorithm::Rsa(2048)),
        ("ed25519", &[], SignatureAlgorithm::Ed25519, KeyAlgorithm::Ed25519),
    ];
    for (kind, arguments, algorithm, key_algorithm) in kinds {
        let names = ["root", "intermediate", "leaf"].map(|name| format!("{kind}-{name}"));
        let [root, intermediate, leaf] = names.each_ref().map(String::as_str);
        let issue = |name: &str, issuer: Option<&str>, extensions: &str| {
            let request = Request {
                subject: &format!("/C=MA/O=Souk/CN={name}"),
                extensions,
                arguments,
                ..Request::of(name, issuer.map(|issuer| (issuer, issuer)))
            };
            openssl.issue(name, &request)
        };
        let anchor = issue(root, None, AUTHORITY);
        let middle = issue(intermediate, Some(root), AUTHORITY);
        let target = issue(leaf, Some(intermediate), SIGNER);
        let found = path(&target, &[&anchor, &middle], &anchor, Purpose::Signing).unwrap();
        assert_eq!(found.certificates(), [target.clone(), middle, anchor]);
        assert_eq!(found.signature_algorithms(), [(algorithm, key_algorithm); 2], "{kind}");
        let [NotChecked::Revocation { certificate, sources, waived, .. }, _] = found.not_checked() else {
            panic!("{:?}", found.not_checked());
        };
        assert_eq!((certificate, *waived), (&target, false));
        assert_eq!(sources, &["http://ocsp.test/", "http://crl.test/ca.crl"]);
    }
}

#[test]
fn expiry_is_the_fault_of_the_certificate_that_expired_unless_it_is_the_anchor() {
    let Some(openssl) = Openssl::new("time") else { return };
    let days = |name: &str, key: &str, issuer: Option<(&str, &str)>, extensions: &str, days: u32| {
        let subject = format!("/CN={name}");
        openssl.issue(name, &Request { subject: &subject, extensions, days, ..Request::of(key, issuer) })
    };
    let root = days("root", "p256-root", None, AUTHORITY, 10);
    let middle = days("middle", "p256-middle", Some(("root", "p256-root")), AUTHORITY, 20);
    let short = days("short", "p256-leaf", Some(("middle", "p256-middle")), SIGNER, 5);
    let long = days("long", "p256-leaf", Some(("middle", "p256-middle")), SIGNER, 30);
    let anchors = TrustAnchors::none().with(root.clone());
    let candidates = [middle];
    let ask = |target: &Certificate, time: Time| {
        find(&PathQuery::new(target, &candidates, &anchors, time))
            .map(drop)
            .map_err(|failure| (failure.fault(), failure.target_at_fault()))
    };
    let day = |day: i64| root.not_before().plus_seconds(day * 86_400 + 3_600);
    assert_eq!(ask(&short, short.not_after()), Ok(()));
    assert_eq!(ask(&short, short.not_after().plus_seconds(1)), Err((PathFault::Expired, true)));
    assert_eq!(ask(&long, day(15)), Ok(()));
    assert_eq!(ask(&long, day(25)), Err((PathFault::Expired, false)));
    assert_eq!(ask(&short, day(25)), Err((PathFault::Expired, true)));
    assert_eq!(ask(&long, day(-1)), Err((PathFault::NotYetValid, true)));
}

#[test]
fn only_authorities_issue() {
    let Some(openssl) = Openssl::new("authorities") else { return };
    let root = openssl.root("root", "p256-root");
    let below = |name: &str, extensions: &str| {
        let middle = openssl.authority(name, "p256-middle", ("root", "p256-root"), extensions);
        let target = openssl.signer("leaf", "p256-leaf", (name, "p256-middle"), SIGNER);
        fault(&target, &[&middle], &root)
    };
    assert_eq!(below("false", "basicConstraints=CA:FALSE\n"), (PathFault::NotACa, false));
    assert_eq!(below("silent", "keyUsage=keyCertSign\n"), (PathFault::NotACa, false));
    assert_eq!(below("version 1", ""), (PathFault::NotACa, false));
    let usage = "basicConstraints=critical,CA:TRUE\nkeyUsage=digitalSignature\n";
    assert_eq!(below("usage", usage), (PathFault::KeyUsage, false));
    let malformed = "basicConstraints=critical,CA:TRUE\n2.5.29.15=DER:0302090f\n";
    assert_eq!(below("malformed", malformed), (PathFault::MalformedExtension(oid::KEY_USAGE), false));
}

#[test]
fn an_anchor_of_version_1_issues_and_one_that_is_no_authority_does_not() {
    let Some(openssl) = Openssl::new("anchors") else { return };
    let old = openssl.issue("old", &Request { subject: "/CN=old", ..Request::of("p256-old", None) });
    let target = openssl.signer("leaf", "p256-leaf", ("old", "p256-old"), SIGNER);
    assert_eq!(path(&target, &[], &old, Purpose::Signing).unwrap().certificates().len(), 2);

    let root = openssl.root("root", "p256-root");
    let middle = openssl.authority("middle", "p256-middle", ("root", "p256-root"), AUTHORITY);
    let target = openssl.signer("leaf", "p256-leaf", ("middle", "p256-middle"), SIGNER);
    assert_eq!(path(&target, &[&root], &middle, Purpose::Signing).unwrap().certificates().len(), 2);
    let alone = path(&target, &[], &target, Purpose::Signing).unwrap();
    assert_eq!((alone.certificates().len(), alone.not_checked().len()), (1, 0));

    let forged = openssl.signer("forged", "p256-forged", ("leaf", "p256-leaf"), SIGNER);
    assert_eq!(fault(&forged, &[], &target), (PathFault::NotACa, false));
    // Another certificate with the name and the key of an anchor, which nobody signed.
    let impostor = openssl.issue(
        "impostor",
        &Request { subject: "/C=MA/O=TEST/CN=leaf", extensions: SIGNER, ..Request::of("p256-leaf", None) },
    );
    assert!(path(&impostor, &[], &target, Purpose::Any).is_err());
}

#[test]
fn a_path_is_no_longer_than_its_authorities_allow() {
    let Some(openssl) = Openssl::new("length") else { return };
    let limited = AUTHORITY.replace("CA:TRUE", "CA:TRUE,pathlen:0");
    let root = openssl.root("root", "p256-root");
    let first = openssl.authority("first", "p256-1", ("root", "p256-root"), &limited);
    let second = openssl.authority("second", "p256-2", ("first", "p256-1"), AUTHORITY);
    let allowed = openssl.signer("allowed", "p256-leaf", ("first", "p256-1"), SIGNER);
    let too_far = openssl.signer("too far", "p256-leaf", ("second", "p256-2"), SIGNER);
    assert!(path(&allowed, &[&first], &root, Purpose::Signing).is_ok());
    let failure = path(&too_far, &[&first, &second], &root, Purpose::Signing).unwrap_err();
    assert_eq!((failure.fault(), failure.certificate()), (PathFault::PathTooLong, Some(&second)));

    // RFC 5280 §6.1.4 l: a self-issued certificate, as of a change of keys, does not count.
    let renewed = openssl.issue(
        "renewed",
        &Request {
            subject: "/C=MA/O=TEST/CN=first",
            extensions: AUTHORITY,
            ..Request::of("p256-3", Some(("first", "p256-1")))
        },
    );
    let target = openssl.signer("new", "p256-leaf", ("renewed", "p256-3"), SIGNER);
    assert_eq!(path(&target, &[&first, &renewed], &root, Purpose::Signing).unwrap().certificates().len(), 4);
    assert_eq!(fault(&too_far, &[&second], &first), (PathFault::PathTooLong, false));
}

#[test]
fn what_is_critical_and_unknown_is_refused() {
    let Some(openssl) = Openssl::new("critical") else { return };
    let unknown = Oid::parse("1.3.6.1.4.1.99999.1").unwrap();
    let root = openssl.root("root", "p256-root");
    let leaf =
        |extension: &str| openssl.signer("leaf", "p256-leaf", ("root", "p256-root"), &format!("{SIGNER}{extension}\n"));
    let refused = (PathFault::UnknownCriticalExtension(unknown), true);
    assert_eq!(fault(&leaf("1.3.6.1.4.1.99999.1=critical,ASN1:NULL"), &[], &root), refused);
    assert!(path(&leaf("1.3.6.1.4.1.99999.1=ASN1:NULL"), &[], &root, Purpose::Signing).is_ok());

    let policies = "certificatePolicies=critical,1.2.3.4";
    assert!(path(&leaf(policies), &[], &root, Purpose::Signing).is_ok());
    let qualifier = "certificatePolicies=critical,DER:3013301106032a03043\
        00a300806032b06010c0161";
    let refused = (PathFault::UnknownCriticalExtension(oid::CERTIFICATE_POLICIES), true);
    assert_eq!(fault(&leaf(&qualifier.replace("certificatePolicies", "2.5.29.32")), &[], &root), refused);

    let middle = openssl.authority(
        "middle",
        "p256-middle",
        ("root", "p256-root"),
        &format!("{AUTHORITY}1.3.6.1.4.1.99999.1=critical,ASN1:NULL\n"),
    );
    let target = openssl.signer("below", "p256-leaf", ("middle", "p256-middle"), SIGNER);
    assert_eq!(fault(&target, &[&middle], &root), (PathFault::UnknownCriticalExtension(unknown), false));
}

#[test]
fn a_certificate_is_for_the_purposes_that_it_names() {
    let Some(openssl) = Openssl::new("purposes") else { return };
    let root = openssl.root("root", "p256-root");
    let ask = |extensions: &str, purpose: Purpose| {
        let target = openssl.signer("leaf", "p256-leaf", ("root", "p256-root"), extensions);
        path(&target, &[], &root, purpose).map(drop).map_err(|failure| failure.fault())
    };
    let (usage, extended) = (Err(PathFault::KeyUsage), Err(PathFault::ExtendedKeyUsage));
    assert_eq!(ask("keyUsage=keyEncipherment", Purpose::Any), Ok(()));
    assert_eq!(ask("keyUsage=keyEncipherment", Purpose::Signing), usage);
    assert_eq!(ask("keyUsage=nonRepudiation", Purpose::Signing), Ok(()));
    assert_eq!(ask("basicConstraints=CA:FALSE", Purpose::Signing), Ok(()));

    assert_eq!(ask("extendedKeyUsage=critical,timeStamping", Purpose::TimeStamping), Ok(()));
    assert_eq!(ask("extendedKeyUsage=timeStamping", Purpose::TimeStamping), extended);
    assert_eq!(ask("extendedKeyUsage=critical,timeStamping,emailProtection", Purpose::TimeStamping), extended);
    assert_eq!(ask("extendedKeyUsage=critical,anyExtendedKeyUsage", Purpose::TimeStamping), extended);
    assert_eq!(ask("basicConstraints=CA:FALSE", Purpose::TimeStamping), extended);
    let encipherment = "extendedKeyUsage=critical,timeStamping\nkeyUsage=keyEncipherment";
    assert_eq!(ask(encipherment, Purpose::TimeStamping), usage);

    let documents = Purpose::Eku(oid::KP_DOCUMENT_SIGNING);
    assert_eq!(ask("extendedKeyUsage=1.3.6.1.5.5.7.3.36", documents), Ok(()));
    assert_eq!(ask("extendedKeyUsage=emailProtection,anyExtendedKeyUsage", documents), Ok(()));
    assert_eq!(ask("extendedKeyUsage=emailProtection", documents), extended);
    assert_eq!(ask("basicConstraints=CA:FALSE", documents), Ok(()));
}

#[test]
fn the_name_of_an_issuer_is_not_its_key() {
    let Some(openssl) = Openssl::new("impostor") else { return };
    let root = openssl.root("root", "p256-root");
    let target = openssl.signer("leaf", "p256-leaf", ("root", "p256-root"), SIGNER);
    let other = openssl.issue(
        "other",
        &Request { subject: "/C=MA/O=TEST/CN=root", extensions: AUTHORITY, ..Request::of("p256-other", None) },
    );
    let rsa = openssl.issue(
        "rsa",
        &Request { subject: "/C=MA/O=TEST/CN=root", extensions: AUTHORITY, ..Request::of("rsa-other", None) },
    );
    assert_eq!(fault(&target, &[], &other), (PathFault::SignatureMismatch, true));
    assert_eq!(fault(&target, &[], &rsa), (PathFault::Algorithm, true));
    // Both are tried, in whatever order.
    assert!(path(&target, &[&other, &rsa], &root, Purpose::Signing).is_ok());
    let anchors = TrustAnchors::none().with(rsa).with(other).with(root);
    assert!(find(&PathQuery::new(&target, &[], &anchors, target.not_before())).is_ok());
}

#[test]
fn without_anchors_nobody_is_trusted() {
    let Some(openssl) = Openssl::new("nobody") else { return };
    let root = openssl.root("root", "p256-root");
    let middle = openssl.authority("middle", "p256-middle", ("root", "p256-root"), AUTHORITY);
    let target = openssl.signer("leaf", "p256-leaf", ("middle", "p256-middle"), SIGNER);
    let ask = |candidates: &[Certificate]| {
        let anchors = TrustAnchors::none();
        find(&PathQuery::new(&target, candidates, &anchors, target.not_before())).unwrap_err()
    };
    assert_eq!(
        ask(&[]).to_string(),
        "CN=leaf,O=TEST,C=MA: no path to a trust anchor (issued by CN=middle,O=TEST,C=MA)"
    );
    let failure = ask(&[middle, root.clone()]);
    assert_eq!((failure.fault(), failure.certificate()), (PathFault::NoAnchor, Some(&root)));
}

#[test]
fn a_renewed_authority_is_found_whichever_certificate_comes_first() {
    let Some(openssl) = Openssl::new("renewed") else { return };
    let root = openssl.root("root", "p256-root");
    let make = |name: &str, days: u32| {
        let request = Request {
            subject: "/CN=middle",
            extensions: AUTHORITY,
            days,
            ..Request::of("p256-middle", Some(("root", "p256-root")))
        };
        openssl.issue(name, &request)
    };
    let (expired, renewed) = (make("expired", 1), make("renewed", 100));
    let target = openssl.signer("leaf", "p256-leaf", ("renewed", "p256-middle"), SIGNER);
    let anchors = TrustAnchors::none().with(root);
    let time = target.not_before().plus_seconds(50 * 86_400);
    for candidates in [[expired.clone(), renewed.clone()], [renewed, expired.clone()]] {
        assert!(find(&PathQuery::new(&target, &candidates, &anchors, time)).is_ok());
    }
    let failure = find(&PathQuery::new(&target, &[expired], &anchors, time)).unwrap_err();
    assert_eq!((failure.fault(), failure.target_at_fault()), (PathFault::Expired, false));
}

#[test]
fn a_web_of_authorities_that_certify_each_other_ends_in_a_limit() {
    const AUTHORITIES: usize = 9;
    let Some(openssl) = Openssl::new("web") else { return };
    let root = openssl.root("root", "p256-root");
    let keys: Vec<String> = (0..AUTHORITIES).map(|number| format!("p256-{number}")).collect();
    let mut candidates = Vec::new();
    let web = |name: &str, key: &str, issuer| {
        openssl.issue(name, &Request { subject: "/CN=web", extensions: AUTHORITY, ..Request::of(key, issuer) })
    };
    for key in &keys {
        candidates.push(web(key, key, None));
    }
    for one in &keys {
        for other in keys.iter().filter(|other| *other != one) {
            candidates.push(web(&format!("{one}-{other}"), one, Some((other, other))));
        }
    }
    let target = openssl.signer("leaf", "p256-leaf", ("p256-0", "p256-0"), SIGNER);
    let anchors = TrustAnchors::none().with(root);
    let query = PathQuery::new(&target, &candidates, &anchors, target.not_before());
    assert_eq!(find(&query).unwrap_err().fault(), PathFault::LimitExceeded);

    // Each pair of certificate and key costs one verification, however many paths go over it.
    let mut limits = Limits::default();
    limits.signature_checks = (AUTHORITIES * AUTHORITIES + 1) * AUTHORITIES;
    let failure = find_path(&query, &mut Budget::new(&limits)).unwrap_err();
    assert!(failure.detail().is_some_and(|detail| detail.contains("paths")), "{failure}");
}

#[test]
fn no_octet_of_a_certificate_can_be_changed() {
    let Some(openssl) = Openssl::new("tampered") else { return };
    for kind in ["p256", "ed25519"] {
        let root = openssl.root(&format!("{kind} root"), &format!("{kind}-root"));
        let issuer = (format!("{kind} root"), format!("{kind}-root"));
        let target = openssl.signer("leaf", &format!("{kind}-leaf"), (&issuer.0, &issuer.1), SIGNER);
        let anchors = TrustAnchors::none().with(root.clone());
        let whole = target.der();
        assert!(path(&target, &[], &root, Purpose::Signing).is_ok());
        for place in 0..whole.len() {
            for change in [0x01, 0x20, 0x80, 0xff] {
                let mut octets = whole.to_vec();
                octets[place] ^= change;
                if let Ok(changed) = Certificate::parse(&octets) {
                    let query = PathQuery::new(&changed, &[], &anchors, target.not_before());
                    assert!(find(&query).is_err(), "{kind}, octet {place} changed by {change:#x}");
                    let _shown = format!("{changed:?} {}", changed.issuer());
                }
            }
            assert!(Certificate::parse(&whole[..place]).is_err());
        }
        assert!(Certificate::parse(&[whole, &[0]].concat()).is_err());
    }
}
