### Radar: hosts, worksheets, hypotheses; shifts; cells.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: no
radar-question = Où vont-ils ?

# reviewed: no
radar-about = Hôtes vers lesquels pointe le contenu évalué. Aucun hôte n’est interrogé d’ici.

# reviewed: no
radar-until = Le lien le plus récent date du { $day }. Dans les { $days } jours jusque-là, { $now } comptes ont publié des liens ; dans les semaines d’avant, { $before }.

# reviewed: no
radar-cut = Il y a plus de liens que ceux qui sont lus ; le contenu le plus récent compte.

# reviewed: no
radar-empty = Aucun contenu évalué ne renvoie à un autre hôte.

# reviewed: no
radar-empty-next = Des hôtes figurent ici dès qu’un contenu évalué par une personne et approuvé par une autre renvoie ailleurs.

# reviewed: no
radar-hosts = Hôtes, les nouveaux et les croissants d’abord ; facteur avec son intervalle à 99 %.

# reviewed: no
radar-col-host = Hôte

# reviewed: no
radar-col-trend = Part des comptes qui publient des liens

# reviewed: no
radar-col-accounts = Comptes

# reviewed: no
radar-col-from = Venus de

# reviewed: no
radar-col-identification = Exige une identification

# reviewed: no
radar-first = premier lien { $day }

# reviewed: no
radar-links = liens : { $n }

# reviewed: no
radar-before = avant : { $n }

# reviewed: no
radar-left = Hôtes non affichés : { $n }.

# reviewed: no
radar-new = nouveau

# reviewed: no
radar-growing = en hausse

# reviewed: no
radar-steady = stable

# reviewed: no
radar-falling = en baisse

# reviewed: no
radar-id-yes = oui

# reviewed: no
radar-id-no = non

# reviewed: no
radar-id-unknown = inconnu

# reviewed: no
radar-sheet = Fiche de l’exploitant

# reviewed: no
radar-sheet-note = chaque fait avec sa source

# reviewed: no
radar-open-sheet = Ouvrir sa fiche

# reviewed: no
radar-nothing = Personne n’a noté de fait à son sujet.

# reviewed: no
radar-earlier = Notes antérieures

# reviewed: no
radar-source = Source :

# reviewed: no
radar-by = { $name }, { $at }

# reviewed: no
radar-note-identification = Noter s’il exige une identification

# reviewed: no
radar-note-fact = Noter un fait

# reviewed: no
radar-kind = Au sujet de

# reviewed: no
radar-fact = Fait

# reviewed: no
radar-source-field = D’où on le sait

# reviewed: no
radar-save = Noter

# reviewed: no
radar-rdap = Remettre une réponse RDAP

# reviewed: no
radar-rdap-answer = La réponse d’un registre (JSON, RFC 9083)

# reviewed: no
radar-rdap-note = Sont lus : bureau d’enregistrement, date d’enregistrement, serveurs de noms, réseau et contact pour les abus ; le titulaire n’est pas lu.

# reviewed: no
radar-kind-identification = Exige une identification

# reviewed: no
radar-kind-operator = Exploitant

# reviewed: no
radar-kind-seat = Siège de l’exploitant

# reviewed: no
radar-kind-registrar = Bureau d’enregistrement

# reviewed: no
radar-kind-registered = Enregistré depuis

# reviewed: no
radar-kind-name-servers = Serveurs de noms

# reviewed: no
radar-kind-network = Réseau d’hébergement

# reviewed: no
radar-kind-contact = Reçoit les signalements à

# reviewed: no
radar-kind-purpose = À quoi il sert

# reviewed: no
radar-kind-hypothesis = Hypothèse

# reviewed: no
radar-log = Hypothèses

# reviewed: no
radar-log-note = rien n’est modifié, seulement ajouté

# reviewed: no
radar-no-hypotheses = Personne n’a émis d’hypothèse à son sujet.

