### Queue, approve, sent, subject, search.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: no
queue-question = Et maintenant ?

# reviewed: no
queue-search = Numéro, langue, type ou service

# reviewed: no
lane-threat = Vie en danger

# reviewed: no
lane-threat-none = rien en attente

# reviewed: no
lane-assess = À évaluer

# reviewed: no
lane-by-urgency = par urgence

# reviewed: no
queue-last = Rien n’attend après.

# reviewed: no
queue-more = Les { $n } premiers sur { $of }. La recherche ci-dessus trouve les autres.

# reviewed: no
queue-more-found = Les { $n } premiers résultats. Précisez la recherche.

# reviewed: no
queue-choose = Choisissez un groupe.

# reviewed: no
queue-choose-how = La première ligne est la plus urgente. L’ouvrir vous la réserve dix minutes.

# reviewed: no
queue-cluster-is = Un groupe est le même contenu à plusieurs endroits.

# reviewed: no
queue-empty = La file est vide.

# reviewed: no
queue-no-hit = Rien dans la file ne correspond à « { $text } ».

# reviewed: no
queue-show-all = Montrer toute la file

# reviewed: no
queue-read = { $n ->
        [one] { $n } source a été lue
       *[other] { $n } sources ont été lues
    } à { $time }.

# reviewed: no
queue-next = La prochaine arrive à { $time }.

# reviewed: no
queue-no-source = Aucune source n’est configurée. Déposez un fichier pour commencer.

# reviewed: no
queue-proposed = { $name } a approuvé ce constat pour le même contenu. Confirmez le contexte de chaque élément ci-dessous.

# reviewed: no
copies-on = { $n ->
        [one] { $n } copie
       *[other] { $n } copies
    } sur { $services }

# reviewed: no
services-on = { $n ->
        [one] { $n } service
       *[other] { $n } services
    }

# reviewed: no
state-to-assess = À évaluer, chez vous depuis

# reviewed: no
state-first-seen = Vu pour la première fois le

# reviewed: no
fact-address = Adresse

# reviewed: no
fact-account = Compte

# reviewed: no
fact-open-to = Ouvert à

# reviewed: no
audience-open = tout le monde

# reviewed: no
audience-auto-join = quiconque rejoint

# reviewed: no
audience-human-admitted = personnes admises par quelqu’un

# reviewed: no
audience-private = un cercle privé

# reviewed: no
audience-unsure = incertain

# reviewed: no
urgency-question = Quelle urgence ?

# reviewed: no
urgency-normal = à son tour

# reviewed: no
urgency-spreading = cela se propage

# reviewed: no
urgency-threat = vie en danger

# reviewed: no
context-title = Contexte

# reviewed: no
context-note = de ces éléments, non du contenu

# reviewed: no
items-title = 
    { $n ->
        [one] Couvre-t-elle cet élément ?
       *[other] Lesquels des { $n } éléments couvre-t-elle ?
    }

# reviewed: no
items-note = décochez ce qui diffère ; ce qui s’ajoute n’est pas envoyé

# reviewed: no
items-apart = Ce qui n’est pas coché diffère par son public ou a été retiré : cela revient dans la file pour être décidé à part.

# reviewed: no
items-decided = { $n ->
    [one] 1 élément a déjà été décidé et n’est pas montré.
   *[other] { $n } éléments ont déjà été décidés et ne sont pas montrés.
}

# reviewed: no
evidence-first = Vu en premier

# reviewed: no
evidence-bytes = Le même fichier

# reviewed: no
evidence-picture = Une image semblable : { $n } bits d’écart sur { $of }

# reviewed: no
evidence-text = Le même texte

# reviewed: no
evidence-address = La même adresse

# reviewed: no
evidence-by-hand = Mis ici par une personne

# reviewed: no
evidence-places = La même image, modifiée : { $n } points concordent

# reviewed: no
evidence-quoted = Ses mots figurent dans ce texte : { $n } % de celui-ci

# reviewed: no
evidence-part = Une partie du même texte : { $n } % de celui-ci

# reviewed: no
evidence-link = Le même lien

# reviewed: no
copy-region = La partie marquée montre où se trouve la première image dans celle-ci

# reviewed: no
copy-bordered = avec une bordure

