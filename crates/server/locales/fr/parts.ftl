### The parts: kinds, answers, holds, matches, questions, letters.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: no
tag-referral = Signalement

# reviewed: no
tag-notice = Notification

# reviewed: no
tag-order = Injonction de retrait

# reviewed: no
kind-video = Vidéo

# reviewed: no
kind-image = Image

# reviewed: no
kind-text = Texte

# reviewed: no
kind-audio = Son

# reviewed: no
kind-link = Lien

# reviewed: no
kind-account = Compte

# reviewed: no
kind-channel = Canal

# reviewed: no
kind-site = Site

# reviewed: no
kind-document = Document

# reviewed: no
tco-incites = Incite

# reviewed: no
tco-solicits-commit = Sollicite une infraction

# reviewed: no
tco-solicits-participation = Sollicite la participation

# reviewed: no
tco-instruction = Donne des instructions

# reviewed: no
tco-threat = Constitue une menace

# reviewed: no
kinds-title = Type de contenu

# reviewed: no
kinds-article = TCO art. 2, point 7)

# reviewed: no
kinds-note = chaque type demande un endroit et un motif

# reviewed: no
kind-pinpoint = Endroit

# reviewed: no
kind-statement = Pourquoi c’est de ce type

# reviewed: no
danger-question = Quel danger cause-t-il ?

# reviewed: no
danger-required = requis avec Incite

# reviewed: no
offence-question = Quelle infraction ? Directive (UE) 2017/541

# reviewed: no
offence-none = choisir

# reviewed: no
offence-article = Article { $article } · { $name }

# reviewed: no
offence-3-1-a = atteinte à la vie

# reviewed: no
offence-3-1-b = atteinte à l’intégrité physique

# reviewed: no
offence-3-1-c = enlèvement, otages

# reviewed: no
offence-3-1-d = destructions massives

# reviewed: no
offence-3-1-e = capture d’aéronefs, de navires, de transports

# reviewed: no
offence-3-1-f = explosifs et armes

# reviewed: no
offence-3-1-g = substances dangereuses, incendies, inondations

# reviewed: no
offence-3-1-h = coupure d’eau, d’énergie ou similaire

# reviewed: no
offence-3-1-i = atteinte aux systèmes d’information

# reviewed: no
offence-4-b = participation à un groupe terroriste

# reviewed: no
lang-ar = arabe

# reviewed: no
lang-de = allemand

# reviewed: no
lang-el = grec

# reviewed: no
lang-en = anglais

# reviewed: no
lang-es = espagnol

# reviewed: no
lang-fr = français

# reviewed: no
lang-it = italien

# reviewed: no
lang-ku = kurde

# reviewed: no
lang-nl = néerlandais

# reviewed: no
lang-pl = polonais

# reviewed: no
lang-pt = portugais

# reviewed: no
lang-ru = russe

# reviewed: no
lang-sv = suédois

# reviewed: no
lang-tr = turc

# reviewed: no
lang-und = langue inconnue

# reviewed: no
lang-none = sans texte

# reviewed: no
hold-clear = Libre

# reviewed: no
hold-until = Suspendu jusqu’au

# reviewed: no
hold-ordered = Déjà ordonné

# reviewed: no
hold-talk = Parlez-moi d’abord

# reviewed: no
hold-no-answer = Pas de réponse après { $n } s

# reviewed: no
hold-no-partner = Aucun partenaire à consulter

# reviewed: no
answer-received = Reçu

# reviewed: no
answer-under-review = À l’examen

# reviewed: no
answer-needs-information = Demande des précisions

# reviewed: no
answer-removed = Supprimé

# reviewed: no
answer-disabled-everywhere = Désactivé partout

# reviewed: no
answer-disabled-in-union = Désactivé dans l’Union

# reviewed: no
answer-geo-blocked = Bloqué dans certains pays

# reviewed: no
answer-partially-removed = Supprimé en partie

# reviewed: no
answer-age-restricted = Réservé aux adultes

# reviewed: no
answer-demoted = Moins visible

# reviewed: no
answer-labelled = Étiqueté

# reviewed: no
answer-interaction-restricted = Interactions restreintes

# reviewed: no
answer-demonetised = Démonétisé

# reviewed: no
answer-account-suspended = Compte suspendu

# reviewed: no
answer-account-terminated = Compte clos

# reviewed: no
answer-already-gone = Déjà absent

# reviewed: no
answer-removed-by-user = Supprimé par son auteur

# reviewed: no
answer-not-found = Introuvable

# reviewed: no
answer-not-our-service = Pas notre service

# reviewed: no
answer-no-action = Aucune mesure

# reviewed: no
answer-unable-now = Impossible pour le moment

