//! What is taken away where a person breaks off a long run (Ctrl-C): files that are not finished.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, Once, PoisonError};

/// The exit code of a program that was broken off, as shells have it.
const BROKEN_OFF: i32 = 130;

static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());
static WATCH: Once = Once::new();

/// A file that is not finished, for as long as this lives.
#[derive(Debug)]
pub(super) struct Unfinished(PathBuf);

impl Unfinished {
    /// From now on the file is taken away where the program is broken off.
    pub(super) fn new(path: &Path) -> Self {
        // Where the system lets nobody watch, a file is left behind as ever.
        WATCH.call_once(|| drop(ctrlc::set_handler(break_off)));
        UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
        Self(path.to_owned())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).retain(|path| *path != self.0);
    }
}

#[expect(clippy::exit, reason = "the program was told to stop")]
fn break_off() {
    for path in UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        let _ = std::fs::remove_file(path);
    }
    std::process::exit(BROKEN_OFF);
}
