### Sign-in, intake, provider, operation, signals, reports, ledger, agency.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: no
sign-in-title = Se connecter

# reviewed: no
sign-in-failed = Non connecté. Vérifiez identifiant, mot de passe et code.

# reviewed: no
sign-in-agency = Agence ou fournisseur

# reviewed: no
sign-in-login = Identifiant

# reviewed: no
sign-in-password = Mot de passe

# reviewed: no
sign-in-code = Code à six chiffres

# reviewed: no
sign-in-go = Se connecter

# reviewed: no
sign-in-enrol = Nouveau ? Votre administrateur vous donne un lien à usage unique.

# reviewed: no
enrol-page = Inscription

# reviewed: no
enrol-title = Bienvenue, { $name }

# reviewed: no
enrol-agency = Agence

# reviewed: no
enrol-secret = Secret pour votre application de codes

# reviewed: no
enrol-how = Saisissez le secret dans l’application qui produit vos codes, puis le code affiché.

# reviewed: no
enrol-password = Mot de passe, 12 caractères ou plus

# reviewed: no
enrol-again = Le même mot de passe

# reviewed: no
enrol-go = Ouvrir mon compte

# reviewed: no
step-up-title = Est-ce bien vous ?

# reviewed: no
step-up-failed = Non confirmé. Le code était faux ou trop ancien.

# reviewed: no
step-up-go = Confirmer et continuer

# reviewed: no
step-up-why = Demandé avant tout envoi vers l’extérieur, et avant d’ouvrir un accès.

# reviewed: no
reason-title = Pourquoi lisez-vous ?

# reviewed: no
reason-why = Votre motif est consigné à chaque lecture de cette visite.

# reviewed: no
reason-note = Avec vos mots, si la liste ne convient pas

# reviewed: no
reason-go = Continuer

# reviewed: no
refusal-field = Champ

# reviewed: no
refusal-mine = Le vôtre

# reviewed: no
refusal-theirs = Ce qui est enregistré

# reviewed: no
intake-question = Qu’est-ce qui entre ?

# reviewed: no
intake-batches = Fichiers reçus

# reviewed: no
intake-none = Aucun fichier reçu.

# reviewed: no
intake-counts = { $new } nouveaux, { $before } déjà vus, { $refused } refusés, { $aside } mis de côté

# reviewed: no
intake-records = { $done } sur { $all } enregistrements

# reviewed: no
mapping-title = Est-ce le sens des colonnes ?

# reviewed: no
mapping-note = Deviné d’après les noms et les premiers enregistrements. Rien n’entre sans votre accord.

# reviewed: no
mapping-column = Colonne

# reviewed: no
mapping-sample = Première valeur

# reviewed: no
mapping-meaning = Signifie

# reviewed: no
mapping-save = Garder cette correspondance sous le nom

# reviewed: no
mapping-go = Lire ainsi le fichier

# reviewed: no
provider-question = Comment travaillent-ils avec nous ?

# reviewed: no
provider-time = Leur heure

# reviewed: no
provider-quiet-on = Mode calme

# reviewed: no
provider-answers = Leurs réponses

# reviewed: no
items-since = { $n ->
        [one] { $n } élément
       *[other] { $n } éléments
    } depuis le { $day }

# reviewed: no
provider-survival = Combien de temps les éléments sont-ils restés en ligne ?

# reviewed: no
provider-survival-note = part encore en ligne, selon le temps depuis la remise

# reviewed: no
provider-survival-none = Aucun contrôle encore.

# reviewed: no
provider-open-none = Rien en cours.

# reviewed: no
provider-contacts = Points de contact

# reviewed: no
provider-way = Lettres envoyées par

# reviewed: no
provider-checked = vérifié par une personne

# reviewed: no
provider-unchecked = pas encore vérifié

# reviewed: no
provider-contact = Saisir ou changer son adresse

