//! Which part of the program a piece of its data belongs to.
//!
//! The linker's map says where each constant and each static begins and ends. A piece comes with the first part
//! whose functions can reach it: a number in their code that is an address in it, or a word in a piece that they
//! reach. A number that only looks like an address makes a piece come too early, never too late.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::ops::Range;

use anyhow::{Result, anyhow, bail, ensure};
use wasm_encoder::MemArg;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasmparser::{DataKind, FunctionBody, Operator};

use super::module::Module;
use super::placing::FIRST;

/// How far behind the end of a table a number in the code may still be meant for it, in octets.
const ENTRY: u32 = 32;

/// Where the pieces of a program's data are, as the linker laid them out: no two overlap, and their order is that
/// of their addresses.
pub struct Layout(Vec<Range<u32>>);

impl Layout {
    /// Reads what the linker writes for `-Map`: address, place in the file, size in hexadecimal, and the names.
    ///
    /// Errors: it names no data.
    pub fn read(map: &str) -> Result<Self> {
        let mut pieces: Vec<Range<u32>> = map.lines().filter_map(piece).collect();
        pieces.sort_by_key(|piece| piece.start);
        pieces.dedup();
        ensure!(!pieces.is_empty(), "the linker's map names no data");
        ensure!(pieces.is_sorted_by(|a, b| a.end <= b.start), "the linker's map has pieces that overlap");
        Ok(Self(pieces))
    }

    /// The piece that an address is in.
    fn around(&self, address: u32) -> Option<usize> {
        let after = self.0.partition_point(|piece| piece.start <= address);
        after.checked_sub(1).filter(|piece| self.0[*piece].contains(&address))
    }

    /// The pieces that a number in the code may be meant for: the one that it is in, and tables that end there or a
    /// little before: a loop may count up to zero from the end, or from a field behind it.
    fn meant(&self, address: u32) -> impl Iterator<Item = usize> {
        let after = self.0.partition_point(|piece| piece.start <= address);
        let is_meant = move |piece: &Range<u32>| {
            piece.contains(&address)
                || piece.start.is_multiple_of(4) && piece.len().is_multiple_of(4) && piece.len() > 4
        };
        let near = self.0[..after].iter().rev().take_while(move |piece| address <= piece.end + ENTRY);
        (0..after).rev().zip(near).filter(move |(_, piece)| is_meant(piece)).map(|(number, _)| number)
    }
}

/// An input section with data in a line of the map: those with symbols are indented further.
fn piece(line: &str) -> Option<Range<u32>> {
    let mut words = line.split_whitespace();
    let number = |word: Option<&str>| u32::from_str_radix(word?, 16).ok();
    let (address, _, size) = (number(words.next())?, number(words.next())?, number(words.next())?);
    let name = words.next()?;
    let is_data = [":(.rodata", ":(.data"].iter().any(|it| name.contains(it));
    (is_data && size > 0).then(|| address..address + size)
}

/// The data of a program as it stands in memory when it begins.
struct Image {
    begin: u32,
    octets: Vec<u8>,
}

impl Image {
    fn of(module: &Module<'_>) -> Result<Self> {
        let mut segments = Vec::new();
        for segment in &module.data {
            let DataKind::Active { memory_index: 0, offset_expr } = &segment.kind else {
                bail!("data that does not stand in the memory from the beginning");
            };
            let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
                bail!("data that begins at no constant");
            };
            segments.push((value.cast_unsigned(), segment.data));
        }
        let begin = segments.iter().map(|(begin, _)| *begin).min().unwrap_or_default();
        let mut octets = Vec::new();
        for (at, data) in segments {
            let at = (at - begin) as usize;
            octets.resize(octets.len().max(at + data.len()), 0);
            octets[at..at + data.len()].copy_from_slice(data);
        }
        Ok(Self { begin, octets })
    }

    /// What stands there; zeros at the end are in no segment.
    fn piece(&self, piece: &Range<u32>) -> &[u8] {
        let within = |address: u32| (address.saturating_sub(self.begin) as usize).min(self.octets.len());
        &self.octets[within(piece.start)..within(piece.end)]
    }
}

/// What stands in the memory when a part has come: where it begins, and the octets.
pub type Segments = Vec<(u32, Vec<u8>)>;

