//! An endpoint of a TLS connection: octets in, octets out.

use bytes::BufMut;

use super::hello::{self, ClientHello, message, read_server_hello, server_hello};
use super::record::{self, ContentType, PLAINTEXT_AT_MOST, RECORD_HEADER_LEN};
use super::{TlsVersion, length};
use crate::rng::Rng;

const ENCRYPTED_EXTENSIONS: u8 = 8;
const CERTIFICATE: u8 = 11;
const SERVER_KEY_EXCHANGE: u8 = 12;
const SERVER_HELLO_DONE: u8 = 14;
const CERTIFICATE_VERIFY: u8 = 15;
const CLIENT_KEY_EXCHANGE: u8 = 16;
const FINISHED: u8 = 20;

/// An error in the peer's records or messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsError {
    /// Not TLS, or an unexpected message.
    UnexpectedMessage,
}

impl TlsError {
    /// The alert's name. RFC 8446 section 6.2.
    pub const fn key(self) -> &'static str {
        match self {
            Self::UnexpectedMessage => "unexpected_message",
        }
    }
}

/// The result of received octets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TlsInput {
    /// The application data, each piece with the offset in the stream of its record's end.
    pub plaintext: Vec<(Vec<u8>, u64)>,
    /// Octets to send at once.
    pub reply: Vec<u8>,
    /// Whether it completed the handshake.
    pub opened: bool,
    /// Whether it held the peer's close_notify.
    pub closed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// A client waits for the ServerHello, a server for the ClientHello.
    Hello,
    /// Waits for the rest of the peer's handshake messages.
    Flight,
    Open,
}

/// An endpoint of a TLS connection.
///
/// Calls: a client sends [`TlsEnd::start`] first; received octets go through [`TlsEnd::receive`]; after the
/// handshake, application data goes through [`TlsEnd::seal`].
#[derive(Debug)]
pub struct TlsEnd {
    is_client: bool,
    version: TlsVersion,
    resumes: bool,
    state: State,
    incoming: Vec<u8>,
    consumed: u64,
    rng: Rng,
    own_random: [u8; 32],
    key: u64,
    /// Whether the peer's further records are encrypted.
    reads_encrypted: bool,
    sealed: u64,
    unsealed: u64,
}

impl TlsEnd {
    /// A client with this highest version.
    pub fn client(version: TlsVersion, resumes: bool, chance: u64) -> Self {
        Self::new(true, version, resumes, chance)
    }

    /// A server with this highest version, which resumes sessions on request.
    pub fn server(version: TlsVersion, chance: u64) -> Self {
        Self::new(false, version, true, chance)
    }

    fn new(is_client: bool, version: TlsVersion, resumes: bool, chance: u64) -> Self {
        let mut rng = Rng::new(chance, if is_client { 1 } else { 2 });
        let own_random = core::array::from_fn(|_| rng.next_u32() as u8);
        Self {
            is_client,
            version,
            resumes,
            state: State::Hello,
            incoming: Vec::new(),
            consumed: 0,
            rng,
            own_random,
            key: 0,
            reads_encrypted: false,
            sealed: 0,
            unsealed: 0,
        }
    }

    /// The negotiated version.
    pub fn version(&self) -> TlsVersion {
        self.version
    }

    /// Whether a session is resumed; known after both hellos.
    pub fn is_resumed(&self) -> bool {
        self.resumes
    }

    /// Whether the handshake is complete.
    pub fn is_open(&self) -> bool {
        self.state == State::Open
    }

    /// The client's first flight.
    pub fn start(&mut self, server_name: Option<&str>) -> Vec<u8> {
        let hello = ClientHello {
            version: self.version,
            random: self.own_random,
            server_name: server_name.map(str::to_owned),
            resumes: self.resumes,
        };
        let rng = &mut self.rng;
        let body = hello.encode(&mut |len| by_chance(rng, len));
        let mut out = Vec::new();
        record::write(ContentType::Handshake, &body, &mut out);
        // RFC 8446 section 5.1: the first record has version 1.0, for compatibility.
        out[2] = 1;
        out
    }

