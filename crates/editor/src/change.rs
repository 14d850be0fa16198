//! Changes of a scenario: each makes another sound scenario, or is refused.

use playground_core::problem::Problem;
use playground_core::scenario::{Scenario, ScenarioError};
use serde_json::{Map, Value};

use crate::part::Part;

/// A change of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Sets a field.
    Set {
        /// Its place in the scenario's JSON: a pointer (RFC 6901).
        at: String,
        /// Its value.
        value: Value,
    },
    /// Leaves a field out, so that its default holds.
    Remove {
        /// Its place.
        at: String,
    },
}

/// The fields that hold names of nodes.
const NAMES: [&str; 5] = ["connect_to", "next", "to", "between", "node"];

impl Change {
    /// The changed scenario. A node's new name is set wherever the old one is used.
    ///
    /// # Errors
    ///
    /// The changed scenario is not sound: the field and its problem.
    pub fn apply(&self, scenario: &Scenario) -> Result<Scenario, ScenarioError> {
        let mut json = serde_json::to_value(scenario).expect("every map of a scenario has strings as keys");
        match self {
            Self::Set { at, value } => {
                let renamed = renamed(at, &json);
                let is_taken = |name: &str| scenario.nodes.iter().any(|node| node.name == name);
                if let (Some(old), Some(new)) = (&renamed, value.as_str())
                    && old != new
                    && is_taken(new)
                {
                    let field = at.trim_start_matches('/').replacen('/', "[", 1).replacen('/', "].", 1);
                    return Err(ScenarioError { field, problem: Problem::unique_name() });
                }
                if let Some(place) = make(&mut json, at) {
                    *place = value.clone();
                }
                if let (Some(old), Some(new)) = (renamed, value.as_str()) {
                    rename(&mut json, &old, new);
                }
            }
            Self::Remove { at } => {
                let around =
                    at.rsplit_once('/').and_then(|(around, name)| Some((json.pointer_mut(around)?, name)));
                match around {
                    Some((Value::Object(fields), name)) => _ = fields.remove(name),
                    Some((Value::Array(entries), index)) => {
                        if let Some(index) = index.parse().ok().filter(|index| *index < entries.len()) {
                            entries.remove(index);
                        }
                    }
                    _ => {}
                }
            }
        }
        Scenario::from_json(&json.to_string())
    }

    /// The place of the text that it types key by key.
    pub fn typed_at(&self) -> Option<&str> {
        match self {
            Self::Set { at, value } if value.is_string() && at.ends_with("/text") => Some(at),
            _ => None,
        }
    }

    /// The part that is edited after the change: a node that has got another name is the same node.
    pub fn follow(&self, part: Part, scenario: &Scenario) -> Part {
        let Self::Set { at, value } = self else { return part };
        let json = serde_json::to_value(scenario).unwrap_or_default();
        match (&part, renamed(at, &json), value.as_str()) {
            (Part::Node(name), Some(old), Some(new)) if *name == old => Part::Node(new.to_owned()),
            _ => part,
        }
    }
}

/// The old name, where a place is the name of a node.
fn renamed(at: &str, json: &Value) -> Option<String> {
    let mut steps = at.split('/').skip(1);
    let is_name = steps.next() == Some("nodes") && steps.nth(1) == Some("name") && steps.next().is_none();
    is_name.then(|| json.pointer(at)?.as_str().map(str::to_owned)).flatten()
}

/// Sets a new name where the old one is used.
fn rename(json: &mut Value, old: &str, new: &str) {
    match json {
        Value::Object(fields) => {
            for (name, value) in fields {
                if NAMES.contains(&name.as_str()) {
                    replace(value, old, new);
                }
                rename(value, old, new);
            }
        }
        Value::Array(entries) => entries.iter_mut().for_each(|entry| rename(entry, old, new)),
        _ => {}
    }
}

fn replace(value: &mut Value, old: &str, new: &str) {
    match value {
        Value::String(name) if name == old => new.clone_into(name),
        Value::Array(names) => names.iter_mut().for_each(|name| replace(name, old, new)),
        _ => {}
    }
}

/// The place of a pointer; objects that are missing on the way are made.
fn make<'v>(json: &'v mut Value, at: &str) -> Option<&'v mut Value> {
    let mut place = json;
    for step in at.split('/').skip(1) {
        if place.is_null() {
            *place = Value::Object(Map::new());
        }
        place = match place {
            Value::Object(fields) => fields.entry(step).or_insert(Value::Null),
            Value::Array(entries) => entries.get_mut(step.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(place)
}

#[cfg(test)]
mod tests {
    use playground_lessons::KnobValues;
    use serde_json::json;

    use super::*;

    fn scenario() -> Scenario {
        let lesson = playground_lessons::find("dumb-proxy").expect("it is there");
        (lesson.scenario)(&KnobValues::defaults(lesson))
    }

    fn set(at: &str, value: Value) -> Result<Scenario, ScenarioError> {
        Change::Set { at: at.to_owned(), value }.apply(&scenario())
    }

    #[test]
    fn a_field_is_set_and_left_out_again() {
        let changed = set("/nodes/0/stack/nagle", false.into()).expect("it is sound");
        assert_eq!(changed.nodes[0].stack.nagle, Some(false));
        let back = Change::Remove { at: "/nodes/0/stack/nagle".to_owned() }.apply(&changed);
        assert_eq!(back, Ok(scenario()));
        let nothing = Change::Remove { at: "/nodes/7/stack/nagle".to_owned() }.apply(&scenario());
        assert_eq!(nothing, Ok(scenario()));
    }

    #[test]
    fn a_new_name_is_followed_by_all_who_use_it() {
        let place = scenario().nodes.iter().position(|node| node.name == "proxy").expect("a proxy");
        let change = Change::Set { at: format!("/nodes/{place}/name"), value: "relay".into() };
        let changed = change.apply(&scenario()).expect("it is sound");
        let json = changed.to_json();
        assert!(!json.contains("\"proxy\"") && json.matches("\"relay\"").count() >= 4, "{json}");
        assert_eq!(
            change.follow(Part::Node("proxy".to_owned()), &scenario()),
            Part::Node("relay".to_owned())
        );
        assert_eq!(change.follow(Part::Link(0), &scenario()), Part::Link(0));
        assert_eq!(Part::Node("proxy".to_owned()).within(&changed), Part::Scenario);
    }

    #[test]
    fn what_is_not_sound_is_refused_at_its_field() {
        for (at, value, error) in [
            (
                "/links/0/delay_us",
                json!(700_000_000_u64),
                "links[0].delay_us: must be at most 600,000,000 µs (600 s)",
            ),
            ("/nodes/0/name", json!("server"), "nodes[0].name: must be unique, and 1 to 64 octets long"),
            ("/nodes/0/name", json!(""), "nodes[0].name: must be unique, and 1 to 64 octets long"),
            (
                "/seed",
                json!("x"),
                "seed: must be a whole number from 0 to 18,446,744,073,709,551,615, not \"x\"",
            ),
            (
                "/nodes/0/colour",
                json!(1),
                "nodes[0].colour: is not known here; there are name, address, profile, stack, role",
            ),
        ] {
            assert_eq!(set(at, value).expect_err(at).to_string(), error);
        }
    }
}
