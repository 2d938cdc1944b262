//! Perceptual hashes of pictures: PDQ, its reference and its dihedral forms.
