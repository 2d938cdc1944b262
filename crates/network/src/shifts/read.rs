//! Reads series from `series,service,hour,count` and posts from `hour,account,service,host`.

use super::{Post, Series};
use crate::read::{RowError, Rows};
use std::collections::HashMap;
use std::io::Read;

/// Series times hours that are kept at once.
pub const COUNTS_MAX: usize = 50_000_000;
/// More posts are not read at once.
pub const POSTS_MAX: usize = 100_000_000;
/// Thirty years.
const HOUR_MAX: u32 = 24 * 366 * 30;
const NAME_BYTES_MAX: usize = 512;
const SERIES: [&str; 4] = ["series", "service", "hour", "count"];
const POSTS: [&str; 4] = ["hour", "account", "service", "host"];

/// Why a table is not read; each is for the person who gave it.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The first line does not name the columns.
    #[error("the first line must name the columns {}; {missing} is missing", all.join(", "))]
    Column {
        /// What is needed.
        all: [&'static str; 4],
        /// The first that is not there.
        missing: &'static str,
    },
    /// There is no count.
    #[error("the table holds no counts")]
    Empty,
    /// Too much.
    #[error("the table holds more than {0}")]
    TooMany(String),
    /// A number that is none.
    #[error("line {line}: the {column} is {value:?}; a whole number from 0 to {most} is needed")]
    Number {
        /// From 1.
        line: u64,
        /// Which one.
        column: &'static str,
        /// As it stands there.
        value: String,
        /// The highest.
        most: u32,
    },
    /// A name that is none.
    #[error("line {line}: the {column} is empty, not UTF-8 or longer than {NAME_BYTES_MAX} bytes")]
    Name {
        /// From 1.
        line: u64,
        /// Which one.
        column: &'static str,
    },
    /// An hour that was counted twice.
    #[error("line {line}: hour {hour} of series {series:?} is there twice")]
    Twice {
        /// From 1.
        line: u64,
        /// The hour.
        hour: u32,
        /// The name.
        series: String,
    },
    /// A series on two services.
    #[error("line {line}: series {series:?} is on two services")]
    Services {
        /// From 1.
        line: u64,
        /// The name.
        series: String,
    },
    /// A row that is none.
    #[error(transparent)]
    Row(#[from] RowError),
}

/// Numbers of names, in the order of their coming.
#[derive(Default)]
pub(super) struct Names(HashMap<String, u32>);

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.0.get(name) {
            return *number;
        }
        let number = self.0.len() as u32;
        self.0.insert(name.to_owned(), number);
        number
    }
}

/// Series, the names of their services, and how hours are counted.
pub struct Counted {
    /// In the order of their coming; hour 0 is `first_hour`.
    pub series: Vec<Series>,
    /// The earliest hour of the table.
    pub first_hour: u32,
    services: Names,
}

/// Posts in the order of their hours, and the names of their hosts.
pub struct Linked {
    /// Hours as in the series.
    pub posts: Vec<Post>,
    /// The name of each host.
    pub hosts: Vec<String>,
}

/// Reads counts. Hours that are not there were not counted.
///
/// # Errors
/// What is wrong first, with its line.
pub fn read_series(from: impl Read) -> Result<Counted, ReadError> {
    let mut table = Table::new(from, SERIES)?;
    let (mut services, mut numbers) = (Names::default(), Names::default());
    let mut series: Vec<Series> = Vec::new();
    let mut rows: Vec<(u32, u32, u32, u64)> = Vec::new();
    while table.next()? {
        if rows.len() == COUNTS_MAX {
            return Err(ReadError::TooMany(format!("{COUNTS_MAX} counts")));
        }
        let name = table.name(0)?;
        let (number, service) = (numbers.number(name), services.number(table.name(1)?));
        if number as usize == series.len() {
            series.push(Series { name: name.to_owned(), service, counts: Vec::new() });
        }
        if series[number as usize].service != service {
            return Err(ReadError::Services { line: table.line, series: name.to_owned() });
        }
        rows.push((number, table.number(2, HOUR_MAX)?, table.number(3, u32::MAX)?, table.line));
    }
    let first_hour = rows.iter().map(|row| row.1).min().ok_or(ReadError::Empty)?;
    let hours = rows.iter().map(|row| (row.1 - first_hour) as usize + 1).max().unwrap_or(0);
    if hours.saturating_mul(series.len()) > COUNTS_MAX {
        return Err(ReadError::TooMany(format!("{COUNTS_MAX} hours of all series together")));
    }
    for one in &mut series {
        one.counts = vec![None; hours];
    }
    for (number, hour, count, line) in rows {
        let one = &mut series[number as usize];
        let place = &mut one.counts[(hour - first_hour) as usize];
        if place.replace(count).is_some() {
            return Err(ReadError::Twice { line, hour, series: one.name.clone() });
        }
    }
    Ok(Counted { series, first_hour, services })
}

