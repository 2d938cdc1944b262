### What people do with the work of others: second reader, contests, conflicts, mappings, meanings of figures.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: no
approve-words = Ce que dit le contenu

# reviewed: no
approve-yours = le vôtre, pour quelqu’un d’autre

# reviewed: no
approve-stopped-some = { $n ->
        [one] { $n } élément est arrêté par une règle.
       *[other] { $n } éléments sont arrêtés par une règle.
    }

# reviewed: no
asked-clear = personne ne s’y oppose

# reviewed: no
reading-title = Un second lecteur est demandé

# reviewed: no
reading-note = avant tout accord

# reviewed: no
reading-asked = L’auteur souhaite un autre regard, sans nommer de question.

# reviewed: no
reading-own = Vous l’avez écrit. Une autre personne le lit.

# reviewed: no
reading-no = Aucune exemption : l’accord peut suivre

# reviewed: no
reading-yes = C’est exempté : rien n’est envoyé

# reviewed: no
reading-unsure = Je doute aussi : rien n’est envoyé

# reviewed: no
reading-text = Vos propres raisons, de 10 à 1000 caractères

# reviewed: no
reading-go = Enregistrer ma lecture

# reviewed: no
reading-first = Un second lecteur répond d’abord ; l’accord vient ensuite.

# reviewed: no
preflight-again = Juste avant l’envoi, l’adresse est visitée, l’original est scellé et tout est vérifié à nouveau.

# reviewed: no
pass-hold = Aucune autre agence ne demande d’attendre.

# reviewed: no
pass-item = Chaque adresse est un contenu, pas une page de liste.

# reviewed: no
pass-once = Rien de cela n’a déjà été envoyé à ce fournisseur.

# reviewed: no
pass-contact = Le point de contact est connu.

# reviewed: no
pass-host = Le site ne montre aucun signe de presse, d’archive, de bibliothèque ou d’enseignement.

# reviewed: no
pass-known = Le fournisseur a déjà reçu de nos messages.

# reviewed: no
step-up-approve = Vous allez donner votre accord. Après le code, vous revenez à la lettre ; appuyez sur « a » pour l’envoyer.

# reviewed: no
step-up-other = Après le code, vous revenez où vous étiez.

# reviewed: no
sent-held = Retenu par les vérifications avant l’envoi

# reviewed: no
sent-held-again = Contrôler à nouveau

# reviewed: no
sent-held-provider = Ouvrir le fournisseur

# reviewed: no
sent-held-mended = Ce qui la retenait est corrigé ? Un coordinateur saisit ou change l’adresse d’un fournisseur sur sa page.

# reviewed: no
sent-checking = La vérification est en cours. Rechargez la page dans un instant.

# reviewed: no
sent-noted = Ce qui a été noté avant l’envoi

# reviewed: no
sent-way = par

# reviewed: no
sent-question-none = Ils demandent des informations, sans autre mot.

# reviewed: no
look-why = Vous l’avez examiné. Pourquoi peut-il partir ? La raison est conservée.

# reviewed: no
look-go = Laisser partir

# reviewed: no
look-other = Un coordinateur qui ne l’a ni évalué ni confirmé l’examine.

# reviewed: no
contests-title = Contestations

# reviewed: no
contests-open = { $n ->
        [one] { $n } en attente
       *[other] { $n } en attente
    }

# reviewed: no
contests-go = Vers les contestations

# reviewed: no
contests-question = Qui dit que nous avons eu tort ?

# reviewed: no
contests-note = Une troisième personne décide : ni l’auteur de l’évaluation, ni qui l’a confirmée.

# reviewed: no
contests-none = Personne ne conteste un signalement.

# reviewed: no
contests-none-next = Quiconque a la référence d’un signalement peut le contester sur la page publique.

# reviewed: no
contests-referral = Ouvrir le signalement

# reviewed: no
contests-withdraw = Le signalement tient toujours. Retirez-le là-bas.

# reviewed: no
contests-own = Vous l’avez évalué ou confirmé. Quelqu’un d’autre décide.

# reviewed: no
contests-coordinator = Un coordinateur décide.

# reviewed: no
contests-why = Pourquoi cette décision ? Elle est conservée.

# reviewed: no
contests-uphold = Ils ont raison

# reviewed: no
contests-refuse = Le signalement était justifié

# reviewed: no
contest-waits = attend une décision

# reviewed: no
contest-upheld = ils avaient raison

# reviewed: no
contest-refused = le signalement était justifié

# reviewed: no
message-referral = Signalement

# reviewed: no
message-outcome = Réponse

# reviewed: no
message-information = Information

# reviewed: no
message-reminder = Rappel

