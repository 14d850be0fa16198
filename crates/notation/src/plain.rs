//! The ladder as plain text, in characters that have one width in every monospaced font.

use core::fmt::Write as _;

use playground_playback::Arrow;
use playground_words::{phrase, time_text};

use crate::notes::{Notes, Row};

/// The width of a column of times.
const TIME: usize = 11;
/// The least and the most room between two lifelines.
const BETWEEN: (usize, usize) = (16, 44);
/// What stands around a label: `---- label --->`.
const AROUND: usize = 9;
/// So many rows are written at most.
const ROWS: usize = 1_000;

impl Notes {
    /// The ladder as plain text: a line a segment, with the times at which it was sent and arrives.
    pub fn text(&self) -> String {
        let rows = self.rows();
        let between = self.between(&rows);
        let mut lines = vec![self.title.clone(), String::new(), self.head(between)];
        for row in rows.iter().take(ROWS) {
            match row {
                Row::Step(number, title) => {
                    lines.push(self.lanes(between));
                    lines.push(format!("== {number}. {title}"));
                }
                Row::Arrow(arrow) => lines.push(self.arrow(arrow, between)),
                Row::Note(note) => {
                    let at = time_text::moment(self.at(note.entry));
                    let node = self.lifelines.get(self.lane(note.node)).map(|lifeline| self.name(lifeline));
                    let words = phrase(self.text, &note.phrase);
                    lines.push(format!("{}   * {}: {words}", columns(&at, ""), node.unwrap_or_default()));
                }
            }
        }
        if rows.len() > ROWS {
            lines.push(self.more(rows.len() - ROWS));
        }
        let mut text = String::new();
        for line in lines {
            let _ = writeln!(text, "{}", line.trim_end());
        }
        text
    }

    /// The room between two lifelines: enough for the longest label of an arrow between neighbours, and the names.
    fn between(&self, rows: &[Row<'_>]) -> usize {
        let labels = rows.iter().filter_map(|row| match row {
            Row::Arrow(arrow) => Some(width(&arrow.label) + AROUND),
            Row::Step(..) | Row::Note(_) => None,
        });
        let names = self.lifelines.iter().map(|lifeline| width(&self.name(lifeline)) + 2);
        labels.chain(names).max().unwrap_or(0).clamp(BETWEEN.0, BETWEEN.1)
    }

    fn head(&self, between: usize) -> String {
        let mut head = columns(&self.text.plain("notation-sent"), &self.text.plain("notation-arrives"));
        head.push_str("   ");
        let start = width(&head);
        for (lane, lifeline) in self.lifelines.iter().enumerate() {
            let wanted = start + lane * (between + 1);
            head.push_str(&" ".repeat(wanted.saturating_sub(width(&head))));
            head.push_str(&self.name(lifeline));
        }
        head
    }

    fn lanes(&self, between: usize) -> String {
        let lanes: Vec<&str> = self.lifelines.iter().map(|_| "|").collect();
        format!("{}   {}", columns("", ""), lanes.join(&" ".repeat(between)))
    }

    fn arrow(&self, arrow: &Arrow, between: usize) -> String {
        let sent = time_text::moment(self.at(arrow.entry));
        let arrives = match (arrow.lost, arrow.ended) {
            (None, Some(entry)) => time_text::moment(self.at(entry)),
            _ => "-".to_owned(),
        };
        let (from, to) = (self.lane(arrow.from), self.lane(arrow.to));
        let (left, right) = (from.min(to), from.max(to));
        let room = (right - left) * (between + 1) - usize::from(right > left);
        let label = match width(&arrow.label) + AROUND <= room.max(BETWEEN.1) {
            true => &arrow.label,
            false => &arrow.short,
        };
        let shaft = shaft(label, room, from < to, arrow.lost.is_some());
        let outside =
            |lanes: usize| " ".repeat(between) + &("|".to_owned() + &" ".repeat(between)).repeat(lanes);
        let mut line = format!("{}   |", columns(&sent, &arrives));
        if left > 0 {
            line.push_str(&outside(left - 1));
            line.push('|');
        }
        line.push_str(&shaft);
        line.push('|');
        for _ in right + 1..self.lifelines.len() {
            line.push_str(&" ".repeat(between));
            line.push('|');
        }
        line
    }
}

/// `--- SYN ------>`, `<--- SYN, ACK ---`, `--- GET /a --X   `.
fn shaft(label: &str, room: usize, to_the_right: bool, is_lost: bool) -> String {
    let dashes = room.saturating_sub(width(label) + 6).max(2);
    let (before, after) = (dashes / 2, dashes - dashes / 2);
    let (first, last) = match (to_the_right, is_lost) {
        (true, false) => ("-".repeat(before + 1), "-".repeat(after + 2) + ">"),
        (true, true) => ("-".repeat(before + 1), "-".repeat(after) + "X  "),
        (false, false) => ("<".to_owned() + &"-".repeat(before + 2), "-".repeat(after + 1)),
        (false, true) => ("  X".to_owned() + &"-".repeat(before), "-".repeat(after + 1)),
    };
    format!("{first} {label} {last}")
}

fn columns(sent: &str, arrives: &str) -> String {
    let padded = |text: &str| " ".repeat(TIME.saturating_sub(width(text))) + text;
    padded(sent) + &padded(arrives)
}

/// Columns of a terminal: Hangul and other wide letters take two.
fn width(text: &str) -> usize {
    let columns = |letter| match letter {
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{ff00}'..='\u{ff60}' => 2,
        _ => 1,
    };
    text.chars().map(columns).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_fill_their_room() {
        for (label, to_the_right, is_lost, expected) in [
            ("SYN", true, false, "------ SYN ------->"),
            ("SYN", false, false, "<------- SYN ------"),
            ("SYN", true, true, "------ SYN -----X  "),
            ("SYN", false, true, "  X----- SYN ------"),
        ] {
            let shaft = shaft(label, 19, to_the_right, is_lost);
            assert_eq!((shaft.as_str(), shaft.len()), (expected, 19));
        }
        assert_eq!(width("프락시 2"), 8);
    }
}
