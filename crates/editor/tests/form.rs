//! Forms: every field has its words, its unit and its default, every form fits its scenario.

use std::collections::BTreeSet;

use playground_core::scenario::{Limits, Scenario};
use playground_editor::{Choice, ChoiceWords, Control, Field, Form, HEADER_FIELDS, SCHEMA, Unit};
use playground_lessons::{KnobValues, Language, all};
use playground_words::Text;
use serde_json::{Value, json};

/// A scenario in which every role and every part that may be left out is there.
fn everything() -> Value {
    let stack = json!({
        "tls": {}, "resolver": { "cached": [{ "name": "a.b", "address": "10.0.0.9" }] }, "keepalive": {},
    });
    let node = |number: usize, role: Value| json!({ "name": format!("node-{number}"), "address": format!("10.0.0.{}", number + 1), "role": role });
    let resource = json!({
        "path": "/", "body_len": 9, "framing": { "wrong-length": { "announced": 7 } }, "objects": ["/a.gif"],
        "caching": {}, "cut": { "after": 3 },
    });
    let proxy = json!({ "next": "node-2", "pool": { "connections": 2 } });
    let calls = json!([
        { "listen": { "port": 80 } }, { "connect": { "to": "node-2", "port": 80 } }, { "send": { "text": "a" } },
        { "receive": {} }, { "read-all": {} }, { "echo": {} }, { "shutdown": {} }, { "shutdown-input": {} },
        { "close": {} }, { "abort": {} }, { "set-no-delay": { "on": true } },
    ]);
    let steps: Vec<Value> =
        calls.as_array().unwrap().iter().map(|call| json!({ "at_us": 0, "call": call })).collect();
    let mut nodes: Vec<Value> = [
        json!({ "client": {
            "connect_to": "node-2", "host": "a",
            "requests": [{ "path": "/", "text": "GET / HTTP/1.1\nHost: a" }, { "path": "/" }],
        } }),
        json!({ "browser": { "connect_to": "node-2", "host": "a", "page": "/" } }),
        json!({ "origin-server": {
            "resources": [resource, { "path": "/b", "body_len": 0, "text": "HTTP/1.1 204 No Content" }], "breaks": { "at_request": 5 }, "restart": { "at_us": 60_000_000 },
        } }),
        json!({ "load-generator": {
            "connect_to": ["node-2"], "port": 80, "path": "/", "every_us": 500_000, "until_us": 1_000_000,
        } }),
        json!({ "dumb-proxy": { "next": "node-2" } }),
        json!({ "smart-proxy": proxy }),
        json!({ "caching-proxy": { "proxy": proxy } }),
        json!({ "manual": { "program": ["s = socket()"] } }),
        json!({ "script": { "steps": steps } }),
        json!({ "ping": { "to": "node-2" } }),
        json!({ "dns-server": { "names": [{ "name": "a.b", "address": "10.0.0.9" }] } }),
        json!({ "dhcp-server": { "first": "10.0.1.100" } }),
        json!({ "switch": {} }),
        json!({ "router": {} }),
        json!({ "off": {} }),
    ]
    .into_iter()
    .enumerate()
    .map(|(number, role)| node(number, role))
    .collect();
    nodes[0]["stack"] = stack;
    nodes[12]["address"] = "0.0.0.0".into();
    nodes[14]["stack"] = json!({ "dhcp": {} });
    nodes[14]["address"] = "0.0.0.0".into();
    let impairments: Vec<Value> = [
        json!({ "drop": { "nth": 1 } }),
        json!({ "delay": { "nth": 1, "by_us": 1 } }),
        json!({ "corrupt": { "nth": 1 } }),
        json!({ "duplicate": { "nth": 1 } }),
        json!({ "loss": { "per_mille": 1 } }),
        json!({ "reorder": { "per_mille": 1, "by_us": 1 } }),
        json!({ "noise": { "per_mille": 1 } }),
        json!({ "cut": { "from_us": 1, "until_us": 2 } }),
    ]
    .into_iter()
    .map(|what| json!({ "direction": "forward", "what": what }))
    .collect();
    let mut scenario = json!({
        "nodes": nodes,
        "links": [{ "between": ["node-0", "node-2"], "delay_us": 1_000, "impairments": impairments }],
    });
    let roles = scenario["nodes"].as_array().unwrap().len();
    let known = serde_json::from_str::<Value>(SCHEMA).unwrap();
    assert_eq!(
        known["$defs"]["RoleSpec"]["oneOf"].as_array().unwrap().len(),
        roles,
        "a role is missing here"
    );
    let kinds = known["$defs"]["ImpairmentKind"]["oneOf"].as_array().unwrap().len();
    assert_eq!(kinds, impairments_of(&scenario), "a kind of impairment is missing here");
    // What the fields left out are, as the model writes them.
    scenario = serde_json::to_value(read(&scenario).expect("it is sound")).unwrap();
    scenario
}

