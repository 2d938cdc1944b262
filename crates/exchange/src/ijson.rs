//! RXP-10 to RXP-12: I-JSON (RFC 7493) read strictly, with the limits of the wire.
//!
//! `serde_json` alone takes the last of two equal keys and reads `1.0`; here both are refused.

use crate::limits::{DEPTH_LEVELS, DOCUMENT_BYTES, INTEGER_MAX, Limit};
use crate::refused::{Code, Refused};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::cell::Cell;
use unicode_normalization::is_nfc;

/// A document that is I-JSON within the limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The value.
    pub value: Value,
    /// Some text holds bidirectional controls: accepted, flagged, isolated on screen (RXP-12).
    pub bidi: bool,
}

/// Reads a document of at most 256 KiB (RXP-11).
pub fn parse(bytes: &[u8]) -> Result<Parsed, Refused> {
    parse_within(bytes, DOCUMENT_BYTES)
}

/// Reads a document whose size in bytes is within `size`.
pub fn parse_within(bytes: &[u8], size: Limit) -> Result<Parsed, Refused> {
    if bytes.len() > size.max {
        return Err(Refused::new(Code::TooLarge, format!("{} bytes, allowed are {}", bytes.len(), size.max)));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Refused::new(Code::BadJson, "not UTF-8"))?;
    let (fault, bidi) = (Cell::new(None), Cell::new(false));
    let mut reader = serde_json::Deserializer::from_str(text);
    let strict = Strict { depth: 0, fault: &fault, bidi: &bidi };
    let value = strict.deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    match value {
        Ok(value) => Ok(Parsed { value, bidi: bidi.get() }),
        Err(error) => {
            let (code, what) = fault.get().unwrap_or((Code::BadJson, "not JSON"));
            Err(Refused::new(code, format!("{what}, line {}, column {}", error.line(), error.column())))
        }
    }
}

/// Reads one value at `depth`, noting the first fault and any bidirectional control.
#[derive(Clone, Copy)]
struct Strict<'a> {
    depth: usize,
    fault: &'a Cell<Option<(Code, &'static str)>>,
    bidi: &'a Cell<bool>,
}

