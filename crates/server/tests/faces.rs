//! Every page with invented content, in every language: what must hold whatever the data.
#![expect(clippy::unwrap_used, reason = "tests")]

#[path = "../examples/gallery/samples.rs"]
mod samples;

use server::look::Answer;
use server::words::{Lang, Words};

fn pages(lang: Lang) -> Vec<(&'static str, String)> {
    let w = Words::new(lang, "Europe/Brussels");
    samples::pages(&w).into_iter().map(|(name, page)| (name, page.into_string())).collect()
}

/// The pieces that start with `from` and end before `to`.
fn pieces<'a>(page: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    page.split(from).skip(1).map(|rest| rest.split(to).next().unwrap()).collect()
}

#[test]
fn no_string_is_missing() {
    for lang in Lang::ALL {
        for (name, page) in pages(lang) {
            assert!(!page.contains('⟦'), "{name} in {}: {:?}", lang.tag(), pieces(&page, "⟦", "⟧"));
            assert!(
                page.contains(&format!("<html lang=\"{}\" dir=\"{}\"", lang.tag(), lang.dir())),
                "{name}"
            );
        }
    }
}

#[test]
fn nothing_is_inline() {
    for (name, page) in pages(Lang::En) {
        for forbidden in
            [" style=", "<style", " onclick=", " onload=", "javascript:", "http://", "<iframe", "<img"]
        {
            assert!(!page.contains(forbidden), "{name} holds {forbidden}");
        }
        for script in pieces(&page, "<script", "</script>") {
            assert!(script.starts_with(" src=") && script.ends_with('>'), "{name}: {script}");
        }
    }
}

#[test]
fn every_post_carries_its_token() {
    for (name, page) in pages(Lang::En) {
        for form in pieces(&page, "<form", "</form>") {
            let posts = form.contains("method=\"post\"");
            assert_eq!(posts, form.contains("name=\"csrf\""), "{name}: {form}");
            assert!(
                !posts || form.contains("action=\"/console/") || form.contains("action=\"/public/"),
                "{name}: {form}"
            );
        }
    }
}

/// `docs/console-forms.md` lists each action that a page posts to, with ids as `{…}`.
#[test]
fn every_action_is_listed() {
    let table =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/console-forms.md")).unwrap();
    let listed: Vec<Vec<&str>> =
        pieces(&table, "| `POST ", "`").into_iter().map(|path| path.split('/').collect()).collect();
    let same = |path: &str, known: &[&str]| {
        let parts: Vec<&str> = path.split('/').collect();
        parts.len() == known.len()
            && parts.iter().zip(known).all(|(part, known)| known.starts_with('{') || part == known)
    };
    for (name, page) in pages(Lang::En) {
        let posted = pieces(&page, "<form", ">").into_iter().filter(|form| form.contains("method=\"post\""));
        let actions = posted.flat_map(|form| pieces(form, "action=\"", "\"")).chain(pieces(
            &page,
            "formaction=\"",
            "\"",
        ));
        for action in actions {
            assert!(
                listed.iter().any(|known| same(action, known)),
                "{name}: {action} is not in docs/console-forms.md"
            );
        }
    }
}

#[test]
fn every_key_has_a_visible_button() {
    let all: String = pages(Lang::En).into_iter().map(|(_, page)| page).collect();
    for key in [
        "j", "Space", "g", "b", "1", "2", "3", "4", "5", "x", "n", "u", "d", "Enter", "a", "r", "w", "z",
        "/", "?", "Ctrl-K", "Esc Esc",
    ] {
        assert!(all.contains(&format!("data-key=\"{key}\"")), "no button for {key}");
    }
}

/// RXP-111: `no_action` has the place, size and colour of `removed`.
#[test]
fn no_action_is_normal() {
    for lang in Lang::ALL {
        let w = Words::new(lang, "UTC");
        let chip = |answer: Answer| {
            server::look::answer_chip(answer, &w).into_string().replace(&answer.word(&w), "")
        };
        assert_eq!(chip(Answer::NoAction), chip(Answer::Removed));
        let (_, inbox) = pages(lang).into_iter().find(|(name, _)| *name == "inbox").unwrap();
        let picks = pieces(&inbox, "<label class=\"pick\">", "</label>");
        let plain = |answer: Answer| {
            let pick =
                picks.iter().find(|pick| pick.contains(&format!("value=\"{}\"", answer.code()))).unwrap();
            pick.replace(answer.code(), "").replace(&answer.word(&w), "")
        };
        assert_eq!(plain(Answer::NoAction), plain(Answer::Removed));
        assert!(picks.iter().all(|pick| !pick.contains("checked")), "no answer is preset");
    }
}

