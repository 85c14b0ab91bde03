//! The command on hostile files, in 64 MiB of memory and ten seconds of processor time.

use std::process::{Command, Output, Stdio};

use seing::key::{KeyKind, Signer};
use tempfile::TempDir;

use super::certificates::{Parts, extension};
use super::signers::many_of_one_name;
use super::{MANY, attribute, contract, parties};
use crate::der_tree::{Node, SIGNED};
use crate::timestamp::forge::{oid, sequence, tlv};
use crate::workshop::{ROOT, key};

/// RLIMIT_DATA counts whatever a process may write to (setrlimit(2)). What needs more is ended by the system, without a sentence.
const HELD: &str = "ulimit -d 65536; ulimit -t 10; exec \"$0\" \"$@\"";

fn held(folder: &TempDir, arguments: &[&str]) -> Output {
    let seing = env!("CARGO_BIN_EXE_seing");
    let mut shell = Command::new("sh");
    shell.args(["-c", HELD, seing]).args(arguments).current_dir(folder.path()).stdin(Stdio::null()).output().unwrap()
}

/// Runs the command on a file; it ends by itself.
#[track_caller]
fn ends(what: &str, command: &[&str], octets: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), octets).unwrap();
    std::fs::write(folder.path().join("root.pem"), parties().root.to_pem()).unwrap();
    let output = held(&folder, &[command, &["file"]].concat());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(matches!(output.status.code(), Some(0..=4)), "{what}: {:?} {said:.1000}", output.status);
    let plain = |text: &[u8]| !text.iter().any(|octet| octet.is_ascii_control() && *octet != b'\n');
    assert!(plain(&output.stdout) && plain(&output.stderr), "{what} writes control characters");
    assert!(output.stdout.len() < 16 << 20, "{what} writes {} octets", output.stdout.len());
    format!("{}{said}", String::from_utf8_lossy(&output.stdout))
}

#[track_caller]
fn ends_at(what: &str, limit: &str, command: &[&str], octets: &[u8]) {
    let said = ends(what, command, octets);
    assert!(said.contains(limit), "{what}: {said:.1000}");
}

const VERIFY: &[&str] = &["verify", "--trust", "root.pem", "--at", "2026-11-24T10:00:00Z"];
const CHAIN: &[&str] = &["chain", "--trust", "root.pem", "--no-revocation", "--at", "2026-11-24T10:00:00Z"];
const STAMP: &[&str] = &["timestamp", "verify", "--trust", "root.pem", "--content", "root.pem"];
const INSPECT: &[&str] = &["inspect"];

#[test]
fn documents() {
    if !cfg!(target_os = "linux") {
        eprintln!("skipped: memory is limited so on Linux alone");
        return;
    }
    let parties = parties();
    let whole = contract(&parties, false);
    let null = Node::primitive(5, &[]);
    let mut attributes = whole.clone();
    *attributes.signer(0)[SIGNED].nodes_mut() = vec![attribute("2.999", vec![null.clone()]); MANY];
    let mut certificates = whole.clone();
    let certificate = certificates.certificates()[0].clone();
    *certificates.certificates() = vec![certificate; 20_000];
    let mut content = many_of_one_name(&parties, 1_000, 100, 0);
    content.signed_data()[2].at_mut(&[1]).nodes_mut()[0] = Node::primitive(4, &vec![b'x'; 8 << 20]);
    let cases = [
        ("attributes", "more elements than the limit allows", attributes.octets()),
        ("certificates", "more certificates than the limit allows", certificates.octets()),
        ("candidates", "more signature checks than the limit allows", content.octets()),
        ("nesting", "nested too deep", [0x30, 0x80].repeat(1 << 20)),
        ("length", "longer than what contains it", vec![0x30, 0x84, 0x40, 0, 0, 0]),
    ];
    for (what, limit, octets) in cases {
        for command in [VERIFY, INSPECT, STAMP] {
            let said = ends(what, command, &octets);
            assert!(command != VERIFY || said.contains(limit), "{what}: {said:.1000}");
        }
    }
}

#[test]
fn certificates() {
    if !cfg!(target_os = "linux") {
        eprintln!("skipped: memory is limited so on Linux alone");
        return;
    }
    let root = key(KeyKind::P256, ROOT);
    let plain = Parts::new("TEST", "TEST Root", root.public_key());
    let names = extension("2.5.29.17", false, &sequence(&[&tlv(0x82, &[]).repeat(9_000)]));
    let crowded = plain.clone().with(names);
    let crowded: Vec<Vec<u8>> = (0..300).map(|serial| crowded.numbered(serial).signed(&root)).collect();
    let lists = extension("2.5.29.17", false, &sequence(&[&tlv(0x82, &[]).repeat(400_000)]));
    let element = &crate::timestamp::forge::name("\u{1b}")[2..];
    let small = plain.signed(&root);
    let cases = [
        ("crowded", "more elements than the limit allows", crowded.concat()),
        ("names", "certificate with more elements", plain.clone().with(lists).signed(&root)),
        (
            "a name",
            "distinguished name over 64 KiB",
            Parts { subject: sequence(&[&element.repeat(50_000)]), ..plain.clone() }.signed(&root),
        ),
        ("certificates", "more certificates than the limit allows", small.repeat(20_000)),
        ("a long name", "", Parts { subject: sequence(&[&element.repeat(4_000)]), ..plain }.signed(&root)),
    ];
    for (what, limit, octets) in cases {
        ends_at(what, limit, CHAIN, &octets);
        ends(what, INSPECT, &octets);
    }
}

#[test]
fn text_files() {
    if !cfg!(target_os = "linux") {
        eprintln!("skipped: memory is limited so on Linux alone");
        return;
    }
    let blocks = "-----BEGIN X-----\nMAA=\n-----END X-----\n".repeat(300_000);
    let answer = sequence(&[&sequence(&[&[2, 1, 2], &sequence(&[&tlv(0x0c, &[b"\x1b[2J"]).repeat(90_000)])])]);
    let giant = sequence(&[&oid("1.2.840.113549.1.7.2"), &[0xa0, 0x84, 0x40, 0, 0, 0]]);
    for command in [VERIFY, CHAIN, STAMP, INSPECT] {
        ends("blocks", command, blocks.as_bytes());
        ends("an answer", command, &answer);
        ends("a gibibyte", command, &giant);
    }
}
