//! Words that tell together: a sentence that holds one of each group says what the row says.
//!
//! Hosts word their notices freely ("the page you were looking for does not exist"), so whole patterns alone
//! (`phrase_table`) meet few of them. Written in folded form, stems where the language inflects.
// tidy: quotes others (what services show).

use super::PhraseKind::{self, AccountGone, Age, Geo, Gone, Login, RemovedByAuthor, RemovedByPlatform};

/// Kind, language (BCP 47), groups.
#[rustfmt::skip]
pub(super) const GROUPS: &[(PhraseKind, &str, &[&[&str]])] = &[
    (RemovedByPlatform, "en", &[
        &["remov", "taken down", "banned", "blocked", "deleted", "disabled", "hidden", "can't be displayed", "cannot be displayed"],
        &["violat", "breaking our", "breaks our", "broke our", "breach of", "against our", "our rules", "our polic", "community guidelines",
          "community standards", "terms of service", "terms of use", "by the moderator", "by moderator", "by our staff", "by an administrator", "by the administrator"],
    ]),
    (RemovedByAuthor, "en", &[
        &["remov", "deleted", "taken down", "withdrawn"],
        &["by the author", "by its author", "by its owner", "by the owner", "by the poster", "by the creator", "by the person who", "by the user",
          "by its creator", "by the account owner", "by the uploader", "by the channel owner"],
    ]),
    (AccountGone, "en", &[
        &["account", "user", "profile", "channel", "member", "nobody", "no one"],
        &["suspended", "terminated", "deactivated", "been deleted", "been closed", "no longer exist", "doesn't exist", "does not exist", "not found",
          "couldn't be found", "could not be found", "can't be found", "goes by that name", "been banned", "no such", "permanently closed"],
    ]),
    (AccountGone, "en", &[&["no such account", "no such user", "no such channel", "no such profile"]]),
    (Geo, "en", &[
        &["country", "your region", "your location", "where you are", "your area", "your territory"],
        &["not available", "unavailable", "isn't available", "aren't available", "blocked", "restricted", "can't be viewed", "cannot be viewed", "no access", "not accessible"],
    ]),
    (Gone, "en", &[
        &["page", "post", "video", "content", "file", "item", "link", "photo", "image", "thread", "article", "document", "message", "status", "paste"],
        &["not found", "doesn't exist", "does not exist", "no longer exist", "never existed", "can't be found", "cannot be found", "couldn't be found",
          "could not be found", "not available", "isn't available", "unavailable", "no longer available", "has expired", "is gone", "been deleted", "been removed"],
    ]),
    (Login, "en", &[
        &["log in", "login", "sign in", "logged in", "signed in", "create an account"],
        &["must", "need", "please", "required", "to continue", "to view", "to see", "to watch", "granted access", "requires", "or sign up"],
    ]),
    (Login, "en", &[&["unable to view this", "limits who can view", "limits who can see", "account is private", "video is private", "private video", "posts are protected", "is protected", "friends only"]]),
    (Age, "en", &[&["18 years", "18+", "over 18", "at least 18", "of legal age", "verify your age", "adult content", "inappropriate for some users"]]),
    (PhraseKind::Challenge, "en", &[&["just a moment", "enable javascript and cookies", "prove you are human", "confirm you are human", "not a bot", "automated requests", "has been rate limited", "try again later, too many"]]),

    (RemovedByPlatform, "fr", &[
        &["supprim", "retir", "bloqu", "banni", "désactivé"],
        &["violation", "enfreint", "enfreign", "non-respect", "contraire", "nos règles", "nos conditions", "modérat", "conditions d'utilisation", "charte"],
    ]),
    (RemovedByAuthor, "fr", &[&["supprim", "retir", "effac"], &["son auteur", "l'auteur", "son propriétaire", "le propriétaire", "l'utilisateur", "par la personne"]]),
    (AccountGone, "fr", &[&["compte", "utilisateur", "profil", "chaîne"], &["suspendu", "fermé", "n'existe", "introuvable", "clôturé", "désactivé", "été supprimé", "banni"]]),
    (Geo, "fr", &[&["pays", "votre région", "territoire"], &["pas disponible", "indisponible", "pas accessible", "inaccessible", "bloqué", "restreint"]]),
    (Gone, "fr", &[
        &["page", "contenu", "publication", "vidéo", "fichier", "message", "lien", "photo", "article", "document"],
        &["introuvable", "n'existe", "pas disponible", "plus disponible", "indisponible", "pas été trouvé", "été supprimé", "été retiré", "a expiré", "plus accessible"],
    ]),
    (Login, "fr", &[&["connecte", "identifie", "connexion"], &["devez", "dois", "veuillez", "pour voir", "pour continuer", "pour accéder", "requise"]]),
    (Age, "fr", &[&["18 ans", "majeur", "votre âge"]]),

    (RemovedByPlatform, "de", &[
        &["entfernt", "gelöscht", "gesperrt", "blockiert", "ausgeblendet"],
        &["verstoß", "verstöß", "verstieß", "verletzt", "unsere regeln", "unsere richtlinien", "nutzungsbedingungen", "gemeinschaftsstandards", "moderator", "moderation", "administrator"],
    ]),
    (RemovedByAuthor, "de", &[&["entfernt", "gelöscht", "zurückgezogen"], &["vom autor", "von der autorin", "vom verfasser", "vom ersteller", "vom nutzer", "vom benutzer", "vom besitzer", "vom eigentümer", "von der person"]]),
    (AccountGone, "de", &[&["konto", "account", "nutzer", "benutzer", "profil", "kanal"], &["gesperrt", "gelöscht", "geschlossen", "existiert nicht", "gibt es nicht", "nicht gefunden", "nicht verfügbar", "deaktiviert", "stillgelegt"]]),
    (Geo, "de", &[&["land", "region", "standort"], &["nicht verfügbar", "gesperrt", "nicht zugänglich", "nicht abrufbar", "blockiert"]]),
    (Gone, "de", &[
        &["seite", "inhalt", "beitrag", "video", "datei", "link", "foto", "bild", "artikel", "nachricht", "dokument"],
        &["nicht gefunden", "gibt es nicht", "gibt es leider nicht", "existiert nicht", "existiert leider nicht", "nicht verfügbar", "nicht mehr", "nicht auffindbar", "abgelaufen", "wurde gelöscht", "wurde entfernt"],
    ]),
    (Login, "de", &[&["anmeld", "einlogg", "melde dich", "melden sie sich", "eingeloggt", "angemeldet"], &["muss", "müssen", "bitte", "um ", "erforderlich"]]),
    (Age, "de", &[&["18 jahre", "volljährig", "ab 18"]]),

    (RemovedByPlatform, "es", &[
        &["eliminad", "retirad", "bloquead", "suprimid", "borrad"],
        &["infring", "incumpl", "violar", "violación", "viola ", "nuestras normas", "nuestras reglas", "nuestras políticas", "condiciones de uso", "términos", "moderador", "administrador"],
    ]),
    (RemovedByAuthor, "es", &[&["eliminad", "retirad", "borrad"], &["su autor", "el autor", "la autora", "el usuario", "el propietario", "su propietario", "la persona que"]]),
    (AccountGone, "es", &[&["cuenta", "usuario", "perfil", "canal"], &["suspendid", "cerrad", "no existe", "ya no existe", "no encontrad", "cancelad", "desactivad", "sido eliminad", "no se encontró"]]),
    (Geo, "es", &[&["país", "región", "ubicación", "territorio"], &["no está disponible", "no disponible", "bloquead", "restringid", "no se puede ver"]]),
    (Gone, "es", &[
        &["página", "contenido", "publicación", "video", "vídeo", "archivo", "enlace", "foto", "mensaje", "artículo"],
        &["no existe", "ya no existe", "no encontrad", "no disponible", "no está disponible", "ya no está", "no se encuentra", "no se encontró", "ha caducado", "sido eliminad", "fue eliminad"],
    ]),
    (Login, "es", &[&["iniciar sesión", "inicia sesión", "inicie sesión", "conéctate", "regístrate"], &["debe", "tiene", "para ", "por favor", "necesit"]]),
    (Age, "es", &[&["18 años", "mayor de edad", "mayores de edad", "tu edad", "su edad"]]),

    (RemovedByPlatform, "ar", &[&["ازال", "حذف", "حظر", "ازيل"], &["انتهاك", "مخالف", "ينتهك", "تنتهك", "قواعد", "شروط", "معايير", "المشرف", "الادارة"]]),
    (RemovedByAuthor, "ar", &[&["ازال", "حذف"], &["صاحبه", "صاحبها", "صاحب ", "الناشر", "ناشره", "المؤلف", "الكاتب", "كاتبه", "المستخدم"]]),
    (AccountGone, "ar", &[&["الحساب", "المستخدم", "القناة", "الملف الشخصي"], &["موقوف", "معلق", "تعليق", "غير موجود", "تم حذف", "محظور", "اغلاق", "ايقاف", "لم يعد موجود"]]),
    (Geo, "ar", &[&["بلدك", "منطقتك", "دولتك", "بلادك"], &["غير متاح", "غير متوفر", "محجوب", "محظور", "لا يمكن"]]),
    (Gone, "ar", &[&["الصفحة", "صفحة", "المحتوى", "المنشور", "الفيديو", "الملف", "الرابط", "الصورة", "المقال"], &["غير موجود", "غير متاح", "غير متوفر", "لم يعد", "لم تعد", "لا وجود", "لا يوجد", "لا توجد", "لم يتم العثور", "تعذر العثور"]]),
    (Login, "ar", &[&["تسجيل الدخول", "سجل الدخول", "سجل دخولك"], &["يجب", "يرجى", "الرجاء", "يلزم", "لعرض", "لمشاهدة", "للمتابعة"]]),
    (Age, "ar", &[&["18 عام", "18 سنة", "عمرك"]]),

    (RemovedByPlatform, "ru", &[&["удал", "заблокирован", "скрыт", "снят"], &["нарушен", "нарушает", "нарушил", "правил", "модератор", "администрац", "условий использования"]]),
    (RemovedByAuthor, "ru", &[&["удал", "скрыт"], &["автором", "автор ", "владельц", "пользователем", "создател"]]),
    (AccountGone, "ru", &[&["аккаунт", "учетная запись", "учётная запись", "пользовател", "профил", "канал"], &["заблокирован", "удалён", "удален", "не существует", "не найден", "приостановлен", "закрыт", "недоступ"]]),
    (Geo, "ru", &[&["стране", "регион", "территории"], &["недоступ", "не доступ", "заблокирован", "ограничен"]]),
    (Gone, "ru", &[
        &["страниц", "контент", "содержимое", "запис", "видео", "файл", "ссылк", "фото", "сообщени", "материал", "стать", "публикаци"],
        &["не найден", "не существует", "недоступ", "больше нет", "больше не", "нет на сервере", "удален", "удалён", "отсутствует", "устарела", "никогда не существовал"],
    ]),
    (Login, "ru", &[&["войти", "войдите", "авториз", "вход"], &["нужно", "необходимо", "чтобы", "пожалуйста", "требуется", "надо"]]),
    (Age, "ru", &[&["18 лет", "совершеннолетн", "ваш возраст"]]),

    (RemovedByPlatform, "el", &[&["αφαιρ", "διαγρ", "αποκλ", "κατέβ"], &["παραβ", "κανόν", "όρουσ", "όρων", "κατευθυντήρι", "οδηγίεσ", "συντονιστ", "διαχειριστ", "πολιτική"]]),
    (RemovedByAuthor, "el", &[&["αφαιρ", "διαγρ"], &["συντάκτη", "δημιουργό", "χρήστη", "κάτοχο", "συγγραφέα", "ιδιοκτήτη"]]),
    (AccountGone, "el", &[&["λογαριασμό", "χρήστη", "προφίλ", "κανάλι"], &["ανασταλ", "ανεστάλη", "δεν υπάρχει", "διαγραφ", "διαγράφ", "δεν βρέθηκε", "έκλεισε", "απενεργοποι", "τερματ"]]),
    (Geo, "el", &[&["χώρα", "περιοχή"], &["δεν είναι διαθέσιμ", "μη διαθέσιμ", "δεν διατίθεται", "αποκλε", "δεν επιτρέπεται"]]),
    (Gone, "el", &[&["σελίδα", "περιεχόμενο", "ανάρτηση", "δημοσίευση", "βίντεο", "αρχείο", "σύνδεσμο", "φωτογραφία", "άρθρο", "μήνυμα"], &["δεν υπάρχει", "δεν βρέθηκε", "δεν είναι διαθέσιμ", "δεν είναι πλέον", "δεν είναι πια", "μη διαθέσιμ", "έχει διαγραφεί", "έχει αφαιρεθεί", "έχει λήξει"]]),
    (Login, "el", &[&["συνδεθ", "σύνδεση", "συνδέσου"], &["πρέπει", "παρακαλ", "για να", "απαιτείται"]]),
    (Age, "el", &[&["18 ετών", "ενήλικ", "ηλικία σασ", "ηλικία σου"]]),

    (RemovedByPlatform, "pl", &[&["usuni", "zablokowan", "ukryt", "skasowan"], &["narusz", "złama", "regulamin", "zasad", "moderator", "administrator", "standardów społeczności"]]),
    (RemovedByAuthor, "pl", &[&["usuni", "skasowan"], &["przez autora", "przez autorkę", "przez użytkownika", "przez właściciela", "przez twórcę", "przez osobę"]]),
    (AccountGone, "pl", &[&["konto", "użytkownik", "profil", "kanał"], &["zawieszon", "zablokowan", "nie istnieje", "usunięt", "nie znaleziono", "zamknięt", "niedostępn", "dezaktywowan"]]),
    (Geo, "pl", &[&["kraju", "regionie", "lokalizacji"], &["niedostępn", "nie jest dostępn", "zablokowan", "ograniczon"]]),
    (Gone, "pl", &[
        &["stron", "treść", "treści", "zawartość", "wpis", "post", "film", "wideo", "plik", "link", "zdjęci", "artykuł", "wiadomoś"],
        &["nie istnieje", "nie znalezion", "nie została znalezion", "nie został znalezion", "niedostępn", "nie jest dostępn", "nie jest już", "usunięt", "wygasł", "nie ma"],
    ]),
    (Login, "pl", &[&["zaloguj", "zalogow", "logowani"], &["musisz", "proszę", "aby", "żeby", "wymaga"]]),
    (Age, "pl", &[&["18 lat", "pełnoletn", "swój wiek"]]),

    (RemovedByPlatform, "pt", &[
        &["removid", "retirad", "bloquead", "eliminad", "excluíd", "apagad", "ocultad"],
        &["violar", "violação", "viola ", "violou", "infring", "nossas regras", "nossos termos", "nossas diretrizes", "diretrizes da comunidade", "termos de", "moderador", "moderação", "administrador"],
    ]),
    (RemovedByAuthor, "pt", &[&["removid", "retirad", "eliminad", "excluíd", "apagad"], &["pelo autor", "pela autora", "pelo usuário", "pelo utilizador", "pelo proprietário", "pelo dono", "pelo criador", "pela pessoa"]]),
    (AccountGone, "pt", &[&["conta", "utilizador", "usuário", "perfil", "canal"], &["suspens", "encerrad", "não existe", "não encontrad", "desativad", "foi removid", "foi eliminad", "foi excluíd", "banid"]]),
    (Geo, "pt", &[&["país", "região", "localização"], &["não está disponível", "indisponível", "não disponível", "bloquead", "restrit"]]),
    (Gone, "pt", &[
        &["página", "conteúdo", "publicação", "post", "vídeo", "ficheiro", "arquivo", "link", "foto", "mensagem", "artigo"],
        &["não existe", "não foi encontrad", "não encontrad", "não está disponível", "não está mais", "já não", "indisponível", "foi removid", "foi apagad", "foi excluíd", "expirou"],
    ]),
    (Login, "pt", &[&["iniciar sessão", "inicie sessão", "inicia sessão", "login", "entrar", "conecte-se"], &["precisa", "deve", "tem de", "para ", "por favor", "necessário"]]),
    (Age, "pt", &[&["18 anos", "maior de idade", "maiores de idade", "sua idade"]]),

    (RemovedByPlatform, "nl", &[
        &["verwijderd", "geblokkeerd", "verborgen", "offline gehaald"],
        &["schend", "overtred", "in strijd", "onze regels", "onze richtlijnen", "onze voorwaarden", "gebruiksvoorwaarden", "huisregels", "moderator", "moderatie", "beheerder"],
    ]),
    (RemovedByAuthor, "nl", &[&["verwijderd", "ingetrokken", "gewist"], &["door de auteur", "door de maker", "door de gebruiker", "door de eigenaar", "door de plaatser", "door degene", "door de persoon"]]),
    (AccountGone, "nl", &[&["account", "gebruiker", "profiel", "kanaal"], &["opgeschort", "geschorst", "gesloten", "bestaat niet", "verwijderd", "niet gevonden", "geblokkeerd", "opgeheven", "niet beschikbaar"]]),
    (Geo, "nl", &[&["land", "regio", "locatie"], &["niet beschikbaar", "geblokkeerd", "geen toegang", "niet toegankelijk", "niet te bekijken"]]),
    (Gone, "nl", &[
        &["pagina", "inhoud", "bericht", "video", "bestand", "link", "foto", "artikel", "document"],
        &["niet gevonden", "bestaat niet", "bestaat helaas niet", "niet beschikbaar", "niet meer", "niet langer", "is verwijderd", "verlopen", "onvindbaar"],
    ]),
    (Login, "nl", &[&["inlogg", "log in", "meld je aan", "meld u aan", "ingelogd", "aanmelden"], &["moet", "om ", "alstublieft", "gelieve", "nodig", "vereist"]]),
    (Age, "nl", &[&["18 jaar", "meerderjarig", "leeftijd"]]),
];