# reviewed: no
answer-preserved = Conservé

# reviewed: no
answer-restored-after-complaint = Rétabli après réclamation

# reviewed: no
answer-restored-after-review = Rétabli après examen

# reviewed: no
answer-restored-after-withdrawal = Rétabli après retrait

# reviewed: no
answer-none = pas encore

# reviewed: no
reason-unsaid = non précisé

# reviewed: no
reason-no-breach = Pas de violation de nos conditions

# reviewed: no
reason-protected-expression = Expression protégée

# reviewed: no
reason-news-or-research = Information ou recherche

# reviewed: no
reason-counter-speech = Contre-discours

# reviewed: no
reason-out-of-scope = Hors du champ

# reviewed: no
reason-duplicate = Déjà vu

# reviewed: no
reason-other = Autre motif, ou aucun

# reviewed: no
live-still-up = Toujours en ligne

# reviewed: no
live-gone-hard = Absent

# reviewed: no
live-gone-soft = Absent, selon la page

# reviewed: no
live-removed-by-platform = Absent, supprimé par le service

# reviewed: no
live-removed-by-author = Absent, supprimé par son auteur

# reviewed: no
live-account-gone = Compte absent

# reviewed: no
live-geo-blocked = Bloqué dans un pays

# reviewed: no
live-wall = Derrière un accès réservé

# reviewed: no
live-replaced = Remplacé

# reviewed: no
live-moved = Déplacé

# reviewed: no
live-copy-elsewhere = Copie ailleurs

# reviewed: no
live-host-down = L’hôte ne répond pas

# reviewed: no
live-checker-blocked = Accès refusé à notre contrôle

# reviewed: no
live-unclear = Incertain

# reviewed: no
live-none = pas encore vérifié

# reviewed: no
exempt-education = éducation

# reviewed: no
exempt-journalism = journalisme

# reviewed: no
exempt-art = art

# reviewed: no
exempt-research = recherche

# reviewed: no
exempt-counter-terrorism = lutte contre le terrorisme

# reviewed: no
exempt-public-debate = débat public

# reviewed: no
question-education = Éducatif

# reviewed: no
question-journalism = Journalistique

# reviewed: no
question-art = Artistique

# reviewed: no
question-research = De recherche

# reviewed: no
question-counter-terrorism = Prévient ou combat le terrorisme

# reviewed: no
question-public-debate = Opinions dans un débat public

# reviewed: no
finds-no = non

# reviewed: no
finds-yes = oui

# reviewed: no
finds-unsure = incertain

# reviewed: no
listed-unknown = inconnu

# reviewed: no
exempt-title = Est-ce exempté ?

# reviewed: no
exempt-article = TCO art. 1, par. 3

# reviewed: no
exempt-note = incertain va à un second lecteur

# reviewed: no
exempt-why = { $question } : pourquoi ?

# reviewed: no
purpose-true = Quel est son véritable but ?

# reviewed: no
purpose-context = Dans quel contexte se trouve-t-il ?

# reviewed: no
purpose-listed = Son auteur est-il sur la liste de l’Union ?

# reviewed: no
purpose-editorial = Quelqu’un en a la responsabilité éditoriale

# reviewed: no
considered = Pris en compte

# reviewed: no
tile-hold = Caché. Maintenez { $key } pour voir

# reviewed: no
tile-hold-this = Caché. Maintenez pour voir

# reviewed: no
tile-first = Images fixes d’abord, sans son

# reviewed: no
tile-not-kept = Non conservé : rien ne correspondait

# reviewed: no
tile-limit = Votre limite du jour. Les faits restent.

# reviewed: no
tile-undecodable = Décodage impossible

# reviewed: no
tile-grey = Gris

# reviewed: no
tile-blur = Flou

# reviewed: no
tile-exposure = 
    Vu par vous aujourd’hui : { $n ->
        [one] { $n } élément
       *[other] { $n } éléments
    }, { $time }

# reviewed: no
tile-no-script = Maintenir pour voir exige le script de la page. Texte et faits sont là sans lui.

# reviewed: no
why-threat = Une vie peut être en danger

# reviewed: no
why-spreading = 
    Se propage : { $n ->
        [one] { $n } copie
       *[other] { $n } copies
    }, la première vue il y a { $time }

# reviewed: no
why-fresh = Mis en ligne il y a { $time }

# reviewed: no
why-second-reader = Second lecteur demandé par { $name }

# reviewed: no
why-returned = 
    Revenu { $n ->
        [one] { $n } jour
       *[other] { $n } jours
    } après suppression

# reviewed: no
why-flagger = Un signaleur de confiance nous demande de regarder

# reviewed: no
why-same = Identique à un contenu connu

