//! Telephone numbers in international form (ITU-T E.164): `+` or `00`, the code of a country, the rest.
//!
//! Digits without `+` or `00` are never taken: too many other numbers look like that.

use super::{Hit, Kind, joins};

/// Digits of a whole number with its country code.
const DIGITS: std::ops::RangeInclusive<usize> = 8..=15;

/// Signs between two digits; more of them part two numbers.
const SIGNS_BETWEEN_MAX: usize = 3;

/// Codes of countries and of worldwide services that ITU has assigned (list of E.164 country codes), by ranges.
const CODES: &[(u16, u16)] = &[
    (1, 1),
    (7, 7),
    (20, 20),
    (27, 27),
    (30, 34),
    (36, 36),
    (39, 41),
    (43, 49),
    (51, 58),
    (60, 66),
    (81, 82),
    (84, 84),
    (86, 86),
    (90, 95),
    (98, 98),
    (211, 213),
    (216, 216),
    (218, 218),
    (220, 258),
    (260, 269),
    (290, 291),
    (297, 299),
    (350, 359),
    (370, 378),
    (380, 383),
    (385, 387),
    (389, 389),
    (420, 421),
    (423, 423),
    (500, 509),
    (590, 599),
    (670, 670),
    (672, 683),
    (685, 692),
    (800, 800),
    (808, 808),
    (850, 850),
    (852, 853),
    (855, 856),
    (870, 870),
    (878, 878),
    (880, 883),
    (886, 886),
    (888, 888),
    (960, 968),
    (970, 977),
    (979, 979),
    (992, 996),
    (998, 998),
];

/// Plans whose numbers have about one length: code, and fewest and most digits of the national number. They tell where
/// a number ends.
const PLANS: &[(u16, usize, usize)] = &[
    (1, 10, 10),
    (7, 10, 10),
    (20, 8, 10),
    (30, 10, 10),
    (31, 9, 9),
    (32, 8, 9),
    (33, 9, 9),
    (34, 9, 9),
    (36, 8, 9),
    (39, 8, 11),
    (40, 9, 9),
    (41, 9, 9),
    (44, 9, 10),
    (45, 8, 8),
    (46, 7, 9),
    (47, 8, 8),
    (48, 9, 9),
    (49, 7, 11),
    (81, 9, 10),
    (86, 10, 11),
    (90, 10, 10),
    (91, 10, 10),
    (98, 10, 10),
    (212, 9, 9),
    (213, 8, 9),
    (216, 8, 8),
    (351, 9, 9),
    (353, 7, 9),
    (380, 9, 9),
    (420, 9, 9),
    (421, 9, 9),
    (972, 8, 9),
];

/// Plans whose national numbers begin with 0, or may; elsewhere the 0 is a prefix for calls within the country.
const ZERO_KEPT: &[u16] = &[39, 225, 241, 242, 378];

/// The digits that follow each other, and where a number could end.
struct Digits {
    all: String,
    /// Ends of groups: how many digits until there, and where in the text.
    groups: Vec<(usize, usize)>,
}

/// The number that begins at `start`, with `+` or `00`.
pub(super) fn at(plain: &str, start: usize) -> Option<Hit> {
    let has_plus = plain[start..].starts_with('+');
    if goes_on_before(&plain[..start], has_plus) {
        return None;
    }
    let digits = read(plain, start + if has_plus { 1 } else { 2 });
    let code = code_of(&digits.all)?;
    let (value, end) = cut(plain, &digits, code)?;
    // many numbers of goods begin with 00: the code stands apart, or its plan says the length; half of all numbers fit
    // the plan of North America, so there it stands apart
    let apart = digits.groups.first().is_some_and(|(count, _)| *count == code.to_string().len());
    let planned = code != 1 && PLANS.iter().any(|(of, ..)| *of == code);
    let sound = (has_plus || apart || planned) && !is_amount(plain, start, &digits, end);
    sound.then_some(Hit { kind: Kind::Phone, end, value, verified: false })
}

