//! Things seen once: worlds at copy rates of 30, 60 and 85 %, taken in by the program, its clusters against the truth.

use crate::Place;
use crate::machine;
use crate::product::Product;
use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection as _, Row as _, SqliteConnection};
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Debug, clap::Args)]
pub(crate) struct Clusters {
    #[command(flatten)]
    place: Place,
    /// Posts of each world.
    #[arg(long, default_value_t = 3_000)]
    posts: usize,
    /// Copy rates, in percent.
    #[arg(long, value_delimiter = ',', default_value = "30,60,85")]
    rates: Vec<u32>,
    /// Seeds of the worlds.
    #[arg(long, value_delimiter = ',', default_value = "1,2,3")]
    seeds: Vec<u64>,
}

/// A post: its content, whether that is a decoy, its family, how it was copied, and the cluster that it went into.
struct Post {
    id: String,
    content: u64,
    decoy: bool,
    family: String,
    edit: Option<String>,
    cluster: String,
}

impl Post {
    /// As it is named beside a wrong pair: the world is made again by its seed.
    fn called(&self) -> String {
        format!("{} ({})", self.id, self.family)
    }
}

/// What a comparison came to.
#[derive(Default)]
struct Judged {
    /// Posts that copy an earlier one, and those of them in the cluster of the first post of their content.
    copies: (u64, u64),
    /// Pairs of posts of one content, and those of them in one cluster.
    pairs: (u64, u64),
    /// Contents, decoys among them, clusters.
    contents: (u64, u64, u64),
    /// Pairs of different contents in one cluster: all, and those with a decoy.
    wrong: (u64, u64),
    /// Copies by edit: all, found.
    edits: BTreeMap<String, (u64, u64)>,
    /// Wrong pairs, by what both are called.
    wrongly: BTreeMap<String, u64>,
}

impl Clusters {
    pub(crate) async fn run(self) -> Result<()> {
        let folder = self.place.folder()?;
        let product = Product { program: self.place.program.canonicalize()?, database: None };
        println!("machine      {}", machine::name());
        println!(
            "| rate | seed | posts | copies | contents (decoys) | clusters | copies found | pairs found | wrong merges | among decoys | seconds |"
        );
        println!("|---|---|---|---|---|---|---|---|---|---|---|");
        let (mut edits, mut wrongly) = (BTreeMap::new(), BTreeMap::new());
        for rate in &self.rates {
            for seed in &self.seeds {
                let one = folder.join(format!("{rate}-{seed}"));
                let (judged, seconds) = self.one(&product, &one, (*rate, *seed)).await?;
                println!("{}", row((*rate, *seed), self.posts, &judged, seconds));
                for (edit, (all, found)) in judged.edits {
                    let sum: &mut (u64, u64) = edits.entry(edit).or_default();
                    *sum = (sum.0 + all, sum.1 + found);
                }
                for (pair, count) in judged.wrongly {
                    *wrongly.entry(format!("{rate} %, seed {seed}: {pair}")).or_insert(0) += count;
                }
            }
        }
        println!("\n| copied | copies | found |\n|---|---|---|");
        for (edit, (all, found)) in &edits {
            println!("| {edit} | {all} | {:.1} % |", percent(*found, *all));
        }
        for (pair, count) in &wrongly {
            println!("wrong        {pair}: {count}");
        }
        self.place.clear(&folder)
    }

    async fn one(&self, product: &Product, folder: &Path, (rate, seed): (u32, u64)) -> Result<(Judged, f64)> {
        let (world, data) = (folder.join("world"), folder.join("data"));
        let (posts, seed, rate) = (self.posts.to_string(), seed.to_string(), rate.to_string());
        let out = world.to_string_lossy();
        let args =
            ["world", "copies", "--posts", &posts, "--seed", &seed, "--copy-rate", &rate, "--out", &out];
        product.run(&args, None)?.json()?;
        product.init(&data)?;
        let file = world.join("posts.ndjson");
        let file = file.to_string_lossy();
        let args = ["intake", "ndjson", &file, "--json", "--relevance", "submit", "--source", "bench copies"];
        let ran = product.run(&args, Some(&data))?;
        let summary = ran.json()?;
        ensure!(summary["new"] == self.posts, "not all went in: {summary}");
        Ok((judge(&read(&world, &data).await?), ran.seconds))
    }
}

