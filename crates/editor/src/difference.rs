//! What differs between two scenarios, field by field.

use std::collections::BTreeSet;

use playground_core::scenario::Scenario;
use serde_json::{Map, Value};

/// A field that two scenarios have with different values.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Which part of the scenario.
    pub part: Compared,
    /// The names of the field and of what it is in, outermost first, without the role's own: `idle_timeout_us`. Empty
    /// where a whole node or link is missing in one of them.
    pub path: Vec<String>,
    /// The value in the first; none where it has no such field.
    pub a: Option<Value>,
    /// The value in the second.
    pub b: Option<Value>,
}

/// A part of a scenario, by what it is called: places in lists change when something is added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compared {
    /// The scenario itself.
    Scenario,
    /// A node, by its name.
    Node(String),
    /// A link, by the names of its nodes.
    Link(String, String),
}

/// Every difference: of the scenario itself, of its nodes, of its links.
pub fn differences(a: &Scenario, b: &Scenario) -> Vec<Difference> {
    let (a, b) = (json(a), json(b));
    let mut found = Vec::new();
    for key in keys(&a, &b).into_iter().filter(|key| key != "nodes" && key != "links") {
        compare(&Compared::Scenario, &mut vec![key.clone()], a.get(&key), b.get(&key), &mut found);
    }
    parts(&a, &b, "nodes", |node| Compared::Node(text(&node["name"])), &mut found);
    let link = |link: &Value| {
        let mut ends = [text(&link["between"][0]), text(&link["between"][1])];
        ends.sort();
        let [one, other] = ends;
        Compared::Link(one, other)
    };
    parts(&a, &b, "links", link, &mut found);
    found
}

