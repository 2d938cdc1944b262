### Network: ranks, plans, neighbourhoods.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: no
net-question = Qui le diffuse, et qu’est-ce qui changerait ?

# reviewed: no
net-about = { $accounts } comptes et { $links } liens, dans le réseau de { $items } contenus que des personnes ont évalués comme terroristes.

# reviewed: no
net-span = Publiés du { $from } au { $to }.

# reviewed: no
net-ends = Les rangs prennent fin le { $day }.

# reviewed: no
net-not-persons = Ils classent des comptes, non des personnes, et ne sont jamais un motif à eux seuls.

# reviewed: no
net-made = Calculé le { $at } ; recalculé quand il y a du nouveau.

# reviewed: no
net-choose = De quoi le réseau est fait

# reviewed: no
net-choose-posts = Publications

# reviewed: no
net-days-all = de tout temps

# reviewed: no
net-days = des { $days } derniers jours

# reviewed: no
net-choose-links = Ce qui fait un lien

# reviewed: no
net-layer-copies = copies

# reviewed: no
net-layer-forwards = transferts

# reviewed: no
net-layer-mentions = mentions

# reviewed: no
net-layer-channels = canaux

# reviewed: no
net-choose-show = Afficher

# reviewed: no
net-only-days = Seules comptent les publications des { $days } jours avant le calcul.

# reviewed: no
net-only-links = Seuls comptent ces liens : { $links }.

# reviewed: no
net-made-of = Publications { $days } ; liens : { $links }.

# reviewed: no
net-everything = Tout afficher

# reviewed: no
net-empty-choice = Rien ne s’est diffusé dans ce que vous avez choisi.

# reviewed: no
net-empty-choice-next = Choisissez une durée plus longue ou davantage de liens.

# reviewed: no
net-few = Trop peu de comptes sont dans ce que vous avez choisi.

# reviewed: no
net-few-next = Dans un espace de cette taille, rangs et plans s’affichent à partir de 50 comptes. Choisissez une durée plus longue ou davantage de liens.

# reviewed: no
net-again = Regarder à nouveau

# reviewed: no
net-computing = Le réseau est en cours de calcul.

# reviewed: no
net-computing-next = Cela prend quelques secondes pour un petit réseau, jusqu’à une minute pour un grand. Rien n’est envoyé entre-temps.

# reviewed: no
net-empty = Il n’y a pas encore de réseau.

# reviewed: no
net-empty-next = Il est fait de contenus qu’une personne a évalués et qu’une autre a approuvés, dès qu’un compte en a repris un d’un autre.

# reviewed: no
net-failed = Le réseau n’a pas été calculé.

# reviewed: no
net-failed-next = Un nouvel essai a lieu dans quelques minutes ; le journal du serveur dit pourquoi. Rien d’autre n’est touché.

# reviewed: no
net-ranks = Les 50 premiers comptes selon ce qui n’est atteint que par eux. L’intervalle contient 90 % des tirages.

# reviewed: no
net-col-rank = Rang, intervalle

# reviewed: no
net-col-why = Compte, et pourquoi lui

# reviewed: no
net-col-plan = Dans le plan

# reviewed: no
net-overlap = Les intervalles se recouvrent à partir du rang { $rank } : lisez-les comme un groupe.

# reviewed: no
net-kept = Conservé pour une enquête

# reviewed: no
net-is-kept = conservé

# reviewed: no
net-yes = oui

# reviewed: no
net-no = non

# reviewed: no
net-why-through = Comptes atteints par lui seul : { $n }, soit { $share } de tous ceux qui sont atteints.

# reviewed: no
net-why-direct = Il en atteint { $direct } directement ; publications : { $posts }.

# reviewed: no
net-why-first = Parmi les 50 premiers dans { $n } tirages sur 100.

# reviewed: no
net-price-none = Le prix de sa conservation n’a pas été calculé : trop de comptes sont conservés.

# reviewed: no
net-price = Le conserver coûte à un plan de 50 la portée de { $n } comptes de plus ({ $range }).

# reviewed: no
net-rank-said = rang { $rank }, entre { $low } et { $high }

# reviewed: no
net-plan = Que changerait un plan ?

# reviewed: no
net-unit = comptes atteints, moyenne de déroulements simulés

# reviewed: no
net-slide = Comptes signalés, les meilleurs d’abord :

# reviewed: no
net-ended = de la portée prend fin

# reviewed: no
net-show = Afficher ce plan

# reviewed: no
net-curve-said = Comptes encore atteints selon le nombre de comptes signalés : avec { $k } comptes { $n }, dans neuf déroulements sur dix entre { $low } et { $high } ; le tableau ci-dessous donne les valeurs

