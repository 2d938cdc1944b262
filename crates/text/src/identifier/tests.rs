//! What holds for all families together.

use proptest::prelude::*;

use super::*;

/// One of each family that has a checksum, in its canonical form.
fn checksummed() -> Vec<(Kind, String)> {
    let fixed = [
        (Kind::Iban, "DE89370400440532013000"),
        (Kind::Iban, "MT84MALT011000012345MTLCAST001S"),
        (Kind::Bitcoin, "1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i"),
        (Kind::Bitcoin, "3CMNFxN1oHBc4R1EpboAL5yzHGgE611Xou"),
        (Kind::Bitcoin, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
        (Kind::Bitcoin, "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"),
        (Kind::Ethereum, "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),
        (
            Kind::Monero,
            "47ewoP19TN7JEEnFKUJHAYhGxkeTRH82sf36giEp9AcNfDBfkAtRLX7A6rZz18bbNHPNV7ex6WYbMN3aKisFRJZ8Ebsmgef",
        ),
    ];
    let mut all: Vec<_> = fixed.map(|(kind, value)| (kind, value.to_owned())).into();
    all.push((Kind::Tron, tron::tests::address(0x41, [5; 20])));
    all.push((Kind::Onion, onion::tests::address([7; 32])));
    all
}

fn full_width(text: &str) -> String {
    let wide =
        |c: char| if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c) } else { c };
    text.chars().map(wide).collect()
}

#[test]
fn found_in_any_disguise() {
    for (kind, value) in checksummed() {
        let hidden: String = value.chars().flat_map(|c| [c, '\u{200B}', '\u{2060}']).collect();
        let hidden = hidden.trim_end_matches(['\u{200B}', '\u{2060}']);
        for written in [&value, hidden, &full_width(&value)] {
            for (before, after) in [
                ("", ""),
                ("Pay: ", "."),
                ("«", "»"),
                ("请转到", "谢谢"),
                ("é ", " é"),
                ("№", "¹"),
                ("#", "\n"),
            ] {
                let text = format!("{before}{written}{after}");
                let found = identifiers(&text);
                let expected = Identifier {
                    kind,
                    range: before.len()..before.len() + written.len(),
                    value: value.clone(),
                    verified: true,
                };
                assert_eq!(found, [expected], "{text}");
            }
        }
    }
}

#[test]
fn a_part_of_a_longer_run_is_none() {
    for (_, value) in checksummed() {
        for text in [
            format!("a{value}"),
            format!("{value}1"),
            format!("_{value}"),
            format!("{value}é"),
            format!("ж{value}"),
        ] {
            assert_eq!(identifiers(&text), [], "{text}");
        }
    }
}

/// Any character that is another one. Of an IBAN, a digit for a letter can hold by chance, so those are not tried.
#[test]
fn one_changed_character_is_none() {
    for (kind, value) in checksummed() {
        for (at, c) in value.char_indices() {
            for other in ('0'..='9').chain('A'..='Z').chain('a'..='z') {
                let same = match kind {
                    Kind::Iban => {
                        other.is_ascii_digit() != c.is_ascii_digit() || other.eq_ignore_ascii_case(&c)
                    }
                    Kind::Onion => other.eq_ignore_ascii_case(&c),
                    Kind::Ethereum => at == 1 && other == 'X',
                    _ => false,
                };
                if same || other == c {
                    continue;
                }
                let mut wrong = value.clone();
                wrong.replace_range(at..=at, other.encode_utf8(&mut [0; 4]));
                assert_eq!(identifiers(&wrong), [], "{wrong} for {value}");
            }
        }
    }
}

