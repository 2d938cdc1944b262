//! Neutral sentences and their language.

use text::language::{LANGUAGES, identify};

/// Language, sentences about weather, cooking and trains.
const TABLE: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "The train to the coast leaves at nine.",
            "It will rain in the afternoon, so take a coat.",
            "Add two spoons of flour and stir slowly.",
            "We waited an hour for the last bus home.",
            "Fresh bread smells wonderful this morning",
        ],
    ),
    (
        "fr",
        &[
            "Le train pour la côte part à neuf heures.",
            "Il va pleuvoir cet après-midi, prenez un manteau.",
            "Ajoutez deux cuillères de farine et remuez.",
            "Nous avons attendu le dernier bus pendant une heure.",
            "Quel beau soleil ce matin",
        ],
    ),
    (
        "de",
        &[
            "Der Zug an die Küste fährt um neun Uhr.",
            "Am Nachmittag wird es regnen, nimm einen Mantel mit.",
            "Zwei Löffel Mehl zugeben und langsam rühren.",
            "Wir haben eine Stunde auf den letzten Bus gewartet.",
            "Frisches Brot riecht heute wunderbar",
        ],
    ),
    (
        "es",
        &[
            "El tren a la costa sale a las nueve.",
            "Por la tarde va a llover, lleva un abrigo.",
            "Añade dos cucharadas de harina y remueve despacio.",
            "Esperamos una hora el último autobús.",
            "Hoy hace mucho sol en la playa",
        ],
    ),
    (
        "it",
        &[
            "Il treno per la costa parte alle nove.",
            "Nel pomeriggio pioverà, prendi un cappotto.",
            "Aggiungi due cucchiai di farina e mescola piano.",
            "Abbiamo aspettato l'ultimo autobus per un'ora.",
            "Oggi il pane fresco profuma molto",
        ],
    ),
    (
        "pt",
        &[
            "O trem para a costa sai às nove horas.",
            "À tarde vai chover, leve um casaco.",
            "Junte duas colheres de farinha e mexa devagar.",
            "Esperámos uma hora pelo último autocarro.",
            "Hoje não há nuvens no céu",
        ],
    ),
    (
        "nl",
        &[
            "De trein naar de kust vertrekt om negen uur.",
            "Vanmiddag gaat het regenen, neem een jas mee.",
            "Voeg twee lepels bloem toe en roer langzaam.",
            "We hebben een uur op de laatste bus gewacht.",
            "Vers brood ruikt heerlijk in de ochtend",
        ],
    ),
    (
        "pl",
        &[
            "Pociąg nad morze odjeżdża o dziewiątej.",
            "Po południu będzie padać, weź płaszcz.",
            "Dodaj dwie łyżki mąki i powoli mieszaj.",
            "Czekaliśmy godzinę na ostatni autobus.",
            "Dzisiaj jest bardzo słonecznie",
        ],
    ),
    (
        "tr",
        &[
            "Sahile giden tren saat dokuzda kalkıyor.",
            "Öğleden sonra yağmur yağacak, bir mont al.",
            "İki kaşık un ekleyin ve yavaşça karıştırın.",
            "Son otobüsü bir saat bekledik.",
            "Bugün hava çok güzel",
        ],
    ),
    (
        "ru",
        &[
            "Поезд на побережье отходит в девять.",
            "После обеда будет дождь, возьми плащ.",
            "Добавьте две ложки муки и медленно мешайте.",
            "Мы ждали последний автобус целый час.",
        ],
    ),
    (
        "uk",
        &[
            "Потяг до узбережжя відходить о дев'ятій.",
            "Після обіду буде дощ, візьми плащ.",
            "Додайте дві ложки борошна й повільно мішайте.",
            "Ми чекали останній автобус цілу годину.",
        ],
    ),
    (
        "el",
        &[
            "Το τρένο για την ακτή φεύγει στις εννέα.",
            "Το απόγευμα θα βρέξει, πάρε παλτό.",
            "Προσθέστε δύο κουταλιές αλεύρι.",
            "Περιμέναμε μία ώρα το λεωφορείο.",
        ],
    ),
    (
        "ar",
        &[
            "يغادر القطار إلى الساحل في التاسعة.",
            "سيهطل المطر بعد الظهر فخذ معطفا.",
            "أضف ملعقتين من الدقيق وحرك ببطء.",
            "انتظرنا الحافلة الأخيرة ساعة كاملة.",
        ],
    ),
    (
        "fa",
        &[
            "قطار ساحل ساعت نه حرکت می‌کند.",
            "بعد از ظهر باران می‌بارد، کت بردارید.",
            "دو قاشق آرد اضافه کنید و آرام هم بزنید.",
            "یک ساعت منتظر آخرین اتوبوس بودیم.",
        ],
    ),
    (
        "ur",
        &[
            "ساحل کی گاڑی نو بجے روانہ ہوتی ہے۔",
            "دوپہر کے بعد بارش ہوگی، کوٹ لے لیں۔",
            "دو چمچ آٹا ڈالیں اور آہستہ ہلائیں۔",
            "ہم نے آخری بس کا ایک گھنٹہ انتظار کیا۔",
        ],
    ),
    (
        "he",
        &[
            "הרכבת לחוף יוצאת בתשע.",
            "אחר הצהריים ירד גשם, קחו מעיל.",
            "הוסיפו שתי כפות קמח וערבבו לאט.",
            "חיכינו שעה לאוטובוס האחרון.",
        ],
    ),
];

