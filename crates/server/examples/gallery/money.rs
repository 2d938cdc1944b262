//! Invented views of leads on money. Identifiers are the examples of their standards, or of made-up bytes.

use super::shared::{ago, frame};
use domain::id::{ClusterId, ReferralId, SubjectId};
use maud::Markup;
use server::look::{Listed, Place};
use server::pages::money::{self, Beside, Item, LeftOut, List, Member, Named, Reckoned, Row, Sheet, Under};
use server::words::Words;
use uuid::Uuid;

/// Kind, value, then accounts apart, accounts, contents, posts, services, and what it rests on.
type Sample = (&'static str, &'static str, [u32; 5], &'static str);

const ROWS: [Sample; 6] = [
    ("iban", "DE89370400440532013000", [9, 14, 11, 31, 3], "apart"),
    ("bitcoin", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", [3, 3, 4, 5, 2], "apart"),
    ("ethereum", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", [2, 6, 2, 8, 2], "apart"),
    ("monero", MONERO, [1, 212, 1, 212, 4], "one_content"),
    ("donation", "ko-fi.com/some_one", [1, 1, 6, 6, 1], "one_account"),
    ("tron", "TAcN9gFvXZAxsWQQzWWbydBmscBHnEi5nZ", [0, 0, 1, 1, 1], "one_account"),
];
/// An integrated address of made-up bytes: the longest kind.
const MONERO: &str = "4HMcpBpe4ddJEEnFKUJHAYhGxkeTRH82sf36giEp9AcNfDBfkAtRLX7A6rZz18bbNHPNV7ex6WYbMN3aKisFRJZ8M7yKhzQhKW3ECCLWQw";

pub(crate) fn pages(w: &Words) -> Vec<(&'static str, Markup)> {
    let rows: Vec<Row> = (1..).zip(ROWS).map(|(number, sample)| row(number, sample)).collect();
    let list = |rows: Vec<Row>, reckoned: bool| {
        let kinds: Vec<(&'static str, u64)> =
            rows.iter().map(|row| (row.kind, u64::from(row.apart) + 1)).collect();
        let listed = Listed {
            path: "/console/money",
            search: String::new(),
            group: "",
            groups: kinds.iter().map(|(kind, count)| (*kind, money::kind(kind, w), *count)).collect(),
            rows: rows.len() as u64,
            shown: rows.len() as u64,
            all: rows.len() as u64 * 3,
        };
        let view = List { under: under(), reckoned: reckoned.then(self::reckoned), kinds, all: 18, rows };
        money::page(&view, &listed, w, &frame(Place::Money))
    };
    let sheet = |view: Option<&Sheet>| money::sheet_page(view, w, &frame(Place::Money));
    vec![
        ("money", list(rows, true)),
        ("money-empty", list(Vec::new(), true)),
        ("money-counting", list(Vec::new(), false)),
        ("money-sheet", sheet(Some(&a_sheet()))),
        ("money-sheet-weak", sheet(Some(&a_weak_sheet()))),
        ("money-sheet-counting", sheet(None)),
    ]
}

fn under() -> Under {
    Under {
        purpose: "Who asks for money in what we referred this spring".to_owned(),
        reference: "DPIA 7/2026".to_owned(),
        ends_at: ago(-60_000),
    }
}

fn reckoned() -> Reckoned {
    let left_out = LeftOut { old: 412, unapproved: 37, erased: 2, unchecked: 3, cut: false };
    Reckoned { made_at: ago(4), since: ago(90 * 1_440 + 4), left_out }
}

fn row(number: u128, (kind, value, [apart, accounts, contents, posts, services], standing): Sample) -> Row {
    Row {
        id: Uuid::from_u128(number),
        kind,
        value: value.to_owned(),
        checked: kind != "donation",
        apart,
        accounts,
        contents,
        posts,
        services,
        first_at: ago(70 * 1_440),
        last_at: ago(if posts == 1 { 70 * 1_440 } else { 2_000 }),
        standing,
    }
}

fn named(number: usize) -> Named {
    Named {
        id: format!("{number}"),
        name: if number == 3 { String::new() } else { format!("example_channel_{number}") },
        service: if number.is_multiple_of(3) { "chat.example" } else { "video.example" }.to_owned(),
        kind: "account",
    }
}

fn a_sheet() -> Sheet {
    let item = |number: usize| Item {
        number,
        at: ago(70 * 1_440 - number as i64 * 5_700),
        subject: SubjectId(Uuid::from_u128(number as u128)),
        address: format!("https://video.example/watch/7f3a19c{number:x}"),
        account: Some(named(1 + number % 7)),
        number_of_content: number,
        content: ClusterId(Uuid::from_u128(number as u128)),
        letters: match number % 4 {
            1 => vec![(ReferralId(Uuid::from_u128(7)), format!("R-2026-00{number:02}"))],
            _ => Vec::new(),
        },
    };
    let member = |number: usize| Member {
        account: named(number),
        posts: 6_u32.saturating_sub(number as u32 / 3).max(1),
        contents: (number..=(number + 2).min(11)).collect(),
        first_at: ago(70 * 1_440),
        last_at: ago(2_000 + 700 * number as i64),
    };
    let beside = |at: usize, accounts: u32| Beside {
        id: Uuid::from_u128(at as u128 + 1),
        kind: ROWS[at].0,
        value: ROWS[at].1.to_owned(),
        accounts,
    };
    Sheet {
        under: under(),
        reckoned: reckoned(),
        row: row(1, ROWS[0]),
        services: vec![
            ("video.example".to_owned(), 22),
            ("chat.example".to_owned(), 8),
            ("files.example".to_owned(), 1),
        ],
        days: (0..90_u32)
            .map(|day| if day < 20 { 0 } else { (day * 7 % 5 == 0) as u32 * (day % 4) })
            .collect(),
        members: (1..=12).map(member).collect(),
        items: (1..=12).map(item).collect(),
        beside: vec![beside(1, 3), beside(4, 1)],
        beside_left: 0,
    }
}

fn a_weak_sheet() -> Sheet {
    let strong = a_sheet();
    let items = strong.items.into_iter().map(|item| Item { number_of_content: 1, ..item });
    let members = strong.members.into_iter().map(|member| Member { posts: 1, contents: vec![1], ..member });
    Sheet {
        row: row(4, ROWS[3]),
        items: items.collect(),
        members: members.collect(),
        beside: Vec::new(),
        ..a_sheet()
    }
}
