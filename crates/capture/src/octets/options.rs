//! TCP options: encoding in Linux's layout, and decoding.

use core::ops::Range;

use bytes::BufMut;
use playground_core::wire::{TcpOptions, Timestamps};

use super::parse::{u16_at, u32_at};
use super::{ParseError, Problem};

/// End of option list. RFC 9293 section 3.2.
pub(super) const END: u8 = 0;
/// No operation, a filler. RFC 9293 section 3.2.
pub(super) const NO_OPERATION: u8 = 1;
/// Maximum segment size. RFC 9293 section 3.7.1.
pub(super) const MAX_SEGMENT_SIZE: u8 = 2;
/// Window scale. RFC 7323 section 2.2.
pub(super) const WINDOW_SCALE: u8 = 3;
/// SACK permitted. RFC 2018 section 2.
pub(super) const SACK_PERMITTED: u8 = 4;
/// SACK. RFC 2018 section 3.
pub(super) const SACK: u8 = 5;
/// Timestamps. RFC 7323 section 3.2.
pub(super) const TIMESTAMPS: u8 = 8;

/// Appends the options, each group padded to a multiple of four octets.
///
/// The layout is: maximum segment size; SACK permitted and timestamps side by side, no-operations in place of
/// an absent one; a no-operation and the window scale. [`TcpOptions::wire_len`] octets in all.
///
/// Source: Linux `tcp_options_write`, RFC 7323 appendix A (the timestamps' layout).
pub(super) fn write(options: &TcpOptions, out: &mut Vec<u8>) {
    if let Some(size) = options.max_segment_size {
        out.put_slice(&[MAX_SEGMENT_SIZE, 4]);
        out.put_u16(size);
    }
    if let Some(timestamps) = options.timestamps {
        let filler = if options.sack_permitted { [SACK_PERMITTED, 2] } else { [NO_OPERATION; 2] };
        out.put_slice(&filler);
        out.put_slice(&[TIMESTAMPS, 10]);
        out.put_u32(timestamps.value);
        out.put_u32(timestamps.echo);
    } else if options.sack_permitted {
        out.put_slice(&[NO_OPERATION, NO_OPERATION, SACK_PERMITTED, 2]);
    }
    if let Some(shift) = options.window_scale {
        out.put_slice(&[NO_OPERATION, WINDOW_SCALE, 3, shift]);
    }
}

/// An option and its octets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OptionAt {
    /// Its kind.
    pub kind: u8,
    /// Its octets; those of the end of the list include the padding.
    pub range: Range<usize>,
}

/// An iterator over the options of a header, which ends after the first error.
pub(super) struct Walk<'a> {
    octets: &'a [u8],
    at: usize,
    end: usize,
}

impl<'a> Walk<'a> {
    /// The options in `range`.
    ///
    /// # Panics
    ///
    /// `next` panics if `range` is outside `octets`.
    pub(super) fn new(octets: &'a [u8], range: Range<usize>) -> Self {
        Self { octets, at: range.start, end: range.end }
    }

    fn step(&self) -> Result<OptionAt, ParseError> {
        let start = self.at;
        let kind = self.octets[start];
        let error =
            |length| Err(ParseError { offset: start, problem: Problem::OptionLength { kind, length } });
        let len = match kind {
            END => self.end - start,
            NO_OPERATION => 1,
            _ if start + 1 == self.end => return error(None),
            _ => {
                let length = self.octets[start + 1];
                let fits = match kind {
                    MAX_SEGMENT_SIZE => length == 4,
                    WINDOW_SCALE => length == 3,
                    SACK_PERMITTED => length == 2,
                    TIMESTAMPS => length == 10,
                    _ => length >= 2,
                };
                if !fits || usize::from(length) > self.end - start {
                    return error(Some(length));
                }
                usize::from(length)
            }
        };
        Ok(OptionAt { kind, range: start..start + len })
    }
}

impl Iterator for Walk<'_> {
    type Item = Result<OptionAt, ParseError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.end {
            return None;
        }
        let step = self.step();
        self.at = step.as_ref().map_or(self.end, |option| option.range.end);
        Some(step)
    }
}

