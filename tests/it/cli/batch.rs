//! `seing batch`: folders, lists, digests; runs that are killed and continued.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use seing::ades::Check;
use seing::digest::Algorithm;
use seing::evidence::{DataObject, EvidenceRecord};
use seing::limits::{Budget, Limits};
use serde_json::Value;

use super::{Desk, Tsa, nobody, sentence};
use crate::evidence::bouncy_castle;
use crate::tool;

const TRUST: [&str; 2] = ["--trust", "pki/root.pem"];

/// A desk with orders in folders, some with names that are no words of a shell.
fn desk() -> Desk {
    let desk = Desk::new(None);
    for name in ORDERS {
        fs::create_dir_all(desk.path(name).parent().unwrap()).unwrap();
        desk.put(name, name.as_bytes());
    }
    desk
}

const ORDERS: [&str; 5] =
    ["orders/4711.txt", "orders/2026/4712.txt", "orders/2026/nov/4713.txt", "orders/bon n° 1.txt", "orders/empty.txt"];

fn record_of(order: &str) -> String {
    format!("records/{}.ers", order.strip_prefix("orders/").unwrap())
}

fn batch(desk: &Desk, tsa: &Tsa, arguments: &[&str]) -> Output {
    desk.run(&[&["batch", "--tsa", &tsa.url, "-o", "records"], &TRUST[..], arguments].concat())
}

fn summary(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", sentence(output)))
}

/// The files in a folder and those in it, relative to it.
fn tree(folder: &Path) -> BTreeSet<PathBuf> {
    let (mut folders, mut files) = (vec![folder.to_owned()], BTreeSet::new());
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(path.strip_prefix(folder).unwrap().to_owned());
            }
        }
    }
    files
}

/// What a record says of a document, every tree and the digest of the token together.
fn imprint(record: &Path, document: &[u8]) -> Check {
    let budget = &mut Budget::new(&Limits::default());
    let record = EvidenceRecord::parse(&fs::read(record).unwrap(), budget).unwrap();
    record.facts(&[DataObject::octets(document)], budget).unwrap().imprint()
}

