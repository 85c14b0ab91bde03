//! The seeds of each target, made by the library itself.

use seing::key::{KeyKind, SoftwareKey};
use seing::validation::Policy;

use crate::world::{known, world};

/// The names of the targets, each with its seeds.
pub fn all() -> Vec<(&'static str, Vec<Vec<u8>>)> {
    let world = world();
    let pki = &world.pki;
    let members = [&pki.customer, &pki.merchant, &pki.time_stamp_authority, &pki.ocsp_responder, &pki.intermediate];
    let mut certificates: Vec<Vec<u8>> = members.iter().map(|member| member.certificate().der().to_vec()).collect();
    let root = pki.root.certificate();
    certificates.push(root.der().to_vec());
    // A path, the anchor first.
    certificates.push([root.der(), pki.intermediate.certificate().der(), pki.customer.certificate().der()].concat());
    certificates.push([root.to_pem(), pki.intermediate.certificate().to_pem()].concat().into_bytes());
    let documents: Vec<Vec<u8>> = world.documents.iter().map(|document| document.octets.clone()).collect();
    let tokens = vec![world.token.clone(), world.response.clone()];
    let lists = vec![pki.root_crl.clone(), pki.intermediate_crl.clone(), world.crl()];
    let keys = [KeyKind::Ed25519, KeyKind::P256, KeyKind::P384].map(|kind| {
        let key = SoftwareKey::generate(kind, &mut known(&mut 11)).unwrap();
        key.to_pkcs8_pem(None, &mut known(&mut 12)).unwrap().as_bytes().to_vec()
    });
    let policies = [Policy::default(), Policy::strict(), Policy::lenient()];
    vec![
        ("many", vec![(0..=255).collect()]),
        ("certificates", certificates),
        ("crl", lists),
        ("ocsp", world.material.ocsp_responses.clone()),
        ("cms", [documents.clone(), tokens.clone()].concat()),
        ("verify", documents.clone()),
        ("augment", documents),
        ("tokens", tokens),
        ("requests", vec![world.request.clone()]),
        ("keys", keys.to_vec()),
        ("dossier", crate::dossiers::dossiers().to_vec()),
        ("evidence", crate::records::records().to_vec()),
        ("policy", policies.map(|policy| policy.to_json().unwrap().into_bytes()).to_vec()),
    ]
}
