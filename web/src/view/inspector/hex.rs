//! A segment's octets, with the looked-at field lit.

use core::ops::Range;

use playground_playback::LayerKind;
use web_sys::MouseEvent;
use yew::prelude::*;

use super::fields::Fields;
use crate::language::use_text;
use crate::rc_eq::RcEq;

/// Octets per row.
const ROW: usize = 16;
/// Rows shown until the user asks for all.
const MOST: usize = 20;

#[derive(Properties, PartialEq)]
pub(super) struct HexProps {
    /// Octets and fields.
    pub(super) fields: RcEq<Fields>,
    /// The highlighted octets.
    pub(super) lit: Option<Range<usize>>,
}

/// Offset, octets, characters; eight octets per line on narrow screens.
#[component]
pub(super) fn Hex(props: &HexProps) -> Html {
    let text = use_text();
    let whole = use_state(|| false);
    let octets = &props.fields.octets;
    let begin = |wanted: fn(LayerKind) -> bool| {
        props.fields.rows.iter().find(|row| wanted(row.layer)).map_or(octets.len(), |row| row.range.start)
    };
    let layers = [
        begin(|layer| layer == LayerKind::Tcp),
        begin(|layer| matches!(layer, LayerKind::Http | LayerKind::Payload)),
    ];
    let count = octets.len().div_ceil(ROW);
    let shown = if *whole { count } else { count.min(MOST) };
    let show = {
        let whole = whole.clone();
        Callback::from(move |_: MouseEvent| whole.set(true))
    };
    let half = |range: Range<usize>, lit: Option<&Range<usize>>| {
        let range = range.start.min(octets.len())..range.end.min(octets.len());
        let runs = if range.is_empty() { Vec::new() } else { runs(range, layers, lit) };
        let draw = |write: fn(&[u8]) -> String, join: bool| -> Html {
            let last = runs.len().saturating_sub(1);
            runs.iter()
                .enumerate()
                .map(|(place, run)| {
                    let class = classes!(
                        ["is-ip", "is-tcp", "is-payload"][run.layer.min(2)],
                        run.lit.then_some("is-lit")
                    );
                    html! {
                        <>
                            <span {class}>{ write(octets.get(run.range.clone()).unwrap_or_default()) }</span>
                            if join && place < last { { " " } }
                        </>
                    }
                })
                .collect()
        };
        (draw(written, true), draw(characters, false))
    };
    let rows = (0..shown).map(|row| {
        let start = row * ROW;
        let lit = props.lit.as_ref();
        let (first, first_characters) = half(start..start + ROW / 2, lit);
        let (second, second_characters) = half(start + ROW / 2..start + ROW, lit);
        html! {
            <div class="hex-row" key={row}>
                <span class="hex-offset">{ format!("{start:04x}") }</span>
                <span class="hex-octets is-first">{ first }</span>
                <span class="hex-octets is-second">{ second }</span>
                <span class="hex-characters is-first">{ first_characters }</span>
                <span class="hex-characters is-second">{ second_characters }</span>
            </div>
        }
    });
    html! {
        <div class="hex">
            { for rows }
            if shown < count {
                <button type="button" class="button small" onclick={show}>
                    { text.get("inspector-all-octets", &[("count", &octets.len().to_string())]) }
                </button>
            }
        </div>
    }
}

fn written(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect::<Vec<_>>().join(" ")
}

fn characters(octets: &[u8]) -> String {
    octets
        .iter()
        .map(|octet| if octet.is_ascii_graphic() || *octet == b' ' { char::from(*octet) } else { '·' })
        .collect()
}

/// Adjacent octets with the same style.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Run {
    /// The range of octets.
    range: Range<usize>,
    /// Whether they are highlighted.
    lit: bool,
    /// The layer: 0 IPv4, 1 TCP, 2 payload.
    layer: usize,
}

/// Splits `row` into runs, given the offsets of the layers.
fn runs(row: Range<usize>, layers: [usize; 2], lit: Option<&Range<usize>>) -> Vec<Run> {
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
    fn octets_are_written_in_two_ways() {
        assert_eq!(written(b"GE\r"), "47 45 0d");
        assert_eq!(characters(b"GE\r"), "GE·");
    }

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
