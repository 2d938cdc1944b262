"""Plain sentences in ten languages of seven scripts, for documents and for pictures of words."""

# script, language, tesseract's pack, direction, sentences
TEXTS = [
    ("Latin", "en", "eng", "ltr", [
        "The market opens early on Saturday and the baker sells warm bread near the old bridge.",
        "Heavy rain is expected tonight so please close the windows before you leave the office.",
        "Our neighbours planted seven apple trees behind the library and water them every evening.",
        "A small train carries visitors from the station to the lake between spring and autumn.",
    ]),
    ("Latin", "fr", "fra", "ltr", [
        "Le marché ouvre tôt le samedi et la boulangère vend du pain chaud près du vieux pont.",
        "De fortes pluies sont prévues cette nuit, fermez donc les fenêtres avant de partir.",
        "Nos voisins ont planté sept pommiers derrière la bibliothèque et les arrosent chaque soir.",
    ]),
    ("Latin", "de", "deu", "ltr", [
        "Der Markt öffnet am Samstag früh und die Bäckerin verkauft warmes Brot an der alten Brücke.",
        "Für heute Nacht wird starker Regen erwartet, bitte schließen Sie die Fenster.",
        "Unsere Nachbarn haben sieben Apfelbäume gepflanzt und gießen sie jeden Abend.",
    ]),
    ("Latin", "pl", "pol", "ltr", [
        "Targ otwiera się wcześnie w sobotę, a piekarz sprzedaje ciepły chleb koło starego mostu.",
        "Dziś w nocy spodziewany jest silny deszcz, więc proszę zamknąć okna przed wyjściem.",
        "Nasi sąsiedzi posadzili siedem jabłoni za biblioteką i podlewają je każdego wieczoru.",
    ]),
    ("Cyrillic", "ru", "rus", "ltr", [
        "Рынок открывается рано в субботу, и пекарь продаёт тёплый хлеб возле старого моста.",
        "Сегодня ночью ожидается сильный дождь, поэтому закройте окна перед уходом.",
        "Наши соседи посадили семь яблонь за библиотекой и поливают их каждый вечер.",
    ]),
    ("Greek", "el", "ell", "ltr", [
        "Η αγορά ανοίγει νωρίς το Σάββατο και ο φούρναρης πουλάει ζεστό ψωμί κοντά στην παλιά γέφυρα.",
        "Απόψε αναμένεται δυνατή βροχή, γι' αυτό κλείστε τα παράθυρα πριν φύγετε.",
        "Οι γείτονές μας φύτεψαν επτά μηλιές πίσω από τη βιβλιοθήκη και τις ποτίζουν κάθε βράδυ.",
    ]),
    ("Arabic", "ar", "ara", "rtl", [
        "يفتح السوق مبكرا يوم السبت ويبيع الخباز الخبز الساخن قرب الجسر القديم",
        "من المتوقع هطول أمطار غزيرة هذه الليلة لذلك أغلقوا النوافذ قبل المغادرة",
        "زرع جيراننا سبع أشجار تفاح خلف المكتبة ويسقونها كل مساء",
    ]),
    ("Hebrew", "he", "heb", "rtl", [
        "השוק נפתח מוקדם ביום שבת והאופה מוכר לחם חם ליד הגשר הישן",
        "הלילה צפוי גשם חזק ולכן סגרו את החלונות לפני שאתם יוצאים",
        "השכנים שלנו נטעו שבעה עצי תפוח מאחורי הספרייה ומשקים אותם בכל ערב",
    ]),
    ("Devanagari", "hi", "hin", "ltr", [
        "शनिवार को बाज़ार जल्दी खुलता है और बेकर पुराने पुल के पास गरम रोटी बेचता है",
        "आज रात तेज़ बारिश की संभावना है इसलिए जाने से पहले खिड़कियाँ बंद कर दें",
        "हमारे पड़ोसियों ने पुस्तकालय के पीछे सात सेब के पेड़ लगाए",
    ]),
    ("Han", "zh", "chi_sim", "ltr", [
        "市场星期六很早就开门面包师在老桥附近卖热面包",
        "今晚预计有大雨所以请在离开之前关上窗户",
        "我们的邻居在图书馆后面种了七棵苹果树每天晚上浇水",
    ]),
]


def sentences(language):
    """All sentences of a language."""
    return next(text[4] for text in TEXTS if text[1] == language)