# reviewed: no
message-withdrawal = Retrait

# reviewed: no
message-correction = Correction

# reviewed: no
message-contest = Contestation

# reviewed: no
message-to = { $what } : envoi à { $name }

# reviewed: no
message-from = { $what } : reçu de { $name }

# reviewed: no
message-receipted = accusé reçu

# reviewed: no
said-read-clear = Enregistré. L’accord est maintenant possible.

# reviewed: no
said-read-blocked = Enregistré. Rien n’est envoyé ; il attend son auteur dans la file.

# reviewed: no
said-recheck = Les contenus sont vérifiés à nouveau dans les prochaines minutes.

# reviewed: no
said-looked = Conservé. L’envoi suit si rien d’autre ne le retient.

# reviewed: no
said-undone = Annulé. Il attend de nouveau dans la file.

# reviewed: no
said-decided = Décidé.

# reviewed: no
rule-conflict = Cela a changé pendant que vous l’aviez ouvert. Les deux versions sont montrées ; rien n’a été écrasé.

# reviewed: no
rule-leased = Une autre personne l’a ouvert. Il se libère à son enregistrement ou après dix minutes.

# reviewed: no
rule-undo-over = Seule votre dernière décision peut être annulée, tant que personne ne l’a lue ou confirmée.

# reviewed: no
rule-not-sent = Seul ce qui a été envoyé et tient encore est vérifié à nouveau.

# reviewed: no
event-reopened = De retour dans la file

# reviewed: no
event-recheck-asked = Une vérification a été demandée

# reviewed: no
conflict-state = Où cela en est

# reviewed: no
conflict-open = ouvert chez vous

# reviewed: no
queued-open = à évaluer, modifié depuis votre ouverture

# reviewed: no
queued-deferred = remis à plus tard

# reviewed: no
queued-awaits-reader = attend un second lecteur

# reviewed: no
queued-awaits-approval = attend une seconde personne

# reviewed: no
queued-decided = décidé

# reviewed: no
queued-left = n’est plus dans la file

# reviewed: no
queue-read-only = Vous pouvez lire ceci. La décision n’est pas chez vous.

# reviewed: no
decided-refer = Signaler

# reviewed: no
item-barred = ne peut pas être inclus maintenant

# reviewed: no
inbox-you = Vous

# reviewed: no
inbox-they = L’expéditeur

# reviewed: no
means-title = Ce que comptent les chiffres

# reviewed: no
means-seen = Éléments entrés dans un groupe de cet espace ; pour une opération, pendant sa durée, comme dans son rapport.

# reviewed: no
means-assessed = Décisions enregistrées et non retirées. Parmi les groupes, chacun compte une fois, par sa décision la plus récente.

# reviewed: no
means-referred = Éléments des lettres parties, y compris celles retirées ensuite ; un élément envoyé à deux fournisseurs compte deux fois. Pour une opération, les lettres de sa durée.

# reviewed: no
means-answered = Parmi eux, ceux qui ont reçu une réponse définitive à ce jour ; « aucune mesure » en est une.

# reviewed: no
means-services = Le domaine enregistrable de chaque contenu signalé.

# reviewed: no
means-languages = La langue reconnue quand le contenu a été vu la première fois.

# reviewed: no
means-hold = Contenus que l’unité demande aux autres de laisser pour l’instant.

# reviewed: no
means-pace = Décisions enregistrées et réponses finales par cinq minutes, pendant les six heures jusqu’à la dernière ; heures UTC.

# reviewed: no
wall-others = { $n ->
        [one] { $n } autre
       *[other] { $n } autres
    }

# reviewed: no
wall-nothing = Rien encore.

# reviewed: no
contact-mail = Courriel

# reviewed: no
contact-none = aucun moyen connu

# reviewed: no
match-signals = { $n ->
        [one] { $n } signal
       *[other] { $n } signaux
    }

# reviewed: no
approve-several = { $n ->
        [one] { $n } fournisseur, sa propre lettre
       *[other] { $n } fournisseurs, chacun sa lettre avec ses propres contenus
    }

# reviewed: no
capacity-referral-unit = Unité de signalement

# reviewed: no
capacity-eu-agency = Agence de l’Union

# reviewed: no
capacity-trusted-flagger = Signaleur de confiance

# reviewed: no
basis-of-terms = selon les conditions du fournisseur

# reviewed: no
edge-posted = publié par

# reviewed: no
edge-in-channel = dans

# reviewed: no
edge-forwarded-from = transféré de

# reviewed: no
edge-mentions = mentionne

# reviewed: no
edge-links-to = renvoie à

# reviewed: no
edge-tagged = étiqueté

