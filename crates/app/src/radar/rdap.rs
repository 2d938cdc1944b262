//! Facts of an RDAP answer about a domain or a network (RFC 9083), as somebody got it from a registry and hands it in.
//!
//! Of its entities only registrar and abuse contact are read: who registered a name can be a person, and stays out.

use domain::host::{Note, NoteKind, SOURCE_CHARS, Standing, VALUE_CHARS};
use serde_json::Value;

/// Largest answer, in bytes.
const ANSWER_MAX_BYTES: usize = 200_000;

/// The facts, in the order of the worksheet.
///
/// # Errors
/// One sentence for who handed it in: not RDAP, about another host, nothing in it.
pub(super) fn facts(answer: &str, host: &str, source: &str) -> Result<Vec<Note>, String> {
    if answer.len() > ANSWER_MAX_BYTES {
        return Err(format!("The answer is longer than {ANSWER_MAX_BYTES} bytes."));
    }
    if source.trim().chars().count() < SOURCE_CHARS.0 {
        return Err("Say from which registry the answer is, and when it was got.".to_owned());
    }
    let answer: Value =
        serde_json::from_str(answer).map_err(|error| format!("The answer is no JSON: {error}."))?;
    let facts = match text(&answer, "objectClassName") {
        Some("domain") => {
            let about = text(&answer, "ldhName").unwrap_or_default().trim_end_matches('.').to_lowercase();
            let within = host == about || host.strip_suffix(&about).is_some_and(|rest| rest.ends_with('.'));
            if about.is_empty() || !within {
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

fn domain(answer: &Value) -> Vec<(NoteKind, String)> {
    let registered = list(answer, "events")
        .find(|event| text(event, "eventAction") == Some("registration"))
        .and_then(|event| text(event, "eventDate"))
        .map(str::to_owned);
    let servers: Vec<&str> =
        list(answer, "nameservers").filter_map(|server| text(server, "ldhName")).collect();
    let servers = (!servers.is_empty()).then(|| servers.join(", ").to_lowercase());
    [
        (NoteKind::Registrar, named(answer, "registrar", "fn")),
        (NoteKind::Registered, registered),
        (NoteKind::NameServers, servers),
        (NoteKind::Contact, named(answer, "abuse", "email")),
    ]
    .into_iter()
    .filter_map(|(kind, value)| Some((kind, value.filter(|value| !value.trim().is_empty())?)))
    .collect()
}

fn network(answer: &Value) -> Vec<(NoteKind, String)> {
    let name = text(answer, "name").map(|name| {
        let country = text(answer, "country").map(|country| format!(", {country}")).unwrap_or_default();
        format!("{name}{country}")
    });
    [(NoteKind::Network, name), (NoteKind::Contact, named(answer, "abuse", "email"))]
        .into_iter()
        .filter_map(|(kind, value)| Some((kind, value?)))
        .collect()
}

/// A property of the card (RFC 7095) of the first entity with a role; entities stand in each other.
fn named(of: &Value, role: &str, property: &str) -> Option<String> {
    list(of, "entities").find_map(|entity| {
        let has = list(entity, "roles").any(|found| found.as_str() == Some(role));
        let own = has.then(|| card(entity, property)).flatten();
        own.or_else(|| named(entity, role, property))
    })
}

fn card(entity: &Value, property: &str) -> Option<String> {
    let lines = entity.get("vcardArray")?.get(1)?.as_array()?;
    let line = lines.iter().find(|line| line.get(0).and_then(Value::as_str) == Some(property))?;
    line.get(3)?.as_str().map(str::to_owned)
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
        check(&" ".repeat(ANSWER_MAX_BYTES + 1), "files.example", "RDAP", "longer than");
    }
}
