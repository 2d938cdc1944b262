//! The synthetic world, its providers and its truth. Knows no kernel and no domain.
