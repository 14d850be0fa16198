//! An origin server that says one thing and writes down what it is asked; and a client of single octets.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use playground_core::http::{Decoded, Decoder, Method};

/// Nothing on loopback takes as long; a program that hangs fails its test.
const PATIENCE: Duration = Duration::from_secs(60);

/// Messages from a connection.
pub struct Reader {
    stream: TcpStream,
    decoder: Decoder,
}

impl Reader {
    /// Reads requests.
    pub fn requests(stream: TcpStream) -> Self {
        stream.set_read_timeout(Some(PATIENCE)).expect("a time");
        Self { stream, decoder: Decoder::requests() }
    }

    /// Reads answers.
    pub fn responses(stream: TcpStream) -> Self {
        stream.set_read_timeout(Some(PATIENCE)).expect("a time");
        Self { stream, decoder: Decoder::responses() }
    }

    /// The head of the next whole message as it came; none at the end of the connection. An answer is to `method`.
    pub fn next(&mut self, method: Option<&Method>) -> Option<Vec<String>> {
        if let Some(method) = method {
            self.decoder.expect(method.clone());
        }
        let mut head = None;
        let mut ended = false;
        loop {
            while let Some(piece) = self.decoder.next_piece().expect("a message") {
                match piece.decoded {
                    Decoded::Request { head: request, .. } => head = Some(request.to_string()),
                    Decoded::Response { head: response, .. } => head = Some(response.to_string()),
                    Decoded::End { .. } => {
                        let head = head.expect("a message begins with its head");
                        return Some(head.trim_end().lines().map(str::to_owned).collect());
                    }
                    _ => {}
                }
            }
            if ended {
                return None;
            }
            let mut octets = [0; 4096];
            match self.stream.read(&mut octets) {
                Ok(0) => {
                    self.decoder.close();
                    ended = true;
                }
                Ok(len) => self.decoder.push(&octets[..len]),
                Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => return None,
                Err(error) => panic!("no message: {error}"),
            }
        }
    }

    /// Sends octets; a connection that is closed already shows when it is read.
    pub fn send(&mut self, octets: &[u8]) {
        let _ = self.stream.write_all(octets);
    }
}

/// What the origin says, and what it was asked.
#[derive(Default)]
struct Said {
    answer: Vec<String>,
    asked: Vec<(usize, Vec<String>)>,
    connections: usize,
}

/// An origin server in threads of its own, which end with their connections.
pub struct Origin {
    /// Where it listens.
    pub place: SocketAddr,
    said: Arc<Mutex<Said>>,
}

impl Origin {
    /// Starts it.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let place = listener.local_addr().expect("an address");
        let said = Arc::new(Mutex::new(Said::default()));
        let shared = Arc::clone(&said);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || serve(stream, &shared));
            }
        });
        Self { place, said }
    }

    /// From now on it answers with this head, and a body of three octets.
    pub fn answers(&self, head: &[String]) {
        let mut said = self.said.lock().expect("no panic");
        said.answer = head.to_vec();
        said.asked.clear();
    }

    /// The heads of the requests since, each with the number of its connection.
    pub fn asked(&self) -> Vec<(usize, Vec<String>)> {
        self.said.lock().expect("no panic").asked.clone()
    }
}

fn serve(stream: TcpStream, shared: &Mutex<Said>) {
    let mut reader = Reader::requests(stream);
    let mut number = None;
    while let Some(head) = reader.next(None) {
        let mut said = shared.lock().expect("no panic");
        // A connection counts with its first request: a program may open one and ask nothing.
        let number = *number.get_or_insert_with(|| {
            said.connections += 1;
            said.connections
        });
        said.asked.push((number, head));
        let answer = said.answer.clone();
        drop(said);
        let has = |line: &str| answer.iter().any(|field| field.eq_ignore_ascii_case(line));
        let body =
            if has("Transfer-Encoding: chunked") { "3\r\nok\n\r\n0\r\nX-T: yes\r\n\r\n" } else { "ok\n" };
        reader.send(format!("{}\r\n\r\n{body}", answer.join("\r\n")).as_bytes());
        let keeps = answer[0].starts_with("HTTP/1.1") || has("Connection: keep-alive");
        if !keeps || has("Connection: close") {
            return;
        }
    }
}