# reviewed: no
radar-note-hypothesis = Ajouter une hypothèse, ou où elle en est

# reviewed: no
radar-standing = Où elle en est

# reviewed: no
radar-open = ouverte

# reviewed: no
radar-supported = étayée

# reviewed: no
radar-refuted = réfutée

# reviewed: no
radar-method-title = Comment on compte

# reviewed: no
radar-method = On compte les comptes, non les liens : un compte seul ne fait pas monter un hôte. La part des { $days } derniers jours est comparée à celle des { $before } jours d’avant ; quand tous publient moins, aucun hôte ne baisse. Sur 100 hôtes stables, un environ paraît en hausse ou en baisse par hasard.

# reviewed: no
radar-no-scan = Un hôte nouveau est une piste que des personnes examinent ; ce n’est pas un motif à lui seul. Rien n’est balayé.

# reviewed: no
shifts-title = Bascules

# reviewed: no
shifts-note = par service et langue

# reviewed: no
shifts-counting = Elles sont en cours de calcul.

# reviewed: no
shifts-learning = Rien n’est dit avant { $days } jours de comptes : le rythme du jour et de la semaine s’apprend d’abord.

# reviewed: no
shifts-none = Aucune en { $days } jours, dans { $n } séries d’un service et d’une langue.

# reviewed: no
shifts-caption = Vues ces { $days } derniers jours, dans { $n } séries d’un service et d’une langue.

# reviewed: no
shifts-col-where = Où

# reviewed: no
shifts-col-what = Quoi

# reviewed: no
shifts-col-chance = Probabilité que c’en soit une

# reviewed: no
shifts-blackout = s’est tu

# reviewed: no
shifts-burst = afflux

# reviewed: no
shifts-migration = s’en va

# reviewed: no
shifts-mix = la répartition change

# reviewed: no
shifts-began = depuis environ { $at }

# reviewed: no
shifts-seen = vu à { $at }

# reviewed: no
shifts-method-title = Comment on compte

# reviewed: no
shifts-method = Chaque série est comparée à son rythme du jour et de la semaine et aux autres séries de son service : ce qu’un service fait à toutes est le service, non une bascule. Seuls les comptes servent, et rien d’après l’heure indiquée. Cela dit ce qui est arrivé aux comptes, non pourquoi. La répartition change quand les autres langues du service compensent une baisse ou une hausse ; cela se dit des jours après la baisse elle-même.

# reviewed: no
shifts-left-out = Heures de services en panne ou non lus, laissées de côté : { $n }. Séries trop petites : { $small }.

# reviewed: no
cell-title = Agit de concert

# reviewed: no
cell-note = son compte, dans le contenu évalué

# reviewed: no
cell-counting = Les cellules sont en cours de calcul.

# reviewed: no
cell-none = Le compte n’est dans aucune cellule : il ne partage pas plus souvent avec d’autres que le hasard ne l’explique.

# reviewed: no
cell-in = Le compte est dans une cellule de { $n } : à moins de trois minutes les uns des autres, ils ont partagé { $things } choses, { $acts } fois en tout.

# reviewed: no
cell-chance = Probabilité qu’il soit si souvent à leurs côtés, vu l’activité de chacun et la popularité de chaque chose : { $p }.

# reviewed: no
cell-lead = Une piste à examiner, jamais un motif : de petits cercles éveillés aux mêmes heures se ressemblent.

# reviewed: no
cell-left = Non affichés : { $n }.

# reviewed: no
cell-acts = Ce qu’ils ont fait de concert

# reviewed: no
cell-col-when = Quand

# reviewed: no
cell-col-who = Compte

# reviewed: no
cell-col-what = Quoi

# reviewed: no
cell-content = contenu { $n }

# reviewed: no
cell-link = lien { $n }

# reviewed: no
shifts-all = Sur le radar, avec l’heure et la probabilité : { $n }