/// True if what stands before belongs to the same number or sum: a sign right before it; and, before `00`, digits.
fn goes_on_before(before: &str, has_plus: bool) -> bool {
    let last = before.trim_end_matches([' ', '-', '.', '/']).chars().next_back();
    before.ends_with(['+', '-', '.', '$', '€', '£']) || !has_plus && last.is_some_and(|c| c.is_ascii_digit())
}

/// Reads digits with spaces, dots, hyphens, slashes and brackets between. `(0)` is left out: it is dialled within the
/// country only.
fn read(plain: &str, start: usize) -> Digits {
    let bytes = plain.as_bytes();
    let mut digits = Digits { all: String::new(), groups: Vec::new() };
    let (mut at, mut signs) = (start, 0);
    while let Some(b) = bytes.get(at) {
        let rest = &plain[at..];
        if rest.starts_with("(0)") && !digits.all.is_empty() {
            at += 3;
            signs = 1;
            continue;
        }
        if b.is_ascii_digit() {
            let word = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            if signs > 0 && rest.starts_with("00") && word >= *DIGITS.start() {
                break;
            }
            digits.all.push(char::from(*b));
            signs = 0;
            let group_ends = bytes.get(at + 1).is_none_or(|next| !next.is_ascii_digit());
            if group_ends {
                digits.groups.push((digits.all.len(), at + 1));
            }
        } else {
            signs += 1;
            if !matches!(b, b' ' | b'.' | b'-' | b'(' | b')' | b'/') || signs > SIGNS_BETWEEN_MAX {
                break;
            }
        }
        // one more than fits shows that it does not fit
        if digits.all.len() > 2 * *DIGITS.end() {
            break;
        }
        at += 1;
    }
    digits
}

fn code_of(digits: &str) -> Option<u16> {
    (1..=3).find_map(|length| {
        let code: u16 = digits.get(..length)?.parse().ok()?;
        let assigned =
            !digits.starts_with('0') && CODES.iter().any(|(from, to)| (*from..=*to).contains(&code));
        assigned.then_some(code)
    })
}

/// The canonical number and where it ends: with the last group that the plan allows.
fn cut(plain: &str, digits: &Digits, code: u16) -> Option<(String, usize)> {
    let code_length = code.to_string().len();
    let plan = PLANS.iter().find(|(of, ..)| *of == code);
    digits.groups.iter().rev().find_map(|(count, end)| {
        let national = digits.all.get(code_length..*count)?;
        let national = match national.strip_prefix('0') {
            Some(rest) if !ZERO_KEPT.contains(&code) => rest,
            _ => national,
        };
        let allowed = match plan {
            Some((_, least, most)) => (*least..=*most).contains(&national.len()),
            // no plan says where an open number ends, so it takes all its groups
            None => *count == digits.all.len() && (national.len() + code_length) <= *DIGITS.end(),
        };
        let zero = national.starts_with('0') && !ZERO_KEPT.contains(&code);
        let american = code != 1 || is_north_american(national);
        let long = national.len() + code_length >= *DIGITS.start();
        (allowed && american && long && !zero && ends(&plain[*end..]))
            .then(|| (format!("+{code}{national}"), *end))
    })
}

/// Area and exchange begin with 2 to 9 (North American Numbering Plan).
fn is_north_american(national: &str) -> bool {
    [0, 3].iter().all(|at| national.as_bytes().get(*at).is_some_and(|b| (b'2'..=b'9').contains(b)))
}

/// True if a number may end before this: nothing that goes on in the same word.
fn ends(rest: &str) -> bool {
    let mut next = rest.chars();
    match next.next() {
        Some('-' | '.' | '/' | ',' | ':' | '@') => !next.next().is_some_and(joins),
        Some(c) => !joins(c) && !matches!(c, '%' | '$' | '€' | '£'),
        None => true,
    }
}

