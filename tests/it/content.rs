//! Is the same content one cluster, and different content never? 300 posts made here: copies, edits, decoys.

use crate::house::Handed;
use crate::house::{Built, HOST, Outcome, queue, work};
use domain::bank::PDQ_QUALITY_MIN;
use perceptual::Rgb;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const SIDE: u32 = 96;

/// Numbers without meaning, always the same.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}

/// A generated picture: patches of colour on a slope.
fn picture(seed: u64) -> Vec<u8> {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    for _ in 0..20 {
        dice.next();
    }
    let mut pixels = vec![0_u8; (SIDE * SIDE * 3) as usize];
    let slope = (dice.below(3), dice.below(3));
    for y in 0..u64::from(SIDE) {
        for x in 0..u64::from(SIDE) {
            let at = ((y * u64::from(SIDE) + x) * 3) as usize;
            pixels[at..at + 3].fill((60 + (x * slope.0 + y * slope.1) / 3) as u8);
        }
    }
    for _ in 0..24 {
        let (left, top) = (dice.below(80), dice.below(80));
        let (wide, high) = (6 + dice.below(40), 6 + dice.below(40));
        let colour = [dice.below(256) as u8, dice.below(256) as u8, dice.below(256) as u8];
        for y in top..(top + high).min(u64::from(SIDE)) {
            for x in left..(left + wide).min(u64::from(SIDE)) {
                let at = ((y * u64::from(SIDE) + x) * 3) as usize;
                pixels[at..at + 3].copy_from_slice(&colour);
            }
        }
    }
    pixels
}

/// A lighter copy with some noise.
fn edited(pixels: &[u8], seed: u64) -> Vec<u8> {
    let mut dice = Dice(seed | 1);
    pixels.iter().map(|value| value.saturating_add(9).saturating_add(dice.below(7) as u8)).collect()
}

fn media(pixels: &[u8]) -> Value {
    use perceptual::pdq::hash;
    let found = Rgb::new(SIDE, SIDE, pixels).and_then(|picture| hash(&picture));
    let Some(found) = found else { return json!([]) };
    let pdq: String = found.hash.words().iter().map(|word| format!("{word:016x}")).collect();
    // A stand-in for the digest of the file: equal for equal pixels.
    let mut digest = [0_u64; 4];
    for (index, value) in pixels.iter().enumerate() {
        let word = &mut digest[index % 4];
        *word = (*word ^ u64::from(*value)).wrapping_mul(0x100_0000_01B3).rotate_left(11);
    }
    let sha256: String = digest.iter().map(|word| format!("{word:016x}")).collect();
    json!([{ "kind": "image", "sha256": sha256, "pdq": pdq, "quality": found.quality }])
}

/// Posts and what each truly shows.
#[derive(Default)]
struct Posts {
    lines: String,
    truth: BTreeMap<String, String>,
}

impl Posts {
    fn add(&mut self, truth: &str, text: &str, media: &Value) {
        let number = self.truth.len();
        let url = format!("https://{HOST}/watch/{number}");
        let line = json!({ "id": format!("p{number}"), "url": url, "text": text, "media": media });
        self.lines.push_str(&format!("{line}\n"));
        self.truth.insert(url, truth.to_owned());
    }
}

fn posts() -> Posts {
    let mut posts = Posts::default();
    for number in 0..45 {
        let (truth, pixels) = (format!("picture {number}"), picture(number + 1));
        for (copy, text) in ["Look at this", "seen again today", "from a friend"].iter().enumerate() {
            posts.add(&truth, &format!("{text} {number} {copy}"), &media(&pixels));
        }
        posts.add(&truth, "a lighter one", &media(&edited(&pixels, number + 7)));
    }
    for number in 0..20 {
        let text = format!("The lamp number {number} stands beside the green table in the long room");
        let truth = format!("text {number}");
        posts.add(&truth, &text, &json!([]));
        posts.add(&truth, &text.to_uppercase(), &json!([]));
        posts.add(&truth, &text.replace(' ', "  \u{200B}"), &json!([]));
    }
    for number in 0..25 {
        let caption = "The same caption under another picture, as often";
        posts.add(&format!("caption {number}"), caption, &media(&picture(number + 1_000)));
    }
    for number in 0..15_u8 {
        let flat = vec![number * 16; (SIDE * SIDE * 3) as usize];
        posts.add(
            &format!("flat {number}"),
            &format!("A grey sheet, number {number} of them all"),
            &media(&flat),
        );
        let blank = vec![255; (SIDE * SIDE * 3) as usize];
        posts.add(
            &format!("blank {number}"),
            &format!("A blank sheet, number {number} of them all"),
            &media(&blank),
        );
    }
    for number in 0..5 {
        posts.add(&format!("short {number}"), "hello", &json!([]));
    }
    posts
}

#[tokio::test]
async fn same_content_is_one_cluster() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    let posts = posts();
    assert_eq!(posts.truth.len(), 300);
    assert_eq!(Handed::to(one.id()).lines(house, &posts.lines).await?.new, 300);
    work(house).await?;
    let mut placed: Vec<(String, String)> = Vec::new();
    for cluster in queue(&house.db, one).await? {
        for member in store::cluster::members(&house.db, cluster.id, 500).await? {
            let subject = store::subject::by_key(&house.db, member.subject).await?.ok_or("no subject")?;
            let truth = posts.truth.get(&subject.address.unwrap_or_default()).ok_or("no truth")?;
            placed.push((cluster.id.to_string(), truth.clone()));
        }
    }
    assert_eq!(placed.len(), 300);
    let (mut same, mut found, mut wrong) = (0, 0, Vec::new());
    for (index, (cluster, truth)) in placed.iter().enumerate() {
        for (other_cluster, other_truth) in &placed[index + 1..] {
            match (truth == other_truth, cluster == other_cluster) {
                (true, together) => {
                    same += 1;
                    found += usize::from(together);
                }
                (false, true) => wrong.push((truth, other_truth)),
                (false, false) => {}
            }
        }
    }
    println!("duplicates: {found} of {same} pairs found, {} wrong merges", wrong.len());
    assert!(wrong.is_empty(), "{wrong:?}");
    assert!(found * 100 >= same * 95, "{found} of {same}");
    let rows = house.db.one("SELECT COUNT(*) AS n FROM seen WHERE kind = 'flat'", vec![]).await?;
    assert_eq!(rows.count("n")?, 30, "quality under {PDQ_QUALITY_MIN}");
    Ok(())
}
