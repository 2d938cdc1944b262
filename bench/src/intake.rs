//! Intake at scale: alone, then beside a person who confirms, then the same rows by plain inserts.

use crate::Place;
use crate::approve::{self, Latencies};
use crate::banks;
use crate::desk::{Api, Person};
use crate::machine;
use crate::plain;
use crate::product::{self, Product, Ran, Served};
use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection as _, PgConnection, SqliteConnection};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Assessments that wait for the second person; the queue shows no more at once.
const PREPARED: usize = 500;
/// Confirmations before the intake, to compare.
const QUIET: usize = 40;
/// Records of one batch of the product.
const BATCH_RECORDS: usize = 4_000;
/// Pause between two looks at the server's work, in milliseconds.
const LOOK_MS: u64 = 100;
/// Longest wait for the server's work, in seconds.
const WAIT_SECONDS_MAX: u64 = 900;

#[derive(Debug, clap::Args)]
pub(crate) struct Intake {
    #[command(flatten)]
    place: Place,
    /// Posts.
    #[arg(long, default_value_t = 100_000)]
    posts: usize,
    /// Seed of the posts.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// What is kept of what matches nothing: hold, as a stream is taken in, or submit: every post is put into the queue.
    #[arg(long, default_value = "hold")]
    relevance: String,
    /// An empty PostgreSQL database for the run beside approvals, instead of SQLite; the run alone is left out.
    #[arg(long, value_name = "ADDRESS")]
    postgres: Option<String>,
}

/// A house that waits for its intake.
struct Ready {
    data: PathBuf,
    posts: PathBuf,
    approver: Person,
    assessments: Vec<String>,
    signals: usize,
}

/// What the run beside a person came to.
struct Beside {
    summary: Value,
    read_s: f64,
    seconds: f64,
    peak_kib: u64,
    quiet: Latencies,
    busy: Latencies,
}

impl Intake {
    pub(crate) async fn run(self) -> Result<()> {
        let folder = self.place.folder()?;
        let product =
            Product { program: self.place.program.canonicalize()?, database: self.postgres.clone() };
        println!("machine      {}", machine::name());
        println!("a flush      {:.2} ms", machine::flush_ms(&folder)?);
        let ready = self.prepare(&product, &folder).await?;
        println!(
            "posts        {} ({} MB), {} signals, relevance {}",
            self.posts,
            std::fs::metadata(&ready.posts)?.len() / 1_000_000,
            ready.signals,
            self.relevance
        );
        let mut line = json!({"posts": self.posts, "seed": self.seed, "relevance": self.relevance});
        if self.postgres.is_none() {
            let alone = folder.join("alone");
            product::copy(&ready.data, &alone)?;
            self.alone(&product, &ready.posts, &alone, &mut line)?;
            self.plain(&alone, &folder.join("plain.db"), &mut line).await?;
        }
        self.beside(&product, ready, &mut line).await?;
        println!("{line}");
        self.place.clear(&folder)
    }

    /// Posts, a house with people and banks, and assessments that wait.
    async fn prepare(&self, product: &Product, folder: &Path) -> Result<Ready> {
        let (data, world) = (folder.join("data"), folder.join("world"));
        let (posts, seed) = (self.posts.to_string(), self.seed.to_string());
        let out = world.to_string_lossy();
        product
            .run(
                &["world", "make", "--posts", &posts, "--seed", &seed, "--copy-rate", "20", "--out", &out],
                None,
            )?
            .json()?;
        let link = product.init(&data)?;
        let before = folder.join("before.ndjson");
        approve::write_posts(PREPARED, &before)?;
        self.take_in(product, &before, &data, "submit")?.json()?;
        let served = product.serve(&data)?;
        let api = Api::new(served.address)?;
        let mut admin = api.enrol(&link).await?;
        api.sign_in(&mut admin).await?;
        api.prove(&mut admin).await?;
        let analyst = api.invite(&admin, "ana", &["analyst"]).await?;
        let coordinator = api.invite(&admin, "emil", &["coordinator"]).await?;
        let approver = api.invite(&admin, "cleo", &["approver"]).await?;
        let posts = world.join("posts.ndjson");
        let signals = banks::import(&api, &coordinator, &posts).await?;
        let assessments = approve::assess(&api, &analyst).await?;
        settled(&api).await?;
        served.stop()?;
        Ok(Ready { data, posts, approver, assessments, signals })
    }

    fn take_in(&self, product: &Product, file: &Path, data: &Path, relevance: &str) -> Result<Ran> {
        let file = file.to_string_lossy();
        let source = format!("bench {relevance}");
        product.run(
            &["intake", "ndjson", &file, "--json", "--relevance", relevance, "--source", &source],
            Some(data),
        )
    }

    /// By the command alone, which ends when all is recognised.
    fn alone(&self, product: &Product, posts: &Path, data: &Path, line: &mut Value) -> Result<()> {
        let load = machine::load();
        let ran = self.take_in(product, posts, data, &self.relevance)?;
        let summary = ran.json()?;
        ensure!(summary["new"] == self.posts, "not all went in: {summary}");
        println!(
            "alone        {:.1} s, {:.0} posts/s, {} MiB at most (load {load:.1})",
            ran.seconds,
            self.posts as f64 / ran.seconds,
            ran.peak_kib / 1024
        );
        line["alone"] = json!({"seconds": round(ran.seconds), "peak_mib": ran.peak_kib / 1024, "load": load});
        fsck(product, data)
    }

