//! The page: the objects that its HTML refers to, and the progress of each.

use super::tags::TagReader;
use crate::time::Instant;

/// Objects beyond this are left out.
const OBJECTS_AT_MOST: usize = 1_000;

/// The progress of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// Its name is known.
    Wanted,
    /// It was requested.
    Asked,
    /// The first octets of its body have arrived.
    Begun,
    /// It is complete.
    Whole,
    /// It was given up.
    Failed,
}

/// The HTML itself, or an object that it refers to.
#[derive(Debug)]
pub(super) struct Object {
    pub path: String,
    /// Whether the HTML says how large it is drawn.
    pub sized: bool,
    /// When its name was read.
    pub wanted_at: Instant,
    pub progress: Progress,
    /// How often it was requested.
    pub asked: u32,
}

/// A page: its HTML is object 0.
#[derive(Debug)]
pub(super) struct Page {
    pub objects: Vec<Object>,
    reader: TagReader,
    pub painted: bool,
    pub completed: bool,
}

impl Page {
    /// A page of which only its own path is known.
    pub fn new(path: &str) -> Self {
        Self {
            objects: vec![Object::new(path.to_owned(), false, Instant::ZERO)],
            reader: TagReader::default(),
            painted: false,
            completed: false,
        }
    }

    /// The next object to request, in the order of the HTML.
    pub fn next_wanted(&self) -> Option<usize> {
        self.objects.iter().position(|object| object.progress == Progress::Wanted)
    }

    /// Reads octets of the HTML and gives the objects that they name: the place of each, and how many of the
    /// octets had been read by then.
    ///
    /// A second reference to a path is no second object; references to other hosts are ignored.
    pub fn read(&mut self, html: &[u8], now: Instant) -> Vec<(usize, usize)> {
        let mut named = Vec::new();
        for tag in self.reader.push(html) {
            let room = self.objects.len() <= OBJECTS_AT_MOST;
            let known = self.objects.iter().any(|object| object.path.as_bytes() == tag.src);
            if known || !room || !is_path(&tag.src) {
                continue;
            }
            let path = String::from_utf8_lossy(&tag.src).into_owned();
            named.push((self.objects.len(), tag.read));
            self.objects.push(Object::new(path, tag.sized, now));
        }
        named
    }

    /// Whether the page can be laid out: see [`BrowserSpec`](super::BrowserSpec).
    pub fn can_be_painted(&self) -> bool {
        let size_is_known = |object: &Object| match object.progress {
            Progress::Begun | Progress::Whole | Progress::Failed => true,
            Progress::Wanted | Progress::Asked => object.sized,
        };
        self.objects[0].progress == Progress::Whole && self.objects.iter().all(size_is_known)
    }

    /// Whether every object is complete or given up.
    pub fn is_over(&self) -> bool {
        self.objects.iter().all(|object| matches!(object.progress, Progress::Whole | Progress::Failed))
    }

    /// How many objects are complete so far, the HTML counted.
    pub fn count(&self, progress: Progress) -> u32 {
        self.objects.iter().filter(|object| object.progress == progress).count() as u32
    }
}

impl Object {
    const fn new(path: String, sized: bool, wanted_at: Instant) -> Self {
        Self { path, sized, wanted_at, progress: Progress::Wanted, asked: 0 }
    }
}

/// Whether this can be asked for as it is: the path of a URL, in visible ASCII.
pub(super) fn is_path(octets: &[u8]) -> bool {
    octets.first() == Some(&b'/')
        && octets.get(1) != Some(&b'/')
        && octets.iter().all(|octet| octet.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_wanted_once_and_in_order() {
        let mut page = Page::new("/p.html");
        let html =
            br#"<img src="/a"><img src="/b"><img src="/a"><img src="http://elsewhere/c"><img src="//x">"#;
        assert_eq!(page.read(html, Instant::from_millis(5)), [(1, 14), (2, 28)]);
        page.objects[0].progress = Progress::Asked;
        assert_eq!(page.next_wanted(), Some(1));
    }

    #[test]
    fn a_page_can_be_painted_when_every_size_is_known() {
        let mut page = Page::new("/p.html");
        page.read(br#"<img src="/a"><img src="/b" width="9" height="9">"#, Instant::ZERO);
        let mut progress = |places: [Progress; 3]| {
            for (object, place) in page.objects.iter_mut().zip(places) {
                object.progress = place;
            }
            page.can_be_painted()
        };
        use Progress::{Asked, Begun, Failed, Wanted, Whole};
        for (places, expected) in [
            ([Begun, Begun, Whole], false),
            ([Whole, Asked, Whole], false),
            ([Whole, Begun, Wanted], true),
            ([Whole, Failed, Wanted], true),
            ([Failed, Whole, Whole], false),
        ] {
            assert_eq!(progress(places), expected, "{places:?}");
        }
    }
}
