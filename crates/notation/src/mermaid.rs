//! The ladder as a Mermaid sequence diagram.

use core::fmt::Write as _;

use playground_words::{phrase, time_text};

use crate::notes::{Notes, Row};

/// Mermaid draws no diagram that is longer than 50,000 characters.
const LONGEST: usize = 48_000;

impl Notes {
    /// The ladder as a Mermaid sequence diagram: steps and remarks are notes, a lost segment ends in a cross.
    ///
    /// What would make it longer than Mermaid draws is left out, and counted at the end.
    pub fn mermaid(&self) -> String {
        let mut diagram = format!("sequenceDiagram\n    accTitle: {}\n", escaped(&self.title));
        for (lane, lifeline) in self.lifelines.iter().enumerate() {
            let _ = writeln!(diagram, "    participant n{lane} as {}", escaped(&self.name(lifeline)));
        }
        let rows = self.rows();
        for (place, row) in rows.iter().enumerate() {
            let line = self.mermaid_row(row);
            if diagram.len() + line.len() > LONGEST {
                let more = escaped(&self.more(rows.len() - place));
                let _ = writeln!(diagram, "    {}: {more}", self.over_all());
                break;
            }
            diagram.push_str(&line);
        }
        diagram
    }

    fn mermaid_row(&self, row: &Row<'_>) -> String {
        match row {
            Row::Step(number, title) => {
                format!("    {}: {number}. {}\n", self.over_all(), escaped(title))
            }
            Row::Arrow(arrow) => {
                let head = if arrow.lost.is_some() { "-x" } else { "->>" };
                let (from, to) = (self.lane(arrow.from), self.lane(arrow.to));
                let at = time_text::moment(self.at(arrow.entry));
                format!("    n{from}{head}n{to}: {} ({at})\n", escaped(&arrow.label))
            }
            Row::Note(note) => {
                let words = escaped(&phrase(self.text, &note.phrase));
                format!("    Note over n{}: {words}\n", self.lane(note.node))
            }
        }
    }

    fn over_all(&self) -> String {
        match self.lifelines.len() {
            0 | 1 => "Note over n0".to_owned(),
            lanes => format!("Note over n0,n{}", lanes - 1),
        }
    }
}

/// Words as Mermaid takes them: what it would read as its own is written by number.
fn escaped(words: &str) -> String {
    let mut escaped = String::new();
    for character in words.chars() {
        match character {
            '#' | ';' | '%' | '<' | '>' | '&' | '"' | '\\' | '`' | '{' | '}' => {
                let _ = write!(escaped, "#{};", u32::from(character));
            }
            other if other.is_control() => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_mermaid_reads_itself_is_written_by_number() {
        assert_eq!(escaped("a;b #1\n100 % <i>"), "a#59;b #35;1 100 #37; #60;i#62;");
        assert_eq!(escaped("GET /a: 요청"), "GET /a: 요청");
    }
}