# reviewed: no
copy-in-page = à l’intérieur d’une page

# reviewed: no
copy-cut = rognée sur les côtés

# reviewed: no
copy-mirrored = en miroir

# reviewed: no
copy-turned = tournée

# reviewed: no
item-protected = L’hôte peut être celui d’un éditeur : presse, archives, bibliothèque, université. Ce qui informe, enseigne ou étudie est exempté. À cocher à la main.

# reviewed: no
item-publisher = Éditeur, s’il y en a un

# reviewed: no
why-title = Pourquoi c’est ici

# reviewed: no
why-note = une raison de regarder, pas une décision

# reviewed: no
why-nothing = Rien ne correspond à présent : quelqu’un l’a saisi, ou ce qui correspondait a été retiré.

# reviewed: no
before-title = Décidé auparavant

# reviewed: no
before-none = Rien encore sur ce contenu.

# reviewed: no
asked-title = Autres consultés

# reviewed: no
asked-not-yet = Aucune objection des autres n’est connue.

# reviewed: no
spread-title = Propagation

# reviewed: no
spread-unit = copies par heure

# reviewed: no
spread-last = La dernière heure commence

# reviewed: no
spread-by = Compté selon l’heure de publication ; à défaut, selon l’heure où la copie a été vue pour la première fois.

# reviewed: no
provider-title = Fournisseur

# reviewed: no
provider-name = Nom

# reviewed: no
provider-zone = Leur fuseau

# reviewed: no
provider-reads = Lit

# reviewed: no
provider-open = En cours

# reviewed: no
provider-others = Autres fournisseurs

# reviewed: no
decide-label = Décider

# reviewed: no
queue-returned = Renvoyé :

# reviewed: no
decide-not = Pas de contenu terroriste

# reviewed: no
decide-exempt = Exempté

# reviewed: no
decide-second = Second lecteur

# reviewed: no
decide-later = Plus tard

# reviewed: no
decide-pass = Passer, sans motif

# reviewed: no
decide-save = Enregistrer : signaler

# reviewed: no
decide-save-exempt = Enregistrer comme exempté

# reviewed: no
missing-one = 1 réponse manque

# reviewed: no
missing-some = réponses manquent

# reviewed: no
short-one = 1 réponse trop courte

# reviewed: no
short-some = réponses trop courtes

# reviewed: no
approve-question = Êtes-vous d’accord ?

# reviewed: no
approve-empty = Aucune lettre ne vous attend.

# reviewed: no
waits-for-another = attend une autre personne

# reviewed: no
approve-empty-next = Ce que vous avez évalué attend quelqu’un d’autre.

# reviewed: no
approve-letter = La lettre

# reviewed: no
approve-side = Évaluation et constats

# reviewed: no
approve-as-seen = Telle que { $name } la verra, en { $language }

# reviewed: no
decisions-waiting = { $n ->
        [one] { $n } décision attend
       *[other] { $n } décisions attendent
    }

# reviewed: no
wait-for-you = { $n ->
        [one] { $n } vous attend
       *[other] { $n } vous attendent
    }

# reviewed: no
approve-author = Évalué par

# reviewed: no
approve-second = Second lecteur

# reviewed: no
approve-content = Contenu

# reviewed: no
approve-hold = Maintenir pour voir

# reviewed: no
approve-subject = Sujet

# reviewed: no
approve-subject-open = Ce qui lui est arrivé

# reviewed: no
approve-checked = Contrôlé avant l’envoi

# reviewed: no
approve-others = Également en attente

# reviewed: no
approve-return = Renvoyer avec un motif

# reviewed: no
approve-return-why = Pourquoi n’êtes-vous pas d’accord ?

# reviewed: no
approve-return-go = Renvoyer

# reviewed: no
approve-own = Vous avez écrit cette évaluation. Une autre personne doit approuver.

# reviewed: no
approve-stopped = Une règle l’arrête. Renvoyez-le avec un motif.

# reviewed: no
approve-undo = Vous pouvez le retirer à tout moment sous Envoyés.

# reviewed: no
approve-go = 
    Approuver et envoyer { $n ->
        [one] { $n } élément
       *[other] { $n } éléments
    }

