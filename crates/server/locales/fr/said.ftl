# reviewed: no
said-saved = Enregistré.

# reviewed: no
said-agreed = Confirmé. L'envoi suit dès que les contrôles préalables sont passés.

# reviewed: no
said-returned = Renvoyé à son auteur.

# reviewed: no
said-withdrawn = Retiré. Le fournisseur est informé.

# reviewed: no
said-done = Fait.

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