/// The data of every part, the first one's first; what nothing seems to reach is
/// in that, too.
///
/// Errors: data that the layout does not know of, or that does not stand in the memory from the beginning.
pub fn place(
    module: &Module<'_>,
    layout: &Layout,
    functions: &[Option<usize>],
    later: usize,
) -> Result<Vec<Segments>> {
    let image = Image::of(module)?;
    let pieces = &layout.0;
    let mut named = vec![BTreeSet::new(); later + 1];
    for number in module.defined() {
        if let Some(part) = functions[number as usize] {
            let numbers = Numbers::of(&module.body(number))?;
            named[part].extend(numbers.into_iter().flat_map(|number| layout.meant(number)));
        }
    }
    let nowhere = vec![None; pieces.len()];
    let mut reached = nowhere.clone();
    follow(layout, &image, named.iter().flatten().copied().collect(), FIRST, &mut reached);
    // What nothing seems to reach is in the first part, to be safe.
    named[FIRST].extend((0..pieces.len()).filter(|piece| reached[*piece].is_none()));
    let mut places = nowhere;
    for (part, begins) in named.into_iter().enumerate() {
        follow(layout, &image, begins, part, &mut places);
    }
    let filled = |octets: &[u8]| octets.iter().filter(|octet| **octet != 0).count();
    let known: usize = pieces.iter().map(|piece| filled(image.piece(piece))).sum();
    ensure!(known == filled(&image.octets), "the linker's map leaves out data");
    Ok((FIRST..=later).map(|part| segments(&image, pieces, |piece| places[piece] == Some(part))).collect())
}

/// Puts into a part what is in none yet of some pieces, and of those whose addresses stand in them.
fn follow(
    layout: &Layout,
    image: &Image,
    mut waiting: BTreeSet<usize>,
    part: usize,
    places: &mut [Option<usize>],
) {
    while let Some(piece) = waiting.pop_last() {
        if places[piece].is_none() {
            places[piece] = Some(part);
            waiting.extend(addresses(image, &layout.0[piece]).filter_map(|number| layout.around(number)));
        }
    }
}

/// The numbers in a function's code that may be addresses.
#[derive(Default)]
struct Numbers(BTreeSet<u32>);

impl Numbers {
    fn of(body: &FunctionBody<'_>) -> Result<BTreeSet<u32>> {
        let mut numbers = Self::default();
        for operator in body.get_operators_reader()? {
            match operator? {
                Operator::I32Const { value } => _ = numbers.0.insert(value.cast_unsigned()),
                operator => _ = numbers.instruction(operator).map_err(|error| anyhow!("{error}"))?,
            }
        }
        Ok(numbers.0)
    }
}

impl Reencode for Numbers {
    type Error = Infallible;

    fn mem_arg(&mut self, place: wasmparser::MemArg) -> Result<MemArg, Error<Infallible>> {
        self.0.extend(u32::try_from(place.offset));
        utils::mem_arg(self, place)
    }
}

/// The words in a piece, which may be addresses: they stand at multiples of four.
fn addresses<'a>(image: &'a Image, piece: &Range<u32>) -> impl Iterator<Item = u32> + use<'a> {
    let skipped = (4 - piece.start % 4) % 4;
    let octets = image.piece(piece).get(skipped as usize..).unwrap_or_default();
    octets.as_chunks().0.iter().map(|word| u32::from_le_bytes(*word))
}

/// Some of the pieces; those that follow each other are one segment.
fn segments(image: &Image, pieces: &[Range<u32>], chosen: impl Fn(usize) -> bool) -> Segments {
    let mut segments = Segments::new();
    let mut last = None;
    for (number, piece) in pieces.iter().enumerate().filter(|(number, _)| chosen(*number)) {
        let octets = image.piece(piece);
        match segments.last_mut() {
            // Nothing but octets that align the next one lies between neighbours.
            Some((begin, filled))
                if last == number.checked_sub(1) && piece.start - end_of(*begin, filled) < 16 =>
            {
                filled.resize((piece.start - *begin) as usize, 0);
                filled.extend(octets);
            }
            _ => segments.push((piece.start, octets.to_vec())),
        }
        last = Some(number);
    }
    segments.retain(|(_, octets)| octets.iter().any(|octet| *octet != 0));
    segments
}

fn end_of(begin: u32, octets: &[u8]) -> u32 {
    begin + u32::try_from(octets.len()).unwrap_or_default()
}
