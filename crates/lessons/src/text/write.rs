//! The compact form of a lesson's words, written by the build script; `read.rs` beside it reads it.
//!
//! Shape: strings end with U+001F, lists begin with their length as a string; blocks and runs of text begin with a letter.

use super::{Block, Inline, LessonText, Telling};

/// What ends a string.
const END: char = '\u{1f}';

/// A lesson's words in the compact form.
pub fn compact(text: &LessonText) -> String {
    let mut out = Writer(head(text) + &summary(text));
    out.list(&text.steps, |out, step| {
        out.string(&step.id);
        out.telling(&step.plain);
        out.tellings(&step.variants);
        out.tellings(&step.absent);
    });
    out.list(&text.knobs, |out, knob| {
        out.string(&knob.id);
        out.string(&knob.label);
        out.run(&knob.help);
        out.pairs(&knob.values);
    });
    out.list(text.challenge.as_slice(), |out, challenge| {
        out.string(&challenge.title);
        out.blocks(&challenge.goal);
        out.pairs(&challenge.measures);
        out.blocks(&challenge.hint);
        out.blocks(&challenge.solution);
    });
    let note = &text.note;
    for part in [&note.modelled, &note.simplified, &note.left_out, &note.changed] {
        out.blocks(part);
    }
    out.tellings(&text.reasons);
    out.0
}

/// The beginning of the compact form: the title.
pub fn head(text: &LessonText) -> String {
    let mut out = Writer(String::new());
    out.string(&text.title);
    out.0
}

/// The summary in the compact form.
pub fn summary(text: &LessonText) -> String {
    let mut out = Writer(String::new());
    out.run(&text.summary);
    out.0
}

struct Writer(String);

impl Writer {
    fn string(&mut self, text: &str) {
        self.0.push_str(text);
        self.0.push(END);
    }

    fn list<T>(&mut self, items: &[T], write: impl Fn(&mut Self, &T)) {
        self.string(&items.len().to_string());
        for item in items {
            write(self, item);
        }
    }

    fn pairs(&mut self, pairs: &[(String, String)]) {
        self.list(pairs, |out, (key, label)| {
            out.string(key);
            out.string(label);
        });
    }

    fn tellings(&mut self, tellings: &[(String, Telling)]) {
        self.list(tellings, |out, (key, telling)| {
            out.string(key);
            out.telling(telling);
        });
    }

    fn telling(&mut self, telling: &Telling) {
        self.string(&telling.title);
        self.blocks(&telling.body);
        self.list(telling.question.as_slice(), |out, question| {
            out.run(&question.prompt);
            out.list(&question.options, |out, option| {
                out.string(if option.correct { "x" } else { "" });
                out.run(&option.text);
                out.run(&option.explanation);
            });
        });
    }

    fn blocks(&mut self, blocks: &[Block]) {
        self.list(blocks, |out, block| match block {
            Block::Paragraph(run) => {
                out.0.push('P');
                out.run(run);
            }
            Block::List(items) => {
                out.0.push('L');
                out.list(items, |out, run| out.run(run));
            }
            Block::Code(code) => {
                out.0.push('C');
                out.string(code);
            }
        });
    }

    fn run(&mut self, run: &[Inline]) {
        self.list(run, |out, inline| match inline {
            Inline::Text(text) => {
                out.0.push('T');
                out.string(text);
            }
            Inline::Strong(run) => {
                out.0.push('S');
                out.run(run);
            }
            Inline::Emphasis(run) => {
                out.0.push('E');
                out.run(run);
            }
            Inline::Code(code) => {
                out.0.push('C');
                out.string(code);
            }
            Inline::Link { text, url } => {
                out.0.push('A');
                out.run(text);
                out.string(url);
            }
            Inline::Break => out.0.push('B'),
        });
    }
}
