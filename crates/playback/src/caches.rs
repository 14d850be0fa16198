//! Cache contents at a cursor; ages advance with simulated time.

use playground_core::event::{CacheAction, CachedCopy, Event, NodeId};
use playground_core::rule::Rule;
use playground_core::scenario::Scenario;
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;

use crate::cursor::Cursor;
use crate::dissection::{Dissection, SocketKey};

/// Length of a cache's history.
const HISTORY_LEN: usize = 6;

/// The caches of a run, and the entries at which they acted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caches {
    /// The nodes with a cache, in the scenario's order.
    pub nodes: Vec<NodeId>,
    /// The entries at which one acted.
    entries: Vec<u32>,
}

/// A node's cache at a cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CacheContents {
    /// The node.
    pub node: NodeId,
    /// Stored responses, in the order in which they were first stored.
    pub rows: Vec<CacheRow>,
    /// Its latest actions, newest first.
    pub history: Vec<CacheEvent>,
}

/// A stored response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CacheRow {
    /// Its URI.
    pub target: String,
    /// Body length, octets.
    pub octets: u64,
    /// Its ETag; empty without one.
    pub etag: String,
    /// Current age. RFC 9111 section 4.2.3.
    pub age: Duration,
    /// Freshness lifetime. RFC 9111 section 4.2.1.
    pub lifetime: Duration,
    /// The rule that gave the lifetime.
    pub lifetime_rule: Rule,
    /// The node that sent it, or last validated it.
    pub from: Option<NodeId>,
    /// The entry that stored or last validated it.
    pub entry: u32,
    /// Requests answered from it.
    pub served: u32,
}

/// One action of a cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CacheEvent {
    /// The entry.
    pub entry: u32,
    /// Simulated time.
    pub at: Instant,
    /// What.
    pub action: CacheAction,
    /// Why.
    pub rule: Rule,
}

impl CacheRow {
    /// Whether it is fresh: usable without validation, as far as its age goes.
    pub fn is_fresh(&self) -> bool {
        self.age < self.lifetime
    }

    /// The share of its freshness lifetime that remains: 1 when new, 0 when stale.
    pub fn freshness(&self) -> f64 {
        let whole = self.lifetime.as_micros();
        if whole == 0 {
            0.0
        } else {
            self.lifetime.saturating_sub(self.age).as_micros() as f64 / whole as f64
        }
    }
}

impl Caches {
    /// The caches of a trace.
    pub fn new(trace: &Trace) -> Self {
        let nodes = nodes(&trace.scenario);
        let is_cache_used = |event: &Event| matches!(event, Event::CacheUsed { .. });
        let entries =
            trace.entries.iter().filter(|entry| is_cache_used(&entry.event)).map(|entry| entry.index);
        Self { nodes: nodes.collect(), entries: entries.collect() }
    }

    /// Whether a scenario has a cache.
    pub fn exists(scenario: &Scenario) -> bool {
        nodes(scenario).next().is_some()
    }

    /// The contents of each cache at a cursor.
    pub fn at(&self, trace: &Trace, dissection: &Dissection, cursor: Cursor) -> Vec<CacheContents> {
        let mut all: Vec<CacheContents> = self
            .nodes
            .iter()
            .map(|node| CacheContents { node: *node, rows: Vec::new(), history: Vec::new() })
            .collect();
        let done = self.entries.iter().take_while(|entry| **entry < cursor.index);
        for entry in done.filter_map(|index| trace.entries.get(*index as usize)) {
            let Some(contents) = all.iter_mut().find(|contents| contents.node == entry.node) else {
                continue;
            };
            let Event::CacheUsed { target, action, copy, .. } = &entry.event else { continue };
            let cache_event =
                CacheEvent { entry: entry.index, at: entry.at, action: *action, rule: entry.rule };
            contents.history.insert(0, cache_event);
            contents.history.truncate(HISTORY_LEN);
            let place = contents.rows.iter().position(|row| row.target == *target);
            match (action, copy, place) {
                (CacheAction::Stored | CacheAction::Validated, Some(copy), _) => {
                    let from = copy.from.and_then(|socket| {
                        let (connection, side) =
                            dissection.connection_of(SocketKey::new(entry.node, socket))?;
                        connection.node(side.other())
                    });
                    let row = row(target, copy, from, entry.index);
                    match place {
                        Some(place) => {
                            let served = contents.rows[place].served;
                            contents.rows[place] = CacheRow { served, ..row };
                        }
                        None => contents.rows.push(row),
                    }
                }
                (CacheAction::Served, _, Some(place)) => contents.rows[place].served += 1,
                (CacheAction::Removed, _, Some(place)) => {
                    contents.rows.remove(place);
                }
                _ => {}
            }
        }
        for row in all.iter_mut().flat_map(|contents| &mut contents.rows) {
            let kept_at = trace.entries.get(row.entry as usize).map_or(cursor.at, |entry| entry.at);
            row.age = row.age + cursor.at.since(kept_at);
        }
        all
    }
}

fn nodes(scenario: &Scenario) -> impl Iterator<Item = NodeId> + '_ {
    let nodes = scenario.nodes.iter().zip(0..);
    nodes.filter(|(node, _)| node.role.key() == "caching-proxy").map(|(_, place)| NodeId(place))
}

fn row(target: &str, copy: &CachedCopy, from: Option<NodeId>, entry: u32) -> CacheRow {
    CacheRow {
        target: target.to_owned(),
        octets: copy.octets,
        etag: copy.etag.clone(),
        age: copy.age,
        lifetime: copy.lifetime,
        lifetime_rule: copy.lifetime_rule,
        from,
        entry,
        served: 0,
    }
}
