//! A sign of life on standard error while long work goes on.

use super::terminal::Terminal;
use crate::stream::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::atomic::Ordering;
use std::sync::mpsc;
use std::time::Duration;

/// Work shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_millis(700);
/// How often what is shown changes.
const TICK: Duration = Duration::from_millis(120);

/// Does the work; where a person watches and it takes long, says that it goes on.
pub(super) fn during<T>(terminal: &Terminal, what: &'static str, work: impl FnOnce() -> T) -> T {
    shown(terminal, what, "{spinner} {msg} {elapsed}", ProgressBar::tick, work)
}

/// The same for work that says how far it is: shows how much of it is done, how fast, and the time left.
pub(super) fn measured<T>(terminal: &Terminal, what: &'static str, progress: &Progress, work: impl FnOnce() -> T) -> T {
    let template = "{msg} {bar:30} {percent}% of {total_bytes}, {bytes_per_sec}, {eta} left";
    let update = |bar: &ProgressBar| {
        let position = progress.done.load(Ordering::Relaxed);
        // The file is read again.
        if position < bar.position() {
            bar.reset();
        }
        bar.set_length(progress.all.load(Ordering::Relaxed));
        bar.set_position(position);
    };
    shown(terminal, what, template, update, work)
}

/// Does the work; where a person watches and it takes long, shows what `update` makes of a bar.
fn shown<T>(
    terminal: &Terminal,
    what: &'static str,
    template: &str,
    update: impl Fn(&ProgressBar) + Send,
    work: impl FnOnce() -> T,
) -> T {
    if !terminal.is_watched() {
        return work();
    }
    let (done, is_done) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // The sender is dropped when the work ends, in whatever way.
            let goes_on = |time| is_done.recv_timeout(time) == Err(mpsc::RecvTimeoutError::Timeout);
            if !goes_on(PATIENCE) {
                return;
            }
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            bar.set_message(what);
            update(&bar);
            while goes_on(TICK) {
                update(&bar);
            }
            bar.finish_and_clear();
        });
        let result = work();
        drop(done);
        result
    })
}