fn impairments_of(scenario: &Value) -> usize {
    scenario["links"][0]["impairments"].as_array().unwrap().len()
}

fn read(scenario: &Value) -> Result<Scenario, playground_core::scenario::ScenarioError> {
    Scenario::from_json(&scenario.to_string())
}

fn forms(scenario: &Value) -> Vec<Form> {
    let count = |name: &str| scenario[name].as_array().map_or(0, Vec::len);
    let mut forms = vec![Form::of_scenario(scenario)];
    forms.extend((0..count("nodes")).map(|index| Form::of_node(scenario, index)));
    forms.extend((0..count("links")).map(|index| Form::of_link(scenario, index)));
    forms
}

/// A scenario with a value at a place; objects on the way are made.
fn set(scenario: &Value, at: &str, value: &Value) -> Value {
    let mut changed = scenario.clone();
    let mut place = &mut changed;
    for step in at.split('/').skip(1) {
        place = match step.parse::<usize>() {
            Ok(index) if place.is_array() => &mut place[index],
            _ => &mut place[step],
        };
    }
    *place = value.clone();
    changed
}

/// The word's key of a field, which is there in both languages with its sentence.
fn word(field: &Field) -> Option<String> {
    field.word_keys().into_iter().find(|key| {
        Language::ALL.into_iter().all(|language| {
            let text = Text::new(language);
            text.has(key) && text.has(&format!("{key}.help"))
        })
    })
}

