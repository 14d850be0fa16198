//! An SVG as a PNG, with the fonts of this machine.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use playground_lessons::Language;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::roxmltree::Document;
use resvg::usvg::{Group, Node, Options, Tree, fontdb};

/// Fonts to draw letters with.
#[derive(Clone)]
pub struct Fonts(Arc<fontdb::Database>);

/// Why a picture cannot be drawn.
#[derive(Debug, PartialEq, Eq)]
pub enum Problem {
    /// No font has these letters, of which some are Korean.
    NoKoreanFont,
    /// No font has these letters.
    NoFont(BTreeSet<char>),
    /// The drawing is not drawable: too large for memory, or a mistake of ours.
    Drawing(String),
}

impl Problem {
    /// A sentence for the person who asked for the picture.
    pub fn sentence(&self, language: Language) -> String {
        match self {
            Self::NoKoreanFont => language
                .pick(
                    "이 컴퓨터에 한글이 있는 글꼴이 없어 PNG를 그릴 수 없습니다. 글꼴을 설치하거나(Debian·Ubuntu: \
                     fonts-noto-cjk, Fedora: google-noto-sans-cjk-fonts, Alpine: font-noto-cjk) 글꼴이 있는 폴더를 --fonts로 \
                     알려 주세요. --format svg에는 글꼴이 필요 없습니다",
                    "no font on this machine has Korean letters, so the PNG cannot be drawn. Install one (Debian, Ubuntu: \
                     fonts-noto-cjk; Fedora: google-noto-sans-cjk-fonts; Alpine: font-noto-cjk) or name a folder of \
                     fonts by --fonts; --format svg needs none",
                )
                .to_owned(),
            Self::NoFont(letters) => {
                let letters = letters.iter().take(12).map(char::to_string).collect::<Vec<_>>().join(" ");
                language.pick(
                    format!("이 컴퓨터의 글꼴에 없는 글자가 있어 PNG를 그릴 수 없습니다: {letters}. 글꼴을 설치하거나(예: \
                             fonts-dejavu, fonts-noto-cjk) --fonts로 폴더를 알려 주세요. --format svg에는 글꼴이 필요 없습니다"),
                    format!("no font on this machine has {letters}, so the PNG cannot be drawn. Install one \
                             (fonts-dejavu, fonts-noto-cjk) or name a folder of fonts by --fonts; --format svg needs none"),
                )
            }
            Self::Drawing(reason) => reason.clone(),
        }
    }
}

impl Fonts {
    /// The fonts of this machine, and those of a folder.
    pub fn of_this_machine(folder: Option<&Path>) -> Self {
        let mut fonts = fontdb::Database::new();
        fonts.load_system_fonts();
        if let Some(folder) = folder {
            fonts.load_fonts_dir(folder);
        }
        Self(Arc::new(fonts))
    }

    /// The picture of an SVG, in its own size.
    ///
    /// # Errors
    /// When no font has one of its letters.
    pub fn draw(&self, svg: &str) -> Result<Pixmap, Problem> {
        let options = Options { fontdb: self.0.clone(), ..Options::default() };
        let wrong = |error: &dyn core::fmt::Display| Problem::Drawing(error.to_string());
        let document = Document::parse(svg).map_err(|error| wrong(&error))?;
        let tree = Tree::from_xmltree(&document, &options).map_err(|error| wrong(&error))?;
        let missing = without_glyph(&document, &tree);
        if missing.iter().any(|letter| matches!(letter, '가'..='힣' | 'ㄱ'..='ㅣ')) {
            return Err(Problem::NoKoreanFont);
        }
        if !missing.is_empty() {
            return Err(Problem::NoFont(missing));
        }
        let size = tree.size().to_int_size();
        let mut picture = Pixmap::new(size.width(), size.height()).ok_or_else(|| {
            Problem::Drawing(format!("{}x{} pixels are too many", size.width(), size.height()))
        })?;
        resvg::render(&tree, Transform::identity(), &mut picture.as_mut());
        Ok(picture)
    }

    /// The PNG of an SVG, in its own size.
    ///
    /// # Errors
    /// As [`Fonts::draw`].
    pub fn png(&self, svg: &str) -> Result<Vec<u8>, Problem> {
        self.draw(svg)?.encode_png().map_err(|error| Problem::Drawing(error.to_string()))
    }
}

/// The letters for which no font has a glyph. Where there is no font at all, the tree has no text either.
fn without_glyph(document: &Document<'_>, tree: &Tree) -> BTreeSet<char> {
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    let letters =
        texts.flat_map(|text| text.descendants().filter_map(|node| node.text().filter(|_| node.is_text())));
    let mut missing: BTreeSet<char> =
        letters.flat_map(str::chars).filter(|letter| !letter.is_whitespace()).collect();
    remove_drawn(tree.root(), &mut missing);
    missing
}

fn remove_drawn(group: &Group, missing: &mut BTreeSet<char>) {
    for node in group.children() {
        match node {
            Node::Group(group) => remove_drawn(group, missing),
            Node::Text(text) => {
                let glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
                for letter in glyphs.filter(|glyph| glyph.id.0 != 0).flat_map(|glyph| glyph.text.chars()) {
                    missing.remove(&letter);
                }
            }
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SVG: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='80' height='20' font-family='sans-serif'>\
                       <text y='15'>한 a</text></svg>";

    #[test]
    fn without_a_font_it_says_what_to_install() {
        let none = Fonts(Arc::new(fontdb::Database::new()));
        let problem = none.png(SVG).expect_err("there is no font");
        assert_eq!(problem, Problem::NoKoreanFont);
        for language in Language::ALL {
            assert!(problem.sentence(language).contains("fonts-noto-cjk"));
        }
        let latin = none.png(&SVG.replace('한', "b")).expect_err("there is no font");
        assert_eq!(latin, Problem::NoFont(BTreeSet::from(['a', 'b'])));
        assert!(latin.sentence(Language::English).contains("has a b, so"));
    }

    #[test]
    fn a_drawing_without_letters_needs_no_font() {
        let none = Fonts(Arc::new(fontdb::Database::new()));
        let svg = SVG.replace("<text y='15'>한 a</text>", "<rect width='80' height='20' fill='#ff0000'/>");
        let picture = none.draw(&svg).expect("a rectangle");
        let pixel = picture.pixel(40, 10).expect("inside");
        assert_eq!((picture.width(), picture.height(), pixel.red(), pixel.green()), (80, 20, 255, 0));
    }
}