# reviewed: no
provider-contact-what = Les lettres qui attendaient un contact partent dès qu’il est en vigueur. Changer un contact en vigueur attend une seconde personne, sur la page du service. Un fournisseur qui parle RXP est saisi avec ses clés par l’API.

# reviewed: no
provider-contact-how = Comment elle a été vérifiée, par exemple par un appel à un numéro connu

# reviewed: no
provider-contact-go = Saisir l’adresse

# reviewed: no
provider-quiet = Mode calme

# reviewed: no
provider-quiet-what = Les lettres sont groupées et partent une fois par semaine. Les menaces pour la vie partent aussitôt.

# reviewed: no
provider-quiet-start = Commencer le mode calme

# reviewed: no
provider-quiet-end = Arrêter le mode calme

# reviewed: no
survival-hours = Depuis la remise

# reviewed: no
survival-share = Encore en ligne

# reviewed: no
survival-interval = Intervalle à 95 %

# reviewed: no
survival-risk = Éléments suivis

# reviewed: no
wall-counters = Compteurs

# reviewed: no
wall-work = Travail

# reviewed: no
wall-agencies = Agences

# reviewed: no
wall-by-name = par nom

# reviewed: no
live-still = État actuel ; non en direct

# reviewed: no
live-on = En direct

# reviewed: no
live-off = Interrompu ; les chiffres sont figés

# reviewed: no
wall-referred-items = 
    éléments signalés, en { $n ->
        [one] { $n } groupe
       *[other] { $n } groupes
    }

# reviewed: no
wall-seen = éléments vus

# reviewed: no
wall-answered = éléments avec réponse

# reviewed: no
wall-of-referred = { $share } des signalés

# reviewed: no
wall-assessed = groupes évalués

# reviewed: no
wall-referred = Signaler

# reviewed: no
wall-not = Pas de contenu terroriste

# reviewed: no
wall-exempt = Exemptés

# reviewed: no
wall-second = En doute, pour un second lecteur

# reviewed: no
wall-precision = Justes après relecture

# reviewed: no
wall-precision-of = { $right } sur { $all } ni retirés ni infirmés ; { $reviewed } ont été réexaminés : c’est donc une borne supérieure

# reviewed: no
wall-gone = vus disparus par deux contrôles, { $n } sur { $all }

# reviewed: no
wall-precision-none = Pas encore de réexamen. Ce qui a disparu s’affiche dès qu’un élément a été réexaminé.

# reviewed: no
wall-pace = À quelle cadence ?

# reviewed: no
wall-pace-unit = nombre par cinq minutes

# reviewed: no
wall-pace-assessed = { $n } évalués

# reviewed: no
wall-pace-answered = { $n } réponses

# reviewed: no
wall-services = Services

# reviewed: no
wall-languages = Langues

# reviewed: no
wall-unit-referred = éléments signalés

# reviewed: no
wall-answers = Réponses

# reviewed: no
wall-answers-unit = éléments, selon les fournisseurs

# reviewed: no
wall-unit = Unité

# reviewed: no
wall-people = personnes

# reviewed: no
wall-col-assessed = évalués

# reviewed: no
wall-col-hold = suspendus

# reviewed: no
wall-holds = Suspensions, { $n }

# reviewed: no
wall-soonest = fin la plus proche

# reviewed: no
wall-holds-none = rien n’est suspendu

# reviewed: no
signals-question = Que savons-nous, et de qui ?

# reviewed: no
signals-note = Une correspondance est une raison de regarder, pas une décision.

# reviewed: no
signals-banks = Banques

# reviewed: no
signals-running = Comparaison avec le passé

# reviewed: no
signals-running-note = enregistrements gardés et concordants seulement

# reviewed: no
signals-disputed = Contestés

# reviewed: no
signals-more = { $n } autres attendent ; voici les plus récents.

# reviewed: no
signals-disputed-none = Aucun signal n’est contesté.

# reviewed: no
signals-none = Aucune banque.

# reviewed: no
signals-none-next = Sans banque, seules des personnes alimentent la file.

# reviewed: no
bank-name = Banque