/// "+44 123 456" and "+48.000.000.000" are amounts: groups of three after one to three digits, few of them or round.
fn is_amount(plain: &str, start: usize, digits: &Digits, end: usize) -> bool {
    let mut before = 0;
    let mut sizes = digits.groups.iter().filter(|(_, at)| *at <= end).map(|(count, _)| {
        let size = count - before;
        before = *count;
        size
    });
    let thousands = sizes.next().is_some_and(|first| first <= 3) && sizes.all(|size| size == 3);
    let written = &plain[start..end];
    let currency = plain[end..].trim_start().starts_with(['%', '$', '€', '£']);
    currency || thousands && (written.matches("000").count() >= 2 || before < 10)
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, identifiers};

    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = identifiers(text);
        let short: Vec<(&str, &str)> =
            found.iter().map(|one| (&text[one.range.clone()], one.value.as_str())).collect();
        assert_eq!(short, expected, "{text:?}");
        assert!(found.iter().all(|one| one.kind == Kind::Phone && !one.verified));
    }

    #[test]
    fn phones_as_people_write_them() {
        for written in [
            "+33612345678",
            "+33 6 12 34 56 78",
            "+33 (0)6 12 34 56 78",
            "+33 (0) 6-12-34-56-78",
            "+33.6.12.34.56.78",
            "+33 06 12 34 56 78",
            "0033612345678",
            "0033 6 12 34 56 78",
            "+\u{200B}33 6\u{A0}12 34 56\u{2011}78",
            "＋３３６１２３４５６７８",
            "+٣٣ ٦١٢ ٣٤٥ ٦٧٨",
        ] {
            check(written, &[(written, "+33612345678")]);
            check(&format!("tel:{written}."), &[(written, "+33612345678")]);
            check(&format!("({written}), 12:30"), &[(written, "+33612345678")]);
        }
        check("call +1 (202) 555-0123 now", &[("+1 (202) 555-0123", "+12025550123")]);
        check("+44 20 7946 0018", &[("+44 20 7946 0018", "+442079460018")]);
        check("001 202 555 0123", &[("001 202 555 0123", "+12025550123")]);
        check("00962 79 1234567", &[("00962 79 1234567", "+962791234567")]);
        check("00491711234567", &[("00491711234567", "+491711234567")]);
        check("+39 06 1234 5678", &[("+39 06 1234 5678", "+390612345678")]);
        check("打+86 138 1234 5678吧", &[("+86 138 1234 5678", "+8613812345678")]);
    }

    #[test]
    fn phones_side_by_side() {
        let two = [("+33 6 12 34 56 78", "+33612345678"), ("+48 512 345 678", "+48512345678")];
        check("+33 6 12 34 56 78 +48 512 345 678", &two);
        check("+33 6 12 34 56 78 / +48 512 345 678", &two);
        check("+33 6 12 34 56 78 2024", &two[..1]);
        check(
            "+49 171 1234567, 0033612345678",
            &[("+49 171 1234567", "+491711234567"), ("0033612345678", "+33612345678")],
        );
    }

    #[test]
    fn other_numbers_are_no_phones() {
        for text in [
            "33612345678",
            "06 12 34 56 78",
            "+999 123 456 789",
            "+0 123 456 789",
            "+33 6 12 34 56",
            "+33 6 12 34 56 7890",
            "+1.000.000.000",
            "+20 000 000 €",
            "+12 345 678 views",
            "+44 123 456",
            "+48.000.000.000",
            "+3,5 %, +12%, +2024-01-01, 1+1234567890",
            "a+12025550123",
            "++33612345678",
            "+1 129 912 3456 +1 229 112 3456 00 1 1 1 1 1 1 1 1 1 1 1",
            "0012345678905 0010 1299 1234 56 00962791234567",
            "0044 0532",
            "1234 0044 2079460018",
            "00:11:22:33:44:55 00336123-4567-8901-2345-678901234567",
            "+4420794600181234567",
            "+33612345678@host.test",
            "https://a.test/+33612345678",
        ] {
            check(text, &[]);
        }
    }
}
