//! Shifts of a space: services and languages that fell silent, burst, or move away, from the counts that the house holds.
//!
//! A series is what was seen of one language on one service, by the hour. An hour in which a service that is always there
//! gave nothing at all was not counted: it was down, or the source was. What a service does to all its languages at once is
//! the service (the kernel's control). Counts alone: nothing here is about an account.

use crate::remembered::ask;
use crate::{House, Result, load};
use domain::access::{Actor, Right};
use domain::id::AgencyId;
use jiff::{SignedDuration, Timestamp};
use network::shifts::{Kind, Series, find};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::hourly::Hourly;

/// Days of counts that are read.
const DAYS: i64 = 90;
/// Days before the newest hour whose shifts are shown.
pub const SHOWN_DAYS: i64 = 14;
/// Days of counts before anything is said.
pub const LEARNING_DAYS: i64 = 14;
/// Rows that are read.
const ROWS_MAX: i64 = 2_000_000;
/// Series that are looked at, the largest.
const SERIES_MAX: usize = 100;
/// Least mean of an hour for a series: smaller ones say nothing about single hours.
const MEAN_MIN: f64 = 1.0;
/// A service with this mean of an hour is always there: an hour without anything of it was not counted.
const ALWAYS_THERE: f64 = 5.0;
/// Seconds of an hour.
const HOUR_SECONDS: i64 = 3_600;

/// One shift.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    /// Registrable host.
    pub service: String,
    /// BCP 47, `und` when unsure.
    pub language: String,
    /// `blackout`, `burst`, `migration` or `mix`.
    pub kind: &'static str,
    /// The hour in which it probably began.
    pub began: Timestamp,
    /// The end of the hour at which it was seen: nothing later was used.
    pub seen: Timestamp,
    /// The chance that it is one, 0 to 1.
    pub confidence: f64,
}

/// What the counts say.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Counted {
    /// Begin of the first and end of the newest hour; none when nothing was seen.
    pub span: Option<(Timestamp, Timestamp)>,
    /// Series that were looked at.
    pub series: usize,
    /// Series that are too small.
    pub small: usize,
    /// Hours times services that were not counted: down, or not read.
    pub hours_left_out: usize,
    /// Shifts of the last days, newest first.
    pub found: Vec<Found>,
}

impl Counted {
    /// Whether there are counts for long enough that silence means something.
    #[must_use]
    pub fn is_learnt(&self) -> bool {
        let least = SignedDuration::from_hours(24 * LEARNING_DAYS);
        self.series > 0 && self.span.is_some_and(|(from, until)| until.duration_since(from) > least)
    }
}

/// The shifts of a space for a person; none while they are counted, beside the requests.
pub async fn shifts(house: &Arc<House>, actor: &Actor, space: AgencyId) -> Result<Option<Arc<Counted>>> {
    actor.need(Right::Read)?;
    load::space(actor, Some(space))?;
    ask(house, space, |house| &house.shifts, count).await
}

/// Counts a space now.
pub async fn count(house: Arc<House>, space: AgencyId) -> Result<Counted> {
    let from = house.clock.now().checked_sub(SignedDuration::from_hours(24 * DAYS)).unwrap_or(Timestamp::MIN);
    let rows = store::hourly::counts(&house.db, space, from, ROWS_MAX).await?;
    Ok(tokio::task::spawn_blocking(move || of(rows)).await?)
}

