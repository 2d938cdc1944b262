//! From evidence to class. The order of the questions is the rule; each answer names its evidence.

use super::phrases::{Phrase, PhraseKind};
use super::{
    ABSENT_TEXT_PERCENT, Answer, Confidence, Evidence, Finding, Landing, Liveness, MediaSeen, Profile,
    SAME_TEXT_PERCENT,
};
use Confidence::{High, Low, Medium};

/// Sealed texts with fewer words can be met by chance.
const TELLING_WORDS: u32 = 5;
/// A page with at least this many words is content, not a notice.
const CONTENT_WORDS: u32 = 30;

/// The class of one check.
pub fn classify(evidence: &Evidence) -> Finding {
    let status = match evidence.answer {
        Answer::Status(status) => status,
        Answer::NotFollowed => {
            return finding(Liveness::Unclear, Low, "We did not follow where the address led.".to_owned());
        }
        Answer::NoName | Answer::NoTls | Answer::Timeout | Answer::NoConnection => {
            return no_answer(evidence);
        }
    };
    original_there(evidence, status)
        .or_else(|| hosts_words(evidence, status))
        .unwrap_or_else(|| by_answer(evidence, status))
}

/// RXP-141.11: a copy at another address is a finding of its own, beside the class of the item.
pub fn copy_found(evidence: &Evidence) -> Option<Finding> {
    let at = evidence.copy_at.as_ref()?;
    Some(finding(Liveness::CopyElsewhere, Medium, format!("The same content was found at {at}.")))
}

fn finding(class: Liveness, confidence: Confidence, why: String) -> Finding {
    Finding { class, confidence, why }
}

/// .12: no answer at all. Whether the host is down or only this page, its other pages tell.
fn no_answer(evidence: &Evidence) -> Finding {
    let what = match evidence.answer {
        Answer::NoName => "The host's name does not resolve",
        Answer::NoTls => "The host gives no trusted TLS connection",
        Answer::Timeout => "The host did not answer in time",
        _ => "The connection failed",
    };
    match evidence.host_serves {
        Some(false) => finding(Liveness::HostDown, High, format!("{what}, and its front page fails too.")),
        None => finding(Liveness::HostDown, Low, format!("{what}; no other page was tried.")),
        Some(true) => finding(Liveness::Unclear, Low, format!("{what}, but its front page answers.")),
    }
}

/// .01, .07 and .10: the sealed media or text is on the page.
fn original_there(evidence: &Evidence, status: u16) -> Option<Finding> {
    let same_media = evidence.media == MediaSeen::Same;
    let percent = evidence.text_similarity.unwrap_or(0);
    let same_text = percent >= SAME_TEXT_PERCENT && (200..300).contains(&status);
    if !same_media && !same_text {
        return None;
    }
    let (confidence, sign) = if same_media {
        (High, "A file with the sealed SHA-256 is served".to_owned())
    } else {
        let sure = if evidence.sealed_words >= TELLING_WORDS { High } else { Low };
        (sure, format!("{percent} % of the sealed text is on the page"))
    };
    let refused: Vec<&str> = territories(evidence, false);
    if !refused.is_empty() {
        let why = format!("{sign} here, and it is refused from {}.", refused.join(", "));
        return Some(finding(Liveness::GeoBlocked, confidence.min(Medium), why));
    }
    match evidence.landing {
        Landing::Same | Landing::FrontPage | Landing::LoginPage => {
            Some(finding(Liveness::StillUp, confidence, format!("{sign}.")))
        }
        Landing::OtherPage | Landing::OtherHost => {
            Some(finding(Liveness::Moved, confidence, format!("{sign}, at the address we were led to.")))
        }
    }
}

fn territories(evidence: &Evidence, up: bool) -> Vec<&str> {
    evidence.vantages.iter().filter(|seen| seen.up == up).map(|seen| seen.territory.as_str()).collect()
}

