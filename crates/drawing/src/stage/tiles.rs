//! The arrangement of a buffer's tiles.

use playground_playback::{Tile, TileStatus};

use crate::canvas::Canvas;
use crate::text_width::{Face, fitted, text_width};

use super::rect::Rect;

/// A placed tile.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedTile {
    pub rect: Rect,
    pub label: String,
    /// Font size of the label.
    pub size: f64,
    pub status: TileStatus,
    /// The index among the buffer's tiles, for its key and its tilt.
    pub place: usize,
}

/// The area for tiles, and their font size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TileRoom {
    pub rect: Rect,
    pub rows: usize,
    /// Tiles of equal width in each row; none lets each be as wide as its label.
    pub columns: Option<usize>,
    pub size: f64,
}

impl TileRoom {
    /// Adapted to the tiles: as few columns as the longest label needs, and one more row for the overflow.
    pub fn suited(self, tiles: &[Tile]) -> Self {
        let Some(most) = self.columns else { return self };
        let longest = longest(tiles) * self.size * LEAST + 5.0;
        let fits = ((self.rect.w + GAP) / (longest + GAP)) as usize;
        let columns = fits.clamp(2, most);
        let is_high = self.rect.h >= 90.0 && columns < most;
        Self { columns: Some(columns), rows: self.rows + usize::from(is_high), ..self }
    }
}

fn longest(tiles: &[Tile]) -> f64 {
    tiles.iter().map(|tile| text_width(&tile.label, 1.0, Face::Mono)).fold(0.1, f64::max)
}

const GAP: f64 = 4.0;
/// Labels shrink to no less than this fraction of their size.
const LEAST: f64 = 0.9;

/// Arranges tiles in the area; also the number of those left over.
pub fn set(tiles: &[Tile], room: TileRoom) -> (Vec<PlacedTile>, usize) {
    let row_h = (room.rect.h - GAP * (room.rows as f64 - 1.0)) / room.rows as f64;
    let widest = room
        .columns
        .map_or(room.rect.w, |columns| (room.rect.w - GAP * (columns as f64 - 1.0)) / columns as f64);
    // Tiles of equal width get a smaller font before a label is cut.
    let size = match room.columns {
        Some(_) => {
            room.size.min((widest - 5.0) / longest(tiles)).max(room.size * LEAST).max(Canvas::SMALLEST)
        }
        None => room.size,
    };
    // Room for "+12" at the end of the last row if tiles are left over.
    let more = text_width("+99", room.size, Face::Mono) + 4.0;
    let mut placed = Vec::new();
    let (mut row, mut x) = (0, 0.0);
    for (place, tile) in tiles.iter().enumerate() {
        let natural = text_width(&tile.label, room.size, Face::Mono) + 10.0;
        let w = if room.columns.is_some() { widest } else { natural.min(widest) };
        if x > 0.0 && x + w > room.rect.w + 0.5 {
            row += 1;
            x = 0.0;
        }
        let is_last_row = row + 1 == room.rows;
        let left_over = place + 1 < tiles.len();
        let w = if left_over && is_last_row && x == 0.0 && room.columns.is_none() {
            w.min(room.rect.w - more)
        } else {
            w
        };
        if row >= room.rows
            || (is_last_row
                && left_over
                && x > 0.0
                && x + w + more > room.rect.w
                && !fits_rest(tiles, place, x, room, widest))
        {
            break;
        }
        placed.push(PlacedTile {
            rect: Rect::new(room.rect.x + x, room.rect.y + row as f64 * (row_h + GAP), w, row_h),
            label: fitted(&tile.label, size, Face::Mono, w - 4.0),
            size,
            status: tile.status,
            place,
        });
        x += w + GAP;
    }
    let hidden = tiles.len() - placed.len();
    (placed, hidden)
}

/// Whether all tiles from `place` on fit into the rest of the last row.
fn fits_rest(tiles: &[Tile], place: usize, x: f64, room: TileRoom, widest: f64) -> bool {
    let mut end = x;
    for tile in &tiles[place..] {
        let natural = text_width(&tile.label, room.size, Face::Mono) + 10.0;
        end += if room.columns.is_some() { widest } else { natural.min(widest) } + GAP;
    }
    end - GAP <= room.rect.w + 0.5
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tile(label: &str) -> Tile {
        Tile { label: label.into(), message: None, range: 0..1, fraction: 0.0, status: TileStatus::Unread }
    }

    #[test]
    fn ten_tiles_are_two_rows_of_five() {
        let tiles: Vec<Tile> = (1..=10).map(|number| tile(&format!("200 /{number}"))).collect();
        let room = TileRoom { rect: Rect::new(0.0, 0.0, 320.0, 64.0), rows: 2, columns: Some(5), size: 11.0 };
        let (placed, hidden) = set(&tiles, room);
        assert_eq!((placed.len(), hidden), (10, 0));
        assert!(placed.iter().all(|tile| tile.rect.right() <= 320.5 && tile.rect.bottom() <= 64.0));
    }

    #[test]
    fn tiles_with_long_labels_have_fewer_columns() {
        let tiles: Vec<Tile> = ["200 /page", "1461–2920", "2921–4380", "4381–5067"].map(tile).into();
        let room =
            TileRoom { rect: Rect::new(0.0, 0.0, 248.0, 120.0), rows: 2, columns: Some(5), size: 12.0 };
        let (placed, hidden) = set(&tiles, room.suited(&tiles));
        let words: Vec<&str> = placed.iter().map(|tile| &*tile.label).collect();
        assert_eq!((words, hidden), (vec!["200 /page", "1461–2920", "2921–4380", "4381–5067"], 0));
    }

    #[test]
    fn sockets_without_a_slot_are_counted() {
        let tiles: Vec<Tile> = (1..=9).map(|number| tile(&format!("GET /{number}"))).collect();
        let room = TileRoom { rect: Rect::new(0.0, 0.0, 160.0, 20.0), rows: 1, columns: None, size: 11.0 };
        let (placed, hidden) = set(&tiles, room);
        assert_eq!(placed.len() + hidden, 9);
        assert!(hidden > 0 && !placed.is_empty());
    }
}
