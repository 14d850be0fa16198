//! The three forms of the picture, and their sizes.

/// Which form the stage takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Beside a story: everything, nodes left to right.
    Wide,
    /// In slides: larger type, nodes left to right.
    Slide,
    /// On a phone: nodes top to bottom.
    Tall,
}

/// Sizes of type, in the picture's unit (a CSS pixel at the picture's natural size).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct TypeSizes {
    /// A node's name.
    pub(super) name: f64,
    /// What stands under it; waiting; belief.
    pub(super) text: f64,
    /// States, tiles, calls.
    pub(super) mono: f64,
    /// Ports, the words beside shapes.
    pub(super) small: f64,
}

impl Form {
    /// The form for a container so wide (unknown at first) with so many rows of pipes at most.
    pub(super) fn for_width(width: Option<f64>, slide: bool, rows: u32) -> Self {
        match width {
            Some(width) if width < 620.0 && rows <= 2 => Self::Tall,
            _ if slide => Self::Slide,
            _ => Self::Wide,
        }
    }

    /// Its sizes of type.
    pub(super) const fn type_sizes(self) -> TypeSizes {
        match self {
            Self::Wide => TypeSizes { name: 17.0, text: 13.0, mono: 12.5, small: 12.0 },
            Self::Slide => TypeSizes { name: 20.0, text: 15.0, mono: 14.0, small: 13.5 },
            Self::Tall => TypeSizes { name: 15.5, text: 12.5, mono: 12.0, small: 12.0 },
        }
    }
}
