### Why it was matched: a match laid open.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: no
why-page = Pourquoi cela a été reconnu

# reviewed: no
why-question = Pourquoi cela a-t-il été reconnu ?

# reviewed: no
why-reason-only = Une correspondance est une raison de regarder, jamais une décision.

# reviewed: no
why-back = Retour à son groupe

# reviewed: no
why-compare = Comparer

# reviewed: no
why-item = Cet élément

# reviewed: no
why-known = Ce qui est connu

# reviewed: no
why-seen = vu

# reviewed: no
why-agrees = Ce qui concorde dans cet élément

# reviewed: no
why-listed-value = La valeur sur la liste

# reviewed: no
why-fingerprint = Seule son empreinte est conservée ici. Il n’y a ni image ni texte à montrer.

# reviewed: no
why-same-file = Le fichier est le même, octet pour octet : ce que montre cet élément est ce qui est connu.

# reviewed: no
why-part = La partie entourée est ce que montrent les deux images.

# reviewed: no
why-marked = Les mots marqués figurent dans les deux.

# reviewed: no
why-how-near = À quel point c’est proche

# reviewed: no
why-limit = limite { $n }

# reviewed: no
why-scale = 0 est la même chose ; rien au-delà de { $limit } n’est reconnu.

# reviewed: no
why-places = Points des deux images qui concordent : { $n }.

# reviewed: no
why-share = Les deux ont { $n } % du texte le plus long.

# reviewed: no
why-exact = La concordance est exacte, à l’écriture près.

# reviewed: no
why-who = Qui le dit

# reviewed: no
why-opinion = Avis

# reviewed: no
why-state = État

# reviewed: no
why-live = Il est en vigueur.

# reviewed: no
why-withdrawn = Retiré : il ne reconnaît plus rien.

# reviewed: no
why-label = Son auteur l’appelle

# reviewed: no
why-listed-by = Mis sur la liste par

# reviewed: no
why-listed-at = Sur la liste depuis

# reviewed: no
why-matched-at = Reconnu

# reviewed: no
why-nobody = inconnu

# reviewed: no
why-others-too = Ce qui a aussi reconnu cet élément

# reviewed: no
variant-document = Elle se trouve dans un document.

# reviewed: no
fuses-title = Écartés par leur fusible

# reviewed: no
fuses-note = plus de { $n } correspondances en un jour

# reviewed: no
fuses-none = Aucun fusible n’a sauté.

# reviewed: no
fuse-matches = Correspondances de ce jour : { $n }.

# reviewed: no
fuse-since = Écarté

# reviewed: no
fuse-reset = Le laisser reconnaître à nouveau

# reviewed: no
fuse-reset-why = Pourquoi il est juste malgré tout

# reviewed: no
fuse-told = Ces personnes voient le compte à côté du nom de la page :

# reviewed: no
fuse-told-nobody = personne ne tient les banques ici

# reviewed: no
dispute-by = Contesté par { $name }

# reviewed: no
dispute-from-list = Il est arrivé contesté avec sa liste

# reviewed: no
imports-title = Importations

# reviewed: no
imports-none = Rien n’a encore été importé.

# reviewed: no
imports-when = Quand, par qui

# reviewed: no
imports-rows = Lignes

# reviewed: no
imports-came = Ce qui en est venu

# reviewed: no
imports-left = Laissées de côté

# reviewed: no
imports-nothing = rien

# reviewed: no
imports-new = nouvelles : { $n }

# reviewed: no
imports-known = déjà connues : { $n }

# reviewed: no
imports-disputed = contestées : { $n }

# reviewed: no
imports-withdrawn = retirées par leur auteur : { $n }

# reviewed: no
imports-relisted = de nouveau sur la liste : { $n }

# reviewed: no
imports-cut = avec des coupes : { $n }

# reviewed: no
imports-not-compared = de types non comparés ici : { $n }

# reviewed: no
left-unreadable = illisibles : { $n }

# reviewed: no
left-kind = de genre inconnu : { $n }

# reviewed: no
left-opinion = d’un autre avis que la banque : { $n }

# reviewed: no
left-value = sans valeur utilisable : { $n }

# reviewed: no
left-withdrawn = retirées d’ici auparavant : { $n }

# reviewed: no
match-distance-plain = distance { $found }, limite { $limit }

# reviewed: no
match-near-text = Le texte est proche d’un texte connu.

# reviewed: no
right-compare-uploads = faire comparer des téléversements aux listes fermées

# reviewed: no
match-video = La vidéo contient une partie d’une vidéo connue.

# reviewed: no
match-sound = Le son contient une partie d’un son connu.

# reviewed: no
match-video-part = De { $from } à { $to }, la vidéo montre ce qu’une vidéo connue montre de { $known_from } à { $known_to } : { $share } % de celle-ci, { $known_share } % de la vidéo connue.

# reviewed: no
match-sound-part = De { $from } à { $to }, le son est celui d’un son connu de { $known_from } à { $known_to } : { $share } % de celui-ci, { $known_share } % du son connu.

# reviewed: no
match-faster = Le rythme est plus rapide de { $n } %.

# reviewed: no
match-slower = Le rythme est plus lent de { $n } %.

# reviewed: no
variant-read = Une machine l’a lu dans une image. Vérifiez qu’il s’y trouve.

# reviewed: no
why-video = Partie d’une vidéo connue, { $from } à { $to }

# reviewed: no
why-sound = Partie d’un son connu, { $from } à { $to }

# reviewed: no
why-read = Une machine a lu un terme connu dans une image

# reviewed: no
why-wrong = Ce signal est faux

# reviewed: no
why-dispute-what = Un signal contesté ne reconnaît plus rien de nouveau jusqu’à ce que quelqu’un le confirme ou le retire.

# reviewed: no
why-dispute-reason = Pourquoi il est faux

# reviewed: no
why-dispute-go = Le contester

# reviewed: no
why-wrong-tell = Si ce signal est faux, dites-le à ceux qui tiennent les banques :
