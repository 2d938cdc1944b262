//! What stands behind the counters of the wall: by service, language, answer and agency, and how fast it goes.
//!
//! Each figure is counted from the rows of one space and the wall's window, by the report's definitions
//! ([`domain::figure`]): an item of a letter that was taken back later still was referred.

use super::wall::Wall;
use crate::{House, Result, load};
use domain::access::{Actor, Right};
use domain::assessment::State as Decided;
use domain::hold::HoldAnswer;
use domain::id::{AgencyId, ProviderId};
use domain::referral::Answer;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use store::report::Window;

/// Rows of one list; what is more is counted as the rest.
const ROWS_MAX: i64 = 500;
/// Length of one point of the pace, in minutes.
pub const PACE_MINUTES: i64 = 5;
/// Points of the pace: six hours.
const PACE_POINTS: usize = 72;
/// Most times that the pace is counted from.
const TIMES_MAX: i64 = 50_000;
/// Holds that are shown, those that end soonest first.
const HOLDS_SHOWN: i64 = 8;

/// An agency at work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its name.
    pub name: String,
    /// Its people who can sign in.
    pub people: u64,
    /// Its decisions in the space and window that still count.
    pub assessed: u64,
    /// Items that it asks others to leave.
    pub held: u64,
}

/// A hold that stands: whose, on how many items, what it says, until when.
pub type Holding = (String, u64, HoldAnswer, Option<Timestamp>);

/// The figures; each list has its largest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Items referred by service.
    pub services: Vec<(String, u64)>,
    /// Items referred by language of the content.
    pub languages: Vec<(String, u64)>,
    /// Items with a final answer by answer.
    pub answers: Vec<(String, u64)>,
    /// Agencies by name.
    pub units: Vec<Unit>,
    /// Points of [`PACE_MINUTES`]: end, decisions saved, final answers. Empty when nothing happened.
    pub pace: Vec<(Timestamp, u64, u64)>,
    /// Holds that end soonest.
    pub holds: Vec<Holding>,
    /// What became of the items referred.
    pub review: Review,
}

/// Items referred that were looked at again, by the report's names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Review {
    /// Looked at again: taken back, contested and decided, or put back.
    pub reviewed: u64,
    /// Neither taken back nor overturned.
    pub standing: u64,
    /// Seen gone by two looks.
    pub gone: u64,
}

/// Counts a wall that the actor can enter, with the agencies that take part.
pub async fn figures(house: &House, actor: &Actor, wall: &Wall) -> Result<Figures> {
    actor.need(Right::Read)?;
    load::space(actor, Some(wall.space))?;
    let of = wall.window();
    Ok(Figures {
        services: referred(house, of, SERVICES).await?,
        languages: referred(house, of, LANGUAGES).await?,
        answers: referred(house, of, ANSWERS).await?,
        units: units(house, of, &wall.agencies).await?,
        pace: pace(house, of).await?,
        holds: holds(house, &wall.agencies).await?,
        review: review(house, of).await?,
    })
}

const SERVICES: &str =
    "SELECT s.service AS word, COUNT(*) AS n FROM referral_item i JOIN referral r ON r.id = i.referral
    JOIN subject s ON s.key = i.subject WHERE r.space = $1 AND r.queued_at >= $2 AND r.queued_at < $3
    GROUP BY s.service ORDER BY n DESC, word LIMIT $4";
const LANGUAGES: &str =
    "SELECT o.language AS word, COUNT(*) AS n FROM referral_item i JOIN referral r ON r.id = i.referral
    JOIN observation o ON o.key = (SELECT MIN(f.key) FROM observation f WHERE f.subject = i.subject)
    WHERE r.space = $1 AND r.queued_at >= $2 AND r.queued_at < $3
    GROUP BY o.language ORDER BY n DESC, word LIMIT $4";
const ANSWERS: &str = "SELECT i.answer AS word, COUNT(*) AS n FROM referral_item i JOIN referral r ON r.id = i.referral
    WHERE r.space = $1 AND r.queued_at >= $2 AND r.queued_at < $3 AND i.final_at IS NOT NULL AND i.answer IS NOT NULL
    GROUP BY i.answer ORDER BY n DESC, word LIMIT $4";

