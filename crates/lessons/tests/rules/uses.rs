//! Which rule may be the reason of what: a table of kinds of entries, the roles at whose nodes they stand, and rules.

use std::collections::{BTreeMap, BTreeSet};

use playground_core::event::{Entry, Event};
use playground_core::trace::Trace;
use serde_json::Value;

/// A line for each kind of entry and role: `waiting-changed request | origin-server: awaits-request`.
const TABLE: &str = include_str!("../data/reasons.txt");

/// A rule as the reason of a kind of entry at a node with a role.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// `call-returned close done | client`; a stack's notices and packets are the same at every role: `*`.
    pub what: String,
    /// The rule.
    pub rule: &'static str,
}

impl Use {
    pub fn of(trace: &Trace, entry: &Entry) -> Self {
        let value = serde_json::to_value(&entry.event).expect("an event is plain data");
        let text = |value: &Value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Object(members) => {
                ["call", "returned"].iter().find_map(|name| members.get(*name)?.as_str().map(str::to_owned))
            }
            _ => None,
        };
        let of_stack = matches!(
            entry.event,
            Event::Socket { .. }
                | Event::PacketSent { .. }
                | Event::PacketDelivered { .. }
                | Event::PacketDropped { .. }
        );
        let role = &trace.scenario.nodes[entry.node.index()].role;
        let mut words = vec![text(&value["event"]).expect("each event has a name")];
        if let Event::Socket { .. } = entry.event {
            words.extend(text(&value["notice"]["notice"]));
            words.extend(text(&value["notice"]["timer"]));
        }
        words.extend(
            ["call", "returned", "waiting", "purpose", "belief", "reason", "action", "decision"]
                .iter()
                .filter_map(|field| text(&value[field])),
        );
        words.extend(text(&value["returned"]["error"]));
        if let Event::PersistenceDecided { persistence, .. } = &entry.event {
            assert_eq!(persistence.rule, entry.rule, "a decision has one reason");
            words.push(if persistence.persists { "keeps" } else { "closes" }.to_owned());
        }
        let role = if of_stack { "*" } else { role.key() };
        Self { what: format!("{} | {role}", words.join(" ")), rule: entry.rule.key() }
    }
}

/// Fails when a rule was the reason of something that the table does not allow, or the table allows what never happens.
pub fn check(found: &BTreeSet<Use>) {
    let mut table: BTreeSet<Use> = BTreeSet::new();
    for line in TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (what, rules) = line.split_once(": ").unwrap_or_else(|| panic!("`{line}` has no rules"));
        table.extend(rules.split(' ').map(|key| {
            let known = playground_core::rule::Rule::ALL.iter().find(|rule| rule.key() == key);
            let rule = known.unwrap_or_else(|| panic!("there is no rule {key}: {line}"));
            Use { what: what.to_owned(), rule: rule.key() }
        }));
    }
    let mut wrong: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for one in found.difference(&table) {
        wrong.entry(&one.what).or_default().push(one.rule);
    }
    let stale: Vec<_> = table.difference(found).map(|one| (&one.what, one.rule)).collect();
    let told: Vec<String> =
        wrong.iter().map(|(what, rules)| format!("{what}: {}", rules.join(" "))).collect();
    assert!(
        wrong.is_empty() && stale.is_empty(),
        "not in the table:\n{}\nin the table, and never so: {stale:?}",
        told.join("\n")
    );
}
