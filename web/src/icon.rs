//! Icons, drawn on a grid of 24.

use yew::prelude::*;

/// The icons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// A triangle.
    Play,
    /// Two bars.
    Pause,
    /// An arrow to the left.
    Previous,
    /// An arrow to the right.
    Next,
    /// A circle with an arrow.
    Reset,
    /// An arrow that turns back to the left.
    Undo,
    /// An arrow that turns to the right.
    Redo,
    /// A sun and a moon.
    Theme,
    /// A book that lies open.
    Map,
    /// A box with an arrow out of it.
    Share,
    /// A pair of braces.
    Playground,
    /// A cross.
    Close,
    /// A tick.
    Right,
    /// An exclamation mark in a triangle.
    Warning,
    /// A flag on a goal.
    Goal,
    /// Two sheets.
    Copy,
    /// An arrow into a tray.
    Download,
    /// A plus.
    Add,
    /// An arrow upwards.
    Up,
    /// An arrow downwards.
    Down,
    /// A keyboard.
    Keyboard,
    /// An i in a circle.
    Note,
}

impl Picture {
    const fn path(self) -> &'static str {
        match self {
            Self::Play => "M8 5.5v13l10.5-6.5z",
            Self::Pause => "M7 5.5h3.5v13H7zM13.5 5.5H17v13h-3.5z",
            Self::Previous => "M19 12H5M11 6l-6 6 6 6",
            Self::Next => "M5 12h14M13 6l6 6-6 6",
            Self::Reset => "M4.5 12a7.5 7.5 0 1 0 2.4-5.5M4.5 4.5v4.2h4.2",
            Self::Undo => "M9 5L4.5 9.5 9 14M5 9.5h8.5a5 5 0 0 1 0 10H9",
            Self::Redo => "M15 5l4.5 4.5L15 14M19 9.5h-8.5a5 5 0 0 0 0 10H15",
            Self::Theme => "M12 3.5v17M12 3.5a8.5 8.5 0 0 1 0 17 8.5 8.5 0 0 1 0-17M12 8h5M12 12h8M12 16h5",
            Self::Map => "M12 6.5c-2-1.5-5-2-8-2v13c3 0 6 .5 8 2 2-1.5 5-2 8-2v-13c-3 0-6 .5-8 2zM12 6.5v13",
            Self::Share => "M12 14.5v-10M8 8l4-4 4 4M5 12v7.5h14V12",
            Self::Playground => {
                "M9 5c-2.5 0-2.5 1-2.5 3.5S6 12 4 12c2 0 2.5 1 2.5 3.5S6.5 19 9 19M15 5c2.5 0 2.5 1 2.5 3.5S18 12 20 12c-2 0-2.5 1-2.5 3.5S17.5 19 15 19"
            }
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Right => "M5 12.5l4.5 4.5L19 7.5",
            Self::Warning => "M12 4.5l8.5 15h-17zM12 10v4M12 16.8v.2",
            Self::Goal => "M6 21V4M6 5c4-2 7 2 12 0v9c-5 2-8-2-12 0",
            Self::Copy => "M9 9h10v11H9zM15 9V4H5v11h4",
            Self::Download => "M12 4v10.5M8 11l4 4 4-4M5 15v4.5h14V15",
            Self::Add => "M12 5v14M5 12h14",
            Self::Up => "M12 19V5M6 11l6-6 6 6",
            Self::Down => "M12 5v14M6 13l6 6 6-6",
            Self::Keyboard => "M3 6.5h18v11H3zM6.5 10h.1M10 10h.1M13.5 10h.1M17 10h.1M8 14h8",
            Self::Note => "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 11v5M12 7.8v.2",
        }
    }
}

/// An icon, hidden from assistive technology: a control needs a label besides it.
pub fn icon(picture: Picture) -> Html {
    let solid = matches!(picture, Picture::Play | Picture::Pause);
    html! {
        <svg class={classes!("icon", solid.then_some("solid"))} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d={picture.path()} />
        </svg>
    }
}
