//! Why the program stops before its work is done, and the exit code that tells.

use std::fmt;
use std::io;

/// All is well.
pub(super) const FINE: u8 = 0;
/// Problems in rules or data, failed scenarios or checks.
pub(super) const PROBLEMS: u8 = 1;
/// Wrong use, or a file that cannot be read or written.
pub(super) const WRONG_USE: u8 = 2;
/// An error of the program itself.
pub(super) const OUR_BUG: u8 = 3;

/// Why the program stops.
#[derive(Debug)]
pub(super) enum Failure {
    /// Wrong use, or a file that cannot be read or written: what is wrong, and what to do.
    Refused {
        /// A clause, lower case, no full stop.
        message: String,
        /// What to do instead.
        help: Option<String>,
    },
    /// Problems were found and have been told.
    Told,
    /// An error of the program itself.
    Bug(String),
    /// The reader of the output went away: nothing more to do, and nothing wrong.
    Closed,
}

impl Failure {
    /// Refuses.
    pub(super) fn refused(message: impl Into<String>) -> Self {
        Self::Refused { message: message.into(), help: None }
    }

    /// Adds what to do instead.
    #[must_use]
    pub(super) fn help(self, text: impl Into<String>) -> Self {
        match self {
            Self::Refused { message, .. } => Self::Refused { message, help: Some(text.into()) },
            other => other,
        }
    }

    /// A file that could not be read, written, made …: `action` is the verb.
    pub(super) fn file(action: &str, name: impl fmt::Display, error: &io::Error) -> Self {
        Self::refused(format!("cannot {action} `{name}`: {}", reason(error)))
    }

    /// The exit code.
    pub(super) fn exit_code(&self) -> u8 {
        match self {
            Self::Refused { .. } => WRONG_USE,
            Self::Told => PROBLEMS,
            Self::Bug(_) => OUR_BUG,
            Self::Closed => FINE,
        }
    }
}

/// What went wrong with a file, in the words of a person.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::NotADirectory => "a part of the path is not a folder".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        _ => error.to_string(),
    }
}

/// An error of writing to standard output.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::Closed
        } else {
            Self::file("write to", "standard output", &error)
        }
    }
}