/// Finds shifts in hourly counts.
fn of(rows: Vec<Hourly>) -> Counted {
    let (Some(first), Some(last)) =
        (rows.iter().map(|row| row.hour).min(), rows.iter().map(|row| row.hour).max())
    else {
        return Counted::default();
    };
    // The newest hour is not over, or not read to its end.
    let hours = usize::try_from(last - first).unwrap_or(0);
    let mut services: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    let mut all: BTreeMap<(String, String), Vec<u32>> = BTreeMap::new();
    for row in rows {
        let hour = usize::try_from(row.hour - first).unwrap_or(usize::MAX);
        let count = u32::try_from(row.count).unwrap_or(u32::MAX);
        for counts in [
            services.entry(row.service.clone()).or_insert_with(|| vec![0; hours]),
            all.entry((row.service.clone(), row.language)).or_insert_with(|| vec![0; hours]),
        ] {
            if let Some(place) = counts.get_mut(hour) {
                *place = place.saturating_add(count);
            }
        }
    }
    let mean = |counts: &[u32]| {
        counts.iter().map(|count| f64::from(*count)).sum::<f64>() / counts.len().max(1) as f64
    };
    let every = all.len();
    let mut chosen: Vec<((String, String), Vec<u32>)> =
        all.into_iter().filter(|(_, counts)| mean(counts) >= MEAN_MIN).collect();
    chosen.sort_by(|x, y| mean(&y.1).total_cmp(&mean(&x.1)).then_with(|| x.0.cmp(&y.0)));
    chosen.truncate(SERIES_MAX);
    let down: BTreeMap<&String, Vec<bool>> = services
        .iter()
        .map(|(service, counts)| {
            let always = mean(counts) >= ALWAYS_THERE;
            (service, counts.iter().map(|count| always && *count == 0).collect())
        })
        .collect();
    let numbers: BTreeMap<&String, u32> = services.keys().zip(0..).collect();
    let series: Vec<Series> = chosen
        .iter()
        .map(|((service, language), counts)| Series {
            name: language.clone(),
            service: numbers.get(service).copied().unwrap_or(0),
            counts: counts
                .iter()
                .enumerate()
                .map(|(hour, count)| {
                    let down = down.get(service).and_then(|down| down.get(hour)).copied().unwrap_or(false);
                    (!down).then_some(*count)
                })
                .collect(),
        })
        .collect();
    let at = |hour: usize| {
        let seconds = (first + i64::try_from(hour).unwrap_or(0)).saturating_mul(HOUR_SECONDS);
        Timestamp::from_second(seconds).unwrap_or(Timestamp::MIN)
    };
    let shown_from = hours.saturating_sub(24 * SHOWN_DAYS as usize);
    let mut found: Vec<Found> = find(&series, &[])
        .into_iter()
        .filter(|shift| shift.detected_at >= shown_from)
        .map(|shift| {
            let (service, language) = chosen[shift.series].0.clone();
            let kind: Kind = shift.kind;
            Found {
                service,
                language,
                kind: kind.word(),
                began: at(shift.at),
                seen: at(shift.detected_at + 1),
                confidence: shift.confidence,
            }
        })
        .collect();
    found.reverse();
    Counted {
        span: Some((at(0), at(hours))),
        series: series.len(),
        small: every - series.len(),
        hours_left_out: down.values().flatten().filter(|down| **down).count(),
        found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOURS: i64 = 24 * 60;
    const AT: i64 = 24 * 52;

    /// Eight services with a language each, and three on the first; `share` is how much of its mean a series keeps.
    fn rows(share: impl Fn(usize, i64) -> f64) -> Vec<Hourly> {
        let mut state = 7_u64;
        let mut rows = Vec::new();
        for hour in 0..=HOURS {
            for series in 0..10_usize {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let dice = (state >> 33) as f64 / f64::from(1_u32 << 31);
                let wave = 1.0 + 0.5 * ((hour % 24) as f64 / 24.0 * std::f64::consts::TAU).sin();
                let count = (40.0 * wave * share(series, hour) * (0.7 + 0.6 * dice)).round() as u64;
                if count > 0 {
                    rows.push(Hourly {
                        service: format!("s{}.example", series.saturating_sub(2)),
                        language: ["en", "fr", "ar"].get(series).copied().unwrap_or("en").to_owned(),
                        hour: 480_000 + hour,
                        count,
                    });
                }
            }
        }
        rows
    }

    #[test]
    fn a_language_that_falls_silent_is_named() {
        let counted = of(rows(|series, hour| if series == 2 && hour >= AT { 0.05 } else { 1.0 }));
        assert!(counted.is_learnt() && counted.series == 10, "{counted:?}");
        let [found] = counted.found.as_slice() else { panic!("one, not {:?}", counted.found) };
        assert_eq!(
            (found.service.as_str(), found.language.as_str(), found.kind),
            ("s0.example", "ar", "blackout")
        );
        let begin = Timestamp::from_second((480_000 + AT) * HOUR_SECONDS).unwrap_or_default();
        assert!(found.began.duration_since(begin).as_hours().abs() <= 2, "{found:?}");
        assert!((1..=4).contains(&found.seen.duration_since(begin).as_hours()), "{found:?}");
    }

    /// What Arabic loses on a service French wins there.
    #[test]
    fn a_change_of_the_mix_of_languages_is_named() {
        let lost = |hour: i64| ((hour - AT) as f64 / 96.0).clamp(0.0, 0.8);
        let counted = of(rows(|series, hour| match series {
            1 => 1.0 + lost(hour),
            2 => 1.0 - lost(hour),
            _ => 1.0,
        }));
        let said: Vec<_> = counted.found.iter().map(|found| (found.service.as_str(), found.kind)).collect();
        assert!(!said.is_empty() && said.contains(&("s0.example", "mix")), "{said:?}");
    }

    /// A service that is down for a day, and a source that was not read: nothing is said, and the hours are counted.
    #[test]
    fn an_outage_is_no_shift() {
        let down = |series: usize, hour: i64| {
            let dead = series < 3 && (AT..AT + 24).contains(&hour);
            let unread = (AT + 40..AT + 50).contains(&hour);
            if dead || unread { 0.0 } else { 1.0 }
        };
        let counted = of(rows(down));
        assert_eq!(counted.found, []);
        assert_eq!(counted.hours_left_out, 24 + 8 * 10);
    }

    #[test]
    fn little_and_nothing_says_nothing() {
        assert_eq!(of(Vec::new()), Counted::default());
        let few = of(rows(|_, hour| if hour < 24 * 5 { 1.0 } else { 0.0 }));
        assert!(!few.is_learnt() || few.found.is_empty());
        let thin = of(rows(|_, hour| if hour % 24 == 0 { 0.05 } else { 0.0 }));
        assert_eq!((thin.series, thin.found.len()), (0, 0));
    }
}
