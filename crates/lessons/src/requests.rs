//! Requests that a learner edits, in the syntax of [`RequestText`].

use playground_core::http::{RequestText, TypedRequest, write_request_text};
use playground_core::node::RequestSpec;

/// The most requests taken from one text.
const REQUESTS_MOST: usize = 12;

/// The requests of a text, one for each write, to be sent as they stand; none when it cannot be read.
pub fn requests(text: &str) -> Vec<RequestSpec> {
    let Ok(text) = RequestText::parse(text) else { return Vec::new() };
    let mut left = REQUESTS_MOST;
    let mut all = Vec::new();
    for write in text.writes() {
        let write = &write[..write.len().min(left)];
        left -= write.len();
        if write.is_empty() {
            break;
        }
        let path = octets(&write[0]).split_whitespace().nth(1).unwrap_or("/").to_owned();
        all.push(RequestSpec { text: Some(write_request_text(write)), ..RequestSpec::get(path) });
    }
    all
}

/// The octets of each request of a text, as text.
pub fn as_sent(text: &str) -> Vec<String> {
    let text = RequestText::parse(text);
    text.map(|text| text.requests().iter().map(octets).collect()).unwrap_or_default()
}

fn octets(request: &TypedRequest) -> String {
    String::from_utf8_lossy(request.octets()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_write_is_a_request_of_the_client() {
        let text =
            "\n\nGET /a HTTP/1.0\nHost: x\n\n\n \nPOST /b HTTP/1.0\nContent-Length: 1\n\naGET /c HTTP/1.0\n";
        let found = requests(text);
        let texts: Vec<&str> = found.iter().filter_map(|request| request.text.as_deref()).collect();
        let b_and_c = "POST /b HTTP/1.0\nContent-Length: 1\n\naGET /c HTTP/1.0";
        assert_eq!(texts, ["GET /a HTTP/1.0\nHost: x", b_and_c]);
        assert_eq!(found[1].path, "/b");
        assert_eq!(as_sent(text)[2], "GET /c HTTP/1.0\r\n\r\n");
        assert!(requests(" \n \n").is_empty());
    }

    #[test]
    fn a_text_has_at_most_so_many_requests() {
        assert_eq!(requests(&"x\n\n".repeat(99)).len(), REQUESTS_MOST);
        let together = requests(&"x\\n\\n".repeat(99));
        assert_eq!(together.len(), 1);
        assert_eq!(as_sent(together[0].text.as_deref().expect("a text")).len(), REQUESTS_MOST);
    }
}
