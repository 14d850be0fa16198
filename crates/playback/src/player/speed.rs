//! The speed of playing.

/// How fast view time passes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Speed {
    /// 0.5x.
    Half,
    /// 1x.
    #[default]
    Normal,
    /// 2x.
    Double,
    /// 4x.
    Quadruple,
}

impl Speed {
    /// All speeds, slowest first.
    pub const ALL: [Self; 4] = [Self::Half, Self::Normal, Self::Double, Self::Quadruple];

    /// View time for so much wall time, both in microseconds.
    pub const fn scale(self, wall_us: u64) -> u64 {
        match self {
            Self::Half => wall_us / 2,
            Self::Normal => wall_us,
            Self::Double => wall_us.saturating_mul(2),
            Self::Quadruple => wall_us.saturating_mul(4),
        }
    }

    /// The factor as links and buttons write it: `0.5`, `1`, `2`, `4`.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Half => "0.5",
            Self::Normal => "1",
            Self::Double => "2",
            Self::Quadruple => "4",
        }
    }

    /// The factor as a number.
    pub const fn factor(self) -> f64 {
        match self {
            Self::Half => 0.5,
            Self::Normal => 1.0,
            Self::Double => 2.0,
            Self::Quadruple => 4.0,
        }
    }

    /// The speed written so.
    ///
    /// Errors: `None` for anything but the four factors.
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|speed| speed.text() == text)
    }
}
