//! A letter that leaves the house, set in serif, in its own language and direction.

use super::exemption::{Exemption, Finds};
use super::{Kind, TcoKind, address, considered, facts};
use crate::words::{Lang, Words};
use jiff::Timestamp;
use maud::{Markup, html};

/// One item of a letter.
#[derive(Clone, Debug)]
pub struct LetterItem {
    /// Canonical address; shown defanged.
    pub url: String,
    /// Where in the content, or empty.
    pub pinpoint: String,
    /// When it was posted, if known.
    pub posted_at: Option<Timestamp>,
}

/// What a channel or account of a letter rests on (D1).
#[derive(Clone, Debug)]
pub struct LetterWhole {
    /// Channel or account.
    pub kind: Kind,
    /// Assessed contents: address, and what was found there.
    pub grounds: Vec<(String, String)>,
    /// Why all of it, and not only those contents.
    pub proportionality: String,
}

/// A referral as its reader sees it.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Language of the letter, which is not that of the console.
    pub lang: Lang,
    /// The sending unit.
    pub from: String,
    /// Who receives it.
    pub to: String,
    /// Reference number.
    pub reference: String,
    /// Reference by which it is contested; empty before there is one.
    pub contest: String,
    /// When it was written.
    pub written_at: Timestamp,
    /// In which capacity, under which law.
    pub acting_as: String,
    /// The fixed sentence of LAW-03 in the letter's language (decision D20).
    pub fixed: String,
    /// What was found.
    pub lead: String,
    /// The items.
    pub items: Vec<LetterItem>,
    /// What it rests on, when it is of a channel or account.
    pub whole: Option<LetterWhole>,
    /// The kinds found.
    pub kinds: Vec<TcoKind>,
    /// Why it matters.
    pub statement: String,
    /// What was considered (LAW-15).
    pub considered: Vec<(Exemption, Finds)>,
    /// Name, telephone and mail of the desk that answers questions.
    pub desk: String,
    /// Short form of the signing key's id.
    pub key: String,
}

/// Items that stand in the letter itself; the rest is in its list.
const ITEMS_SHOWN_MAX: usize = 20;

/// From, to, reference once there is one, when, in which capacity.
fn head(letter: &Letter, w: &Words) -> Vec<(String, Markup)> {
    let mut head = vec![
        (w.t("letter-from"), html! { bdi { (letter.from) } }),
        (w.t("letter-to"), html! { bdi { (letter.to) } }),
    ];
    if !letter.reference.is_empty() {
        head.push((w.t("letter-reference"), html! { span.id { (letter.reference) } }));
    }
    if !letter.contest.is_empty() {
        head.push((w.t("contest-reference"), html! { span.id { (letter.contest) } }));
    }
    head.push((w.t("letter-written"), w.moment(letter.written_at)));
    head.push((w.t("letter-acting"), html! { bdi { (letter.acting_as) } }));
    head
}

/// A channel or account: the contents that it rests on, and why all of it.
pub(crate) fn rests_on(whole: &LetterWhole, w: &Words) -> Markup {
    html! {
        p { b { (whole.kind.word(w)) "." } " " (w.with("letter-grounds", &[("n", whole.grounds.len().into())])) }
        ol.items { @for (url, found) in &whole.grounds { li { span { (address(url)) br; bdi { (found) } } } } }
        p { b { (w.t("letter-proportionality")) } " " bdi { (whole.proportionality) } }
    }
}

/// The letter as an article. `mark` says which finding stands beside which item (item number, finding number).
#[must_use]
pub fn letter(letter: &Letter, marks: &[(usize, usize)]) -> Markup {
    let w = &Words::new(letter.lang, "UTC");
    let kinds: Vec<String> = letter.kinds.iter().map(|kind| kind.word(w)).collect();
    html! {
        article.letter lang=(letter.lang.tag()) dir=(letter.lang.dir()) {
            h2 { (w.t("letter-title")) }
            (facts(&head(letter, w)))
            p.fixed { (letter.fixed) }
            p dir="auto" { (letter.lead) }
            ol.items {
                @for (at, item) in letter.items.iter().take(ITEMS_SHOWN_MAX).enumerate() {
                    li {
                        @if let Some((_, number)) = marks.iter().find(|(of, _)| *of == at) { a.ref href={ "#n" (number) } { (number) } }
                        span { (address(&item.url)) br;
                            span.mute { @if !item.pinpoint.is_empty() { bdi { (item.pinpoint) } (w.comma()) }
                                @if let Some(at) = item.posted_at { (w.t("letter-posted")) " " (w.moment(at)) } } }
                    }
                }
                @if letter.items.len() > ITEMS_SHOWN_MAX {
                    li { span { (w.with("letter-more", &[("n", (letter.items.len() - ITEMS_SHOWN_MAX).into())])) } }
                }
            }
            p { b { (w.t("letter-why")) } " " (w.list(&kinds)) (w.comma()) (w.t("letter-article")) " " bdi { (letter.statement) } }
            @if let Some(whole) = &letter.whole { (rests_on(whole, w)) }
            p { b { (w.t("letter-considered")) } " " (considered(&letter.considered, w)) "." }
            p { b { (w.t("letter-optional")) } " " (w.t("letter-answer")) }
            p.mute { bdi { (letter.desk) } " " (w.t("letter-signed")) " " span.id { (letter.key) } }
        }
    }
}
