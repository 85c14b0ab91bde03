//! `seing hash` and `seing keygen`.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{seing, sentence};
use crate::tool;

#[test]
fn hash_prints_the_lines_of_sha256sum() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("contract.txt"), b"abc").unwrap();
    let names: &[&str] =
        if cfg!(unix) { &["contract.txt", "back\\slash", "new\nline", "carriage\rreturn"] } else { &["contract.txt"] };
    for name in names {
        fs::write(folder.path().join(name), b"abc").unwrap();
    }
    let printed = seing(folder.path(), &[&["hash"], names].concat());
    assert_eq!(printed.status.code(), Some(0));
    // FIPS 180-4, the example of one block.
    let line = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  contract.txt\n";
    assert!(String::from_utf8(printed.stdout.clone()).unwrap().starts_with(line));
    if let Some(sha256sum) = tool("sha256sum") {
        let theirs = Command::new(sha256sum).current_dir(folder.path()).args(names).output().unwrap();
        assert_eq!(String::from_utf8(printed.stdout).unwrap(), String::from_utf8(theirs.stdout).unwrap());
    }
}

#[test]
fn a_folder_of_mixed_files_has_the_lines_of_sha256sum_and_is_checked_like_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut names = Vec::new();
    for at in 0..300usize {
        let name = format!("{at}.order");
        // Empty, short, around the ends of blocks, and three that are longer than what is held whole.
        let length = if at % 100 == 99 { (1 << 20) + at } else { at * at % 5000 };
        let octets: Vec<u8> = (0..length).map(|place| (place * 31 + at) as u8).collect();
        fs::write(folder.path().join(&name), octets).unwrap();
        names.push(name);
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for algorithm in ["sha256", "sha384", "sha512"] {
        let ours = seing(folder.path(), &[&["hash", "--algorithm", algorithm], names.as_slice()].concat());
        assert_eq!(ours.status.code(), Some(0));
        let program = format!("{algorithm}sum");
        let Ok(theirs) = Command::new(&program).current_dir(folder.path()).args(&names).output() else {
            eprintln!("skipped: {program} is not installed");
            continue;
        };
        assert_eq!(String::from_utf8(ours.stdout.clone()).unwrap(), String::from_utf8(theirs.stdout).unwrap());
        fs::write(folder.path().join("list"), ours.stdout).unwrap();
        let checked = seing(folder.path(), &["hash", "--check", "--algorithm", algorithm, "list"]);
        assert_eq!(checked.status.code(), Some(0));
        let theirs = Command::new(&program).current_dir(folder.path()).args(["--check", "list"]).output().unwrap();
        assert_eq!(checked.stdout, theirs.stdout);
    }
}

#[test]
fn a_list_is_checked_with_the_verdicts_and_the_status_of_sha256sum() {
    // FIPS 180-4, the example of one block.
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    let folder = tempfile::tempdir().unwrap();
    for (name, octets) in
        [("good", "abc"), ("bad", "abd"), (" leading", "abc"), ("back\\slash", "abc"), ("x) = y", "abc")]
    {
        fs::write(folder.path().join(name), octets).unwrap();
    }
    if cfg!(unix) {
        fs::write(folder.path().join("new\nline"), "abc").unwrap();
    }
    let upper = ABC.to_uppercase();
    let lists = [
        (format!("{ABC}  good\n"), 0),
        (format!("{ABC} *good"), 0),
        (format!("# a comment\n{upper}  good\r\n"), 0),
        (format!("{ABC}   leading\n"), 0),
        (format!("  {ABC}  good\n"), 0),
        (format!("SHA256 (good) = {ABC}\nSHA256 (x) = y) = {ABC}\n"), 0),
        (format!("\\{ABC}  back\\\\slash\n"), 0),
        (format!("\\{ABC}  new\\nline\n"), 0),
        (format!("{ABC}  bad\n{ABC}  good\n"), 1),
        (format!("{ABC}  missing\n{ABC}  good\n"), 1),
        (format!("{ABC}  good\nnonsense\n{ABC}x  good\n"), 0),
        (format!("{}  good\n", &ABC[1..]), 1),
        (format!("\\{ABC}  wrong\\escape\n"), 1),
        ("nonsense\n".to_owned(), 1),
        (String::new(), 1),
    ];
    let sha256sum = tool("sha256sum");
    for (list, status) in lists {
        fs::write(folder.path().join("list"), &list).unwrap();
        let ours = seing(folder.path(), &["hash", "--check", "list"]);
        assert_eq!(ours.status.code(), Some(status), "{list:?}: {}", sentence(&ours));
        if let Some(sha256sum) = sha256sum {
            let theirs = Command::new(sha256sum).current_dir(folder.path()).args(["--check", "list"]).output().unwrap();
            assert_eq!(theirs.status.code(), Some(status), "{list:?}");
            assert_eq!(String::from_utf8(ours.stdout), String::from_utf8(theirs.stdout), "{list:?}");
        }
    }
}

