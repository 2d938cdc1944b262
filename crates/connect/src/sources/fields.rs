//! Looking into JSON values with the lenience that exports need, and the small parts of a record.

use domain::observation::{Handle, ItemKind};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Most links, mentions, hashtags or files of one record.
pub(super) const LIST_MAX: usize = 1000;
/// Longest handle or name that is kept.
const HANDLE_CHARS_MAX: usize = 512;
/// Hex digits of a digest in a key: 128 bits.
const KEY_DIGITS: usize = 32;

/// The member as text, when it is text that says something.
pub(super) fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

/// The member as a whole number, also when it is written as text (`"1920"`).
pub(super) fn number(value: &Value, name: &str) -> Option<u64> {
    match value.get(name)? {
        Value::Number(number) => number.as_u64().or_else(|| whole(number.as_f64()?)),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// The member as a size in pixels.
pub(super) fn pixels(value: &Value, name: &str) -> Option<u32> {
    number(value, name).and_then(|number| u32::try_from(number).ok()).filter(|&number| number > 0)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "range checked")]
fn whole(number: f64) -> Option<u64> {
    (0.0..9e15).contains(&number).then_some(number as u64)
}

/// Seconds, possibly broken, as milliseconds.
pub(super) fn seconds_ms(value: &Value, name: &str) -> Option<u64> {
    match value.get(name)? {
        Value::Number(number) => whole(number.as_f64()? * 1000.0),
        Value::String(text) => whole(text.trim().parse::<f64>().ok()? * 1000.0),
        _ => None,
    }
}

/// The member's elements; none when it is no array.
pub(super) fn array<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The kind of a file by its media type, else by the end of its name.
pub(super) fn kind_of(media_type: Option<&str>, name: Option<&str>) -> ItemKind {
    let media_type = media_type.unwrap_or_default().to_ascii_lowercase();
    match media_type.split('/').next().unwrap_or_default() {
        "image" => return ItemKind::Image,
        "video" => return ItemKind::Video,
        "audio" => return ItemKind::Audio,
        _ => {}
    }
    let name = name.unwrap_or_default();
    let name = name.split(['?', '#']).next().unwrap_or_default();
    match name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" | "png" | "gif" | "webp" | "bmp" | "heic" | "avif" => ItemKind::Image,
        "mp4" | "webm" | "mov" | "mkv" | "avi" | "m4v" | "m3u8" | "3gp" => ItemKind::Video,
        "mp3" | "ogg" | "oga" | "m4a" | "wav" | "flac" | "opus" => ItemKind::Audio,
        _ => ItemKind::Document,
    }
}

/// A path beside the intake file, or nothing when it would lead elsewhere.
pub(super) fn inside_path(path: &str) -> Option<String> {
    let path = path.replace('\\', "/");
    let climbs = path.split('/').any(|part| part == "..");
    let drive = path.split('/').next().is_some_and(|part| part.contains(':'));
    (!path.is_empty() && !path.starts_with('/') && !climbs && !drive && !path.contains('\0')).then_some(path)
}

/// A handle without its leading `@`, cut to a sane length; nothing when it is empty.
pub(super) fn handle(service: &str, handle: &str, name: Option<&str>) -> Option<Handle> {
    let handle: String = handle.trim().trim_start_matches('@').chars().take(HANDLE_CHARS_MAX).collect();
    let name = name.map(str::trim).filter(|name| !name.is_empty());
    let name = name.map(|name| name.chars().take(HANDLE_CHARS_MAX).collect());
    (!handle.is_empty()).then(|| Handle { service: service.to_owned(), handle, name })
}

/// Somebody of whom only the shown name is known: `name:…`, which no service uses as a handle.
pub(super) fn named(service: &str, name: &str) -> Option<Handle> {
    let name = name.trim();
    if name.is_empty() { None } else { handle(service, &format!("name:{name}"), Some(name)) }
}

/// Lower-case hex of exactly `bytes` bytes.
pub(super) fn hex_of(text: &str, bytes: usize) -> Option<String> {
    let text = text.trim();
    (text.len() == bytes * 2 && text.bytes().all(|byte| byte.is_ascii_hexdigit()))
        .then(|| text.to_ascii_lowercase())
}

/// 128 bits over the parts, in hex: a stable key that says nothing about them.
pub(super) fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let mut hex = hex::encode(hash.finalize());
    hex.truncate(KEY_DIGITS);
    hex
}

/// Adds what is not there yet, up to [`LIST_MAX`].
pub(super) fn add(list: &mut Vec<String>, text: &str) {
    let text = text.trim();
    if !text.is_empty() && list.len() < LIST_MAX && !list.iter().any(|known| known == text) {
        list.push(text.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        for (path, expected) in [
            ("photos/a.jpg", Some("photos/a.jpg")),
            ("photos\\a.jpg", Some("photos/a.jpg")),
            ("../a.jpg", None),
            ("photos/../../a.jpg", None),
            ("/etc/a", None),
            ("C:\\a.jpg", None),
            ("", None),
        ] {
            assert_eq!(inside_path(path).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn digest_keeps_parts_apart() {
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
        assert_eq!(digest(&["a"]).len(), KEY_DIGITS);
    }
}
