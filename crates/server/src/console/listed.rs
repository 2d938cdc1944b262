//! What is asked of a long list: a search, a group, and where to go on.

use super::Reader;

/// Rows of one page of a list.
pub(super) const ROWS_SHOWN: i64 = 100;
/// Farthest page.
const AFTER_MAX: i64 = 1_000_000;

/// A list as its address asks for it.
pub(super) struct Asked {
    /// What is searched for; empty for all.
    pub(super) search: String,
    /// The code of a group; anything else is no group.
    pub(super) group: String,
    /// How many of the newest are passed over.
    pub(super) after: i64,
}

impl Asked {
    pub(super) fn of(reader: &Reader) -> Self {
        let after = reader.query.one("after").parse::<i64>().unwrap_or_default();
        Self {
            search: reader.query.one("q").trim().to_owned(),
            group: reader.query.one("group").to_owned(),
            after: after.clamp(0, AFTER_MAX),
        }
    }

    /// The query that keeps search, group and place when a row is opened.
    pub(super) fn kept(&self) -> String {
        if self.search.is_empty() && self.group.is_empty() && self.after == 0 {
            return String::new();
        }
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("group", &self.group).append_pair("q", &self.search);
        if self.after > 0 {
            query.append_pair("after", &self.after.to_string());
        }
        format!("?{}", query.finish())
    }

    /// The last row's place among all, with so many rows on this page.
    pub(super) fn shown(&self, rows: usize) -> u64 {
        self.after.unsigned_abs() + rows as u64
    }
}