    async fn plain(&self, data: &Path, file: &Path, line: &mut Value) -> Result<()> {
        let load = machine::load();
        let plain = plain::insert(&data.join("renvoi.db"), file, self.posts.div_ceil(BATCH_RECORDS)).await?;
        let ratio = line["alone"]["seconds"].as_f64().unwrap_or_default() / plain.seconds;
        println!(
            "plain        {:.1} s for the same {} rows ({} MB) by INSERTs alone; the product takes {ratio:.2} times as long (load {load:.1})",
            plain.seconds,
            plain.rows,
            plain.bytes / 1_000_000
        );
        line["plain"] = json!({"seconds": round(plain.seconds), "rows": plain.rows, "load": load});
        line["ratio"] = json!(round(ratio));
        Ok(std::fs::remove_file(file)?)
    }

    /// Through the server that owns the house, while a second person confirms.
    async fn beside(&self, product: &Product, mut ready: Ready, line: &mut Value) -> Result<()> {
        let served = product.serve(&ready.data)?;
        let load = machine::load();
        let done = self.confirmed(product, &mut ready, &served).await?;
        served.stop()?;
        ensure!(done.summary["new"] == self.posts, "not all went in: {}", done.summary);
        println!(
            "served       {:.1} s ({:.1} s to read and store), {:.0} posts/s, {} MiB at most (load {load:.1})",
            done.seconds,
            done.read_s,
            self.posts as f64 / done.seconds,
            done.peak_kib / 1024
        );
        for (what, taken) in [("before it", &done.quiet), ("meanwhile", &done.busy)] {
            println!(
                "approve      {what}: p50 {:.1} ms, p99 {:.1} ms, worst {:.1} ms of {}",
                taken.at(50),
                taken.at(99),
                taken.worst(),
                taken.count()
            );
        }
        line["served"] = json!({
            "seconds": round(done.seconds), "read_seconds": round(done.read_s), "peak_mib": done.peak_kib / 1024, "load": load,
            "approve": {"count": done.busy.count(), "p50_ms": round(done.busy.at(50)), "p99_ms": round(done.busy.at(99)),
                "worst_ms": round(done.busy.worst()), "quiet_p50_ms": round(done.quiet.at(50)), "quiet_p99_ms": round(done.quiet.at(99))},
        });
        fsck(product, &ready.data)
    }

    async fn confirmed(&self, product: &Product, ready: &mut Ready, served: &Served) -> Result<Beside> {
        let api = Api::new(served.address)?;
        api.prove(&mut ready.approver).await?;
        let never = AtomicBool::new(false);
        let quiet = approve::confirm(&api, &ready.approver, &mut ready.assessments, &never, QUIET).await?;
        settled(&api).await?;
        let stop = Arc::new(AtomicBool::new(false));
        let (person, told) = (api.clone(), Arc::clone(&stop));
        let (approver, mut assessments) = (ready.approver.clone(), std::mem::take(&mut ready.assessments));
        let person = tokio::spawn(async move {
            approve::confirm(&person, &approver, &mut assessments, &told, usize::MAX).await
        });
        let began = Instant::now();
        let (product, posts, data) = (product.clone(), ready.posts.clone(), ready.data.clone());
        let relevance = self.relevance.clone();
        let file = posts.to_string_lossy().into_owned();
        let ran = tokio::task::spawn_blocking(move || {
            let args =
                ["intake", "ndjson", &file, "--json", "--relevance", &relevance, "--source", "bench served"];
            product.run(&args, Some(&data))
        })
        .await??;
        let read_s = began.elapsed().as_secs_f64();
        let seconds = self.recognised(&ready.data, began).await?;
        stop.store(true, Ordering::Relaxed);
        let busy = person.await?.context("a confirmation failed")?;
        Ok(Beside { summary: ran.json()?, read_s, seconds, peak_kib: served.peak_kib(), quiet, busy })
    }

    /// Waits until no observation waits to be recognised or indexed; gives the seconds since the beginning.
    async fn recognised(&self, data: &Path, began: Instant) -> Result<f64> {
        let count = "SELECT COUNT(*) FROM job WHERE kind IN ('recognise', 'index')";
        loop {
            let left: i64 = match &self.postgres {
                Some(address) => {
                    sqlx::query_scalar(count).fetch_one(&mut PgConnection::connect(address).await?).await?
                }
                None => {
                    let options = SqliteConnectOptions::new().filename(data.join("renvoi.db"));
                    let mut database = SqliteConnection::connect_with(&options).await?;
                    let left = sqlx::query_scalar(count).fetch_one(&mut database).await?;
                    database.close().await?;
                    left
                }
            };
            if left == 0 {
                return Ok(began.elapsed().as_secs_f64());
            }
            ensure!(began.elapsed() < Duration::from_secs(WAIT_SECONDS_MAX), "the recognition does not end");
            tokio::time::sleep(Duration::from_millis(LOOK_MS)).await;
        }
    }
}

fn round(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

/// Waits until the server has nothing that is due.
async fn settled(api: &Api) -> Result<()> {
    let began = Instant::now();
    let mut nothing = 0;
    while nothing < 2 {
        ensure!(began.elapsed() < Duration::from_secs(WAIT_SECONDS_MAX), "the server's work does not end");
        nothing = if api.due().await? == 0 { nothing + 1 } else { 0 };
        tokio::time::sleep(Duration::from_millis(LOOK_MS)).await;
    }
    Ok(())
}

fn fsck(product: &Product, data: &Path) -> Result<()> {
    let ran = product.run(&["fsck"], Some(data))?;
    ensure!(ran.code == 0, "fsck ends {}: {}{}", ran.code, ran.out, ran.error);
    println!("fsck         clean, {:.1} s", ran.seconds);
    Ok(())
}