impl Strict<'_> {
    fn refuse<T, E: Error>(self, code: Code, what: &'static str) -> Result<T, E> {
        self.fault.set(Some((code, what)));
        Err(E::custom(what))
    }

    fn deeper<E: Error>(self) -> Result<Self, E> {
        if self.depth == DEPTH_LEVELS {
            return self.refuse(Code::TooDeep, "nested too deeply");
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }

    fn text<E: Error>(self, text: &str) -> Result<(), E> {
        if text.chars().any(|c| c.is_control() && c != '\n') {
            return self.refuse(Code::NotIjson, "control character");
        }
        if text.chars().any(is_noncharacter) {
            return self.refuse(Code::NotIjson, "noncharacter");
        }
        if !is_nfc(text) {
            return self.refuse(Code::NotIjson, "text is not NFC");
        }
        if text.chars().any(is_bidi_control) {
            self.bidi.set(true);
        }
        Ok(())
    }

    fn integer<E: Error>(self, size: u64, number: Number) -> Result<Value, E> {
        if size > INTEGER_MAX {
            return self.refuse(Code::NotIjson, "integer beyond 2^53 - 1");
        }
        Ok(Value::Number(number))
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("I-JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, bool: bool) -> Result<Value, E> {
        Ok(Value::Bool(bool))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        self.integer(number, number.into())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        self.integer(number.unsigned_abs(), number.into())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Value, E> {
        self.refuse(Code::NotIjson, "number that is not a plain integer")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        self.text(text)?;
        Ok(Value::String(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(inner)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut values = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            if !key.is_ascii() {
                return self.refuse(Code::NotIjson, "key that is not ASCII");
            }
            self.text(&key)?;
            if values.contains_key(&key) {
                return self.refuse(Code::NotIjson, "duplicate key");
            }
            values.insert(key, map.next_value_seed(inner)?);
        }
        Ok(Value::Object(values))
    }
}

fn is_noncharacter(c: char) -> bool {
    let code = u32::from(c);
    (0xfdd0..=0xfdef).contains(&code) || code & 0xfffe == 0xfffe
}

/// The characters that can make text read in another order than it is stored (Unicode UAX #9).
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(json: &[u8], expected: Option<Code>) {
        let found = parse(json).err().map(|refused| refused.code);
        assert_eq!(found, expected, "{}", String::from_utf8_lossy(json));
    }

    #[test]
    fn ijson_strict() {
        check(br#"{"a":1,"b":[null,true,"x\ny"],"c":-9007199254740991}"#, None);
        check(br#"{"a":1,"a":2}"#, Some(Code::NotIjson));
        check(br#"{"a":1,"\u0061":2}"#, Some(Code::NotIjson));
        check(br#"{"a":{"b":1,"b":1}}"#, Some(Code::NotIjson));
        check("{\"\u{e4}\":1}".as_bytes(), Some(Code::NotIjson));
        for number in
            ["1.0", "1e2", "-0", "0.5", "9007199254740992", "-9007199254740992", "18446744073709551616"]
        {
            check(format!("[{number}]").as_bytes(), Some(Code::NotIjson));
        }
        check(b"[9007199254740991]", None);
        check(br#"["\ud800"]"#, Some(Code::BadJson));
        check(br#"["\udc00x"]"#, Some(Code::BadJson));
        check(br#"["\ud83d\ude00"]"#, None);
        check(b"[\"\xff\"]", Some(Code::BadJson));
        check(b"[\"\xed\xa0\x80\"]", Some(Code::BadJson));
        check(b"\xef\xbb\xbf{}", Some(Code::BadJson));
        for broken in ["", "{", "{} {}", "[1,]", "{'a':1}", "[01]", "nul", "[NaN]", "// x\n{}"] {
            check(broken.as_bytes(), Some(Code::BadJson));
        }
    }

    #[test]
    fn depth_and_size() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth)).into_bytes();
        check(&nested(15), None);
        check(&nested(16), None);
        check(&nested(17), Some(Code::TooDeep));
        check(&nested(100_000), Some(Code::TooDeep));
        let sized = |bytes: usize| format!("\"{}\"", "x".repeat(bytes - 2)).into_bytes();
        check(&sized(DOCUMENT_BYTES.max - 1), None);
        check(&sized(DOCUMENT_BYTES.max), None);
        check(&sized(DOCUMENT_BYTES.max + 1), Some(Code::TooLarge));
    }

    #[test]
    fn text_hygiene() {
        check(r#"["a\nb"]"#.as_bytes(), None);
        for bad in ["\\t", "\\r", "\\u0000", "\\u007f", "\\u0085", "\\ufffe", "\\ufdd0", "\\ud83f\\udfff"] {
            check(format!("[\"{bad}\"]").as_bytes(), Some(Code::NotIjson));
        }
        check("[\"e\u{301}\"]".as_bytes(), Some(Code::NotIjson));
        check("[\"\u{e9}\"]".as_bytes(), None);
        assert!(!parse("[\"\u{627}\"]".as_bytes()).unwrap().bidi);
        for control in ['\u{202e}', '\u{2067}', '\u{200f}', '\u{61c}'] {
            assert!(parse(format!("[\"a{control}b\"]").as_bytes()).unwrap().bidi);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(crate::trials(400)))]
        #[test]
        fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse(&bytes);
        }

        #[test]
        fn agrees_with_serde_json(text in r#"[\[\]{}",:0-9a\\u.eE \-]{0,24}"#) {
            if let Ok(parsed) = parse(text.as_bytes()) {
                prop_assert_eq!(parsed.value, serde_json::from_str::<Value>(&text).unwrap());
            }
        }
    }
}
