//! An incremental decoder: octets of a stream to messages.

use core::ops::Range;
use std::collections::VecDeque;

use bytes::{Buf, Bytes, BytesMut};

use super::chunked::{ChunkDecoder, ChunkPart};
use super::error::{HeadError, MessageError, MessageProblem, Position};
use super::framing::{BodyLength, Framing, request_body_length, response_body_length};
use super::headers::Headers;
use super::message::{Method, RequestHead, ResponseHead};
use super::parse::{
    MAX_HEAD_OCTETS, Obsolete, empty_lines, head_end, parse_request_head, parse_response_head, position_of,
};

/// A part of a message.
///
/// A message is a `Request` or `Response`, any number of `Body` parts, and an `End`. An `Interim` response
/// is complete by itself and answers the same request as the response that follows. A response that turns
/// the connection into a tunnel or another protocol (2xx to CONNECT, 101) has no `End`: see
/// [`Decoder::is_switched`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decoded {
    /// A request head.
    Request {
        /// The head.
        head: RequestHead,
        /// The length of its body.
        framing: Framing,
    },
    /// A 1xx response, except 101: it has no body and no `End`.
    Interim {
        /// The head.
        head: ResponseHead,
    },
    /// A response head.
    Response {
        /// The head.
        head: ResponseHead,
        /// The length of its body.
        framing: Framing,
    },
    /// Octets of the body, without their framing.
    Body(Bytes),
    /// The message is complete.
    End {
        /// The trailer section of a chunked body.
        trailers: Headers,
    },
}

/// A decoded part of a message, and its octets in the stream.
///
/// Units: offsets in octets from the start of the stream. The octets between two pieces are empty lines before
/// a request, or chunk framing. An `End` covers the trailer section and its empty line; without one it is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its octets.
    pub range: Range<u64>,
    /// The part.
    pub decoded: Decoded,
}

