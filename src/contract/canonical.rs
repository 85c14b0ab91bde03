//! Canonical JSON (RFC 8785), for texts, whole numbers, lists and objects: what events are made of.
//!
//! Numbers with a fraction are refused rather than written: amounts are texts, so that nobody's floating point can change them.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{Error, Result};

/// The largest whole number that every reader of JSON takes for itself (RFC 7493 §2.2).
const LARGEST: u64 = (1 << 53) - 1;

/// Nested lists and objects that are written; an event has nine.
const DEEPEST: usize = 32;

/// The canonical octets of a value.
pub(super) fn octets(value: &Value) -> Result<Vec<u8>> {
    let mut octets = Vec::new();
    write(value, DEEPEST, &mut octets)?;
    Ok(octets)
}

/// Something as the value that [`octets`] writes.
pub(super) fn value(of: &impl Serialize) -> Result<Value> {
    serde_json::to_value(of).map_err(|error| Error::misuse("this cannot be written as JSON").because(error))
}

/// Reads canonical octets. There is one way to write a value, and whatever is not written so is refused: members out of order or
/// there twice, space, other escapes, members that nobody knows.
pub(super) fn parse<T: Serialize + DeserializeOwned>(octets: &[u8]) -> Result<T> {
    let read: T = serde_json::from_slice(octets)
        .map_err(|error| Error::malformed("this is not what the journal is made of").with(error.to_string()))?;
    if self::octets(&value(&read)?)? != octets {
        return Err(Error::malformed("this is not written as RFC 8785 writes it"));
    }
    Ok(read)
}

fn write(value: &Value, depth: usize, octets: &mut Vec<u8>) -> Result<()> {
    let depth = depth.checked_sub(1).ok_or_else(|| Error::limit("lists and objects nested too deep"))?;
    match value {
        Value::Null => octets.extend(b"null"),
        Value::Bool(true) => octets.extend(b"true"),
        Value::Bool(false) => octets.extend(b"false"),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(number), _) if number <= LARGEST => octets.extend(number.to_string().bytes()),
            (None, Some(negative)) if negative.unsigned_abs() <= LARGEST => octets.extend(negative.to_string().bytes()),
            _ => {
                let what = "number that is not whole, or that not every reader of JSON can hold";
                return Err(Error::malformed(what).with(number.to_string()));
            }
        },
        Value::String(text) => write_text(text, octets),
        Value::Array(items) => {
            octets.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    octets.push(b',');
                }
                write(item, depth, octets)?;
            }
            octets.push(b']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            // RFC 8785 §3.2.3: by the UTF-16 code units of the names.
            members.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
            octets.push(b'{');
            for (index, (name, member)) in members.into_iter().enumerate() {
                if index > 0 {
                    octets.push(b',');
                }
                write_text(name, octets);
                octets.push(b':');
                write(member, depth, octets)?;
            }
            octets.push(b'}');
        }
    }
    Ok(())
}

/// RFC 8785 §3.2.2.2.
fn write_text(text: &str, octets: &mut Vec<u8>) {
    octets.push(b'"');
    for character in text.chars() {
        match character {
            '"' => octets.extend(b"\\\""),
            '\\' => octets.extend(b"\\\\"),
            '\u{8}' => octets.extend(b"\\b"),
            '\t' => octets.extend(b"\\t"),
            '\n' => octets.extend(b"\\n"),
            '\u{c}' => octets.extend(b"\\f"),
            '\r' => octets.extend(b"\\r"),
            control if u32::from(control) < 0x20 => octets.extend(format!("\\u{:04x}", u32::from(control)).bytes()),
            other => octets.extend(other.encode_utf8(&mut [0; 4]).bytes()),
        }
    }
    octets.push(b'"');
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::unwrap_in_result, reason = "tests fail by panicking")]
mod tests {
    use super::*;

    fn canonical(json: &str) -> Result<String> {
        octets(&serde_json::from_str(json).unwrap()).map(|octets| String::from_utf8(octets).unwrap())
    }

    /// RFC 8785 §3.2.2 and §3.2.4, without the numbers that have a fraction.
    #[test]
    fn texts_are_written_as_in_the_example_of_the_standard() {
        let example =
            r#"{ "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false] }"#;
        assert_eq!(
            canonical(example).unwrap(),
            "{\"literals\":[null,true,false],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"
        );
    }

    /// RFC 8785 §3.2.3.
    #[test]
    fn members_are_sorted_as_in_the_example_of_the_standard() {
        let example = r#"{ "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh",
            "1": "One", "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis" }"#;
        let values = [
            "Carriage Return",
            "One",
            "Control",
            "Latin Small Letter O With Diaeresis",
            "Euro Sign",
            "Emoji: Grinning Face",
            "Hebrew Letter Dalet With Dagesh",
        ];
        let written = canonical(example).unwrap();
        let places: Vec<_> = values.iter().map(|value| written.find(value).unwrap()).collect();
        assert!(places.is_sorted(), "{written}");
    }

    #[test]
    fn numbers_are_whole_and_small_enough_for_everybody() {
        assert_eq!(canonical("[0, -1, 9007199254740991]").unwrap(), "[0,-1,9007199254740991]");
        for number in ["[9007199254740992]", "[1.5]", "[1e3]", "[-9007199254740992]"] {
            assert!(canonical(number).is_err(), "{number}");
        }
    }

    #[test]
    fn what_is_nested_too_deep_is_refused() {
        let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(canonical(&deep(32)).is_ok());
        assert!(canonical(&deep(33)).is_err());
    }
}
