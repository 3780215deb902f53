//! Rules as they are written, with every name a link.
//!
//! In: a declaration of the model and the texts it came from. Out: the lines of its clauses without citations, notes,
//! tables and comments. Links lie over the places at which the model read a name, so none is looked up again.

use super::document::{Anchor, Block, Style, Text};
use super::places::Places;
use crate::model::{Declaration, DeclarationId, DeclarationKind, Expr, ExprKind, Model};
use crate::source::{SourceFile, Sources, Span};
use crate::syntax::ast::{Clause, ClauseKind, File};
use std::collections::BTreeMap;
use std::ops::Range;

/// The texts of a ruleset, read once.
#[derive(Debug)]
pub(super) struct Written<'a> {
    model: &'a Model,
    places: &'a Places<'a>,
    sources: &'a Sources,
    files: Vec<WrittenFile<'a>>,
}

/// One text, read.
#[derive(Debug)]
struct WrittenFile<'a> {
    source: &'a SourceFile,
    tree: File,
    /// Its declarations by where they start.
    starts: BTreeMap<u32, usize>,
}

impl<'a> Written<'a> {
    /// Reads the texts.
    pub(super) fn new(model: &'a Model, sources: &'a Sources, places: &'a Places<'a>) -> Self {
        let files = sources.iter().map(|source| {
            let tree = crate::syntax::parse(source).0;
            let starts = tree.declarations.iter().enumerate().map(|(at, written)| (written.span.start, at)).collect();
            WrittenFile { source, tree, starts }
        });
        let files = files.collect();
        Self { model, places, sources, files }
    }

    /// The clauses of a declaration as a block; nothing where its text is not there.
    pub(super) fn block(&self, id: DeclarationId) -> Option<Block> {
        let declaration = self.model.declaration(id);
        let file = self.files.iter().find(|file| file.source.id == declaration.span.source)?;
        let WrittenFile { source, tree, starts } = file;
        let at = starts.get(&declaration.span.start)?;
        let written = tree.declarations.get(*at).filter(|written| written.span == declaration.span)?;
        let mut links = Vec::new();
        self.links(declaration, &mut links);
        links.sort_by_key(|(range, _)| (range.start, range.end));
        let mut lines = Vec::new();
        for clause in written.clauses.iter().filter(|clause| !is_told_beside(clause)) {
            let text = ClauseText { written: self, source, tree, links: &links };
            text.lines(clause.span, &mut lines);
        }
        (!lines.is_empty()).then(|| Block::Code { caption: "As written".to_owned(), lines })
    }

    /// Where names are read, with where they lead.
    fn links(&self, declaration: &Declaration, links: &mut Vec<(Range<usize>, Anchor)>) {
        for expr in declaration.expressions() {
            expr.walk(&mut |expr| links.extend(self.target(expr).map(|to| (expr.span.range(), to))));
        }
        if let DeclarationKind::Outcome { baseline, target, actual, .. } = &declaration.kind {
            for part in baseline.iter().chain(target).chain([actual]) {
                self.links(self.model.declaration(*part), links);
            }
        }
    }

    fn target(&self, expr: &Expr) -> Option<Anchor> {
        match &expr.kind {
            ExprKind::Column(id) => Some(self.places.column(*id)),
            ExprKind::Result(id) => Some(self.places.declaration(*id)),
            ExprKind::Parameter(id) => Some(self.places.parameter(*id)),
            _ => None,
        }
    }
}

/// What is told in full beside the rule: where it is from, and its table.
fn is_told_beside(clause: &Clause) -> bool {
    use ClauseKind::{FirstMatch, Note, Rows, Source, Unverified};
    matches!(clause.kind, Source { .. } | Note(_) | Unverified(_) | Rows(_) | FirstMatch)
}

/// The text of one clause.
struct ClauseText<'t> {
    written: &'t Written<'t>,
    source: &'t SourceFile,
    tree: &'t File,
    links: &'t [(Range<usize>, Anchor)],
}

impl ClauseText<'_> {
    /// The lines from the clause's first word on, continuation lines as deep as they stand below it.
    fn lines(&self, span: Span, lines: &mut Vec<Text>) {
        let text = &self.source.text;
        let range = span.range();
        let line_start = text.get(..range.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let depth = range.start - line_start;
        let mut start = range.start;
        for line in text.get(range.clone()).unwrap_or_default().split_inclusive('\n') {
            let next = start + line.len();
            let blanks = line.len() - line.trim_start_matches(' ').len();
            let from = start + if start == range.start { 0 } else { blanks.min(depth) };
            let to = self.comment_in(start..next).unwrap_or(next);
            let shown = text.get(from..to.max(from)).unwrap_or_default().trim_end();
            // A line that held only a comment holds nothing.
            if !shown.trim().is_empty() {
                lines.push(self.linked(from..from + shown.len()));
            }
            start = next;
        }
    }

    /// Where a comment starts on a line.
    fn comment_in(&self, line: Range<usize>) -> Option<usize> {
        let comments = &self.tree.comments;
        let first = comments.partition_point(|comment| (comment.start as usize) < line.start);
        comments.get(first).map(|comment| comment.start as usize).filter(|start| *start < line.end)
    }

    fn linked(&self, range: Range<usize>) -> Text {
        // A name that an amendment changed is shown as it is now.
        let slice = |range: Range<usize>| {
            let span = Span::new(self.source.id, range.start, range.end);
            self.written.model.text(self.written.sources, span)
        };
        let mut text = Text::new();
        let mut at = range.start;
        for (place, to) in self.links {
            if place.start >= at && place.end <= range.end {
                text.push(slice(at..place.start), Style::Code, None);
                text.push(slice(place.clone()), Style::Code, Some(to.clone()));
                at = place.end;
            }
        }
        text.push(slice(at..range.end), Style::Code, None);
        text
    }
}
