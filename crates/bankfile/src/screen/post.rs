//! A post as it comes in.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

/// One post. Members that are not named here are left alone; those that are `null` count as absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Post {
    /// Given back as it came.
    pub id: Id,
    /// What the post says.
    #[serde(default, deserialize_with = "absent_or")]
    pub text: String,
    /// Addresses that belong to it, beside those in the text.
    #[serde(default, deserialize_with = "absent_or")]
    pub links: Vec<String>,
    /// Files that belong to it.
    #[serde(default, deserialize_with = "absent_or")]
    pub media: Vec<Medium>,
    /// The language that its service says, given back where none is found.
    #[serde(default)]
    pub lang: Option<String>,
    /// Who posted it: `service/handle`.
    #[serde(default)]
    pub account: Option<String>,
}

/// What names a post: text or a whole number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Id {
    /// A text.
    Text(String),
    /// A whole number.
    Number(i64),
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match serde_json::Value::deserialize(from)? {
            serde_json::Value::String(text) => Ok(Self::Text(text)),
            serde_json::Value::Number(number) if number.is_i64() => {
                Ok(Self::Number(number.as_i64().unwrap_or_default()))
            }
            _ => Err(D::Error::custom("its id is neither a text nor a whole number of 64 bits")),
        }
    }
}

impl Default for Id {
    fn default() -> Self {
        Self::Number(0)
    }
}

/// A file of a post: its hashes, as far as they are known. Anything else than an object says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Medium {
    /// Hexadecimal digits, in upper or lower case, as the two that follow.
    pub sha256: Option<String>,
    /// Hexadecimal digits.
    pub sha1: Option<String>,
    /// Hexadecimal digits.
    pub md5: Option<String>,
    /// Of a picture: 64 hexadecimal digits.
    pub pdq: Option<String>,
    /// Quality of the PDQ, 0 to 100; under 50 it is not compared.
    pub quality: Option<u8>,
}

impl<'de> Deserialize<'de> for Medium {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(from)?;
        // What is no text is kept as one that cannot be read, so that it is told.
        let word = |name: &str| {
            let word = value.get(name).filter(|value| !value.is_null())?;
            Some(word.as_str().unwrap_or_default().to_ascii_lowercase())
        };
        let quality = value.get("quality").and_then(serde_json::Value::as_u64);
        Ok(Self {
            sha256: word("sha256"),
            sha1: word("sha1"),
            md5: word("md5"),
            pdq: word("pdq"),
            quality: quality.map(|quality| u8::try_from(quality).unwrap_or(u8::MAX)),
        })
    }
}

fn absent_or<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(from: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn posts_as_they_come() {
        let read = |line: &str| serde_json::from_str::<Post>(line);
        let post = read(
            r#"{"id":7,"text":null,"links":null,"media":["a.jpg",{"sha256":"AB","quality":300},null],"at":[{}]}"#,
        );
        let post = post.unwrap();
        assert_eq!((post.id, post.text.as_str(), post.links.len()), (Id::Number(7), "", 0));
        assert_eq!(post.media.len(), 3);
        assert_eq!((post.media[1].sha256.as_deref(), post.media[1].quality), (Some("ab"), Some(255)));
        assert_eq!(read(r#"{"id":"a/1"}"#).unwrap().id, Id::Text("a/1".to_owned()));
        for bad in [
            "",
            "7",
            "[]",
            "{}",
            r#"{"id":1.5}"#,
            r#"{"id":1,"text":7}"#,
            r#"{"id":1,"links":"a"}"#,
            r#"{"id":1} x"#,
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