fn verified(desk: &Desk, record: &str, document: &str) -> Value {
    let output = desk.run(&[&["evidence", "verify", record, "--content", document, "--json"], &TRUST[..]].concat());
    assert_eq!(output.status.code(), Some(0), "{record}: {}", sentence(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn every_document_of_a_folder_gets_a_record_that_verifies() {
    let desk = desk();
    let tsa = desk.authority();
    let output = batch(&desk, &tsa, &["orders", "--json", "--manifest", "manifest"]);
    assert_eq!(output.status.code(), Some(0), "{}", sentence(&output));
    let said = summary(&output);
    assert_eq!((&said["schema"], &said["records"], &said["kept"]), (&"seing-batch/1".into(), &5.into(), &0.into()));
    assert_eq!(said["time_stamp"]["authority"], tsa.url.as_str());
    let expected: BTreeSet<PathBuf> =
        ORDERS.iter().map(|order| record_of(order).strip_prefix("records/").unwrap().into()).collect();
    assert_eq!(tree(&desk.path("records")), expected);
    for order in ORDERS {
        let report = verified(&desk, &record_of(order), order);
        assert_eq!(report["timestamps"][0]["time"], said["time_stamp"]["time"], "one time-stamp for all");
    }
    let other = ["evidence", "verify", &record_of(ORDERS[0]), "--content", ORDERS[1], "--trust", "pki/root.pem"];
    assert_eq!(desk.run(&other).status.code(), Some(1));
    if let Some(sha256sum) = tool("sha256sum") {
        let folder = desk.path("orders");
        let check = Command::new(sha256sum).current_dir(folder).args(["--check", "../manifest"]).output().unwrap();
        assert!(check.status.success(), "{}", sentence(&check));
        assert_eq!(String::from_utf8(check.stdout).unwrap().matches(": OK").count(), 5);
    }
    bouncy_castle::takes(ORDERS.iter().map(|order| (desk.octets(&record_of(order)), vec![desk.octets(order)])));
}

#[test]
fn records_within_the_folder_of_the_documents_are_no_documents() {
    let desk = desk();
    let tsa = desk.authority();
    for records in [5, 0] {
        let output = desk.run(&["batch", "orders", "--tsa", &tsa.url, "-o", "orders/records", "--resume", "--json"]);
        assert_eq!(output.status.code(), Some(0), "{}", sentence(&output));
        assert_eq!(summary(&output)["records"], records);
    }
    let said = desk.refused(2, &["batch", "orders", "--tsa", &tsa.url, "-o", "./orders/../orders"]);
    assert!(said.contains("in the same folder"), "{said}");
    let said = desk.refused(2, &["batch", "contract.txt", "orders/2026", "--tsa", &tsa.url, "-o", "orders/2026"]);
    assert!(said.contains("in the same folder"), "{said}");
}

#[test]
fn a_manifest_beside_the_documents_is_none_of_them() {
    let desk = desk();
    let tsa = desk.authority();
    let output = batch(&desk, &tsa, &["orders", "--manifest", "orders/SHA256SUMS", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", sentence(&output));
    assert_eq!(summary(&output)["records"], 5);
    assert_eq!(tree(&desk.path("records")).len(), 5);
    assert_eq!(String::from_utf8(desk.octets("orders/SHA256SUMS")).unwrap().lines().count(), 5);
}

/// Names have 255 octets at most where these tests run, and those of records four more than those of their documents.
#[cfg(target_os = "linux")]
#[test]
fn a_place_that_cannot_be_stops_nobody_else() {
    let desk = desk();
    let tsa = desk.authority();
    let long = "n".repeat(253);
    desk.put(&format!("orders/{long}"), b"at the top");
    desk.put(&format!("orders/2026/{long}"), b"in a folder that has none yet");
    for (arguments, records, kept) in [(&["orders", "--json"][..], 5, 0), (&["orders", "--json", "--resume"], 0, 5)] {
        let output = batch(&desk, &tsa, arguments);
        assert_eq!(output.status.code(), Some(4));
        let said = summary(&output);
        assert_eq!((&said["records"], &said["kept"], &said["failed"]), (&records.into(), &kept.into(), &2.into()));
        assert_eq!(sentence(&output).matches(&format!("{long}.ers: ")).count(), 2, "{}", sentence(&output));
    }

    // The record of `a` is where the folder of another one would be.
    let digest = Algorithm::Sha256.digest(b"x").to_hex();
    desk.put("list", format!("{digest}  a\n{digest}  a.ers/b\n{digest}  c\n").as_bytes());
    let listed =
        |arguments: &[&str]| desk.run(&[&["batch", "list", "--tsa", &tsa.url, "-o", "listed"], arguments].concat());
    assert_eq!(listed(&[]).status.code(), Some(4));
    let said = summary(&listed(&["--resume", "--json"]));
    assert_eq!((&said["records"], &said["kept"], &said["failed"]), (&1.into(), &1.into(), &1.into()));
    assert_eq!(tree(&desk.path("listed")), ["a.ers", "c.ers"].map(PathBuf::from).into());
}

#[test]
fn lists_name_files_or_give_digests_and_standard_input_is_a_list() {
    let desk = desk();
    let tsa = desk.authority();
    let absolute = desk.path("orders/4711.txt");
    let digest = Algorithm::Sha256.digest(b"nowhere to be read").to_hex();
    let list = format!(
        "# of today\n\norders/2026/4712.txt\r\n./orders/empty.txt\n{}\n{digest}  shelf/9.pdf\n\\{digest} *a\\nb\n",
        absolute.display()
    );
    desk.put("list", list.as_bytes());
    let output = batch(&desk, &tsa, &["list", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", sentence(&output));
    assert_eq!(summary(&output)["records"], 5);
    verified(&desk, "records/orders/2026/4712.txt.ers", "orders/2026/4712.txt");
    verified(&desk, "records/orders/empty.txt.ers", "orders/empty.txt");
    let rooted = Path::new("records").join(absolute.strip_prefix("/").unwrap());
    verified(&desk, &format!("{}.ers", rooted.display()), "orders/4711.txt");
    assert_eq!(imprint(&desk.path("records/shelf/9.pdf.ers"), b"nowhere to be read"), Check::Holds);
    assert_eq!(imprint(&desk.path("records/a\nb.ers"), b"nowhere to be read"), Check::Holds);

    let mut child = Command::new(env!("CARGO_BIN_EXE_seing"))
        .current_dir(desk.folder.path())
        .args(["batch", "-", "--tsa", &tsa.url, "-o", "piped"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"orders/4711.txt").unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("records made in piped: 1, time-stamped at 20"));
    verified(&desk, "piped/orders/4711.txt.ers", "orders/4711.txt");
}

#[test]
fn several_files_and_folders_are_the_documents_themselves() {
    let desk = desk();
    let tsa = desk.authority();
    let output = batch(&desk, &tsa, &["contract.txt", "orders/2026", "--json"]);
    assert_eq!(summary(&output)["records"], 3);
    let expected = ["2026/4712.txt.ers", "2026/nov/4713.txt.ers", "contract.txt.ers"].map(PathBuf::from);
    assert_eq!(tree(&desk.path("records")), expected.into());
    let output = desk.run(&["batch", "contract.txt", "--files", "--tsa", &tsa.url, "-o", "one", "--json"]);
    assert_eq!(summary(&output)["records"], 1);
    verified(&desk, "one/contract.txt.ers", "contract.txt");
    // Taken as a list it names nothing.
    let output = desk.run(&["batch", "contract.txt", "--tsa", &tsa.url, "-o", "two"]);
    assert_eq!(output.status.code(), Some(4));
    assert!(sentence(&output).starts_with("seing: "), "{}", sentence(&output));
    assert!(!desk.path("two").exists());
}

#[test]
fn names_that_lead_out_of_the_folder_get_no_record() {
    let desk = desk();
    let tsa = desk.authority();
    let digest = Algorithm::Sha256.digest(b"x").to_hex();
    let names = ["../escaped", "a/../../escaped", "..", "/", ".", ".seing-batch/0", "/../escaped"];
    let mut list: String = names.iter().map(|name| format!("{digest}  {name}\n")).collect();
    list.push_str(&format!("{digest}  kept\norders/../orders/4711.txt\n"));
    desk.put("list", list.as_bytes());
    let before = desk.files();
    let output = batch(&desk, &tsa, &["list", "--json"]);
    assert_eq!(output.status.code(), Some(4));
    assert_eq!((&summary(&output)["records"], &summary(&output)["failed"]), (&1.into(), &8.into()));
    assert_eq!(sentence(&output).matches("outside of the folder for records").count(), 8, "{}", sentence(&output));
    assert_eq!(tree(&desk.path("records")), [PathBuf::from("kept.ers")].into());
    assert_eq!(desk.files(), [before, vec!["records".to_owned()]].concat());
}

#[test]
fn what_cannot_be_read_is_named_and_the_others_get_their_records() {
    let desk = desk();
    let tsa = desk.authority();
    desk.put("list", b"orders/4711.txt\nmissing.txt\norders\n/dev/zero\n");
    let output = batch(&desk, &tsa, &["list"]);
    assert_eq!(output.status.code(), Some(4));
    let said = sentence(&output);
    assert!(said.contains("missing.txt: ") && said.contains("; check the path"), "{said}");
    assert!(said.contains("orders: not a file") && said.contains("/dev/zero: not a file"), "{said}");
    let done = String::from_utf8(output.stdout).unwrap();
    assert!(done.ends_with("; documents without a record: 3\n"), "{done}");
    assert_eq!(tree(&desk.path("records")), [PathBuf::from("orders/4711.txt.ers")].into());
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("..", desk.path("orders/up")).unwrap();
        std::os::unix::fs::symlink("4711.txt", desk.path("orders/same.txt")).unwrap();
        let output = desk.run(&["batch", "orders", "--tsa", &tsa.url, "-o", "linked", "--json"]);
        assert_eq!((output.status.code(), &summary(&output)["records"]), (Some(4), &6.into()));
        assert!(sentence(&output).contains("orders/up: a symbolic link to a folder"), "{}", sentence(&output));
    }
}

#[test]
fn a_batch_of_nothing_is_none() {
    let desk = desk();
    let before = desk.files();
    fs::create_dir(desk.path("nothing")).unwrap();
    desk.put("list", b"# nothing today\n\n");
    for from in ["nothing", "list"] {
        let said = desk.refused(4, &["batch", from, "--tsa", &nobody(), "-o", "records"]);
        assert!(said.contains("there is no document"), "{said}");
    }
    assert!(desk.refused(4, &["batch", "gone", "--tsa", &nobody(), "-o", "records"]).contains("gone: "));
    assert!(desk.refused(2, &["batch", "orders", "-o", "records"]).contains("--tsa"));
    assert!(desk.refused(2, &["batch", "-", "list", "--tsa", &nobody(), "-o", "records"]).contains("`-` alone"));
    desk.put("list", &vec![b'x'; 1 << 20]);
    let output = desk.run(&["batch", "list", "--tsa", &nobody(), "-o", "records"]);
    assert!(output.status.code() == Some(4) && sentence(&output).contains("lines are too long"), "{output:?}");
    fs::remove_dir(desk.path("nothing")).unwrap();
    fs::remove_file(desk.path("list")).unwrap();
    assert_eq!(desk.files(), before);
}

#[test]
fn a_name_that_is_there_twice_stops_the_batch_before_anybody_is_asked() {
    let desk = desk();
    let digest = Algorithm::Sha256.digest(b"x").to_hex();
    for list in [format!("{digest}  a/x\n{digest}  y\n{digest}  ./a//x\n"), "contract.txt\n./contract.txt\n".to_owned()]
    {
        desk.put("list", list.as_bytes());
        let said = desk.refused(2, &["batch", "list", "--tsa", &nobody(), "-o", "records"]);
        assert!(said.contains("two records would be written for that name"), "{said}");
        assert!(!desk.path("records").exists());
    }
}

#[test]
fn without_a_time_stamp_nothing_is_written() {
    let desk = desk();
    let tsa = desk.authority();
    let other = Desk::new(None);
    let root = other.path("pki/root.pem");
    let before = desk.files();
    for arguments in [
        vec!["--tsa", "http://127.0.0.1:9/"],
        vec!["--tsa", &tsa.url, "--trust", root.to_str().unwrap()],
        vec!["--tsa", &tsa.url, "--tsa-trust", root.to_str().unwrap()],
    ] {
        let given = [&["batch", "orders", "-o", "records", "--manifest", "manifest"], arguments.as_slice()].concat();
        let said = desk.refused(4, &given);
        assert!(said.contains("there is no time-stamp"), "{said}");
        assert_eq!(desk.files(), before);
    }
    // The next authority is asked.
    let output = desk.run(&["batch", "orders", "-o", "records", "--tsa", &nobody(), "--tsa", &tsa.url]);
    assert_eq!(output.status.code(), Some(0));
    assert!(sentence(&output).contains(&format!("time-stamped by {}, after {}", tsa.url, nobody())));
}

#[test]
fn records_that_are_there_are_kept_or_told_of_and_never_replaced() {
    let desk = desk();
    let tsa = desk.authority();
    assert_eq!(batch(&desk, &tsa, &["orders"]).status.code(), Some(0));
    let before: Vec<Vec<u8>> = ORDERS.iter().map(|order| desk.octets(&record_of(order))).collect();
    let said = desk.refused(4, &["batch", "orders", "--tsa", &tsa.url, "-o", "records"]);
    assert!(said.contains("there is a record of that name") && said.contains("--resume"), "{said}");

    desk.put("orders/new.txt", b"new");
    let output = batch(&desk, &tsa, &["orders", "--resume", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", sentence(&output));
    assert_eq!((&summary(&output)["records"], &summary(&output)["kept"]), (&1.into(), &5.into()));
    verified(&desk, "records/new.txt.ers", "orders/new.txt");

    // Another version of a document, a record that is cut, one of another authority.
    desk.put(ORDERS[0], b"changed");
    fs::write(desk.path(&record_of(ORDERS[1])), &before[1][..before[1].len() - 1]).unwrap();
    let output = batch(&desk, &tsa, &["orders", "--resume", "--json"]);
    assert_eq!(output.status.code(), Some(4));
    assert_eq!((&summary(&output)["records"], &summary(&output)["failed"]), (&0.into(), &2.into()));
    let said = sentence(&output);
    assert!(said.contains("of another version of it") && said.contains("cannot be read"), "{said}");
    assert_eq!(desk.octets(&record_of(ORDERS[0])), before[0]);
    let other = Desk::new(None);
    let root = other.path("pki/root.pem");
    let strangers =
        ["batch", "orders", "--tsa", &tsa.url, "--trust", root.to_str().unwrap(), "-o", "records", "--resume"];
    let output = desk.run(&strangers);
    assert_eq!(output.status.code(), Some(4));
    assert_eq!(sentence(&output).matches("does not hold (INDETERMINATE/").count(), 4, "{}", sentence(&output));
}

#[test]
fn a_run_that_is_killed_leaves_whole_records_and_is_continued() {
    const COUNT: usize = 10_000;
    // In memory where the system has a place for that: these are many files.
    let memory = Path::new("/dev/shm");
    let desk = if memory.is_dir() { Desk::new_in(memory) } else { Desk::new(None) };
    let tsa = desk.authority();
    fs::create_dir(desk.path("orders")).unwrap();
    for number in 0..COUNT {
        desk.put(&format!("orders/{number}"), format!("order {number}").as_bytes());
    }
    let staging = desk.path("records/.seing-batch");
    // A run may end before this test comes to kill it.
    let interrupted = (0..20).any(|_| {
        drop(fs::remove_dir_all(desk.path("records")));
        let mut run = Command::new(env!("CARGO_BIN_EXE_seing"))
            .current_dir(desk.folder.path())
            .args(["batch", "orders", "--tsa", &tsa.url, "-o", "records"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let there = |folder: fs::ReadDir| folder.take(50).count() == 50;
        while !fs::read_dir(desk.path("records")).is_ok_and(there) && run.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        run.kill().unwrap();
        run.wait().unwrap();
        staging.exists()
    });
    assert!(interrupted, "every run had ended before it was killed");
    let check = |records: &BTreeSet<PathBuf>| {
        // Every tenth is enough: this is not the release build.
        for record in records.iter().step_by(10) {
            let order = record.to_str().unwrap().strip_suffix(".ers").unwrap();
            let holds = imprint(&desk.path("records").join(record), format!("order {order}").as_bytes());
            assert_eq!(holds, Check::Holds, "{order}");
        }
    };
    fs::remove_dir_all(&staging).unwrap();
    let records = tree(&desk.path("records"));
    check(&records);
    // What a run leaves that was killed while it wrote is nobody's.
    fs::create_dir(&staging).unwrap();
    fs::write(staging.join("0"), b"half a rec").unwrap();
    let output = batch(&desk, &tsa, &["orders", "--resume", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", sentence(&output));
    let said = summary(&output);
    assert_eq!(said["kept"], records.len());
    assert_eq!(said["records"], COUNT - records.len());
    let records = tree(&desk.path("records"));
    assert_eq!(records.len(), COUNT);
    check(&records);
}

#[cfg(unix)]
#[test]
fn two_runs_do_not_write_into_one_folder() {
    let desk = desk();
    fs::create_dir(desk.path("records")).unwrap();
    let folder = fs::File::open(desk.path("records")).unwrap();
    folder.try_lock().unwrap();
    let said = desk.refused(4, &["batch", "orders", "--tsa", &nobody(), "-o", "records"]);
    assert!(said.contains("another run is writing records there"), "{said}");
}
