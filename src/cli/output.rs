//! Where output goes: standard output through one buffered, locked writer, files whole or not at all,
//! messages to standard error.

use super::failure::Failure;
use super::interrupt::Unfinished;
use super::terminal::Terminal;
use crate::report::{Ink, Tone};
use anstream::AutoStream;
use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

/// The streams of one run of the program.
#[derive(Debug)]
pub(super) struct Output {
    /// What the terminal can do.
    pub(super) terminal: Terminal,
}

impl Output {
    /// Writes text to standard output at once; colour is dropped where it is not wanted.
    pub(super) fn print(&self, text: &str) -> Result<(), Failure> {
        let mut stream = AutoStream::new(io::stdout().lock(), self.terminal.stdout_color);
        // The text is whole: it is written through a buffer of our own, not line by line.
        let mut writer = BufWriter::with_capacity(64 * 1024, &mut stream);
        writer.write_all(text.as_bytes())?;
        writer.flush()?;
        Ok(())
    }

    /// Writes bytes to standard output as they are.
    pub(super) fn print_bytes(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut writer = BufWriter::with_capacity(64 * 1024, io::stdout().lock());
        writer.write_all(bytes)?;
        writer.flush()?;
        Ok(())
    }

    /// Writes text to standard error. A reader that went away is no reason to stop.
    pub(super) fn tell(&self, text: &str) {
        let mut stream = AutoStream::new(io::stderr().lock(), self.terminal.stderr_color);
        let _ = stream.write_all(text.as_bytes());
        let _ = stream.flush();
    }

    /// Says on standard error why the program stops, or why it goes on without a file.
    pub(super) fn tell_failure(&self, failure: &Failure) {
        let ink = Ink { is_colored: self.terminal.colors_stderr() };
        let error = ink.paint(Tone::Bad, "error");
        match failure {
            Failure::Refused { message, help } => {
                self.tell(&format!("{error}: {}\n", ink.paint(Tone::Plain, message)));
                if let Some(help) = help {
                    self.tell(&format!(" help: {}\n", ink.paint(Tone::Plain, help)));
                }
            }
            Failure::Bug(message) => self.tell(&format!(
                "{error}: an error of the program itself: {message}\n \
                 help: please report it with the command and the files that led to it\n"
            )),
            Failure::Told | Failure::Closed => {}
        }
    }

    /// Writes a line to standard error unless the user wants quiet.
    pub(super) fn note(&self, text: &str) {
        if !self.terminal.quiet {
            self.tell(&format!("{text}\n"));
        }
    }
}

/// Writes a file whole or not at all.
pub(super) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut staged = Staged::new(Some(path))?;
    staged.write_all(bytes).map_err(|error| Failure::file("write", path.display(), &error))?;
    staged.commit()
}

/// A file, or standard output, that is written whole or not at all: into a new file beside it, which then takes its
/// name, or whose bytes then go where they belong. Permissions of a file that is replaced are kept, and a link is
/// followed.
#[derive(Debug)]
pub(super) struct Staged {
    place: Place,
    /// How messages call it.
    name: String,
    /// Says that the file is not finished.
    unfinished: Option<Unfinished>,
}

#[derive(Debug)]
enum Place {
    /// Beside the file that it takes the place of.
    Beside(tempfile::NamedTempFile, PathBuf),
    /// Apart, for a device or a pipe such as `/dev/stdout`, which cannot be replaced, or for standard output.
    Apart(File, Option<PathBuf>),
    Nowhere,
}

impl Staged {
    /// For a file, or for standard output.
    pub(super) fn new(path: Option<&Path>) -> Result<Self, Failure> {
        let name = path.map_or_else(|| "standard output".to_owned(), |path| path.display().to_string());
        let failed = |error: &io::Error| Failure::file("write", &name, error);
        let apart = |path: Option<PathBuf>| {
            let file = tempfile::tempfile().map_err(|error| failed(&error))?;
            Ok::<_, Failure>(Place::Apart(file, path))
        };
        let Some(path) = path else { return Ok(Self { place: apart(None)?, name, unfinished: None }) };
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let known = fs::metadata(&target).ok();
        if known.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(failed(&io::Error::from(io::ErrorKind::IsADirectory)));
        }
        if known.as_ref().is_some_and(|known| known.is_file() && known.permissions().readonly()) {
            return Err(failed(&io::Error::from(io::ErrorKind::PermissionDenied)));
        }
        if known.as_ref().is_some_and(|known| !known.is_file()) {
            return Ok(Self { place: apart(Some(target))?, name, unfinished: None });
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(".ringfence-");
        if let Some(known) = &known {
            builder.permissions(known.permissions());
        } else {
            new_file_permissions(&mut builder);
        }
        // A folder that is made in the end is made where its file is now.
        let folders = target.ancestors().skip(1).map(|folder| match folder.as_os_str().is_empty() {
            true => Path::new("."),
            false => folder,
        });
        let folder = folders.into_iter().find(|folder| folder.is_dir()).unwrap_or(Path::new("."));
        let file = builder.tempfile_in(folder).map_err(|error| failed(&error))?;
        Ok(Self { place: Place::Beside(file, target), name, unfinished: None })
    }

    /// For nothing.
    pub(super) fn nowhere() -> Self {
        Self { place: Place::Nowhere, name: String::new(), unfinished: None }
    }

    /// The same for a file that takes long to write: it is taken away where a person breaks that off.
    pub(super) fn for_long(mut self) -> Self {
        if let Place::Beside(file, _) = &self.place {
            self.unfinished = Some(Unfinished::new(file.path()));
        }
        self
    }

    /// Puts what was written where it belongs.
    pub(super) fn commit(self) -> Result<(), Failure> {
        let failed = |error: &io::Error| Failure::file("write", &self.name, error);
        match self.place {
            Place::Beside(file, target) => {
                file.as_file().sync_all().map_err(|error| failed(&error))?;
                file.persist(&target).map_err(|error| failed(&error.error))?;
            }
            Place::Apart(mut file, path) => {
                file.rewind().map_err(|error| failed(&error))?;
                match path {
                    Some(path) => {
                        let mut target = File::options().write(true).open(&path).map_err(|error| failed(&error))?;
                        io::copy(&mut file, &mut target).map_err(|error| failed(&error))?;
                    }
                    None => {
                        io::copy(&mut file, &mut io::stdout().lock())?;
                    }
                }
            }
            Place::Nowhere => {}
        }
        Ok(())
    }
}

impl Write for Staged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.place {
            Place::Beside(file, _) => file.write(bytes),
            Place::Apart(file, _) => file.write(bytes),
            Place::Nowhere => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A temporary file is private; an output file is made as any other file, less what the user's mask takes away.
#[cfg(unix)]
fn new_file_permissions(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn new_file_permissions(_: &mut tempfile::Builder<'_, '_>) {}
