//! The small words of the languages in Latin script: they decide short posts, where letter statistics do not.

/// Language, its most frequent small words. A word may stand in several lines; it then speaks for each.
pub(super) const SMALL_WORDS: &[(&str, &str)] = &[
    (
        "en",
        "the and of to in is are was were it that this with for on at by from not but have has had \
         you we they he she his her my your our their will would can could do does did be been an as \
         or if so no what when where who which there here then than just about after before into over \
         all some any more very i i'm don't it's today its one two new out up down get got",
    ),
    (
        "fr",
        "le la les un une des du de et est sont était dans sur pour pas ne que qui ce cette ces avec \
         par plus au aux il elle nous vous ils elles je tu on mais ou où donc se sa son ses leur \
         leurs mon ma mes votre notre être avoir a ont fait tout tous très bien aussi comme après \
         avant sans chez c'est j'ai qu'il n'est d'un d'une y en l d c j qu n s va vont quel quelle \
         aujourd'hui hier demain fois peu deux entre encore toujours nos vos cet",
    ),
    (
        "de",
        "der die das den dem des ein eine einen einem einer und ist sind war waren nicht mit auf für \
         von zu zum zur im in an am bei aus nach vor über unter auch aber oder wenn dass wie was wer \
         wir ihr sie er es ich du mich dich uns sich sein seine haben hat wird werden kann noch nur \
         schon sehr mehr heute hier dann kein keine als bis gestern morgen wieder immer mal zwei vom \
         beim ins habe hatte hatten wurde machen gibt man jetzt etwas alle alles doch",
    ),
    (
        "es",
        "el la los las un una unos unas y es son era fue en de del al que no se con por para su sus \
         lo le les como más pero o si ya muy este esta esto estos ese esa hay yo tú él ella nosotros \
         ellos mi tu nos me te está están ser tiene tienen todo todos también cuando donde sin sobre \
         hasta desde porque hoy ayer mañana hace va van mucho mucha muchos dos entre otra otro \
         nuestro nuestra algo así qué cómo solo han he a",
    ),
    (
        "it",
        "il lo la i gli le un uno una e è sono era di del della dei delle dello degli a al alla ai \
         alle da dal dalla in nel nella nei con per su sul sulla che chi non si ma o se come più \
         anche questo questa questi quello io tu lui lei noi voi loro mi ti ci ha hanno ho essere \
         molto tutto tutti quando dove poi così ogni dopo prima l dell nell all dall sull oggi ieri \
         domani due fare fa va abbiamo avete siamo stato stata sempre nostra nostro mio mia tra fra",
    ),
    (
        "pt",
        "o a os as um uma uns umas e é são era foi em no na nos nas de do da dos das ao aos à às que \
         não se com por para pelo pela seu sua seus suas como mais mas ou já muito este esta isto \
         esse essa há eu tu ele ela nós eles você meu minha está estão ser tem têm todo todos também \
         quando onde sem sobre até desde porque depois hoje ontem amanhã dois duas vai vão fazer faz \
         muita muitos entre outro outra nosso nossa agora só lhe me te",
    ),
    (
        "nl",
        "de het een en is zijn was waren niet met op voor van te in aan bij uit naar over onder ook \
         maar of als dat die dit deze wat wie hoe wij we jullie zij ze hij ik je jij u mij ons zich \
         hebben heeft wordt worden kan nog alleen al heel meer vandaag hier dan geen er om tot door \
         moet gaat veel altijd na gisteren morgen twee drie weer nu onze mijn jouw haar hun gaan ging \
         had hadden zou zal zullen iets niets elke",
    ),
    (
        "pl",
        "i w we z ze na do od o u a ale jest są był była było nie się to ten ta te tego tej tym co \
         kto jak gdzie kiedy że żeby dla po pod przed przez przy za bez czy lub albo ja ty on ona my \
         wy oni mnie mi ci go jej ich nas was mój moja jego już jeszcze tylko bardzo też także więc \
         być ma mają będzie dzisiaj tu tam potem wczoraj jutro dwa dwie trzy teraz zawsze nad nasz \
         nasza im swój swoje które który która oraz został",
    ),
    (
        "tr",
        "ve bir bu şu o da de ile için ama fakat veya ya ki mi mı mu mü ne nasıl neden kim nerede çok \
         daha en gibi kadar sonra önce her hiç şey var yok değil olan olarak oldu olur ben sen biz \
         siz onlar benim senin onun bizim bana sana ona şimdi bugün yarın dün artık hem çünkü eğer \
         bütün tüm biraz iki üç saat gün yeni son ilk yine etti etmek yapmak bunu onu buna herkes \
         neyse lütfen",
    ),
];

/// Letters that one of these languages has and the others have not.
pub(super) const OWN_LETTERS: &[(&str, &str)] =
    &[("de", "ß"), ("es", "ñ¿¡"), ("pt", "ãõ"), ("pl", "ąęłśźż"), ("tr", "ışğ")];