fn json(scenario: &Scenario) -> Map<String, Value> {
    match serde_json::to_value(scenario).expect("plain data") {
        Value::Object(fields) => fields,
        other => Map::from_iter([(String::new(), other)]),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn keys(a: &Map<String, Value>, b: &Map<String, Value>) -> Vec<String> {
    a.keys().chain(b.keys().filter(|key| !a.contains_key(*key))).cloned().collect()
}

/// The members of a list that have names.
fn parts(
    a: &Map<String, Value>,
    b: &Map<String, Value>,
    list: &str,
    name: impl Fn(&Value) -> Compared,
    found: &mut Vec<Difference>,
) {
    let members =
        |of: &Map<String, Value>| of.get(list).and_then(Value::as_array).cloned().unwrap_or_default();
    let (a, b) = (members(a), members(b));
    for one in &a {
        let part = name(one);
        match b.iter().find(|other| name(other) == part) {
            Some(other) => compare(&part, &mut Vec::new(), Some(one), Some(other), found),
            None => found.push(Difference { part, path: Vec::new(), a: Some(one.clone()), b: None }),
        }
    }
    for other in b.iter().filter(|other| !a.iter().any(|one| name(one) == name(other))) {
        found.push(Difference { part: name(other), path: Vec::new(), a: None, b: Some(other.clone()) });
    }
}

fn compare(
    part: &Compared,
    path: &mut Vec<String>,
    a: Option<&Value>,
    b: Option<&Value>,
    found: &mut Vec<Difference>,
) {
    if a == b {
        return;
    }
    match (a, b) {
        (Some(Value::Object(a)), Some(Value::Object(b))) => match (role(path, a), role(path, b)) {
            // Another role: its name, and the settings that both roles have.
            (Some((one, inner)), Some((other, outer))) if one != other => {
                found.push(Difference {
                    part: part.clone(),
                    path: path.clone(),
                    a: Some(Value::from(one.as_str())),
                    b: Some(Value::from(other.as_str())),
                });
                let shared: BTreeSet<&String> = inner.keys().filter(|key| outer.contains_key(*key)).collect();
                for key in shared {
                    inside(part, path, key, inner.get(key), outer.get(key), found);
                }
            }
            (Some((_, inner)), Some((_, outer))) => fields(part, path, inner, outer, found),
            (None, _) | (_, None) => fields(part, path, a, b, found),
        },
        (Some(Value::Array(a)), Some(Value::Array(b))) if a.len() == b.len() => {
            for (place, (a, b)) in a.iter().zip(b).enumerate() {
                inside(part, path, &(place + 1).to_string(), Some(a), Some(b), found);
            }
        }
        (a, b) => {
            found.push(Difference { part: part.clone(), path: path.clone(), a: a.cloned(), b: b.cloned() })
        }
    }
}

fn fields(
    part: &Compared,
    path: &mut Vec<String>,
    a: &Map<String, Value>,
    b: &Map<String, Value>,
    found: &mut Vec<Difference>,
) {
    for key in keys(a, b) {
        inside(part, path, &key, a.get(&key), b.get(&key), found);
    }
}

fn inside(
    part: &Compared,
    path: &mut Vec<String>,
    key: &str,
    a: Option<&Value>,
    b: Option<&Value>,
    found: &mut Vec<Difference>,
) {
    path.push(key.to_owned());
    compare(part, path, a, b, found);
    path.pop();
}

/// The name and the settings of a role, which is an object with one field.
fn role<'a>(path: &[String], fields: &'a Map<String, Value>) -> Option<(&'a String, &'a Map<String, Value>)> {
    let is_role = path.last().is_some_and(|name| name == "role") && fields.len() == 1;
    let (name, inner) = fields.iter().next().filter(|_| is_role)?;
    Some((name, inner.as_object()?))
}

#[cfg(test)]
mod tests {
    use playground_lessons::{KnobValues, find};
    use serde_json::json;

    use super::*;

    fn scenario(lesson: &str) -> Scenario {
        let lesson = find(lesson).expect("a lesson");
        (lesson.scenario)(&KnobValues::defaults(lesson))
    }

    fn edited(scenario: &Scenario, edit: impl FnOnce(&mut Value)) -> Scenario {
        let mut json = serde_json::to_value(scenario).expect("plain data");
        edit(&mut json);
        Scenario::from_json(&json.to_string()).expect("a scenario")
    }

    #[test]
    fn a_scenario_does_not_differ_from_itself() {
        for lesson in playground_lessons::all() {
            let scenario = (lesson.scenario)(&KnobValues::defaults(lesson));
            assert_eq!(differences(&scenario, &scenario), [], "{}", lesson.id);
        }
    }

    #[test]
    fn another_kind_of_proxy_is_one_difference() {
        let dumb = scenario("dumb-proxy");
        let smart = edited(&dumb, |json| {
            let role = &mut json["nodes"][1]["role"];
            let settings = &role["dumb-proxy"];
            *role = json!({ "smart-proxy": { "port": settings["port"], "next": settings["next"], "next_port": settings["next_port"] } });
        });
        let found = differences(&dumb, &smart);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(
            (found[0].part.clone(), found[0].path.join(".")),
            (Compared::Node("proxy".to_owned()), "role".to_owned())
        );
        assert_eq!(
            (found[0].a.clone(), found[0].b.clone()),
            (Some(json!("dumb-proxy")), Some(json!("smart-proxy")))
        );
    }

    #[test]
    fn fields_nodes_and_links_are_found_by_name() {
        let a = scenario("dumb-proxy");
        let b = edited(&a, |json| {
            json["seed"] = json!(7);
            json["links"][0]["delay_us"] = json!(1);
            json["nodes"][2]["role"]["origin-server"]["idle_timeout_us"] = json!(3);
        });
        let found = differences(&a, &b);
        let told: Vec<String> =
            found.iter().map(|one| format!("{:?} {}", one.part, one.path.join("."))).collect();
        assert_eq!(
            told,
            [
                "Scenario seed",
                "Node(\"server\") role.idle_timeout_us",
                "Link(\"client\", \"proxy\") delay_us",
            ]
        );
    }
}
