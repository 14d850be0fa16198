//! A page for each lesson and language, for those who show a preview of a link: title, description and picture, and an
//! oEmbed answer (oembed.com). Whoever opens it is led on to the lesson.

use std::fs;
use std::path::Path;

use anyhow::{Result, anyhow};
use playground_drawing::{Drawing, Theme};
use playground_lessons::{KnobValues, Language, View};
use playground_stills::{Fonts, Look, Plain, Problem, Stills};
use serde_json::json;
use strum::VariantArray as _;

use crate::catalogue::{Catalogue, LessonEntry};

/// The size of a preview's picture, pixels.
///
/// Source: <https://ogp.me> leaves it open; 1.91 to 1 is what previews are cut to.
const SIZE: (u32, u32) = (1200, 630);
/// The lesson whose picture stands for the site.
const PICTURED: &str = "dumb-proxy";
/// The size of an embedded lesson, CSS pixels.
const FRAME: (u32, u32) = (960, 540);

/// Writes the pages, pictures and answers into `lessons/`. Without the site's address a picture is named relative to its
/// page, which not everybody reads, and there are no oEmbed answers, which need whole addresses.
///
/// # Errors
/// When a file cannot be written or a picture not be drawn; a machine without Korean letters writes pages without
/// pictures, and says so.
pub fn write(catalogue: &Catalogue, folder: &Path, address: &str) -> Result<()> {
    let lessons = folder.join("lessons");
    fs::create_dir_all(&lessons)?;
    let mut pen = Pen { fonts: Fonts::of_this_machine(None), plain: Plain::new(Theme::Light) };
    let mut without = 0;
    for entry in &catalogue.lessons {
        for language in Language::ALL {
            let preview = Preview { entry, language, address };
            let picture = match pen.picture(entry, language) {
                Ok(picture) => {
                    fs::write(lessons.join(preview.file("png")), picture)?;
                    true
                }
                Err(Problem::NoKoreanFont | Problem::NoFont(_)) => {
                    without += 1;
                    false
                }
                Err(Problem::Drawing(reason)) => return Err(anyhow!("{}: {reason}", entry.id)),
            };
            fs::write(lessons.join(preview.file("html")), preview.page(picture))?;
            if !address.is_empty() {
                fs::write(lessons.join(preview.file("json")), preview.oembed())?;
            }
        }
    }
    if without > 0 {
        println!("note: {without} link previews have no picture, as no font here has their letters");
    }
    if address.is_empty() {
        println!(
            "note: without --address link previews name their pictures relatively, and there is no oEmbed"
        );
    }
    Ok(())
}

/// The page with a picture for links to it, where the address of the site is known.
pub fn pictured(page: &str, address: &str) -> String {
    let address = escaped(address);
    let tags = format!(
        "<meta property=\"og:url\" content=\"{address}\">\
         <meta property=\"og:image\" content=\"{address}lessons/{PICTURED}.en.png\"><title>"
    );
    page.replacen("<title>", &tags, 1)
}

struct Pen {
    fonts: Fonts,
    plain: Plain,
}

impl Pen {
    fn picture(&mut self, entry: &LessonEntry, language: Language) -> Result<Vec<u8>, Problem> {
        let wrong = |reason: &str| Problem::Drawing(reason.to_owned());
        let lesson = playground_lessons::find(&entry.id).ok_or_else(|| wrong("not in the course"))?;
        let run = lesson.run(&KnobValues::defaults(lesson)).map_err(|error| wrong(&error.to_string()))?;
        let drawing = drawing(&Stills::new(&run, language), entry);
        self.fonts.png(&self.plain.svg(&drawing.ok_or_else(|| wrong("nothing to draw"))?, SIZE))
    }
}

/// The picture of a lesson: of the step in the middle of its hero, or the nearest one that has a picture of its own; where
/// none has, another view of it.
fn drawing(stills: &Stills<'_>, entry: &LessonEntry) -> Option<Drawing> {
    let look = |view| Look { size: SIZE, bare: false, view };
    let middle = entry.pictured();
    let mut places: Vec<usize> = (0..entry.steps.len()).collect();
    places.sort_by_key(|place| place.abs_diff(middle));
    let own = places.into_iter().find_map(|place| stills.draw(place, look(None)));
    own.or_else(|| View::VARIANTS.iter().find_map(|&view| stills.draw(middle, look(Some(view)))))
}

struct Preview<'a> {
    entry: &'a LessonEntry,
    language: Language,
    /// Of the site, with a slash at its end; empty where it is not known.
    address: &'a str,
}

