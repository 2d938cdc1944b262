//! The exemption questions: the same for every ideology and language (LAW-13, LAW-17).

use super::answer_chip::coded;
use super::choice;
use super::form::{field_between, least_note};
use crate::words::Words;
use domain::assessment::{EXEMPTION_MAX_CHARS, EXEMPTION_MIN_CHARS};
use maud::{Markup, html};

coded! {
    /// The six questions of TCO Art 1(3).
    Exemption {
        /// For education.
        Education = "education", "exempt-education";
        /// For journalism.
        Journalism = "journalism", "exempt-journalism";
        /// For art.
        Art = "art", "exempt-art";
        /// For research.
        Research = "research", "exempt-research";
        /// To prevent or counter terrorism.
        CounterTerrorism = "counter_terrorism", "exempt-counter-terrorism";
        /// Polemic or controversial views in public debate.
        PublicDebate = "public_debate", "exempt-public-debate";
    }
}

coded! {
    /// What a reader found; a doubt is not a "no" (LAW-14).
    Finds {
        /// It does not serve this purpose.
        No = "no", "finds-no";
        /// It does; blocks the send.
        Yes = "yes", "finds-yes";
        /// Goes to a second reader.
        Unsure = "unsure", "finds-unsure";
    }
}

/// One question as it stands in a draft; nothing is preset for new content.
#[derive(Clone, Debug)]
pub struct Answered {
    /// Which question.
    pub question: Exemption,
    /// The answer, or none yet.
    pub finds: Option<Finds>,
    /// Why: 0..=1000 characters for `no`, 10..=1000 else (decision D3).
    pub text: String,
}

/// The six questions in a table. A `yes` or `unsure` opens its reason.
#[must_use]
pub fn questions(answers: &[Answered], w: &Words) -> Markup {
    html! {
        table.q {
            caption.sr { (w.t("exempt-title")) }
            tbody {
                @for answer in answers {
                    @let code = answer.question.code();
                    tr { th scope="row" id={ "q-" (code) } { (answer.question.long(w)) }
                        td { span.seg role="radiogroup" aria-labelledby={ "q-" (code) } {
                            @for finds in Finds::ALL {
                                label { input type="radio" name={ "exemption_" (code) } value=(finds.code())
                                    checked[answer.finds == Some(*finds)]; (finds.word(w)) }
                            }
                        } } }
                    tr.whyrow { td colspan="2" { label.why2 {
                        span.note { (w.with("exempt-why", &[("question", answer.question.long(w).into())])) " " (least_note(EXEMPTION_MIN_CHARS, w)) }
                        input.field name={ "exemption_" (code) "_text" } value=(answer.text) minlength=(EXEMPTION_MIN_CHARS) maxlength=(EXEMPTION_MAX_CHARS) dir="auto";
                    } } }
                }
            }
        }
    }
}

impl Exemption {
    /// The question in words, as it stands in the table.
    #[must_use]
    pub fn long(self, w: &Words) -> String {
        w.t(match self {
            Self::Education => "question-education",
            Self::Journalism => "question-journalism",
            Self::Art => "question-art",
            Self::Research => "question-research",
            Self::CounterTerrorism => "question-counter-terrorism",
            Self::PublicDebate => "question-public-debate",
        })
    }
}

/// What else an assessment says of one item (LAW-13).
#[derive(Clone, Debug, Default)]
pub struct Purpose {
    /// The true purpose; 10..=1000 characters.
    pub true_purpose: String,
    /// The context; 10..=1000 characters.
    pub context: String,
    /// Somebody has editorial responsibility for it.
    pub editorial_responsibility: bool,
    /// `no`, `yes` or `unknown`.
    pub eu_listed_author: String,
}

/// The fields of [`Purpose`].
#[must_use]
pub fn purpose(draft: &Purpose, w: &Words) -> Markup {
    let listed = [("no", "finds-no"), ("yes", "finds-yes"), ("unknown", "listed-unknown")]
        .map(|(code, key)| (code.to_owned(), w.t(key)));
    html! {
        div.pairs {
            (field_between("true_purpose", &w.t("purpose-true"), &draft.true_purpose, (EXEMPTION_MIN_CHARS, EXEMPTION_MAX_CHARS), w))
            (field_between("context", &w.t("purpose-context"), &draft.context, (EXEMPTION_MIN_CHARS, EXEMPTION_MAX_CHARS), w))
            (choice("eu_listed_author", &w.t("purpose-listed"), &listed, &draft.eu_listed_author))
            label.tick { input type="checkbox" name="editorial_responsibility" value="yes" checked[draft.editorial_responsibility];
                span { (w.t("purpose-editorial")) } }
        }
    }
}
