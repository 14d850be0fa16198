//! A line of a program that makes socket calls: `c = accept(s)`.

use core::fmt;

use crate::problem::Problem;
use crate::tcp::KeepaliveValue;

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
    /// `setsockopt(s, SO_REUSEADDR, 1)`.
    ReuseAddress(bool),
    /// `setsockopt(s, SO_KEEPALIVE, 1)`.
    Keepalive(bool),
    /// `setsockopt(s, TCP_KEEPIDLE, 60)`: seconds, or for TCP_KEEPCNT probes.
    KeepaliveValue(KeepaliveValue, u32),
}

/// Octets that one `write` may write at most.
const TEXT_MOST: usize = 65_536;
/// The longest SO_LINGER, seconds.
const LINGER_MOST: u64 = 600;
/// The syntax of each call.
const FORMS: &[&str] = &[
    "s = socket()",
    "bind(s, 80)",
    "listen(s)",
    "c = accept(s)",
    "connect(s, server, 80)",
    "write(s, \"text\")",
    "read(s, 1000)",
    "shutdown(s, SHUT_WR)",
    "close(s)",
    "setsockopt(s, TCP_NODELAY, 1), setsockopt(s, SO_LINGER, 0), setsockopt(s, SO_REUSEADDR, 1), \
     setsockopt(s, SO_KEEPALIVE, 1), setsockopt(s, TCP_KEEPIDLE, 60)",
];

impl Statement {
    /// Reads a line.
    ///
    /// # Errors
    ///
    /// The problem of the line.
    pub fn parse(line: &str) -> Result<Self, Problem> {
        let (target, call) = match line.split_once('=') {
            Some((target, call)) if !target.contains(['(', '"']) => (Some(name(target)?), call),
            _ => (None, line),
        };
        let (function, rest) = call.trim().split_once('(').ok_or_else(|| wrong(call))?;
        let arguments = rest.trim_end().strip_suffix(')').ok_or_else(|| wrong(function))?;
        let (socket, rest) = arguments.split_once(',').unwrap_or((arguments, ""));
        let rest = rest.trim();
        let call = match (function.trim(), rest) {
            ("socket", "") if socket.trim().is_empty() => SocketCall::Socket,
            ("bind", port) => SocketCall::Bind(port_of(port)?),
            ("listen", "") => SocketCall::Listen,
            ("accept", "") => SocketCall::Accept,
            ("connect", to) => {
                let (node, port) = to.split_once(',').ok_or_else(|| wrong("connect"))?;
                SocketCall::Connect(node.trim().to_owned(), port_of(port)?)
            }
            ("write", text) => SocketCall::Write(text_of(text)?),
            ("read", most) => match most.parse() {
                Ok(most @ 1..=TEXT_MOST) => SocketCall::Read(most),
                Ok(_) => return Err(Problem::between(1, TEXT_MOST as u64)),
                Err(_) => return Err(wrong("read")),
            },
            ("shutdown", "SHUT_WR") => SocketCall::Shutdown,
            ("close", "") => SocketCall::Close,
            ("setsockopt", option) => option_of(option)?,
            (function, _) => return Err(wrong(function)),
        };
        let makes = matches!(call, SocketCall::Socket | SocketCall::Accept);
        if makes != target.is_some() {
            return Err(Problem::names_socket());
        }
        let socket = if call == SocketCall::Socket { String::new() } else { name(socket)? };
        Ok(Self { target, socket, call })
    }
}

impl Statement {
    /// The node that it connects to.
    pub fn peer(&self) -> Option<&str> {
        match &self.call {
            SocketCall::Connect(node, _) => Some(node),
            _ => None,
        }
    }
}

/// An unknown call, or one with other arguments.
#[cold]
fn wrong(function: &str) -> Problem {
    let names = |form: &str| {
        let (before, _) = form.split_once('(').unwrap_or_default();
        before.rsplit(' ').next().unwrap_or_default().to_owned()
    };
    let function = function.trim();
    match FORMS.iter().find(|form| names(form) == function) {
        Some(form) => Problem::call_form(form),
        None => Problem::no_such_call(&FORMS.iter().map(|form| names(form)).collect::<Vec<_>>().join(", ")),
    }
}

fn name(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    let fits = (1..=16).contains(&text.len()) && text.bytes().all(|octet| octet.is_ascii_alphanumeric());
    if fits { Ok(text.to_owned()) } else { Err(Problem::socket_name()) }
}

fn port_of(text: &str) -> Result<u16, Problem> {
    text.trim().parse().ok().filter(|port| *port > 0).ok_or_else(Problem::port_number)
}

fn text_of(text: &str) -> Result<String, Problem> {
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    let inner = inner.filter(|text| !text.is_empty()).ok_or_else(|| wrong("write"))?;
    if inner.len() > TEXT_MOST {
        return Err(Problem::octets_at_most(TEXT_MOST as u64));
    }
    Ok(inner.replace("\\r", "\r").replace("\\n", "\n"))
}

