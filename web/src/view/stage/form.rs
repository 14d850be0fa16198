//! The layouts of the stage, and their font sizes.

/// The layout of the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Beside the lesson text: full detail, nodes from left to right.
    Page,
    /// On a low screen: less detail, in less height.
    Flat,
    /// The same on a screen that is narrow too.
    Snug,
    /// In slides: larger type, no legend.
    Slide,
    /// In slides of 4:3: less width, more height.
    Square,
    /// On a phone: nodes top to bottom.
    Tall,
}

/// Below this width, in CSS pixels, nodes are always stacked.
const PHONE: f64 = 540.0;
/// Below this width they are stacked if there is height for it.
const NARROW: f64 = 720.0;

/// Below this ratio of width to height a slide has the form for 4:3.
const SQUARE: f64 = 1.9;

/// Below this height there is no room for full detail.
const LOW: f64 = 345.0;

/// Font sizes, in units of the drawing (a CSS pixel at natural size).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct TypeSizes {
    /// A node's name.
    pub(super) name: f64,
    /// The line under it; waits; beliefs.
    pub(super) text: f64,
    /// States, tiles, calls.
    pub(super) mono: f64,
    /// Ports, the words beside shapes.
    pub(super) small: f64,
}

impl Form {
    /// The form for a container of this size (unknown at first), by the numbers of nodes and of rows of pipes.
    pub(super) fn for_size(size: Option<(f64, f64)>, slide: bool, nodes: usize, rows: u32) -> Self {
        // On a phone only the list is legible.
        let stands = |width: f64| rows == 1 || rows == 2 && nodes <= 2 || width < PHONE;
        let lies = !slide && nodes <= 5;
        match size {
            Some((width, height)) if lies && (PHONE..NARROW).contains(&width) && height < LOW => Self::Snug,
            Some((width, height)) if width < NARROW && stands(width) && (!slide || width < height) => {
                Self::Tall
            }
            Some((width, height)) if lies && height < LOW => {
                if width < 850.0 {
                    Self::Snug
                } else {
                    Self::Flat
                }
            }
            Some((width, height)) if slide && width < SQUARE * height => Self::Square,
            _ if slide => Self::Slide,
            _ => Self::Page,
        }
    }

    /// Whether the drawing is wider than the container, which then scrolls.
    pub(super) fn overflows(self, size: Option<(f64, f64)>) -> bool {
        !matches!(self, Self::Tall | Self::Snug | Self::Square)
            && size.is_some_and(|(width, _)| width < NARROW)
    }

    /// Whether it is for low screens.
    pub(super) const fn is_flat(self) -> bool {
        matches!(self, Self::Flat | Self::Snug)
    }

    /// Its font sizes.
    pub(super) const fn type_sizes(self) -> TypeSizes {
        match self {
            Self::Flat | Self::Snug => TypeSizes { name: 17.0, text: 13.5, mono: 13.0, small: 12.5 },
            Self::Page => TypeSizes { name: 19.0, text: 15.0, mono: 14.5, small: 14.0 },
            Self::Slide => TypeSizes { name: 21.0, text: 16.0, mono: 15.5, small: 15.0 },
            Self::Square => TypeSizes { name: 19.0, text: 14.0, mono: 13.5, small: 13.0 },
            Self::Tall => TypeSizes { name: 15.5, text: 12.5, mono: 12.0, small: 12.0 },
        }
    }
}
