//! Bank accounts of ISO 13616: country, two check digits, and the account in the form of its country
//! (IBAN Registry, SWIFT). Written in one word or in groups of four.

use std::ops::Range;

use super::{is_open_after, run_end};

const GROUP_CHARS: usize = 4;

/// Country and two check digits.
const HEAD_CHARS: usize = 4;

/// The form of an account by country: so many digits (`n`), letters (`a`), or either (`c`).
const COUNTRIES: &[(&str, &str)] = &[
    ("AD", "8n12c"),
    ("AE", "19n"),
    ("AL", "8n16c"),
    ("AT", "16n"),
    ("AZ", "4a20c"),
    ("BA", "16n"),
    ("BE", "12n"),
    ("BG", "4a6n8c"),
    ("BH", "4a14c"),
    ("BI", "23n"),
    ("BR", "23n1a1c"),
    ("BY", "4c4n16c"),
    ("CH", "5n12c"),
    ("CR", "18n"),
    ("CY", "8n16c"),
    ("CZ", "20n"),
    ("DE", "18n"),
    ("DJ", "23n"),
    ("DK", "14n"),
    ("DO", "4c20n"),
    ("EE", "16n"),
    ("EG", "25n"),
    ("ES", "20n"),
    ("FI", "14n"),
    ("FK", "2a12n"),
    ("FO", "14n"),
    ("FR", "10n11c2n"),
    ("GB", "4a14n"),
    ("GE", "2a16n"),
    ("GI", "4a15c"),
    ("GL", "14n"),
    ("GR", "7n16c"),
    ("GT", "4c20c"),
    ("HN", "4a20n"),
    ("HR", "17n"),
    ("HU", "24n"),
    ("IE", "4a14n"),
    ("IL", "19n"),
    ("IQ", "4a15n"),
    ("IS", "22n"),
    ("IT", "1a10n12c"),
    ("JO", "4a4n18c"),
    ("KW", "4a22c"),
    ("KZ", "3n13c"),
    ("LB", "4n20c"),
    ("LC", "4a24c"),
    ("LI", "5n12c"),
    ("LT", "16n"),
    ("LU", "3n13c"),
    ("LV", "4a13c"),
    ("LY", "21n"),
    ("MC", "10n11c2n"),
    ("MD", "20c"),
    ("ME", "18n"),
    ("MK", "3n10c2n"),
    ("MN", "16n"),
    ("MR", "23n"),
    ("MT", "4a5n18c"),
    ("MU", "4a19n3a"),
    ("NI", "4a20n"),
    ("NL", "4a10n"),
    ("NO", "11n"),
    ("OM", "3n16c"),
    ("PK", "4a16c"),
    ("PL", "24n"),
    ("PS", "4a21c"),
    ("PT", "21n"),
    ("QA", "4a21c"),
    ("RO", "4a16c"),
    ("RS", "18n"),
    ("RU", "14n15c"),
    ("SA", "2n18c"),
    ("SC", "4a20n3a"),
    ("SD", "14n"),
    ("SE", "20n"),
    ("SI", "15n"),
    ("SK", "20n"),
    ("SM", "1a10n12c"),
    ("SO", "19n"),
    ("ST", "21n"),
    ("SV", "4a20n"),
    ("TL", "19n"),
    ("TN", "20n"),
    ("TR", "6n16c"),
    ("UA", "6n19c"),
    ("VA", "18n"),
    ("VG", "4a16n"),
    ("XK", "16n"),
    ("YE", "4a4n18c"),
];

/// What has the length and the groups of an account, from `start`, where a run of letters and digits begins: the account
/// in canonical form if it is one, and where it ends.
pub(super) fn at(plain: &str, start: usize) -> Option<(Option<String>, usize)> {
    let head = plain.as_bytes().get(start..start + HEAD_CHARS)?;
    if !head[..2].iter().all(u8::is_ascii_alphabetic) || !head[2..].iter().all(u8::is_ascii_digit) {
        return None;
    }
    let form = form_of(&plain[start..start + 2])?;
    let length = HEAD_CHARS + parts(form).map(|(count, _)| count).sum::<usize>();
    let (value, end) = in_one_word(plain, start, length).or_else(|| in_groups(plain, start, length))?;
    let sound = fits(&value[HEAD_CHARS..], form) && checks(&value) && is_open_after(plain, end);
    Some((sound.then_some(value), end))
}

