# reviewed: no
said-saved = Enregistré.

# reviewed: no
said-to-approve = Enregistré. En attente d’une autre personne sous Approuver.

# reviewed: no
said-to-reader = Enregistré. En attente d’un second lecteur sous Approuver.

# reviewed: no
said-declined = Enregistré. Cela n’est pas signalé.

# reviewed: no
said-deferred = Reporté. Cela revient quand le reste est fait ou quand un élément nouveau s’y joint.

# reviewed: no
said-passed = Passé. Cela reste dans la file pour les autres.

# reviewed: no
said-agreed = Confirmé. Ce qui passe les contrôles part ; ce qu’une troisième personne doit voir attend sous Envoyés.

# reviewed: no
said-proved = Code accepté. Ce que vous alliez faire n’est pas encore fait : faites-le maintenant.

# reviewed: no
said-checking = Un nouveau contrôle est en cours. Rechargez la page dans un instant.

# reviewed: no
said-returned = Renvoyé à son auteur.

# reviewed: no
said-withdrawn = Retiré. Le fournisseur est informé.

# reviewed: no
said-handed-in = Le fichier est remis. Ce qui en a été lu figure ci-dessous.

# reviewed: no
said-discarded = Le fichier est écarté. Rien n’en a été repris.

# reviewed: no
said-mapping-forgotten = La correspondance est oubliée. Le prochain fichier de ce genre la demandera de nouveau.

# reviewed: no
said-contact-in-force = L’adresse est en vigueur. Ce qui l’attendait est réexaminé.

# reviewed: no
said-contact-waits = La nouvelle adresse attend une seconde personne, sur la page du service. D’ici là, l’ancienne reste en vigueur.

# reviewed: no
said-quiet-on = Le mode calme est actif. Les lettres à ce fournisseur sont réunies et partent une fois par semaine.

# reviewed: no
said-quiet-off = Le mode calme est terminé. Les lettres à ce fournisseur repartent aussitôt.

# reviewed: no
said-reminded = Les rappels du jour sont lancés.

# reviewed: no
said-informed = Votre réponse est en route vers le fournisseur.

# reviewed: no
said-imported = La liste est importée. Sa banque figure ci-dessous.

# reviewed: no
said-signal-withdrawn = Le signal est retiré. Plus rien de nouveau ne lui est comparé.

# reviewed: no
said-opinion-for = Le signal est confirmé et reconnaît de nouveau.

# reviewed: no
said-opinion-against = Le signal est contesté. Il ne reconnaît plus rien de nouveau jusqu’à ce que quelqu’un le confirme ou le retire.

# reviewed: no
said-held = La suspension est posée. Les autres la voient avant de signaler.

# reviewed: no
said-answered = Votre réponse est en route vers l’expéditeur.

# reviewed: no
said-answered-all = Votre réponse est en route, pour chaque lettre cochée.

# reviewed: no
said-asked-again = L’expéditeur est prié d’examiner de nouveau.

# reviewed: no
said-contested = Le signalement est contesté. Une personne de l’expéditeur décide.

# reviewed: no
said-confirmed = Confirmé. Ce qui était proposé est en vigueur.

# reviewed: no
said-dropped = La proposition est abandonnée. Rien ne change.

# reviewed: no
said-roles = Les rôles sont enregistrés. Ce qui exige une seconde personne l’attend.

# reviewed: no
said-closed = Le compte est fermé.

# reviewed: no
said-protected = L’hôte est sur la liste des hôtes protégés.

# reviewed: no
said-unprotected = L’hôte n’est plus sur la liste des hôtes protégés.

# reviewed: no
said-plan-sealed = Scellé : le registre garde le plan et ce qu’il prédit.

# reviewed: no
said-noted = Noté, avec sa source.

# reviewed: no
refusal-said = Cela n'a pas été fait.

# reviewed: no
reason-shift = File de mon service

# reviewed: no
reason-operation = Opération conjointe

# reviewed: no
reason-second = Second avis sur le travail d'un collègue

# reviewed: no
reason-quality = Contrôle de qualité ou d'une réclamation

# reviewed: no
enrol-unequal = Les deux mots de passe diffèrent.

# reviewed: no
mail-title = Un message pour vous

# reviewed: no
mail-how = L'ouvrir indique à l'expéditeur que vous l'avez reçu. Rien d'autre n'en découle.

# reviewed: no
mail-go = Ouvrir le message

# reviewed: no
mail-received = Vous avez reçu ce message

# reviewed: no
mail-answer = Vous pouvez répondre ici, pour tous les éléments ou pour certains.

# reviewed: no
intake-find-out = Déduire du nom du fichier

# reviewed: no
figure-sent = Signalements envoyés

# reviewed: no
figure-sent-means = Messages à un fournisseur, chacun avec un ou plusieurs éléments.

# reviewed: no
figure-answered = Signalements répondus

# reviewed: no
figure-answered-means = Chaque élément du message a une réponse finale.

# reviewed: no
figure-withdrawn = Signalements retirés

# reviewed: no
figure-withdrawn-means = Repris par l'expéditeur après leur création.

# reviewed: no
figure-contested = Contestations reçues

# reviewed: no
figure-contested-means = Envoyées avec la référence d'un signalement, par cette page ou par un fournisseur.

# reviewed: no
subject-was-seen = Vu par une source

# reviewed: no
subject-unsealed = Pas encore scellé : le scellement précède l'envoi

# reviewed: no
mail-answered = Votre réponse a été enregistrée pour l'expéditeur.

# reviewed: no
figure-repaired = Signalements retirés et rétablis

# reviewed: no
figure-repaired-means = Le fournisseur a dit que ce qui avait été retiré est de nouveau en ligne.

# reviewed: no
figure-repair = Temps de réparation, en heures

# reviewed: no
figure-repair-means = Du premier envoi du message erroné au dernier rétablissement : la médiane. Toute heure commencée compte.

# reviewed: no
queue-unconfirmed = Retraits sans accusé

# reviewed: no
queue-telephone = Téléphonez maintenant

# reviewed: no
sender-unlisted = Absent du registre des autorités

# reviewed: no
sender-unlisted-why = Le registre est la liste publiée des autorités compétentes au titre du règlement. La signature est juste, mais cet expéditeur n’y figure pas : avant d’agir, demandez à l’autorité, par une voie que vous connaissez par ailleurs, si la lettre vient d’elle.

# reviewed: no
provider-reminders = Rappels qui vous attendent

# reviewed: no
provider-reminders-start = Envoyer les rappels d'aujourd'hui

# reviewed: no
refusal-written = Ce que vous avez écrit, à copier

# reviewed: no
reason-moderation = Modération : répondre à ce qui nous est envoyé

# reviewed: no
reason-complaint = Réclamation d’un utilisateur

# reviewed: no
reason-duty = Obligation légale, comme un exposé des motifs

# reviewed: no
reason-audit = Audit, rapport de transparence

# reviewed: no
said-lifted = La suspension est levée.

# reviewed: no
figure-up-to = jusqu’à { $n }

# reviewed: no
said-plan-queued = Mis dans la file. Ce qui a trop peu d’évaluations approuvées attend dehors ; le plan dit combien.

# reviewed: no
said-analysis-opened = L’analyse sensible est ouverte.

# reviewed: no
said-analysis-closed = L’analyse sensible est fermée.

# reviewed: no
said-marked = Marqué. La marque est effacée après 90 jours, et vous pouvez la retirer avant.

# reviewed: no
said-unmarked = La marque est retirée.
