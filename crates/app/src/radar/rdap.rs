//! Facts of an RDAP answer about a domain or a network (RFC 9083), as somebody got it from a registry and hands it in.
//!
//! Of its entities only registrar and abuse contact are read: who registered a name can be a person, and stays out with
//! everything that stands in it.

use domain::host::{Note, NoteKind, RDAP_MAX_CHARS, SOURCE_CHARS, Standing, VALUE_CHARS, is_date};
use domain::written::{self, Lines};
use serde_json::Value;
use text::url_form::host::registrable;

/// Roles of people for whom a name or a network is registered (RFC 9083, 10.2.4): such an entity is not read, whatever
/// other role it has.
const KEPT_OUT: [&str; 3] = ["registrant", "administrative", "technical"];

/// The facts, in the order of the worksheet.
///
/// # Errors
/// One sentence for who handed it in: not RDAP, about another host, nothing in it.
pub(super) fn facts(answer: &str, host: &str, source: &str) -> Result<Vec<Note>, String> {
    if answer.chars().count() > RDAP_MAX_CHARS {
        return Err(format!("The answer is longer than {RDAP_MAX_CHARS} characters."));
    }
    if written::seen(source) < SOURCE_CHARS.0 {
        return Err("Say from which registry the answer is, and when it was got.".to_owned());
    }
    let answer: Value =
        serde_json::from_str(answer).map_err(|error| format!("The answer is no JSON: {error}."))?;
    let facts = match text(&answer, "objectClassName") {
        Some("domain") => {
            let about = text(&answer, "ldhName").unwrap_or_default().trim_end_matches('.').to_lowercase();
            if !is_about(host, &about) {
                return Err(format!("The answer is about \"{}\", not about {host}.", short(&about)));
            }
            domain(&answer)
        }
        Some("ip network") => network(&answer),
        _ => return Err("The answer is no RDAP answer about a domain or a network (RFC 9083).".to_owned()),
    };
    if facts.is_empty() {
        return Err("The answer holds none of the facts of the worksheet.".to_owned());
    }
    let note = |(kind, value): (NoteKind, String)| Note {
        kind,
        value: short(&value),
        source: source.to_owned(),
        standing: Standing::Open,
    };
    Ok(facts.into_iter().map(note).collect())
}

/// Whether a name is the host, or what it stands in down to its registrable domain: a public suffix is about everybody.
fn is_about(host: &str, name: &str) -> bool {
    let is_parent = host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'));
    host == name || is_parent && name.len() >= registrable(host).len()
}

fn domain(answer: &Value) -> Vec<(NoteKind, String)> {
    let registered = list(answer, "events")
        .filter(|event| text(event, "eventAction") == Some("registration"))
        .find_map(|event| text(event, "eventDate").filter(|date| is_date(date)))
        .map(str::to_owned);
    let servers: Vec<&str> = list(answer, "nameservers")
        .filter_map(|server| text(server, "ldhName").filter(|name| is_sound(name)))
        .collect();
    let servers = (!servers.is_empty()).then(|| servers.join(", ").to_lowercase());
    [
        (NoteKind::Registrar, named(answer, "registrar", "fn")),
        (NoteKind::Registered, registered),
        (NoteKind::NameServers, servers),
        (NoteKind::Contact, named(answer, "abuse", "email")),
    ]
    .into_iter()
    .filter_map(|(kind, value)| Some((kind, value?)))
    .collect()
}

fn network(answer: &Value) -> Vec<(NoteKind, String)> {
    let name = text(answer, "name").filter(|name| is_sound(name)).map(|name| {
        let country = text(answer, "country").filter(|country| is_sound(country));
        let country = country.map(|country| format!(", {country}")).unwrap_or_default();
        format!("{name}{country}")
    });
    [(NoteKind::Network, name), (NoteKind::Contact, named(answer, "abuse", "email"))]
        .into_iter()
        .filter_map(|(kind, value)| Some((kind, value?)))
        .collect()
}

