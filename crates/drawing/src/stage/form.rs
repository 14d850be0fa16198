//! How a stage is written: its words, the sizes of its type, and how much of it there is.

use playground_words::Text;

use crate::canvas::Canvas;

/// What becomes of a socket's buffers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Buffers {
    /// They are left out.
    None,
    /// Both in one line.
    Line,
    /// A line for each.
    Lines,
    /// Two lines for what was received.
    Grid,
}

/// How much a card shows. What has no room is left out before type becomes too small to read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detail {
    /// The line under the name.
    pub subtitle: bool,
    pub buffers: Buffers,
    /// A band for what the role waits for; else an hourglass beside the state.
    pub waits: bool,
    /// Lines of what the role believes.
    pub belief: usize,
    /// Lines of the last call.
    pub calls: usize,
    /// The shapes of segments and their names, below.
    pub legend: bool,
}

impl Detail {
    /// From the most to the least.
    pub const ALL: [Self; 7] = {
        let all =
            Self { subtitle: true, buffers: Buffers::Grid, waits: true, belief: 2, calls: 2, legend: true };
        let lines = Self { buffers: Buffers::Lines, ..all };
        let plain = Self { legend: false, belief: 1, calls: 1, ..lines };
        let low = Self { subtitle: false, ..plain };
        let line = Self { buffers: Buffers::Line, calls: 0, ..low };
        let short = Self { waits: false, belief: 0, ..line };
        [all, lines, plain, low, line, short, Self { buffers: Buffers::None, ..short }]
    };
}

/// Words, sizes of type in units of the drawing, and detail.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Form {
    pub text: Text,
    /// A node's name.
    pub name: f64,
    /// The line under it; waits; beliefs.
    pub body: f64,
    /// States, tiles, calls, segments.
    pub mono: f64,
    /// Ports, the words beside shapes.
    pub small: f64,
    pub detail: Detail,
}

impl Form {
    /// The form on a canvas, with type smaller by `less`, but never too small.
    pub fn new(canvas: &Canvas, less: f64, detail: Detail) -> Self {
        let main = if canvas.type_size > Canvas::PAGE { 16.0 } else { canvas.type_size };
        let size = |size: f64| (size - less).max(Canvas::SMALLEST);
        Self {
            text: canvas.text,
            name: size(main + 3.0),
            body: size(main),
            mono: size(main),
            small: size(main - 2.0),
            detail,
        }
    }

    /// The height of a line of tiles.
    pub fn tile(&self) -> f64 {
        self.small + 10.0
    }

    /// The height of a socket's slot.
    pub fn well(&self) -> f64 {
        let state = self.mono + 14.0;
        match self.detail.buffers {
            Buffers::None => state,
            Buffers::Line => state + self.tile() + 5.0,
            Buffers::Lines => state + 2.0 * self.tile() + 10.0,
            Buffers::Grid => state + 3.0 * self.tile() + 14.0,
        }
    }

    /// The height of the band of a wait.
    pub fn band(&self) -> f64 {
        (self.body * 1.9).round()
    }

    /// The height of a line of text.
    pub fn line(&self) -> f64 {
        (self.body * 1.3).round()
    }

    /// The height of a card's head.
    pub fn header(&self) -> f64 {
        if self.detail.subtitle {
            (self.name * 1.2 + self.body * 1.3 + 20.0).round()
        } else {
            self.name + 20.0
        }
    }

    /// The height of the last call.
    pub fn terminal(&self) -> f64 {
        match self.detail.calls {
            0 => 0.0,
            1 => self.mono + 12.0,
            _ => 2.0 * self.mono + 24.0,
        }
    }
}
