//! RXP/1 on the wire: canonical form, signatures, one file a message family.
