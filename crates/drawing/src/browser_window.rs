//! A small browser window: blank until first paint, then text and images, each as far as it has come.

use playground_playback::{FileLoad, PageMoment};

use crate::canvas::Canvas;
use crate::element::Element;
use crate::page::first_paint;
use crate::text_width::{Face, fitted, text_width};

const BAR: f64 = 32.0;
const PAD: f64 = 14.0;
const GAP: f64 = 10.0;

/// The window in the place `(left, top, width, height)`.
pub fn draw(page: &PageMoment, place: (f64, f64, f64, f64), canvas: &Canvas) -> Element {
    let (left, top, width, height) = place;
    let small = canvas.small();
    let address = fitted(page.page.as_deref().unwrap_or_default(), small, Face::Mono, width - 84.0);
    let window = Element::group("window")
        .add(Element::rect(left, top, width, height).number("rx", 10.0).class("card"))
        .add(Element::path(bar(left, top, width)).class("window-bar"))
        .add_all([16.0, 32.0].map(|x| Element::circle(left + x, top + BAR / 2.0, 5.0).class("window-dot")))
        .add(
            Element::rect(left + 48.0, top + 5.0, width - 60.0, BAR - 10.0).number("rx", 11.0).class("paper"),
        )
        .add(Element::text(left + 60.0, top + BAR / 2.0 + small * 0.36, small, address).class("mono quiet"));
    let foot = foot(page, (left + PAD, top + height, width - 2.0 * PAD), canvas);
    let inside =
        (left + PAD, top + BAR + PAD, width - 2.0 * PAD, height - BAR - 2.0 * PAD - 2.0 * small - 14.0);
    match page.painted {
        Some((_, entry)) => window.add(content(page, inside, canvas).entry(entry)).add(foot),
        None => {
            let words = canvas.text.plain("page-blank");
            let middle = (left + width / 2.0, inside.1 + inside.3 / 2.0);
            window
                .add(
                    Element::text(middle.0, middle.1 + small / 2.0, small, words)
                        .class("quiet")
                        .anchor("middle"),
                )
                .add(foot)
        }
    }
}

/// The title bar, with the window's upper corners.
fn bar(left: f64, top: f64, width: f64) -> String {
    let (right, bottom) = (left + width, top + BAR);
    format!("M{left} {bottom}V{}a10 10 0 0 1 10 -10H{}a10 10 0 0 1 10 10V{bottom}Z", top + 10.0, right - 10.0)
}

/// How many files are here, and first paint.
fn foot(page: &PageMoment, (left, bottom, width): (f64, f64, f64), canvas: &Canvas) -> Element {
    let small = canvas.small();
    let whole = page.files.iter().filter(|file| file.whole.is_some()).count();
    // Before the HTML has been read to its end, nobody knows how many there are.
    let is_known = page.files.first().is_some_and(|html| html.whole.is_some());
    let count = [("whole", whole.to_string()), ("all", page.files.len().to_string())];
    let count = [(count[0].0, count[0].1.as_str()), (count[1].0, count[1].1.as_str())];
    let files = canvas.text.get(if is_known { "page-files" } else { "page-files-so-far" }, &count);
    let foot = Element::group("window-foot").add(
        Element::text(left, bottom - PAD, small, fitted(&files, small, Face::Sans, width)).class("quiet"),
    );
    match page.painted {
        Some((at, entry)) => foot.add(
            Element::text(left, bottom - PAD - small - 8.0, small, first_paint(at, canvas))
                .class("strong server")
                .entry(entry),
        ),
        None => foot,
    }
}

/// Lines of text, and a box for each image.
fn content(page: &PageMoment, (left, top, width, height): (f64, f64, f64, f64), canvas: &Canvas) -> Element {
    let images = &page.files[1.min(page.files.len())..];
    let wide = width > height * 1.6;
    let (lines, below) = if wide { (1, top + 16.0) } else { (3, top + 52.0) };
    let mut inside = Element::group("window-content");
    for line in 0..lines {
        let share = [0.55, 1.0, 0.8][line];
        let thickness = if line == 0 { 8.0 } else { 5.0 };
        inside = inside.add(
            Element::rect(left, top + 16.0 * line as f64, width * share, thickness)
                .number("rx", 2.5)
                .class("window-text"),
        );
    }
    let room = (width, top + height - below);
    let (columns, rows) = grid(images.len(), room);
    let size = ((room.0 - GAP * (columns - 1.0)) / columns, (room.1 - GAP * (rows - 1.0)) / rows);
    for (place, file) in images.iter().enumerate() {
        let (column, row) = (place % columns as usize, place / columns as usize);
        let at = (left + column as f64 * (size.0 + GAP), below + row as f64 * (size.1 + GAP));
        inside = inside.add(image(file, at, size, canvas));
    }
    inside
}

/// Columns and rows in which boxes come nearest to 4 : 3.
fn grid(count: usize, (width, height): (f64, f64)) -> (f64, f64) {
    let count = count.max(1);
    let fit = |columns: usize| {
        let rows = count.div_ceil(columns);
        let shape = (width / columns as f64) / (height / rows as f64);
        ((shape / 1.33).ln().abs(), (columns as f64, rows as f64))
    };
    (1..=count).map(fit).min_by(|one, other| one.0.total_cmp(&other.0)).map_or((1.0, 1.0), |best| best.1)
}

/// An image: filled from above, as far as it has come, with its share.
fn image(file: &FileLoad, (x, y): (f64, f64), (width, height): (f64, f64), canvas: &Canvas) -> Element {
    let small = canvas.small();
    let share = file.share().unwrap_or(0.0);
    let filled = height * share.clamp(0.0, 1.0);
    let mut image = Element::group(if file.failed { "image is-failed" } else { "image" })
        .add(Element::rect(x, y, width, height).number("rx", 6.0).class("image-frame"));
    if filled >= 1.0 {
        image = image.add(
            Element::rect(x, y, width, filled).number("rx", 6.0_f64.min(filled / 2.0)).class("image-part"),
        );
    }
    let percent = format!("{:.0} %", share * 100.0);
    let middle = x + width / 2.0;
    if text_width(&percent, small, Face::Sans) <= width - 4.0 && height >= small + 6.0 {
        // In the larger of the two parts.
        let (at, class) =
            if share < 0.5 { (y + (filled + height) / 2.0, "server") } else { (y + filled / 2.0, "on-role") };
        image =
            image.add(Element::text(middle, at + small * 0.36, small, percent).class(class).anchor("middle"));
    }
    match file.entry {
        Some(entry) => image.entry(entry),
        None => image,
    }
}