fn option_of(text: &str) -> Result<SocketCall, Problem> {
    let (option, value) = text.split_once(',').ok_or_else(|| wrong("setsockopt"))?;
    match (option.trim(), value.trim()) {
        ("TCP_NODELAY", value) => Ok(SocketCall::NoDelay(on_or_off(value)?)),
        ("SO_REUSEADDR", value) => Ok(SocketCall::ReuseAddress(on_or_off(value)?)),
        ("SO_KEEPALIVE", value) => Ok(SocketCall::Keepalive(on_or_off(value)?)),
        ("SO_LINGER", "off") => Ok(SocketCall::Linger(None)),
        ("SO_LINGER", seconds) => match seconds.parse() {
            Ok(seconds) if u64::from(seconds) <= LINGER_MOST => Ok(SocketCall::Linger(Some(seconds))),
            Ok(_) => Err(Problem::between(0, LINGER_MOST)),
            Err(_) => Err(wrong("setsockopt")),
        },
        (name, value) => {
            let mut options = KeepaliveValue::ALL.into_iter();
            let option = options.find(|option| option.name() == name).ok_or_else(|| wrong("setsockopt"))?;
            match value.parse() {
                Ok(value) if (1..=option.most()).contains(&value) => {
                    Ok(SocketCall::KeepaliveValue(option, value))
                }
                Ok(_) => Err(Problem::between(1, u64::from(option.most()))),
                Err(_) => Err(wrong("setsockopt")),
            }
        }
    }
}

fn on_or_off(value: &str) -> Result<bool, Problem> {
    match value {
        "0" => Ok(false),
        "1" => Ok(true),
        _ => Err(wrong("setsockopt")),
    }
}

/// The line in the form that [`Statement::parse`] reads.
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
            SocketCall::ReuseAddress(on) => {
                write!(f, "setsockopt({socket}, SO_REUSEADDR, {})", u8::from(*on))
            }
            SocketCall::Keepalive(on) => write!(f, "setsockopt({socket}, SO_KEEPALIVE, {})", u8::from(*on)),
            SocketCall::KeepaliveValue(option, value) => {
                write!(f, "setsockopt({socket}, {}, {value})", option.name())
            }
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
            "setsockopt(s, SO_REUSEADDR, 1)",
            "setsockopt(s, SO_REUSEADDR, 0)",
            "setsockopt(c, SO_KEEPALIVE, 1)",
            "setsockopt(c, TCP_KEEPIDLE, 60)",
            "setsockopt(c, TCP_KEEPINTVL, 10)",
            "setsockopt(c, TCP_KEEPCNT, 3)",
        ] {
            let statement = Statement::parse(line).unwrap_or_else(|error| panic!("{line}: {error}"));
            assert_eq!(statement.to_string(), line);
        }
        assert_eq!(Statement::parse("  s=socket( )  "), Statement::parse("s = socket()"));
    }

    #[test]
    fn what_is_no_statement_is_refused_with_the_reason() {
        let known =
            "socket, bind, listen, accept, connect, write, read, shutdown, close, setsockopt".to_owned();
        let known = format!("is none of the calls that are known here: {known}");
        let form = |form: &str| format!("a call is written like this: {form}");
        let options = form(
            "setsockopt(s, TCP_NODELAY, 1), setsockopt(s, SO_LINGER, 0), setsockopt(s, SO_REUSEADDR, 1), \
             setsockopt(s, SO_KEEPALIVE, 1), setsockopt(s, TCP_KEEPIDLE, 60)",
        );
        let port = "a port is a number from 1 to 65535".to_owned();
        let name = "a socket’s name is 1 to 16 letters and digits".to_owned();
        let names = "socket and accept give a new socket a name, and no other call does".to_owned();
        for (line, problem) in [
            ("", known.clone()),
            ("s", known.clone()),
            ("s = ", known.clone()),
            ("fork()", known),
            ("socket()", names.clone()),
            ("s = close(s)", names.clone()),
            ("accept(s)", names),
            ("s = socket(tcp)", form("s = socket()")),
            ("bind(s)", port.clone()),
            ("bind(s, 0)", port.clone()),
            ("bind(s, 65536)", port),
            ("listen()", name.clone()),
            ("a b = socket()", name),
            ("connect(s, server)", form("connect(s, server, 80)")),
            ("write(c, GET)", form("write(s, \"text\")")),
            ("write(c, \"\")", form("write(s, \"text\")")),
            ("write(c, \")", form("write(s, \"text\")")),
            ("read(c)", form("read(s, 1000)")),
            ("read(c, 0)", "must be from 1 to 65,536".to_owned()),
            ("close(c", form("close(s)")),
            ("close(c, 1)", form("close(s)")),
            ("shutdown(c)", form("shutdown(s, SHUT_WR)")),
            ("setsockopt(c, SO_LINGER, -1)", options.clone()),
            ("setsockopt(c, SO_LINGER, 601)", "must be from 0 to 600".to_owned()),
            ("setsockopt(s, SO_REUSEADDR, 2)", options.clone()),
            ("setsockopt(c, TCP_KEEPIDLE, 0)", "must be from 1 to 32,767".to_owned()),
            ("setsockopt(c, TCP_KEEPCNT, 128)", "must be from 1 to 127".to_owned()),
            ("setsockopt(c, TCP_KEEPCNT, x)", options.clone()),
            ("setsockopt(c, TCP_NODELAY)", options),
        ] {
            let error = Statement::parse(line).expect_err(line);
            assert_eq!(error.to_string(), problem, "{line}");
        }
        let long = format!("write(c, \"{}\")", "x".repeat(65_537));
        assert_eq!(Statement::parse(&long), Err(Problem::octets_at_most(65_536)));
    }
}
