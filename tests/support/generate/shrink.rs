//! The smallest case that still shows what a larger one showed.

use super::Case;

/// Takes away declarations, clauses and rows for as long as `shows` holds of what is left.
pub(crate) fn shrink(case: &Case, shows: &dyn Fn(&Case) -> bool) -> Case {
    let mut best = case.clone();
    loop {
        let before = size(&best);
        declarations(&mut best, shows);
        rows(&mut best, shows);
        lines(&mut best, shows);
        if size(&best) >= before {
            return best;
        }
    }
}

fn size(case: &Case) -> usize {
    case.pieces.iter().map(String::len).sum::<usize>() + case.files.iter().map(|(_, text)| text.len()).sum::<usize>()
}

/// Keeps a change that still shows it.
fn attempt(best: &mut Case, shows: &dyn Fn(&Case) -> bool, change: impl FnOnce(&mut Case)) -> bool {
    let mut changed = best.clone();
    change(&mut changed);
    let is_kept = size(&changed) < size(best) && changed.model().is_some() && shows(&changed);
    if is_kept {
        *best = changed;
    }
    is_kept
}

fn declarations(best: &mut Case, shows: &dyn Fn(&Case) -> bool) {
    for number in (1..best.pieces.len()).rev() {
        attempt(best, shows, |case| {
            case.pieces.remove(number);
        });
    }
}

/// Rows by halves, then by quarters, down to one.
fn rows(best: &mut Case, shows: &dyn Fn(&Case) -> bool) {
    for number in 0..best.files.len() {
        let count = |case: &Case| case.files.get(number).map_or(0, |(_, text)| text.lines().count());
        let mut step = count(best) / 2;
        while step > 0 {
            let mut from = 1;
            while from < count(best) {
                let is_kept = attempt(best, shows, |case| {
                    if let Some((_, text)) = case.files.get_mut(number) {
                        *text = without(text, from, from + step);
                    }
                });
                if !is_kept {
                    from += step;
                }
            }
            step /= 2;
        }
    }
}

/// Clauses of declarations, and lines of tables and parameters.
fn lines(best: &mut Case, shows: &dyn Fn(&Case) -> bool) {
    for piece in 0..best.pieces.len() {
        let count = best.pieces.get(piece).map_or(0, |text| text.lines().count());
        for line in (1..count).rev() {
            attempt(best, shows, |case| {
                if let Some(text) = case.pieces.get_mut(piece) {
                    *text = without(text, line, line + 1);
                }
            });
        }
    }
}

/// A text without some of its lines.
fn without(text: &str, from: usize, to: usize) -> String {
    let kept = text.lines().enumerate().filter(|(number, _)| !(from..to).contains(number));
    kept.map(|(_, line)| format!("{line}\n")).collect()
}
