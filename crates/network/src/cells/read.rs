//! Reads acts from a table `time,account,object`.

use super::Act;
use crate::read::{RowError, Rows};
use std::collections::HashMap;
use std::io::Read;

/// More acts are not read at once.
pub const ACTS_MAX: usize = 50_000_000;
/// A name is no longer than this.
const NAME_BYTES_MAX: usize = 512;
/// Seconds that fit without loss: some 280,000 years.
const TIME_SECONDS_MAX: f64 = 9.0e12;
const COLUMNS: [&str; 3] = ["time", "account", "object"];

/// Acts, and what their accounts and objects are called.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// As they stood in the file.
    pub acts: Vec<Act>,
    /// The name of each account.
    pub accounts: Vec<String>,
    /// The name of each object.
    pub objects: Vec<String>,
}

/// Why a table is not read; each is for the person who gave it.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The first line does not name the columns.
    #[error("the first line must name the columns {all}; {0} is missing", all = COLUMNS.join(", "))]
    Column(&'static str),
    /// There is no act.
    #[error("the table holds no events")]
    Empty,
    /// Too many acts.
    #[error("the table holds more than {ACTS_MAX} events")]
    TooMany,
    /// A time that is none.
    #[error(
        "line {line}: the time is {value:?}; a number of seconds from 0 to {TIME_SECONDS_MAX:e} is needed"
    )]
    Time {
        /// From 1.
        line: u64,
        /// As it stands there.
        value: String,
    },
    /// A name that is none.
    #[error("line {line}: the {column} is empty, not UTF-8 or longer than {NAME_BYTES_MAX} bytes")]
    Name {
        /// From 1.
        line: u64,
        /// Which one.
        column: &'static str,
    },
    /// A row that is none.
    #[error(transparent)]
    Row(#[from] RowError),
}

/// Reads a table with a first line that names its columns, in any order; other columns are passed over.
///
/// # Errors
/// What is wrong first, with its line.
pub fn read(from: impl Read) -> Result<Table, ReadError> {
    let (mut rows, heads) = Rows::new(from)?;
    let place = |name: &'static str| {
        let found = heads.iter().position(|head| head.trim_ascii() == name.as_bytes());
        found.ok_or(ReadError::Column(name))
    };
    let [time, account, object] = [place(COLUMNS[0])?, place(COLUMNS[1])?, place(COLUMNS[2])?];
    let (mut accounts, mut objects) = (Names::default(), Names::default());
    let mut acts = Vec::new();
    let mut record = csv::ByteRecord::new();
    while let Some(line) = rows.next(&mut record)? {
        if acts.len() == ACTS_MAX {
            return Err(ReadError::TooMany);
        }
        let at_ms = milliseconds(&record[time]).ok_or_else(|| ReadError::Time {
            line,
            value: String::from_utf8_lossy(&record[time]).chars().take(40).collect(),
        })?;
        let account =
            accounts.number(&record[account]).ok_or(ReadError::Name { line, column: COLUMNS[1] })?;
        let object = objects.number(&record[object]).ok_or(ReadError::Name { line, column: COLUMNS[2] })?;
        acts.push(Act { at_ms, account, object });
    }
    if acts.is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(Table { acts, accounts: accounts.list, objects: objects.list })
}

pub(crate) fn milliseconds(field: &[u8]) -> Option<u64> {
    let field = field.trim_ascii();
    if !field.is_empty() && field.len() <= 12 && field.iter().all(u8::is_ascii_digit) {
        return Some(field.iter().fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0')) * 1000);
    }
    let seconds: f64 = std::str::from_utf8(field).ok()?.parse().ok()?;
    (0.0..=TIME_SECONDS_MAX).contains(&seconds).then_some((seconds * 1000.0).round() as u64)
}

/// Names and their numbers, in the order of their coming.
#[derive(Default)]
struct Names {
    list: Vec<String>,
    numbers: HashMap<Box<[u8]>, u32>,
}

impl Names {
    fn number(&mut self, name: &[u8]) -> Option<u32> {
        let name = name.trim_ascii();
        if let Some(number) = self.numbers.get(name) {
            return Some(*number);
        }
        if name.is_empty() || name.len() > NAME_BYTES_MAX {
            return None;
        }
        let number = u32::try_from(self.list.len()).ok()?;
        self.list.push(std::str::from_utf8(name).ok()?.to_owned());
        self.numbers.insert(name.into(), number);
        Some(number)
    }
}
