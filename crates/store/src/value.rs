//! Values that both databases share, and rows made of them.

use crate::{Error, Result};
use sqlx::{Column, Row as _, TypeInfo, ValueRef};
use std::sync::Arc;

/// Values in one `IN (…)` list.
pub(crate) const IN_MAX: usize = 500;

/// Parameters of an `IN (…)` list: `$3, $4, $5` for three from the third on; of none, `NULL`, in which nothing is.
pub(crate) fn list(len: usize, from: usize) -> String {
    if len == 0 {
        return "NULL".to_owned();
    }
    (0..len).map(|index| format!("${}", index + from)).collect::<Vec<_>>().join(", ")
}

/// A parameter or a column: 64-bit integer, text, bytes, each possibly absent.
///
/// The type of an absent value is kept, because PostgreSQL checks it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A whole number.
    Int(Option<i64>),
    /// Text.
    Text(Option<String>),
    /// Bytes.
    Bytes(Option<Vec<u8>>),
}

macro_rules! from {
    ($($type:ty => |$v:ident| $make:expr),+ $(,)?) => {$(
        impl From<$type> for Value { fn from($v: $type) -> Self { $make } }
    )+};
}
from!(
    i64 => |v| Self::Int(Some(v)),
    i32 => |v| Self::Int(Some(v.into())),
    u32 => |v| Self::Int(Some(v.into())),
    u8 => |v| Self::Int(Some(v.into())),
    bool => |v| Self::Int(Some(v.into())),
    Option<i64> => |v| Self::Int(v),
    &str => |v| Self::Text(Some(v.to_owned())),
    String => |v| Self::Text(Some(v)),
    &String => |v| Self::Text(Some(v.clone())),
    Option<String> => |v| Self::Text(v),
    Option<&str> => |v| Self::Text(v.map(str::to_owned)),
    Vec<u8> => |v| Self::Bytes(Some(v)),
    &[u8] => |v| Self::Bytes(Some(v.to_vec())),
    [u8; 32] => |v| Self::Bytes(Some(v.to_vec())),
    &[u8; 32] => |v| Self::Bytes(Some(v.to_vec())),
    Option<Vec<u8>> => |v| Self::Bytes(v),
    uuid::Uuid => |v| Self::Text(Some(v.as_hyphenated().to_string())),
    jiff::Timestamp => |v| Self::Int(Some(v.as_microsecond())),
    Option<jiff::Timestamp> => |v| Self::Int(v.map(jiff::Timestamp::as_microsecond)),
);

macro_rules! from_ids {
    ($($id:ident),+) => {$(
        impl From<domain::id::$id> for Value { fn from(id: domain::id::$id) -> Self { id.0.into() } }
        impl From<Option<domain::id::$id>> for Value {
            fn from(id: Option<domain::id::$id>) -> Self { Self::Text(id.map(|id| id.to_string())) }
        }
    )+};
}
from_ids!(
    AgencyId,
    PersonId,
    SubjectId,
    ObservationId,
    BatchId,
    BankId,
    SignalId,
    ClusterId,
    AssessmentId,
    HoldId,
    CaseId,
    ReferralId,
    ProviderId,
    OperationId,
    MessageId,
    EventId,
    CheckId,
    JobId,
    ProposalId
);

/// Parameters from expressions of the types that [`Value`] takes.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { vec![$($crate::Value::from($value)),*] };
}

/// One row, read by column name.
#[derive(Debug, Clone)]
pub struct Row {
    columns: Arc<[String]>,
    values: Vec<Value>,
}

impl Row {
    fn at(&self, column: &str) -> Result<&Value> {
        self.columns
            .iter()
            .position(|name| name == column)
            .map(|index| &self.values[index])
            .ok_or_else(|| Error::Damaged(format!("no column \"{column}\" in the answer")))
    }

    /// A whole number.
    pub fn int(&self, column: &str) -> Result<i64> {
        self.maybe_int(column)?.ok_or_else(|| absent(column))
    }

    /// A whole number that may be absent.
    pub fn maybe_int(&self, column: &str) -> Result<Option<i64>> {
        match self.at(column)? {
            Value::Int(value) => Ok(*value),
            Value::Text(None) | Value::Bytes(None) => Ok(None),
            _ => Err(mistyped(column)),
        }
    }

    /// A count, never negative.
    pub fn count(&self, column: &str) -> Result<u64> {
        u64::try_from(self.int(column)?).map_err(|_| mistyped(column))
    }

    /// Text.
    pub fn text(&self, column: &str) -> Result<String> {
        self.maybe_text(column)?.ok_or_else(|| absent(column))
    }

