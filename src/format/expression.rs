//! Expressions: on one line where they fit, else broken before operators and after commas.

use super::lines::{Lines, width};
use super::literal::literal;
use super::words;
use crate::source::SourceFile;
use crate::syntax::ast::{ArithmeticOp, Expr, ExprKind};

/// An expression on one line.
pub(super) fn inline(expr: &Expr, source: &SourceFile) -> String {
    let mut out = String::new();
    put(&mut out, expr, source);
    out
}

fn put(out: &mut String, expr: &Expr, source: &SourceFile) {
    match &expr.kind {
        ExprKind::Literal(value) => out.push_str(&literal(value, source)),
        ExprKind::Name(name) => out.push_str(&name.text),
        ExprKind::Dotted(table, name) => {
            out.push_str(&table.text);
            out.push('.');
            out.push_str(&name.text);
        }
        ExprKind::Bracket(inner) => {
            out.push('(');
            put(out, inner, source);
            out.push(')');
        }
        ExprKind::Negate(inner) => {
            out.push('-');
            put(out, inner, source);
        }
        ExprKind::Arithmetic { .. } | ExprKind::Compare { .. } | ExprKind::Logic { .. } => {
            let Some((first, rest)) = chain(expr, false) else { return };
            put(out, first, source);
            for (word, operand) in rest {
                out.push_str(&format!(" {word} "));
                put(out, operand, source);
            }
        }
        ExprKind::If { condition, then, otherwise } => {
            for (word, part) in [("if ", condition), (" then ", then), (" else ", otherwise)] {
                out.push_str(word);
                put(out, part, source);
            }
        }
        ExprKind::ListOf { op, items, .. } => {
            out.push_str(&words::aggregate(*op));
            out.push_str(" (");
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { ", " });
                put(out, item, source);
            }
            out.push(')');
        }
        ExprKind::PaidSoFar => out.push_str("paid so far"),
        _ => {
            let Some(around) = around(expr, source) else { return };
            out.push_str(&around.before);
            put(out, around.operand, source);
            out.push_str(&around.after);
            if let Some(condition) = around.condition {
                out.push_str(" where ");
                put(out, condition, source);
            }
        }
    }
}

/// Writes an expression from where the line stands. `after` columns follow it on its last line.
pub(super) fn write(lines: &mut Lines, expr: &Expr, source: &SourceFile, after: usize) {
    let line = inline(expr, source);
    if lines.fits(width(&line) + after) {
        lines.push(&line);
        return;
    }
    match &expr.kind {
        ExprKind::Arithmetic { .. } | ExprKind::Compare { .. } | ExprKind::Logic { .. } => {
            write_chain(lines, expr, source, after);
        }
        ExprKind::If { .. } => write_conditional(lines, expr, source, after),
        ExprKind::Bracket(inner) => {
            lines.push("(");
            write(lines, inner, source, after + 1);
            lines.push(")");
        }
        ExprKind::Negate(inner) => {
            lines.push("-");
            write(lines, inner, source, after);
        }
        ExprKind::ListOf { op, items, .. } => {
            lines.push(&format!("{} (", words::aggregate(*op)));
            write_list(lines, items, source, after + 1);
            lines.push(")");
        }
        _ => match around(expr, source) {
            Some(around) => write_around(lines, &around, source, after),
            None => lines.push(&line),
        },
    }
}

/// An expression that puts words around one operand.
struct Around<'a> {
    before: String,
    operand: &'a Expr,
    after: String,
    condition: Option<&'a Expr>,
}

fn around<'a>(expr: &'a Expr, source: &SourceFile) -> Option<Around<'a>> {
    let (before, operand, after, condition) = match &expr.kind {
        ExprKind::Not(inner) => ("not ".to_owned(), inner, String::new(), None),
        ExprKind::SizeOf(inner) => ("size of ".to_owned(), inner, String::new(), None),
        ExprKind::IsMissing { operand, negated } => {
            (String::new(), operand, if *negated { " is not missing" } else { " is missing" }.to_owned(), None)
        }
        ExprKind::RoundsTo { operand, printed } => {
            (String::new(), operand, format!(" rounds to {}", literal(printed, source)), None)
        }
        ExprKind::Series { op, operand, .. } => (format!("{} ", words::series(*op)), operand, String::new(), None),
        ExprKind::Earlier { by, operand, .. } => (String::new(), operand, format!(" {}", words::earlier(*by)), None),
        ExprKind::In { operand, period } => (String::new(), operand, format!(" in {}", inline(period, source)), None),
        ExprKind::Rank { operand, across, peers, from_highest } => {
            let end = if *from_highest { "highest" } else { "lowest" };
            let after = format!(" across {}{} from {end}", across.text, same(peers, source));
            ("rank of ".to_owned(), operand, after, None)
        }
        ExprKind::DaysFrom { from, to } => ("days from ".to_owned(), from, format!(" to {}", inline(to, source)), None),
        ExprKind::Aggregate { op, operand, weight, across, peers, condition, .. } => {
            let weight = weight.as_ref().map(|weight| format!(" weighted by {}", inline(weight, source)));
            let across = across.as_ref().map(|across| format!(" across {}{}", across.text, same(peers, source)));
            let after = weight.unwrap_or_default() + &across.unwrap_or_default();
            (format!("{} ", words::aggregate(*op)), operand, after, condition.as_deref())
        }
        _ => return None,
    };
    Some(Around { before, operand, after, condition })
}

