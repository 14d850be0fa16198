//! A page that is loaded: a window that fills beside one bar for each file, with another way as a shadow below.

use playground_core::scenario::Scenario;
use playground_core::sim;
use playground_core::time::{Duration, Instant};
use playground_lessons::{Run, Shadow};
use playground_playback::{Cursor, Dissection, FileLoad, LoadKind, PageLoad, PageMoment, Selection};
use playground_words::time_text;
use strum::VariantArray as _;

use crate::axis::Axis;
use crate::browser_window;
use crate::canvas::Canvas;
use crate::drawing::Drawing;
use crate::element::Element;
use crate::legend::{self, Key};
use crate::text_width::{Face, fitted, text_width};

/// A run's files, those of the way it is compared with, and how long the axis is.
#[derive(Clone, Debug)]
pub struct Page {
    own: PageLoad,
    shadow: Option<(Shadow, PageLoad)>,
    /// When the comparison is complete, or the run by its scenario.
    extent: Duration,
    /// How many files there are in the end: rows are kept free for them.
    rows: usize,
}

impl Page {
    /// The files of a run, which may be cut off; the comparison runs its scenario.
    ///
    /// Returns `None` when nobody loads files in it.
    pub fn new(run: &Run, dissection: &Dissection) -> Option<Self> {
        let own = PageLoad::new(&run.trace, dissection)?;
        let load = |scenario: &Scenario| {
            let trace = sim::run(scenario).ok()?;
            PageLoad::new(&trace, &Dissection::new(&trace))
        };
        let scenario = &run.trace.scenario;
        let shadow = run.lesson.shadow.and_then(|shadow| Some((shadow, load(&shadow.of(scenario))?)));
        let end = match &shadow {
            Some((_, other)) => other.by(Instant::FAR_FUTURE),
            None => load(scenario)
                .map_or_else(|| own.by(Instant::FAR_FUTURE), |load| load.by(Instant::FAR_FUTURE)),
        };
        let extent = end.complete.map_or(Duration::from_secs(1), |(at, _)| at.since(Instant::ZERO));
        Some(Self { own, shadow, extent, rows: end.files.len() })
    }

    /// The picture at a moment.
    pub fn draw(&self, now: Cursor, canvas: &Canvas) -> Drawing {
        let canvas = &canvas.roomy();
        let own = self.own.at(now);
        // Once the run is over there is nothing left to give away: the comparison is shown to its end.
        let until = if own.complete.is_some() { now.at.max(Instant::ZERO + self.extent) } else { now.at };
        let other = self.shadow.as_ref().map(|(shadow, load)| (*shadow, load.by(until)));
        let mut drawing = Drawing::new(canvas, canvas.text.plain("page-label"));
        let chart = Chart::new(self, &own, other.as_ref(), canvas);
        if own.page.is_some() {
            drawing.add(browser_window::draw(&own, chart.window, canvas));
        }
        chart.draw(&own, other.as_ref(), &mut drawing);
        drawing
    }
}

/// Where everything stands.
struct Chart<'a> {
    canvas: &'a Canvas,
    title: String,
    shadow_title: String,
    /// Left edge of titles and file names.
    left: f64,
    top: f64,
    /// Width of the column of names.
    names: f64,
    axis: Axis,
    /// Left, top, width, height of the window.
    window: (f64, f64, f64, f64),
    /// Distance of rows: the run's, the shadow's.
    pitch: (f64, f64),
    /// How many rows each of them has.
    rows: f64,
    keys: Vec<Key>,
}

const PAD: f64 = 16.0;
const GAP: f64 = 12.0;
/// The highest that a row is.
const PITCH: f64 = 104.0;