    /// Text that may be absent.
    pub fn maybe_text(&self, column: &str) -> Result<Option<String>> {
        match self.at(column)? {
            Value::Text(value) => Ok(value.clone()),
            Value::Int(None) | Value::Bytes(None) => Ok(None),
            _ => Err(mistyped(column)),
        }
    }

    /// Bytes.
    pub fn bytes(&self, column: &str) -> Result<Vec<u8>> {
        match self.at(column)? {
            Value::Bytes(Some(value)) => Ok(value.clone()),
            Value::Bytes(None) => Err(absent(column)),
            _ => Err(mistyped(column)),
        }
    }

    /// Exactly 32 bytes: a digest or a hash.
    pub fn digest(&self, column: &str) -> Result<[u8; 32]> {
        self.bytes(column)?.try_into().map_err(|_| mistyped(column))
    }

    /// An instant.
    pub fn time(&self, column: &str) -> Result<jiff::Timestamp> {
        crate::instant(self.int(column)?)
    }

    /// An instant that may be absent.
    pub fn maybe_time(&self, column: &str) -> Result<Option<jiff::Timestamp>> {
        self.maybe_int(column)?.map(crate::instant).transpose()
    }

    /// Anything written as text: an id, or a word through [`Row::word`].
    pub fn id<T: std::str::FromStr>(&self, column: &str) -> Result<T> {
        self.text(column)?.parse().map_err(|_| mistyped(column))
    }

    /// An id that may be absent.
    pub fn maybe_id<T: std::str::FromStr>(&self, column: &str) -> Result<Option<T>> {
        self.maybe_text(column)?.map(|text| text.parse().map_err(|_| mistyped(column))).transpose()
    }

    /// A stable word, by the enum's own `from_word`.
    pub fn word<T>(&self, column: &str, from_word: impl Fn(&str) -> Option<T>) -> Result<T> {
        let word = self.text(column)?;
        from_word(&word).ok_or_else(|| Error::Damaged(format!("\"{word}\" is no word for \"{column}\"")))
    }

    /// JSON kept as text.
    pub fn json<T: serde::de::DeserializeOwned>(&self, column: &str) -> Result<T> {
        serde_json::from_str(&self.text(column)?)
            .map_err(|error| Error::Damaged(format!("\"{column}\": {error}")))
    }

    /// Every value, in order: for dumps and comparisons.
    #[must_use]
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// Every column's name, in order.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }
}

fn absent(column: &str) -> Error {
    Error::Damaged(format!("\"{column}\" is missing"))
}

fn mistyped(column: &str) -> Error {
    Error::Damaged(format!("\"{column}\" has another form than it must have"))
}

pub(crate) fn from_sqlite(rows: &[sqlx::sqlite::SqliteRow]) -> Result<Vec<Row>> {
    let Some(first) = rows.first() else { return Ok(Vec::new()) };
    let columns: Arc<[String]> = first.columns().iter().map(|column| column.name().to_owned()).collect();
    rows.iter()
        .map(|row| {
            let values = (0..columns.len())
                .map(|index| {
                    let raw = row.try_get_raw(index)?;
                    Ok(if raw.is_null() {
                        Value::Int(None)
                    } else {
                        match raw.type_info().name() {
                            "INTEGER" | "BOOLEAN" => Value::Int(Some(row.try_get(index)?)),
                            "BLOB" => Value::Bytes(Some(row.try_get(index)?)),
                            _ => Value::Text(Some(row.try_get(index)?)),
                        }
                    })
                })
                .collect::<Result<_, sqlx::Error>>()?;
            Ok(Row { columns: Arc::clone(&columns), values })
        })
        .collect()
}

pub(crate) fn from_postgres(rows: &[sqlx::postgres::PgRow]) -> Result<Vec<Row>> {
    let Some(first) = rows.first() else { return Ok(Vec::new()) };
    let columns: Arc<[String]> = first.columns().iter().map(|column| column.name().to_owned()).collect();
    rows.iter()
        .map(|row| {
            let values = (0..columns.len())
                .map(|index| {
                    Ok(match row.column(index).type_info().name() {
                        "INT8" => Value::Int(row.try_get(index)?),
                        "INT4" => Value::Int(row.try_get::<Option<i32>, _>(index)?.map(i64::from)),
                        "BYTEA" => Value::Bytes(row.try_get(index)?),
                        _ => Value::Text(row.try_get(index)?),
                    })
                })
                .collect::<Result<_, sqlx::Error>>()?;
            Ok(Row { columns: Arc::clone(&columns), values })
        })
        .collect()
}