/// Reads posts that belong to these series; those before their first hour are left out.
///
/// # Errors
/// What is wrong first, with its line.
pub fn read_posts(from: impl Read, counted: &mut Counted) -> Result<Linked, ReadError> {
    let mut table = Table::new(from, POSTS)?;
    let (mut hosts, mut names) = (Names::default(), Names::default());
    let mut list = Vec::new();
    let mut posts: Vec<Post> = Vec::new();
    let mut key = String::new();
    while table.next()? {
        if posts.len() == POSTS_MAX {
            return Err(ReadError::TooMany(format!("{POSTS_MAX} posts")));
        }
        let hour = table.number(0, HOUR_MAX)?;
        let service = counted.services.number(table.name(2)?);
        // The same name on another service is another account.
        key.clear();
        key.push_str(table.name(1)?);
        key.push('\n');
        key.push_str(table.name(2)?);
        let account = names.number(&key);
        let host = hosts.number(table.name(3)?);
        if host as usize == list.len() {
            list.push(table.name(3)?.to_owned());
        }
        if let Some(hour) = hour.checked_sub(counted.first_hour) {
            posts.push(Post { hour, account, service, host });
        }
    }
    posts.sort_by_key(|post| post.hour);
    Ok(Linked { posts, hosts: list })
}

/// A table whose first line names its columns, in any order.
struct Table<R> {
    rows: Rows<R>,
    record: csv::ByteRecord,
    columns: [&'static str; 4],
    places: [usize; 4],
    line: u64,
}

impl<R: Read> Table<R> {
    fn new(from: R, columns: [&'static str; 4]) -> Result<Self, ReadError> {
        let (rows, heads) = Rows::new(from)?;
        let mut places = [0; 4];
        for (place, column) in places.iter_mut().zip(columns) {
            let found = heads.iter().position(|head| head.trim_ascii() == column.as_bytes());
            *place = found.ok_or(ReadError::Column { all: columns, missing: column })?;
        }
        Ok(Self { rows, record: csv::ByteRecord::new(), columns, places, line: 0 })
    }

    fn next(&mut self) -> Result<bool, ReadError> {
        let line = self.rows.next(&mut self.record)?;
        self.line = line.unwrap_or(self.line);
        Ok(line.is_some())
    }

    fn field(&self, column: usize) -> &[u8] {
        self.record[self.places[column]].trim_ascii()
    }

    fn name(&self, column: usize) -> Result<&str, ReadError> {
        let name = std::str::from_utf8(self.field(column)).ok();
        name.filter(|name| !name.is_empty() && name.len() <= NAME_BYTES_MAX)
            .ok_or(ReadError::Name { line: self.line, column: self.columns[column] })
    }

    fn number(&self, column: usize, most: u32) -> Result<u32, ReadError> {
        let text = String::from_utf8_lossy(self.field(column));
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse().ok().filter(|number| digits && *number <= most);
        number.ok_or_else(|| ReadError::Number {
            line: self.line,
            column: self.columns[column],
            value: text.chars().take(40).collect(),
            most,
        })
    }
}
