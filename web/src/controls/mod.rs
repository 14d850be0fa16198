//! Controls of simulated time.

mod clock;
mod dock;
mod scrubber;

pub use clock::seconds;
pub use dock::Dock;
