//! Request heads that a learner edits: several in one text, separated by empty lines.

use playground_core::node::RequestSpec;

/// The most requests taken from one text.
const HEADS_MOST: usize = 12;

/// The heads of a text, each without the empty line after it.
pub fn heads(text: &str) -> Vec<String> {
    let mut heads = vec![String::new()];
    for line in text.lines() {
        match heads.last_mut() {
            Some(head) if !line.trim().is_empty() => {
                head.push_str(line);
                head.push('\n');
            }
            // Several empty lines in a row separate two heads as one does.
            Some(head) if !head.is_empty() => heads.push(String::new()),
            _ => {}
        }
    }
    heads.retain(|head| !head.is_empty());
    heads.truncate(HEADS_MOST);
    heads
}

/// The requests of a text, to be sent as they stand.
pub fn requests(text: &str) -> Vec<RequestSpec> {
    let path = |head: &str| head.split_whitespace().nth(1).unwrap_or("/").to_owned();
    heads(text)
        .into_iter()
        .map(|head| RequestSpec { head: Some(head.trim_end().to_owned()), ..RequestSpec::get(path(&head)) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_separated_by_empty_lines() {
        let text = "\n\nGET /a HTTP/1.0\nHost: x\n\n\n \nGET /b HTTP/1.0\n";
        assert_eq!(heads(text), ["GET /a HTTP/1.0\nHost: x\n", "GET /b HTTP/1.0\n"]);
        assert_eq!(requests(text)[1].path, "/b");
        assert!(heads(" \n \n").is_empty());
        assert_eq!(heads(&"x\n\n".repeat(99)).len(), HEADS_MOST);
    }
}