    /// Takes octets from the peer.
    ///
    /// # Errors
    ///
    /// The alert with which the connection is to be closed.
    pub fn receive(&mut self, octets: &[u8]) -> Result<TlsInput, TlsError> {
        self.incoming.extend_from_slice(octets);
        let mut input = TlsInput::default();
        let mut at = 0;
        while self.incoming.len() - at >= RECORD_HEADER_LEN {
            let (content, len) = record::header(&self.incoming[at..]).ok_or(TlsError::UnexpectedMessage)?;
            let end = at + RECORD_HEADER_LEN + len;
            if self.incoming.len() < end {
                break;
            }
            let fragment = self.incoming[at + RECORD_HEADER_LEN..end].to_vec();
            self.consumed += (end - at) as u64;
            at = end;
            self.record(content, fragment, &mut input)?;
        }
        self.incoming.drain(..at);
        Ok(input)
    }

    fn record(
        &mut self,
        content: ContentType,
        fragment: Vec<u8>,
        input: &mut TlsInput,
    ) -> Result<(), TlsError> {
        match (content, self.version) {
            // Ignored in TLS 1.3, where it is sent for middlebox compatibility. RFC 8446 appendix D.4.
            (ContentType::ChangeCipherSpec, TlsVersion::Tls12) => self.reads_encrypted = true,
            (ContentType::ChangeCipherSpec, TlsVersion::Tls13) => {}
            (ContentType::Alert, _) => input.closed = true,
            (ContentType::Handshake, _) if !self.reads_encrypted => self.messages(&fragment, input)?,
            (ContentType::Handshake, _) => {
                let plain = self.unseal(fragment).ok_or(TlsError::UnexpectedMessage)?;
                self.messages(&plain, input)?;
            }
            (ContentType::ApplicationData, TlsVersion::Tls12) => {
                let plain = self.unseal(fragment).ok_or(TlsError::UnexpectedMessage)?;
                input.plaintext.push((plain, self.consumed));
            }
            (ContentType::ApplicationData, TlsVersion::Tls13) => {
                let mut plain = self.unseal(fragment).ok_or(TlsError::UnexpectedMessage)?;
                // RFC 8446 section 5.4: the real content type is the last octet.
                match plain.pop().and_then(ContentType::of) {
                    Some(ContentType::Handshake) => self.messages(&plain, input)?,
                    Some(ContentType::ApplicationData) => input.plaintext.push((plain, self.consumed)),
                    Some(ContentType::Alert) => input.closed = true,
                    _ => return Err(TlsError::UnexpectedMessage),
                }
            }
        }
        Ok(())
    }

    fn messages(&mut self, mut octets: &[u8], input: &mut TlsInput) -> Result<(), TlsError> {
        while let [kind, a, b, c, rest @ ..] = octets {
            let len = u32::from_be_bytes([0, *a, *b, *c]) as usize;
            let body = rest.get(..len).ok_or(TlsError::UnexpectedMessage)?;
            self.message(*kind, body, input)?;
            octets = &rest[len..];
        }
        if octets.is_empty() { Ok(()) } else { Err(TlsError::UnexpectedMessage) }
    }

    fn message(&mut self, kind: u8, body: &[u8], input: &mut TlsInput) -> Result<(), TlsError> {
        match (self.is_client, self.state, kind) {
            (false, State::Hello, hello::CLIENT_HELLO) => {
                let hello = ClientHello::decode(body).ok_or(TlsError::UnexpectedMessage)?;
                self.version = self.version.min(hello.version);
                self.resumes = hello.resumes;
                self.agree(&hello.random, &self.own_random.clone());
                self.state = State::Flight;
                self.answer_hello(&mut input.reply);
            }
            (true, State::Hello, hello::SERVER_HELLO) => {
                let (version, random, resumed) =
                    read_server_hello(body).ok_or(TlsError::UnexpectedMessage)?;
                if version > self.version {
                    return Err(TlsError::UnexpectedMessage);
                }
                (self.version, self.resumes) = (version, resumed);
                self.agree(&self.own_random.clone(), &random);
                self.reads_encrypted = version == TlsVersion::Tls13;
                self.state = State::Flight;
            }
            (true, State::Flight, SERVER_HELLO_DONE) if self.version == TlsVersion::Tls12 => {
                let mut key = vec![length::POINT as u8];
                key.extend(self.chance(length::POINT));
                let exchange = message(CLIENT_KEY_EXCHANGE, &key);
                record::write(ContentType::Handshake, &exchange, &mut input.reply);
                self.finish(&mut input.reply);
            }
            (true, State::Flight, FINISHED) => {
                // The client finishes last, except in a full TLS 1.2 handshake.
                if self.version == TlsVersion::Tls13 || self.resumes {
                    self.finish(&mut input.reply);
                }
                (self.state, input.opened) = (State::Open, true);
            }
            (false, State::Flight, FINISHED) => {
                if self.version == TlsVersion::Tls12 && !self.resumes {
                    self.finish(&mut input.reply);
                }
                (self.state, input.opened) = (State::Open, true);
            }
            (
                true,
                State::Flight,
                ENCRYPTED_EXTENSIONS | CERTIFICATE | SERVER_KEY_EXCHANGE | CERTIFICATE_VERIFY,
            )
            | (false, State::Flight, CLIENT_KEY_EXCHANGE) => {}
            _ => return Err(TlsError::UnexpectedMessage),
        }
        Ok(())
    }

