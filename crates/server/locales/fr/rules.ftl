### Refusals and findings by their code, events by their word.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: no
rule-four-eyes = C’est votre propre travail. Une autre personne doit le confirmer.

# reviewed: no
rule-not-here = Rien de tel ici, ou vous n’y avez pas accès.

# reviewed: no
rule-question-missing = Écrivez ce que vous demandez sous « Note à l’expéditeur ».

# reviewed: no
rule-own-number = Non enregistré. C’est le numéro propre de l’expéditeur, que n’importe qui pourrait deviner. Il faut la référence pour contester : 32 chiffres et lettres. Elle figure dans la lettre au fournisseur, dans son courriel et sur sa page de réception, sous « Référence pour contester ».

# reviewed: no
rule-no-right = Vos rôles ne le permettent pas. Un administrateur peut l’accorder.

# reviewed: no
rule-no-right-named = Vos rôles ne comprennent pas « { $right } ». Un administrateur de votre service peut l’accorder.

# reviewed: no
rule-read-needs-reason = Dites pourquoi vous lisez ceci. C’est conservé avec la lecture.

# reviewed: no
rule-bad-transition = Ce n’est plus possible en l’état. Rechargez la page.

# reviewed: no
rule-withdrawn = L’expéditeur a retiré ce signalement. Il n’appelle plus de réponse.

# reviewed: no
rule-reader-text = Un second lecteur écrit ses propres motifs, de 10 à 1000 caractères.

# reviewed: no
rule-hold-too-long = La fin de la suspension est hors limites. Choisissez plus tôt.

# reviewed: no
rule-kind-missing = Cochez au moins un type de contenu et dites pourquoi.

# reviewed: no
rule-statement-length = Le motif d’un type est trop court ou trop long.

# reviewed: no
rule-pinpoint-missing = Dites où cela se trouve : un minutage, une page ou une citation.

# reviewed: no
rule-danger-required = « Incite » demande un texte propre sur le danger. Une copie du motif ne suffit pas.

# reviewed: no
rule-offence-unknown = Cette infraction n’est pas dans la liste.

# reviewed: no
rule-offence-refs = Nommez au moins une infraction pour les types 2 à 5.

# reviewed: no
rule-private-audience = La communication privée est hors de ce travail et n’est pas évaluée.

# reviewed: no
rule-exemption-missing = Une question d’exemption est sans réponse. Répondez-y.

# reviewed: no
rule-exemption-text = Le texte d’une réponse d’exemption est trop court ou trop long.

# reviewed: no
rule-exemption-yes = Une exemption a la réponse « oui » : pas de signalement. Enregistrez comme exempté ou retirez l’élément.

# reviewed: no
rule-exempt-without-yes = Pour enregistrer comme exempté, répondez « oui » à la question qui s’applique.

# reviewed: no
rule-purpose-text = Le but ou le contexte est trop court ou trop long : de 10 à 1000 caractères.

# reviewed: no
rule-eu-listed-author = Dites non, oui ou inconnu pour l’auteur sur la liste de l’Union.

# reviewed: no
rule-no-items = Confirmez au moins un élément. Rien n’est décidé pour ce qui n’a pas été regardé.

# reviewed: no
rule-too-many-items = Trop d’éléments à la fois. Confirmez-en moins.

# reviewed: no
rule-not-alike = Seuls des éléments de même public et même éditeur se confirment ensemble. Décidez des autres à part.

# reviewed: no
rule-collection-page = L’adresse est une page de collection, pas un élément. Donnez l’adresse de chaque élément.

# reviewed: no
rule-grounds = Un compte ou canal exige d’abord des évaluations approuvées de son contenu.

# reviewed: no
rule-hold = Une agence demande d’attendre. L’élément est exclu jusqu’à la fin.

# reviewed: no
rule-sent-before = Le même élément est déjà allé à ce fournisseur. Rien n’est envoyé deux fois.

# reviewed: no
rule-gone = L’adresse ne montre plus l’élément. Il n’y a rien à signaler.

# reviewed: no
rule-redirected = L’adresse mène ailleurs. Vérifiez que le fournisseur est le bon.

# reviewed: no
rule-not-looked-at = L’adresse n’a pas pu être consultée avant l’envoi.

# reviewed: no
rule-not-sealed = L’original n’est pas encore scellé. Il l’est d’abord, puis le message part.

