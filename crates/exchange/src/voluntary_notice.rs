//! RXP-24, LAW-03, D20: the sentence on every referral and reminder. Data with a version: it is never
//! edited, only followed by a newer one, and the older ones stay readable.

use crate::atoms::Lang;
use crate::refused::{Code, Refused};

/// One wording in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wording {
    /// Primary language subtag.
    pub lang: &'static str,
    /// 1 and up; the highest of a language is the one sent.
    pub version: u16,
    /// Whether a speaker with legal training has read it. If not, English is shown beside it.
    pub reviewed: bool,
    /// The sentence, NFC, no line break.
    pub text: &'static str,
}

const fn unreviewed(lang: &'static str, text: &'static str) -> Wording {
    Wording { lang, version: 1, reviewed: false, text }
}

/// LAW-03, word for word.
pub const ENGLISH: Wording = Wording {
    lang: "en",
    version: 1,
    reviewed: true,
    text: "This is a referral for your voluntary consideration under your own terms and conditions. It is not an \
           order. There is no deadline and no consequence if you do not act.",
};

/// Every wording, newest of a language first.
pub const WORDINGS: &[Wording] = &[
    ENGLISH,
    unreviewed(
        "fr",
        "Ceci est un signalement soumis à votre libre appréciation au regard de vos propres conditions générales. Ce \
         n'est pas une injonction. Il n'y a aucun délai et aucune conséquence si vous n'agissez pas.",
    ),
    unreviewed(
        "de",
        "Dies ist eine Meldung zur freiwilligen Prüfung anhand Ihrer eigenen Nutzungsbedingungen. Sie ist keine \
         Anordnung. Es gibt keine Frist und keine Folgen, wenn Sie nicht tätig werden.",
    ),
    unreviewed(
        "nl",
        "Dit is een doorverwijzing voor uw vrijwillige beoordeling op grond van uw eigen algemene voorwaarden. Het is \
         geen bevel. Er is geen termijn en het heeft geen gevolgen als u niets doet.",
    ),
    unreviewed(
        "ar",
        "هذه إحالة للنظر فيها طوعًا وفق شروطكم وأحكامكم الخاصة. وهي ليست أمرًا. لا يوجد أي موعد نهائي ولا أي عواقب إذا لم تتخذوا إجراءً.",
    ),
    unreviewed(
        "el",
        "Η παρούσα αποτελεί αναφορά προς εθελοντική εξέταση σύμφωνα με τους δικούς σας όρους και προϋποθέσεις. Δεν \
         είναι εντολή. Δεν υπάρχει προθεσμία ούτε συνέπεια εάν δεν ενεργήσετε.",
    ),
    unreviewed(
        "pl",
        "Jest to zgłoszenie do dobrowolnego rozpatrzenia zgodnie z Państwa własnym regulaminem. Nie jest to nakaz. Nie \
         ma żadnego terminu ani żadnych konsekwencji w razie niepodjęcia działań.",
    ),
    unreviewed(
        "pt",
        "Esta é uma sinalização para a sua apreciação voluntária ao abrigo dos seus próprios termos e condições. Não é \
         uma ordem. Não há prazo nem qualquer consequência se não agir.",
    ),
    unreviewed(
        "es",
        "Esta es una comunicación para su consideración voluntaria conforme a sus propios términos y condiciones. No \
         es una orden. No hay plazo ni consecuencia alguna si no actúa.",
    ),
];

/// The sentence for a message in `lang`: its own, else English.
pub fn wording(lang: &Lang) -> Wording {
    let newest = WORDINGS.iter().filter(|wording| wording.lang == lang.primary()).max_by_key(|w| w.version);
    *newest.unwrap_or(&ENGLISH)
}

/// What people read: the sentence, and English beside it unless a speaker has reviewed the sentence.
pub fn shown(lang: &Lang) -> Vec<&'static str> {
    let own = wording(lang);
    if own.reviewed { vec![own.text] } else { vec![own.text, ENGLISH.text] }
}

/// Accepts any version of the sentence in `lang`, and the English one in every language; refuses all
/// other text at `field` with `voluntary_notice`.
pub fn check(field: &str, lang: &Lang, text: &str) -> Result<(), Refused> {
    let fits = |wording: &&Wording| wording.lang == lang.primary() || wording.lang == ENGLISH.lang;
    if WORDINGS.iter().filter(fits).any(|wording| wording.text == text) {
        return Ok(());
    }
    Err(Refused::at(Code::VoluntaryNotice, field, "not the fixed sentence of LAW-03"))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn voluntary_notice_exact() {
        let english = "This is a referral for your voluntary consideration under your own terms and conditions. It is \
                       not an order. There is no deadline and no consequence if you do not act.";
        let accepts =
            |lang: &str, text: &str| check("/body/voluntary_notice", &Lang::new(lang).unwrap(), text).is_ok();
        assert!(accepts("en", english));
        assert!(accepts("en-GB", english));
        for lang in ["fr", "de", "nl", "ar", "el", "pl", "pt", "es"] {
            let own = wording(&Lang::new(lang).unwrap());
            assert_eq!((own.lang, own.reviewed), (lang, false));
            assert!(unicode_normalization::is_nfc(own.text), "{lang}");
            assert!(accepts(lang, own.text) && accepts(lang, english), "{lang}");
            assert!(!accepts("en", own.text), "{lang}");
            assert_eq!(shown(&Lang::new(lang).unwrap()), [own.text, english]);
        }
        assert!(accepts("fi", english));
        assert_eq!(wording(&Lang::new("fi").unwrap()), ENGLISH);
        assert_eq!(shown(&Lang::new("en").unwrap()), [english]);
        for other in [
            "",
            &english[1..],
            &english.to_uppercase(),
            &format!("{english} "),
            &format!("{english} Please act soon."),
        ] {
            assert!(!accepts("en", other), "{other}");
        }
    }
}