#[test]
fn a_file_that_cannot_be_read_does_not_stop_the_others() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("there"), b"abc").unwrap();
    let output = seing(folder.path(), &["hash", "missing", "there"]);
    assert_eq!(output.status.code(), Some(4));
    assert!(String::from_utf8(output.stdout.clone()).unwrap().ends_with("  there\n"));
    let sentence = sentence(&output);
    assert!(sentence.starts_with("seing: missing: ") && sentence.ends_with("; check the path\n"), "{sentence}");
}

#[test]
fn wrong_usage_exits_with_2_and_help_with_0() {
    let here = Path::new(".");
    for arguments in [&[][..], &["nothing"], &["hash", "--algorithm", "md5"], &["keygen"], &["hash", "--unknown"]] {
        assert_eq!(seing(here, arguments).status.code(), Some(2), "{arguments:?}");
    }
    for arguments in [&["--help"][..], &["--version"], &["hash", "--help"], &["keygen", "--help"]] {
        assert_eq!(seing(here, arguments).status.code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn a_new_key_is_its_owners_and_takes_the_place_of_none() {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("shop.key");
    fs::write(folder.path().join("secret"), "a pass phrase\nand a note\n").unwrap();
    for kind in ["ed25519", "p256", "p384", "rsa3072"] {
        let name = format!("{kind}.key");
        let output = seing(folder.path(), &["keygen", "--algorithm", kind, "--password-file", "secret", "-o", &name]);
        assert_eq!(output.status.code(), Some(0), "{}", sentence(&output));
        if let Some(openssl) = tool("openssl") {
            let read = Command::new(openssl)
                .current_dir(folder.path())
                .args(["pkey", "-noout", "-check", "-passin", "pass:a pass phrase", "-in", &name])
                .output()
                .unwrap();
            assert!(read.status.success(), "{kind}: {}", sentence(&read));
        }
    }
    assert_eq!(seing(folder.path(), &["keygen", "-o", "shop.key"]).status.code(), Some(0));
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&key).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
    }
    let first = fs::read(&key).unwrap();
    let refused = seing(folder.path(), &["keygen", "-o", "shop.key"]);
    assert_eq!(refused.status.code(), Some(4));
    assert!(sentence(&refused).contains("--force"), "{}", sentence(&refused));
    assert_eq!(fs::read(&key).unwrap(), first);
    assert_eq!(seing(folder.path(), &["keygen", "--force", "-o", "shop.key"]).status.code(), Some(0));
    assert_ne!(fs::read(&key).unwrap(), first);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().starts_with(".seing-")), "{left:?}");
}

#[test]
fn a_key_that_cannot_be_written_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let output = seing(folder.path(), &["keygen", "-o", "no/such/folder/shop.key"]);
    assert_eq!(output.status.code(), Some(4));
    assert!(sentence(&output).contains("no/such/folder/shop.key"), "{}", sentence(&output));
    fs::write(folder.path().join("empty"), "\n").unwrap();
    let output = seing(folder.path(), &["keygen", "--password-file", "empty", "-o", "shop.key"]);
    assert_eq!(output.status.code(), Some(4));
    assert!(!folder.path().join("shop.key").exists());
}
