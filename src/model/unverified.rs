//! What a result rests on that nobody has verified.
//!
//! In: a model in order. Out: for each declaration the unverified parameters and declarations it rests on.

use super::{DeclarationId, Expr, ExprKind, Model};
use std::collections::BTreeSet;

/// How many are kept of each declaration: more than anybody reads.
const MOST: usize = 50;

/// Something unverified, in the order of the file: parameters first.
type Doubt = (bool, u32);

/// Fills what every declaration rests on that is unverified.
pub(super) fn rest_on(model: &mut Model) {
    let are_verified = model.declarations.iter().all(|declaration| declaration.unverified.is_none());
    if are_verified && model.parameters.iter().all(|parameter| parameter.unverified.is_none()) {
        return;
    }
    let mut doubts: Vec<BTreeSet<Doubt>> = vec![BTreeSet::new(); model.declarations.len()];
    for group in &model.order {
        let mut together: BTreeSet<Doubt> = BTreeSet::new();
        for id in group {
            let declaration = model.declaration(*id);
            for read in declaration.reads() {
                if !group.contains(&read) || read == *id {
                    together.extend(doubts.get(read.index()).into_iter().flatten());
                }
                if model.declaration(read).unverified.is_some() && read != *id {
                    together.insert((true, read.0));
                }
            }
            for expr in declaration.expressions() {
                parameters(model, expr, &mut together);
            }
        }
        while together.len() > MOST {
            together.pop_last();
        }
        for id in group {
            if let Some(slot) = doubts.get_mut(id.index()) {
                slot.clone_from(&together);
            }
        }
    }
    for (declaration, doubts) in doubts.iter().enumerate() {
        let names: Vec<String> = doubts
            .iter()
            .filter(|doubt| **doubt != (true, DeclarationId::from_index(declaration).0))
            .map(|(is_declaration, id)| {
                if *is_declaration {
                    model.declaration(DeclarationId(*id)).name.clone()
                } else {
                    model.parameter(super::ParameterId(*id)).name.clone()
                }
            })
            .collect();
        if let Some(declaration) = model.declarations.get_mut(declaration) {
            declaration.rests_on_unverified = names;
        }
    }
}

fn parameters(model: &Model, expr: &Expr, found: &mut BTreeSet<Doubt>) {
    expr.walk(&mut |expr| {
        if let ExprKind::Parameter(id) | ExprKind::ParameterIn { parameter: id, .. } = &expr.kind
            && model.parameter(*id).unverified.is_some()
        {
            found.insert((false, id.0));
        }
    });
}
