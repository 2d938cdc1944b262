//! What a command prints, and what it says beside that. Nobody is told when whoever reads it has gone; a full device is
//! told in one sentence.

use super::{Done, Failed};
use std::fmt::Arguments;
use std::io::{self, BufWriter, ErrorKind, Write};

/// Prints a line at once; `say!` is its short form.
///
/// # Errors
/// The line cannot be written, though somebody reads.
pub(crate) fn line(words: Arguments<'_>) -> Done {
    told(writeln!(io::stdout().lock(), "{words}"))
}

/// Prints many lines, together.
///
/// # Errors
/// As [`line`].
pub(crate) fn all(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Done {
    let mut out = BufWriter::new(io::stdout().lock());
    told(write(&mut out).and_then(|()| out.flush()))
}

/// Whether whoever read the output has gone.
pub(crate) fn has_gone(error: &io::Error) -> bool {
    error.kind() == ErrorKind::BrokenPipe
}

/// Says something beside the output; `tell!` is its short form. Where nobody can be told, nobody is.
pub(crate) fn beside(words: Arguments<'_>) {
    let _ = writeln!(io::stderr().lock(), "{words}");
}

/// Says something beside the output as it stands, without a line's end: how far it is, or what another program said.
pub(crate) fn beside_as_is(words: Arguments<'_>) {
    let mut err = io::stderr().lock();
    let _ = err.write_fmt(words).and_then(|()| err.flush());
}

/// What became of a writing, for the person.
///
/// # Errors
/// As [`line`].
pub(crate) fn told(written: io::Result<()>) -> Done {
    match written {
        Err(error) if !has_gone(&error) => {
            Err(Failed::Other(format!("The output cannot be written: {error}.")))
        }
        _ => Ok(()),
    }
}

/// `println!` that breaks nothing when it cannot write.
macro_rules! say {
    ($($words:tt)*) => {
        $crate::command::out::line(format_args!($($words)*))
    };
}
pub(crate) use say;

/// `eprintln!` that breaks nothing when it cannot write.
macro_rules! tell {
    ($($words:tt)*) => {
        $crate::command::out::beside(format_args!($($words)*))
    };
}
pub(crate) use tell;
