//! The vocabularies, one a language. Any subject goes with any predicate of its theme, and with any end.

/// A theme: subjects and predicates that agree with each other.
pub(crate) struct Theme {
    pub(crate) subjects: [&'static str; 6],
    pub(crate) predicates: [&'static str; 6],
}

/// The vocabulary of one language.
pub(crate) struct Lexicon {
    pub(crate) language: &'static str,
    /// Slogan of the invented group.
    pub(crate) slogan: &'static str,
    /// What follows the slogan in a call.
    pub(crate) call: &'static str,
    /// Sentence of a newsroom, `{}` stands for the slogan.
    pub(crate) report: &'static str,
    /// Sentence of a library, `{}` stands for the slogan.
    pub(crate) record: &'static str,
    pub(crate) hashtags: [&'static str; 4],
    pub(crate) ends: [&'static str; 8],
    pub(crate) themes: [Theme; 3],
}

/// All vocabularies, in the order of their codes with English third.
pub(crate) static LEXICONS: [Lexicon; 6] = [
    Lexicon {
        language: "ar",
        slogan: "جماعة المثال: المصباح الأخضر يبقى مضيئا",
        call: "انضموا إلى جماعة المثال اليوم واكتبوا إلى عنوانها.",
        report: "ذكرت غرفة الأخبار أن الشعار «{}» ظهر على جدران المدينة، وقال الخبراء إنه بلا معنى.",
        record: "يحفظ هذا الأرشيف نسخة من الشعار «{}» لأغراض البحث والتعليم.",
        hashtags: ["المصباح_الأخضر", "قطارات", "طقس", "سوق"],
        ends: [
            "في صباح هذا اليوم", "قبل نهاية الأسبوع", "في مدينة الشمال", "كما كان في العام الماضي",
            "قرب الميناء القديم", "بعد الظهر بقليل", "وفق الجدول المعلن", "من غير تأخير كبير",
        ],
        themes: [
            Theme {
                subjects: ["الجو", "المطر", "الضباب", "الهواء البارد", "الثلج الخفيف", "الغيم"],
                predicates: [
                    "يتحسن شيئا فشيئا", "يصل إلى الساحل", "يغطي التلال والحقول", "يتحرك نحو الجنوب",
                    "يبقى فوق الوادي", "يزول عن البحيرة",
                ],
            },
            Theme {
                subjects: ["سعر القمح", "سوق الخضار", "سعر الزيتون", "متجر الفواكه", "سوق السمك", "سعر الخبز"],
                predicates: [
                    "يرتفع ارتفاعا طفيفا", "يستقر عند المستوى نفسه", "يجذب زوارا كثيرين", "يتراجع قليلا",
                    "يهم سكان الحي", "يتغير من يوم إلى آخر",
                ],
            },
            Theme {
                subjects: ["القطار السريع", "قطار الضواحي", "القطار الليلي", "الترام الجديد", "قطار البضائع", "القطار القديم"],
                predicates: [
                    "يصل إلى المحطة الكبيرة", "ينطلق من الرصيف الثالث", "يتوقف عند الجسر", "يعبر النهر ببطء",
                    "ينقل الركاب إلى السوق", "يعود إلى مستودعه",
                ],
            },
        ],
    },
    Lexicon {
        language: "de",
        slogan: "Example Group: Die grüne Lampe bleibt an",
        call: "Schließt euch noch heute der Example Group an und schreibt an ihre Anschrift.",
        report: "Die Redaktion berichtet, dass der Spruch «{}» an mehreren Wänden der Stadt zu lesen war; Fachleute halten ihn für bedeutungslos.",
        record: "Dieses Archiv bewahrt den Spruch «{}» für Forschung und Unterricht auf.",
        hashtags: ["GrüneLampe", "Züge", "Wetter", "Markt"],
        ends: [
            "an diesem Morgen", "noch vor dem Wochenende", "in der nördlichen Stadt", "genau wie im vergangenen Jahr",
            "nahe dem alten Hafen", "kurz nach dem Mittag", "nach dem veröffentlichten Plan", "ohne große Verspätung",
        ],
        themes: [
            Theme {
                subjects: ["Der Regen", "Der Nebel", "Der kalte Wind", "Der leichte Schnee", "Der Frost", "Der Sonnenschein"],
                predicates: [
                    "erreicht die Küste", "liegt über den Hügeln und Feldern", "zieht langsam nach Süden", "bleibt über dem Tal",
                    "verschwindet vom See", "überrascht die Gärtner",
                ],
            },
            Theme {
                subjects: [
                    "Der Weizenpreis", "Der Gemüsemarkt", "Der Preis für Oliven", "Der Fischmarkt", "Der Brotpreis", "Der Obsthandel",
                ],
                predicates: [
                    "steigt ein wenig", "bleibt auf gleicher Höhe", "beschäftigt viele Besucher", "geht leicht zurück",
                    "kümmert die Leute im Viertel", "ändert sich von Tag zu Tag",
                ],
            },
            Theme {
                subjects: ["Der Schnellzug", "Der Vorortzug", "Der Nachtzug", "Die neue Straßenbahn", "Der Güterzug", "Die alte Bahn"],
                predicates: [
                    "erreicht den großen Bahnhof", "fährt von Gleis drei ab", "hält vor der Brücke", "überquert den Fluss",
                    "bringt die Fahrgäste zum Markt", "kehrt in das Depot zurück",
                ],
            },
        ],
    },
    Lexicon {
        language: "en",
        slogan: "Example Group: the green lamp stays lit",
        call: "Join the Example Group today and write to its address.",
        report: "Our newsroom reports that the slogan «{}» was seen on several walls of the city; experts call it meaningless.",
        record: "This archive keeps the slogan «{}» on record for research and teaching.",
        hashtags: ["GreenLamp", "trains", "weather", "market"],
        ends: [
            "this morning", "before the end of the week", "in the northern town", "just as it did last year",
            "near the old harbour", "shortly after noon", "according to the published plan", "without much delay",
        ],
        themes: [
            Theme {
                subjects: ["The rain", "The fog", "The cold wind", "The light snow", "The morning frost", "The sunshine"],
                predicates: [
                    "reaches the coast", "lies over the hills and fields", "moves slowly to the south", "stays above the valley",
                    "leaves the lake", "surprises the gardeners",
                ],
            },
            Theme {
                subjects: [
                    "The price of wheat", "The vegetable market", "The price of olives", "The fish market", "The price of bread",
                    "The fruit trade",
                ],
                predicates: [
                    "rises a little", "stays at the same level", "keeps many visitors busy", "falls slightly",
                    "matters to the people of the quarter", "changes from day to day",
                ],
            },
            Theme {
                subjects: [
                    "The fast train", "The suburban train", "The night train", "The new tram", "The goods train", "The old railway",
                ],
                predicates: [
                    "reaches the great station", "leaves from the third platform", "stops before the bridge", "crosses the river",
                    "brings the passengers to the market", "returns to the depot",
                ],
            },
        ],
    },
    Lexicon {
        language: "es",
        slogan: "Grupo Ejemplo: la lámpara verde sigue encendida",
        call: "Únete hoy al Grupo Ejemplo y escribe a su dirección.",
        report: "Nuestra redacción informa de que el lema «{}» apareció en varios muros de la ciudad; los expertos dicen que no significa nada.",
        record: "Este archivo conserva el lema «{}» para la investigación y la enseñanza.",
        hashtags: ["LámparaVerde", "trenes", "tiempo", "mercado"],
        ends: [
            "esta mañana", "antes del fin de semana", "en la ciudad del norte", "igual que el año pasado",
            "cerca del puerto viejo", "poco después del mediodía", "según el plan publicado", "sin mucho retraso",
        ],
        themes: [
            Theme {
                subjects: ["La lluvia", "La niebla", "El viento frío", "La nieve ligera", "La helada", "El sol"],
                predicates: [
                    "llega a la costa", "cubre las colinas y los campos", "avanza despacio hacia el sur", "se queda sobre el valle",
                    "se aleja del lago", "sorprende a los jardineros",
                ],
            },
            Theme {
                subjects: [
                    "El precio del trigo", "El mercado de verduras", "El precio de la aceituna", "El mercado de pescado",
                    "El precio del pan", "La venta de fruta",
                ],
                predicates: [
                    "sube un poco", "se mantiene en el mismo nivel", "ocupa a muchos visitantes", "baja ligeramente",
                    "interesa a los vecinos del barrio", "cambia de un día para otro",
                ],
            },
            Theme {
                subjects: [
                    "El tren rápido", "El tren de cercanías", "El tren nocturno", "El nuevo tranvía", "El tren de mercancías",
                    "El viejo ferrocarril",
                ],
                predicates: [
                    "llega a la gran estación", "sale del tercer andén", "se detiene ante el puente", "cruza el río",
                    "lleva a los viajeros al mercado", "vuelve a la cochera",
                ],
            },
        ],
    },
    Lexicon {
        language: "fr",
        slogan: "Groupe Exemple : la lampe verte reste allumée",
        call: "Rejoignez le Groupe Exemple dès aujourd'hui et écrivez à son adresse.",
        report: "Notre rédaction rapporte que le slogan «{}» a été vu sur plusieurs murs de la ville ; les experts le jugent sans signification.",
        record: "Ces archives conservent le slogan «{}» pour la recherche et l'enseignement.",
        hashtags: ["LampeVerte", "trains", "météo", "marché"],
        ends: [
            "ce matin", "avant la fin de la semaine", "dans la ville du nord", "comme l'année dernière",
            "près du vieux port", "peu après midi", "selon le plan publié", "sans grand retard",
        ],
        themes: [
            Theme {
                subjects: ["La pluie", "La brume", "Le vent froid", "La neige légère", "Le gel", "Le soleil"],
                predicates: [
                    "arrive sur la côte", "couvre les collines et les champs", "avance lentement vers le sud",
                    "reste au-dessus de la vallée", "quitte le lac", "surprend les jardiniers",
                ],
            },
            Theme {
                subjects: [
                    "Le prix du blé", "Le marché aux légumes", "Le prix des olives", "Le marché aux poissons", "Le prix du pain",
                    "Le commerce des fruits",
                ],
                predicates: [
                    "augmente un peu", "reste au même niveau", "occupe de nombreux visiteurs", "baisse légèrement",
                    "intéresse les habitants du quartier", "change d'un jour à l'autre",
                ],
            },
            Theme {
                subjects: [
                    "Le train rapide", "Le train de banlieue", "Le train de nuit", "Le nouveau tramway", "Le train de marchandises",
                    "La vieille ligne",
                ],
                predicates: [
                    "arrive à la grande gare", "part du troisième quai", "s'arrête devant le pont", "traverse la rivière",
                    "amène les voyageurs au marché", "rentre au dépôt",
                ],
            },
        ],
    },
    Lexicon {
        language: "ru",
        slogan: "Группа Пример: зелёная лампа не гаснет",
        call: "Вступайте в Группу Пример сегодня и пишите по её адресу.",
        report: "Наша редакция сообщает, что лозунг «{}» появился на нескольких стенах города; эксперты считают его бессмысленным.",
        record: "Этот архив хранит лозунг «{}» для исследований и обучения.",
        hashtags: ["ЗелёнаяЛампа", "поезда", "погода", "рынок"],
        ends: [
            "сегодня утром", "до конца недели", "в северном городе", "так же, как в прошлом году", "возле старой гавани",
            "вскоре после полудня", "по опубликованному плану", "без большого опоздания",
        ],
        themes: [
            Theme {
                subjects: ["Дождь", "Туман", "Холодный ветер", "Лёгкий снег", "Утренний мороз", "Солнечный свет"],
                predicates: [
                    "приходит на побережье", "лежит над холмами и полями", "медленно движется на юг", "остаётся над долиной",
                    "уходит с озера", "удивляет садовников",
                ],
            },
            Theme {
                subjects: [
                    "Цена на пшеницу", "Овощной рынок", "Цена на оливки", "Рыбный рынок", "Цена на хлеб", "Торговля фруктами",
                ],
                predicates: [
                    "немного растёт", "остаётся на том же уровне", "занимает многих посетителей", "слегка снижается",
                    "волнует жителей квартала", "меняется изо дня в день",
                ],
            },
            Theme {
                subjects: [
                    "Скорый поезд", "Пригородный поезд", "Ночной поезд", "Новый трамвай", "Товарный поезд", "Старая железная дорога",
                ],
                predicates: [
                    "прибывает на большой вокзал", "отходит от третьей платформы", "останавливается перед мостом",
                    "пересекает реку", "везёт пассажиров на рынок", "возвращается в депо",
                ],
            },
        ],
    },
];
