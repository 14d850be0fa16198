//! Several steps as one animated GIF, the one animated format that PowerPoint and Google Slides both play.
//!
//! Google Slides takes PNG, JPEG and GIF, less than 50 MB (developers.google.com/slides/api/guides/add-image), so neither
//! WebP nor AVIF; an APNG is a PNG to it, and shows its first picture. PowerPoint itself writes its shows as GIF. Its
//! older versions play only a GIF that says that it loops (soniacoleman.com, "Animated GIFs") and has no transparency
//! (c2gps.com, "Animating GIFs in PowerPoint 2007"): this one loops, and has none.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use gif::{Encoder, Frame, Repeat};
use playground_playback::{Cursor, Player, PlayerCommand};
use resvg::tiny_skia::Pixmap;

use crate::plain::Plain;
use crate::png::{Fonts, Problem};
use crate::still::{Look, Stills};

/// How long a picture stays while something moves, 1/100 s; fewer than 2 are played slowly by most programs.
const TICK: u16 = 10;
/// How long a step's own picture stays, 1/100 s: long enough to read its sentence.
const REST: u16 = 350;
/// How many colours a GIF has.
const COLOURS: usize = 256;
/// What Google Slides takes at most, octets.
pub const LARGEST: usize = 50_000_000;

/// An animated picture.
pub struct Animation {
    /// The GIF.
    pub octets: Vec<u8>,
    /// How long it plays before it begins again, 1/100 s.
    pub length: u32,
}

/// A picture and how long it stays, 1/100 s.
struct Scene {
    svg: String,
    delay: u16,
    /// Whether its colours are looked at: those of the pictures between are the same.
    is_sample: bool,
}

impl Animation {
    /// The steps, from 0, as they are shown one after the other.
    ///
    /// # Errors
    /// `Ok(Err(step))` for a step that has nothing to draw; `Err` for a picture that cannot be drawn.
    pub fn of(
        stills: &Stills<'_>,
        plain: &Plain,
        fonts: &Fonts,
        steps: RangeInclusive<usize>,
        look: Look,
    ) -> Result<Result<Self, usize>, Problem> {
        let scenes = match scenes(stills, plain, steps, look) {
            Ok(scenes) => scenes,
            Err(step) => return Ok(Err(step)),
        };
        let palette = Palette::of(scenes.iter().filter(|scene| scene.is_sample), fonts)?;
        let wrong = |error: gif::EncodingError| Problem::Drawing(error.to_string());
        let (width, height) = (side(look.size.0), side(look.size.1));
        let mut encoder = Encoder::new(Vec::new(), width, height, &palette.octets()).map_err(wrong)?;
        encoder.set_repeat(Repeat::Infinite).map_err(wrong)?;
        let (mut last, mut length, mut known) = (Vec::new(), 0, palette.places());
        for scene in &scenes {
            let picture = fonts.draw(&scene.svg)?;
            let pixels: Vec<u8> = rgb(&picture).map(|colour| palette.nearest(colour, &mut known)).collect();
            let mut frame = changed(&last, &pixels, (width, height));
            frame.delay = scene.delay;
            length += u32::from(scene.delay);
            encoder.write_frame(&frame).map_err(wrong)?;
            last = pixels;
        }
        let octets = encoder.into_inner().map_err(|error| Problem::Drawing(error.to_string()))?;
        Ok(Ok(Self { octets, length }))
    }
}

/// Sides are at most 8000 pixels.
fn side(pixels: u32) -> u16 {
    u16::try_from(pixels).unwrap_or(u16::MAX)
}

/// The pictures in the order in which they are shown: each step for a while, and the way to the next.
fn scenes(
    stills: &Stills<'_>,
    plain: &Plain,
    steps: RangeInclusive<usize>,
    look: Look,
) -> Result<Vec<Scene>, usize> {
    let mut scenes: Vec<Scene> = Vec::new();
    let mut add =
        |picture: usize, told: usize, now: Cursor, delay: u16, is_sample: bool| -> Result<(), usize> {
            let drawing = stills.draw_at(picture, told, now, look).ok_or(picture)?;
            let svg = plain.svg(&drawing, look.size);
            match scenes.last_mut().filter(|last| last.svg == svg) {
                // Nothing moves: the picture stays.
                Some(last) => {
                    last.delay = last.delay.saturating_add(delay);
                    last.is_sample |= is_sample;
                }
                None => scenes.push(Scene { svg, delay, is_sample }),
            }
            Ok(())
        };
    let first = *steps.start();
    add(first, first, stills.cursor(first), REST, true)?;
    for next in first + 1..=*steps.end() {
        let mut player = Player::new(stills.cursor(next - 1));
        player.handle(stills.timeline(), PlayerCommand::Show(stills.cursor(next)));
        let mut moments = Vec::new();
        loop {
            player.handle(stills.timeline(), PlayerCommand::Tick { wall_us: u64::from(TICK) * 10_000 });
            if !player.is_moving() {
                break;
            }
            moments.push(player.cursor());
        }
        for (place, now) in moments.iter().enumerate() {
            add(next, next - 1, *now, TICK, place == moments.len() / 2)?;
        }
        add(next, next, stills.cursor(next), REST, true)?;
    }
    Ok(scenes)
}

