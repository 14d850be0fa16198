//! The controls of time at the bottom: play, steps, scrubber, speed.

mod clock;
mod dock;
mod scrubber;
mod speeds;
mod transport;

pub use clock::seconds;
pub use dock::Dock;
