//! Which edges of a table count: those of some layers and times.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;

/// Layers that an error names.
const NAMED_MAX: usize = 8;

/// Of which layers and times edges are taken; all of them by default.
///
/// A layer is what an edge was seen in: a forward, a mention, a copy; the words of the table count, as they stand there.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Only {
    /// Layers; empty for all.
    pub layers: Vec<String>,
    /// From this moment on.
    pub since: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
}

impl Only {
    pub(super) fn needs_time(&self) -> bool {
        self.since.is_some() || self.until.is_some()
    }

    /// Whether an edge counts. A column that is not there is not asked about.
    pub(super) fn takes(&self, layer: Option<&str>, at: Option<Timestamp>) -> bool {
        let of_layer = |layer: &str| self.layers.is_empty() || self.layers.iter().any(|one| one == layer);
        let in_time = |at: Timestamp| {
            self.since.is_none_or(|since| at >= since) && self.until.is_none_or(|until| at < until)
        };
        layer.is_none_or(of_layer) && at.is_none_or(in_time)
    }

    /// The sentence about a layer that no edge is of.
    pub(super) fn unknown(&self, seen: &BTreeSet<String>) -> Option<String> {
        let missing = self.layers.iter().find(|layer| !seen.contains(*layer))?;
        let mut some: Vec<&str> = seen.iter().take(NAMED_MAX).map(String::as_str).collect();
        if seen.len() > NAMED_MAX {
            some.push("…");
        }
        Some(format!("no edge is of the layer {missing}; there are {}", some.join(", ")))
    }
}

/// A moment as tables and people write it: seconds since 1970, a date (its midnight in UTC), or a time as in RFC 3339.
#[must_use]
pub fn moment(text: &str) -> Option<Timestamp> {
    if let Ok(seconds) = text.parse::<f64>() {
        return Timestamp::from_millisecond((seconds * 1e3) as i64).ok().filter(|_| seconds.is_finite());
    }
    let midnight = |date: Date| date.to_zoned(TimeZone::UTC).ok().map(|at| at.timestamp());
    text.parse::<Timestamp>().ok().or_else(|| text.parse::<Date>().ok().and_then(midnight))
}

#[cfg(test)]
mod tests {
    use super::{Timestamp, moment};

    #[test]
    fn moments_are_read_as_people_write_them() {
        let seconds = |text: &str| moment(text).map(Timestamp::as_second);
        assert_eq!(seconds("1790812800"), Some(1_790_812_800));
        assert_eq!(seconds("2026-10-01"), Some(1_790_812_800));
        assert_eq!(seconds("2026-10-01T02:00:00+02:00"), Some(1_790_812_800));
        for bad in ["", "NaN", "inf", "1e300", "yesterday", "2026-13-01", "01.10.2026"] {
            assert_eq!(seconds(bad), None, "{bad}");
        }
    }
}