fn form_of(country: &str) -> Option<&'static str> {
    COUNTRIES.iter().find(|(code, _)| code.eq_ignore_ascii_case(country)).map(|(_, form)| *form)
}

fn in_one_word(plain: &str, start: usize, length: usize) -> Option<(String, usize)> {
    let end = run_end(plain.as_bytes(), start);
    (end - start == length).then(|| (plain[start..end].to_ascii_uppercase(), end))
}

/// Groups of four characters with one space between; the last one may be shorter.
fn in_groups(plain: &str, start: usize, length: usize) -> Option<(String, usize)> {
    let bytes = plain.as_bytes();
    let mut value = String::with_capacity(length);
    let mut group = start..run_end(bytes, start);
    loop {
        if group.len() != GROUP_CHARS.min(length - value.len()) {
            return None;
        }
        value.push_str(&plain[group.clone()]);
        if value.len() == length {
            value.make_ascii_uppercase();
            return Some((value, group.end));
        }
        group = next_group(bytes, group.end)?;
    }
}

fn next_group(bytes: &[u8], end: usize) -> Option<Range<usize>> {
    (bytes.get(end) == Some(&b' ')).then(|| end + 1..run_end(bytes, end + 1))
}

/// The parts of a form: how many characters, and of which kind.
fn parts(form: &str) -> impl Iterator<Item = (usize, u8)> {
    form.split_inclusive(['n', 'a', 'c']).filter_map(|part| {
        let (count, kind) = part.split_at(part.len() - 1);
        Some((count.parse().ok()?, kind.as_bytes()[0]))
    })
}

fn fits(account: &str, form: &str) -> bool {
    let kinds = parts(form).flat_map(|(count, kind)| std::iter::repeat_n(kind, count));
    account.bytes().zip(kinds).all(|(b, kind)| match kind {
        b'n' => b.is_ascii_digit(),
        b'a' => b.is_ascii_uppercase(),
        _ => b.is_ascii_digit() || b.is_ascii_uppercase(),
    })
}

/// ISO 7064, MOD 97-10: the head moved to the end and letters read as 10 to 35, the rest by 97 is 1. Check digits are
/// 02 to 98.
fn checks(value: &str) -> bool {
    let (head, account) = value.split_at(HEAD_CHARS);
    let is_given = !matches!(&head[2..], "00" | "01" | "99");
    let rest = account.chars().chain(head.chars()).try_fold(0, |rest, c| {
        let number = c.to_digit(36)?;
        Some((rest * if number < 10 { 10 } else { 100 } + number) % 97)
    });
    is_given && rest == Some(1)
}

#[cfg(test)]
mod tests {
    use super::super::identifiers;

