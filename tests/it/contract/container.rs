//! Containers, held against other programs that know ZIP, and against whoever edits them.

use std::process::Command;

use seing::ades::asic::Container;
use seing::error::ErrorKind;
use seing::limits::Limits;

fn container() -> Container {
    let mut container = Container::default();
    container.add("documents/contract.txt", b"one desk".to_vec()).unwrap();
    container.add("journal/0001.json", b"{}".to_vec()).unwrap();
    container.add("empty", Vec::new()).unwrap();
    container
}

fn parse(octets: &[u8]) -> seing::error::Result<Container> {
    Container::parse(octets, &Limits::default())
}

#[test]
fn a_container_is_read_as_it_was_written() {
    let octets = container().to_octets().unwrap();
    assert_eq!(parse(&octets).unwrap(), container());
    // EN 319 162-1: the media type can be told from the first octets.
    assert_eq!(&octets[30..38], b"mimetype");
    assert_eq!(&octets[38..69], b"application/vnd.etsi.asic-e+zip");
}

#[test]
fn every_changed_octet_is_refused() {
    let octets = container().to_octets().unwrap();
    for place in 0..octets.len() {
        for bit in 0..8 {
            let mut changed = octets.clone();
            changed[place] ^= 1 << bit;
            if let Ok(read) = parse(&changed) {
                assert_eq!(read, container(), "octet {place}, bit {bit}");
            }
        }
        assert!(parse(&octets[..place]).is_err(), "cut at {place}");
    }
    assert!(parse(&[&octets[..], b"\0"].concat()).is_err());
    assert!(parse(&[b"\0", &octets[..]].concat()).is_err());
}

#[test]
fn names_stay_below_the_folder() {
    for name in ["", "/etc/passwd", "../up", "a/../b", "a//b", "a/", ".hidden", "C:\\x", "mimetype", "caf\u{e9}"] {
        let error = Container::default().add(name, Vec::new()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Misuse, "{name}");
    }
    assert_eq!(container().add("empty", Vec::new()).unwrap_err().kind(), ErrorKind::Misuse);
}

#[test]
fn python_reads_what_is_written_and_writes_what_is_read() {
    if Command::new("python3").arg("--version").output().is_err() {
        eprintln!("skipped: python3 is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (ours, theirs) = (folder.path().join("ours.asice"), folder.path().join("theirs.asice"));
    std::fs::write(&ours, container().to_octets().unwrap()).unwrap();
    let script = "import sys, zipfile\n\
        a = zipfile.ZipFile(sys.argv[1]); assert a.testzip() is None\n\
        b = zipfile.ZipFile(sys.argv[2], 'w', zipfile.ZIP_STORED)\n\
        [b.writestr(name, a.read(name)) for name in a.namelist()]\n\
        b.close(); print(' '.join(a.namelist()))";
    let output = Command::new("python3").args(["-c", script]).arg(&ours).arg(&theirs).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.stdout.trim_ascii(), b"mimetype documents/contract.txt empty journal/0001.json");
    assert_eq!(parse(&std::fs::read(theirs).unwrap()).unwrap(), container());
}
