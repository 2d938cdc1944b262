### Sensitive analysis: same actor elsewhere.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: no
leads-title = Même acteur ailleurs

# reviewed: no
leads-note = analyse sensible

# reviewed: no
leads-switch = Analyse sensible

# reviewed: no
leads-money = Pistes financières

# reviewed: no
leads-covers = Ce que couvre l’analyse d’impact

# reviewed: no
leads-lead = Des pistes à regarder. Aucune n’est un motif de signalement, et aucune n’est dans une lettre, un classement ou une banque.

# reviewed: no
leads-counting = Les pistes sont en cours de calcul. Rechargez la page dans une minute.

# reviewed: no
leads-none = Aucun compte d’un autre service n’est assez probable. Cela ne prouve pas qu’il n’y en a pas.

# reviewed: no
leads-open-for = Ouverte jusqu’au { $day }. Finalité : { $purpose }. Analyse d’impact : { $reference }.

# reviewed: no
leads-probability = Sur 100 paires comme celle-ci, environ { $n } ont le même acteur.

# reviewed: no
leads-mark-alone = N’est plus probable d’après ce qui est connu ; quelqu’un l’a marqué.

# reviewed: no
leads-for = Pour :

# reviewed: no
leads-against = Contre :

# reviewed: no
leads-little = Dit peu :

# reviewed: no
leads-names = identifiants semblables ; comptes aussi semblables : { $n }

# reviewed: no
leads-names-unlike = identifiants qui ne se ressemblent pas

# reviewed: no
leads-links-none = aucun ne renvoie à l’autre

# reviewed: no
leads-links-one = l’un renvoie à l’autre

# reviewed: no
leads-links-both = chacun renvoie à l’autre

# reviewed: no
leads-shared-none = aucun contenu publié par les deux

# reviewed: no
leads-shared = contenus publiés par les deux : { $n }, par personne d’autre : { $alone }

# reviewed: no
leads-lag = minutes entre les deux publications du même contenu, valeur médiane : { $n }

# reviewed: no
leads-lag-none = pas d’heures du même contenu à comparer

# reviewed: no
leads-hours-alike = actifs aux mêmes heures de la journée

# reviewed: no
leads-hours-unlike = actifs à des heures différentes

# reviewed: no
leads-hours-little = heures de la journée

# reviewed: no
leads-say = Dire ce que vous avez trouvé

# reviewed: no
leads-reason = Pourquoi (gardé 90 jours)

# reviewed: no
leads-same = Même acteur

# reviewed: no
leads-not-same = Pas le même

# reviewed: no
leads-take-back = Retirer la marque

# reviewed: no
leads-said-same = Marqué comme même acteur par { $name }, { $at }.

# reviewed: no
leads-said-not-same = Marqué comme n’étant pas le même par { $name }, { $at }.

# reviewed: no
leads-about = Montre aux analystes et aux coordinateurs sur quels autres services peut être l’acteur d’un compte, ou qui publie des comptes et portefeuilles qui reçoivent de l’argent. À partir de vos propres contenus évalués des { $days } derniers jours seulement ; les pistes ne sont jamais conservées, les marques { $days } jours.

# reviewed: no
leads-closed = Elle est fermée : personne ne voit de piste.

# reviewed: no
leads-purpose = Pour quoi

# reviewed: no
leads-reference = Référence de son analyse d’impact

# reviewed: no
leads-days = Jours avant sa fermeture automatique, de 1 à { $days }

# reviewed: no
leads-open = Ouvrir l’analyse

# reviewed: no
leads-close = Fermer l’analyse

# reviewed: no
leads-doubt = La probabilité a été établie dans des mondes fabriqués. Dans des mondes d’une autre sorte, presque la moitié des pistes étaient fausses : vérifiez chacune.
