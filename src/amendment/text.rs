//! An amended ruleset as one text.
//!
//! In: its tree and the texts it was put together from. Out: a text that says the same, with the comments that belong
//! to what is left. It is not laid out: that is for the formatter.

use crate::source::{SourceFile, SourceId, Sources, Span};
use crate::syntax;
use crate::syntax::ast::{ClauseKind, Declaration, DeclarationWord, File};
use crate::value::{Date, date_text};
use std::collections::HashMap;

/// The text of a ruleset as it stood on a day, or with every amendment; what is in it is said in comments at the top.
pub fn text(tree: &File, sources: &Sources, day: Option<Date>) -> String {
    let Some(bottom) = bottom(tree) else { return String::new() };
    let mut files: HashMap<SourceId, Original<'_>> = HashMap::new();
    for file in sources.iter() {
        let is_used = tree.declarations.iter().any(|declaration| uses(declaration, file.id));
        if is_used || file.id == bottom {
            files.insert(file.id, Original::new(file));
        }
    }
    let mut writer = Writer { tree, sources, files: &files, out: title(tree, day), last: None };
    let mut next = 0;
    for (index, declaration) in tree.declarations.iter().enumerate() {
        let slot = if writer.is_before(declaration) {
            // It stands under the headings of what it was inserted before.
            tree.declarations.iter().skip(index).find_map(|later| writer.slot(later, bottom))
        } else {
            writer.slot(declaration, bottom)
        };
        if let Some(slot) = slot {
            writer.headings(bottom, next, slot + 1);
            next = next.max(slot + 1);
        }
        writer.declaration(declaration);
    }
    writer.headings(bottom, next, usize::MAX);
    writer.out
}

/// What the text is, in comments.
fn title(tree: &File, day: Option<Date>) -> String {
    let name = super::head(tree).map_or("", |head| head.name.text.as_str());
    let day = day.map_or_else(String::new, |day| format!(" as it stood on {}", date_text(day)));
    let amendments: Vec<&Declaration> =
        tree.amendments.iter().map(|amendment| &amendment.head).filter(|head| head.base.is_some()).collect();
    if amendments.is_empty() {
        return format!("# {name}{day}. No amendment is in it.\n");
    }
    let mut out = format!("# {name}{day}. In it:\n");
    for head in amendments {
        let label = head.label.as_ref().map_or_else(String::new, |label| format!(", {}", label.text));
        let from = super::Days::of(head).from.map_or_else(String::new, |from| format!(", from {}", date_text(from)));
        out.push_str(&format!("# - {}{label}{from}\n", head.name.text));
    }
    out
}

/// The file at the bottom: the one whose head is still there, or was replaced.
fn bottom(tree: &File) -> Option<SourceId> {
    let head = tree.declarations.iter().find(|declaration| declaration.word == DeclarationWord::Rules)?;
    let mut span = head.span;
    while let Some((_, old)) = tree.replaced.iter().find(|(new, _)| *new == span) {
        span = *old;
    }
    Some(span.source)
}

/// Whether some of a declaration is written in this file.
fn uses(declaration: &Declaration, file: SourceId) -> bool {
    declaration.span.source == file || declaration.clauses.iter().any(|clause| clause.span.source == file)
}

/// A file as it was before it was changed, or before it changed something.
struct Original<'a> {
    file: &'a SourceFile,
    tree: File,
}

impl<'a> Original<'a> {
    fn new(file: &'a SourceFile) -> Self {
        Self { file, tree: syntax::parse(file).0 }
    }

    fn index_of(&self, span: Span) -> Option<usize> {
        self.tree.declarations.iter().position(|declaration| declaration.span == span)
    }

    /// The comments between two offsets.
    fn comments(&self, from: usize, to: usize) -> impl Iterator<Item = Span> {
        self.tree.comments.iter().filter(move |span| (from..to).contains(&(span.start as usize))).copied()
    }

    /// Where what stands before a declaration begins: after the one above it and the comment on its last line.
    fn start_of_gap(&self, index: usize) -> usize {
        let above = index.checked_sub(1).and_then(|above| self.tree.declarations.get(above));
        above.map_or(0, |above| self.end_of_line(above.span.end as usize))
    }

