//! Do the lists of pictures in the data directory follow the database, whatever happens to them?

use crate::fsck::copy_folder;
use crate::house::Handed;
use crate::house::handed::post;
use crate::house::{Built, Desk, Outcome, queue, sound, work};
use crate::signals::{bank, import};
use app::House;
use domain::bank::Opinion;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::intake::Relevance;

/// A picture's hash with so many bits turned.
fn pdq(number: u8, turned: usize) -> String {
    let mut hash: [u8; 32] =
        std::array::from_fn(|at| (at as u8).wrapping_mul(57).wrapping_add(number.wrapping_mul(101)));
    (0..turned).for_each(|bit| hash[bit * 3 % 32] ^= 0x10);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Takes in a post that shows a picture.
async fn show(house: &Arc<House>, desk: &Desk, number: usize, pdq: &str) -> Outcome {
    let mut line: serde_json::Value = serde_json::from_str(&post(number))?;
    if let Some(line) = line.as_object_mut() {
        line.remove("time");
        let media =
            json!([{ "kind": "image", "sha256": format!("{number:064x}"), "pdq": pdq, "quality": 90 }]);
        line.insert("media".to_owned(), media);
    }
    assert_eq!(
        Handed::to(desk.id())
            .relevance(Relevance::Hold { days: 7 })
            .lines(house, format!("{line}\n"))
            .await?
            .new,
        1
    );
    work(house).await?;
    Ok(())
}

/// Members of the clusters in the queue.
async fn members(house: &House, desk: &Desk) -> Result<Vec<u64>, store::Error> {
    let mut members: Vec<u64> = queue(&house.db, desk).await?.iter().map(|cluster| cluster.members).collect();
    members.sort_unstable();
    Ok(members)
}

fn files(folder: &Path, named: &str) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path, named)?);
        } else if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(named)) {
            found.push(path);
        }
    }
    Ok(found)
}

type Damage = fn(near: &Path, old: &Path) -> std::io::Result<()>;

/// What can come over the folder while no process owns it.
const DAMAGES: [(&str, Damage); 7] = [
    ("nothing", |_, _| Ok(())),
    ("it is gone", |near, _| std::fs::remove_dir_all(near)),
    ("an older one is back", |near, old| {
        std::fs::remove_dir_all(near)?;
        copy_folder(old, near)
    }),
    ("no manifest", |near, _| files(near, "manifest")?.iter().try_for_each(std::fs::remove_file)),
    ("bits of the manifest", |near, _| {
        files(near, "manifest")?.iter().try_for_each(|file| {
            let mut bytes = std::fs::read(file)?;
            bytes[9] ^= 1;
            std::fs::write(file, bytes)
        })
    }),
    ("the end of the log is lost", |near, _| {
        files(near, "log-")?.iter().try_for_each(|file| {
            let bytes = std::fs::read(file)?;
            std::fs::write(file, &bytes[..bytes.len() / 2])
        })
    }),
    ("no log", |near, _| files(near, "log-")?.iter().try_for_each(std::fs::remove_file)),
];

#[tokio::test]
async fn lists_are_made_again_when_they_are_missing_damaged_or_behind() -> Outcome {
    for (what, damage) in DAMAGES {
        let built = Built::new().await?;
        let (house, one) = (&built.house, &built.one);
        let held = bank(house, one, "list", Opinion::Positive).await?;
        import(house, &held, &format!("pdq,{},90\n", pdq(1, 0))).await?;
        show(house, one, 1, &pdq(1, 9)).await?;
        let (near, old) = (house.folder.join("near"), house.folder.join("old"));
        copy_folder(&near, &old)?;
        import(house, &held, &format!("pdq,{},90\n", pdq(2, 0))).await?;
        show(house, one, 2, &pdq(2, 9)).await?;
        assert_eq!(members(house, one).await?, [1, 1], "{what}");
        let built = built.reopened().await?;
        let (house, one) = (&built.house, &built.one);
        damage(&near, &old)?;
        // Nearer to what stands in the queue than to the signal.
        show(house, one, 3, &pdq(1, 12)).await?;
        show(house, one, 4, &pdq(2, 12)).await?;
        show(house, one, 5, &pdq(3, 0)).await?;
        assert_eq!(members(house, one).await?, [2, 2], "{what}");
        sound(house).await;
    }
    Ok(())
}

/// What one space lists, another does not find.
#[tokio::test]
async fn lists_of_spaces_are_never_mixed() -> Outcome {
    let Built { house, one, two, .. } = &Built::new().await?;
    let held = bank(house, one, "list", Opinion::Positive).await?;
    import(house, &held, &format!("pdq,{},90\n", pdq(1, 0))).await?;
    show(house, one, 1, &pdq(1, 3)).await?;
    show(house, two, 2, &pdq(1, 3)).await?;
    assert_eq!((members(house, one).await?, members(house, two).await?), (vec![1], vec![]));
    let other = bank(house, two, "list", Opinion::Positive).await?;
    import(house, &other, &format!("pdq,{},90\n", pdq(1, 0))).await?;
    work(house).await?;
    assert_eq!((members(house, one).await?, members(house, two).await?), (vec![1], vec![1]));
    Ok(())
}