/// LAW-02: no screen of a referral has a clock, a due time or a reminder of lateness.
#[test]
fn referral_screens_have_no_deadline() {
    for (name, page) in pages(Lang::En) {
        if ["approve", "sent", "inbox", "inbox-closed"].contains(&name) {
            let main = page.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
            for forbidden in ["class=\"clock", "overdue", "due by", "expires"] {
                assert!(!main.contains(forbidden), "{name} says {forbidden}");
            }
        }
    }
}

/// LAW-13: nothing is preset for a question that nobody answered.
#[test]
fn unanswered_questions_stay_open() {
    let (_, queue) = pages(Lang::En).into_iter().find(|(name, _)| *name == "queue").unwrap();
    for (question, answered) in [("education", 1), ("art", 1), ("public_debate", 0)] {
        let inputs = pieces(&queue, &format!("name=\"exemption_{question}\""), ">");
        assert_eq!(inputs.len(), 3, "{question}");
        assert_eq!(inputs.iter().filter(|input| input.contains("checked")).count(), answered, "{question}");
    }
}

/// What is asked for has its least and its most beside it, and the second person reads why it causes a danger (LAW-11).
#[test]
fn limits_stand_at_their_fields_and_the_danger_is_read() {
    let page = |wanted: &str| pages(Lang::En).into_iter().find(|(name, _)| *name == wanted).unwrap().1;
    let queue = page("queue");
    for (field, least, most) in [("true_purpose", 10, 1000), ("context", 10, 1000), ("danger", 20, 4000)] {
        let rest = queue.split_once(&format!("name=\"{field}\"")).unwrap();
        let note = rest.0.rsplit_once("<label").unwrap().1;
        assert!(note.contains(&format!("at least {least} characters")), "{field}: {note}");
        let tag = rest.1.split('>').next().unwrap();
        assert!(tag.contains(&format!("minlength=\"{least}\"")), "{field}: {tag}");
        assert!(tag.contains(&format!("maxlength=\"{most}\"")), "{field}: {tag}");
    }
    assert!(page("approve").contains("What danger does it cause?"));
}

/// Addresses of content are never links and never written with their teeth; what a person typed stays as typed.
#[test]
fn content_addresses_are_defanged() {
    for (name, page) in pages(Lang::En) {
        let typed = pieces(&page, "<textarea", "</textarea>");
        let shown = typed.iter().fold(page.clone(), |page, text| page.replace(text, ""));
        for host in ["video.example/watch", "files.example/d"] {
            assert!(!shown.contains(host), "{name} writes {host}");
        }
    }
}

/// What the checks stop stands apart from what a person may let go, and the way to let go stands with the latter.
#[test]
fn held_back_says_what_is_stopped_and_what_is_asked() {
    let (_, page) = pages(Lang::En).into_iter().find(|(name, _)| *name == "sent-held").unwrap();
    let (stopped, rest) = page
        .split_once("<h2>What stops it</h2>")
        .unwrap()
        .1
        .split_once("<h2>Waits for a third person</h2>")
        .unwrap();
    let asked = rest.split("<h2>").next().unwrap();
    assert!(stopped.contains("finding stop") && !stopped.contains("finding ask"), "{stopped}");
    assert!(asked.contains("finding ask") && !asked.contains("finding stop"), "{asked}");
}

/// What was found on other items of a cluster has a heading of its own, below what was found on this one.
#[test]
fn why_it_is_here_is_about_this_item() {
    let (_, page) = pages(Lang::En).into_iter().find(|(name, _)| *name == "subject").unwrap();
    let (own, others) = page.split_once("<h2>Why other items of its cluster are here</h2>").unwrap();
    assert!(own.contains("<h2>Why it is here</h2>") && own.contains("id=\"m1\""));
    assert!(!others.contains("id=\"m1\"") && others.contains("id=\"m"), "numbers go on");
    assert!(page.contains("12 more, in its cluster"), "a list that is cut says so");
}

/// What looks like another letter or shows nothing is marked in the texts of items; each item has its picture beside it.
#[test]
fn items_show_what_is_odd_and_their_picture() {
    let (_, page) = pages(Lang::En).into_iter().find(|(name, _)| *name == "queue").unwrap();
    let (_, items) = page.split_once("<ul class=\"covers\">").unwrap();
    let item = pieces(items, "<li", "</li>")[1];
    assert!(item.contains("Lor<mark class=\"odd\"") && item.contains("U+200B</bdi>"), "{item}");
    assert!(
        item.contains("data-reveal=") && !item.contains("data-key=\"Space\""),
        "hidden until held: {item}"
    );
}
