//! Containers, held against other programs that know ZIP, and against whoever edits them.

use std::process::Command;

use seing::ades::asic::Container;
use seing::error::ErrorKind;
use seing::limits::Limits;

use super::archive::{Member, archive, archive_with, media_type};

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
fn what_other_writers_do_is_read() {
    let mut expected = Container::default();
    expected.add("a/deflated", b"one desk".to_vec()).unwrap();
    expected.add("b/stored", b"two desks".to_vec()).unwrap();
    let deflated = Member::deflated("a/deflated", b"one desk");
    let stored = Member::stored("b/stored", b"two desks");
    let time = [&[0x55, 0x54, 5, 0][..], &[1, 0, 0, 0, 0]].concat();
    let folder = Member { made_by: 0x031e, attributes: 0o040_755 << 16, ..Member::stored("a/", b"") };
    for members in [
        vec![deflated.clone(), stored.clone()],
        vec![deflated.clone().with_sizes_behind(b"PK\x07\x08"), stored.clone()],
        vec![deflated.clone().with_sizes_behind(b""), stored.clone()],
        vec![folder, Member { extra: time, flags: 2, ..deflated }, Member { flags: 0x0800, ..stored }],
    ] {
        let octets = archive(&[&[media_type()], &members[..]].concat());
        assert_eq!(parse(&octets).unwrap(), expected);
        for place in 0..octets.len() {
            let mut changed = octets.clone();
            changed[place] ^= 4;
            if let Ok(read) = parse(&changed) {
                assert_eq!(read, expected, "octet {place}");
            }
            assert!(parse(&octets[..place]).is_err(), "cut at {place}");
        }
    }
    // EN 319 162-1: the comment of the archive may state the media type once more, and nothing else.
    let commented = |comment: &[u8]| {
        let end = |end: &mut Vec<u8>| {
            end[20..].copy_from_slice(&(comment.len() as u16).to_le_bytes());
            end.extend(comment);
        };
        parse(&archive_with(&[media_type(), Member::stored("a", b"a")], &end))
    };
    assert!(commented(b"mimetype=application/vnd.etsi.asic-e+zip").is_ok());
    assert!(commented(b"anything").is_err());
}

/// Each refusal says what it refuses, and in which member.
#[test]
fn what_is_no_container_of_ours_is_refused_by_name() {
    let member = || Member::stored("a.txt", b"one desk");
    let deflated = || Member::deflated("a.txt", b"one desk");
    let unicode_path = [&[0x75, 0x70, 6, 0][..], &[1, 0, 0, 0, 0, b'b']].concat();
    let named = |name: &str| Member { flags: 0x0800, ..Member::stored(name, b"one desk") };
    use ErrorKind::{LimitExceeded, Malformed, Unsupported};
    for (what, kind, wrong) in [
        ("encrypted", Unsupported, Member { flags: 1, ..member() }),
        ("encrypted", Unsupported, Member { flags: 0x2041, ..member() }),
        ("encrypted", Unsupported, Member { extra: vec![1, 0x99, 0, 0], ..member() }),
        ("another method", Unsupported, Member { method: 12, ..member() }),
        ("a flag", Unsupported, Member { flags: 0x20, ..member() }),
        ("ZIP64", Unsupported, Member { extra: vec![1, 0, 0, 0], ..member() }),
        ("ZIP64", Unsupported, Member { length: u32::MAX, packed_length: u32::MAX, ..member() }),
        ("a link", Unsupported, Member { made_by: 0x031e, attributes: 0o120_777 << 16, ..member() }),
        ("second name", Malformed, Member { extra: unicode_path, ..member() }),
        ("a comment", Malformed, Member { comment: b"hidden".to_vec(), ..member() }),
        ("two lengths", Malformed, Member { length: 9, ..member() }),
        ("checksum", Malformed, Member { crc: 1, ..member() }),
        ("more than it says", Malformed, Member { length: 7, ..deflated() }),
        ("does not inflate", Malformed, Member { length: 9, ..deflated() }),
        ("does not inflate", Malformed, Member { packed: vec![7; 13], ..deflated() }),
        ("a hundred times", LimitExceeded, Member { length: 10 << 20, ..deflated() }),
        ("a name", Malformed, named("../up.txt")),
        ("a name", Malformed, named("/etc/passwd")),
        ("a name", Malformed, named("a/../../up.txt")),
        ("a name", Malformed, named("a//b.txt")),
        ("a name", Malformed, named("C:\\up.txt")),
        ("a name", Malformed, named("..\\up.txt")),
        ("a name", Malformed, named("invoice\u{202e}txt.exe")),
        ("a name", Malformed, named("nul\0.txt")),
        ("a name", Malformed, named("mimetype")),
        ("a folder", Malformed, named("folder/")),
        ("character set", Malformed, Member { flags: 0, ..named("caf\u{e9}") }),
        ("something between", Malformed, Member { behind: b"hidden".to_vec(), ..member() }),
        ("contradicts", Malformed, Member { sizes_behind: true, ..member() }),
        ("its length stands behind", Malformed, member().with_sizes_behind(b"PK\x07\x08")),
        ("its length stands behind", Malformed, member().with_sizes_behind(b"")),
    ] {
        let name = String::from_utf8(wrong.name.clone()).unwrap();
        let error = parse(&archive(&[media_type(), wrong, Member::stored("z.txt", b"z")])).unwrap_err();
        let said = error.to_string();
        assert_eq!(error.kind(), kind, "{what}: {said}");
        // What stands between two members is found at the second.
        let place = if what == "something between" { "z.txt" } else { &name };
        assert!(said.contains(what) && said.contains(place), "{what}: {said}");
    }
    let twice = archive(&[media_type(), member(), Member::stored("b.txt", b"b"), member()]);
    assert!(parse(&twice).unwrap_err().to_string().contains("two members have the same name (a.txt)"));
    // A name of another writer, in another script, is a name.
    assert!(parse(&archive(&[media_type(), named("\u{639}\u{642}\u{62f} 1.pdf")])).is_ok());
}

