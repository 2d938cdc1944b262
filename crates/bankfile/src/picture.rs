//! Pictures of files, decoded in the box and nowhere else: a pool of decoder children, one a core.

use std::path::Path;

use connect::decoder::document::Document;
use connect::decoder::ocr::Reader;
use connect::decoder::{DecodeError, Decoded, Decoder, DecoderConfig, MAX_FILE_BYTES, Want};

use crate::file;

/// Files in hand at once, for each decoder: one is read or compared while another is decoded.
const IN_HAND: usize = 2;

/// Attempts at a file that had no answer in time. A program that is stopped for a while (Ctrl-Z) finds all its waits run
/// out when it goes on, and no file is to blame for that. A file that truly takes too long costs its time twice.
const ATTEMPTS: usize = 2;

/// The pool.
#[derive(Debug)]
pub struct Pictures {
    decoder: Decoder,
    children: usize,
}

/// Why there are no facts of a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoPicture {
    /// The file is at fault; the sentence says why.
    #[error("{0}")]
    OfTheFile(String),
    /// The box cannot work; no file will do.
    #[error("{0}")]
    OfTheBox(String),
}

impl Pictures {
    /// A pool of as many children as there are cores. None is started yet.
    ///
    /// # Errors
    /// When the system does not tell where this program is.
    pub fn new() -> std::io::Result<Self> {
        let children = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self { decoder: Decoder::new(DecoderConfig::this_program(children)?), children })
    }

    /// How many files are worth to be in hand at once.
    #[must_use]
    pub fn in_hand(&self) -> usize {
        self.children * IN_HAND
    }

    /// The facts of a file.
    ///
    /// # Errors
    /// [`NoPicture`].
    pub async fn of_file(&self, path: &Path, want: Want) -> Result<Decoded, NoPicture> {
        self.of_bytes(read(path).await?, want).await
    }

    /// The facts of a file's bytes.
    ///
    /// # Errors
    /// [`NoPicture`].
    pub async fn of_bytes(&self, bytes: Vec<u8>, want: Want) -> Result<Decoded, NoPicture> {
        again(async || self.decoder.picture(bytes.clone(), want).await).await
    }

    /// What is in a document; `None` for an archive of other things. With `pages`, pages of a PDF are drawn too.
    ///
    /// # Errors
    /// [`NoPicture`].
    pub async fn document(&self, bytes: Vec<u8>, pages: bool) -> Result<Option<Document>, NoPicture> {
        again(async || self.decoder.document(bytes.clone(), pages).await).await
    }

    /// What is in a document that is a file, as [`document`](Self::document).
    ///
    /// # Errors
    /// [`NoPicture`].
    pub async fn document_of_file(&self, path: &Path, pages: bool) -> Result<(Vec<u8>, Document), NoPicture> {
        let bytes = read(path).await?;
        let found = self.document(bytes.clone(), pages).await?;
        let none = "The file is an archive of other things than a document.";
        Ok((bytes, found.ok_or_else(|| NoPicture::OfTheFile(none.to_owned()))?))
    }

    /// The words that a machine reads in a picture that is a file.
    ///
    /// # Errors
    /// [`NoPicture`].
    pub async fn words_of_file(&self, path: &Path, reader: &Reader) -> Result<String, NoPicture> {
        self.words(read(path).await?, reader).await
    }

    /// The words that a machine reads in a picture.
    ///
    /// # Errors
    /// [`NoPicture`].
    pub async fn words(&self, bytes: Vec<u8>, reader: &Reader) -> Result<String, NoPicture> {
        again(async || self.decoder.words(bytes.clone(), reader).await).await
    }
}

async fn read(path: &Path) -> Result<Vec<u8>, NoPicture> {
    let path = path.to_owned();
    let read = tokio::task::spawn_blocking(move || file::bytes(&path, MAX_FILE_BYTES));
    let bytes = read.await.map_err(|error| NoPicture::OfTheBox(error.to_string()))?;
    bytes.map_err(NoPicture::OfTheFile)
}

async fn again<T>(attempt: impl AsyncFn() -> Result<T, DecodeError>) -> Result<T, NoPicture> {
    let mut attempts = 1;
    loop {
        match attempt().await {
            Err(DecodeError::TooSlow | DecodeError::Busy) if attempts < ATTEMPTS => attempts += 1,
            Err(error) if error.is_of_the_file() => return Err(NoPicture::OfTheFile(error.to_string())),
            Err(error) => return Err(NoPicture::OfTheBox(error.to_string())),
            Ok(answer) => return Ok(answer),
        }
    }
}
