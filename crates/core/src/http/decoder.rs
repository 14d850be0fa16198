//! A stream of octets to messages, in any pieces in which it comes.

use std::collections::VecDeque;

use bytes::{Buf, BytesMut};

use super::body_length::BodyLength;
use super::chunk_decoder::{ChunkDecoder, ChunkPart};
use super::decode_error::DecodeError;
use super::decoded::Decoded;
use super::framing::{Framing, request_body_length, response_body_length};
use super::head_parser::{
    MAX_HEAD_OCTETS, Obsolete, empty_lines, head_end, parse_request_head, parse_response_head,
};
use super::headers::Headers;
use super::method::Method;
use super::piece::Piece;

/// Reads the messages of one direction of a connection.
///
/// The contract: [`push`](Self::push) octets as they come, [`close`](Self::close) at the peer's end of
/// stream (or [`abort`](Self::abort) at its reset), and after each call [`next_piece`](Self::next_piece)
/// until it gives nothing. A caller that is not ready for the next message may stop calling after an `End`:
/// what was pipelined behind it waits in [`unconsumed`](Self::unconsumed). What comes out does not depend on
/// how the octets were split, except that body octets come as they came. After an error the same error is
/// given again and nothing more is decoded.
///
/// A decoder of responses is told the method of each request that is sent, by [`expect`](Self::expect).
///
/// Source: RFC 9112 sections 2.2, 6.3, 7.1, 8 and 9.2.
#[derive(Clone, Debug)]
pub struct Decoder {
    side: Side,
    state: State,
    buffer: BytesMut,
    /// Where in the stream the buffer starts.
    offset: u64,
    /// How much of the buffer has been searched for the end of a head.
    searched: usize,
    end: Option<StreamEnd>,
    error: Option<(DecodeError, u64)>,
}

#[derive(Clone, Debug)]
enum Side {
    Requests,
    Responses { expected: VecDeque<Method> },
}

#[derive(Clone, Debug)]
enum State {
    Head,
    Exactly {
        total: u64,
        left: u64,
    },
    Chunked(ChunkDecoder),
    UntilClose {
        got: u64,
    },
    /// The connection carries no more HTTP.
    Switched,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum StreamEnd {
    Closed,
    Aborted,
}

impl Decoder {
    /// A decoder of requests, as a server or proxy has for each client.
    pub fn requests() -> Self {
        Self::new(Side::Requests)
    }

    /// A decoder of responses, as a client or proxy has for each server.
    pub fn responses() -> Self {
        Self::new(Side::Responses { expected: VecDeque::new() })
    }

    fn new(side: Side) -> Self {
        Self {
            side,
            state: State::Head,
            buffer: BytesMut::new(),
            offset: 0,
            searched: 0,
            end: None,
            error: None,
        }
    }

    /// Says that a request with this method was sent: responses come in the order of their requests.
    ///
    /// A decoder of requests takes no notice.
    ///
    /// Source: RFC 9112 sections 6.3 and 9.2.
    pub fn expect(&mut self, method: Method) {
        if let Side::Responses { expected } = &mut self.side {
            expected.push_back(method);
        }
    }

    /// How many requests have no final response head yet.
    pub fn outstanding(&self) -> usize {
        match &self.side {
            Side::Requests => 0,
            Side::Responses { expected } => expected.len(),
        }
    }

    /// Takes octets of the stream.
    pub fn push(&mut self, octets: &[u8]) {
        self.buffer.extend_from_slice(octets);
    }

    /// Takes the peer's orderly end of the stream (FIN).
    pub fn close(&mut self) {
        self.end.get_or_insert(StreamEnd::Closed);
    }

    /// Takes the stream's failure (RST, time-out): a body that ends at the close is then not complete.
    ///
    /// Source: RFC 9112 section 8.
    pub fn abort(&mut self) {
        self.end.get_or_insert(StreamEnd::Aborted);
    }

    /// Whether the decoder stands between messages and no octet of a next one has come.
    pub fn is_idle(&self) -> bool {
        matches!(self.state, State::Head)
            && self.error.is_none()
            && empty_lines(&self.buffer) == self.buffer.len()
    }

