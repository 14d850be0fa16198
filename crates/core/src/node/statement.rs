//! A line of a program that makes socket calls: `c = accept(s)`.

use core::fmt;

/// A line of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The variable that takes the new socket.
    pub target: Option<String>,
    /// The variable of the socket that the call is about; empty for `socket()`.
    pub socket: String,
    /// The call.
    pub call: SocketCall,
}

/// A socket call as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SocketCall {
    /// `s = socket()`.
    Socket,
    /// `bind(s, 80)`.
    Bind(u16),
    /// `listen(s)`.
    Listen,
    /// `c = accept(s)`.
    Accept,
    /// `connect(s, server, 80)`.
    Connect(String, u16),
    /// `write(c, "text")`, with `\n` and `\r` for line ends.
    Write(String),
    /// `read(c, 1000)`: at most so many octets.
    Read(usize),
    /// `shutdown(c, SHUT_WR)`.
    Shutdown,
    /// `close(c)`.
    Close,
    /// `setsockopt(c, TCP_NODELAY, 1)`.
    NoDelay(bool),
    /// `setsockopt(c, SO_LINGER, 0)`: seconds, or `off`.
    Linger(Option<u32>),
}

/// Why a line is no statement: a short English phrase, for whoever writes a scenario.
pub type StatementError = &'static str;

/// A text may be written so often as long as this, octets.
const TEXT_MOST: usize = 65_536;

impl Statement {
    /// Reads a line.
    ///
    /// Errors: what is wrong with it.
    pub fn parse(line: &str) -> Result<Self, StatementError> {
        let (target, call) = match line.split_once('=') {
            Some((target, call)) if !target.contains(['(', '"']) => (Some(name(target)?), call),
            _ => (None, line),
        };
        let (function, rest) = call.trim().split_once('(').ok_or("is no call")?;
        let arguments = rest.trim_end().strip_suffix(')').ok_or("lacks the closing parenthesis")?;
        let (socket, rest) = arguments.split_once(',').unwrap_or((arguments, ""));
        let rest = rest.trim();
        let call = match (function.trim(), rest) {
            ("socket", "") if socket.trim().is_empty() => SocketCall::Socket,
            ("bind", port) => SocketCall::Bind(port_of(port)?),
            ("listen", "") => SocketCall::Listen,
            ("accept", "") => SocketCall::Accept,
            ("connect", to) => {
                let (node, port) = to.split_once(',').ok_or("connect takes a socket, a node and a port")?;
                SocketCall::Connect(node.trim().to_owned(), port_of(port)?)
            }
            ("write", text) => SocketCall::Write(text_of(text)?),
            ("read", most) => match most.parse() {
                Ok(most @ 1..=TEXT_MOST) => SocketCall::Read(most),
                _ => return Err("read takes a socket and a number from 1 to 65536"),
            },
            ("shutdown", "SHUT_WR") => SocketCall::Shutdown,
            ("close", "") => SocketCall::Close,
            ("setsockopt", option) => option_of(option)?,
            _ => return Err("is no socket call that is known here"),
        };
        let makes = matches!(call, SocketCall::Socket | SocketCall::Accept);
        if makes != target.is_some() {
            return Err("socket and accept give a new socket a name, and no other call does");
        }
        let socket = if call == SocketCall::Socket { String::new() } else { name(socket)? };
        Ok(Self { target, socket, call })
    }
}

fn name(text: &str) -> Result<String, StatementError> {
    let text = text.trim();
    let fits = (1..=16).contains(&text.len()) && text.bytes().all(|octet| octet.is_ascii_alphanumeric());
    if fits { Ok(text.to_owned()) } else { Err("a socket's name is 1 to 16 letters and digits") }
}

fn port_of(text: &str) -> Result<u16, StatementError> {
    text.trim().parse().ok().filter(|port| *port > 0).ok_or("a port is a number from 1 to 65535")
}

