### Leads on money: identifiers that money is sent to, and the sheet of one.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: no
money-question = Qui demande de l’argent, et où ?

# reviewed: no
money-about = Comptes, portefeuilles et pages de dons qui figurent dans vos propres contenus approuvés des { $days } derniers jours. Des pistes à regarder : dans aucun classement, aucune lettre, aucune banque, et jamais un motif.

# reviewed: no
money-made = Calculé { $at }.

# reviewed: no
money-counting = Le calcul est en cours. Rechargez la page dans une minute.

# reviewed: no
money-empty = Aucun contenu approuvé des 90 derniers jours ne nomme un compte, un portefeuille ou une page de dons.

# reviewed: no
money-empty-next = Ils figurent ici dès qu’un contenu qui en nomme un a été évalué par une personne et approuvé par une autre.

# reviewed: no
money-caption = D’abord le plus de comptes distincts : des comptes qui l’ont publié, chacun dans un contenu à lui.

# reviewed: no
money-apart = comptes distincts

# reviewed: no
money-accounts = comptes

# reviewed: no
money-contents = contenus

# reviewed: no
money-posts = publications

# reviewed: no
money-services = services

# reviewed: no
money-col-identifier = Identifiant

# reviewed: no
money-col-span = Première et dernière fois

# reviewed: no
money-col-account = Compte

# reviewed: no
money-col-at = Quand

# reviewed: no
money-col-content = Contenu

# reviewed: no
money-col-post = Publication

# reviewed: no
money-counts = Comptes : { $accounts } ; contenus : { $contents } ; publications : { $posts } ; services : { $services }.

# reviewed: no
money-kind-iban = Compte bancaire (IBAN)

# reviewed: no
money-kind-bitcoin = Adresse Bitcoin

# reviewed: no
money-kind-ethereum = Adresse Ethereum

# reviewed: no
money-kind-tron = Adresse Tron

# reviewed: no
money-kind-monero = Adresse Monero

# reviewed: no
money-kind-donation = Page de dons

# reviewed: no
money-says-apart = { $apart } comptes sur { $accounts } l’ont publié dans des contenus à eux : ce n’est pas seulement de la copie.

# reviewed: no
money-says-one-content = Faible : il figure dans un seul contenu, publié par { $n } comptes. Qui a copié ce contenu l’a copié aussi.

# reviewed: no
money-says-one-account = Faible : on ne connaît pas de second compte qui l’ait publié.

# reviewed: no
money-method-title = Comment c’est calculé

# reviewed: no
money-method = Un élément compte une fois, depuis sa première publication. Les copies sont un seul contenu. Le texte et les liens de vos éléments approuvés sont lus puis oubliés ; rien de cette page n’est conservé.

# reviewed: no
money-method-apart = Comptes distincts : le plus grand nombre de comptes à chacun desquels on peut donner un contenu qu’il a publié, aucun contenu deux fois. Un seul contenu copié donne un, quel que soit le nombre de copies.

# reviewed: no
money-limits-title = Ce que cela ne dit pas

# reviewed: no
money-limit-whose = À qui il appartient. Ce peut être une œuvre, un commerce, une victime, ou quelqu’un que l’on veut accuser.

# reviewed: no
money-limit-shared = Combien s’en servent. Une plateforme d’échange donne une adresse à beaucoup de gens, et une personne en a beaucoup.

# reviewed: no
money-limit-read = Où il figure encore. La presse, le contre-discours et ce qui a été jugé non terroriste ne sont pas lus.

# reviewed: no
money-limit-checksum = S’il existe, ou si de l’argent a jamais été envoyé. Une somme de contrôle montre seulement qu’il a été écrit sans erreur.

# reviewed: no
money-limit-where = Ce qui figure dans les images, les sons et les profils. Ils ne sont pas lus ici.

# reviewed: no
money-left-title = Laissé de côté dans vos contenus approuvés

# reviewed: no
money-left-old = Publications de plus de { $days } jours : { $n }

# reviewed: no
money-left-unapproved = Publications de copies que personne n’a approuvées, ou qui ont été retirées : { $n }

# reviewed: no
money-left-erased = Publications dont le texte a été effacé : { $n }

# reviewed: no
money-left-unchecked = Identifiants que personne n’a écrits avec leur somme de contrôle : { $n }

# reviewed: no
money-left-cut = Il y a plus de contenus qu’on n’en lit ; les plus récents comptent.

# reviewed: no
money-left-accounts = Comptes non montrés : { $n }.

# reviewed: no
money-left-posts = Publications non montrées : { $n }. La première de chaque contenu passe avant ses copies.

# reviewed: no
money-sheet = Piste financière

# reviewed: no
money-lead = Une piste à regarder. Ce n’est pas un motif de signalement, et elle n’est dans aucun classement, aucune lettre, aucune banque.

# reviewed: no
money-checked = Sa somme de contrôle est juste.

# reviewed: no
money-unchecked = Une page de dons n’a pas de somme de contrôle.

# reviewed: no
money-back = Tous les identifiants

# reviewed: no
money-whole = Montrer tous les comptes et publications

# reviewed: no
money-print = Imprimer

# reviewed: no
money-times = Quand il a été publié

# reviewed: no
money-times-said = Première fois { $first }, dernière fois { $last } ; au plus { $most } publications en un jour.

# reviewed: no
money-accounts-none = Aucun compte n’est connu.

# reviewed: no
money-beside = Publié par les mêmes comptes

# reviewed: no
money-beside-accounts = Comptes qui ont publié les deux : { $n }

# reviewed: no
money-beside-left = Autres non montrés : { $n }.

# reviewed: no
money-shown = Montrés : { $shown } sur { $all }.

# reviewed: no
money-next = Montrer les suivants
