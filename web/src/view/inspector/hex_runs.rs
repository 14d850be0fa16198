//! A row of octets, split where layers and the highlight begin.

use core::ops::Range;

/// Adjacent octets with the same style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// The range of octets.
    pub(super) range: Range<usize>,
    /// Whether they are highlighted.
    pub(super) lit: bool,
    /// The layer: 0 IPv4, 1 TCP, 2 payload.
    pub(super) layer: usize,
}

/// Splits `row` into runs, given the offsets of the layers.
pub(super) fn runs(row: Range<usize>, layers: [usize; 2], lit: Option<&Range<usize>>) -> Vec<Run> {
    let mut cuts = vec![row.start, row.end];
    let edges = lit.map_or([row.start; 2], |lit| [lit.start, lit.end]);
    cuts.extend(layers.into_iter().chain(edges).filter(|cut| row.contains(cut)));
    cuts.sort();
    cuts.dedup();
    cuts.windows(2)
        .map(|pair| {
            let start = pair[0];
            Run {
                range: start..pair[1],
                lit: lit.is_some_and(|lit| lit.contains(&start)),
                layer: layers.iter().filter(|begin| **begin <= start).count(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_split_at_layers_and_at_the_highlight() {
        let found: Vec<_> = runs(16..24, [20, 40], Some(&(18..20)))
            .into_iter()
            .map(|run| (run.range, run.lit, run.layer))
            .collect();
        assert_eq!(found, [(16..18, false, 0), (18..20, true, 0), (20..24, false, 1)]);
        assert_eq!(runs(40..48, [20, 40], None).len(), 1);
    }
}
