//! From a JSON value to a type and back, with the field at fault as a JSON pointer.

use crate::refused::{Code, Refused};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use serde_path_to_error::{Path, Segment};

/// Reads `value` as `T`; `at` is the JSON pointer of `value` in its document.
///
/// Refused with `unknown_field` or `schema`. What `T` would write must be what was read, so that a list
/// never passes for an object and `null` never for a field left out.
pub(crate) fn read<T: DeserializeOwned + Serialize>(value: &Value, at: &str) -> Result<T, Refused> {
    let typed: T = serde_path_to_error::deserialize(value).map_err(|error| {
        let mut field = format!("{at}{}", pointer(error.path()));
        let detail = error.into_inner().to_string();
        if let Some(name) = detail.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()) {
            field = format!("{field}/{name}");
        }
        // Nothing after the first quotation mark: it could repeat content.
        let detail = detail.split(['`', '"']).next().unwrap_or_default().trim().to_owned();
        let code = match () {
            () if detail.starts_with("unknown field") => Code::UnknownField,
            () if detail.starts_with(Code::Limit.as_str()) => Code::Limit,
            () => Code::Schema,
        };
        Refused::at(code, &field, detail)
    })?;
    let ours =
        serde_json::to_value(&typed).map_err(|_| Refused::at(Code::Schema, at, "cannot be written"))?;
    match difference(value, &ours) {
        None => Ok(typed),
        Some(field) => Err(Refused::at(Code::Schema, &format!("{at}{field}"), "wrong type or form")),
    }
}

/// The fields of `typed` as a JSON object.
pub(crate) fn write<T: Serialize>(typed: &T) -> Result<Map<String, Value>, Refused> {
    match serde_json::to_value(typed) {
        Ok(Value::Object(map)) => Ok(map),
        _ => Err(Refused::new(Code::Schema, "not an object")),
    }
}

/// Where `theirs` says something else than `ours`. An empty list that we would leave out is no difference.
fn difference(theirs: &Value, ours: &Value) -> Option<String> {
    match (theirs, ours) {
        (Value::Object(theirs), Value::Object(ours)) => {
            let missing = ours.keys().find(|key| !theirs.contains_key(*key)).map(|key| format!("/{key}"));
            missing.or_else(|| {
                theirs.iter().find_map(|(key, their)| match ours.get(key) {
                    Some(our) => difference(their, our).map(|rest| format!("/{key}{rest}")),
                    None if their.as_array().is_some_and(Vec::is_empty) => None,
                    None => Some(format!("/{key}")),
                })
            })
        }
        (Value::Array(theirs), Value::Array(ours)) if theirs.len() == ours.len() => (theirs.iter().zip(ours))
            .enumerate()
            .find_map(|(index, (their, our))| difference(their, our).map(|rest| format!("/{index}{rest}"))),
        (theirs, ours) => (theirs != ours).then(String::new),
    }
}

fn pointer(path: &Path) -> String {
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { variant } => format!("/{variant}"),
            Segment::Unknown => "/?".to_owned(),
        })
        .collect()
}
