//! Sharing a total in whole parts: the largest-remainder method.
//!
//! In: a total and weights. Out: one whole part for each weight; together they are the total exactly.

/// Shares `total` in proportion to `weights`; what is left over goes one by one to the largest fractions, and among
/// equal fractions to the first. Without any weight every part is zero.
pub(crate) fn share(total: i64, weights: &[i64]) -> Vec<i64> {
    let sum: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let exact = |weight: &i64| i128::from(total) * i128::from(*weight);
    let mut parts: Vec<i64> = weights.iter().map(|weight| (exact(weight) / sum) as i64).collect();
    let left = total - parts.iter().sum::<i64>();
    let mut by_fraction: Vec<usize> = (0..weights.len()).collect();
    by_fraction.sort_by_key(|index| (-(exact(&weights[*index]) % sum), *index));
    for index in by_fraction.into_iter().take(left as usize) {
        parts[index] += 1;
    }
    parts
}
