//! Big files: whole, cut short, again; and files in which nothing can be used.

use crate::Place;
use crate::formats::{self, FORMATS, Posts};
use crate::machine;
use crate::product::{Product, Ran};
use anyhow::{Result, ensure};
use serde_json::{Value, json};
use std::path::Path;

/// Most memory that one file may take, in MiB.
const PEAK_MAX_MIB: u64 = 500;
/// Posts whose texts the files are made of.
const POSTS: &str = "20000";

#[derive(Debug, clap::Args)]
pub(crate) struct Files {
    #[command(flatten)]
    place: Place,
    /// Size of each file, in megabytes.
    #[arg(long, default_value_t = 200)]
    megabytes: u64,
    /// Only these formats.
    #[arg(long = "format")]
    formats: Vec<String>,
    /// What is kept of what matches nothing.
    #[arg(long, default_value = "hold")]
    relevance: String,
}

impl Files {
    pub(crate) fn run(self) -> Result<()> {
        let folder = self.place.folder()?;
        let product = Product { program: self.place.program.canonicalize()?, database: None };
        println!("machine  {}, load {:.1}", machine::name(), machine::load());
        println!("files    {} MB each, relevance {}", self.megabytes, self.relevance);
        let world = folder.join("world");
        let out = world.to_string_lossy();
        product.run(&["world", "make", "--posts", POSTS, "--copy-rate", "0", "--out", &out], None)?.json()?;
        let posts = Posts::read(&world.join("posts.ndjson"))?;
        let all: Vec<&str> = if self.formats.is_empty() {
            FORMATS.to_vec()
        } else {
            self.formats.iter().map(String::as_str).collect()
        };
        let mut lines = Vec::new();
        for format in all {
            lines.push(self.one(&product, &posts, format, &folder)?);
        }
        println!("{}", json!({"megabytes": self.megabytes, "relevance": self.relevance, "formats": lines}));
        self.place.clear(&folder)
    }

    fn one(&self, product: &Product, posts: &Posts, format: &str, folder: &Path) -> Result<Value> {
        let (whole, cut, data) = (folder.join("whole"), folder.join("cut"), folder.join(format));
        let records = formats::write(format, posts, self.megabytes * 1_000_000, &whole)?;
        std::fs::copy(&whole, &cut)?;
        let length = whole.metadata()?.len();
        // Inside a record, near the end.
        std::fs::File::options().write(true).open(&cut)?.set_len(length - length / 20 - 333)?;
        product.init(&data)?;
        let take = |file: &Path| -> Result<Ran> {
            let file = file.to_string_lossy();
            let args = ["intake", format, &file, "--json", "--relevance", &self.relevance];
            product.run(&args, Some(&data))
        };
        let first = take(&cut)?;
        let kept = first.json()?;
        let aside = &kept["set_aside"][0];
        // An address that is cut short is an address still.
        let told = !aside.is_null() || format == "urls";
        ensure!(told && kept["new"].as_u64() > Some(records * 9 / 10), "{format}, cut: {kept}");
        let second = take(&whole)?;
        let said = second.json()?;
        ensure!(
            said["records"] == records && said["observed"] == records && said["set_aside"] == json!([]),
            "{format}, {records} records: {said}"
        );
        let third = take(&whole)?;
        let again = third.json()?;
        ensure!(again["new"] == 0 && again["duplicate"] == records, "{format}, again: {again}");
        let peak = first.peak_kib.max(second.peak_kib).max(third.peak_kib) / 1024;
        println!(
            "{format:9} {records} records; cut short: {} new in {:.1} s, set aside at {}; whole: {} new in {:.1} s; again: 0 new in {:.1} s; {peak} MiB at most",
            kept["new"], first.seconds, aside["at"], said["new"], second.seconds, third.seconds
        );
        ensure!(peak < PEAK_MAX_MIB, "{format} took {peak} MiB");
        let refused = unusable(product, format, &data, folder)?;
        for file in [whole, cut] {
            std::fs::remove_file(file)?;
        }
        std::fs::remove_dir_all(data)?;
        Ok(json!({
            "format": format, "records": records, "cut_seconds": first.seconds, "whole_seconds": second.seconds,
            "again_seconds": third.seconds, "peak_mib": peak, "set_aside": aside, "refused": refused,
        }))
    }
}

/// Empty, binary, another format: each ends 2 with one sentence.
fn unusable(product: &Product, format: &str, data: &Path, folder: &Path) -> Result<Vec<String>> {
    let other: &[u8] = match format {
        "feed" | "mail" => b"{\"type\":\"bundle\",\"id\":\"bundle--1\",\"objects\":[]}\n",
        _ => b"<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"><circle r=\"3\"/></svg>\n",
    };
    let binary: Vec<u8> = (0..100_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let mut said = Vec::new();
    for (what, bytes) in [("empty", &b""[..]), ("binary", &binary), ("another format", other)] {
        let file = folder.join("unusable");
        std::fs::write(&file, bytes)?;
        let name = file.to_string_lossy();
        let ran = product.run(&["intake", format, &name, "--json"], Some(data))?;
        let sentence = ran.error.trim().to_owned();
        ensure!(ran.code == 2, "{format}, {what}: ended {}: {sentence}", ran.code);
        ensure!(
            sentence.lines().count() == 1 && ran.out.is_empty(),
            "{format}, {what}: {sentence}{}",
            ran.out
        );
        println!("         {what}: exit 2, {sentence}");
        said.push(sentence);
    }
    Ok(said)
}
