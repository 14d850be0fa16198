//! The head of a plain response, for lessons that count its octets.

/// Octets of the head that a server here sends for a text of `body` octets.
pub fn head_len(body: u32) -> u32 {
    format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {body}\r\n\r\n").len() as u32
}
