//! Strict I-JSON in, canonical form out (RFC 8785, integers only; RXP-10, RXP-13).

use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// Deepest nesting (RXP-11).
pub const DEPTH_MAX: usize = 16;
/// Largest integer of I-JSON, 2^53 - 1.
pub const INTEGER_MAX: i64 = 9_007_199_254_740_991;

/// Why a text is not a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JsonError {
    /// Not JSON at all.
    BadJson,
    /// JSON, but with a double key, a float, a large integer or a key outside ASCII.
    NotIJson,
    /// Deeper than [`DEPTH_MAX`].
    TooDeep,
}

impl JsonError {
    /// The code of RXP-80.01.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadJson => "bad_json",
            Self::NotIJson => "not_ijson",
            Self::TooDeep => "too_deep",
        }
    }
}

/// Reads one I-JSON document.
///
/// # Errors
/// [`JsonError`] as each variant says.
pub fn parse(bytes: &[u8]) -> Result<Value, JsonError> {
    match serde_json::from_slice::<Strict>(bytes) {
        Ok(Strict(value)) if depth(&value) > DEPTH_MAX => Err(JsonError::TooDeep),
        Ok(Strict(value)) => Ok(value),
        Err(error) if error.is_data() => Err(JsonError::NotIJson),
        Err(_) => Err(JsonError::BadJson),
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(list) => 1 + list.iter().map(depth).max().unwrap_or(0),
        Value::Object(map) => 1 + map.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// The canonical form: keys by UTF-16 code units, no space, shortest escapes.
#[must_use]
pub fn canonical(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::String(text) => write_text(text, out),
        Value::Array(list) => {
            out.push('[');
            for (n, entry) in list.iter().enumerate() {
                if n > 0 {
                    out.push(',');
                }
                write(entry, out);
            }
            out.push(']');
        }
        Value::Object(map) => {
            let mut entries: Vec<(&String, &Value)> = map.iter().collect();
            entries.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
            out.push('{');
            for (n, (key, entry)) in entries.into_iter().enumerate() {
                if n > 0 {
                    out.push(',');
                }
                write_text(key, out);
                out.push(':');
                write(entry, out);
            }
            out.push('}');
        }
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{C}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            c if u32::from(c) < 0x20 => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// A value read with the rules of I-JSON.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Strict)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("I-JSON with integers only")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Value, E> {
        if value < -INTEGER_MAX { Err(E::custom("integer too large")) } else { Ok(value.into()) }
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Value, E> {
        if value > INTEGER_MAX as u64 { Err(E::custom("integer too large")) } else { Ok(value.into()) }
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Value, E> {
        Err(E::custom("no floats"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut out = Vec::new();
        while let Some(Strict(entry)) = list.next_element()? {
            out.push(entry);
        }
        Ok(Value::Array(out))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut out = Map::new();
        let mut keys: HashSet<String> = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            if !key.is_ascii() {
                return Err(A::Error::custom("key outside ASCII"));
            }
            if !keys.insert(key.clone()) {
                return Err(A::Error::custom("double key"));
            }
            let Strict(entry) = map.next_value()?;
            out.insert(key, entry);
        }
        Ok(Value::Object(out))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn canonical_forms() {
        let table = [
            (r#"{ "b" : 1 , "a" : [ true , null , false ] }"#, r#"{"a":[true,null,false],"b":1}"#),
            (
                "\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\"",
                "\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"",
            ),
            (r#"{"10":0,"1":{"f":-5},"":"e"}"#, r#"{"":"e","1":{"f":-5},"10":0}"#),
            ("9007199254740991", "9007199254740991"),
        ];
        for (input, expected) in table {
            assert_eq!(canonical(&parse(input.as_bytes()).unwrap()), expected, "{input}");
        }
        // RFC 8785, 3.2.3: order by UTF-16 code units, where an emoji comes before a Hebrew presentation form.
        let value: Value = serde_json::from_str(
            r#"{"\u20ac":"Euro","\r":"CR","\ufb33":"Dalet","1":"One","\ud83d\ude00":"Smile","\u0080":"C","\u00f6":"o"}"#,
        )
        .unwrap();
        let order: Vec<usize> = ["CR", "One", "\"C\"", "\"o\"", "Euro", "Smile", "Dalet"]
            .iter()
            .map(|w| canonical(&value).find(w).unwrap())
            .collect();
        assert!(order.is_sorted(), "{order:?}");
    }

    #[test]
    fn not_ijson_is_refused() {
        let deep = format!("{}{}", "[".repeat(17), "]".repeat(17));
        let table = [
            ("{\"a\":1,\"a\":2}", JsonError::NotIJson),
            ("[1.0]", JsonError::NotIJson),
            ("[1e3]", JsonError::NotIJson),
            ("[-0]", JsonError::NotIJson),
            ("[9007199254740992]", JsonError::NotIJson),
            ("[-9007199254740992]", JsonError::NotIJson),
            ("{\"ä\":1}", JsonError::NotIJson),
            ("\"\\ud800\"", JsonError::BadJson),
            ("{", JsonError::BadJson),
            ("[1] 2", JsonError::BadJson),
            ("", JsonError::BadJson),
            (deep.as_str(), JsonError::TooDeep),
        ];
        for (input, expected) in table {
            assert_eq!(parse(input.as_bytes()), Err(expected), "{input}");
        }
        assert!(parse(format!("{}{}", "[".repeat(16), "]".repeat(16)).as_bytes()).is_ok());
    }

    fn values() -> impl proptest::strategy::Strategy<Value = Value> {
        use proptest::prelude::*;
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (-INTEGER_MAX..=INTEGER_MAX).prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map("[ -~]{0,8}", inner, 0..6)
                    .prop_map(|m| Value::Object(m.into_iter().collect())),
            ]
        })
    }

    /// Cases of each property; `RENVOI_TRIALS` raises it.
    fn trials() -> proptest::test_runner::Config {
        let cases = std::env::var("RENVOI_TRIALS").ok().and_then(|t| t.parse().ok()).unwrap_or(300);
        proptest::test_runner::Config { cases, failure_persistence: None, ..Default::default() }
    }

    proptest::proptest! {
        #![proptest_config(trials())]
        #[test]
        fn canonical_form_reads_back_and_stands(value in values()) {
            let text = canonical(&value);
            let back = parse(text.as_bytes()).unwrap();
            proptest::prop_assert_eq!(&back, &value);
            proptest::prop_assert_eq!(canonical(&back), text);
        }

        #[test]
        fn any_bytes_are_answered(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
            let _ = parse(&bytes);
        }
    }
}
