//! The second person at work: assessments that wait, and how long a confirmation takes.

use crate::desk::{Api, Person};
use crate::machine::percentile;
use anyhow::{Context as _, Result};
use reqwest::Method;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Pause of the person between two confirmations, in milliseconds.
const PAUSE_MS: u64 = 50;

/// Latencies of confirmations, in milliseconds, sorted.
#[derive(Debug, Default)]
pub(crate) struct Latencies(Vec<f64>);

impl Latencies {
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// In hundredths.
    pub(crate) fn at(&self, hundredths: usize) -> f64 {
        percentile(&self.0, hundredths)
    }

    pub(crate) fn worst(&self) -> f64 {
        self.0.last().copied().unwrap_or_default()
    }
}

/// Writes so many different posts, each a cluster of its own.
pub(crate) fn write_posts(count: usize, path: &Path) -> Result<()> {
    let mut lines = String::new();
    for n in 0..count {
        let host = format!("wall{}.example", n % 40);
        let post = json!({
            "id": format!("{host}/approve{n}"), "service": host, "url": format!("https://{host}/p/approve{n}"),
            "text": format!("Invites readers to join the invented Example Group, notice number {n} of this wall."),
            "author": {"service": host, "handle": format!("caller{n}"), "name": "Caller"}, "audience": "open",
            "posted_at": "2026-01-01T00:00:00Z",
        });
        writeln!(lines, "{post}")?;
    }
    Ok(std::fs::write(path, lines)?)
}

/// An analyst assesses everything in the queue; gives the assessments.
pub(crate) async fn assess(api: &Api, analyst: &Person) -> Result<Vec<String>> {
    let queue = api.call(&analyst.token, Method::GET, "/api/v1/queue?limit=500", None).await?;
    let mut assessments = Vec::new();
    for cluster in queue["clusters"].as_array().into_iter().flatten() {
        let path = format!("/api/v1/clusters/{}", cluster["id"].as_str().unwrap_or_default());
        let shown = api.call(&analyst.token, Method::GET, &path, None).await?;
        let lease = api.call(&analyst.token, Method::POST, &format!("{path}/lease"), None).await?;
        let body = json!({"version": lease["version"], "draft": draft(&shown["items"])});
        let saved =
            api.call(&analyst.token, Method::POST, &format!("{path}/assessments"), Some(&body)).await?;
        assessments.push(saved["assessment"].as_str().context("no assessment")?.to_owned());
    }
    Ok(assessments)
}

fn draft(items: &Value) -> Value {
    let no = json!({"finding": "no", "text": ""});
    let questions = ["education", "journalism", "art", "research", "counter_terrorism", "public_debate"];
    let exemption: Map<String, Value> =
        questions.iter().map(|question| ((*question).to_owned(), no.clone())).collect();
    let contexts: Map<String, Value> = items
        .as_array()
        .into_iter()
        .flatten()
        .map(|item| {
            let context = json!({
                "audience": item["audience"], "exemption": exemption, "context": "A public post.",
                "true_purpose": "Spreads the call of an invented group.", "editorial_responsibility": false,
                "eu_listed_author": "no",
            });
            (item["subject"].as_str().unwrap_or_default().to_owned(), context)
        })
        .collect();
    json!({
        "decision": "refer", "note": "", "contexts": contexts,
        "content": {
            "statements": {"solicits_participation": "Invites readers to join the invented Example Group."},
            "pinpoints": {"solicits_participation": ["text, first sentence"]}, "danger": null,
            "offence_refs": ["2017/541:4(b)"], "urgency": "normal",
        },
    })
}

/// Confirms one after the other until `stop` or until nothing is left.
pub(crate) async fn confirm(
    api: &Api,
    approver: &Person,
    assessments: &mut Vec<String>,
    stop: &AtomicBool,
    most: usize,
) -> Result<Latencies> {
    let mut taken = Vec::new();
    while !stop.load(Ordering::Relaxed) && taken.len() < most {
        let Some(next) = assessments.pop() else { break };
        let path = format!("/api/v1/assessments/{next}");
        let shown = api.call(&approver.token, Method::GET, &path, None).await?;
        let body = json!({"version": shown["version"]});
        let began = Instant::now();
        api.call(&approver.token, Method::POST, &format!("{path}/approval"), Some(&body)).await?;
        taken.push(began.elapsed().as_secs_f64() * 1000.0);
        tokio::time::sleep(Duration::from_millis(PAUSE_MS)).await;
    }
    taken.sort_by(f64::total_cmp);
    Ok(Latencies(taken))
}