    /// The server's first flight.
    fn answer_hello(&mut self, out: &mut Vec<u8>) {
        let (version, resumed, random) = (self.version, self.resumes, self.own_random);
        let rng = &mut self.rng;
        let hello = server_hello(version, resumed, &random, &mut |len| by_chance(rng, len));
        record::write(ContentType::Handshake, &hello, out);
        let certificate = message(CERTIFICATE, &self.certificates());
        match (version, resumed) {
            (TlsVersion::Tls12, true) => self.finish(out),
            (TlsVersion::Tls12, false) => {
                let exchange = message(SERVER_KEY_EXCHANGE, &self.key_exchange());
                for part in [certificate, exchange, message(SERVER_HELLO_DONE, &[])] {
                    record::write(ContentType::Handshake, &part, out);
                }
            }
            (TlsVersion::Tls13, _) => {
                self.reads_encrypted = true;
                record::write(ContentType::ChangeCipherSpec, &[1], out);
                let mut flight = message(ENCRYPTED_EXTENSIONS, &self.chance(length::ENCRYPTED_EXTENSIONS));
                if !resumed {
                    flight.extend(certificate);
                    flight.extend(message(CERTIFICATE_VERIFY, &self.chance(length::CERTIFICATE_VERIFY)));
                }
                flight.extend(message(FINISHED, &self.chance(length::FINISHED_13)));
                self.write_sealed(ContentType::Handshake, &flight, out);
            }
        }
    }

    /// A list of two certificates, each a DER sequence of pseudo-random octets. RFC 5246 section 7.4.2.
    fn certificates(&mut self) -> Vec<u8> {
        let three = |len: usize| (len as u32).to_be_bytes()[1..].to_vec();
        let mut list = Vec::new();
        for len in length::CERTIFICATES {
            list.extend(three(len));
            list.extend([0x30, 0x82]);
            list.put_u16((len - 4) as u16);
            // An OCTET STRING fills the rest.
            list.extend([0x04, 0x82]);
            list.put_u16((len - 8) as u16);
            list.extend(self.chance(len - 8));
        }
        [three(list.len()), list].concat()
    }

    /// A point on X25519, signed with RSA. RFC 8422 section 5.4.
    fn key_exchange(&mut self) -> Vec<u8> {
        let mut body = vec![3, 0, 0x1d, length::POINT as u8];
        body.extend(self.chance(length::POINT));
        body.extend([8, 4]);
        body.put_u16(length::SIGNATURE as u16);
        body.extend(self.chance(length::SIGNATURE));
        body
    }

    /// ChangeCipherSpec and Finished.
    fn finish(&mut self, out: &mut Vec<u8>) {
        record::write(ContentType::ChangeCipherSpec, &[1], out);
        let len = match self.version {
            TlsVersion::Tls12 => length::FINISHED_12,
            TlsVersion::Tls13 => length::FINISHED_13,
        };
        let finished = message(FINISHED, &self.chance(len));
        self.write_sealed(ContentType::Handshake, &finished, out);
    }

    /// Application data as records.
    pub fn seal(&mut self, plaintext: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(plaintext.len() + 64);
        for piece in plaintext.chunks(PLAINTEXT_AT_MOST) {
            self.write_sealed(ContentType::ApplicationData, piece, &mut out);
        }
        out
    }

    /// close_notify: no further data. RFC 8446 section 6.1.
    pub fn close(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        self.write_sealed(ContentType::Alert, &[1, 0], &mut out);
        out
    }

    fn write_sealed(&mut self, content: ContentType, plain: &[u8], out: &mut Vec<u8>) {
        let mut fragment = Vec::with_capacity(plain.len() + 32);
        let mut inner = plain.to_vec();
        let shown = match self.version {
            TlsVersion::Tls13 => {
                inner.push(content.number());
                ContentType::ApplicationData
            }
            TlsVersion::Tls12 => {
                fragment.put_u64(self.sealed);
                content
            }
        };
        let mut stream = self.stream(self.is_client, self.sealed);
        self.sealed += 1;
        hide(&mut inner, &mut stream);
        fragment.extend(inner);
        fragment.extend(by_chance(&mut stream, length::TAG));
        record::write(shown, &fragment, out);
    }

