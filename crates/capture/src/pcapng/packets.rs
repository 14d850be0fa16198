//! The packets of a file, one by one.

use bytes::Bytes;

use super::capture::{Capture, LinkType, Packet};
use super::pcap::Form;
use super::read::{ReadError, Reader};

/// The packets of a file of either format, in its order.
pub(crate) struct Packets {
    file: Bytes,
    at: usize,
    source: Source,
}

enum Source {
    Pcapng(Reader),
    Pcap { form: Form, capture: Capture },
}

impl Packets {
    /// The packets of `file`.
    pub(crate) fn new(file: &Bytes) -> Self {
        let source = match Form::of(file) {
            Some(form) => Source::Pcap { form, capture: Capture::default() },
            None => Source::Pcapng(Reader::new(file)),
        };
        Self { file: file.clone(), at: 0, source }
    }

    /// Octets of the file that have been read.
    pub(crate) fn octets_read(&self) -> usize {
        self.at
    }

    /// The next packet and its link type; none at the end of the file.
    ///
    /// # Errors
    ///
    /// The problem; what follows it cannot be read.
    pub(crate) fn next(&mut self) -> Result<Option<(LinkType, Packet)>, ReadError> {
        loop {
            let begun = match &self.source {
                Source::Pcapng(reader) => reader.in_section,
                Source::Pcap { .. } => self.at > 0,
            };
            if begun && self.at >= self.file.len() {
                return Ok(None);
            }
            let capture = match &mut self.source {
                Source::Pcapng(reader) => {
                    self.at = reader.block(self.at)?;
                    &mut reader.capture
                }
                Source::Pcap { form, capture } => {
                    self.at = match self.at {
                        0 => form.header(&self.file, capture)?,
                        at => form.packet(&self.file, at, capture)?,
                    };
                    capture
                }
            };
            if let Some(packet) = capture.packets.pop() {
                let link_type = capture.interfaces[packet.interface].link_type;
                return Ok(Some((link_type, packet)));
            }
        }
    }
}