async fn referred(house: &House, of: Window, sql: &'static str) -> Result<Vec<(String, u64)>> {
    let rows = house.db.rows(sql, store::params![of.space, of.from, of.to, ROWS_MAX]).await?;
    rows.iter().map(|row| Ok((row.text("word")?, row.count("n")?))).collect()
}

/// Of each item referred: taken back, put back, its contest upheld or refused, seen gone.
const REVIEWED: &str = "SELECT taken, put_back, upheld, refused, gone, COUNT(*) AS n FROM (SELECT
    CASE WHEN EXISTS (SELECT 1 FROM message w WHERE w.agency = r.agency AND w.matter = r.matter AND w.type = 'withdrawal'
      AND w.direction = 'out') THEN 1 ELSE 0 END AS taken,
    CASE WHEN i.answer IN ($4, $5) THEN 1 ELSE 0 END AS put_back,
    CASE WHEN EXISTS (SELECT 1 FROM contest c WHERE c.referral = r.id AND c.state = 'upheld') THEN 1 ELSE 0 END AS upheld,
    CASE WHEN EXISTS (SELECT 1 FROM contest c WHERE c.referral = r.id AND c.state = 'refused') THEN 1 ELSE 0 END AS refused,
    CASE WHEN i.gone_at IS NOT NULL THEN 1 ELSE 0 END AS gone
    FROM referral r JOIN referral_item i ON i.referral = r.id
    WHERE r.space = $1 AND r.queued_at >= $2 AND r.queued_at < $3) AS sent GROUP BY taken, put_back, upheld, refused, gone";

async fn review(house: &House, of: Window) -> Result<Review> {
    let back = [Answer::RestoredAfterComplaint.word(), Answer::RestoredAfterReview.word()];
    let rows = house.db.rows(REVIEWED, store::params![of.space, of.from, of.to, back[0], back[1]]).await?;
    let mut all = Review::default();
    for row in &rows {
        let is = |name: &str| row.int(name).map(|flag| flag != 0);
        let (n, taken, overturned) = (row.count("n")?, is("taken")?, is("put_back")? || is("upheld")?);
        all.reviewed += if taken || overturned || is("refused")? { n } else { 0 };
        all.standing += if taken || overturned { 0 } else { n };
        all.gone += if is("gone")? { n } else { 0 };
    }
    Ok(all)
}

/// Final answers of a provider, by answer, largest first.
pub async fn answers_of(house: &House, actor: &Actor, provider: ProviderId) -> Result<Vec<(String, u64)>> {
    actor.need(Right::Read)?;
    let rows = house
        .db
        .rows(
            "SELECT i.answer AS word, COUNT(*) AS n FROM referral_item i JOIN referral r ON r.id = i.referral
             WHERE r.provider = $1 AND i.final_at IS NOT NULL AND i.answer IS NOT NULL
             GROUP BY i.answer ORDER BY n DESC, word LIMIT $2",
            store::params![provider, ROWS_MAX],
        )
        .await?;
    rows.iter().map(|row| Ok((row.text("word")?, row.count("n")?))).collect()
}

const ASSESSED: &str =
    "SELECT agency AS word, COUNT(*) AS n FROM assessment WHERE space = $1 AND made_at >= $2 AND made_at < $3
    AND state NOT IN ($4, $5) GROUP BY agency";

async fn units(house: &House, of: Window, agencies: &[(AgencyId, String)]) -> Result<Vec<Unit>> {
    let people = "SELECT agency AS word, COUNT(*) AS n FROM person WHERE state = 'active' GROUP BY agency";
    let people = by_agency(&house.db.rows(people, store::params![]).await?)?;
    let (void, withdrawn) = (Decided::Void.word(), Decided::Withdrawn.word());
    let assessed = store::params![of.space, of.from, of.to, void, withdrawn];
    let assessed = by_agency(&house.db.rows(ASSESSED, assessed).await?)?;
    let held = "SELECT agency AS word, COUNT(*) AS n FROM hold WHERE state = 'active' AND answer IN ($1, $2) GROUP BY agency";
    let held = by_agency(&house.db.rows(held, asking()).await?)?;
    let of =
        |counts: &BTreeMap<String, u64>, id: &AgencyId| counts.get(&id.to_string()).copied().unwrap_or(0);
    let mut units: Vec<Unit> = agencies
        .iter()
        .map(|(id, name)| Unit {
            name: name.clone(),
            people: of(&people, id),
            assessed: of(&assessed, id),
            held: of(&held, id),
        })
        .collect();
    units.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(units)
}