#[test]
fn the_media_type_comes_first_and_bare() {
    let other = Member::stored("a.txt", b"a");
    let packed = Member::deflated("mimetype", b"application/vnd.etsi.asic-e+zip");
    let extra = Member { extra: vec![0x55, 0x54, 0, 0], ..media_type() };
    let asic_s = Member::stored("mimetype", b"application/vnd.etsi.asic-s+zip");
    for members in [
        vec![other.clone(), media_type()],
        vec![other.clone()],
        vec![packed, other.clone()],
        vec![extra, other.clone()],
        vec![media_type().with_sizes_behind(b""), other.clone()],
        vec![asic_s, other],
    ] {
        assert!(parse(&archive(&members)).unwrap_err().to_string().contains("media type"));
    }
    let error = parse(&archive(&[])).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Malformed);
}

#[test]
fn the_end_of_an_archive_says_where_its_directory_is() {
    let members = [media_type(), Member::stored("a.txt", b"a")];
    for (place, value, what) in [
        (4, 1u16, "several files"),
        (6, 1, "several files"),
        (8, 1, "several files"),
        (12, 1, "not where its end says"),
        (16, 1, "not where its end says"),
    ] {
        let error = parse(&archive_with(&members, &|end| end[place] ^= value as u8)).unwrap_err();
        assert!(error.to_string().contains(what), "{place}: {error}");
    }
    let fewer = parse(&archive_with(&members, &|end| (end[8], end[10]) = (1, 1))).unwrap_err();
    assert!(fewer.to_string().contains("belong to no member"), "{fewer}");
    let many = parse(&archive_with(&members, &|end| end[8..12].fill(0xff))).unwrap_err();
    assert_eq!(many.kind(), ErrorKind::Unsupported);
}

#[test]
fn a_container_stays_within_the_limits() {
    let members: Vec<_> = (0..50).map(|number| Member::deflated(&format!("{number}"), &[7; 1000])).collect();
    let octets = archive(&[&[media_type()], &members[..]].concat());
    let mut limits = Limits::default();
    limits.elements = 50;
    assert_eq!(Container::parse(&octets, &limits).unwrap_err().kind(), ErrorKind::LimitExceeded);
    limits.elements = 51;
    assert!(Container::parse(&octets, &limits).is_ok());
    limits.document_octets = octets.len();
    assert!(Container::parse(&octets, &limits).is_ok());
    limits.document_octets -= 1;
    assert_eq!(Container::parse(&octets, &limits).unwrap_err().kind(), ErrorKind::LimitExceeded);
    // Three that claim a MiB each, which none has: nothing is inflated when the sum is too much.
    let claims = |name: &str| Member { length: 1 << 20, ..Member::deflated(name, b"one desk") };
    let octets = archive(&[media_type(), claims("a"), claims("b"), claims("c")]);
    limits.document_octets = (3 << 20) - 1;
    let error = Container::parse(&octets, &limits).unwrap_err();
    assert!(error.kind() == ErrorKind::LimitExceeded && error.to_string().contains("(c)"), "{error}");
}

