//! The Markdown inside a section: paragraphs, lists, code blocks, and inline markup.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::outline::TextError;
use super::{Block, Inline};

/// Parses the lines of a section into blocks.
///
/// # Errors
/// The first construct that is not supported in lessons (an image, a table, HTML, a stray `**`).
pub(super) fn blocks(file: &str, lines: &[(u32, &str)]) -> Result<Vec<Block>, TextError> {
    let text: String = lines.iter().flat_map(|(_, line)| [*line, "\n"]).collect();
    let line_at = |offset: usize| {
        let before = text.get(..offset).unwrap_or_default().matches('\n').count();
        lines.get(before).or(lines.last()).map_or(1, |(number, _)| *number)
    };
    let mut reader =
        Reader { blocks: Vec::new(), open: Vec::new(), urls: Vec::new(), items: None, code: None };
    for (event, range) in Parser::new_ext(&text, Options::empty()).into_offset_iter() {
        if let Err(problem) = reader.read(event) {
            return Err(TextError::new(file, line_at(range.start), problem));
        }
    }
    if let Some(problem) = reader.blocks.iter().find_map(stray) {
        return Err(TextError::new(file, line_at(0), problem));
    }
    Ok(reader.blocks)
}

/// Parses one paragraph.
///
/// # Errors
/// As [`blocks`], and for anything but exactly one paragraph.
pub(super) fn inlines(file: &str, lines: &[(u32, &str)]) -> Result<Vec<Inline>, TextError> {
    let line = lines.first().map_or(1, |(number, _)| *number);
    let mut blocks = blocks(file, lines)?;
    match (blocks.pop(), blocks.is_empty()) {
        (Some(Block::Paragraph(inlines)), true) => Ok(inlines),
        _ => Err(TextError::new(file, line, "expected one paragraph here")),
    }
}

struct Reader {
    blocks: Vec<Block>,
    /// Inline runs being built, the outermost first.
    open: Vec<Vec<Inline>>,
    /// Targets of the links being built.
    urls: Vec<String>,
    items: Option<Vec<Vec<Inline>>>,
    code: Option<String>,
}

impl Reader {
    fn read(&mut self, event: Event<'_>) -> Result<(), &'static str> {
        match event {
            Event::Start(Tag::Paragraph) if self.items.is_some() => {
                if self.open.last().is_some_and(|run| !run.is_empty()) {
                    self.push(Inline::Break);
                }
            }
            Event::Start(Tag::Paragraph | Tag::Strong | Tag::Emphasis) => self.open.push(Vec::new()),
            Event::Start(Tag::Link { dest_url, .. }) => {
                if !dest_url.starts_with("https://") {
                    return Err("a link must begin with https://");
                }
                self.urls.push(dest_url.into_string());
                self.open.push(Vec::new());
            }
            Event::Start(Tag::List(None)) if self.items.is_none() => self.items = Some(Vec::new()),
            Event::Start(Tag::Item) => self.open.push(Vec::new()),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => self.code = Some(String::new()),
            Event::End(TagEnd::Paragraph) if self.items.is_some() => {}
            Event::End(TagEnd::Paragraph) => {
                let run = self.open.pop().unwrap_or_default();
                self.blocks.push(Block::Paragraph(run));
            }
            Event::End(TagEnd::Strong) => self.wrap(Inline::Strong),
            Event::End(TagEnd::Emphasis) => self.wrap(Inline::Emphasis),
            Event::End(TagEnd::Link) => {
                let text = self.open.pop().unwrap_or_default();
                let url = self.urls.pop().unwrap_or_default();
                self.push(Inline::Link { text, url });
            }
            Event::End(TagEnd::Item) => {
                let run = self.open.pop().unwrap_or_default();
                self.items.get_or_insert_default().push(run);
            }
            Event::End(TagEnd::List(false)) => {
                let items = self.items.take().unwrap_or_default();
                self.blocks.push(Block::List(items));
            }
            Event::End(TagEnd::CodeBlock) => {
                let code = self.code.take().unwrap_or_default();
                self.blocks.push(Block::Code(code.trim_end().to_owned()));
            }
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None => self.push(Inline::Text(text.into_string())),
            },
            Event::Code(text) => self.push(Inline::Code(text.into_string())),
            Event::SoftBreak => self.push(Inline::Text(" ".to_owned())),
            Event::HardBreak => self.push(Inline::Break),
            _ => return Err("this kind of Markdown is not used in lessons"),
        }
        Ok(())
    }

    /// Appends to the innermost run. Adjacent text is joined, so that a `{{...}}` stays in one piece.
    fn push(&mut self, inline: Inline) {
        let Some(run) = self.open.last_mut() else { return };
        match (run.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (_, inline) => run.push(inline),
        }
    }

    fn wrap(&mut self, kind: fn(Vec<Inline>) -> Inline) {
        let run = self.open.pop().unwrap_or_default();
        self.push(kind(run));
    }
}

/// Markup that the parser took for plain text, mostly `**` next to a Korean particle.
fn stray(block: &Block) -> Option<&'static str> {
    let in_run = |run: &Vec<Inline>| run.iter().find_map(stray_in);
    match block {
        Block::Paragraph(run) => in_run(run),
        Block::List(items) => items.iter().find_map(in_run),
        Block::Code(_) => None,
    }
}

fn stray_in(inline: &Inline) -> Option<&'static str> {
    match inline {
        Inline::Text(text) if text.contains("**") => {
            Some("a stray `**`: move punctuation out of the strong text")
        }
        Inline::Text(text) if text.contains('`') => Some("a stray backtick"),
        Inline::Text(text) if text.contains("](") => Some("a link that is not closed"),
        Inline::Strong(run) | Inline::Emphasis(run) | Inline::Link { text: run, .. } => {
            run.iter().find_map(stray_in)
        }
        _ => None,
    }
}
