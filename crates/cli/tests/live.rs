//! `socket-playground live` as a person meets it: its table, its lines, its summary.

use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};

const REQUEST: &[u8] = b"GET http://www.joes-hardware.com/a HTTP/1.1\r\nHost: www.joes-hardware.com\r\n\r\n";

struct Live {
    child: Child,
    out: Lines<BufReader<ChildStdout>>,
    err: Lines<BufReader<ChildStderr>>,
}

impl Live {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_socket-playground"))
            .args(["live", "dumb-proxy", "--lang", "en", "--port", "0"])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let out = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let err = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        Self { child, out, err }
    }

    /// The first line of the table with a word, and the address in it that listens.
    fn listens(&mut self, word: &str) -> (String, SocketAddr) {
        let line = self.err.by_ref().map_while(Result::ok).find(|line| line.contains(word));
        let line = line.expect("a line of the table");
        let place = line.split_whitespace().nth(2).and_then(|place| place.trim_end_matches(';').parse().ok());
        (line.clone(), place.expect("an address"))
    }

    /// The next line with these words.
    fn tells(&mut self, words: &[&str]) -> String {
        let has_all = |line: &String| words.iter().all(|word| line.contains(word));
        let line = self.out.by_ref().map_while(Result::ok).find(has_all);
        line.unwrap_or_else(|| panic!("it never says {words:?}"))
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_hang_is_told_while_it_lasts() {
    let mut live = Live::start(&["--no-client"]);
    let (line, proxy) = live.listens("proxy (dumb)");
    let (_, server) = live.listens("server (origin)");
    assert!(
        line.contains(&format!("{proxy} \u{2192} server {server}; try: curl -v -x http://{proxy} ")),
        "{line}"
    );
    let mut client = TcpStream::connect(proxy).expect("it listens");
    client.write_all(REQUEST).expect("it reads");
    // The proxy waits for the end of the server's connection, and the server for another request.
    let mut grown = || {
        let line = live.tells(&["\u{2026}", "Server: waiting for a request ("]);
        let seconds = line.rsplit_once('(').and_then(|(_, wait)| wait.split(' ').next()?.parse::<f64>().ok());
        seconds.unwrap_or_else(|| panic!("no time in {line}"))
    };
    let (first, second) = (grown(), grown());
    assert!(first >= 1.0 && second >= 5.0, "{first} s, then {second} s");
}

#[test]
fn one_node_stands_between_other_programs() {
    let origin = TcpListener::bind("127.0.0.1:0").expect("a port");
    let next = origin.local_addr().expect("an address");
    let mut live = Live::start(&["--only", "proxy", "--next", &next.to_string()]);
    let (line, proxy) = live.listens("proxy (dumb)");
    assert!(line.contains(&format!("\u{2192} server {next};")), "{line}");
    let mut client = TcpStream::connect(proxy).expect("it listens");
    client.write_all(REQUEST).expect("it reads");
    let (mut server, _) = origin.accept().expect("the proxy connects");
    let mut asked = vec![0; REQUEST.len()];
    server.read_exact(&mut asked).expect("a request");
    assert_eq!(asked, REQUEST);
    server.write_all(b"HTTP/1.1 200 OK\r\n\r\nhello").expect("it reads");
    drop(server);
    let mut answer = String::new();
    client.read_to_string(&mut answer).expect("an answer and its end");
    assert_eq!(answer, "HTTP/1.1 200 OK\r\n\r\nhello");
}