/// .03 to .08 and .13 by what the page itself says, most telling words first.
fn hosts_words(evidence: &Evidence, status: u16) -> Option<Finding> {
    let seen_elsewhere = territories(evidence, true);
    if !seen_elsewhere.is_empty() {
        let why = format!("It is not visible here, and it is from {}.", seen_elsewhere.join(", "));
        return Some(finding(Liveness::GeoBlocked, Medium, why));
    }
    let says =
        |kind: PhraseKind| evidence.phrases.iter().find(|phrase| phrase.kind == kind && phrase.prominent);
    let gone_status = matches!(status, 404 | 410);
    let sure = |phrase: &Phrase| if gone_status || phrase.in_title { High } else { Medium };
    let quoted = |phrase: &Phrase| format!("The page says: \"{}\".", phrase.quote);
    if let Some(phrase) = says(PhraseKind::RemovedByPlatform) {
        return Some(finding(Liveness::RemovedByPlatform, sure(phrase), quoted(phrase)));
    }
    if let Some(phrase) = says(PhraseKind::RemovedByAuthor) {
        return Some(finding(Liveness::RemovedByAuthor, sure(phrase), quoted(phrase)));
    }
    if let Some(phrase) = says(PhraseKind::Geo) {
        return Some(finding(Liveness::GeoBlocked, Low, quoted(phrase)));
    }
    if status == 451 {
        let why =
            "The host answers 451 (unavailable for legal reasons); one vantage point cannot tell where.";
        return Some(finding(Liveness::GeoBlocked, Low, why.to_owned()));
    }
    // words about an account on a page whose author is still there speak of somebody else
    if let Some(phrase) = says(PhraseKind::AccountGone).filter(|_| evidence.profile != Some(Profile::Present))
    {
        let sure = if evidence.profile == Some(Profile::Absent) { High } else { Medium };
        return Some(finding(Liveness::AccountGone, sure, quoted(phrase)));
    }
    if let Some(phrase) = says(PhraseKind::Challenge) {
        return Some(finding(Liveness::CheckerBlocked, Medium, quoted(phrase)));
    }
    let absence = says(PhraseKind::Gone);
    if let Some(phrase) = absence.filter(|_| (200..300).contains(&status)) {
        return Some(soft(evidence, quoted(phrase), if phrase.in_title { High } else { Medium }));
    }
    if absence.is_none()
        && !gone_status
        && let Some(phrase) = says(PhraseKind::Login).or_else(|| says(PhraseKind::Age))
    {
        return Some(finding(Liveness::AgeOrLoginWall, Medium, quoted(phrase)));
    }
    None
}

/// .03 or .06: absent here; whether the account went too, its profile tells.
fn soft(evidence: &Evidence, why: String, confidence: Confidence) -> Finding {
    if evidence.profile == Some(Profile::Absent) {
        return finding(Liveness::AccountGone, confidence, format!("{why} The profile is absent as well."));
    }
    let partly_there = evidence.text_similarity.is_some_and(|percent| percent > ABSENT_TEXT_PERCENT);
    if partly_there {
        let why = format!("{why} Yet a part of the sealed text is on the page.");
        return finding(Liveness::Unclear, Low, why);
    }
    finding(Liveness::GoneSoft, confidence, why)
}

/// The rest: by status and landing, with the host's other pages as the second sign.
fn by_answer(evidence: &Evidence, status: u16) -> Finding {
    match status {
        404 | 410 => gone_hard(evidence, status),
        401 | 407 => {
            finding(Liveness::AgeOrLoginWall, Medium, format!("The host asks for a login ({status})."))
        }
        403 | 429 => {
            finding(Liveness::CheckerBlocked, Medium, format!("The host turned the checker away ({status})."))
        }
        500.. => server_trouble(evidence, status),
        200..=299 => other_page(evidence),
        _ => {
            finding(Liveness::Unclear, Low, format!("The host answered {status}, which tells nothing here."))
        }
    }
}

fn gone_hard(evidence: &Evidence, status: u16) -> Finding {
    if evidence.profile == Some(Profile::Absent) {
        let why = format!("The host answers {status}, and the profile is absent as well.");
        return finding(Liveness::AccountGone, High, why);
    }
    match evidence.host_serves {
        Some(true) => {
            finding(Liveness::GoneHard, High, format!("The host answers {status} and serves other pages."))
        }
        Some(false) => finding(
            Liveness::HostDown,
            Medium,
            format!("The host answers {status}, but for its front page too."),
        ),
        None => {
            finding(Liveness::Unclear, Low, format!("The host answers {status}; no other page was tried."))
        }
    }
}