impl<'a> Chart<'a> {
    fn new(page: &Page, own: &PageMoment, other: Option<&(Shadow, PageMoment)>, canvas: &'a Canvas) -> Self {
        let small = canvas.small();
        let narrow = canvas.is_narrow();
        let (left, top, window) = match (own.page.is_some(), narrow) {
            (false, _) => (PAD, PAD, (0.0, 0.0, 0.0, 0.0)),
            (true, true) => {
                let height = 148.0;
                (PAD, PAD + height + GAP, (PAD, PAD, canvas.width - 2.0 * PAD, height))
            }
            (true, false) => {
                let width = (canvas.width * 0.28).clamp(180.0, 320.0);
                let height = (canvas.height - 2.0 * PAD).min(440.0);
                (PAD + width + 32.0, PAD, (PAD, PAD, width, height))
            }
        };
        let paths = own.files.iter().chain(other.iter().flat_map(|(_, other)| &other.files));
        let widest = paths.map(|file| text_width(&file.path, small, Face::Mono)).fold(0.0, f64::max);
        let names = widest.min(canvas.width * 0.36) + GAP;
        let total = text_width("0.00 ms", small, Face::Sans) + 8.0;
        let reach = own.complete.map_or(own.now, |(at, _)| at).since(Instant::ZERO).max(page.extent);
        let axis = Axis::new(left + names, canvas.width - PAD - total - left - names, reach, canvas);
        let mut chart = Self {
            canvas,
            title: title(page, canvas),
            shadow_title: other
                .map_or_else(String::new, |(shadow, other)| shadow_title(*shadow, other, canvas)),
            left,
            top,
            names,
            axis,
            window,
            pitch: (0.0, 0.0),
            rows: 0.0,
            keys: keys(own, canvas),
        };
        let most = own.files.len().max(page.rows) as f64;
        let rows = (most, other.map_or(0.0, |_| most));
        chart.rows = most;
        let used = chart.rows_top() + chart.between(other.is_some()) + Axis::foot(canvas) + PAD;
        let share = (canvas.height - used) / (rows.0 + rows.1 * 0.8);
        let least = small + 7.0;
        // Names of the shadow's files are left out before those of the run's become too small.
        let own_pitch = share.clamp(least, PITCH);
        let rest = canvas.height - used - own_pitch * rows.0;
        let shadow_pitch = (rest / rows.1.max(1.0)).clamp(6.0, (own_pitch * 0.8).max(least));
        chart.pitch = (own_pitch, shadow_pitch);
        if !narrow {
            let (_, _, bottom) = chart.bottoms(other.is_some());
            chart.window.3 = (bottom - PAD).clamp(canvas.height * 0.5, canvas.height - 2.0 * PAD);
        }
        chart
    }

    /// Whether the legend stands beside the title.
    fn is_one_line(&self) -> bool {
        let title = text_width(&self.title, self.canvas.type_size, Face::Sans) * 1.1;
        let room = self.canvas.width - PAD - self.left;
        title + 24.0 + legend::row_width(&self.keys, self.canvas) <= room
    }

    fn legend_rows(&self) -> f64 {
        if self.is_one_line() {
            return 0.0;
        }
        let (_, rows) = legend::draw(&self.keys, self.left, self.canvas.width - PAD, 0.0, self.canvas);
        rows as f64
    }

    /// Title, legend, and the row of first paint.
    fn rows_top(&self) -> f64 {
        let small = self.canvas.small();
        self.top + self.canvas.type_size + 8.0 + self.legend_rows() * (small + 8.0) + small + 12.0
    }

    /// What stands between the run's rows and the shadow's.
    fn between(&self, shadow: bool) -> f64 {
        if shadow { self.canvas.small() + 28.0 } else { 0.0 }
    }

    /// Where the run's rows end, where the shadow's begin, and where all of them end.
    fn bottoms(&self, shadow: bool) -> (f64, f64, f64) {
        let end = self.rows_top() + self.pitch.0 * self.rows;
        if !shadow {
            return (end, end, end + 4.0);
        }
        let below = end + self.between(true);
        (end, below, below + self.pitch.1 * self.rows + 4.0)
    }

