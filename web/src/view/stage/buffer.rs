//! A buffer filled with labelled tiles.

use playground_playback::{BufferView, TileStatus};
use yew::prelude::*;

use crate::view::common::number::px;

use super::tiles::{PlacedTile, TileRoom, set};

/// The tiles of one buffer, discarded ones cracked.
pub(super) fn filled(buffer: &BufferView, room: TileRoom, author: Classes) -> Html {
    let room = room.suited(&buffer.tiles);
    let (tiles, left_over) = set(&buffer.tiles, room);
    let hidden = left_over + buffer.hidden_tiles as usize;
    let rows = room.rows as f64;
    let row_h = (room.rect.h - 4.0 * (rows - 1.0)) / rows;
    let end = tiles.last().map_or(room.rect.x, |tile| tile.rect.right() + 5.0);
    let y = tiles.last().map_or(room.rect.y, |tile| tile.rect.y) + row_h / 2.0;
    html! {
        <g class={classes!("buffer", author)}>
            if room.rows > 1 && !tiles.is_empty() {
            } else if room.rows > 1 {
                <rect
                    class="buffer-field"
                    x={px(room.rect.x)} y={px(room.rect.y)} width={px(room.rect.w)} height={px(room.rect.h)} rx="8"
                />
            } else if hidden == 0 {
                <rect
                    class="buffer-track"
                    x={px(room.rect.x)} y={px(room.rect.y + row_h / 2.0 - 3.0)} width={px(room.rect.w)} height="6" rx="3"
                />
            }
            { for tiles.iter().map(drawn) }
            if hidden > 0 {
                <text class="mono faded" x={px(end)} y={px(y + room.size * 0.35)} font-size={px(room.size)}>
                    { format!("+{hidden}") }
                </text>
            }
        </g>
    }
}

fn drawn(tile: &PlacedTile) -> Html {
    let size = tile.size;
    let rect = tile.rect;
    let (x, y) = rect.middle();
    let is_gone = tile.status == TileStatus::Discarded;
    let class = match tile.status {
        TileStatus::Queued => "tile is-queued",
        TileStatus::InFlight => "tile is-in-flight",
        TileStatus::Unread => "tile",
        TileStatus::Held => "tile is-held",
        TileStatus::Discarded => "tile is-gone",
    };
    let tilt = if is_gone { f64::from([-4i8, 3, 2, -2, -3, 4, -5, 3, 2, -3][tile.place % 10]) } else { 0.0 };
    let turned = is_gone.then(|| format!("rotate({} {} {})", px(tilt), px(x), px(y)));
    html! {
        <g key={tile.place} class={if is_gone { "tile-gone" } else { "tile-whole" }} transform={turned}>
            <rect {class} x={px(rect.x)} y={px(rect.y)} width={px(rect.w)} height={px(rect.h)} rx="5" />
            <text class="mono middle tile-label" x={px(x)} y={px(y + size * 0.35)} font-size={px(size)}>
                { tile.label.clone() }
            </text>
            if is_gone {
                <path class="tile-crack" d={crack(tile)} />
            }
        </g>
    }
}

/// Two cracks from the upper edge to the lower one, different from tile to tile.
fn crack(tile: &PlacedTile) -> String {
    let rect = tile.rect;
    let shift = (tile.place * 7 % 5) as f64 * 0.04;
    let at = |part: f64, down: f64| format!("{} {}", px(rect.x + rect.w * part), px(rect.y + rect.h * down));
    let one = [at(0.22 + shift, 0.0), at(0.3 + shift, 0.4), at(0.2 + shift, 0.62), at(0.34 + shift, 1.0)];
    let two = [at(0.74 - shift, 0.0), at(0.66 - shift, 0.34), at(0.78 - shift, 0.6), at(0.6 - shift, 1.0)];
    format!("M{} M{}", one.join(" L"), two.join(" L"))
}