/// The truth, in the order of the file, beside the clusters, in the order of the intake.
async fn read(world: &Path, data: &Path) -> Result<Vec<Post>> {
    let truth: Value = serde_json::from_slice(&std::fs::read(world.join("copies.json"))?)?;
    let options = SqliteConnectOptions::new().filename(data.join("renvoi.db"));
    let mut database = SqliteConnection::connect_with(&options).await?;
    let rows = sqlx::query("SELECT cluster FROM observation ORDER BY key").fetch_all(&mut database).await?;
    database.close().await?;
    let truth = truth["posts"].as_array().context("copies.json names no posts")?;
    ensure!(truth.len() == rows.len(), "{} posts, {} observations", truth.len(), rows.len());
    let post = |(told, row): (&Value, &sqlx::sqlite::SqliteRow)| {
        Ok(Post {
            content: told["content"].as_u64().context("a post without content")?,
            decoy: told["decoy"].as_bool().unwrap_or_default(),
            id: told["id"].as_str().unwrap_or_default().to_owned(),
            family: told["family"].as_str().unwrap_or_default().to_owned(),
            edit: told["edit"].as_str().map(str::to_owned),
            cluster: row.try_get::<Option<String>, _>(0)?.context("a post in no cluster")?,
        })
    };
    truth.iter().zip(&rows).map(post).collect()
}

fn judge(posts: &[Post]) -> Judged {
    let mut judged = Judged::default();
    let mut first: BTreeMap<u64, &str> = BTreeMap::new();
    let mut clusters: BTreeMap<&str, Vec<&Post>> = BTreeMap::new();
    let mut contents: BTreeMap<u64, u64> = BTreeMap::new();
    for post in posts {
        let home = *first.entry(post.content).or_insert(&post.cluster);
        if let Some(edit) = &post.edit {
            let found = u64::from(home == post.cluster);
            judged.copies = (judged.copies.0 + 1, judged.copies.1 + found);
            let sum = judged.edits.entry(edit.clone()).or_default();
            *sum = (sum.0 + 1, sum.1 + found);
        } else {
            judged.contents.0 += 1;
            judged.contents.1 += u64::from(post.decoy);
        }
        *contents.entry(post.content).or_default() += 1;
        clusters.entry(&post.cluster).or_default().push(post);
    }
    judged.pairs.0 = contents.values().map(|count| count * (count - 1) / 2).sum();
    judged.contents.2 = clusters.len() as u64;
    for members in clusters.values() {
        for (nth, one) in members.iter().enumerate() {
            for other in &members[nth + 1..] {
                if one.content == other.content {
                    judged.pairs.1 += 1;
                    continue;
                }
                judged.wrong.0 += 1;
                judged.wrong.1 += u64::from(one.decoy || other.decoy);
                *judged.wrongly.entry(format!("{} and {}", one.called(), other.called())).or_default() += 1;
            }
        }
    }
    judged
}

fn row((rate, seed): (u32, u64), posts: usize, judged: &Judged, seconds: f64) -> String {
    let (contents, decoys, clusters) = judged.contents;
    format!(
        "| {rate} % | {seed} | {posts} | {} | {contents} ({decoys}) | {clusters} | {:.1} % | {:.1} % | {} | {} | {seconds:.0} |",
        judged.copies.0,
        percent(judged.copies.1, judged.copies.0),
        percent(judged.pairs.1, judged.pairs.0),
        judged.wrong.0,
        judged.wrong.1
    )
}

fn percent(part: u64, whole: u64) -> f64 {
    part as f64 * 100.0 / whole.max(1) as f64
}