# reviewed: no
rule-protected-host = L’hôte ressemble à une bibliothèque, des archives, une rédaction, un parlement ou une université. Regardez encore.

# reviewed: no
rule-missing-contact = Aucun point de contact connu pour ce fournisseur. Un coordinateur en saisit un sur la page du fournisseur.

# reviewed: no
rule-sender-identity = Cette agence n’a ni nom, ni qualité, ni clé confirmés pour envoyer. Un administrateur les définit.

# reviewed: no
rule-first-referral = Ce serait le premier signalement à ce fournisseur. Un coordinateur confirme le contact et la charge.

# reviewed: no
rule-host-burst = Beaucoup de nouveau contenu sur un hôte en peu de jours. Un collègue regarde d’abord.

# reviewed: no
rule-provider-burst = Beaucoup de nouveau contenu à un fournisseur en un jour. Un collègue regarde d’abord.

# reviewed: no
rule-avms = C’est un service de médias audiovisuels : la directive 2010/13/UE prévaut. Un coordinateur dit pourquoi il est signalé malgré tout.

# reviewed: no
rule-recipient-outside = Un service de ce type est hors du règlement. Un signalement reste possible.

# reviewed: no
rule-no-union-link = Ce fournisseur n’offre pas ses services dans l’Union. Un signalement reste possible.

# reviewed: no
rule-union-link-reason = Dites pourquoi le lien de ce fournisseur avec l’Union est celui indiqué.

# reviewed: no
rule-person-burst = Beaucoup de nouveau contenu approuvé par une personne en un jour. Un collègue regarde d’abord.

# reviewed: no
rule-contest-reasons = Dites ce qui ne va pas ; le texte est trop court ou trop long.

# reviewed: no
event-observed = Vu, depuis un fichier ou une source

# reviewed: no
event-joined = Rejoint d’autres au même contenu

# reviewed: no
event-reappeared = Revenu : le même contenu a déjà été décidé

# reviewed: no
event-deferred = Remis à plus tard

# reviewed: no
event-saved-to-refer = Évalué, à signaler

# reviewed: no
event-saved-unsure = Évalué, avec un doute pour un second lecteur

# reviewed: no
event-saved-declined = Évalué, à ne pas signaler

# reviewed: no
event-read-clear = Le second lecteur n’a trouvé aucune exemption

# reviewed: no
event-read-blocked = Le second lecteur l’a trouvé exempté

# reviewed: no
event-approved = Approuvé

# reviewed: no
event-returned = Renvoyé avec un motif

# reviewed: no
event-assessment-withdrawn = Évaluation retirée

# reviewed: no
event-overtaken = Dépassé par une évaluation plus récente

# reviewed: no
event-sealed = Original scellé

# reviewed: no
event-looked = Contrôlé à nouveau

# reviewed: no
event-contest-opened = Quelqu’un le conteste

# reviewed: no
event-hold-placed = Une agence a demandé d’attendre

# reviewed: no
event-hold-lifted = La suspension a été levée

# reviewed: no
event-hold-expired = La suspension a pris fin

# reviewed: no
event-sent = Envoyé

# reviewed: no
event-receipted = Accusé de réception reçu

# reviewed: no
event-received = Message reçu

# reviewed: no
event-answered = Réponse du fournisseur

# reviewed: no
event-fallback = Envoyé par courriel à la place

# reviewed: no
event-undelivered = Non remis

# reviewed: no
event-drafted = Lettre écrite

# reviewed: no
event-enqueued = En attente d’envoi

# reviewed: no
event-held-back = Retenu par un contrôle avant l’envoi

# reviewed: no
event-relayed = Le serveur de courriel l’a pris

# reviewed: no
event-progress = Le fournisseur l’examine

# reviewed: no
event-question = Le fournisseur pose une question

# reviewed: no
event-informed = Nous avons répondu à la question

# reviewed: no
event-outcome = Chaque élément a une réponse

# reviewed: no
event-partial-outcome = Certains éléments ont une réponse

# reviewed: no
event-reminded = Rappelé

# reviewed: no
event-ladder-end = Plus de rappels

# reviewed: no
event-gone = Absent lors d’un contrôle

# reviewed: no
event-withdrawn = Retiré, chacun a été averti

# reviewed: no
event-all-acknowledged = Chacun a accusé le retrait