# reviewed: no
net-line-plan = ce plan

# reviewed: no
net-line-followed = plus suivis

# reviewed: no
net-before = Atteints si rien n’est fait

# reviewed: no
net-after = Atteints après ce plan

# reviewed: no
net-one-course = Dans neuf déroulements sur dix

# reviewed: no
net-beats = Épargnés de plus qu’avec autant des plus suivis

# reviewed: no
net-beats-yes = Ce plan est meilleur que signaler autant des comptes les plus suivis : l’intervalle est au-dessus de zéro.

# reviewed: no
net-beats-no = Il n’est pas établi que ce plan soit meilleur que signaler autant des comptes les plus suivis : l’intervalle contient zéro.

# reviewed: no
net-table = La courbe en tableau

# reviewed: no
net-col-accounts = Comptes

# reviewed: no
net-col-ended = Portée terminée

# reviewed: no
net-col-before = Atteints avant

# reviewed: no
net-col-after = Encore atteints

# reviewed: no
net-col-course = Déroulements seuls

# reviewed: no
net-col-followed = Les plus suivis à la place

# reviewed: no
net-list = Les comptes de ce plan

# reviewed: no
net-list-none = Aucun compte n’est atteint au-delà de ceux où le contenu commence.

# reviewed: no
net-sends-nothing = Un plan n’envoie rien. Chaque contenu est évalué par une personne et approuvé par une autre, comme toujours.

# reviewed: no
net-seal-title = Sceller ce plan

# reviewed: no
net-seal = Sceller ce plan

# reviewed: no
net-seal-what = Le registre garde le plan et sa prédiction tels quels, pour que personne ne les choisisse après coup. Il ne nomme les comptes que par leurs identifiants et n’envoie rien.

# reviewed: no
net-sealed = Plans scellés

# reviewed: no
net-sealed-none = Aucun jusqu’ici.

# reviewed: no
net-sealed-at = Scellé

# reviewed: no
net-sealed-what = Comptes atteints, tels que prédits ce jour-là, avec l’intervalle à 90 % de la moyenne.

# reviewed: no
net-around = Autour de

# reviewed: no
net-around-shown = 1 pas, { $shown } sur { $all } affichés

# reviewed: no
net-around-said = Voisinage d’un compte : { $shown } voisins sur { $all }, { $links } liens ; le tableau ci-dessous les énumère

# reviewed: no
net-around-marks = Cercle : compte. Carré : canal. Plein : dans ce plan. Anneau : le contenu y a commencé. Les numéros sont ceux du tableau.

# reviewed: no
net-around-table = En tableau

# reviewed: no
net-col-number = N°

# reviewed: no
net-col-account = Compte

# reviewed: no
net-col-way = Sens du contenu

# reviewed: no
net-way-from = venant de lui

# reviewed: no
net-way-to = allant à lui

# reviewed: no
net-way-both = dans les deux sens

# reviewed: no
net-began = le contenu y a commencé

# reviewed: no
net-erased = compte effacé

# reviewed: no
net-method-title = Méthode et hypothèses

# reviewed: no
net-method = À partir de { $sources } comptes où le contenu a commencé, { $worlds } déroulements sont simulés : un lien transmet avec une chance sur le nombre de liens menant au même compte. Les comptes sont classés d’après ceux-ci ; le plan est choisi sur d’autres, et jugé sur autant encore.

# reviewed: no
net-assumes = Il suppose que les comptes signalés disparaissent sans revenir et que personne ne prend leur place. Les comptes où le contenu commence ne sont dans aucun plan : ils reviennent sous d’autres noms. Les liens sont les transferts, mentions, publications dans des canaux et copies ultérieures du même contenu dans les sept jours ; ce qu’aucune source n’a vu n’y est pas.

# reviewed: no
net-intervals = Les intervalles sont à 90 % : à côté d’un chiffre celui de la moyenne, dans la bande celui d’un seul déroulement. Ils couvrent le hasard de la simulation, non ce que le modèle omet.

# reviewed: no
net-cut = Il y a plus de contenus évalués que ce qui est calculé ici ; les plus récents le sont.

# reviewed: no
net-queue = Mettre dans la file

# reviewed: no
net-queue-what = Chaque compte est évalué par une personne et approuvé par une autre, sur du contenu déjà approuvé. Le rang n’accompagne aucun d’eux.

# reviewed: no
net-queued = Dans la file ou décidés : { $there }. Trop peu d’évaluations approuvées de leur contenu : { $few }. Effacés : { $erased }.

# reviewed: no
net-plan-ended = Ses rangs ont pris fin ; scellez un plan d’aujourd’hui pour le mettre en file.