# reviewed: no
bank-giver = Donnée par

# reviewed: no
bank-types = Contient

# reviewed: no
bank-signals = Signaux

# reviewed: no
bank-matches = Correspondances jusqu’ici

# reviewed: no
bank-review = À revoir le

# reviewed: no
bank-negative = Négative

# reviewed: no
bank-withdraw = Retirer un signal

# reviewed: no
bank-withdraw-which = Signal

# reviewed: no
bank-withdraw-why = Motif

# reviewed: no
bank-withdraw-go = La retirer partout

# reviewed: no
bank-basis = Base juridique

# reviewed: no
bank-sharing = Peut être transmise

# reviewed: no
bank-distance = Distance, bits sur 256

# reviewed: no
bank-closed = Liste fermée

# reviewed: no
bank-export = Transmettre cette banque

# reviewed: no
bank-export-go = Écrire la liste

# reviewed: no
sharing-red = pas du tout (rouge)

# reviewed: no
sharing-amber = à ceux qui en ont besoin (ambre)

# reviewed: no
sharing-green = dans la communauté (vert)

# reviewed: no
sharing-clear = à tous (clair)

# reviewed: no
signals-format = Format

# reviewed: no
signals-format-guess = d’après son contenu

# reviewed: no
signal-suspended = Contesté : rien n’est signalé avant qu’une personne décide.

# reviewed: no
signal-blown = Mis de côté par son fusible : trop de correspondances en un jour.

# reviewed: no
opinion-for = Le confirmer : il reconnaît de nouveau

# reviewed: no
opinion-back = Retirer ce signal

# reviewed: no
opinion-why = Pourquoi

# reviewed: no
signals-import = Importer une banque

# reviewed: no
signals-import-note = CSV, lignes JSON, ThreatExchange, MISP, STIX

# reviewed: no
signals-file = Fichier

# reviewed: no
signals-opinion = Ce qu’en pense son auteur

# reviewed: no
signals-as-list = Comme le dit la liste ; sinon à examiner

# reviewed: no
signals-as-seed = À examiner, non évalué

# reviewed: no
signals-as-positive = Évalué : contenu terroriste connu

# reviewed: no
signals-as-negative = Banque négative : information, recherche, leurres

# reviewed: no
signals-import-go = Importer cette banque

# reviewed: no
reports-question = Que publions-nous ?

# reviewed: no
reports-choose = Choisissez de quoi il s’agit : une opération, ou les 30 derniers jours de votre service.

# reviewed: no
report-span = Période

# reviewed: no
report-save = Enregistrer en { $form }

# reviewed: no
report-kind = Rapport de journée d’action

# reviewed: no
report-written = Écrit le

# reviewed: no
report-trust = Pourquoi se fier aux chiffres

# reviewed: no
report-recomputed = Un second programme, sans code commun, a tout recompté depuis le registre exporté et concorde.

# reviewed: no
report-differs = Un second comptage diffère. Ne publiez pas ; consultez le registre.

# reviewed: no
report-not-recomputed = Les chiffres n’ont pas encore été recomptés.

# reviewed: no
report-identical = Évaluations aux textes identiques :

# reviewed: no
report-checkpoint = Point de contrôle { $n } du registre

# reviewed: no
ledger-question = Puis-je m’y fier ?

# reviewed: no
ledger-checkpoint = Point de contrôle signé

# reviewed: no
ledger-size = Enregistrements

# reviewed: no
ledger-root = Racine

# reviewed: no
ledger-newest-at = Dernier enregistrement

# reviewed: no
ledger-verify = Vérifier tout le registre

# reviewed: no
ledger-holds = Vérifié

# reviewed: no
ledger-broken = Ne tient pas

# reviewed: no
ledger-unverified = Pas vérifié dans cette vue

# reviewed: no
ledger-look = Preuve d’un enregistrement

# reviewed: no
ledger-number = Numéro de l’enregistrement

# reviewed: no
ledger-prove = Prouver