fn rgb(picture: &Pixmap) -> impl Iterator<Item = [u8; 3]> + '_ {
    // Stills have a paper: no pixel is transparent.
    picture.pixels().iter().map(|pixel| [pixel.red(), pixel.green(), pixel.blue()])
}

/// The colours of most pixels. Drawings are flat: few others are left, at the edges of letters.
struct Palette(Vec<[u8; 3]>);

impl Palette {
    fn of<'s>(samples: impl Iterator<Item = &'s Scene>, fonts: &Fonts) -> Result<Self, Problem> {
        let mut counts: HashMap<[u8; 3], u32> = HashMap::new();
        for scene in samples {
            for colour in rgb(&fonts.draw(&scene.svg)?) {
                *counts.entry(colour).or_default() += 1;
            }
        }
        let mut colours: Vec<([u8; 3], u32)> = counts.into_iter().collect();
        colours.sort_by_key(|(colour, count)| (std::cmp::Reverse(*count), *colour));
        Ok(Self(colours.into_iter().take(COLOURS).map(|(colour, _)| colour).collect()))
    }

    fn octets(&self) -> Vec<u8> {
        self.0.as_flattened().to_vec()
    }

    fn places(&self) -> HashMap<[u8; 3], u8> {
        (0..=u8::MAX).zip(&self.0).map(|(place, colour)| (*colour, place)).collect()
    }

    /// The place of the nearest colour; found ones are kept.
    fn nearest(&self, colour: [u8; 3], known: &mut HashMap<[u8; 3], u8>) -> u8 {
        *known.entry(colour).or_insert_with(|| {
            let distance = |other: &[u8; 3]| -> u32 {
                other.iter().zip(colour).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
            };
            let places = (0..=u8::MAX).zip(&self.0);
            places.min_by_key(|(_, other)| distance(other)).map_or(0, |(place, _)| place)
        })
    }
}

/// The part of a picture that differs from the one before it: all of the first, one pixel where nothing does.
fn changed(last: &[u8], pixels: &[u8], (width, height): (u16, u16)) -> Frame<'static> {
    let row = usize::from(width);
    let differs = |index: &usize| last.get(*index) != pixels.get(*index);
    let different = || (0..pixels.len()).filter(differs);
    let (Some(first), Some(bottom)) = (different().next(), different().next_back()) else {
        return Frame { width: 1, height: 1, buffer: pixels[..1].to_vec().into(), ..Frame::default() };
    };
    let (top, bottom) = (first / row, bottom / row);
    let left = different().map(|index| index % row).min().unwrap_or(0);
    let right = different().map(|index| index % row).max().unwrap_or(row - 1);
    let mut buffer = Vec::with_capacity((right - left + 1) * (bottom - top + 1));
    for line in top..=bottom {
        buffer.extend_from_slice(&pixels[line * row + left..=line * row + right]);
    }
    let narrow = |length: usize| u16::try_from(length).unwrap_or(height.max(width));
    Frame {
        left: narrow(left),
        top: narrow(top),
        width: narrow(right - left + 1),
        height: narrow(bottom - top + 1),
        buffer: buffer.into(),
        ..Frame::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_is_written() {
        let last = [0; 12];
        let mut pixels = [0; 12];
        let part = |last: &[u8], pixels: &[u8]| {
            let frame = changed(last, pixels, (4, 3));
            (frame.left, frame.top, frame.width, frame.height, frame.buffer.to_vec())
        };
        assert_eq!(part(&[], &pixels), (0, 0, 4, 3, vec![0; 12]));
        assert_eq!(part(&last, &pixels), (0, 0, 1, 1, vec![0]));
        (pixels[5], pixels[10]) = (1, 2);
        assert_eq!(part(&last, &pixels), (1, 1, 2, 2, vec![1, 0, 0, 2]));
    }

    #[test]
    fn a_colour_without_a_place_gets_the_nearest() {
        let palette = Palette(vec![[0, 0, 0], [255, 0, 0], [250, 250, 250]]);
        let mut known = palette.places();
        assert_eq!(palette.nearest([200, 10, 10], &mut known), 1);
        assert_eq!(palette.nearest([255, 255, 255], &mut known), 2);
        assert_eq!((palette.nearest([0, 0, 0], &mut known), known.len()), (0, 5));
    }
}
