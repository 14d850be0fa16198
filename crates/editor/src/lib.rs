//! The playground's editor, without a browser: what can be changed of a scenario, and how.

mod amount;
mod building;
mod change;
mod difference;
mod form;
mod header_fields;
mod message;
mod network;
mod part;
mod preset;
mod schema;
mod settings;

pub use amount::{Scale, Unit, Unreadable, read_amount};
pub use change::Change;
pub use difference::{Compared, Difference, differences};
pub use form::{Choice, ChoiceWords, Control, ENTRIES_SHOWN, Entry, Field, Form, Refusal, Section};
pub use header_fields::{HEADER_FIELDS, HeaderField, Messages};
pub use message::{Completion, Mistake, answered_method, field_at};
pub use network::{
    Consequence, MOST_CLIENTS, MOST_PROXIES, MOST_SERVERS, NetworkChange, NetworkRefusal, ProxyKind,
    is_client, is_proxy, is_server,
};
pub use part::Part;
pub use preset::blank;
pub use settings::Group;

/// The JSON schema of a scenario, by the scenario's own types.
pub const SCHEMA: &str = include_str!("../scenario.schema.json");