/// At least this share of the table is right; no more than that share is wrong (the rest is `None`).
const RIGHT_MIN: f64 = 0.95;
const WRONG_MAX: f64 = 0.02;

#[test]
fn language_table() {
    let (mut all, mut right, mut wrong) = (0u32, 0u32, 0u32);
    for (language, sentences) in TABLE {
        assert!(LANGUAGES.contains(language) && sentences.len() >= 4);
        for sentence in *sentences {
            all += 1;
            match identify(sentence) {
                Some(found) if found == *language => right += 1,
                found => {
                    wrong += u32::from(found.is_some());
                    println!("{language}: {found:?} for {sentence}");
                }
            }
        }
    }
    println!("language: {right} of {all} right, {wrong} wrong, {} without answer", all - right - wrong);
    assert!(f64::from(right) >= RIGHT_MIN * f64::from(all));
    assert!(f64::from(wrong) <= WRONG_MAX * f64::from(all));
    assert_eq!(TABLE.len(), LANGUAGES.len());
}

/// Languages that are not in the list must not be taken for one that is.
#[test]
fn language_of_others_is_left_open() {
    let others = [
        "Tåget till kusten går klockan nio och det regnar i eftermiddag.",
        "Trenul spre coastă pleacă la ora nouă și va ploua.",
        "A vonat kilenckor indul a tengerpartra, délután esik az eső.",
        "Kereta ke pantai berangkat jam sembilan dan hari akan hujan.",
        "Juna rannikolle lähtee kello yhdeksän ja iltapäivällä sataa.",
        "Vlak na pobřeží odjíždí v devět a odpoledne bude pršet.",
        "Treni për në bregdet niset në orën nëntë.",
        "Воз за обалу полази у девет, његов је распоред нов.",
    ];
    let wrong: Vec<_> = others.iter().filter_map(|text| identify(text).map(|found| (found, text))).collect();
    println!("others taken for a listed language: {wrong:?}");
    assert!(wrong.len() <= 1, "{wrong:?}");
}

#[test]
fn language_is_left_open() {
    let unsure = [
        "",
        "ok",
        "Good morning",
        "12 34 56",
        "https://a.test/b #rain @sample",
        "#le #train #est",
        "🚂 🚂 🚂",
        "xq zzkt brrp",
        "the и на",
        "今日は 雨です ね",
        "поезд train قطار רכבת",
    ];
    for text in unsure {
        assert_eq!(identify(text), None, "{text:?}");
    }
}

#[test]
fn language_counts_words_only() {
    assert_eq!(
        identify("@le_monde #pluie https://exemple.test/le/la/les the train leaves at nine and it is late"),
        Some("en")
    );
    assert_eq!(identify("Der Zug ist weg. see https://a.test/the/and/of t.me/the_and_of"), Some("de"));
}
