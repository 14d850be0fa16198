//! The steps of a lesson as files for slides and paper. Only the command line uses it: nothing of it is in the page.
//!
//! A still is a drawing of [`playground_drawing`] with the step's sentence below it ([`Stills`]). [`Plain`] writes it as
//! SVG without a style sheet, [`Fonts`] draws that SVG as PNG, [`Animation`] several of them as one moving picture.

mod animation;
mod archive;
mod palette;
mod plain;
mod png;
mod still;

pub use animation::{Animation, LARGEST};
pub use archive::zip;
pub use plain::Plain;
pub use png::{Fonts, Problem};
pub use still::{Look, Stills};
