//! Exact search within a Hamming radius over lists of 256-bit values that change.
