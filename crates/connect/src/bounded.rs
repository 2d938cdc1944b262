//! A reader for markup of strangers: one piece of it takes so much and no more.

use std::io::{BufRead, Error, Read, Result};

/// Refuses to read on when so much was read without being asked again.
pub(crate) struct Bounded<R> {
    /// What is read.
    pub(crate) from: R,
    /// Bytes that may still be read; whoever reads sets it anew before each piece.
    pub(crate) left: u64,
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        self.from.read(buffer)
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.left == 0 {
            return Err(Error::other("a piece is too long"));
        }
        let buffer = self.from.fill_buf()?;
        let most = usize::try_from(self.left).unwrap_or(buffer.len()).min(buffer.len());
        Ok(&buffer[..most])
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount as u64);
        self.from.consume(amount);
    }
}