    fn draw(&self, own: &PageMoment, other: Option<&(Shadow, PageMoment)>, drawing: &mut Drawing) {
        let (small, size) = (self.canvas.small(), self.canvas.type_size);
        let top = self.rows_top();
        let (end, below, bottom) = self.bottoms(other.is_some());
        let spans = [(top - 4.0, end), (below, bottom)];
        let spans = &spans[..if other.is_some() { 2 } else { 1 }];
        for (top, bottom) in spans {
            drawing.add(self.axis.lines(*top, *bottom));
        }
        drawing.add(self.axis.numbers(bottom, self.canvas));
        drawing.add(Element::text(self.left, self.top + size, size, self.title.clone()).class("strong"));
        let right = self.canvas.width - PAD;
        let (from, y) = if self.is_one_line() {
            (right - legend::row_width(&self.keys, self.canvas), self.top + size)
        } else {
            (self.left, self.top + size + small + 8.0)
        };
        drawing.add(legend::draw(&self.keys, from, right, y, self.canvas).0);
        self.paint(own, (top, end), drawing);
        for (place, file) in own.files.iter().enumerate() {
            drawing.add(self.row(file, own, top + self.pitch.0 * place as f64));
        }
        if let Some((_, other)) = other {
            let title = Element::text(self.left, below - 10.0, small, self.shadow_title.clone());
            drawing.add(title.class("strong quiet"));
            for (place, file) in other.files.iter().enumerate() {
                drawing.add(self.shadow_row(file, other, below + self.pitch.1 * place as f64));
            }
        }
        if let Some(now) = self.axis.now(own.now, spans, bottom, self.canvas) {
            drawing.add(now);
        }
        // In front of the line of now, which they may stand beside.
        self.ends(own, top, self.pitch.0, "strong", drawing);
        if let Some((_, other)) = other {
            self.ends(other, below, self.pitch.1, "strong quiet", drawing);
        }
        drawing.height = drawing.height.max(bottom + Axis::foot(self.canvas) + 4.0);
    }

    /// What stands behind a bar: the page's time at its last file, that a file was given up.
    fn ends(&self, moment: &PageMoment, top: f64, pitch: f64, class: &str, drawing: &mut Drawing) {
        let small = self.canvas.small();
        for (place, file) in moment.files.iter().enumerate() {
            let Some(end) = file.parts.last().map(|part| self.axis.x(part.until)) else { continue };
            let complete = moment.complete.filter(|(at, _)| file.whole == Some(*at));
            let (words, class) = match complete {
                _ if file.failed => (self.canvas.text.plain("page-given-up"), "bad"),
                Some((at, _)) => (time_text::span(at.since(Instant::ZERO)), class),
                None => continue,
            };
            let baseline = top + pitch * (place as f64 + 0.5) + small * 0.36;
            drawing.add(Element::text(end + 8.0, baseline, small, words).class(format!("halo {class}")));
        }
    }

    /// First paint: a line over the run's rows, and its time above.
    fn paint(&self, own: &PageMoment, (top, end): (f64, f64), drawing: &mut Drawing) {
        let Some((at, entry)) = own.painted else { return };
        let small = self.canvas.small();
        let words = first_paint(at, self.canvas);
        let width = text_width(&words, small, Face::Sans);
        let x = self.axis.x(at);
        let middle = x.clamp(self.left + width / 2.0, self.canvas.width - PAD - width / 2.0);
        drawing.add(
            Element::group("paint")
                .entry(entry)
                .add(Element::line((x, top - 4.0), (x, end)))
                .add(Element::text(middle, top - 8.0, small, words).anchor("middle")),
        );
    }

    fn row(&self, file: &FileLoad, moment: &PageMoment, y: f64) -> Element {
        let row = Element::group("row")
            .add(self.name(file, y + self.pitch.0 / 2.0, "mono"))
            .add_all(self.parts(file, moment, y, self.pitch.0));
        match file.entry {
            Some(entry) => {
                let selection = Selection { entry: Some(entry), ..Selection::default() };
                row.entry(entry).selects(selection, spoken(file, self.canvas))
            }
            None => row,
        }
    }

