//! The steps of a lesson as files for slides and paper. Only the command line uses it: nothing of it is in the page.
//!
//! A still is a drawing of [`playground_drawing`] with the step's sentence below it ([`Stills`]). [`Plain`] writes it as
//! SVG without a style sheet, [`Fonts`] draws that SVG as PNG, [`Animation`] several of them as one moving
//! picture. [`handout()`] and [`sheet()`] are pages for paper.

mod animation;
mod archive;
mod handout;
mod palette;
mod paper;
mod plain;
mod png;
mod sheet;
mod still;

pub use animation::{Animation, LARGEST};
pub use archive::zip;
pub use handout::handout;
pub use plain::Plain;
pub use png::{Fonts, Problem};
pub use sheet::sheet;
pub use still::{Look, Stills};