# reviewed: no
event-closed = Clos

# reviewed: no
event-signal-added = Signal ajouté

# reviewed: no
event-signal-disputed = Signal contesté

# reviewed: no
event-signal-upheld = Signal maintenu

# reviewed: no
event-signal-fuse = Signal arrêté par son fusible

# reviewed: no
event-signal-withdrawn = Signal retiré

# reviewed: no
event-bank-import-begun = Import d’une banque commencé

# reviewed: no
event-bank-imported = Banque importée

# reviewed: no
event-agency-founded = Service créé

# reviewed: no
event-agency-key-made = Clé de signature créée

# reviewed: no
event-agency-list-proposed = Liste fermée proposée

# reviewed: no
event-agency-list-enabled = Liste fermée activée

# reviewed: no
event-agency-list-dropped = Liste fermée non activée

# reviewed: no
event-agency-list-ended = Liste fermée terminée

# reviewed: no
event-bank-made = Banque créée

# reviewed: no
event-bank-exported = Banque exportée

# reviewed: no
event-batch-interrupted = Réception interrompue

# reviewed: no
event-cluster-left = Un élément a quitté le groupe

# reviewed: no
event-cluster-matched = Correspond à du connu

# reviewed: no
event-cluster-merged = Groupes réunis

# reviewed: no
event-cluster-merged-into = Réuni à un autre groupe

# reviewed: no
event-cluster-split = Groupe divisé

# reviewed: no
event-cluster-split-off = Séparé d’un autre groupe

# reviewed: no
event-erasure-forgotten = Oublié au terme de son délai

# reviewed: no
event-export-backup = Sauvegarde faite

# reviewed: no
event-export-log-read = Le journal des lectures a été lu

# reviewed: no
event-message-duty-alert = Le service de permanence a été alerté

# reviewed: no
event-message-joined = Jointe à une affaire

# reviewed: no
event-message-notice-failed = Un avis au système du fournisseur a échoué

# reviewed: no
event-message-receipt-given = Accusé de réception donné

# reviewed: no
event-operation-begun = Opération conjointe commencée

# reviewed: no
event-plan-sealed = Plan scellé avec sa prédiction

# reviewed: no
event-host-noted = Note au sujet d’un hôte

# reviewed: no
event-person-disabled = Accès retiré

# reviewed: no
event-person-enrolled = Inscription faite

# reviewed: no
event-person-invited = Invitation faite

# reviewed: no
event-person-link-made = Nouveau lien d’inscription créé

# reviewed: no
event-person-locked = Bloqué après des essais erronés

# reviewed: no
event-person-role-dropped = Proposition de rôle abandonnée

# reviewed: no
event-person-role-proposed = Rôle proposé

# reviewed: no
event-person-signed-in = Connexion

# reviewed: no
event-person-signed-out = Déconnexion

# reviewed: no
event-person-stepped-up = Identité prouvée à nouveau

# reviewed: no
event-provider-contact-proposed = Contact proposé

# reviewed: no
event-provider-contact-dropped = Proposition de contact abandonnée

# reviewed: no
event-provider-confirmed = Contact confirmé

# reviewed: no
event-provider-load-confirmed = Charge confirmée

# reviewed: no
event-provider-prefers = Souhaits du fournisseur notés

# reviewed: no
event-provider-reminders-started = Rappels commencés

# reviewed: no
event-referral-answered-after-withdrawal = Répondu après le retrait

# reviewed: no
event-referral-preflight-asked = Nouveau contrôle avant envoi demandé

# reviewed: no
event-referral-readdressed = Envoyé à un nouveau contact

# reviewed: no
event-referral-reinstated = Rétabli après un retrait

# reviewed: no
event-by = { $what }, par { $name }

# reviewed: no
event-letter-approved = Lettre confirmée

# reviewed: no
event-contest-upheld = Une contestation a été admise

# reviewed: no
event-contest-refused = Une contestation a été rejetée

# reviewed: no
happened-times = { $what }, { $n } fois

# reviewed: no
right-intake = Introduire du contenu

# reviewed: no
right-read = Lire la file et les envois

# reviewed: no
right-search = Rechercher

# reviewed: no
right-read-network = Voir le réseau des contenus évalués

# reviewed: no
right-assess = Évaluer

# reviewed: no
right-approve = Approuver

# reviewed: no
right-withdraw = Retirer un envoi