    /// Whether the stream became a tunnel or another protocol: `unconsumed` is no HTTP any more.
    ///
    /// Source: RFC 9110 sections 7.8 and 9.3.6.
    pub const fn is_switched(&self) -> bool {
        matches!(self.state, State::Switched)
    }

    /// The octets that came and were not decoded yet.
    pub fn unconsumed(&self) -> &[u8] {
        &self.buffer
    }

    /// How many octets of the stream were decoded: where `unconsumed` starts.
    pub const fn offset(&self) -> u64 {
        self.offset
    }

    /// Where in the stream the error is that ended the decoding.
    pub fn error_offset(&self) -> Option<u64> {
        self.error.map(|(_, at)| at)
    }

    /// The next piece, or nothing when more octets are needed.
    ///
    /// Errors: the stream is malformed or ended in the middle of a message; the octets stay unconsumed.
    pub fn next_piece(&mut self) -> Result<Option<Piece>, DecodeError> {
        if let Some((error, _)) = self.error {
            return Err(error);
        }
        self.advance().map_err(|(error, at)| {
            self.error = Some((error, self.offset.saturating_add(at as u64)));
            error
        })
    }

    fn advance(&mut self) -> Result<Option<Piece>, (DecodeError, usize)> {
        match &mut self.state {
            State::Head => self.next_head(),
            State::Exactly { left: 0, .. } => Ok(Some(self.message_end(0, Headers::new()))),
            State::Exactly { total, left } => {
                if self.buffer.is_empty() {
                    let (total, got) = (*total, *total - *left);
                    return self.needs_more(DecodeError::IncompleteBody { expected: Some(total), got });
                }
                let taken = usize::try_from(*left).unwrap_or(usize::MAX).min(self.buffer.len());
                *left -= taken as u64;
                Ok(Some(self.body(taken)))
            }
            State::Chunked(_) => self.next_chunk_part(),
            State::UntilClose { got } => {
                if self.buffer.is_empty() {
                    let got = *got;
                    // RFC 9112 section 8: "considered complete unless an error was indicated by the underlying
                    // connection".
                    if self.end == Some(StreamEnd::Closed) {
                        return Ok(Some(self.message_end(0, Headers::new())));
                    }
                    return self.needs_more(DecodeError::IncompleteBody { expected: None, got });
                }
                *got = got.saturating_add(self.buffer.len() as u64);
                Ok(Some(self.body(self.buffer.len())))
            }
            State::Switched => Ok(None),
        }
    }

    /// Nothing for now; the error when the stream has ended.
    fn needs_more(&self, incomplete: DecodeError) -> Result<Option<Piece>, (DecodeError, usize)> {
        if self.end.is_some() { Err((incomplete, self.buffer.len())) } else { Ok(None) }
    }

    fn next_head(&mut self) -> Result<Option<Piece>, (DecodeError, usize)> {
        // RFC 9112 section 2.2: empty lines before a request-line are ignored; section 9.2: so is data without
        // an outstanding request that "consists only of one or more CRLF".
        let is_unasked = matches!(&self.side, Side::Responses { expected } if expected.is_empty());
        if is_unasked || matches!(self.side, Side::Requests) {
            self.skip(empty_lines(&self.buffer));
        }
        if self.buffer.is_empty() {
            return Ok(None);
        }
        if is_unasked {
            // Section 9.2: any other data is no valid response. A lone CR may become an empty line.
            let unexpected = DecodeError::UnexpectedResponse;
            let may_be_empty_line = self.buffer.as_ref() == b"\r";
            return if may_be_empty_line { self.needs_more(unexpected) } else { Err((unexpected, 0)) };
        }
        if head_end(&self.buffer, self.searched).is_none() && self.buffer.len() <= MAX_HEAD_OCTETS {
            // The empty line may have begun with the last two octets.
            self.searched = self.buffer.len().saturating_sub(2);
            return self.needs_more(DecodeError::IncompleteHead { got: self.buffer.len() as u64 });
        }
        let head = match self.side {
            Side::Requests => self.request_head(),
            Side::Responses { .. } => self.response_head(),
        }?;
        self.searched = 0;
        Ok(head)
    }

