//! Names of nodes.

use crate::text::Text;

/// A node of the scenario in words: `proxy-2` is "프락시 2"; an unknown name stays.
pub fn node_name(text: Text, name: &str) -> String {
    let whole = format!("node-{name}");
    if text.has(&whole) {
        return text.plain(&whole);
    }
    if let Some((stem, number)) = name.rsplit_once('-')
        && number.chars().all(|digit| digit.is_ascii_digit())
    {
        let key = format!("node-{stem}");
        if text.has(&key) {
            return format!("{} {number}", text.plain(&key));
        }
    }
    name.to_owned()
}