fn by_agency(rows: &[store::Row]) -> Result<BTreeMap<String, u64>> {
    rows.iter().map(|row| Ok((row.text("word")?, row.count("n")?))).collect()
}

/// The answers by which an agency asks others to leave something.
fn asking() -> Vec<store::Value> {
    store::params![HoldAnswer::InvestigativeHold.word(), HoldAnswer::TalkToMe.word()]
}

async fn holds(house: &House, agencies: &[(AgencyId, String)]) -> Result<Vec<Holding>> {
    let rows = house
        .db
        .rows(
            "SELECT agency, answer, until, COUNT(*) AS n FROM hold WHERE state = 'active' AND answer IN ($1, $2)
             GROUP BY agency, answer, until ORDER BY CASE WHEN until IS NULL THEN 1 ELSE 0 END, until, agency LIMIT $3",
            [asking(), store::params![HOLDS_SHOWN]].concat(),
        )
        .await?;
    let mut holds = Vec::new();
    for row in &rows {
        let agency: AgencyId = row.id("agency")?;
        let Some((_, name)) = agencies.iter().find(|(id, _)| *id == agency) else { continue };
        let answer = row.word("answer", HoldAnswer::from_word)?;
        holds.push((name.clone(), row.count("n")?, answer, row.maybe_time("until")?));
    }
    Ok(holds)
}

const SAVED: &str = "SELECT made_at AS at FROM assessment WHERE space = $1 AND made_at >= $2 AND made_at < $3 ORDER BY made_at DESC LIMIT $4";
const ANSWERED: &str = "SELECT i.final_at AS at FROM referral_item i JOIN referral r ON r.id = i.referral
    WHERE r.space = $1 AND i.final_at >= $2 AND i.final_at < $3 ORDER BY i.final_at DESC LIMIT $4";

/// The six hours up to the last thing that happened in the window.
async fn pace(house: &House, of: Window) -> Result<Vec<(Timestamp, u64, u64)>> {
    let mut ends = Vec::new();
    for sql in [SAVED, ANSWERED] {
        ends.extend(times(house, sql, of, 1).await?);
    }
    let Some(last) = ends.into_iter().max() else { return Ok(Vec::new()) };
    let step = SignedDuration::from_mins(PACE_MINUTES).as_secs();
    let end = (last.as_second().div_euclid(step) + 1) * step;
    let length = i64::try_from(PACE_POINTS).unwrap_or(i64::MAX);
    let begin = end - step * length;
    let since = Timestamp::from_second(begin).unwrap_or(Timestamp::MIN);
    let since = Window { from: since.max(of.from), ..of };
    let mut counts = vec![(0_u64, 0_u64); PACE_POINTS];
    for (sql, answered) in [(SAVED, false), (ANSWERED, true)] {
        for at in times(house, sql, since, TIMES_MAX).await? {
            let place = usize::try_from((at.as_second() - begin).div_euclid(step)).unwrap_or(usize::MAX);
            if let Some(point) = counts.get_mut(place) {
                *(if answered { &mut point.1 } else { &mut point.0 }) += 1;
            }
        }
    }
    let at = |place: usize| begin + step * (i64::try_from(place).unwrap_or(0) + 1);
    Ok(counts
        .into_iter()
        .enumerate()
        .filter_map(|(place, (saved, answered))| {
            Some((Timestamp::from_second(at(place)).ok()?, saved, answered))
        })
        .collect())
}

async fn times(house: &House, sql: &'static str, of: Window, limit: i64) -> Result<Vec<Timestamp>> {
    let rows = house.db.rows(sql, store::params![of.space, of.from, of.to, limit]).await?;
    rows.iter().map(|row| Ok(row.time("at")?)).collect()
}