/// Each field has its word and one sentence in both languages, each number its unit, each field that may be left out a
/// default or a value to begin with, each choice its words; and no word is without its field.
#[test]
fn every_field_has_its_words_its_unit_and_its_default() {
    let scenario = everything();
    let (mut used, mut chosen, mut problems) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    let mut names = BTreeSet::new();
    for form in forms(&scenario) {
        for field in form.fields() {
            let name = format!("{}.{}", field.owner, field.name);
            names.insert(name.clone());
            match word(field) {
                Some(key) => _ = used.insert(key),
                None => problems.push(format!("{name} has no word, or no sentence, in one of the languages")),
            }
            if let Control::Choice { choices, words, .. } = &field.control {
                for key in choices.iter().filter_map(|choice| words.key(&choice.key)) {
                    if !Language::ALL.into_iter().all(|language| Text::new(language).has(&key)) {
                        problems.push(format!("{name}: {key} is missing"));
                    }
                    chosen.insert(key);
                }
            }
            let counts = ["count", "port", "nth", "probes", "tries", "seed", "entries", "status", "holds"];
            if let Control::Number { unit: Unit::Count, .. } = field.control
                && !counts.iter().any(|count| field.name.contains(count))
                && !["pipeline", "connections", "automatic", "max_requests", "connections_per_client"]
                    .contains(&field.name.as_str())
                && !["at_request", "socket", "times"].contains(&field.name.as_str())
            {
                problems.push(format!("{name} has no unit"));
            }
            if field.default.is_none() && field.start.is_none() && !is_required(field) {
                problems.push(format!("{name} has no default"));
            }
        }
    }
    for owned in fields_of_the_schema() {
        if !names.contains(&owned) {
            problems.push(format!("{owned} is in no form"));
        }
    }
    for file in
        [include_str!("../../words/text/fields.ko.ftl"), include_str!("../../words/text/fields.en.ftl")]
    {
        let keys = file.lines().filter_map(|line| line.split_once(" =")).map(|(key, _)| key);
        for key in keys.filter(|key| key.starts_with("setting-")) {
            if !used.contains(key) {
                problems.push(format!("{key} is the word of no field"));
            }
        }
        let mut of = "";
        for line in file.lines().filter(|line| line.contains(" =")) {
            let (key, _) = line.split_once(" =").unwrap();
            match key.trim().strip_prefix('.') {
                Some(value) if of.starts_with("choice-") && !chosen.contains(&format!("{of}.{value}")) => {
                    problems.push(format!("{of}.{value} is the word of no choice"));
                }
                Some(_) => {}
                None => of = key,
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

fn schema() -> Value {
    serde_json::from_str(SCHEMA).unwrap()
}

fn is_required(field: &Field) -> bool {
    let schema = schema();
    let types = [&schema, &schema["$defs"][&field.owner]];
    let variants = types[1]["oneOf"].as_array().into_iter().flatten().flat_map(|variant| {
        variant["properties"].as_object().into_iter().flat_map(|contents| contents.values())
    });
    // An entry of a list has the list's name.
    let is_entry = field.at.rsplit('/').next().is_some_and(|end| end.parse::<usize>().is_ok());
    is_entry
        || types.into_iter().chain(variants).any(|object| {
            object["required"].as_array().is_some_and(|names| names.iter().any(|name| *name == field.name))
                || object["properties"][&field.name].get("items").is_some()
        })
}

/// The fields of all types that are edited by forms, as `Type.field`, those of the variants of enums too.
fn fields_of_the_schema() -> Vec<String> {
    let schema = schema();
    let mut found = Vec::new();
    let mut add = |owner: &str, object: &Value| {
        for (name, field) in object["properties"].as_object().into_iter().flatten() {
            // Objects that are always there are shown as their fields.
            let inner = field["$ref"].as_str().and_then(|name| schema.pointer(name.trim_start_matches('#')));
            if inner.is_none_or(|inner| inner["type"] != "object") {
                found.push(format!("{owner}.{name}"));
            }
        }
    };
    add("Scenario", &schema);
    for (owner, object) in schema["$defs"].as_object().unwrap() {
        match object["oneOf"].as_array() {
            None => add(owner, object),
            Some(_) if owner == "RoleSpec" => {}
            Some(variants) => {
                for variant in variants {
                    variant["properties"]
                        .as_object()
                        .into_iter()
                        .flatten()
                        .for_each(|(_, it)| add(owner, it));
                }
            }
        }
    }
    // Parts of their own, and what is done at a moment of a run.
    let elsewhere = ["Scenario.nodes", "Scenario.links", "Scenario.interventions", "LinkSpec.between"];
    found.retain(|name| {
        !elsewhere.contains(&name.as_str())
            && !["Action.", "Moment.", "Intervention."].iter().any(|owner| name.starts_with(owner))
    });
    found
}

/// The bounds that the schema names are those of the model: what is beyond them is refused, at this field.
#[test]
fn bounds_are_the_models() {
    let scenario = everything();
    let mut tried = 0;
    for form in forms(&scenario) {
        for field in form.fields() {
            let Control::Number { least, most, .. } = field.control else { continue };
            let is_refused = |number: u64| match read(&set(&scenario, &field.at, &number.into())) {
                Ok(_) => false,
                Err(error) => {
                    let at = form.field_at(&error.field).map(|field| field.at.as_str());
                    assert_eq!(at, Some(field.at.as_str()), "{error}");
                    true
                }
            };
            if least > 0 {
                assert!(is_refused(least - 1), "{} {}", field.at, least - 1);
                assert!(!is_refused(least), "{} {least}", field.at);
                tried += 1;
            }
            if most < u64::MAX {
                assert!(is_refused(most + 1), "{} {}", field.at, most + 1);
                tried += 1;
            }
            let largest = most.min(Limits::MOST.octets);
            // Bodies of all requests together, the calls that a script repeats.
            if !["times", "bits_per_s"].contains(&field.name.as_str()) {
                assert!(!is_refused(largest), "{} {largest}", field.at);
            }
        }
    }
    assert!(tried > 60, "{tried}");
}

/// Whatever is chosen in a form leads to a sound scenario, or is refused at a field of it; what is set back is the
/// default.
#[test]
fn whatever_is_chosen_is_sound() {
    let mut changes = 0;
    let mut scenarios = vec![everything()];
    for lesson in all() {
        let scenario = (lesson.scenario)(&KnobValues::defaults(lesson));
        scenarios.push(serde_json::to_value(scenario).unwrap());
    }
    for (number, scenario) in scenarios.iter().enumerate() {
        for form in forms(scenario) {
            for field in form.fields() {
                if let Some(value) = &field.value {
                    assert_eq!(scenario.pointer(&field.at), Some(value), "{}", field.at);
                }
                let mut values: Vec<(&str, Value)> = Vec::new();
                values.extend(field.default.clone().map(|value| (field.at.as_str(), value)));
                values.extend(field.start.clone().map(|value| (field.at.as_str(), value)));
                match &field.control {
                    Control::Choice { choices, words, .. } => {
                        for Choice { at, value, .. } in choices {
                            let changed = set(scenario, at, value);
                            let read = read(&changed);
                            // Who becomes a name server, or a switch, cannot go on being connected to.
                            let may_fail = *words == ChoiceWords::Of("RoleSpec".to_owned()) || number == 0;
                            assert!(read.is_ok() || may_fail, "{at} {value}: {}", read.unwrap_err());
                            changes += 1;
                        }
                    }
                    Control::List { .. } => {
                        values.push((&field.at, field.with_next()));
                        values.push((&field.at, field.moved(0, 1)));
                    }
                    _ => {}
                }
                for (at, value) in values {
                    let changed = set(scenario, at, &value);
                    if let Err(error) = read(&changed) {
                        assert!(form.field_at(&error.field).is_some(), "{at} {value}: {error}");
                        assert!(number == 0 || field.name == "dhcp", "{at} {value}: {error}");
                    }
                    changes += 1;
                }
            }
        }
    }
    assert!(changes > 5_000, "{changes}");
}

/// A node changes its role and keeps what both roles have: where it connects, on which port.
#[test]
fn another_role_keeps_what_it_has_in_common() {
    let lesson = playground_lessons::find("dumb-proxy").unwrap();
    let scenario = serde_json::to_value((lesson.scenario)(&KnobValues::defaults(lesson))).unwrap();
    let place =
        scenario["nodes"].as_array().unwrap().iter().position(|node| node["name"] == "proxy").unwrap();
    let form = Form::of_node(&scenario, place);
    let role = form.fields().into_iter().find(|field| field.name == "role").unwrap();
    let Control::Choice { choices, .. } = &role.control else { panic!("{role:?}") };
    let keys: Vec<&str> = choices.iter().map(|choice| choice.key.as_str()).collect();
    assert_eq!(keys, ["dumb-proxy", "smart-proxy", "caching-proxy"]);
    let before = &scenario["nodes"][place]["role"]["dumb-proxy"];
    let smart = &choices[1].value["smart-proxy"];
    let caching = &choices[2].value["caching-proxy"]["proxy"];
    for name in ["next", "next_port", "port"] {
        assert_eq!([&smart[name], &caching[name]], [&before[name]; 2], "{name}");
    }
}

#[test]
fn lists_get_entries_with_paths_of_their_own() {
    let scenario = everything();
    let form = Form::of_node(&scenario, 2);
    let find = |name: &str| form.fields().into_iter().find(|field| field.name == name).unwrap().clone();
    let resources = find("resources");
    let added = resources.with_next();
    assert_eq!([&added[1]["path"], &added[2]["path"]], ["/b", "/b1"]);
    assert_eq!(find("objects").with_next(), json!(["/a.gif", "/a1.gif"]));
    let objects = Field { value: Some(json!(["/1.jpg", "/2.jpg"])), ..find("objects") };
    assert_eq!(objects.moved(1, 0), json!(["/2.jpg", "/1.jpg"]));
    assert_eq!(objects.moved(1, 2), json!(["/1.jpg", "/2.jpg"]));
    assert_eq!(objects.without(0), json!(["/2.jpg"]));
}

/// The fields that a message's editor knows have their sentences, and are hop-by-hop where the model says so.
#[test]
fn well_known_fields_have_their_sentence() {
    for field in HEADER_FIELDS {
        for language in Language::ALL {
            assert!(Text::new(language).has(&field.word_key()), "{language}: {}", field.word_key());
        }
    }
}

/// A browser repeats a request twice by itself, though a retry policy as such does not.
#[test]
fn a_default_is_that_of_the_part() {
    let form = Form::of_node(&everything(), 1);
    let automatic = form.fields().into_iter().find(|field| field.name == "automatic").unwrap();
    assert_eq!(automatic.default, Some(json!(2)));
    assert!(!automatic.is_changed());
}