/// A property of the card (RFC 7095) of the first entity with a role; entities stand in each other. Those with a role that
/// is kept out are not gone into.
fn named(of: &Value, role: &str, property: &str) -> Option<String> {
    let has = |entity: &Value, role: &str| {
        let mut roles = list(entity, "roles").filter_map(Value::as_str);
        roles.any(|found| found.trim().eq_ignore_ascii_case(role))
    };
    let mut open = list(of, "entities").filter(|entity| !KEPT_OUT.iter().any(|role| has(entity, role)));
    open.find_map(|entity| {
        let own = has(entity, role).then(|| card(entity, property)).flatten();
        own.or_else(|| named(entity, role, property))
    })
}

fn card(entity: &Value, property: &str) -> Option<String> {
    let lines = entity.get("vcardArray")?.get(1)?.as_array()?;
    let mut lines = lines.iter().filter(|line| line.get(0).and_then(Value::as_str) == Some(property));
    lines.find_map(|line| line.get(3)?.as_str().filter(|value| is_sound(value))).map(str::to_owned)
}

/// Whether a value says something; one that does not is passed over, and the rest of the answer is taken.
fn is_sound(value: &str) -> bool {
    written::sound(value, (VALUE_CHARS.0, usize::MAX), Lines::One).is_ok()
}

fn text<'a>(of: &'a Value, name: &str) -> Option<&'a str> {
    of.get(name).and_then(Value::as_str)
}