    /// The examples of the registry, one for each country.
    const EXAMPLES: &[&str] = &[
        "AD1200012030200359100100",
        "AE070331234567890123456",
        "AL47212110090000000235698741",
        "AT611904300234573201",
        "AZ21NABZ00000000137010001944",
        "BA391290079401028494",
        "BE68539007547034",
        "BG80BNBG96611020345678",
        "BH67BMAG00001299123456",
        "BI4210000100010000332045181",
        "BR1800360305000010009795493C1",
        "BY13NBRB3600900000002Z00AB00",
        "CH9300762011623852957",
        "CR05015202001026284066",
        "CY17002001280000001200527600",
        "CZ6508000000192000145399",
        "DE89370400440532013000",
        "DJ2100010000000154000100186",
        "DK5000400440116243",
        "DO28BAGR00000001212453611324",
        "EE382200221020145685",
        "EG380019000500000000263180002",
        "ES9121000418450200051332",
        "FI2112345600000785",
        "FK88SC123456789012",
        "FO6264600001631634",
        "FR1420041010050500013M02606",
        "GB29NWBK60161331926819",
        "GE29NB0000000101904917",
        "GI75NWBK000000007099453",
        "GL8964710001000206",
        "GR1601101250000000012300695",
        "GT82TRAJ01020000001210029690",
        "HN88CABF00000000000250005469",
        "HR1210010051863000160",
        "HU42117730161111101800000000",
        "IE29AIBK93115212345678",
        "IL620108000000099999999",
        "IQ98NBIQ850123456789012",
        "IS140159260076545510730339",
        "IT60X0542811101000000123456",
        "JO94CBJO0010000000000131000302",
        "KW81CBKU0000000000001234560101",
        "KZ86125KZT5004100100",
        "LB62099900000001001901229114",
        "LC55HEMM000100010012001200023015",
        "LI21088100002324013AA",
        "LT121000011101001000",
        "LU280019400644750000",
        "LV80BANK0000435195001",
        "LY83002048000020100120361",
        "MC5811222000010123456789030",
        "MD24AG000225100013104168",
        "ME25505000012345678951",
        "MK07250120000058984",
        "MN121234123456789123",
        "MR1300020001010000123456753",
        "MT84MALT011000012345MTLCAST001S",
        "MU17BOMM0101101030300200000MUR",
        "NI45BAPR00000013000003558124",
        "NL91ABNA0417164300",
        "NO9386011117947",
        "OM810180000001299123456",
        "PK36SCBL0000001123456702",
        "PL61109010140000071219812874",
        "PS92PALS000000000400123456702",
        "PT50000201231234567890154",
        "QA58DOHB00001234567890ABCDEFG",
        "RO49AAAA1B31007593840000",
        "RS35260005601001611379",
        "RU0304452522540817810538091310419",
        "SA0380000000608010167519",
        "SC18SSCB11010000000000001497USD",
        "SD2129010501234001",
        "SE4550000000058398257466",
        "SI56263300012039086",
        "SK3112000000198742637541",
        "SM86U0322509800000000270100",
        "SO211000001001000100141",
        "ST68000100010051845310112",
        "SV62CENR00000000000000700025",
        "TL380080012345678910157",
        "TN5910006035183598478831",
        "TR330006100519786457841326",
        "UA213223130000026007233566001",
        "VA59001123000012345678",
        "VG96VPVG0000012345678901",
        "XK051212012345678906",
        "YE15CBYE0001018861234567891234",
    ];

    fn in_groups(iban: &str) -> String {
        iban.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn registry_examples() {
        assert_eq!(EXAMPLES.len(), super::COUNTRIES.len());
        for iban in EXAMPLES {
            let grouped = in_groups(iban);
            for written in
                [(*iban).to_owned(), iban.to_lowercase(), grouped.clone(), grouped.replace(' ', "\u{A0}")]
            {
                let text = format!("Account: {written}, thanks");
                let found = identifiers(&text);
                assert_eq!(found.len(), 1, "{text}");
                assert_eq!(
                    (found[0].value.as_str(), &text[found[0].range.clone()]),
                    (*iban, written.as_str())
                );
                assert!(found[0].verified);
            }
        }
    }

    /// Any other pair of check digits is refused, and any digit that is another digit, any letter another letter.
    #[test]
    fn wrong_digits_are_refused() {
        for iban in EXAMPLES {
            for check in 0..100 {
                let other = format!("{}{check:02}{}", &iban[..2], &iban[4..]);
                assert_eq!(identifiers(&other).len(), usize::from(other == *iban), "{other}");
            }
            for (at, c) in iban.char_indices() {
                let others = if c.is_ascii_digit() { '0'..='9' } else { 'A'..='Z' };
                for other in others.filter(|other| *other != c) {
                    let mut wrong = (*iban).to_owned();
                    wrong.replace_range(at..=at, &other.to_string());
                    assert_eq!(identifiers(&wrong), [], "{wrong}");
                    assert_eq!(identifiers(&in_groups(&wrong)), [], "{wrong}");
                }
            }
        }
    }

    #[test]
    fn other_lengths_and_groups_are_refused() {
        for text in [
            "DE8937040044053201300",
            "DE893704004405320130000",
            "DE89 3704 0044 0532 0130 0",
            "DE89 3704 0044 0532 0130 000",
            "DE893 704 0044 0532 0130 00",
            "DE89  3704 0044 0532 0130 00",
            "XDE89370400440532013000",
            "DE89370400440532013000X",
            "ZZ89370400440532013000",
        ] {
            assert_eq!(identifiers(text), [], "{text}");
        }
    }
}
