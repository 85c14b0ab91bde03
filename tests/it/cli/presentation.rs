//! `verify --html --xml`: reports as files.

use std::str;

use super::Desk;

fn desk() -> Desk {
    let desk = Desk::new(None);
    desk.signed("signer", &["contract.txt", "--embed"]);
    desk
}

#[test]
fn the_report_is_written_as_a_page_and_as_xml() {
    let desk = desk();
    let signed = ["contract.txt.p7m", "--at", "2026-11-23T10:00:00Z"];
    let (status, _) = desk.verify(&[&signed[..], &["--html", "a.html", "--lang", "ar", "--xml", "a.xml"]].concat());
    desk.verify(&[&signed[..], &["--html", "b.html", "--lang", "AR-ma", "--xml", "b.xml"]].concat());
    desk.verify(&[&signed[..], &["--html", "c.html"]].concat());
    assert!(status.is_some());
    let page = desk.octets("a.html");
    assert!(str::from_utf8(&page).unwrap().contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(str::from_utf8(&desk.octets("c.html")).unwrap().contains("<html lang=\"en\" dir=\"ltr\">"));
    assert!(desk.octets("a.xml").starts_with(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>"));
    assert_eq!((page, desk.octets("a.xml")), (desk.octets("b.html"), desk.octets("b.xml")));
}

#[test]
fn a_report_takes_the_place_of_nothing_that_is_verified() {
    let desk = desk();
    let signed = desk.octets("contract.txt.p7m");
    let verify = ["verify", "contract.txt.p7m", "--trust", "pki/root.pem"];
    for more in [
        &["--html", "contract.txt.p7m"][..],
        &["--xml", "./contract.txt.p7m"],
        &["--content", "contract.txt", "--html", "contract.txt"],
        &["--html", "one", "--xml", "one"],
    ] {
        desk.refused(2, &[&verify[..], more].concat());
    }
    desk.refused(4, &[&verify[..], &["--html", "no/such/folder.html"]].concat());
    assert_eq!(desk.octets("contract.txt.p7m"), signed);
    assert_eq!(desk.octets("contract.txt"), super::CONTRACT.as_bytes());
    assert_eq!(desk.run(&[&verify[..], &["--html", "page", "--lang", "de"]].concat()).status.code(), Some(2));
}