# reviewed: no
approve-go-third = 
    { $third ->
        [one] Approuver : { $third } élément sur { $n } attend une troisième personne
       *[other] Approuver : { $third } éléments sur { $n } attendent une troisième personne
    }

# reviewed: no
sent-question = Qu’est-ce qui est en cours, et qui doit quoi ?

# reviewed: no
lane-referrals = Signalements

# reviewed: no
lane-referrals-note = volontaire, sans délai

# reviewed: no
lane-orders = Injonctions de retrait

# reviewed: no
lane-orders-none = aucune, comptées à part

# reviewed: no
sent-search = Hébergeur, hôte ou numéro

# reviewed: no
sent-groups = Ce qui attend, et chez qui

# reviewed: no
sent-group-all = Tous

# reviewed: no
sent-group-held = Retenus

# reviewed: no
sent-group-open = Sans réponse

# reviewed: no
sent-group-ended = Terminés

# reviewed: no
sent-older = Afficher les plus anciens

# reviewed: no
sent-none = Rien n’a encore été envoyé.

# reviewed: no
sent-shown = { $shown } sur { $all } affichés, les plus récents d’abord

# reviewed: no
sent-choose = Choisissez un signalement.

# reviewed: no
sent-choose-how = Ses réponses, ses contrôles et sa lettre s’ouvrent à côté.

# reviewed: no
sent-final = { $n } sur { $all } avec réponse

# reviewed: no
sent-waiting = En attente d’envoi

# reviewed: no
sent-received = Accusé reçu

# reviewed: no
sent-delivered = Remis par courriel

# reviewed: no
sent-answered = Répondu

# reviewed: no
sent-asks = Nous interroge

# reviewed: no
sent-withdrawn = Retiré

# reviewed: no
sent-no-answer = Pas de réponse, aucune n’est due

# reviewed: no
sent-closed = Clos

# reviewed: no
sent-review = À l’examen

# reviewed: no
sent-failed = Non envoyé, nous réessayons

# reviewed: no
sent-items = Éléments

# reviewed: no
sent-items-note = les réponses valent par élément

# reviewed: no
item-answer = Réponse

# reviewed: no
item-live = Dernier contrôle

# reviewed: no
item-elsewhere = Revenu sur

# reviewed: no
sent-letter = La lettre

# reviewed: no
sent-letter-open = Lire la lettre telle qu’envoyée

# reviewed: no
sent-letter-draft = Lire la lettre telle qu’elle serait envoyée

# reviewed: no
happened = Ce qui s’est passé

# reviewed: no
referral-made = Confirmé par une deuxième personne

# reviewed: no
sent-question-title = Ils demandent

# reviewed: no
sent-reply = Votre réponse

# reviewed: no
sent-reply-go = Envoyer cette réponse

# reviewed: no
sent-receivers = Qui l’a reçu

# reviewed: no
withdrawal-acknowledged = retrait accusé

# reviewed: no
withdrawal-open = retrait pas encore accusé

# reviewed: no
withdraw = Retirer

# reviewed: no
withdraw-told = { $n ->
        [one] { $n } organisme qui l’a reçu est averti aussitôt.
       *[other] { $n } organismes qui l’ont reçu sont avertis aussitôt.
    } C’est irréversible.

# reviewed: no
withdraw-why = Avec vos mots ; ceux qui l’ont reçu les liront

# reviewed: no
withdraw-go = Retirer et avertir { $n }

# reviewed: no
recheck-now = Contrôler maintenant

# reviewed: no
sent-no-deadline = Un signalement n’a pas de délai.

# reviewed: no
subject-page = Sujet

# reviewed: no
subject-queue = Son groupe dans la file

# reviewed: no
subject-documents = Documents

# reviewed: no
subject-documents-none = Rien d’envoyé ni de reçu.

# reviewed: no
subject-elsewhere = Même contenu ailleurs

# reviewed: no
subject-elsewhere-none = Nulle part ailleurs à notre connaissance.

# reviewed: no
subject-lineage = D’où il vient

# reviewed: no
subject-lineage-none = Aucun transfert, réponse ou lien connu.

# reviewed: no
subject-original = Tel que trouvé

# reviewed: no
subject-seal = Scellé