/// Decodes the messages of one direction of a connection.
///
/// Calls: [`push`](Self::push) octets as they arrive, [`close`](Self::close) at the end of the stream (or
/// [`abort`](Self::abort) when it fails), and after each of these [`next_piece`](Self::next_piece) until it
/// returns `None`. A caller that is not ready for the next message may stop after an `End`: pipelined octets
/// wait in [`unconsumed`](Self::unconsumed). The result does not depend on how the octets are split, except
/// that body octets come in the pieces in which they arrived. After an error every call returns that error.
///
/// A decoder of responses is told the method of each request sent, with [`expect`](Self::expect).
///
/// Source: RFC 9112 sections 2.2, 6.3, 7.1, 8 and 9.2.
#[derive(Clone, Debug)]
pub struct Decoder {
    side: Side,
    state: State,
    buffer: BytesMut,
    /// The offset in the stream of the buffer's first octet.
    offset: u64,
    /// The offset in the stream of the current message's first octet.
    message_start: u64,
    /// The line of the current message to which the buffer's first octet belongs.
    line: u32,
    /// The octets of the buffer already searched for the end of a head.
    searched: usize,
    end: Option<StreamEnd>,
    error: Option<MessageError>,
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
            message_start: 0,
            line: 1,
            searched: 0,
            end: None,
            error: None,
        }
    }

    /// Notes that a request with this method was sent: responses arrive in the order of their requests.
    ///
    /// A decoder of requests ignores the call.
    ///
    /// Source: RFC 9112 sections 6.3 and 9.2.
    pub fn expect(&mut self, method: Method) {
        if let Side::Responses { expected } = &mut self.side {
            expected.push_back(method);
        }
    }

    /// The number of requests without a final response head.
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

    /// The stream ended in order (FIN).
    pub fn close(&mut self) {
        self.end.get_or_insert(StreamEnd::Closed);
    }

    /// The stream failed (RST, time-out): a body delimited by the close is then incomplete.
    ///
    /// Source: RFC 9112 section 8.
    pub fn abort(&mut self) {
        self.end.get_or_insert(StreamEnd::Aborted);
    }

    /// Whether the decoder is between messages and has no octet of a next one.
    pub fn is_idle(&self) -> bool {
        matches!(self.state, State::Head)
            && self.error.is_none()
            && empty_lines(&self.buffer) == self.buffer.len()
    }

    /// Whether the stream became a tunnel or another protocol: `unconsumed` is no longer HTTP.
    ///
    /// Source: RFC 9110 sections 7.8 and 9.3.6.
    pub const fn is_switched(&self) -> bool {
        matches!(self.state, State::Switched)
    }

    /// The octets received and not yet decoded.
    pub fn unconsumed(&self) -> &[u8] {
        &self.buffer
    }

    /// The number of octets decoded: the offset of `unconsumed` in the stream.
    pub const fn offset(&self) -> u64 {
        self.offset
    }

    /// The offset in the stream of the first octet of the current message.
    pub const fn message_start(&self) -> u64 {
        self.message_start
    }

    /// Whether an error ended the decoding.
    pub const fn has_failed(&self) -> bool {
        self.error.is_some()
    }

    /// The next piece; `None` when more octets are needed.
    ///
    /// # Errors
    ///
    /// The stream is malformed, or ended within a message. The octets stay unconsumed.
    pub fn next_piece(&mut self) -> Result<Option<Piece>, MessageError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        self.advance().map_err(|error| {
            let front = Position { line: self.line, octet: self.offset - self.message_start };
            let error = MessageError { at: error.at.after(front), ..error };
            self.error = Some(error);
            error
        })
    }

    /// The next piece. The position of an error counts from the front of the buffer.
    fn advance(&mut self) -> Result<Option<Piece>, MessageError> {
        match &mut self.state {
            State::Head => self.next_head(),
            State::Exactly { left: 0, .. } => Ok(Some(self.message_end(0, Headers::new()))),
            State::Exactly { total, left } => {
                if self.buffer.is_empty() {
                    let (total, got) = (*total, *total - *left);
                    return self.needs_more(MessageProblem::IncompleteBody { expected: Some(total), got });
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
                    return self.needs_more(MessageProblem::IncompleteBody { expected: None, got });
                }
                *got = got.saturating_add(self.buffer.len() as u64);
                Ok(Some(self.body(self.buffer.len())))
            }
            State::Switched => Ok(None),
        }
    }

    /// `None` while the stream is open, the error when it has ended.
    fn needs_more(&self, problem: MessageProblem) -> Result<Option<Piece>, MessageError> {
        if self.end.is_none() {
            return Ok(None);
        }
        Err(MessageError { problem, at: Position::within(&self.buffer, self.buffer.len()) })
    }

    fn next_head(&mut self) -> Result<Option<Piece>, MessageError> {
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
            let problem = MessageProblem::UnexpectedResponse;
            let may_be_empty_line = self.buffer.as_ref() == b"\r";
            return if may_be_empty_line {
                self.needs_more(problem)
            } else {
                Err(MessageError { problem, at: Position::START })
            };
        }
        if head_end(&self.buffer, self.searched).is_none() && self.buffer.len() <= MAX_HEAD_OCTETS {
            // The last two octets may be the start of the empty line.
            self.searched = self.buffer.len().saturating_sub(2);
            return self.needs_more(MessageProblem::IncompleteHead { got: self.buffer.len() as u64 });
        }
        let head = match self.side {
            Side::Requests => self.request_head(),
            Side::Responses { .. } => self.response_head(),
        }?;
        self.searched = 0;
        Ok(head)
    }

    fn request_head(&mut self) -> Result<Option<Piece>, MessageError> {
        let Some((head, octets)) = parse_request_head(&self.buffer)? else {
            return self.needs_more(MessageProblem::IncompleteHead { got: self.buffer.len() as u64 });
        };
        let framing = head.validate().and_then(|()| request_body_length(&head));
        let framing = framing.map_err(|error| self.located(error))?;
        self.state = Self::body_state(framing, Obsolete::Refused);
        Ok(Some(self.head(octets, Decoded::Request { head, framing })))
    }

    fn response_head(&mut self) -> Result<Option<Piece>, MessageError> {
        let Some((head, octets)) = parse_response_head(&self.buffer)? else {
            return self.needs_more(MessageProblem::IncompleteHead { got: self.buffer.len() as u64 });
        };
        let Side::Responses { expected } = &mut self.side else {
            return Ok(None);
        };
        // RFC 9110 section 15.2: "A client MUST be able to parse one or more 1xx responses received prior to a
        // final response"; section 15.2.2: after 101 the connection speaks another protocol.
        if head.is_interim() && head.status != 101 {
            let interim = self.head(octets, Decoded::Interim { head });
            self.start_message();
            return Ok(Some(interim));
        }
        let Some(method) = expected.front() else {
            return Err(MessageError { problem: MessageProblem::UnexpectedResponse, at: Position::START });
        };
        let is_tunnel = head.status == 101 || (*method == Method::Connect && head.is_success());
        let framing = response_body_length(method, &head);
        let framing = framing.map_err(|error| self.located(error))?;
        self.state = if is_tunnel { State::Switched } else { Self::body_state(framing, Obsolete::Repaired) };
        if let Side::Responses { expected } = &mut self.side {
            expected.pop_front();
        }
        Ok(Some(self.head(octets, Decoded::Response { head, framing })))
    }

    /// The error of a head at the front of the buffer, with its place.
    fn located(&self, error: HeadError) -> MessageError {
        MessageError { problem: error.problem, at: position_of(error.part, &self.buffer) }
    }

    const fn body_state(framing: Framing, obsolete: Obsolete) -> State {
        match framing.length {
            BodyLength::None => State::Exactly { total: 0, left: 0 },
            BodyLength::Exactly(total) => State::Exactly { total, left: total },
            BodyLength::Chunked => State::Chunked(ChunkDecoder::new(obsolete)),
            BodyLength::UntilClose => State::UntilClose { got: 0 },
        }
    }

    fn next_chunk_part(&mut self) -> Result<Option<Piece>, MessageError> {
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
                    return self.needs_more(MessageProblem::IncompleteBody { expected: None, got });
                }
                Some(ChunkPart::Framing) => {
                    self.offset = self.offset.saturating_add(octets as u64);
                    self.line = self.line.saturating_add(1);
                }
                Some(ChunkPart::Data(data)) => return Ok(Some(self.data(data))),
                Some(ChunkPart::End(trailers)) => {
                    return Ok(Some(self.message_end(octets, trailers)));
                }
            }
        }
    }

    fn body(&mut self, octets: usize) -> Piece {
        let data = self.buffer.split_to(octets).freeze();
        self.data(data)
    }

    /// Body octets, already removed from the buffer.
    fn data(&mut self, data: Bytes) -> Piece {
        self.count_lines(&data);
        self.consumed(data.len(), Decoded::Body(data))
    }

    /// The end of a message, whose last octets are already removed from the buffer.
    fn message_end(&mut self, octets: usize, trailers: Headers) -> Piece {
        self.state = State::Head;
        let end = self.consumed(octets, Decoded::End { trailers });
        self.start_message();
        end
    }

    /// The head that is the next `octets` of the buffer, which it removes.
    fn head(&mut self, octets: usize, decoded: Decoded) -> Piece {
        let head = self.buffer.split_to(octets.min(self.buffer.len()));
        self.count_lines(&head);
        self.consumed(octets, decoded)
    }

    /// A piece of `octets` that are already removed from the buffer.
    fn consumed(&mut self, octets: usize, decoded: Decoded) -> Piece {
        let start = self.offset;
        self.offset = self.offset.saturating_add(octets as u64);
        Piece { range: start..self.offset, decoded }
    }

    fn count_lines(&mut self, octets: &[u8]) {
        self.line = Position::within(octets, octets.len()).after(Position { line: self.line, octet: 0 }).line;
    }

    fn start_message(&mut self) {
        (self.message_start, self.line) = (self.offset, 1);
    }

    /// Removes empty lines before a message.
    fn skip(&mut self, octets: usize) {
        self.buffer.advance(octets);
        self.offset = self.offset.saturating_add(octets as u64);
        if octets > 0 {
            self.searched = 0;
            self.start_message();
        }
    }
}

#[cfg(test)]
#[path = "decoder_tests.rs"]
mod tests;
