//! What is left to the areas is reported and never tested.
//!
//! In: the finished model. Out: an error for each rule that rests on a choice that is theirs. Measures of the nation may
//! count what was chosen; what rests on such a measure tests the choice just as well.

use crate::model::error::types;
use crate::model::{ColumnId, DeclarationId, DeclarationKind, Expr, ExprKind, Level, Model};
use crate::problem::Problem;
use std::collections::BTreeMap;

/// Tells every rule that rests on what a discretion leaves free.
pub(super) fn check(model: &Model, problems: &mut Vec<Problem>) {
    let mut columns: BTreeMap<ColumnId, DeclarationId> = BTreeMap::new();
    let mut resting: BTreeMap<DeclarationId, DeclarationId> = BTreeMap::new();
    for (number, declaration) in model.declarations.iter().enumerate() {
        let id = DeclarationId::from_index(number);
        if let DeclarationKind::Discretion(Expr { kind: ExprKind::Column(column), .. }) = &declaration.kind {
            columns.entry(*column).or_insert(id);
            resting.insert(id, id);
        }
    }
    if columns.is_empty() {
        return;
    }
    // What a declaration reads comes before it.
    for id in model.order.iter().flatten() {
        let declaration = model.declaration(*id);
        if matches!(declaration.kind, DeclarationKind::Discretion(_)) {
            continue;
        }
        let mut found: Option<(&Expr, DeclarationId)> = None;
        for expr in declaration.expressions() {
            expr.walk(&mut |expr| {
                let free = match &expr.kind {
                    ExprKind::Column(column) => columns.get(column),
                    ExprKind::Result(read) => resting.get(read),
                    _ => None,
                };
                if let Some(free) = free {
                    found.get_or_insert((expr, *free));
                }
            });
        }
        let Some((read, free)) = found else { continue };
        if matches!(declaration.kind, DeclarationKind::Measure(_)) && declaration.level == Level::Nation {
            resting.insert(*id, free);
        } else {
            let free = model.declaration(free);
            let word = declaration.kind.word();
            problems.push(types::free_choice(word, &declaration.name, read.span, &free.name, free.name_span));
        }
    }
}
