//! Pieces of markup as strings that are read once.
//!
//! | sign | what follows | until |
//! |---|---|---|
//! | 1 | the name of an element; none for a fragment | the next sign |
//! | 2 | the end of the element | |
//! | 3 | words | the next sign |
//! | 4 | a node or nodes are filled in | |
//! | 5 | the name of an attribute, sign 7, its value | the next sign |
//! | 6 | the name of an attribute whose value is filled in | the next sign |
//! | 8 | a listener, a key or a reference is filled in | |

use std::sync::OnceLock;

use super::fill::Fill;

/// A piece of markup.
pub struct Template {
    source: &'static str,
    pieces: OnceLock<Vec<Piece>>,
}

/// A node of a template.
pub(super) enum Piece {
    /// An element.
    Element(Element),
    /// Words.
    Text(&'static str),
    /// A node is filled in.
    Hole,
}

/// An element of a template.
#[derive(Default)]
pub(super) struct Element {
    /// Its name; a fragment has none.
    pub(super) name: &'static str,
    /// The names of its attributes.
    pub(super) names: Vec<&'static str>,
    /// Their values, as far as they are known.
    pub(super) values: Vec<Option<&'static str>>,
    /// What is filled in, in this order: the value of an attribute, or something else.
    pub(super) holes: Vec<Option<usize>>,
    /// What it contains.
    pub(super) children: Vec<Piece>,
}

impl Template {
    /// The template with this source, which the macro writes.
    pub const fn new(source: &'static str) -> Self {
        Self { source, pieces: OnceLock::new() }
    }

    /// Begins to fill it.
    pub fn fill(&'static self) -> Fill {
        Fill::new(self.pieces.get_or_init(|| read(self.source)))
    }
}

const fn is_sign(character: char) -> bool {
    character <= '\u{8}'
}

fn read(source: &'static str) -> Vec<Piece> {
    let mut open: Vec<Element> = vec![Element::default()];
    let mut rest = source;
    while let Some(sign) = rest.chars().next() {
        rest = &rest[1..];
        let (words, after) = rest.split_at(rest.find(is_sign).unwrap_or(rest.len()));
        rest = after;
        if sign == '\u{1}' {
            open.push(Element { name: words, ..Element::default() });
            continue;
        }
        if sign == '\u{2}' {
            close(&mut open);
            continue;
        }
        let Some(element) = open.last_mut() else { break };
        match sign {
            '\u{3}' => element.children.push(Piece::Text(words)),
            '\u{4}' => element.children.push(Piece::Hole),
            '\u{5}' => {
                element.names.push(words);
                element.values.push(None);
            }
            '\u{6}' => {
                element.holes.push(Some(element.names.len()));
                element.names.push(words);
                element.values.push(None);
            }
            '\u{7}' => {
                if let Some(value) = element.values.last_mut() {
                    *value = Some(words);
                }
            }
            _ => element.holes.push(None),
        }
    }
    // A fragment at the top is not closed.
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().map(|top| top.children).unwrap_or_default()
}

fn close(open: &mut Vec<Element>) {
    if let Some(done) = open.pop()
        && let Some(around) = open.last_mut()
    {
        around.children.push(Piece::Element(done));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_read_as_it_was_written() {
        let pieces = read("\u{1}a\u{5}href\u{7}#x\u{6}class\u{8}\u{3}words\u{4}\u{1}br\u{2}\u{2}");
        let [Piece::Element(a)] = &pieces[..] else { panic!("one element") };
        assert_eq!((a.name, &a.names[..]), ("a", &["href", "class"][..]));
        assert_eq!(a.values, [Some("#x"), None]);
        assert_eq!(a.holes, [Some(1), None]);
        let [Piece::Text("words"), Piece::Hole, Piece::Element(br)] = &a.children[..] else {
            panic!("three children")
        };
        assert_eq!((br.name, br.children.len()), ("br", 0));
    }
}
