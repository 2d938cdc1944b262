//! Measures an index for `bench/nearest.py`: reads a command a line, answers each with a line of JSON.
//!
//! | command | what |
//! |---|---|
//! | `list KIND ROWS SEED FILE` | writes `FILE.values` and `FILE.queries`, 32 bytes a value |
//! | `build FOLDER fast\|lean FILE` | makes an index of `FILE.values`; ids are places |
//! | `open FOLDER` | opens it to search and to change |
//! | `times FILE RADIUS FROM COUNT` | searches some of `FILE.queries` one by one in one thread |
//! | `rate FILE RADIUS THREADS` | searches all of them in some threads |
//! | `change COUNT` | puts new values in, one by one: until durable and found, until taken out and not found |
//!
//! Kinds: `uniform` and `clustered` as `hashes.py` of the specification makes them; `flood16`, `flood64`,
//! `flood128`: uniform, but a tenth of the values share the first bits with each other and with the queries;
//! `centre`: uniform, but a tenth lies 32 to 60 bits from one value, and the queries 0 to 31 bits from it.

use std::error::Error;
use std::fs;
use std::io::{BufRead, Write};
use std::path::Path;
use std::time::Instant;

use nearest::{Index, Profile, Value};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let mut index = None;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let words: Vec<&str> = line.split(' ').collect();
        let answer = match words[..] {
            ["list", kind, rows, seed, file] => list(kind, rows.parse()?, seed.parse()?, file)?,
            ["build", folder, profile, file] => build(Path::new(folder), profile, file)?,
            ["open", folder] => {
                drop(index.take());
                let at = Instant::now();
                let opened = index.insert(Index::open(Path::new(folder))?);
                let open_ms = at.elapsed().as_secs_f64() * 1e3;
                let size = opened.snapshot().size();
                let bytes = size.bytes as f64 / size.values as f64;
                format!(
                    "{{\"open_ms\":{open_ms:.3},\"values\":{},\"bytes_per_hash\":{bytes:.1}}}",
                    size.values
                )
            }
            ["times", file, radius, from, count] => {
                let queries = read(&format!("{file}.queries"))?;
                let (from, count): (usize, usize) = (from.parse()?, count.parse()?);
                let queries = queries.iter().cycle().skip(from).take(count);
                times(index.as_ref().ok_or("no index")?, queries, radius.parse()?)
            }
            ["rate", file, radius, threads] => {
                let queries = read(&format!("{file}.queries"))?;
                rate(index.as_ref().ok_or("no index")?, &queries, radius.parse()?, threads.parse()?)
            }
            ["change", count] => change(index.as_ref().ok_or("no index")?, count.parse()?)?,
            _ => return Err(format!("`{line}` is no command").into()),
        };
        println!("{answer}");
        std::io::stdout().flush()?;
    }
    Ok(())
}

fn read(file: &str) -> Outcome<Vec<Value>> {
    let bytes = fs::read(file)?;
    let word =
        |bytes: &[u8; 32], at: usize| u64::from_le_bytes(std::array::from_fn(|byte| bytes[at * 8 + byte]));
    Ok(bytes.as_chunks().0.iter().map(|bytes| [0, 1, 2, 3].map(|at| word(bytes, at))).collect())
}

fn build(folder: &Path, profile: &str, file: &str) -> Outcome<String> {
    let profile = if profile == "lean" { Profile::Lean } else { Profile::Fast };
    let values = read(&format!("{file}.values"))?;
    let at = Instant::now();
    drop(Index::build(folder, profile, (0..).zip(values))?);
    Ok(format!("{{\"build_s\":{:.2}}}", at.elapsed().as_secs_f64()))
}

fn times<'a>(index: &Index, queries: impl Iterator<Item = &'a Value>, radius: u32) -> String {
    let snapshot = index.snapshot();
    let mut found = 0;
    let mut us = Vec::new();
    for query in queries {
        let at = Instant::now();
        found += snapshot.within(query, radius).len();
        us.push(format!("{:.2}", at.elapsed().as_secs_f64() * 1e6));
    }
    format!("{{\"found\":{found},\"us\":[{}]}}", us.join(","))
}

fn rate(index: &Index, queries: &[Value], radius: u32, threads: usize) -> String {
    let snapshot = index.snapshot();
    let at = Instant::now();
    std::thread::scope(|scope| {
        for part in queries.chunks(queries.len().div_ceil(threads)) {
            let snapshot = &snapshot;
            scope.spawn(move || part.iter().map(|query| snapshot.within(query, radius).len()).sum::<usize>());
        }
    });
    format!("{{\"qps\":{:.0}}}", queries.len() as f64 / at.elapsed().as_secs_f64())
}