fn server_trouble(evidence: &Evidence, status: u16) -> Finding {
    match evidence.host_serves {
        Some(false) => {
            finding(Liveness::HostDown, High, format!("The host answers {status}, for its front page too."))
        }
        None => {
            finding(Liveness::HostDown, Low, format!("The host answers {status}; no other page was tried."))
        }
        Some(true) => finding(
            Liveness::Unclear,
            Low,
            format!("The host answers {status}, but its front page is served."),
        ),
    }
}

/// 2xx, without the original and without telling words.
fn other_page(evidence: &Evidence) -> Finding {
    match evidence.landing {
        Landing::LoginPage => {
            return finding(Liveness::AgeOrLoginWall, Medium, "We were led to a login page.".to_owned());
        }
        Landing::FrontPage => {
            return soft(evidence, "We were led to the front page.".to_owned(), Medium);
        }
        Landing::Same | Landing::OtherPage | Landing::OtherHost => {}
    }
    if evidence.page_words < CONTENT_WORDS {
        let why = match evidence.media {
            MediaSeen::Absent => "The sealed file is absent, and the page says too little to tell more.",
            MediaSeen::NotLooked | MediaSeen::Same | MediaSeen::Other => {
                "The page holds too little text to tell; it may need scripts."
            }
        };
        return finding(Liveness::Unclear, Low, why.to_owned());
    }
    let known_text = evidence.sealed_words >= TELLING_WORDS;
    let text_absent = evidence.text_similarity.is_some_and(|percent| percent <= ABSENT_TEXT_PERCENT);
    match evidence.media {
        MediaSeen::Other if !known_text || text_absent => finding(
            Liveness::Replaced,
            Medium,
            "Other media are served, and the sealed text is absent.".to_owned(),
        ),
        MediaSeen::NotLooked | MediaSeen::Absent | MediaSeen::Other if known_text && text_absent => {
            finding(Liveness::Replaced, Low, "The page holds other text than the sealed one.".to_owned())
        }
        MediaSeen::NotLooked | MediaSeen::Same | MediaSeen::Other | MediaSeen::Absent => {
            finding(Liveness::Unclear, Low, "A part of the sealed content may be on the page.".to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Vantage;

    fn page(status: u16) -> Evidence {
        Evidence {
            answer: Answer::Status(status),
            hops: 0,
            landing: Landing::Same,
            text_similarity: Some(0),
            sealed_words: 20,
            page_words: 100,
            media: MediaSeen::NotLooked,
            phrases: Vec::new(),
            host_serves: Some(true),
            profile: None,
            vantages: Vec::new(),
            copy_at: None,
        }
    }

    fn saying(status: u16, kind: PhraseKind) -> Evidence {
        let phrase = Phrase {
            kind,
            language: "en".to_owned(),
            quote: "words".to_owned(),
            in_title: false,
            prominent: true,
        };
        Evidence { phrases: vec![phrase], page_words: 10, ..page(status) }
    }

    #[test]
    fn classes_by_evidence() {
        let check = |evidence: Evidence, class: Liveness, confidence: Confidence| {
            let found = classify(&evidence);
            assert_eq!((found.class, found.confidence), (class, confidence), "{}\n{evidence:?}", found.why);
            assert!(found.why.ends_with('.'), "{}", found.why);
        };
        use Liveness::*;
        let up = Evidence { text_similarity: Some(95), ..page(200) };
        check(up.clone(), StillUp, High);
        check(Evidence { sealed_words: 2, ..up.clone() }, StillUp, Low);
        check(Evidence { landing: Landing::OtherPage, ..up.clone() }, Moved, High);
        check(Evidence { media: MediaSeen::Same, ..page(200) }, StillUp, High);
        // words of removal in a comment do not outweigh the original itself
        check(
            Evidence { phrases: saying(200, PhraseKind::RemovedByPlatform).phrases, ..up.clone() },
            StillUp,
            High,
        );
        // the text of the original on a 404 page is no proof that it is up
        check(Evidence { text_similarity: Some(95), ..page(404) }, GoneHard, High);
        let refused = vec![Vantage { territory: "DE".to_owned(), up: false }];
        check(Evidence { vantages: refused, ..up }, GeoBlocked, Medium);
        let seen = vec![Vantage { territory: "FR".to_owned(), up: true }];
        check(Evidence { vantages: seen, ..page(404) }, GeoBlocked, Medium);
        check(page(404), GoneHard, High);
        check(page(410), GoneHard, High);
        check(Evidence { host_serves: None, ..page(404) }, Unclear, Low);
        check(Evidence { host_serves: Some(false), ..page(404) }, HostDown, Medium);
        check(Evidence { profile: Some(Profile::Absent), ..page(404) }, AccountGone, High);
        check(page(451), GeoBlocked, Low);
        check(page(401), AgeOrLoginWall, Medium);
        check(page(403), CheckerBlocked, Medium);
        check(page(429), CheckerBlocked, Medium);
        check(page(503), Unclear, Low);
        check(Evidence { host_serves: Some(false), ..page(503) }, HostDown, High);
        check(page(302), Unclear, Low);
        check(page(200), Replaced, Low);
        check(Evidence { media: MediaSeen::Other, ..page(200) }, Replaced, Medium);
        check(Evidence { text_similarity: Some(60), ..page(200) }, Unclear, Low);
        check(Evidence { page_words: 3, ..page(200) }, Unclear, Low);
        check(Evidence { landing: Landing::FrontPage, ..page(200) }, GoneSoft, Medium);
        check(Evidence { landing: Landing::LoginPage, ..page(200) }, AgeOrLoginWall, Medium);
        for answer in [Answer::NoName, Answer::NoTls, Answer::Timeout, Answer::NoConnection] {
            check(Evidence { answer, host_serves: Some(false), ..page(0) }, HostDown, High);
            check(Evidence { answer, host_serves: None, ..page(0) }, HostDown, Low);
            check(Evidence { answer, host_serves: Some(true), ..page(0) }, Unclear, Low);
        }
        check(Evidence { answer: Answer::NotFollowed, ..page(0) }, Unclear, Low);
    }

    #[test]
    fn classes_by_the_hosts_words() {
        use Liveness::*;
        use PhraseKind as Say;
        let check = |status: u16, kind, class: Liveness, confidence: Confidence| {
            let found = classify(&saying(status, kind));
            assert_eq!(
                (found.class, found.confidence),
                (class, confidence),
                "{status} {kind:?} {}",
                found.why
            );
        };
        check(200, Say::RemovedByPlatform, RemovedByPlatform, Medium);
        check(404, Say::RemovedByPlatform, RemovedByPlatform, High);
        check(410, Say::RemovedByAuthor, RemovedByAuthor, High);
        check(200, Say::Gone, GoneSoft, Medium);
        check(404, Say::Gone, GoneHard, High);
        check(200, Say::AccountGone, AccountGone, Medium);
        check(200, Say::Geo, GeoBlocked, Low);
        check(451, Say::RemovedByPlatform, RemovedByPlatform, Medium);
        check(200, Say::Login, AgeOrLoginWall, Medium);
        check(403, Say::Login, AgeOrLoginWall, Medium);
        check(404, Say::Login, GoneHard, High);
        check(200, Say::Age, AgeOrLoginWall, Medium);
        check(200, Say::Challenge, CheckerBlocked, Medium);
        check(503, Say::Challenge, CheckerBlocked, Medium);
        let mut beside = saying(200, Say::Gone);
        beside.profile = Some(Profile::Absent);
        assert_eq!(classify(&beside).class, AccountGone);
        beside.profile = Some(Profile::Present);
        assert_eq!(classify(&beside).class, GoneSoft);
        beside.phrases[0].prominent = false;
        beside.page_words = 400;
        assert_eq!(classify(&beside).class, Replaced);
    }

    #[test]
    fn a_copy_is_a_finding_of_its_own() {
        let evidence = Evidence { copy_at: Some("https://b.test/1".to_owned()), ..page(404) };
        assert_eq!(classify(&evidence).class, Liveness::GoneHard);
        assert_eq!(copy_found(&evidence).map(|found| found.class), Some(Liveness::CopyElsewhere));
        assert_eq!(copy_found(&page(404)), None);
    }
}