/// ` with the same region and the same class`
fn same(peers: &[Expr], source: &SourceFile) -> String {
    let names: Vec<String> = peers.iter().map(|name| inline(name, source)).collect();
    if names.is_empty() { String::new() } else { format!(" with the same {}", names.join(" and the same ")) }
}

fn write_around(lines: &mut Lines, around: &Around<'_>, source: &SourceFile, after: usize) {
    let column = lines.column();
    lines.push(&around.before);
    let is_last = around.condition.is_none();
    write(lines, around.operand, source, width(&around.after) + if is_last { after } else { 0 });
    lines.push(&around.after);
    if let Some(condition) = around.condition {
        let line = inline(condition, source);
        if lines.fits(" where ".len() + width(&line) + after) {
            lines.push(" where ");
        } else {
            lines.turn(column + 2);
            lines.push("where ");
        }
        write(lines, condition, source, after);
    }
}

/// A chain of operands and the words between them: the whole of `a and b and c`, the one comparison, and the
/// left spine of sums and products. Where it is to be broken, a sum is broken before its products.
fn chain(expr: &Expr, is_broken: bool) -> Option<(&Expr, Vec<(&'static str, &Expr)>)> {
    match &expr.kind {
        ExprKind::Logic { op, operands } => {
            let (first, rest) = operands.split_first()?;
            Some((first, rest.iter().map(|operand| (words::logic(*op), operand)).collect()))
        }
        ExprKind::Compare { op, left, right, .. } => Some((left, vec![(words::compare(*op), right)])),
        ExprKind::Arithmetic { op, .. } => {
            let is_sum = |op: ArithmeticOp| matches!(op, ArithmeticOp::Add | ArithmeticOp::Subtract);
            let outermost = is_sum(*op);
            let mut first = expr;
            let mut rest = Vec::new();
            // Without recursion: a sum can have thousands of terms, each inside the next.
            while let ExprKind::Arithmetic { op, left, right, .. } = &first.kind {
                if is_broken && is_sum(*op) != outermost {
                    break;
                }
                rest.push((words::arithmetic(*op), &**right));
                first = left;
            }
            rest.reverse();
            Some((first, rest))
        }
        _ => None,
    }
}

/// Each operand on its own line with its operator before it, the operands under each other where there is room
/// for the operators to their left.
fn write_chain(lines: &mut Lines, expr: &Expr, source: &SourceFile, after: usize) {
    let column = lines.column();
    let Some((first, rest)) = chain(expr, true) else { return };
    write(lines, first, source, 0);
    let last = rest.len().saturating_sub(1);
    for (index, (word, operand)) in rest.into_iter().enumerate() {
        let hung = column.checked_sub(word.len() + 1).filter(|hung| *hung >= lines.floor());
        lines.turn(hung.unwrap_or(column));
        lines.push(word);
        lines.push(" ");
        write(lines, operand, source, if index == last { after } else { 0 });
    }
}

/// `if C then A`, and under it `else if C then B`, `else C`.
fn write_conditional(lines: &mut Lines, expr: &Expr, source: &SourceFile, after: usize) {
    let column = lines.column();
    let mut expr = expr;
    while let ExprKind::If { condition, then, otherwise } = &expr.kind {
        let head = format!("if {} then {}", inline(condition, source), inline(then, source));
        if lines.fits(width(&head)) {
            lines.push(&head);
        } else {
            lines.push("if ");
            write(lines, condition, source, 0);
            lines.turn(column + 2);
            lines.push("then ");
            write(lines, then, source, 0);
        }
        lines.turn(column);
        lines.push("else ");
        expr = otherwise;
    }
    write(lines, expr, source, after);
}

/// The members of a list, as many to a line as fit.
fn write_list(lines: &mut Lines, items: &[Expr], source: &SourceFile, after: usize) {
    let column = lines.column();
    for (index, item) in items.iter().enumerate() {
        let after = if index + 1 == items.len() { after } else { 1 };
        if index > 0 {
            lines.push(",");
            if lines.fits(1 + width(&inline(item, source)) + after) {
                lines.push(" ");
            } else {
                lines.turn(column);
            }
        }
        write(lines, item, source, after);
    }
}