fn text_of(text: &str) -> Result<String, StatementError> {
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    let inner =
        inner.filter(|text| (1..=TEXT_MOST).contains(&text.len())).ok_or("a text stands in quotes")?;
    Ok(inner.replace("\\r", "\r").replace("\\n", "\n"))
}

fn option_of(text: &str) -> Result<SocketCall, StatementError> {
    let (option, value) = text.split_once(',').ok_or("setsockopt takes a socket, an option and a value")?;
    match (option.trim(), value.trim()) {
        ("TCP_NODELAY", "0") => Ok(SocketCall::NoDelay(false)),
        ("TCP_NODELAY", "1") => Ok(SocketCall::NoDelay(true)),
        ("SO_LINGER", "off") => Ok(SocketCall::Linger(None)),
        ("SO_LINGER", seconds) => match seconds.parse() {
            Ok(seconds @ 0..=600) => Ok(SocketCall::Linger(Some(seconds))),
            _ => Err("SO_LINGER takes seconds from 0 to 600, or off"),
        },
        _ => Err("the options are TCP_NODELAY and SO_LINGER"),
    }
}

/// The line, as it can be read again.
impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(target) = &self.target {
            write!(f, "{target} = ")?;
        }
        let socket = &self.socket;
        match &self.call {
            SocketCall::Socket => f.write_str("socket()"),
            SocketCall::Bind(port) => write!(f, "bind({socket}, {port})"),
            SocketCall::Listen => write!(f, "listen({socket})"),
            SocketCall::Accept => write!(f, "accept({socket})"),
            SocketCall::Connect(node, port) => write!(f, "connect({socket}, {node}, {port})"),
            SocketCall::Write(text) => {
                write!(f, "write({socket}, \"{}\")", text.replace('\r', "\\r").replace('\n', "\\n"))
            }
            SocketCall::Read(most) => write!(f, "read({socket}, {most})"),
            SocketCall::Shutdown => write!(f, "shutdown({socket}, SHUT_WR)"),
            SocketCall::Close => write!(f, "close({socket})"),
            SocketCall::NoDelay(on) => write!(f, "setsockopt({socket}, TCP_NODELAY, {})", u8::from(*on)),
            SocketCall::Linger(Some(seconds)) => write!(f, "setsockopt({socket}, SO_LINGER, {seconds})"),
            SocketCall::Linger(None) => write!(f, "setsockopt({socket}, SO_LINGER, off)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_and_written_alike() {
        for line in [
            "s = socket()",
            "bind(s, 80)",
            "listen(s)",
            "c = accept(s)",
            "connect(s, server, 80)",
            "write(c, \"GET / HTTP/1.0\\r\\n\\r\\n\")",
            "write(c, \"a = b, (c)\")",
            "read(c, 1000)",
            "shutdown(c, SHUT_WR)",
            "close(c)",
            "setsockopt(c, TCP_NODELAY, 1)",
            "setsockopt(c, SO_LINGER, 0)",
            "setsockopt(c, SO_LINGER, off)",
        ] {
            let statement = Statement::parse(line).unwrap_or_else(|error| panic!("{line}: {error}"));
            assert_eq!(statement.to_string(), line);
        }
        assert_eq!(Statement::parse("  s=socket( )  "), Statement::parse("s = socket()"));
    }

    #[test]
    fn what_is_no_statement_is_refused_with_the_reason() {
        for line in [
            "",
            "s",
            "s = ",
            "socket()",
            "s = close(s)",
            "bind(s)",
            "bind(s, 0)",
            "bind(s, 65536)",
            "listen()",
            "accept(s)",
            "connect(s, server)",
            "write(c, GET)",
            "write(c, \"\")",
            "read(c)",
            "read(c, 0)",
            "close(c",
            "close(c, 1)",
            "shutdown(c)",
            "fork()",
            "setsockopt(c, SO_LINGER, -1)",
            "setsockopt(c, TCP_NODELAY)",
            "a b = socket()",
            "write(c, \")",
        ] {
            assert!(Statement::parse(line).is_err(), "{line}");
        }
    }
}