# reviewed: no
right-hold = Demander d’attendre

# reviewed: no
right-manage-signals = Gérer les banques et les signaux

# reviewed: no
right-manage-providers = Tenir le carnet des fournisseurs

# reviewed: no
right-manage-operation = Conduire une opération

# reviewed: no
right-read-inbox = Lire la boîte d’un fournisseur

# reviewed: no
right-answer = Répondre pour un fournisseur

# reviewed: no
right-read-reports = Lire les rapports

# reviewed: no
right-read-ledger = Lire le registre

# reviewed: no
right-read-log = Lire le journal des lectures

# reviewed: no
right-manage-access = Gérer les personnes et leurs rôles

# reviewed: no
right-own-account = Gérer son propre compte

# reviewed: no
event-receipted-again = Autre accusé du même message

# reviewed: no
event-original-missing = Une réponse à un message qui n’est pas ici

# reviewed: no
event-edited = Lettre modifiée

# reviewed: no
event-rejected = Lettre refusée

# reviewed: no
event-role-given = Rôle donné

# reviewed: no
event-role-taken = Rôle retiré

# reviewed: no
event-protected = Hôte mis sur la liste des hôtes protégés

# reviewed: no
event-unprotected = Hôte retiré de la liste des hôtes protégés

# reviewed: no
event-provider-changed = Entrée du registre des fournisseurs modifiée

# reviewed: no
rule-grounds-many = Trop d’évaluations sont citées. Cochez celles qui disent le plus.

# reviewed: no
rule-grounds-unknown = Une évaluation citée n’est pas approuvée, ne porte pas sur son contenu ou est citée deux fois. Cochez celles de la liste.

# reviewed: no
rule-whole-missing = Un canal ou compte est signalé avec les évaluations sur lesquelles cela repose et un motif propre.

# reviewed: no
rule-whole-of-item = Seul un canal ou compte repose sur d’autres évaluations ; ceci est un élément.

# reviewed: no
rule-whole-address = L’adresse de sa page doit être une adresse web de son propre service.

# reviewed: no
rule-whole-merge = Un canal ou compte est seul ; il n’est réuni avec rien.

# reviewed: no
rule-proportionality = Dites avec vos mots pourquoi la totalité est signalée et pas seulement ce contenu.

# reviewed: no
event-cluster-queued = Mis dans la file comme un tout

# reviewed: no
event-plan-queued = Comptes d’un plan mis dans la file

# reviewed: no
rule-analysis-not-open = Cette analyse sensible n’est pas ouverte. Un administrateur l’ouvre sur la page Agence, avec une finalité et la référence de son analyse d’impact.

# reviewed: no
right-read-leads = Voir les pistes de l’analyse sensible

# reviewed: no
event-analysis-opened = Analyse sensible ouverte

# reviewed: no
event-analysis-sheet-read = Une fiche de l’analyse sensible lue

# reviewed: no
event-analysis-closed = Analyse sensible fermée

# reviewed: no
event-analysis-marked = Une piste marquée

# reviewed: no
event-analysis-unmarked = Marque d’une piste retirée ou effacée

# reviewed: no
rule-hidden-characters = Le texte contient des caractères qui ne se voient pas : caractères de contrôle, marques qui changent le sens d’écriture, ou saut de ligne dans un nom. Retirez-les ou retapez le texte.

# reviewed: no
rule-bank-text = Donnez le nom, l’origine et la base juridique de la banque en 1 à 100 caractères visibles.

# reviewed: no
rule-note-text = Écrivez un fait de 1 à 500 et une source de 3 à 300 caractères visibles.

# reviewed: no
rule-note-identification = L’identification est nécessaire : oui, non ou inconnu.

# reviewed: no
rule-note-standing = Seule une hypothèse peut être étayée ou réfutée.

# reviewed: no
rule-network-days = Choisissez les publications des 30, 90 ou 365 derniers jours, ou de tout temps.

# reviewed: no
rule-network-layers = Choisissez au moins une sorte de lien : copies, transferts, mentions, publications dans des canaux.

# reviewed: no
rule-too-large = L’envoi est plus grand que ce que cette page accepte. Envoyez-en moins à la fois.

# reviewed: no
rule-broken-form = Le formulaire avec fichiers est illisible : il s’interrompt en chemin. Renvoyez-le en entier.