# reviewed: no
mapping-discard = Ne pas lire ce fichier

# reviewed: no
mapping-kept = Correspondances conservées

# reviewed: no
mapping-kept-note = Un fichier aux mêmes colonnes est lu par sa correspondance sans question.

# reviewed: no
mapping-forget = Oublier

# reviewed: no
meaning-none = rien, à laisser de côté

# reviewed: no
meaning-url = adresse du contenu

# reviewed: no
meaning-text = texte du contenu

# reviewed: no
meaning-author = identifiant de l’auteur

# reviewed: no
meaning-author-name = nom de l’auteur

# reviewed: no
meaning-time = date de publication

# reviewed: no
meaning-id = numéro de la source

# reviewed: no
meaning-service = domaine du service

# reviewed: no
meaning-language = langue

# reviewed: no
meaning-channel = groupe, canal ou page

# reviewed: no
meaning-kind = message, vidéo, image, son, document

# reviewed: no
meaning-media-url = adresse d’un fichier

# reviewed: no
meaning-media-path = nom d’un fichier joint

# reviewed: no
meaning-sha256 = SHA-256 d’un fichier

# reviewed: no
meaning-pdq = PDQ d’une image

# reviewed: no
meaning-quality = qualité du PDQ, de 0 à 100

# reviewed: no
meaning-views = vues ou partages

# reviewed: no
meaning-links = adresses dans le texte

# reviewed: no
meaning-hashtags = mots-dièse

# reviewed: no
meaning-mentions = comptes nommés

# reviewed: no
meaning-audience = qui peut le voir

# reviewed: no
approve-purpose = Véritable but

# reviewed: no
queue-put-off = Reportés

# reviewed: no
sent-looked = Laissé partir par { $name } : « { $why } »

# reviewed: no
sent-withdrawn-by = par { $name }

# reviewed: no
inbox-restored = C’est rétabli

# reviewed: no
inbox-not-restored = Cela reste en l’état

# reviewed: no
sent-awaits-look = Attend une troisième personne

# reviewed: no
sent-stopped = Ce qui l’arrête

# reviewed: no
sent-stopped-note = ne part qu’une fois réparé

# reviewed: no
sent-asked-note = peut partir si une troisième personne en donne la raison

# reviewed: no
look-after = On s’en occupe dès que plus rien ne l’arrête.

# reviewed: no
asked-look-again = Réexamen demandé

# reviewed: no
asked-look-again-what = Le fournisseur pense que c’est une erreur et demande un réexamen. Répondez-lui ou retirez le signalement.

# reviewed: no
counted-observed = éléments observés

# reviewed: no
counted-duplicates = déjà connus

# reviewed: no
counted-set-aside = mis de côté

# reviewed: no
counted-refused = refusés car privés

# reviewed: no
counted-unique = éléments distincts

# reviewed: no
counted-clusters = groupes

# reviewed: no
counted-matched = avec correspondance

# reviewed: no
counted-reappeared = réapparus

# reviewed: no
counted-assessments = évaluations

# reviewed: no
counted-assessed = évalués

# reviewed: no
counted-identical-texts = textes identiques

# reviewed: no
counted-approved = confirmés par une deuxième personne

# reviewed: no
counted-held-back = retenus

# reviewed: no
counted-referrals = signalements

# reviewed: no
counted-referred = signalés

# reviewed: no
counted-received = reçus

# reviewed: no
counted-answered = avec réponse

# reviewed: no
counted-removed = retirés par le fournisseur

# reviewed: no
counted-no-action = sans suite

# reviewed: no
counted-needs-information = questions en retour

# reviewed: no
counted-unanswered = sans réponse définitive

# reviewed: no
counted-withdrawn = repris

# reviewed: no
counted-overturned = infirmés

# reviewed: no
counted-reviewed = réexaminés

# reviewed: no
counted-standing = maintenus

# reviewed: no
counted-gone = vus disparus

# reviewed: no
counted-duplicates-sent = envoyés deux fois

# reviewed: no
counted-without-second-person = envoyés sans deuxième personne

# reviewed: no
counted-precision-after-review = juste après examen

# reviewed: no
counted-to-receipt = délai jusqu’à l’accusé

# reviewed: no
counted-to-answer = délai jusqu’à la réponse

# reviewed: no
counted-service = Service

# reviewed: no
counted-language = Langue

# reviewed: no
counted-kind = Type d’objet

# reviewed: no
counted-agency = Agence

# reviewed: no
counted-hour = Heure (UTC)

# reviewed: no
counted-kind-item = Élément

# reviewed: no
report-all-zero = Rien n’a été compté dans cette période. Le travail d’une opération conjointe est compté dans le rapport de l’opération.
