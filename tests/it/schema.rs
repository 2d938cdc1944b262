//! The schema is a golden file: `UPDATE=1 cargo test -p it schema` writes it again.

use crate::database::sqlite;
use crate::house::{Folder, Outcome};
use std::path::PathBuf;
use store::params;

fn root(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

#[tokio::test]
async fn golden_schema() -> Outcome {
    let folder = Folder::new();
    let db = sqlite(folder.path()).await?;
    let rows = db
        .rows("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC, name", params![])
        .await?;
    let mut text = String::from(
        "-- The schema as SQLite has it, made by `UPDATE=1 cargo test -p it schema`. Never edit it.\n",
    );
    for row in rows {
        text.push_str(&format!("\n{};\n", row.text("sql")?));
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(root("schema.sql"), &text)?;
    }
    let golden = std::fs::read_to_string(root("schema.sql"))?;
    assert!(golden == text, "schema.sql is not the schema any more; write it again with UPDATE=1");
    Ok(())
}

#[test]
fn both_migrations_say_the_same() -> Outcome {
    let mut names: Vec<_> = std::fs::read_dir(root("migrations/sqlite"))?
        .map(|entry| Ok(entry?.file_name().into_string().unwrap_or_default()))
        .collect::<std::io::Result<_>>()?;
    names.sort();
    assert_eq!(names.len(), std::fs::read_dir(root("migrations/postgres"))?.count());
    for name in names {
        let plain = |folder: &str| -> std::io::Result<String> {
            let text = std::fs::read_to_string(root("migrations").join(folder).join(&name))?;
            let text =
                text.replace("BIGINT", "INTEGER").replace("BYTEA", "BLOB").replace(" WITHOUT ROWID", "");
            Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let (sqlite, postgres) = (plain("sqlite")?, plain("postgres")?);
        let differ = sqlite.split(", ").zip(postgres.split(", ")).find(|(a, b)| a != b);
        assert!(sqlite == postgres, "{name}: {differ:?}");
    }
    Ok(())
}

#[test]
fn every_table_and_column_has_a_comment() -> Outcome {
    let text = std::fs::read_to_string(root("migrations/sqlite/0001_house.sql"))?;
    let mut before = "";
    for line in text.lines() {
        let inside = line.starts_with("  ") && !line.trim_start().starts_with(|c: char| c.is_uppercase());
        assert!(!inside || line.contains("-- "), "no comment: {line}");
        assert!(!line.starts_with("CREATE TABLE") || before.starts_with("-- "), "no comment before: {line}");
        before = line;
    }
    Ok(())
}