fn change(index: &Index, count: usize) -> Outcome<String> {
    let mut chance = Chance(index.snapshot().len() as u64);
    let (mut put, mut taken) = (Vec::new(), Vec::new());
    for n in 0..count {
        let (id, value) = (u64::MAX - n as u64, chance.value());
        let at = Instant::now();
        index.insert(id, value)?;
        index.sync()?;
        let found = index.within(&value, 0).iter().any(|near| near.id == id);
        put.push(at.elapsed().as_secs_f64() * 1e3);
        let at = Instant::now();
        index.remove(id)?;
        index.sync()?;
        let gone = index.within(&value, 0).iter().all(|near| near.id != id);
        taken.push(at.elapsed().as_secs_f64() * 1e3);
        if !found || !gone {
            return Err("a change is not seen".into());
        }
    }
    let middle = |mut ms: Vec<f64>| {
        ms.sort_by(f64::total_cmp);
        ms[ms.len() / 2]
    };
    Ok(format!("{{\"insert_ms\":{:.3},\"remove_ms\":{:.3}}}", middle(put), middle(taken)))
}

/// Splitmix64.
struct Chance(u64);

impl Chance {
    fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.number() % end.max(1) as u64) as usize
    }

    fn share(&mut self) -> f64 {
        (self.number() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn value(&mut self) -> Value {
        [0; 4].map(|_| self.number())
    }

    /// 128 ones.
    fn balanced(&mut self) -> Value {
        let mut value = self.value();
        let mut ones: u32 = value.iter().map(|word| word.count_ones()).sum();
        while ones != 128 {
            let at = self.below(256);
            let one = value[at / 64] >> (at % 64) & 1 == 1;
            if one == (ones > 128) {
                value[at / 64] ^= 1 << (at % 64);
                ones = if one { ones - 1 } else { ones + 1 };
            }
        }
        value
    }

    fn near(&mut self, value: &Value, bits: usize) -> Value {
        let (mut near, mut turned) = (*value, 0);
        while turned < bits {
            let at = self.below(256);
            if (near[at / 64] ^ value[at / 64]) >> (at % 64) & 1 == 0 {
                near[at / 64] ^= 1 << (at % 64);
                turned += 1;
            }
        }
        near
    }
}

fn list(kind: &str, rows: usize, seed: u64, file: &str) -> Outcome<String> {
    let mut chance = Chance(seed);
    let values = match kind {
        "clustered" => clustered(rows, &mut chance),
        _ => (0..rows).map(|_| chance.balanced()).collect(),
    };
    let shared: usize = kind.strip_prefix("flood").map_or(Ok(0), str::parse)?;
    let pattern = chance.balanced();
    let centre = kind == "centre";
    let flood = |mut value: Value| {
        for at in 0..shared {
            let bit = 1 << (at % 64);
            value[at / 64] = value[at / 64] & !bit | pattern[at / 64] & bit;
        }
        value
    };
    let tenth = if shared > 0 || centre { rows / 10 } else { 0 };
    let mut values: Vec<Value> = values
        .into_iter()
        .enumerate()
        .map(|(n, value)| if n < tenth { flood(value) } else { value })
        .collect();
    if centre {
        values[..tenth]
            .iter_mut()
            .enumerate()
            .for_each(|(n, value)| *value = chance.near(&pattern, 32 + n % 29));
    }
    let from = if tenth > 0 { tenth } else { rows };
    let near = (0..1024).map(|n| {
        let value = if centre { pattern } else { values[chance.below(from)] };
        flood(chance.near(&value, n % 32))
    });
    let mut queries: Vec<Value> = near.collect();
    let more = if centre { 0 } else { 256 };
    queries.extend((0..more).map(|_| flood(chance.balanced())));
    for last in (1..queries.len()).rev() {
        queries.swap(last, chance.below(last + 1));
    }
    write(&format!("{file}.values"), &values)?;
    write(&format!("{file}.queries"), &queries)?;
    Ok(format!("{{\"values\":{},\"queries\":{}}}", values.len(), queries.len()))
}

/// Near-duplicates in groups of very different sizes, whose first bits lean to one side.
fn clustered(rows: usize, chance: &mut Chance) -> Vec<Value> {
    let mut values = Vec::with_capacity(rows);
    while values.len() < rows {
        let mut centre = chance.balanced();
        for at in 0..32 {
            let one = chance.share() < 0.5 + 0.35 * (at as f64).sin();
            centre[0] = centre[0] & !(1 << at) | u64::from(one) << at;
        }
        let size = 1 + (3.0 * ((1.0 - chance.share()).powf(-1.0 / 1.1) - 1.0)) as usize;
        for _ in 0..size.min(rows - values.len()) {
            let bits = chance.below(20);
            values.push(chance.near(&centre, bits));
        }
    }
    values
}

fn write(file: &str, values: &[Value]) -> Outcome<()> {
    let mut out = std::io::BufWriter::new(fs::File::create(file)?);
    for word in values.iter().flatten() {
        out.write_all(&word.to_le_bytes())?;
    }
    Ok(out.flush()?)
}