fn list<'a>(of: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    of.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn short(text: &str) -> String {
    text.chars().take(VALUE_CHARS.1).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use serde_json::json;

    fn answer() -> Value {
        let card = |property: &str, value: &str| {
            json!(["vcard", [["version", {}, "text", "4.0"], [property, {}, "text", value]]])
        };
        json!({
            "objectClassName": "domain", "ldhName": "FILES.example",
            "events": [{"eventAction": "expiration", "eventDate": "2027-01-02T00:00:00Z"},
                       {"eventAction": "registration", "eventDate": "2026-01-02T00:00:00Z"}],
            "nameservers": [{"ldhName": "NS1.dns.example"}, {"ldhName": "ns2.dns.example"}],
            "entities": [
                {"roles": ["registrant"], "vcardArray": card("fn", "A Person")},
                {"roles": ["registrar"], "vcardArray": card("fn", "Registrar Example"),
                 "entities": [{"roles": ["abuse"], "vcardArray": card("email", "abuse@registrar.example")}]},
            ],
        })
    }

    #[test]
    fn facts_are_read_and_no_person() {
        let found = facts(&answer().to_string(), "files.example", "RDAP of .example, 3 May").unwrap();
        let said: Vec<(NoteKind, &str)> = found.iter().map(|note| (note.kind, note.value.as_str())).collect();
        assert_eq!(
            said,
            [
                (NoteKind::Registrar, "Registrar Example"),
                (NoteKind::Registered, "2026-01-02T00:00:00Z"),
                (NoteKind::NameServers, "ns1.dns.example, ns2.dns.example"),
                (NoteKind::Contact, "abuse@registrar.example"),
            ]
        );
        assert!(found.iter().all(|note| note.source == "RDAP of .example, 3 May"));
        assert!(!format!("{found:?}").contains("A Person"));
        assert!(facts(&answer().to_string(), "cdn.files.example", "RDAP").is_ok());
        let network = json!({"objectClassName": "ip network", "name": "EXAMPLE-NET", "country": "NL"});
        let found = facts(&network.to_string(), "files.example", "RDAP").unwrap();
        assert_eq!((found.len(), found[0].value.as_str()), (1, "EXAMPLE-NET, NL"));
    }

    /// Kind and value of what is read of an answer.
    fn said(answer: &Value, host: &str) -> Result<Vec<(NoteKind, String)>, String> {
        let found = facts(&answer.to_string(), host, "RDAP")?;
        Ok(found.into_iter().map(|note| (note.kind, note.value)).collect())
    }

    #[test]
    fn people_of_a_name_stay_out_with_all_that_is_in_them() {
        let card = |property: &str, value: &str| json!(["vcard", [[property, {}, "text", value]]]);
        let person = |roles: &[&str]| {
            let mut answer = answer();
            let within = json!({"roles": ["abuse"], "vcardArray": card("email", "person@home.example")});
            answer["entities"] =
                json!([{"roles": roles, "vcardArray": card("fn", "A Person"), "entities": [within]}]);
            format!("{:?}", said(&answer, "files.example").unwrap())
        };
        for role in ["registrant", "administrative", "technical", "Registrant"] {
            for roles in [&[role][..], &[role, "registrar"], &["registrar", role], &["abuse", role]] {
                let found = person(roles);
                assert!(!found.contains("Person") && !found.contains("person@"), "{roles:?}: {found}");
                assert!(found.contains("2026-01-02"), "the rest is taken: {found}");
            }
        }
        let found = person(&["registrar"]);
        assert!(found.contains("A Person") && found.contains("person@"), "{found}");
    }

    #[test]
    fn an_answer_is_about_a_host_and_no_public_suffix() {
        for (host, name, expected) in [
            ("files.test", "files.test", true),
            ("cdn.files.test", "files.test", true),
            ("a.cdn.files.test", "cdn.files.test", true),
            ("files.test", "test", false),
            ("files.co.uk", "co.uk", false),
            ("files.co.uk", "uk", false),
            ("cdn.files.co.uk", "files.co.uk", true),
            ("files.test", "cdn.files.test", false),
            ("otherfiles.test", "files.test", false),
            ("files.test", "", false),
        ] {
            assert_eq!(is_about(host, name), expected, "{host} {name}");
        }
        let mut suffix = answer();
        suffix["ldhName"] = json!("TEST.");
        assert!(said(&suffix, "files.test").unwrap_err().contains("about \"test\""));
    }

    #[test]
    fn what_says_nothing_hides_nothing_else() {
        let card = |value: &str| json!(["vcard", [["email", {}, "text", value]]]);
        let network = json!({"objectClassName": "ip network", "name": "", "country": "NL",
            "entities": [{"roles": ["abuse"], "vcardArray": card("\u{200b}")},
                         {"roles": ["abuse"], "vcardArray": card("abuse@net.example")}]});
        let contact = (NoteKind::Contact, "abuse@net.example".to_owned());
        assert_eq!(said(&network, "files.test").unwrap(), [contact]);
        let domain = json!({"objectClassName": "domain", "ldhName": "files.test",
            "nameservers": [{"ldhName": " "}, {"ldhName": "ns1.example"}, {"ldhName": "a\u{202e}b"}],
            "events": [{"eventAction": "registration"}, {"eventAction": "registration", "eventDate": ""},
                       {"eventAction": "registration", "eventDate": "2026-01-02T00:00:00Z"}]});
        let registered = (NoteKind::Registered, "2026-01-02T00:00:00Z".to_owned());
        let servers = (NoteKind::NameServers, "ns1.example".to_owned());
        assert_eq!(said(&domain, "files.test").unwrap(), [registered, servers]);
    }

    #[test]
    fn what_is_no_answer_gets_one_sentence() {
        let check = |answer: &str, host: &str, source: &str, says: &str| {
            let said = facts(answer, host, source).unwrap_err();
            assert!(said.contains(says) && !said.contains('\n'), "{said}");
        };
        let good = answer().to_string();
        check("<html>", "files.example", "RDAP", "is no JSON");
        check("[]", "files.example", "RDAP", "is no RDAP answer");
        check("{\"objectClassName\":\"entity\"}", "files.example", "RDAP", "is no RDAP answer");
        check(&good, "other.example", "RDAP", "not about other.example");
        check(&good, "otherfiles.example", "RDAP", "not about otherfiles.example");
        check(&good, "files.example", " ", "from which registry");
        check(
            "{\"objectClassName\":\"domain\",\"ldhName\":\"files.example\"}",
            "files.example",
            "RDAP",
            "none of the facts",
        );
        check(&good, "files.example", "\u{200b}\u{200b}\u{200b}", "from which registry");
        check(&" ".repeat(RDAP_MAX_CHARS + 1), "files.example", "RDAP", "longer than");
    }
}