impl Preview<'_> {
    fn file(&self, end: &str) -> String {
        format!("{}.{}.{end}", self.entry.id, self.language.tag())
    }

    /// The address of the lesson, from a site.
    fn lesson(&self, site: &str, more: &str) -> String {
        format!("{site}?v=2&lesson={}&lang={}{more}", self.entry.id, self.language.tag())
    }

    fn page(&self, picture: bool) -> String {
        let tag = self.language.tag();
        let title = escaped(self.entry.title.in_language(self.language));
        let summary = escaped(self.entry.summary.in_language(self.language));
        let lesson = escaped(&self.lesson("../", ""));
        let own = |end: &str| match self.address {
            "" => self.file(end),
            address => format!("{address}lessons/{}", self.file(end)),
        };
        let mut head = String::new();
        if picture {
            head += &format!(
                "<meta property=\"og:image\" content=\"{}\">\n<meta property=\"og:image:width\" content=\"{}\">\n\
                 <meta property=\"og:image:height\" content=\"{}\">\n<meta name=\"twitter:card\" content=\"summary_large_image\">\n",
                own("png"),
                SIZE.0,
                SIZE.1,
            );
        }
        if !self.address.is_empty() {
            head += &format!(
                "<meta property=\"og:url\" content=\"{}\">\n<link rel=\"canonical\" href=\"{}\">\n\
                 <link rel=\"alternate\" type=\"application/json+oembed\" href=\"{}\" title=\"{title}\">\n",
                own("html"),
                escaped(&self.lesson(self.address, "")),
                own("json"),
            );
        }
        let open = self.language.pick("강의 열기", "Open the lesson");
        format!(
            "<!doctype html>\n<html lang=\"{tag}\">\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title} · Socket Playground</title>\n\
             <meta name=\"description\" content=\"{summary}\">\n<meta property=\"og:type\" content=\"article\">\n\
             <meta property=\"og:site_name\" content=\"Socket Playground\">\n<meta property=\"og:locale\" content=\"{}\">\n\
             <meta property=\"og:title\" content=\"{title}\">\n<meta property=\"og:description\" content=\"{summary}\">\n\
             {head}<meta http-equiv=\"refresh\" content=\"0; url={lesson}\">\n\
             <h1>{title}</h1>\n<p>{summary}</p>\n<p><a href=\"{lesson}\">{open}</a></p>\n</html>\n",
            self.language.pick("ko_KR", "en_US"),
        )
    }

    fn oembed(&self) -> String {
        let title = self.entry.title.in_language(self.language);
        let frame = format!(
            "<iframe src=\"{}\" width=\"{}\" height=\"{}\" title=\"{}\" allow=\"fullscreen\"></iframe>",
            escaped(&self.lesson(self.address, "&embed=1")),
            FRAME.0,
            FRAME.1,
            escaped(title),
        );
        json!({
            "version": "1.0", "type": "rich", "title": title, "html": frame, "width": FRAME.0, "height": FRAME.1,
            "provider_name": "Socket Playground", "provider_url": self.address,
            "thumbnail_url": format!("{}lessons/{}", self.address, self.file("png")),
            "thumbnail_width": SIZE.0, "thumbnail_height": SIZE.1,
        })
        .to_string()
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lesson_has_a_picture() {
        for entry in &Catalogue::new().expect("lessons run").lessons {
            let lesson = playground_lessons::find(&entry.id).expect("the lesson");
            let run = lesson.run(&KnobValues::defaults(lesson)).expect("lessons run");
            assert!(drawing(&Stills::new(&run, Language::Korean), entry).is_some(), "{}", entry.id);
        }
    }

    #[test]
    fn a_page_names_title_description_picture_and_the_answer() {
        let catalogue = Catalogue::new().expect("lessons run");
        let entry = catalogue.lessons.iter().find(|entry| entry.id == "dumb-proxy").expect("the lesson");
        let preview = Preview { entry, language: Language::Korean, address: "https://site.example/a/" };
        let page = preview.page(true);
        let title = &entry.title.ko;
        for wanted in [
            &*format!("<title>{title} · Socket Playground</title>"),
            &format!("og:title\" content=\"{title}\""),
            "og:image\" content=\"https://site.example/a/lessons/dumb-proxy.ko.png\"",
            "application/json+oembed\" href=\"https://site.example/a/lessons/dumb-proxy.ko.json\"",
            "url=../?v=2&amp;lesson=dumb-proxy&amp;lang=ko\"",
        ] {
            assert!(page.contains(wanted), "{wanted}: {page}");
        }
        let answer: serde_json::Value = serde_json::from_str(&preview.oembed()).expect("JSON");
        assert_eq!(answer["type"], "rich");
        let html = answer["html"].as_str().expect("html");
        assert!(
            html.contains("https://site.example/a/?v=2&amp;lesson=dumb-proxy&amp;lang=ko&amp;embed=1"),
            "{html}"
        );
        let index = pictured("<head><title>a</title>", preview.address);
        assert!(
            index.contains("og:image\" content=\"https://site.example/a/lessons/dumb-proxy.en.png\""),
            "{index}"
        );
        let plain = Preview { address: "", ..preview }.page(false);
        assert!(!plain.contains("oembed") && !plain.contains("og:image"), "{plain}");
    }
}