# reviewed: no
ledger-newest = Les plus récents

# reviewed: no
ledger-offline = Vérifier sans nous

# reviewed: no
ledger-offline-how = Cette commande ne demande ni serveur ni code commun.

# reviewed: no
proof-holds = La preuve mène à la racine.

# reviewed: no
proof-broken = La preuve ne mène pas à la racine.

# reviewed: no
proof-leaf = Feuille

# reviewed: no
proof-hashes = { $n ->
        [one] { $n } empreinte
       *[other] { $n } empreintes
    }

# reviewed: no
agency-question = Qui peut quoi ?

# reviewed: no
agency-link = Lien d’inscription

# reviewed: no
agency-link-once = affiché une seule fois

# reviewed: no
agency-waiting = En attente d’une deuxième personne

# reviewed: no
agency-waiting-note = une autre personne confirme

# reviewed: no
proposal-contact = nouveau contact

# reviewed: no
proposal-confirm = Confirmer

# reviewed: no
proposal-drop = Abandonner

# reviewed: no
agency-people = Personnes

# reviewed: no
agency-people-closed = Un administrateur de l’agence voit ses personnes.

# reviewed: no
agency-add = Ajouter une personne

# reviewed: no
agency-add-go = Ajouter et créer un lien

# reviewed: no
agency-keys = Clés

# reviewed: no
agency-key-until = valable jusqu’au

# reviewed: no
agency-retention = Conservé

# reviewed: no
agency-protected = Hôtes protégés

# reviewed: no
agency-protected-note = presse, archives, bibliothèques

# reviewed: no
agency-protected-none = Aucun n’est encore protégé par son nom.

# reviewed: no
agency-peers = Pairs

# reviewed: no
agency-peers-none = Aucun pair.

# reviewed: no
agency-languages = Langues de l’interface

# reviewed: no
agency-languages-note = textes relus par un locuteur

# reviewed: no
agency-language-read = { $read } sur { $all } relus

# reviewed: no
person-name = Nom

# reviewed: no
person-roles = Rôles

# reviewed: no
person-seen = Dernière visite

# reviewed: no
person-never = jamais

# reviewed: no
person-change = Modifier

# reviewed: no
person-closed = Fermé

# reviewed: no
person-save = Enregistrer les rôles

# reviewed: no
person-new-link = Créer un nouveau lien

# reviewed: no
person-close = Fermer le compte

# reviewed: no
person-open = Rouvrir le compte

# reviewed: no
role-analyst = Analyste

# reviewed: no
role-approver = Approbateur

# reviewed: no
role-coordinator = Coordinateur

# reviewed: no
role-provider = Fournisseur

# reviewed: no
role-auditor = Auditeur

# reviewed: no
role-supervisor = Superviseur

# reviewed: no
role-administrator = Administrateur

# reviewed: no
protected-remove = Enlever

# reviewed: no
protected-host = Hôte

# reviewed: no
protected-why = Pourquoi il est protégé

# reviewed: no
protected-add = Protéger cet hôte

# reviewed: no
kept-observation = Recueilli, non évalué

# reviewed: no
kept-not-terrorist = Évalué, non envoyé

# reviewed: no
kept-referral = Signalement, après sa clôture

# reviewed: no
kept-hash = Empreinte, jusqu’à sa révision

# reviewed: no
kept-log-detail = Qui a lu quoi

# reviewed: no
kept-wellbeing = Exposition d’une personne

# reviewed: no
kept-log = Registre

# reviewed: no
bank-holds-negative = négatif

# reviewed: no
bank-holds-seed = amorce

# reviewed: no
bank-holds-positive = positif

# reviewed: no
bank-holds-disputed = contesté

# reviewed: no
provider-reads-unknown = inconnu

# reviewed: no
wall-ended = Terminée le { $end }. Le travail ultérieur n’est pas compté ; les réponses aux envois le sont.

# reviewed: no
key-document = pour les documents

# reviewed: no
key-ledger = pour le registre
