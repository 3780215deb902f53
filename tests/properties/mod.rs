//! What must hold of every text and every table, not of one example.

mod amendments;
mod engines;
mod format;
mod format_generated;
mod hostile;
mod mutilated;
mod order;
#[cfg(feature = "parquet")]
mod parquet;

use std::path::PathBuf;

/// Every rules text that is at hand: fixtures and what is shipped, with its path.
pub(crate) fn texts() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from("tests/fixtures"), PathBuf::from("rules")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rules") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

/// Runs a check over many inputs on every processor; a panic of one names it.
pub(crate) fn on_every_processor<T: Sync>(inputs: &[T], name: impl Fn(&T) -> String + Sync, check: impl Fn(&T) + Sync) {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let failed = std::sync::Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(input) = inputs.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                    if std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check(input))).is_err() {
                        failed.lock().unwrap().push(name(input));
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap();
    assert!(failed.is_empty(), "panics or fails: {failed:#?}");
}
