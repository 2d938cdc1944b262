# reviewed: no
defined-observed = Bons enregistrements des prises en charge terminées dans la période, répétitions comprises.

# reviewed: no
defined-duplicates = Enregistrements observés qui étaient déjà pris en charge et n’ont rien ajouté.

# reviewed: no
defined-set-aside = Enregistrements illisibles, chacun listé avec son emplacement et sa raison à sa prise en charge.

# reviewed: no
defined-refused = Enregistrements de communications privées, jamais pris en charge.

# reviewed: no
defined-unique = Éléments différents entrés dans un groupe pendant la période.

# reviewed: no
defined-clusters = Contenus différents auxquels appartiennent ces éléments distincts.

# reviewed: no
defined-matched = Éléments distincts qui concordent avec un signal d’une banque ; une correspondance est une raison de regarder, jamais une décision.

# reviewed: no
defined-reappeared = Éléments distincts entrés dans un groupe dont le contenu avait déjà été décidé et confirmé.

# reviewed: no
defined-assessments = Évaluations par une personne, enregistrées pour la première fois dans la période.

# reviewed: no
defined-assessed = Éléments différents sur lesquels portent ces évaluations.

# reviewed: no
defined-identical-texts = Évaluations dont tout le texte écrit est le même que celui d’une autre évaluation de la période.

# reviewed: no
defined-approved = Éléments différents des évaluations confirmées dans la période et qui le sont encore.

# reviewed: no
defined-held-back = Éléments confirmés dans la période dont le signalement n’est pas envoyé : le contrôle avant envoi, une suspension ou un contact manquant le retient.

# reviewed: no
defined-referrals = Messages mis dans la boîte d’envoi pendant la période, signés, un par fournisseur et par évaluation.

# reviewed: no
defined-referred = Éléments de ces messages ; un élément renvoyé après un retrait compte de nouveau.

# reviewed: no
defined-received = Éléments signalés dont le fournisseur a donné un accusé signé, ou dont le courriel a été confirmé.

# reviewed: no
defined-answered = Éléments signalés avec une réponse définitive de leur fournisseur.

# reviewed: no
defined-removed = Éléments signalés dont la dernière réponse est : retiré, bloqué partout ou dans l’Union, compte suspendu ou fermé. Un contenu disparu sans une telle réponse n’est pas compté ici.

# reviewed: no
defined-no-action = Éléments signalés dont la dernière réponse est « aucune mesure », une réponse normale.

# reviewed: no
defined-needs-information = Éléments signalés dont la dernière réponse est une question.

# reviewed: no
defined-unanswered = Éléments signalés sans réponse définitive à ce jour ; aucun délai n’est fixé pour celle-ci.

# reviewed: no
defined-withdrawn = Éléments signalés dont nous avons retiré le signalement.

# reviewed: no
defined-overturned = Éléments signalés dont la contestation a été accueillie, ou que le fournisseur a rétablis après plainte ou réexamen.

# reviewed: no
defined-reviewed = Éléments signalés qui ont été réexaminés : retirés, contestés et décidés, ou rétablis.

# reviewed: no
defined-standing = Éléments signalés qui ne sont ni retirés ni infirmés.

# reviewed: no
defined-gone = Éléments signalés que deux contrôles, à 30 minutes d’intervalle, n’ont plus trouvés. On ne sait pas qui les a retirés : les auteurs effacent aussi.

# reviewed: no
defined-duplicates-sent = Éléments envoyés dans la période à un fournisseur qui les avait déjà, dans un signalement non retiré. Doit être 0.

# reviewed: no
defined-without-second-person = Signalements dont l’évaluation n’a pas d’approbateur, ou un approbateur qui l’a aussi écrite. Doit être 0.

# reviewed: no
defined-service = Hôte enregistrable de l’élément.

# reviewed: no
defined-language = Langue de l’enregistrement qui a d’abord placé l’élément dans un groupe ; und si elle n’est pas connue.

# reviewed: no
defined-kind = Élément, compte, canal ou site.

# reviewed: no
defined-agency = Qui a remis l’enregistrement, écrit l’évaluation ou envoie le signalement.

# reviewed: no
defined-hour = Heure de l’acte compté ; les réponses comptent à l’heure de l’envoi.