    fn end_of_line(&self, at: usize) -> usize {
        let rest = self.file.text.get(at..).unwrap_or("");
        at + rest.find('\n').unwrap_or(rest.len())
    }

    /// Where the comments begin that stand directly above an offset, without a blank line between.
    fn start_of_attached(&self, from: usize, to: usize) -> usize {
        let mut start = to;
        for comment in self.comments(from, to).collect::<Vec<_>>().into_iter().rev() {
            let between = self.file.text.get(comment.end as usize..start).unwrap_or("");
            if between.matches('\n').count() > 1 {
                break;
            }
            start = comment.start as usize;
        }
        start
    }
}

struct Writer<'a> {
    tree: &'a File,
    sources: &'a Sources,
    files: &'a HashMap<SourceId, Original<'a>>,
    out: String,
    last: Option<DeclarationWord>,
}

impl Writer<'_> {
    /// Which declaration of the bottom file stands here, or stood here before it was replaced.
    fn slot(&self, declaration: &Declaration, bottom: SourceId) -> Option<usize> {
        let mut span = declaration.span;
        while span.source != bottom {
            span = self.tree.replaced.iter().find(|(new, _)| *new == span)?.1;
        }
        self.files.get(&bottom)?.index_of(span)
    }

    /// Whether it was inserted before another.
    fn is_before(&self, declaration: &Declaration) -> bool {
        let original = self.files.get(&declaration.span.source);
        let written =
            original.and_then(|original| original.tree.declarations.get(original.index_of(declaration.span)?));
        let place = written.and_then(|written| written.change.as_ref()).and_then(|change| change.place.as_ref());
        place.is_some_and(|place| place.is_before)
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(&text.replace("\r\n", "\n"));
        self.out.push('\n');
    }

    /// The comments that stand by themselves before the declarations from `first` to before `end`.
    fn headings(&mut self, bottom: SourceId, first: usize, end: usize) {
        let Some(original) = self.files.get(&bottom) else { return };
        let count = original.tree.declarations.len();
        for index in first..end.min(count + 1) {
            let from = original.start_of_gap(index);
            let to = match original.tree.declarations.get(index) {
                Some(declaration) => original.start_of_attached(from, declaration.span.start as usize),
                None => original.file.text.len(),
            };
            let comments: Vec<Span> = original.comments(from, to).collect();
            if !comments.is_empty() {
                self.out.push('\n');
                self.last = None;
            }
            let mut at = from;
            for comment in comments {
                let gap = original.file.text.get(at..comment.start as usize).unwrap_or("");
                if gap.matches('\n').count() > 1 && at != from {
                    self.out.push('\n');
                }
                self.line(original.file.slice(comment).trim_end());
                at = comment.end as usize;
            }
        }
    }

    fn declaration(&mut self, declaration: &Declaration) {
        let Some(original) = self.files.get(&declaration.span.source) else { return };
        let Some(index) = original.index_of(declaration.span) else { return };
        let Some(written) = original.tree.declarations.get(index) else { return };
        let is_short =
            written.clauses.is_empty() && matches!(written.word, DeclarationWord::Source | DeclarationWord::Unit);
        let start = written.span.start as usize;
        let attached: Vec<Span> =
            original.comments(original.start_of_attached(original.start_of_gap(index), start), start).collect();
        if !(is_short && self.last == Some(written.word) && attached.is_empty()) {
            self.out.push('\n');
        }
        self.last = is_short.then_some(written.word);
        for comment in attached {
            self.line(original.file.slice(comment).trim_end());
        }
        let is_head = written.word == DeclarationWord::Rules;
        // What is shown is whole and is based on nothing.
        let is_based = declaration.clauses.iter().any(|clause| matches!(clause.kind, ClauseKind::BasedOn(_)));
        let is_composed = is_based
            || declaration.clauses.len() != written.clauses.len()
            || declaration.clauses.iter().zip(&written.clauses).any(|(now, then)| now.span != then.span);
        let end = if is_composed { written.head_span.end } else { written.span.end } as usize;
        let head = self.patched(original, written, declaration, end);
        let after = original.file.text.get(end..original.end_of_line(end)).unwrap_or("");
        self.line(format!("{head}{after}").trim_end());
        if is_composed {
            self.clauses(declaration);
        }
        if is_head {
            provenance(self.tree, self.sources).iter().for_each(|line| self.line(line));
        }
    }

    /// The clauses of a declaration that is written in several files, each with its comments.
    fn clauses(&mut self, declaration: &Declaration) {
        for clause in &declaration.clauses {
            if matches!(clause.kind, ClauseKind::BasedOn(_)) {
                continue;
            }
            let Some(original) = self.files.get(&clause.span.source) else {
                // What a new head takes over from the old one.
                self.line(&format!("  {}", self.sources.slice(clause.span)));
                continue;
            };
            let written = original
                .tree
                .declarations
                .iter()
                .find(|written| written.span.start <= clause.span.start && clause.span.end <= written.span.end);
            let Some(written) = written else { continue };
            let above = written.clauses.iter().take_while(|other| other.span.start < clause.span.start).last();
            let above = above.map_or(written.head_span.end, |above| above.span.end) as usize;
            let from = original.end_of_line(above);
            for comment in original.comments(from, clause.span.start as usize) {
                self.line(&format!("  {}", original.file.slice(comment).trim_end()));
            }
            // A row ends at its bar, which is not part of its place.
            let end = original.end_of_line(clause.span.end as usize);
            let text = self.respelled(original.file, clause.span.start as usize, end, Vec::new());
            self.line(&format!("  {}", text.trim_end()));
        }
    }

    /// The text of a declaration up to an offset, without the words of a change, with the names and the label it has
    /// now.
    fn patched(&self, original: &Original<'_>, written: &Declaration, now: &Declaration, end: usize) -> String {
        let mut edits: Vec<(Span, String)> = Vec::new();
        if let Some(place) = written.change.as_ref().and_then(|change| change.place.as_ref()) {
            edits.push((place.span, String::new()));
        }
        let new_label = now.label.as_ref().filter(|label| label.span.source != written.span.source);
        if let Some(new) = new_label {
            let text = self.sources.slice(new.span).to_owned();
            match &written.label {
                Some(old) => edits.push((old.span, text)),
                None => {
                    let after = Span { start: written.name.span.end, ..written.name.span };
                    edits.push((after, format!(" {text}")));
                }
            }
        }
        self.respelled(original.file, written.word_span.start as usize, end, edits)
    }

    /// A stretch of a file with the names that were given since, and other edits.
    fn respelled(&self, file: &SourceFile, start: usize, end: usize, mut edits: Vec<(Span, String)>) -> String {
        edits.extend(
            self.tree
                .respelled
                .iter()
                .filter(|name| name.span.source == file.id)
                .map(|name| (name.span, name.text.clone())),
        );
        edits.retain(|(span, _)| start <= span.start as usize && span.end as usize <= end);
        edits.sort_by_key(|(span, _)| (span.start, span.end));
        let mut out = String::new();
        let mut at = start;
        for (span, text) in edits {
            out.push_str(file.text.get(at..span.start as usize).unwrap_or(""));
            out.push_str(&text);
            at = span.end as usize;
        }
        out.push_str(file.text.get(at..end).unwrap_or(""));
        out
    }
}

/// The clauses that say where amendments come from, for the head of the whole.
fn provenance(tree: &File, sources: &Sources) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for amendment in tree.amendments.iter().filter(|amendment| amendment.head.base.is_some()) {
        let bare = amendment
            .changes
            .iter()
            .filter(|declaration| declaration.change.as_ref().is_some_and(|change| !change.kind.declares()));
        for declaration in std::iter::once(&amendment.head).chain(bare) {
            for clause in &declaration.clauses {
                let says =
                    matches!(clause.kind, ClauseKind::Source { .. } | ClauseKind::Note(_) | ClauseKind::Unverified(_));
                let line = format!("  {}", sources.slice(clause.span));
                if says && !lines.contains(&line) {
                    lines.push(line);
                }
            }
        }
    }
    lines
}