# reviewed: no
hold-set = Demander aux autres d’attendre

# reviewed: no
hold-answer = Ce que vous demandez

# reviewed: no
hold-wait = Suspendre

# reviewed: no
hold-until-field = Jusqu’à, votre heure

# reviewed: no
hold-go = Poser la suspension

# reviewed: no
search-question = L’avons-nous déjà vu ?

# reviewed: no
search-label = Lien, identifiant ou texte

# reviewed: no
search-picture = Ou une image

# reviewed: no
search-reason = Pourquoi cette recherche ? C’est consigné.

# reviewed: no
search-go = Chercher

# reviewed: no
search-found = Ce qui a été trouvé

# reviewed: no
search-none = Jamais vu.

# reviewed: no
search-none-next = Rien d’identique ni de proche. Vous pouvez le saisir.

# reviewed: no
search-same = Identique

# reviewed: no
search-to-assess = à évaluer

# reviewed: no
search-pictures = Images qui lui ressemblent

# reviewed: no
search-account = De ce compte

# reviewed: no
search-host = Sur cet hôte

# reviewed: no
search-words = Avec ces mots

# reviewed: no
search-first-seen = vu d’abord le

# reviewed: no
search-similar = Groupes qui contiennent ce qui a été trouvé

# reviewed: no
queue-this-item = Cet élément

# reviewed: no
queue-provider = Fournisseur qui reçoit la lettre

# reviewed: no
queue-provider-note = du premier élément

# reviewed: no
provider-left = { $n ->
        [one] { $n } autre service, dans la liste des éléments
       *[other] { $n } autres services, dans la liste des éléments
    }

# reviewed: no
spread-before = { $n ->
        [one] { $n } copie plus tôt
       *[other] { $n } copies plus tôt
    }

# reviewed: no
subject-elsewhere-left = { $n ->
        [one] { $n } autre, dans son groupe
       *[other] { $n } autres, dans son groupe
    }

# reviewed: no
why-others = Pourquoi d’autres éléments du groupe sont ici

# reviewed: no
why-nothing-here = Rien ne correspond à cet élément lui-même ; il est groupé avec ce qui correspond.

# reviewed: no
withdraw-cause = Ce qui n’allait pas

# reviewed: no
withdraw-example = Par exemple : la deuxième adresse relève d’une autre affaire.

# reviewed: no
cause-wrong-item = Un autre élément était visé

# reviewed: no
cause-wrong-assessment = L’évaluation était fausse

# reviewed: no
cause-protected-expression = Expression protégée

# reviewed: no
cause-duplicate = Déjà envoyé

# reviewed: no
cause-sent-in-error = N’aurait pas dû partir

# reviewed: no
cause-court = Un tribunal l’a dit

# reviewed: no
cause-other = Autre chose

# reviewed: no
odd-hidden = Un caractère qui ne montre rien

# reviewed: no
odd-look-alike = Une lettre qui en imite une autre

# reviewed: no
odd-note = Encadré : les lettres qui en imitent d’autres et les numéros des caractères qui ne montrent rien.

# reviewed: no
hold-ours = De nous :

# reviewed: no
hold-set-by = posée par { $name }, { $at }

# reviewed: no
hold-lift = Lever la suspension

# reviewed: no
hold-default = Vide : { $n } heures, la durée maximale d’une suspension.

# reviewed: no
whole-grounds = Son contenu évalué et approuvé

# reviewed: no
whole-least = citez-en au moins { $n }

# reviewed: no
whole-few = Il ne peut pas encore être signalé : { $n } évaluations sur { $least } sont approuvées. Évaluez d’abord plus de son contenu.

# reviewed: no
whole-no-rank = Un plan l’a proposé. Son rang n’est pas un motif et n’est pas dans la lettre ; seul compte ce que vous écrivez ici.

# reviewed: no
whole-why = Pourquoi la totalité

# reviewed: no
whole-why-note = et pas seulement ce contenu

# reviewed: no
whole-reason = Pourquoi signaler ce seul contenu ne suffirait pas, et ce qu’on y trouve d’autre

# reviewed: no
whole-address = Adresse de sa page, où son fournisseur le trouve

# reviewed: no
whole-decided = Décision
