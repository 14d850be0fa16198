//! What became of the message heads at each hop, as Markdown.

use core::fmt::Write as _;

use playground_core::event::NodeId;
use playground_playback::{HeaderExchange, HeaderHops, HeaderLine, HopColumn, LineMark};
use playground_words::{circled, node_name};

use crate::notes::Notes;

impl Notes {
    /// The heads of every exchange at each hop, as differences that Markdown colours, with the reason of each change.
    pub fn markdown(&self) -> String {
        let mut text = format!("# {}\n", escaped(&self.title));
        let mut found = false;
        for exchange in &HeaderHops::new(&self.trace, &self.dissection).exchanges {
            found |= self.exchange(exchange, &mut text);
        }
        if !found {
            let _ = write!(text, "\n{}\n", self.text.plain("headers-none"));
        }
        text
    }

    fn exchange(&self, exchange: &HeaderExchange, text: &mut String) -> bool {
        let mut found = false;
        for (key, columns) in
            [("headers-request", &exchange.request), ("headers-response", &exchange.response)]
        {
            let written: Vec<&HopColumn> =
                columns.iter().filter(|column| column.entry < self.until).collect();
            if written.is_empty() {
                continue;
            }
            found = true;
            let _ = write!(text, "\n## {}: {}\n", code(&exchange.title), self.text.plain(key));
            for column in written {
                self.hop(column, text);
            }
        }
        found
    }

    fn hop(&self, column: &HopColumn, text: &mut String) {
        let number = circled(column.connection.number());
        let _ = write!(text, "\n**{number} {}", self.node(column.from));
        if let Some(to) = column.to {
            let _ = write!(text, " → {}", self.node(to));
        }
        text.push_str("**");
        if column.blind {
            let _ = write!(text, " — {}", self.text.plain("headers-blind"));
        }
        let lines: Vec<String> = column.lines.iter().flat_map(difference).collect();
        let fence = "`".repeat(longest_run(&lines.join("\n")).max(2) + 1);
        let _ = write!(text, "\n\n{fence}diff\n");
        for line in lines {
            let _ = writeln!(text, "{line}");
        }
        let _ = writeln!(text, "{fence}");
        let reasons: Vec<String> = column.lines.iter().filter_map(|line| self.reason(line)).collect();
        if !reasons.is_empty() {
            let _ = write!(text, "\n{}\n", reasons.join("\n"));
        }
    }

    /// `- ``Connection: Keep-Alive``: removed. The sentence of the rule. (RFC 9110 §7.6.1)`
    fn reason(&self, line: &HeaderLine) -> Option<String> {
        let mark = match line.mark {
            LineMark::Original | LineMark::Kept => return None,
            mark => self.text.plain(&format!("headers-mark-{}", mark.key())),
        };
        let mut reason = format!("- {}: {mark}", code(&line.text));
        if let Some(rule) = line.rule {
            let sentence = self.text.plain(&format!("rule-{}", rule.key()));
            let source = match (rule.source().strip_prefix("HTTP: The Definitive Guide §"), rule.source()) {
                (Some(section), _) => self.text.get("headers-source-book", &[("section", section)]),
                (None, "Observed") => self.text.plain("headers-source-observed"),
                (None, source) => source.to_owned(),
            };
            let _ = write!(reason, ". {} ({source})", escaped(&sentence));
        }
        Some(reason)
    }

    fn node(&self, node: NodeId) -> String {
        let name = self.trace.scenario.nodes.get(node.index()).map_or("", |node| &node.name);
        escaped(&node_name(self.text, name))
    }
}

/// The lines of a difference: `- ` what went, `+ ` what came, `! ` what should not have been passed on.
fn difference(line: &HeaderLine) -> Vec<String> {
    let shown = |sign: char, text: &str| format!("{sign} {}", visible(text));
    match line.mark {
        LineMark::Original | LineMark::Kept => vec![shown(' ', &line.text)],
        LineMark::Removed => vec![shown('-', &line.text)],
        LineMark::Added => vec![shown('+', &line.text)],
        LineMark::PassedBlindly => vec![shown('!', &line.text)],
        LineMark::Changed => {
            line.before.iter().map(|before| shown('-', before)).chain([shown('+', &line.text)]).collect()
        }
    }
}

/// Octets that are no letters, by number.
fn visible(text: &str) -> String {
    let escaped = |letter: char| match letter.is_control() {
        true => letter.escape_default().to_string(),
        false => letter.to_string(),
    };
    text.chars().map(escaped).collect()
}

/// Text as Markdown code, whatever backticks are in it.
fn code(text: &str) -> String {
    let text = visible(text);
    match longest_run(&text) {
        0 => format!("`{text}`"),
        run => {
            let ticks = "`".repeat(run + 1);
            format!("{ticks} {text} {ticks}")
        }
    }
}

/// The most backticks in a row.
fn longest_run(text: &str) -> usize {
    text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0)
}

/// Words in which nothing is markup.
fn escaped(words: &str) -> String {
    let mut escaped = String::new();
    for letter in words.chars() {
        if matches!(letter, '*' | '_' | '`' | '[' | ']' | '<' | '>' | '\\' | '#' | '|') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_words_mean_nothing_else() {
        assert_eq!(code("GET /a"), "`GET /a`");
        assert_eq!(code("a `` b\t"), "``` a `` b\\t ```");
        assert_eq!(escaped("a_b <i>"), "a\\_b \\<i\\>");
    }

    #[test]
    fn a_changed_line_is_two_lines() {
        let line = |mark| HeaderLine { text: "A: 2".into(), before: Some("A: 1".into()), mark, rule: None };
        assert_eq!(difference(&line(LineMark::Changed)), ["- A: 1", "+ A: 2"]);
        assert_eq!(difference(&line(LineMark::PassedBlindly)), ["! A: 2"]);
    }
}
