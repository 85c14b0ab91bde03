//! Assessments as lines of a key and a value, and the tables that were written by hand.

use std::collections::BTreeMap;

use serde_json::Value;

/// Key and value of everything that an assessment concludes.
pub(super) fn lines(assessment: &Value, exit: i32) -> BTreeMap<String, String> {
    let mut lines = BTreeMap::new();
    let mut put = |key: String, value: String| {
        let before = lines.insert(key.clone(), value.clone());
        assert!(before.as_ref().is_none_or(|before| *before == value), "{key}: {before:?}, {value}");
    };
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    put("exit".to_owned(), exit.to_string());
    let stops: Vec<String> = assessment["stops"].as_array().unwrap().iter().map(text).collect();
    put("stops".to_owned(), if stops.is_empty() { "-".to_owned() } else { stops.join(",") });
    for part in ["offer", "validly_concluded", "express_acceptance", "acknowledged"] {
        put(format!("formation.{part}"), text(&assessment["formation"][part]["answer"]));
    }
    put("formation.delay".to_owned(), assessment["formation"]["acknowledgement_delay"].to_string());
    for deadline in assessment["deadlines"].as_array().unwrap() {
        let what = text(&deadline["what"]);
        let value = match &deadline["last_day"] {
            Value::String(day) => day.clone(),
            _ => text(&deadline["otherwise"]["answer"]),
        };
        put(format!("deadline.{}", what.split(' ').next().unwrap()), value);
    }
    let levels = |of: &Value| ["level", "on_attestations", "would_be"].map(|name| text(&of[name])).join("/");
    for signature in assessment["signatures"].as_array().unwrap() {
        let about = text(&signature["about"]);
        for reading in signature["readings"].as_array().unwrap() {
            let law = text(&reading["regime"]);
            put(format!("level.{about}.{law}"), levels(reading));
            for (effect, answer) in reading["effects"].as_object().unwrap() {
                put(format!("effect.{about}.{law}.{effect}"), text(&answer["answer"]));
            }
        }
    }
    for seal in assessment["seals"].as_array().unwrap() {
        put(format!("seal.{}", text(&seal["about"])), levels(seal));
    }
    for answer in assessment["answers"].as_array().unwrap() {
        let about = answer["about"].as_str().map(|about| format!("@{about}")).unwrap_or_default();
        put(format!("{}{about} {}", text(&answer["rule"]), text(&answer["regime"])), text(&answer["answer"]));
    }
    for rule in assessment["not_asked"].as_array().unwrap() {
        put(text(&rule["rule"]), "not_asked".to_owned());
    }
    lines
}

/// A table: `key = value : why`, one a line. A line that begins with `#` is a remark.
pub(super) fn table(text: &'static str) -> BTreeMap<String, String> {
    let rows = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let mut table = BTreeMap::new();
    for row in rows {
        let (key, rest) = row.split_once(" = ").unwrap_or_else(|| panic!("{row}"));
        let (value, why) = rest.split_once(" : ").unwrap_or_else(|| panic!("no reason: {row}"));
        assert!(!why.trim().is_empty(), "{row}");
        assert!(table.insert(key.trim().to_owned(), value.trim().to_owned()).is_none(), "twice: {row}");
    }
    table
}

/// Each line of the table against what was found.
pub(super) fn hold(name: &str, table: &BTreeMap<String, String>, found: &BTreeMap<String, String>) {
    let wrong: Vec<String> = table
        .iter()
        .filter(|(key, value)| found.get(*key) != Some(value))
        .map(|(key, value)| format!("{key}: by hand {value}, found {:?}", found.get(key)))
        .collect();
    assert!(wrong.is_empty(), "{name}:\n{}", wrong.join("\n"));
}

/// What differs from another assessment, which must be what the table says and nothing else.
pub(super) fn differs(
    name: &str,
    table: &BTreeMap<String, String>,
    found: &BTreeMap<String, String>,
    from: &BTreeMap<String, String>,
) {
    hold(name, table, found);
    let keys = found.keys().chain(from.keys());
    let changed: Vec<&String> =
        keys.filter(|key| found.get(*key) != from.get(*key) && !table.contains_key(*key)).collect();
    assert!(changed.is_empty(), "{name}: not in the table: {changed:?}");
}