    fn request_head(&mut self) -> Result<Option<Piece>, (DecodeError, usize)> {
        let parsed =
            parse_request_head(&self.buffer).map_err(|error| (DecodeError::Head(error), error.octet))?;
        let Some((head, octets)) = parsed else {
            return self.needs_more(DecodeError::IncompleteHead { got: self.buffer.len() as u64 });
        };
        let framing = request_body_length(&head).map_err(|error| (DecodeError::Framing(error), 0))?;
        self.state = Self::body_state(framing, Obsolete::Refused);
        Ok(Some(self.piece(octets, Decoded::Request { head, framing })))
    }

    fn response_head(&mut self) -> Result<Option<Piece>, (DecodeError, usize)> {
        let parsed =
            parse_response_head(&self.buffer).map_err(|error| (DecodeError::Head(error), error.octet))?;
        let Some((head, octets)) = parsed else {
            return self.needs_more(DecodeError::IncompleteHead { got: self.buffer.len() as u64 });
        };
        let Side::Responses { expected } = &mut self.side else {
            return Ok(None);
        };
        // RFC 9110 section 15.2: "A client MUST be able to parse one or more 1xx responses received prior to a
        // final response"; section 15.2.2: after 101 the connection speaks another protocol.
        if head.is_interim() && head.status != 101 {
            return Ok(Some(self.piece(octets, Decoded::Interim { head })));
        }
        let Some(method) = expected.front() else {
            return Err((DecodeError::UnexpectedResponse, 0));
        };
        let framing =
            response_body_length(method, &head).map_err(|error| (DecodeError::Framing(error), 0))?;
        self.state = Self::body_state(framing, Obsolete::Repaired);
        if head.status == 101 || (*method == Method::Connect && head.is_success()) {
            self.state = State::Switched;
        }
        expected.pop_front();
        Ok(Some(self.piece(octets, Decoded::Response { head, framing })))
    }

    const fn body_state(framing: Framing, obsolete: Obsolete) -> State {
        match framing.length {
            BodyLength::None => State::Exactly { total: 0, left: 0 },
            BodyLength::Exactly(total) => State::Exactly { total, left: total },
            BodyLength::Chunked => State::Chunked(ChunkDecoder::new(obsolete)),
            BodyLength::UntilClose => State::UntilClose { got: 0 },
        }
    }

    fn next_chunk_part(&mut self) -> Result<Option<Piece>, (DecodeError, usize)> {
        loop {
            let State::Chunked(chunks) = &mut self.state else {
                return Ok(None);
            };
            let before = self.buffer.len();
            let part = chunks.next_part(&mut self.buffer)?;
            let got = chunks.data_octets();
            let octets = before - self.buffer.len();
            match part {
                None => {
                    return self.needs_more(DecodeError::IncompleteBody { expected: None, got });
                }
                Some(ChunkPart::Framing) => self.offset = self.offset.saturating_add(octets as u64),
                Some(ChunkPart::Data(data)) => {
                    return Ok(Some(self.consumed(octets, Decoded::Body(data))));
                }
                Some(ChunkPart::End(trailers)) => {
                    return Ok(Some(self.message_end(octets, trailers)));
                }
            }
        }
    }

    fn body(&mut self, octets: usize) -> Piece {
        let data = self.buffer.split_to(octets).freeze();
        self.consumed(octets, Decoded::Body(data))
    }

    /// The end of a message, whose last octets are out of the buffer already.
    fn message_end(&mut self, octets: usize, trailers: Headers) -> Piece {
        self.state = State::Head;
        self.consumed(octets, Decoded::End { trailers })
    }

    /// A piece of the next `octets`, which are taken out of the buffer.
    fn piece(&mut self, octets: usize, decoded: Decoded) -> Piece {
        self.buffer.advance(octets.min(self.buffer.len()));
        self.consumed(octets, decoded)
    }

    /// A piece of the next `octets`, which are out of the buffer already.
    fn consumed(&mut self, octets: usize, decoded: Decoded) -> Piece {
        let start = self.offset;
        self.offset = self.offset.saturating_add(octets as u64);
        Piece { range: start..self.offset, decoded }
    }

    fn skip(&mut self, octets: usize) {
        self.buffer.advance(octets);
        self.offset = self.offset.saturating_add(octets as u64);
        if octets > 0 {
            self.searched = 0;
        }
    }
}

#[cfg(test)]
#[path = "decoder_tests.rs"]
mod tests;
