//! What the targets of lists have in common: whatever a list gives, stands in our own rows again.

use connect::sources::lists::write::{Head, Writer};
use connect::sources::lists::{Format, Given, Row, guess, read};
use domain::bank::SignalKind;

/// Reads an input in each of the formats; the rows that it gives are written and read again.
pub fn check(formats: &[Format], input: &[u8]) {
    let _ = guess(input);
    for format in formats {
        let rows = rows(*format, input);
        let mut writer = Writer::new(Format::Ndjson, Vec::new(), Head::default()).expect("a list in memory");
        let mut written = Vec::new();
        for row in rows {
            assert_eq!(writer.put(&row).expect("memory"), SignalKind::from_word(&row.kind).is_some());
            if SignalKind::from_word(&row.kind).is_some() {
                written.push(Row { bank: Some(row.bank.clone().unwrap_or_default()), gone: false, entry: None, ..row });
            }
        }
        let list = writer.finish().expect("memory");
        assert_eq!(self::rows(Format::Ndjson, &list), written);
    }
}

fn rows(format: Format, input: &[u8]) -> Vec<Row> {
    let mut rows = Vec::new();
    let _ = read(format, input, &mut |place, given| {
        assert!(!place.to_string().is_empty());
        match given {
            Given::Row(row) => rows.push(*row),
            Given::Other(word) | Given::Entry(word) | Given::EntryGone(word) => assert!(!word.is_empty()),
            Given::Bad(reason) => assert!(!reason.is_empty()),
        }
        Ok(())
    });
    rows
}