# reviewed: no
why-near = 
    Correspondance proche, écart de { $n ->
        [one] { $n } bit
       *[other] { $n } bits
    }

# reviewed: no
why-links = 
    La liste de liens nomme { $n ->
        [one] { $n } élément connu
       *[other] { $n } éléments connus
    }

# reviewed: no
why-term = Contient une phrase ou un terme connu

# reviewed: no
why-account = D’un compte connu

# reviewed: no
why-sent-back = Renvoyé par { $name } avec un motif

# reviewed: no
why-put-in = Saisi par { $name }

# reviewed: no
why-waiting = En attente depuis le plus longtemps

# reviewed: no
row-seen = vu il y a { $time }

# reviewed: no
row-open-with = ouvert chez { $name }

# reviewed: no
match-digest = Le fichier est le même, octet pour octet.

# reviewed: no
match-address = L’adresse est connue.

# reviewed: no
match-host = L’hôte est connu.

# reviewed: no
match-account = Le compte est connu.

# reviewed: no
match-text = Le texte est le même qu’un texte connu.

# reviewed: no
match-term = Le texte contient un terme de la banque.

# reviewed: no
match-picture = L’image est proche d’une image connue.

# reviewed: no
variant-mirrored = Elle est inversée.

# reviewed: no
variant-turned = Elle est tournée de { $n } degrés.

# reviewed: no
variant-mirrored-turned = Elle est inversée et tournée de { $n } degrés.

# reviewed: no
variant-trimmed = Une bordure l’entoure.

# reviewed: no
match-giver = de { $name }

# reviewed: no
match-unjudged = personne ne l’a encore jugé

# reviewed: no
match-opinions = avis : { $for } pour, { $against } contre

# reviewed: no
match-negative = Banque négative : connu comme information, recherche ou leurre.

# reviewed: no
match-exact = exact

# reviewed: no
match-distance = distance { $found }, limite { $limit }, sur { $of } bits

# reviewed: no
match-distance-short = { $found }, limite { $limit }

# reviewed: no
ledger-record = Enregistrement { $n } du registre

# reviewed: no
finding-stop = Arrêt :

# reviewed: no
finding-ask = Question :

# reviewed: no
findings-passed = { $n ->
        [one] { $n } contrôle réussi
       *[other] { $n } contrôles réussis
    }

# reviewed: no
findings-count = { $stop } arrêt, { $ask } question, { $pass } réussi

# reviewed: no
drop-choose = Choisir des fichiers

# reviewed: no
drop-here = ou déposez-les ici

# reviewed: no
drop-format = Format

# reviewed: no
drop-go = Lire ces fichiers

# reviewed: no
drop-progress = Progression

# reviewed: no
drop-sending = Envoi en cours

# reviewed: no
drop-failed = Non envoyé. Rien n’a été lu ; choisissez à nouveau les fichiers.

# reviewed: no
aside-title = Mis de côté, { $n }

# reviewed: no
aside-csv = Enregistrer toute la liste en CSV

# reviewed: no
aside-where = Endroit

# reviewed: no
aside-why = Motif

# reviewed: no
letter-title = Signalement pour examen

# reviewed: no
letter-from = De

# reviewed: no
letter-to = À

# reviewed: no
letter-reference = Numéro de l’expéditeur

# reviewed: no
letter-written = Écrit

# reviewed: no
letter-acting = En qualité de

# reviewed: no
letter-posted = publié le

# reviewed: no
letter-more = { $n } de plus dans la liste jointe

# reviewed: no
letter-why = Pourquoi nous pensons que cela importe.

# reviewed: no
letter-article = règlement (UE) 2021/784, article 2, point 7).

# reviewed: no
letter-considered = Ce que nous avons pris en compte.

# reviewed: no
letter-optional = Votre réponse est bienvenue et facultative.

# reviewed: no
letter-answer = Vous pouvez répondre élément par élément, y compris par « aucune mesure ». Si nous nous trompons, dites-le-nous, et nous le dirons à tous ceux qui ont reçu ceci.

# reviewed: no
letter-signed = Signé avec la clé

# reviewed: no
why-proposed = Proposé par un plan

# reviewed: no
letter-grounds = 
    { $n ->
        [one] Le signalement repose sur un contenu évalué :
       *[other] Le signalement repose sur { $n } contenus évalués :
    }

# reviewed: no
letter-proportionality = Pourquoi la totalité :

# reviewed: no
export-svg = Enregistrer en SVG

# reviewed: no
export-png = Enregistrer en PNG

# reviewed: no
variant-inset = Elle se trouve dans l’image.

# reviewed: no
variant-cut = Elle est rognée sur les côtés.

# reviewed: no
why-address = A une adresse connue
