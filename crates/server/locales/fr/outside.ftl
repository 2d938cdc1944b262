### The inbox of a provider and the public page.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: no
inbox-question = Que me demandent-ils ?

# reviewed: no
lane-notices = Notifications

# reviewed: no
lane-notices-note = DSA art. 16, décision sans retard indu

# reviewed: no
inbox-none = Rien ne vous est demandé.

# reviewed: no
inbox-choose = Choisissez une lettre.

# reviewed: no
inbox-choose-how = Elle s’ouvre à côté, dans votre langue si elle existe.

# reviewed: no
inbox-bulk = Une réponse pour plusieurs lettres

# reviewed: no
inbox-bulk-note = elle vaut pour ce qui attend dans les lettres que vous cochez, et pour rien d’autre

# reviewed: no
inbox-bulk-answer = Répondre pour les lettres cochées

# reviewed: no
inbox-withdrawn = Retiré par l’expéditeur

# reviewed: no
inbox-withdrawn-what = Rien ne vous est plus demandé.

# reviewed: no
inbox-withdrawn-acted = Vous avez agi avant le retrait. Cela attend ici que vous disiez que c’est rétabli, ou que cela reste en l’état pour vos propres raisons.

# reviewed: no
inbox-open-why = L’ouverture confirme la réception à l’expéditeur. Elle n’oblige à rien.

# reviewed: no
inbox-open-go = Confirmer la réception et lire

# reviewed: no
inbox-from = de

# reviewed: no
signature-verified = Signature vérifiée

# reviewed: no
signature-none = Signature non vérifiée

# reviewed: no
inbox-kind = Type :

# reviewed: no
inbox-choose-items = Choisir

# reviewed: no
inbox-item = Élément { $n }

# reviewed: no
inbox-your-answer = Votre réponse

# reviewed: no
inbox-answer = Répondre pour les éléments cochés

# reviewed: no
inbox-reason = Pourquoi ? Vous n’avez pas à le dire.

# reviewed: no
inbox-basis = Sur quel fondement ? Vous n’avez pas à le dire.

# reviewed: no
basis-unsaid = non précisé

# reviewed: no
basis-terms = nos conditions

# reviewed: no
basis-law = la loi

# reviewed: no
basis-both = les deux

# reviewed: no
inbox-note = Note à l’expéditeur

# reviewed: no
inbox-send = Envoyer cette réponse

# reviewed: no
inbox-waiting = { $n ->
        [one] { $n } élément
       *[other] { $n } éléments
    } sans réponse définitive

# reviewed: no
inbox-wrong = Si vous pensez que c’est une erreur

# reviewed: no
inbox-wrong-what = Demandez à l’expéditeur de réexaminer { $n ->
        [one] l’élément
       *[other] les { $n } éléments
    } sans réponse définitive, avec les mots de votre note ou sans. Cela n’a aucune conséquence.

# reviewed: no
inbox-look-again = Demander un réexamen

# reviewed: no
inbox-contest-what = Vous avez répondu pour chaque élément. Vous pouvez encore contester le signalement : une personne de l’expéditeur qui ne l’a pas écrit décide. Dites pourquoi, en 20 caractères au moins.

# reviewed: no
inbox-talk = Questions et réponses

# reviewed: no
public-title = Transparence

# reviewed: no
public-question = Est-ce légal, et que puis-je faire ?

# reviewed: no
public-lead = Les unités de signalement demandent aux fournisseurs d’examiner un contenu selon leurs propres conditions. Un signalement n’est pas une injonction. Le fournisseur décide.

# reviewed: no
public-figures = Ce qui a été fait

# reviewed: no
public-figure = Chiffre

# reviewed: no
public-number = Nombre

# reviewed: no
public-means = Ce qu’il compte

# reviewed: no
public-remedies = Vous pouvez aussi vous plaindre auprès du fournisseur, d’un organe de règlement des litiges, de l’autorité de protection des données, ou saisir un tribunal.

# reviewed: no
contest-title = Contester un signalement

# reviewed: no
contest-how = Une personne qui n’a pas écrit le signalement lit ce que vous dites.

# reviewed: no
contest-where = Il vous faut la référence pour contester : 32 chiffres et lettres. Elle figure dans la lettre au fournisseur, dans son courriel et sur sa page de réception, sous « Référence pour contester ». Si vous êtes l’auteur du contenu, le fournisseur peut vous la donner.

# reviewed: no
contest-registered = Enregistré. Gardez ce numéro :

# reviewed: no
contest-unknown = Non enregistré. Aucun signalement n’a cette référence. Recopiez-la de la lettre au fournisseur, où elle figure sous « Référence pour contester ».

# reviewed: no
contest-reference = Référence pour contester

# reviewed: no
contest-pass-on = Avec elle, vous ou l’auteur du contenu pouvez contester le signalement sur la page publique de l’expéditeur. Vous pouvez la transmettre.

# reviewed: no
contest-role = Vous êtes

# reviewed: no
contest-author = son auteur

# reviewed: no
contest-provider = le fournisseur

# reviewed: no
contest-other = quelqu’un d’autre

# reviewed: no
contest-reason = En quoi est-ce une erreur ?

# reviewed: no
contest-answer-to = Où répondre ? Courriel, facultatif

# reviewed: no
contest-go = Envoyer la contestation

# reviewed: no
contest-then = Ce qui se passe ensuite

# reviewed: no
contest-then-what = Si nous nous sommes trompés, nous retirons le signalement et avertissons tous ceux qui l’ont reçu.

# reviewed: no
inbox-search = Expéditeur, adresse ou numéro

# reviewed: no
inbox-group-open = Vous attend

# reviewed: no
inbox-group-withdrawn = Retirés, plus rien à faire

# reviewed: no
inbox-ticked-letters = Lettres cochées :

# reviewed: no
inbox-ticked-items = Éléments concernés :
