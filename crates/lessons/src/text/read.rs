//! Reads the compact form of a lesson's words, which `write.rs` describes.

use super::{
    Block, ChallengeText, Inline, KnobText, LessonText, NoteText, OptionText, QuestionText, StepText, Telling,
};

/// What is left to read. Where a text ends too early, nothing more is found and lists are empty.
struct Reader<'t>(&'t str);

impl LessonText {
    /// Takes the compact form apart.
    pub(crate) fn from_compact(compact: &str) -> Self {
        let mut from = Reader(compact);
        let title = from.string();
        let summary = from.run();
        let steps = from.list(|from| {
            let id = from.string();
            let plain = from.telling();
            let variants = from.tellings();
            StepText { id, plain, variants, absent: from.tellings() }
        });
        let knobs = from.list(|from| {
            let id = from.string();
            let label = from.string();
            let help = from.run();
            KnobText { id, label, help, values: from.pairs() }
        });
        let challenge = from.list(|from| {
            let title = from.string();
            let goal = from.blocks();
            let measures = from.pairs();
            let hint = from.blocks();
            ChallengeText { title, goal, measures, hint, solution: from.blocks() }
        });
        let modelled = from.blocks();
        let simplified = from.blocks();
        let left_out = from.blocks();
        let note = NoteText { modelled, simplified, left_out, changed: from.blocks() };
        Self {
            title,
            summary,
            steps,
            knobs,
            challenge: challenge.into_iter().next(),
            note,
            reasons: from.tellings(),
        }
    }
}

impl Reader<'_> {
    fn string(&mut self) -> String {
        let (text, rest) = self.0.split_once('\u{1f}').unwrap_or((self.0, ""));
        self.0 = rest;
        text.to_owned()
    }

    fn letter(&mut self) -> Option<char> {
        let mut letters = self.0.chars();
        let letter = letters.next();
        self.0 = letters.as_str();
        letter
    }

    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count: usize = self.string().parse().unwrap_or(0);
        let mut items = Vec::new();
        while items.len() < count && !self.0.is_empty() {
            items.push(item(self));
        }
        items
    }

    fn pairs(&mut self) -> Vec<(String, String)> {
        self.list(|from| (from.string(), from.string()))
    }

    fn tellings(&mut self) -> Vec<(String, Telling)> {
        self.list(|from| (from.string(), from.telling()))
    }

    fn telling(&mut self) -> Telling {
        let title = self.string();
        let body = self.blocks();
        let question = self.list(|from| {
            let prompt = from.run();
            let options = from.list(|from| {
                let correct = from.string() == "x";
                let text = from.run();
                OptionText { text, correct, explanation: from.run() }
            });
            QuestionText { prompt, options }
        });
        Telling { title, body, question: question.into_iter().next() }
    }

    fn blocks(&mut self) -> Vec<Block> {
        self.list(|from| match from.letter() {
            Some('P') => Block::Paragraph(from.run()),
            Some('L') => Block::List(from.list(Self::run)),
            _ => Block::Code(from.string()),
        })
    }

    fn run(&mut self) -> Vec<Inline> {
        self.list(|from| match from.letter() {
            Some('T') => Inline::Text(from.string()),
            Some('S') => Inline::Strong(from.run()),
            Some('E') => Inline::Emphasis(from.run()),
            Some('C') => Inline::Code(from.string()),
            Some('A') => {
                let text = from.run();
                Inline::Link { text, url: from.string() }
            }
            _ => Inline::Break,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::write::compact;
    use super::*;
    use crate::language::Language;
    use crate::text::parse;

    #[test]
    fn what_the_build_script_writes_is_read() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/text");
        let mut count = 0;
        for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
            let markdown = std::fs::read_to_string(entry.path()).expect("it can be read");
            let text = parse::parse("text", &markdown).expect("the build script has parsed it");
            assert_eq!(LessonText::from_compact(&compact(&text)), text, "{:?}", entry.path());
            count += 1;
        }
        assert_eq!(count, (crate::all().len() + 1) * Language::ALL.len());
    }

    #[test]
    fn a_text_that_ends_early_is_shorter() {
        let markdown = "# A\n> b\n\n## absent x: Y\n\nWords of `code` and **more**.\n";
        let whole = compact(&parse::parse("text", markdown).expect("it is right"));
        for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
            let text = LessonText::from_compact(&whole[..end]);
            assert!(text.steps.is_empty());
        }
    }
}