/// Python's zipfile and Info-ZIP's zip, each in two ways: as a file, and as a stream in which sizes stand behind.
#[test]
fn containers_of_python_and_of_zip_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut expected = Container::default();
    let text = "un bureau en ch\u{ea}ne\n".repeat(500);
    for (name, content) in [("META-INF/manifest.xml", "<a/>"), ("documents/contract.txt", &text), ("empty.txt", "")] {
        expected.add(name, content.as_bytes().to_vec()).unwrap();
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    std::fs::write(folder.path().join("mimetype"), "application/vnd.etsi.asic-e+zip").unwrap();
    let read = |name: &str| parse(&std::fs::read(folder.path().join(name)).unwrap());
    let run = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).current_dir(folder.path()).output();
        match output {
            Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)),
            Err(_) => eprintln!("skipped: {program} is not installed"),
        }
        folder.path().join(arguments[arguments.len() - 1]).exists() || program != "python3"
    };
    let script = "import sys, zipfile\n\
        class Pipe:\n\
        \x20   def __init__(self, file): self.write, self.flush = file.write, file.flush\n\
        names = ['META-INF/manifest.xml', 'documents/contract.txt', 'empty.txt']\n\
        file = open(sys.argv[1], 'wb')\n\
        out = Pipe(file) if 'stream' in sys.argv[1] else file\n\
        z = zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED)\n\
        z.write('mimetype', compress_type=zipfile.ZIP_STORED)\n\
        [z.write(name) for name in names]\n\
        z.close(); file.close()";
    if run("python3", &["-c", script, "python.asice"]) && folder.path().join("python.asice").exists() {
        assert_eq!(read("python.asice").unwrap(), expected);
        // What streams the media type as well has its sizes behind it, where EN 319 162-1 wants them before.
        run("python3", &["-c", script, "stream.asice"]);
        assert!(read("stream.asice").unwrap_err().to_string().contains("media type"));
    }
    run("zip", &["-X0q", "zip.asice", "mimetype"]);
    run("zip", &["-X9rq", "zip.asice", "META-INF", "documents", "empty.txt"]);
    if folder.path().join("zip.asice").exists() {
        assert_eq!(read("zip.asice").unwrap(), expected);
        run("zip", &["-X0q", "behind.asice", "mimetype"]);
        run("zip", &["-X9rq", "-fd", "behind.asice", "META-INF", "documents", "empty.txt"]);
        assert_eq!(read("behind.asice").unwrap(), expected);
        run("zip", &["-0q", "extra.asice", "mimetype", "empty.txt"]);
        assert!(read("extra.asice").unwrap_err().to_string().contains("media type"));
        run("zip", &["-X0q", "locked.asice", "mimetype"]);
        run("zip", &["-X9q", "-P", "secret", "locked.asice", "documents/contract.txt"]);
        let error = read("locked.asice").unwrap_err();
        assert!(error.to_string().contains("encrypted (documents/contract.txt)"), "{error}");
    }
    let bomb = "import zipfile\n\
        z = zipfile.ZipFile('bomb.asice', 'w', zipfile.ZIP_DEFLATED)\n\
        z.writestr('mimetype', 'application/vnd.etsi.asic-e+zip', zipfile.ZIP_STORED)\n\
        z.writestr('zeros', bytes(20 << 20)); z.close()";
    if run("python3", &["-c", bomb, "bomb.asice"]) && folder.path().join("bomb.asice").exists() {
        let error = read("bomb.asice").unwrap_err();
        assert_eq!((error.kind(), error.to_string().contains("zeros")), (ErrorKind::LimitExceeded, true), "{error}");
    }
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