#[test]
fn links_hold_onion_services_only() {
    let onion = onion::tests::address([9; 32]);
    for text in [
        format!("http://{onion}/path"),
        format!("https://www.{}:80/x?y#z", onion.to_uppercase()),
        format!("a.test/go/{onion}"),
        format!("mail@{onion}"),
    ] {
        let found = identifiers(&text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!((found[0].kind, &found[0].value), (Kind::Onion, &onion));
        assert_eq!(text[found[0].range.clone()].to_lowercase(), onion);
    }
    for (kind, value) in checksummed().into_iter().filter(|(kind, _)| *kind != Kind::Onion) {
        let text = format!("https://a.test/{value} {value}");
        let found = identifiers(&text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!((found[0].kind, found[0].range.end), (kind, text.len()));
    }
    assert_eq!(identifiers(&format!("{onion}x {} .onion", &onion[..56])), []);
}

#[test]
fn other_words_and_numbers_are_none() {
    for text in [
        "",
        "The train leaves at 9:30 from platform 12, see you there.",
        "Order 1234567890123456, invoice RE-2024-000123, parcel 00340434161094042557",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709 d41d8cd98f00b204e9800998ecf8427e",
        "123e4567-e89b-12d3-a456-426614174000 00000000-0000-0000-0000-000000000000",
        "2024-05-06T07:08:09+00:00 06/05/2024 20240506 +0200",
        "1,234.56 EUR, $20.00, +15 %, 1.000.000, -40",
        "192.0.2.1 2001:db8::1 198.51.100.255:8080 00:1B:44:11:3A:B7",
        "ISBN 978-3-16-148410-0, 4111 1111 1111 1111, 3.14159265358979323846",
        "SGVsbG8gd29ybGQhIFRoaXMgaXMgYmFzZTY0IHRleHQ+MTIzNDU2Nzg5MA==",
        "facebookcorewwwi.onion abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstuvwx.onion",
        "DE12 3456 7890 1234 5678 90, GB00 0000",
    ] {
        assert_eq!(identifiers(text), [], "{text}");
    }
}

#[test]
fn several_in_order() {
    let tron = tron::tests::address(0x41, [6; 20]);
    let text = format!("IBAN DE89 3704 0044 0532 0130 00 oder {tron}, ko-fi.com/sample oder +49 171 1234567");
    let found = identifiers(&text);
    let short: Vec<(Kind, &str)> = found.iter().map(|one| (one.kind, &text[one.range.clone()])).collect();
    assert_eq!(
        short,
        [
            (Kind::Iban, "DE89 3704 0044 0532 0130 00"),
            (Kind::Tron, tron.as_str()),
            (Kind::Donation, "ko-fi.com/sample"),
            (Kind::Phone, "+49 171 1234567"),
        ]
    );
}

#[test]
fn no_more_than_the_limit() {
    let many = "DE89370400440532013000 ".repeat(IDENTIFIERS_MAX + 5);
    assert_eq!(identifiers(&many).len(), IDENTIFIERS_MAX);
    let late = format!("{}DE89370400440532013000", " ".repeat(TEXT_MAX_BYTES));
    assert_eq!(identifiers(&late), []);
    // what stands after the last link that is known could stand in a link
    let account = "DE89370400440532013000";
    for (count, expected) in [(MENTIONS_MAX - 1, 1), (MENTIONS_MAX, 0)] {
        assert_eq!(identifiers(&format!("{}{account}", "a.test ".repeat(count))).len(), expected);
    }
}

fn trials() -> u32 {
    std::env::var("RENVOI_TRIALS").ok().and_then(|n| n.parse().ok()).unwrap_or(400)
}

/// Text made of anything, of pieces of identifiers, and of whole ones.
fn odd_text() -> impl Strategy<Value = String> {
    let whole: Vec<String> = checksummed().into_iter().map(|(_, value)| value).collect();
    let piece = prop_oneof![
        any::<char>().prop_map(|c| c.to_string()),
        "[ .()/+-]{1,3}",
        "(\\+|00)[1-9][0-9 .()-]{6,18}",
        "[A-Za-z]{2}[0-9]{2}( ?[0-9A-Z]{4}){3,6}",
        "(bc1|0x|0X|T|4|1|3)[0-9a-zA-Z]{1,50}",
        "[\u{200B}\u{FEFF}\u{300}\u{FF10}-\u{FF19}\u{660}-\u{669}＋．]{1,5}",
        "(https://)?(t\\.me|ko-fi\\.com|paypal\\.me)/[a-z0-9]{0,6}(\\?start=donate)?",
        prop::sample::select(whole),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(trials()) })]

    #[test]
    fn ranges_are_in_order_and_values_are_found_again(text in odd_text()) {
        let mut before = 0;
        for one in identifiers(&text) {
            prop_assert!(before <= one.range.start && one.range.start < one.range.end);
            prop_assert!(text.get(one.range.clone()).is_some());
            before = one.range.end;
            let again = identifiers(&one.value);
            prop_assert_eq!(again.len(), 1, "{}", &one.value);
            prop_assert_eq!((again[0].kind, &again[0].value, again[0].range.clone()), (one.kind, &one.value, 0..one.value.len()));
        }
    }

    #[test]
    fn an_onion_of_any_key_is_found(key in any::<[u8; 32]>()) {
        let onion = onion::tests::address(key);
        let found = identifiers(&onion);
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(&found[0].value, &onion);
    }

    #[test]
    fn phones_have_one_value(code in prop::sample::select(vec![44_u16, 49, 81, 962]), rest in "[1-9][0-9]{8}", parts in "[ .-]{8}") {
        let signs = parts.chars().map(Some).chain([None]);
        let spread: String = rest.chars().zip(signs).flat_map(|(c, sign)| [Some(c), sign]).flatten().collect();
        let found = identifiers(&format!("+{code} {spread}"));
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(&found[0].value, &format!("+{code}{rest}"));
    }
}

#[test]
fn found_when_defanged_or_spaced_out() {
    let check = |text: &str, written: &str, value: &str| {
        let found = identifiers(text);
        let short: Vec<(&str, &str)> =
            found.iter().map(|one| (&text[one.range.clone()], one.value.as_str())).collect();
        assert_eq!(short, [(written, value)], "{text:?}");
    };
    let service = onion::tests::address([7; 32]);
    let written = service.replace(".onion", "[.]onion");
    check(&format!("é hxxp://{written}/x"), &written, &service);
    check("give: paypal[.]me/sample!", "paypal[.]me/sample", "paypal.me/sample");
    check("+3 3 6 1 2 3 4 5 6 7 8, call", "+3 3 6 1 2 3 4 5 6 7 8", "+33612345678");
    check("call + 33-6-12-34-56-78", "+ 33-6-12-34-56-78", "+33612345678");
}

#[test]
fn money_stands_once_and_is_verified_where_it_was_once() {
    let address = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    let text =
        format!("{} +32 2 000 00 00 and DE89 3704 0044 0532 0130 00, {address}", address.to_lowercase());
    let found = money(&text, ["https://ko-fi.com/some_one", "ko-fi.com/Some_One", "https://a.test/x"]);
    let short: Vec<(Kind, &str, bool)> =
        found.iter().map(|one| (one.kind, one.value.as_str(), one.verified)).collect();
    let expected = [
        (Kind::Iban, "DE89370400440532013000", true),
        (Kind::Ethereum, address, true),
        (Kind::Donation, "ko-fi.com/some_one", false),
    ];
    assert_eq!(short, expected);
    assert_eq!(money("call +32470123456", []), []);
    assert!(Kind::Ethereum.has_checksum() && !Kind::Donation.has_checksum());
}
