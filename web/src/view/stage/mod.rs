//! The stage.

mod buffer;
mod card;
mod clock;
mod effects;
mod flight;
mod flight_shape;
mod form;
mod layout;
mod layout_chain;
mod layout_star;
mod layout_strip;
mod layout_tall;
mod layout_wide;
mod legend;
mod number_badge;
mod pipe;
mod question;
mod rect;
mod role_sign;
mod socket_well;
mod spoken;
mod stage;
mod strip;
mod summary;
mod terminal;
mod tiles;
mod traffic;

pub use stage::Stage;
pub use strip::StageStrip;
