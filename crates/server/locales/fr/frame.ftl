### The frame of every page: pages, keys, months, counts.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: no
page-queue = File

# reviewed: no
page-approve = Approuver

# reviewed: no
page-sent = Envoyés

# reviewed: no
page-operation = Opération

# reviewed: no
page-network = Réseau

# reviewed: no
page-radar = Radar

# reviewed: no
page-money = Argent

# reviewed: no
page-search = Recherche

# reviewed: no
page-intake = Entrées

# reviewed: no
page-signals = Signaux

# reviewed: no
page-reports = Rapports

# reviewed: no
page-ledger = Registre

# reviewed: no
page-agency = Agence

# reviewed: no
page-inbox = Boîte de réception

# reviewed: no
frame-skip = Aller au travail

# reviewed: no
frame-world = Un monde : tout ici est inventé et rien ne quitte cette machine.

# reviewed: no
frame-world-day = Son horloge indique le { $day }.

# reviewed: no
frame-contact-point = point de contact

# reviewed: no
frame-pages = Pages

# reviewed: no
frame-goto = Aller où l’on veut

# reviewed: no
frame-keys = Touches

# reviewed: no
frame-sign-out = Se déconnecter

# reviewed: no
frame-undo = Annuler

# reviewed: no
frame-cleared = L’écran est vidé.

# reviewed: no
frame-cleared-way = Rien n’est perdu. Votre brouillon est resté en place.

# reviewed: no
frame-uncover = Reprendre le travail

# reviewed: no
frame-close = Fermer

# reviewed: no
go-back = Revenir

# reviewed: no
keys-single = Les touches simples agissent

# reviewed: no
key-next = Suivant

# reviewed: no
key-previous = Précédent

# reviewed: no
key-reveal = Maintenir pour voir

# reviewed: no
key-grey = Gris

# reviewed: no
key-blur = Flou

# reviewed: no
key-kind = Type de contenu

# reviewed: no
key-exempt = Exempté

# reviewed: no
key-not = Pas de contenu terroriste

# reviewed: no
key-unsure = À un second lecteur

# reviewed: no
key-defer = Plus tard

# reviewed: no
key-save = Enregistrer : signaler

# reviewed: no
key-approve = Approuver ; l’envoi part une fois les contrôles passés

# reviewed: no
key-return = Renvoyer avec un motif

# reviewed: no
key-withdraw = Retirer

# reviewed: no
key-undo = Reprendre sa dernière décision, tant que personne d’autre ne l’a lue

# reviewed: no
key-search = Rechercher

# reviewed: no
key-keys = Ces touches

# reviewed: no
key-goto = Aller où l’on veut

# reviewed: no
key-clear = Vider l’écran

# reviewed: no
month-1 = janvier

# reviewed: no
month-2 = février

# reviewed: no
month-3 = mars

# reviewed: no
month-4 = avril

# reviewed: no
month-5 = mai

# reviewed: no
month-6 = juin

# reviewed: no
month-7 = juillet

# reviewed: no
month-8 = août

# reviewed: no
month-9 = septembre

# reviewed: no
month-10 = octobre

# reviewed: no
month-11 = novembre

# reviewed: no
month-12 = décembre

# reviewed: no
stretch-seconds = { $n } s

# reviewed: no
stretch-minutes = { $n } min

# reviewed: no
stretch-hours = { $n } h

# reviewed: no
stretch-days = { $n ->
        [one] { $n } jour
       *[other] { $n } jours
    }

# reviewed: no
items = { $n ->
        [one] { $n } élément
       *[other] { $n } éléments
    }

# reviewed: no
clusters = { $n ->
        [one] { $n } groupe
       *[other] { $n } groupes
    }

# reviewed: no
services = { $n ->
        [one] { $n } service
       *[other] { $n } services
    }

# reviewed: no
records = { $n ->
        [one] { $n } enregistrement
       *[other] { $n } enregistrements
    }

# reviewed: no
referrals = { $n ->
        [one] { $n } signalement
       *[other] { $n } signalements
    }

# reviewed: no
agencies = { $n ->
        [one] { $n } agence
       *[other] { $n } agences
    }

# reviewed: no
people = { $n ->
        [one] { $n } personne
       *[other] { $n } personnes
    }

# reviewed: no
banks = { $n ->
        [one] { $n } banque
       *[other] { $n } banques
    }

# reviewed: no
waiting = { $n ->
        [one] { $n } en attente
       *[other] { $n } en attente
    }

# reviewed: no
of-all = sur { $n }

# reviewed: no
done-of = { $done } sur { $all }

# reviewed: no
facts = Faits

# reviewed: no
optional = facultatif

# reviewed: no
item = Élément

# reviewed: no
characters-least = au moins { $n } caractères

# reviewed: no
characters-of = { $n } caractères sur { $most }
