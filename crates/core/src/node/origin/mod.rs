//! The origin server and its resources.

mod answer;
mod early_answer;
mod image;
mod method;
mod resource;
mod restart;
mod server;
mod spec;
mod typed_answer;

pub use resource::{BodyFraming, CachingSpec, CutSpec, ResourceSpec};
pub use restart::RestartSpec;
pub use spec::{BreakMoment, BreakSpec, CloseStyle, OriginServerSpec};
