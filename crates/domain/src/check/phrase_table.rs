//! The table of [`super::phrases`]: what it tells, language, patterns in folded form.
//!
//! A new language is a row for each kind; a new pattern is whole enough not to occur in ordinary posts.
// tidy: quotes others (what services show).

use super::PhraseKind::{
    self, AccountGone, Age, Challenge, Geo, Gone, Login, RemovedByAuthor, RemovedByPlatform,
};

/// Kind, language (BCP 47), patterns.
#[rustfmt::skip]
pub(super) const TABLE: &[(PhraseKind, &str, &[&str])] = &[
    (RemovedByPlatform, "en", &[
        "removed for violating", "removed because it violat", "removed due to a violation", "violates our terms",
        "violated our terms", "violating our terms", "violated our community", "violates our community",
        "violating our community", "removed by a moderator", "removed by moderators", "removed by our moderation",
        "removed by the platform", "removed by our team", "was taken down by our", "we removed this",
        "we've removed this", "we have removed this", "removed in response to a legal",
        "removed following a removal order",
    ]),
    (RemovedByPlatform, "fr", &[
        "supprimé pour non-respect", "supprimée pour non-respect", "supprimé pour violation",
        "supprimée pour violation", "supprimé car il enfreint", "supprimée car elle enfreint", "enfreint nos règles",
        "enfreint nos conditions", "contraire à nos règles", "supprimé par un modérateur",
        "supprimée par un modérateur", "retiré par la modération", "supprimé par la modération",
        "supprimée par la modération", "nous avons supprimé", "nous avons retiré", "retirée par notre équipe",
        "retiré par notre équipe",
    ]),
    (RemovedByPlatform, "de", &[
        "wegen verstoßes gegen", "wegen eines verstoßes gegen", "verstößt gegen unsere",
        "gegen unsere richtlinien verst", "gegen unsere nutzungsbedingungen verst", "von der moderation entfernt",
        "von einem moderator entfernt", "von unserem team entfernt", "wir haben diesen beitrag entfernt",
        "wir haben dieses video entfernt", "wir haben diesen inhalt entfernt",
    ]),
    (RemovedByPlatform, "es", &[
        "eliminado por infringir", "eliminada por infringir", "eliminado por incumplir", "eliminada por incumplir",
        "eliminado por violar", "eliminada por violar", "infringe nuestras", "incumple nuestras",
        "infringía nuestras", "eliminado por un moderador", "eliminada por un moderador",
        "retirado por nuestro equipo", "hemos eliminado est", "hemos retirado est",
    ]),
    (RemovedByPlatform, "ar", &[
        "تمت ازالته لانتهاك", "تمت ازالة هذا المحتوى لانتهاك", "ازالة هذا الفيديو لانتهاك",
        "ازالة هذا المنشور لانتهاك", "بسبب انتهاك", "لمخالفته شروط", "لمخالفته معايير", "ينتهك شروط", "ينتهك معايير",
        "ازاله المشرف", "من قبل المشرف", "لقد ازلنا هذا", "قمنا بازالة هذا",
    ]),
    (RemovedByPlatform, "ru", &[
        "удалено за нарушение", "удалён за нарушение", "удален за нарушение", "удалена за нарушение",
        "удалено из-за нарушения", "удалён из-за нарушения", "нарушает наши правила", "нарушает правила сообщества",
        "удалено модератором", "удалён модератором", "удален модератором", "удалена модератором", "мы удалили эт",
        "заблокировано администрацией",
    ]),
    (RemovedByPlatform, "el", &[
        "αφαιρέθηκε λόγω παραβίασησ", "αφαιρέθηκε επειδή παραβιάζει", "διαγράφηκε λόγω παραβίασησ",
        "παραβιάζει τουσ όρουσ", "παραβιάζει τουσ κανόνεσ", "παραβιάζει τισ οδηγίεσ", "αφαιρέθηκε από συντονιστή",
        "αφαιρέθηκε από την ομάδα μασ", "έχουμε αφαιρέσει αυτ", "αφαιρέσαμε αυτ",
    ]),
    (RemovedByPlatform, "pl", &[
        "usunięty za naruszenie", "usunięta za naruszenie", "usunięto za naruszenie", "usunięte za naruszenie",
        "z powodu naruszenia", "narusza nasz regulamin", "narusza nasze zasady", "narusza zasady społeczności",
        "usunięty przez moderator", "usunięta przez moderator", "usunięte przez moderator", "usunęliśmy t",
    ]),
    (RemovedByPlatform, "pt", &[
        "removido por violar", "removida por violar", "removido por violação", "removida por violação",
        "viola os nossos termos", "viola nossos termos", "viola as nossas diretrizes", "viola nossas diretrizes",
        "viola as nossas regras", "removido por um moderador", "removida por um moderador",
        "removido pela moderação", "removida pela moderação", "removemos est",
    ]),
    (RemovedByPlatform, "nl", &[
        "verwijderd wegens schending", "verwijderd wegens overtreding", "verwijderd omdat het in strijd",
        "verwijderd omdat deze in strijd", "schendt onze", "in strijd met onze", "verwijderd door een moderator",
        "verwijderd door de moderat", "verwijderd door ons team", "we hebben dit bericht verwijderd",
        "we hebben deze video verwijderd", "we hebben deze inhoud verwijderd",
    ]),
    (RemovedByAuthor, "en", &[
        "removed by the author", "deleted by the author", "deleted by its author", "removed by the uploader",
        "removed by the user", "deleted by the user", "deleted by the owner", "removed by the owner",
        "removed by the original poster", "deleted by the post author", "deleted by the poster",
    ]),
    (RemovedByAuthor, "fr", &[
        "supprimé par son auteur", "supprimée par son auteur", "supprimé par l'auteur", "supprimée par l'auteur",
        "retirée par l'auteur", "retiré par l'auteur", "supprimée par l'utilisateur", "supprimé par l'utilisateur",
        "supprimée par la personne qui l'a mise en ligne",
    ]),
    (RemovedByAuthor, "de", &[
        "vom verfasser gelöscht", "vom verfasser entfernt", "vom autor gelöscht", "vom autor entfernt",
        "vom nutzer gelöscht", "vom nutzer entfernt", "vom uploader entfernt", "vom besitzer gelöscht",
    ]),
    (RemovedByAuthor, "es", &[
        "eliminado por su autor", "eliminada por su autor", "eliminado por el autor", "eliminada por el autor",
        "eliminado por el usuario", "eliminada por el usuario", "borrado por su autor", "borrada por su autor",
    ]),
    (RemovedByAuthor, "ar", &[
        "حذفه صاحبه", "حذفها صاحبها", "حذفه الناشر", "حذفه المستخدم", "من قبل صاحبه", "من قبل الناشر",
        "من قبل المستخدم", "من قبل صاحب المنشور",
    ]),
    (RemovedByAuthor, "ru", &[
        "удалено автором", "удалён автором", "удален автором", "удалена автором", "удалено пользователем",
        "удалён пользователем", "удалено владельцем", "автор удалил",
    ]),
    (RemovedByAuthor, "el", &[
        "διαγράφηκε από τον συντάκτη", "αφαιρέθηκε από τον συντάκτη", "διαγράφηκε από τον χρήστη",
        "αφαιρέθηκε από τον χρήστη", "αφαιρέθηκε από τον δημιουργό", "διαγράφηκε από τον δημιουργό",
    ]),
    (RemovedByAuthor, "pl", &[
        "usunięty przez autora", "usunięta przez autora", "usunięte przez autora", "usunięty przez użytkownika",
        "usunięta przez użytkownika", "usunięte przez użytkownika", "autor usunął",
    ]),
    (RemovedByAuthor, "pt", &[
        "removido pelo autor", "removida pelo autor", "apagado pelo autor", "apagada pelo autor",
        "excluído pelo autor", "excluída pelo autor", "removido pelo utilizador", "removido pelo usuário",
        "excluída pelo usuário",
    ]),
    (RemovedByAuthor, "nl", &[
        "verwijderd door de auteur", "verwijderd door de maker", "verwijderd door de gebruiker",
        "door de auteur verwijderd", "verwijderd door de uploader",
    ]),
    (AccountGone, "en", &[
        "account has been suspended", "account is suspended", "account suspended", "account has been terminated",
        "account has been disabled", "account no longer exists", "account doesn't exist", "account does not exist",
        "user not found", "profile isn't available", "profile is not available", "channel has been terminated",
        "channel does not exist", "channel doesn't exist", "account has been deleted", "this user has been banned",
    ]),
    (AccountGone, "fr", &[
        "compte a été suspendu", "compte suspendu", "compte a été supprimé", "compte n'existe plus",
        "compte n'existe pas", "utilisateur introuvable", "profil n'est pas disponible", "profil introuvable",
        "chaîne n'existe plus", "compte a été désactivé", "chaîne a été fermée",
    ]),
    (AccountGone, "de", &[
        "konto wurde gesperrt", "konto ist gesperrt", "konto wurde gelöscht", "konto existiert nicht",
        "nutzer nicht gefunden", "benutzer nicht gefunden", "profil ist nicht verfügbar", "kanal existiert nicht",
        "kanal wurde gekündigt", "kanal wurde gesperrt", "account wurde gesperrt",
    ]),
    (AccountGone, "es", &[
        "cuenta ha sido suspendida", "cuenta suspendida", "cuenta ha sido eliminada", "cuenta no existe",
        "cuenta ya no existe", "usuario no encontrado", "perfil no está disponible", "canal no existe",
        "canal ha sido cancelado", "cuenta fue suspendida",
    ]),
    (AccountGone, "ar", &[
        "تم تعليق الحساب", "تم تعليق هذا الحساب", "الحساب معلق", "تم حذف الحساب", "تم حذف هذا الحساب",
        "هذا الحساب غير موجود", "الحساب غير موجود", "المستخدم غير موجود", "تم اغلاق القناة", "القناة غير موجودة",
        "تم ايقاف هذا الحساب",
    ]),
    (AccountGone, "ru", &[
        "аккаунт заблокирован", "учетная запись заблокирована", "учётная запись заблокирована", "аккаунт удалён",
        "аккаунт удален", "пользователь не найден", "профиль недоступен", "канал не существует",
        "канал заблокирован", "страница пользователя удалена", "аккаунт не существует",
    ]),
    (AccountGone, "el", &[
        "λογαριασμόσ έχει ανασταλεί", "λογαριασμόσ ανεστάλη", "λογαριασμόσ δεν υπάρχει", "λογαριασμόσ διαγράφηκε",
        "χρήστησ δεν βρέθηκε", "προφίλ δεν είναι διαθέσιμο", "κανάλι δεν υπάρχει", "λογαριασμόσ έχει διαγραφεί",
    ]),
    (AccountGone, "pl", &[
        "konto zostało zawieszone", "konto zawieszone", "konto zostało usunięte", "konto nie istnieje",
        "nie znaleziono użytkownika", "profil jest niedostępny", "kanał nie istnieje", "kanał został zamknięty",
        "konto zostało zablokowane",
    ]),
    (AccountGone, "pt", &[
        "conta foi suspensa", "conta suspensa", "conta foi removida", "conta não existe", "conta foi eliminada",
        "utilizador não encontrado", "usuário não encontrado", "perfil não está disponível", "canal não existe",
        "canal foi encerrado", "conta foi excluída",
    ]),
    (AccountGone, "nl", &[
        "account is opgeschort", "account opgeschort", "account is geschorst", "account bestaat niet",
        "account is verwijderd", "gebruiker niet gevonden", "profiel is niet beschikbaar", "kanaal bestaat niet",
        "kanaal is beëindigd", "account is geblokkeerd",
    ]),
    (Geo, "en", &[
        "not available in your country", "unavailable in your country", "isn't available in your country",
        "not available in your region", "isn't available in your region", "unavailable in your region",
        "not available in your location", "withheld in", "blocked in your country", "restricted in your country",
    ]),
    (Geo, "fr", &[
        "pas disponible dans votre pays", "indisponible dans votre pays", "pas accessible depuis votre pays",
        "pas disponible dans votre région", "bloqué dans votre pays", "bloquée dans votre pays",
    ]),
    (Geo, "de", &[
        "in deinem land nicht verfügbar", "in ihrem land nicht verfügbar", "in deiner region nicht verfügbar",
        "in ihrer region nicht verfügbar", "in ihrem land gesperrt", "in deinem land gesperrt",
    ]),
    (Geo, "es", &[
        "no está disponible en tu país", "no está disponible en su país", "no disponible en tu país",
        "no está disponible en tu región", "bloqueado en tu país", "bloqueado en su país",
    ]),
    (Geo, "ar", &[
        "غير متاح في بلدك", "غير متوفر في بلدك", "غير متاحة في بلدك", "محجوب في بلدك", "غير متاح في منطقتك",
    ]),
    (Geo, "ru", &[
        "недоступно в вашей стране", "недоступен в вашей стране", "недоступна в вашей стране",
        "заблокировано в вашей стране", "недоступно в вашем регионе", "не доступно в вашей стране",
    ]),
    (Geo, "el", &[
        "δεν είναι διαθέσιμο στη χώρα σασ", "δεν είναι διαθέσιμο στη χώρα σου", "μη διαθέσιμο στη χώρα σασ",
        "δεν διατίθεται στη χώρα σασ", "δεν είναι διαθέσιμο στην περιοχή σασ",
    ]),
    (Geo, "pl", &[
        "niedostępny w twoim kraju", "niedostępna w twoim kraju", "niedostępne w twoim kraju",
        "niedostępny w państwa kraju", "niedostępne w twoim regionie", "zablokowana w twoim kraju",
        "zablokowany w twoim kraju",
    ]),
    (Geo, "pt", &[
        "não está disponível no seu país", "não está disponível no teu país", "indisponível no seu país",
        "não está disponível em seu país", "não está disponível na sua região", "bloqueado no seu país",
    ]),
    (Geo, "nl", &[
        "niet beschikbaar in jouw land", "niet beschikbaar in uw land", "niet beschikbaar in je land",
        "niet beschikbaar in jouw regio", "geblokkeerd in jouw land", "geblokkeerd in uw land",
    ]),
    (Gone, "en", &[
        "page not found", "page isn't available", "page is not available", "page could not be found",
        "page doesn't exist", "page does not exist", "no longer available", "content isn't available",
        "content is not available", "content is unavailable", "post is unavailable", "post not found",
        "post isn't available", "post does not exist", "video unavailable", "video isn't available",
        "video not found", "file not found", "has been removed", "has been deleted", "was deleted",
        "may have been removed", "link you followed may be broken", "couldn't find", "could not find",
        "nothing here", "404 not found", "404 error", "error 404", "this item is gone", "paste not found",
    ]),
    (Gone, "fr", &[
        "page introuvable", "page n'existe pas", "page n'existe plus", "page n'est pas disponible",
        "n'est plus disponible", "contenu n'est pas disponible", "contenu indisponible", "publication introuvable",
        "vidéo indisponible", "vidéo introuvable", "fichier introuvable", "a été supprimé", "a été retiré",
        "erreur 404", "n'avons pas trouvé",
    ]),
    (Gone, "de", &[
        "seite nicht gefunden", "seite wurde nicht gefunden", "seite existiert nicht", "seite ist nicht verfügbar",
        "nicht mehr verfügbar", "inhalt ist nicht verfügbar", "inhalt nicht verfügbar", "beitrag nicht gefunden",
        "beitrag wurde gelöscht", "video nicht verfügbar", "datei nicht gefunden", "wurde gelöscht",
        "wurde entfernt", "fehler 404", "konnten wir nicht finden", "existiert nicht mehr",
    ]),
    (Gone, "es", &[
        "página no encontrada", "página no existe", "página no está disponible", "ya no está disponible",
        "contenido no está disponible", "contenido no disponible", "publicación no encontrada",
        "vídeo no disponible", "video no disponible", "archivo no encontrado", "ha sido eliminad", "fue eliminad",
        "error 404", "no se ha encontrado", "no se encontró", "no hemos encontrado",
    ]),
    (Gone, "ar", &[
        "الصفحة غير موجودة", "لم يتم العثور على الصفحة", "لم يتم العثور", "هذه الصفحة غير متاحة", "لم يعد متاحا",
        "لم تعد متاحة", "المحتوى غير متاح", "المنشور غير متاح", "الفيديو غير متاح", "تم حذف هذا", "تمت ازالة هذا",
        "تم حذف المنشور", "الملف غير موجود", "خطا 404",
    ]),
    (Gone, "ru", &[
        "страница не найдена", "страница не существует", "страница недоступна", "больше не доступ",
        "больше недоступ", "контент недоступен", "запись не найдена", "запись удалена", "видео недоступно",
        "файл не найден", "было удалено", "была удалена", "был удалён", "был удален", "ошибка 404",
        "не удалось найти",
    ]),
    (Gone, "el", &[
        "η σελίδα δεν βρέθηκε", "σελίδα δεν υπάρχει", "σελίδα δεν είναι διαθέσιμη", "δεν είναι πλέον διαθέσιμ",
        "περιεχόμενο δεν είναι διαθέσιμο", "δημοσίευση δεν βρέθηκε", "βίντεο δεν είναι διαθέσιμο",
        "αρχείο δεν βρέθηκε", "έχει διαγραφεί", "έχει αφαιρεθεί", "σφάλμα 404", "δεν μπορέσαμε να βρούμε",
    ]),
    (Gone, "pl", &[
        "nie znaleziono strony", "strona nie istnieje", "strona nie została znaleziona", "strona jest niedostępna",
        "już niedostępn", "nie jest już dostępn", "treść jest niedostępna", "treść niedostępna",
        "nie znaleziono wpisu", "film niedostępny", "film jest niedostępny", "nie znaleziono pliku",
        "został usunięty", "została usunięta", "zostało usunięte", "błąd 404",
    ]),
    (Gone, "pt", &[
        "página não encontrada", "página não existe", "página não está disponível", "já não está disponível",
        "não está mais disponível", "conteúdo não está disponível", "conteúdo indisponível",
        "publicação não encontrada", "vídeo indisponível", "ficheiro não encontrado", "arquivo não encontrado",
        "foi removid", "foi apagad", "foi excluíd", "foi eliminad", "erro 404", "não encontrámos", "não encontramos",
    ]),
    (Gone, "nl", &[
        "pagina niet gevonden", "pagina bestaat niet", "pagina is niet beschikbaar", "niet meer beschikbaar",
        "niet langer beschikbaar", "inhoud is niet beschikbaar", "bericht niet gevonden",
        "video is niet beschikbaar", "video niet beschikbaar", "bestand niet gevonden", "is verwijderd",
        "werd verwijderd", "fout 404", "konden we niet vinden", "bestaat niet meer",
    ]),
    (Login, "en", &[
        "log in to continue", "login to continue", "sign in to continue", "log in to view", "sign in to view",
        "log in to see", "sign in to see", "you must log in", "you must be logged in", "you need to log in",
        "you must sign in", "please log in", "please sign in", "log in or sign up to", "members only",
    ]),
    (Login, "fr", &[
        "connectez-vous pour", "vous devez vous connecter", "vous devez être connecté", "veuillez vous connecter",
        "connecte-toi pour", "identifiez-vous pour", "réservé aux membres",
    ]),
    (Login, "de", &[
        "melde dich an, um", "melden sie sich an, um", "bitte melde dich an", "bitte melden sie sich an",
        "anmelden, um fortzufahren", "du musst angemeldet sein", "sie müssen angemeldet sein", "bitte einloggen",
        "nur für mitglieder", "sie müssen sich anmelden", "du musst dich anmelden",
    ]),
    (Login, "es", &[
        "inicia sesión para", "inicie sesión para", "debes iniciar sesión", "debe iniciar sesión",
        "tienes que iniciar sesión", "por favor, inicia sesión", "solo para miembros",
    ]),
    (Login, "ar", &[
        "سجل الدخول ل", "سجل دخولك", "يجب تسجيل الدخول", "يرجى تسجيل الدخول", "الرجاء تسجيل الدخول",
        "يجب عليك تسجيل الدخول", "للاعضاء فقط", "قم بتسجيل الدخول",
    ]),
    (Login, "ru", &[
        "войдите, чтобы", "войдите в аккаунт", "войдите в систему", "необходимо войти", "необходимо авторизоваться",
        "пожалуйста, войдите", "авторизуйтесь, чтобы", "только для участников", "требуется авторизация",
    ]),
    (Login, "el", &[
        "συνδεθείτε για να", "συνδέσου για να", "πρέπει να συνδεθείτε", "πρέπει να συνδεθείσ", "παρακαλώ συνδεθείτε",
        "παρακαλούμε συνδεθείτε", "μόνο για μέλη",
    ]),
    (Login, "pl", &[
        "zaloguj się, aby", "zaloguj się, żeby", "musisz się zalogować", "musisz być zalogowany",
        "proszę się zalogować", "wymagane logowanie", "tylko dla członków",
    ]),
    (Login, "pt", &[
        "inicie sessão para", "inicia sessão para", "faça login para", "faça o login para", "entre para continuar",
        "precisa iniciar sessão", "tem de iniciar sessão", "precisa estar logado", "só para membros",
        "apenas para membros",
    ]),
    (Login, "nl", &[
        "log in om", "meld je aan om", "meld u aan om", "je moet inloggen", "u moet inloggen",
        "je moet ingelogd zijn", "u moet ingelogd zijn", "gelieve in te loggen", "alleen voor leden",
    ]),
    (Age, "en", &[
        "confirm your age", "verify your age", "age-restricted", "age restricted", "you must be 18",
        "are you over 18", "are you 18 or older", "only for adults", "sensitive content warning",
    ]),
    (Age, "fr", &[
        "confirmez votre âge", "vérifier votre âge", "vérifiez votre âge", "avoir 18 ans", "plus de 18 ans",
        "réservé aux adultes",
    ]),
    (Age, "de", &[
        "bestätige dein alter", "bestätigen sie ihr alter", "altersbeschränkung", "altersbeschränkt",
        "mindestens 18 jahre", "nur für erwachsene",
    ]),
    (Age, "es", &[
        "confirma tu edad", "confirme su edad", "verifica tu edad", "verifique su edad", "mayor de 18",
        "restricción de edad", "solo para adultos",
    ]),
    (Age, "ar", &[
        "تاكيد عمرك", "اكد عمرك", "التحقق من عمرك", "مقيد بالعمر", "مقيد حسب العمر", "فوق 18", "للبالغين فقط",
    ]),
    (Age, "ru", &[
        "подтвердите возраст", "подтвердите свой возраст", "подтвердите, что вам", "вам есть 18", "старше 18",
        "возрастное ограничение", "только для взрослых",
    ]),
    (Age, "el", &[
        "επιβεβαιώστε την ηλικία", "επαληθεύστε την ηλικία", "άνω των 18", "περιορισμόσ ηλικίασ",
        "μόνο για ενηλίκουσ",
    ]),
    (Age, "pl", &[
        "potwierdź swój wiek", "zweryfikuj swój wiek", "ukończone 18 lat", "ograniczenie wiekowe",
        "ograniczeniem wiekowym", "tylko dla dorosłych",
    ]),
    (Age, "pt", &[
        "confirme a sua idade", "confirme sua idade", "verifique a sua idade", "verifique sua idade", "maior de 18",
        "restrição de idade", "só para adultos",
    ]),
    (Age, "nl", &[
        "bevestig je leeftijd", "bevestig uw leeftijd", "leeftijdsbeperking", "ouder dan 18", "18 jaar of ouder",
        "alleen voor volwassenen",
    ]),
    (Challenge, "en", &[
        "verify you are human", "verify that you are human", "are you a robot", "you are not a robot",
        "you're not a robot", "unusual traffic", "too many requests", "checking your browser",
        "complete the captcha", "access denied", "security check", "rate limit exceeded",
    ]),
    (Challenge, "fr", &[
        "vous n'êtes pas un robot", "êtes-vous un robot", "vous êtes humain", "trafic inhabituel",
        "trop de requêtes", "accès refusé", "vérification de sécurité",
    ]),
    (Challenge, "de", &[
        "kein roboter", "ein mensch sind", "ein mensch bist", "ungewöhnlichen datenverkehr", "zu viele anfragen",
        "zugriff verweigert", "sicherheitsüberprüfung",
    ]),
    (Challenge, "es", &[
        "no eres un robot", "no es un robot", "eres humano", "es usted humano", "tráfico inusual",
        "demasiadas solicitudes", "acceso denegado",
    ]),
    (Challenge, "ar", &[
        "لست روبوت", "انك لست روبوتا", "انك انسان", "حركة مرور غير عادية", "طلبات كثيرة جدا", "تم رفض الوصول",
    ]),
    (Challenge, "ru", &[
        "что вы не робот", "вы не робот", "вы человек", "необычный трафик", "слишком много запросов",
        "доступ запрещён", "доступ запрещен",
    ]),
    (Challenge, "el", &[
        "δεν είστε ρομπότ", "δεν είσαι ρομπότ", "είστε άνθρωποσ", "ασυνήθιστη κίνηση", "πάρα πολλά αιτήματα",
        "δεν επιτρέπεται η πρόσβαση",
    ]),
    (Challenge, "pl", &[
        "nie jesteś robotem", "że jesteś człowiekiem", "nietypowy ruch", "zbyt wiele żądań", "odmowa dostępu",
        "brak dostępu",
    ]),
    (Challenge, "pt", &[
        "não é um robô", "não és um robô", "você é humano", "que é humano", "tráfego incomum", "demasiados pedidos",
        "muitas solicitações", "acesso negado",
    ]),
    (Challenge, "nl", &[
        "geen robot bent", "een mens bent", "ongebruikelijk verkeer", "te veel verzoeken", "toegang geweigerd",
    ]),
];