    fn unseal(&mut self, fragment: Vec<u8>) -> Option<Vec<u8>> {
        let front = if self.version == TlsVersion::Tls12 { length::NONCE } else { 0 };
        let end = fragment.len().checked_sub(length::TAG)?;
        let mut plain = fragment.get(front..end)?.to_vec();
        let mut stream = self.stream(!self.is_client, self.unsealed);
        self.unsealed += 1;
        hide(&mut plain, &mut stream);
        (by_chance(&mut stream, length::TAG) == fragment[end..]).then_some(plain)
    }

    fn stream(&self, is_clients: bool, number: u64) -> Rng {
        Rng::new(self.key, number << 1 | u64::from(is_clients))
    }

    fn agree(&mut self, client: &[u8; 32], server: &[u8; 32]) {
        let word =
            |octets: &[u8; 32]| octets.iter().take(8).fold(0, |sum, octet| sum << 8 | u64::from(*octet));
        self.key = word(client).rotate_left(32) ^ word(server);
    }

    fn chance(&mut self, len: usize) -> Vec<u8> {
        by_chance(&mut self.rng, len)
    }
}

fn by_chance(rng: &mut Rng, len: usize) -> Vec<u8> {
    (0..len).map(|_| rng.next_u32() as u8).collect()
}

/// Encrypts or decrypts octets.
fn hide(octets: &mut [u8], stream: &mut Rng) {
    for octet in octets {
        *octet ^= stream.next_u32() as u8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs a handshake; counts its flights.
    fn talk(client: &mut TlsEnd, server: &mut TlsEnd) -> Vec<usize> {
        let mut flights = vec![client.start(Some("www.joes-hardware.com"))];
        while !(client.is_open() && server.is_open()) {
            let to_server = flights.len() % 2 == 1;
            let last = flights.last().expect("the first");
            let reply = if to_server { server.receive(last) } else { client.receive(last) };
            flights.push(reply.expect("in order").reply);
            assert!(flights.len() < 9, "no end");
        }
        flights.retain(|flight| !flight.is_empty());
        flights.iter().map(Vec::len).collect()
    }

    #[test]
    fn each_version_takes_the_flights_of_its_rfc() {
        use TlsVersion::{Tls12, Tls13};
        for (client, server, resumes, flights) in [
            (Tls12, Tls12, false, 4),
            (Tls12, Tls13, false, 4),
            (Tls13, Tls12, false, 4),
            (Tls12, Tls12, true, 3),
            (Tls13, Tls13, false, 3),
            (Tls13, Tls13, true, 3),
        ] {
            let (mut a, mut b) = (TlsEnd::client(client, resumes, 1), TlsEnd::server(server, 2));
            let lengths = talk(&mut a, &mut b);
            assert_eq!(lengths.len(), flights, "{client:?} {server:?} {resumes}: {lengths:?}");
            assert_eq!(a.version(), client.min(server));
            assert_eq!(a.is_resumed(), resumes);
            // Only a session that is not resumed carries certificates.
            assert_eq!(lengths[1] > length::CERTIFICATES[0], !resumes);
            let sealed = a.seal(b"GET / HTTP/1.1\r\n\r\n");
            assert!(!sealed.windows(3).any(|window| window == b"GET"));
            let input = b.receive(&sealed).expect("a record");
            assert_eq!(input.plaintext[0].0, b"GET / HTTP/1.1\r\n\r\n");
            assert!(a.receive(&b.close()).expect("an alert").closed);
        }
    }

    #[test]
    fn octets_may_come_one_by_one() {
        let (mut client, mut server) =
            (TlsEnd::client(TlsVersion::Tls13, false, 1), TlsEnd::server(TlsVersion::Tls13, 2));
        let hello = client.start(None);
        let mut reply = Vec::new();
        for octet in &hello {
            reply.extend(server.receive(&[*octet]).expect("part of a record").reply);
        }
        let finished = client.receive(&reply).expect("the server's flight");
        assert!(finished.opened && server.receive(&finished.reply).expect("the client's").opened);
    }

    #[test]
    fn what_is_no_tls_is_an_error() {
        let mut server = TlsEnd::server(TlsVersion::Tls13, 2);
        assert_eq!(server.receive(b"GET / HTTP/1.1\r\n"), Err(TlsError::UnexpectedMessage));
    }
}
