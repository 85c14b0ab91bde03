//! Facts and policies as files.

use std::fs;

use serde_json::Value;

use super::Desk;

const AT: &str = "2026-12-01T00:00:00Z";

#[test]
fn the_verdict_from_facts_is_that_on_the_document() {
    let desk = Desk::new(None);
    let tsa = desk.authority();
    desk.signed("signer", &["contract.txt", "--tsa", &tsa.url, "-o", "c.p7s"]);
    desk.done(&["timestamp", "contract.txt", "--tsa", &tsa.url, "-o", "c.tst"]);
    let far = "2100-01-01T00:00:00Z";
    for (command, name) in [(&["verify"][..], "c.p7s"), (&["timestamp", "verify"], "c.tst")] {
        let said = |arguments: &[&str]| {
            let output = desk.run(&[command, arguments].concat());
            (output.status.code(), String::from_utf8(output.stdout).unwrap())
        };
        let document = [name, "--content", "contract.txt"];
        let plain = said(&[&document[..], &["--trust", "pki/root.pem", "--at", AT]].concat());
        assert_eq!(plain.0, Some(0), "{}", plain.1);
        let storing = ["--trust", "pki/root.pem", "--at", AT, "--facts", "c.json"];
        assert_eq!(said(&[&document[..], &storing].concat()), plain);
        for more in [
            &["--trust", "pki/root.pem", "--at", AT][..],
            &["--trust", "pki/root.pem", "--at", far, "--json"],
            &["--at", AT, "--policy", "strict", "--json"],
        ] {
            let from_document = said(&[&document[..], more].concat());
            assert_eq!(said(&[&["--from-facts", "c.json"], more].concat()), from_document);
        }
    }
    let facts: Value = serde_json::from_slice(&desk.octets("c.json")).unwrap();
    assert_eq!(facts["schema"], "seing-facts/1");
    assert_eq!(facts["time_stamp"]["kind"], "document");
    let said = desk.refused(2, &["verify", "--from-facts", "c.json"]);
    assert!(said.contains("c.json") && said.contains("time-stamp"), "{said}");
}

#[test]
fn facts_stand_in_place_of_a_document_and_take_no_place() {
    let desk = Desk::new(None);
    desk.signed("signer", &["contract.txt", "-o", "c.p7s"]);
    let usage = |arguments: &[&str]| assert_eq!(desk.run(arguments).status.code(), Some(2), "{arguments:?}");
    let kept = desk.octets("c.p7s");
    for read in ["c.p7s", "contract.txt"] {
        let said = desk.refused(2, &["verify", "c.p7s", "--content", "contract.txt", "--facts", read]);
        assert!(said.contains(read) && said.contains("will not be written over"), "{said}");
    }
    assert_eq!(desk.octets("c.p7s"), kept);
    let report = desk.run(&["verify", "c.p7s", "--content", "contract.txt", "--facts", "c.json"]);
    assert_eq!(report.status.code(), Some(3));
    usage(&["verify"]);
    usage(&["verify", "c.p7s", "--from-facts", "c.json"]);
    usage(&["verify", "--from-facts", "c.json", "--facts", "d.json"]);
    usage(&["verify", "--from-facts", "c.json", "--content", "contract.txt"]);
    usage(&["verify", "--from-facts", "c.json", "--cert", "pki/root.pem"]);
    usage(&["timestamp", "verify"]);
    let changed = fs::read_to_string(desk.path("c.json")).unwrap().replace("\"ed25519\"", "\"ed448\"");
    desk.put("d.json", changed.as_bytes());
    let said = desk.refused(4, &["verify", "--from-facts", "d.json"]);
    assert!(said.contains("d.json") && said.contains("signatures[0].signer.algorithm: ed448"), "{said}");
    let before = desk.files();
    desk.refused(4, &["verify", "contract.txt", "--facts", "e.json"]);
    assert_eq!(desk.files(), before);
}

#[test]
fn a_policy_is_a_name_or_a_file() {
    let desk = Desk::new(None);
    desk.signed("signer", &["contract.txt", "-o", "c.p7s"]);
    let policy = |name: &str| {
        let arguments = ["c.p7s", "--content", "contract.txt", "--at", AT, "--policy", name];
        desk.verify(&arguments).1["policy"].clone()
    };
    for name in ["default", "strict", "lenient"] {
        let printed = desk.run(&["policy", name]).stdout;
        desk.put("ours.json", &printed);
        assert_eq!(policy("ours.json"), policy(name), "what is printed is the policy of that name");
        assert_eq!(policy(name)["name"], format!("seing {name} 1"));
    }
    assert_eq!(desk.run(&["policy"]).stdout, desk.run(&["policy", "default"]).stdout);
    assert_eq!(desk.run(&["policy", "ours.json"]).status.code(), Some(2));
    let mut ours: Value = serde_json::from_slice(&desk.run(&["policy"]).stdout).unwrap();
    ours["name"] = "ours".into();
    ours["keys"] = serde_json::json!([{ "kind": "rsa", "bits": 3072 }]);
    desk.put("ours.json", ours.to_string().as_bytes());
    let arguments = ["c.p7s", "--content", "contract.txt", "--at", AT, "--policy", "ours.json"];
    let (status, report) = desk.verify(&arguments);
    assert_eq!((status, &report["policy"]["name"]), (Some(3), &"ours".into()));
    assert_eq!(report["signatures"][0]["sub_indication"], "CRYPTO_CONSTRAINTS_FAILURE_NO_POE");
    ours["keys"] = serde_json::json!([{ "kind": "gost" }]);
    desk.put("ours.json", ours.to_string().as_bytes());
    let said = desk.refused(4, &[&["verify"], &arguments[..]].concat());
    assert!(said.contains("ours.json") && said.contains("unknown kind of key (gost)"), "{said}");
}