# reviewed: no
effect-title = Avant et après

# reviewed: no
effect-referred = Comptes signalés : { $referred } ; avec une réponse finale : { $answered }.

# reviewed: no
effect-early = Il est trop tôt pour le dire.

# reviewed: no
effect-early-until = Un chiffre figurera ici à partir du { $day } : des contenus doivent commencer après la dernière réponse et suivre leur cours.

# reviewed: no
effect-little = Il y a trop peu à comparer.

# reviewed: no
effect-little-what = Contenus commencés avant : { $before }, après : { $after } ; comptes semblables : { $alike }.

# reviewed: no
effect-unanswered = Aucun fournisseur n’a donné de réponse finale sur un compte de ce plan.

# reviewed: no
effect-plot-said = Comptes atteints par un contenu : { $before } avant, { $after } après, { $expected } attendus ; le tableau ci-dessous donne les valeurs

# reviewed: no
effect-line-group = Signalés et leur audience

# reviewed: no
effect-line-beside = L’ont repris, de ceux qu’un semblable seul informait

# reviewed: no
effect-line-expected = Attendu sans signalement

# reviewed: no
effect-all = Tous les comptes atteints

# reviewed: no
effect-before = avant

# reviewed: no
effect-after = après

# reviewed: no
effect-who = Quels comptes

# reviewed: no
effect-unit = Comptes atteints par un contenu, moyenne

# reviewed: no
effect-spared = Épargnés : attendu moins constaté

# reviewed: no
effect-regrown = Dont nouveaux comptes sur les mêmes services

# reviewed: no
effect-moved = Dont nouveaux comptes sur d’autres services

# reviewed: no
effect-share = Part de la portée qui a cessé

# reviewed: no
effect-predicted = Part prédite et scellée

# reviewed: no
effect-as-predicted = Ce qui a été mesuré concorde avec la prédiction.

# reviewed: no
effect-less = Il a cessé moins que prédit.

# reviewed: no
effect-more = Il a cessé plus que prédit.

# reviewed: no
effect-unsure = Il n’est pas établi que quelque chose ait cessé : l’intervalle contient zéro.

# reviewed: no
effect-no-fit = Le modèle ne convient pas : les contenus récents ont suivi un autre cours, ou tous les fournisseurs n’agissent pas. La bande est la large : reprises inégales, liens non vus, fournisseurs qui n’agissent pas, comptes qui reviennent.

# reviewed: no
effect-fit-unknown = Trop peu de contenus récents ou de réponses pour dire si le modèle convient ; la bande large est utilisée.

# reviewed: no
effect-method = Différence de différences avec { $alike } comptes semblables par activité, abonnés et communauté. Contenus commencés dans les { $window } jours avant la première et après la dernière réponse ({ $before } et { $after }), suivis chacun { $horizon } jours. Intervalles de 90 % par nouveau tirage des contenus et des semblables.

# reviewed: no
effect-limits = L’attendu est ce qui venait avant, changé selon la part de ceux qui ont repris un contenu qu’un seul semblable pouvait leur transmettre ; le modèle dit ce que cela fait à la portée. Les nouveaux comptes, revenus ou partis ailleurs, sont dans le constaté et réduisent la part. Seul le contenu évalué est compté.

# reviewed: no
net-fit = Sur { $n } contenus récents, { $inside } ont suivi le modèle dans neuf cours sur dix ; il en faut { $needed } pour qu’il convienne.

# reviewed: no
net-around-numbered = Les { $n } premiers portent leur numéro dans le dessin ; le tableau les a tous.

# reviewed: no
net-acted = Sur { $n } réponses finales, { $acted } disent que c’est parti ; le modèle suppose que tout part.

# reviewed: no
net-because = Pourquoi il est dans le plan

# reviewed: no
net-because-alone = Par lui seul

# reviewed: no
net-because-ways = Chemins vers lui

# reviewed: no
net-because-then = puis

# reviewed: no
net-because-courses = { $share } des parcours qui lui parviennent

# reviewed: no
net-because-cut = Coupés

# reviewed: no
net-because-lost = et sa communauté de { $accounts } : { $share } de ce qui y est atteint est perdu

# reviewed: no
net-because-instead = Remplaçant

# reviewed: no
net-because-more = { $n } comptes de plus seraient atteints

# reviewed: no
net-because-instead-none = Aucun : le plan est un simple ordre.

# reviewed: no
net-because-none = Aucun

# reviewed: no
net-because-how = Chaque chiffre suppose qu’aucun autre compte du plan n’est parti ; pour le remplaçant, les autres sont partis.