    fn name(&self, file: &FileLoad, middle: f64, class: &str) -> Element {
        let small = self.canvas.small();
        let name = fitted(&file.path, small, Face::Mono, self.names - GAP);
        let x = self.left + self.names - GAP;
        Element::text(x, middle + small * 0.36, small, name).class(class).anchor("end")
    }

    fn shadow_row(&self, file: &FileLoad, moment: &PageMoment, y: f64) -> Element {
        let bars = Element::group("shadow").add_all(self.parts(file, moment, y, self.pitch.1));
        if self.pitch.1 < self.canvas.small() + 5.0 {
            return bars;
        }
        Element::group("row").add(self.name(file, y + self.pitch.1 / 2.0, "mono quiet")).add(bars)
    }

    /// The bars of a file.
    fn parts(&self, file: &FileLoad, moment: &PageMoment, y: f64, pitch: f64) -> Vec<Element> {
        let height = (pitch * 0.58).clamp(4.0, 44.0).round();
        let top = y + (pitch - height) / 2.0;
        let mut bars = Vec::new();
        if let Some(named) = file.named {
            let until = file.parts.first().map_or(moment.now, |part| part.from);
            let (from, to) = (self.axis.x(named), self.axis.x(until));
            if to - from > 1.0 {
                bars.push(Element::rect(from, y + pitch / 2.0 - 1.0, to - from, 2.0).class("load thin"));
            }
        }
        for part in &file.parts {
            let (from, to) = (self.axis.x(part.from), self.axis.x(part.until));
            let class = format!("load {}{}", part.kind.key(), if part.lost { " is-lost" } else { "" });
            // A gap of one pixel keeps neighbours apart.
            let width = (to - from - 1.0).max(1.0);
            bars.push(
                Element::rect(from, top, width, height).number("rx", 3.0_f64.min(width / 2.0)).class(class),
            );
            if part.lost {
                let (x, middle) = (to, top + height / 2.0);
                bars.push(
                    Element::path(format!(
                        "M{} {}l8 8m0 -8l-8 8",
                        crate::number::px(x - 4.0),
                        crate::number::px(middle - 4.0)
                    ))
                    .class("cross"),
                );
            }
        }
        bars
    }
}

fn title(page: &Page, canvas: &Canvas) -> String {
    let key = match page.own.policy {
        Some(policy) => policy.key(),
        None if page.own.at_once > 1 => "requests-at-once",
        None => "one-by-one",
    };
    canvas.text.get(&format!("page-own-{key}"), &[("count", &page.own.at_once.to_string())])
}

/// The other way's name, and what it has reached so far.
fn shadow_title(shadow: Shadow, other: &PageMoment, canvas: &Canvas) -> String {
    let words = canvas.text.plain(&format!("page-shadow-{}", shadow.key()));
    let (Some((at, _)), false) = (other.painted, canvas.is_narrow()) else { return words };
    format!("{words} · {}", first_paint(at, canvas))
}

/// `first paint 270 ms`.
pub fn first_paint(at: Instant, canvas: &Canvas) -> String {
    canvas.text.get("page-first-paint", &[("time", &time_text::span(at.since(Instant::ZERO)))])
}

fn keys(own: &PageMoment, canvas: &Canvas) -> Vec<Key> {
    let kinds = LoadKind::VARIANTS.iter().map(|kind| Key {
        class: format!("load {}", kind.key()),
        name: canvas.text.plain(&format!("page-{}", kind.key())),
    });
    let queued = own
        .page
        .is_some()
        .then(|| Key { class: "load thin".to_owned(), name: canvas.text.plain("page-queued") });
    kinds.chain(queued).collect()
}

/// A file in words: `/a.jpg: set-up 100 ms, request 51 ms`.
fn spoken(file: &FileLoad, canvas: &Canvas) -> String {
    let parts = file.parts.iter().map(|part| {
        let kind = canvas.text.plain(&format!("page-{}", part.kind.key()));
        format!("{kind} {}", time_text::span(part.until.since(part.from)))
    });
    format!("{}: {}", file.path, parts.collect::<Vec<_>>().join(", "))
}