/// Parses the options in `range`; the last of a kind applies, unknown kinds are skipped.
///
/// # Errors
///
/// A length that does not fit the kind or the header.
///
/// Source: RFC 9293 section 3.1, MUST-4 to MUST-7.
pub(super) fn read(octets: &[u8], range: Range<usize>) -> Result<TcpOptions, ParseError> {
    let mut options = TcpOptions::default();
    for option in Walk::new(octets, range) {
        let OptionAt { kind, range } = option?;
        match kind {
            MAX_SEGMENT_SIZE => options.max_segment_size = Some(u16_at(octets, range.start + 2)),
            WINDOW_SCALE => options.window_scale = Some(octets[range.start + 2]),
            SACK_PERMITTED => options.sack_permitted = true,
            TIMESTAMPS => {
                let value = u32_at(octets, range.start + 2);
                let echo = u32_at(octets, range.start + 6);
                options.timestamps = Some(Timestamps { value, echo });
            }
            _ => {}
        }
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIMES: Timestamps = Timestamps { value: 0x4ebf_74f3, echo: 0x0197_7ec0 };

    #[test]
    fn every_combination_is_as_long_as_the_model_says_and_reads_back() {
        for bits in 0..16 {
            let options = TcpOptions {
                max_segment_size: (bits & 1 != 0).then_some(1460),
                window_scale: (bits & 2 != 0).then_some(7),
                sack_permitted: bits & 4 != 0,
                timestamps: (bits & 8 != 0).then_some(TIMES),
            };
            let mut out = Vec::new();
            write(&options, &mut out);
            assert_eq!(out.len(), options.wire_len(), "{options:?}");
            assert_eq!(read(&out, 0..out.len()), Ok(options));
        }
    }

    #[test]
    fn the_layout_is_the_one_seen_on_linux() {
        let syn = TcpOptions {
            max_segment_size: Some(1460),
            window_scale: Some(10),
            sack_permitted: true,
            timestamps: Some(Timestamps { value: 0x4ebf_74f3, echo: 0 }),
        };
        let mut out = Vec::new();
        write(&syn, &mut out);
        let seen = [
            0x02, 0x04, 0x05, 0xb4, 0x04, 0x02, 0x08, 0x0a, 0x4e, 0xbf, 0x74, 0xf3, 0x00, 0x00, 0x00, 0x00,
            0x01, 0x03, 0x03, 0x0a,
        ];
        assert_eq!(out, seen);

        out.clear();
        write(&TcpOptions { timestamps: Some(TIMES), ..TcpOptions::default() }, &mut out);
        assert_eq!(out, [0x01, 0x01, 0x08, 0x0a, 0x4e, 0xbf, 0x74, 0xf3, 0x01, 0x97, 0x7e, 0xc0]);
    }

    #[test]
    fn unknown_options_are_skipped_and_the_end_ends() {
        let size = TcpOptions { max_segment_size: Some(0x1234), ..TcpOptions::default() };
        for (octets, expected) in [
            (&[][..], TcpOptions::default()),
            (&[254, 4, 9, 9, 2, 4, 0x12, 0x34], size),
            (&[1, 1, 1, 1, 2, 4, 0x12, 0x34], size),
            (&[2, 4, 9, 9, 2, 4, 0x12, 0x34], size),
            (&[0, 4, 9, 9, 2, 4, 0x12, 0x34], TcpOptions::default()),
            (&[5, 10, 0, 0, 0, 1, 0, 0, 0, 2, 1, 1], TcpOptions::default()),
        ] {
            assert_eq!(read(octets, 0..octets.len()), Ok(expected), "{octets:?}");
        }
    }

    #[test]
    fn impossible_lengths_are_errors_with_their_place() {
        for (octets, offset, kind, length) in [
            (&[1, 2][..], 1, 2, None),
            (&[254, 0, 1, 1], 0, 254, Some(0)),
            (&[254, 1, 1, 1], 0, 254, Some(1)),
            (&[1, 254, 4, 1], 1, 254, Some(4)),
            (&[2, 3, 1, 1], 0, 2, Some(3)),
            (&[3, 4, 1, 1], 0, 3, Some(4)),
            (&[4, 3, 1, 1], 0, 4, Some(3)),
            (&[1, 1, 8, 10], 2, 8, Some(10)),
        ] {
            let problem = Problem::OptionLength { kind, length };
            assert_eq!(read(octets, 0..octets.len()), Err(ParseError { offset, problem }), "{octets:?}");
        }
    }
}
