//! What the caches of a run hold at a cursor, with ages that run with the time.

use playground_core::event::{CacheAction, CachedCopy, Event, NodeId};
use playground_core::rule::Rule;
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;

use crate::cursor::Cursor;
use crate::dissection::{Dissection, SocketKey};

/// So many of the last doings are told.
const DOINGS_MOST: usize = 6;

/// Where the caches of a run did something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caches {
    /// The nodes with a cache, in the scenario's order.
    pub nodes: Vec<NodeId>,
    /// The entries at which one did something.
    entries: Vec<u32>,
}

/// A node's cache at a cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CacheContents {
    /// The node.
    pub node: NodeId,
    /// Its copies, in the order in which they were first kept.
    pub rows: Vec<CacheRow>,
    /// What it did last, the newest first.
    pub doings: Vec<CacheDoing>,
}

/// A copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CacheRow {
    /// Its URI.
    pub target: String,
    /// Octets of its body.
    pub octets: u64,
    /// Its ETag; empty when it has none.
    pub etag: String,
    /// Its age now.
    pub age: Duration,
    /// The age at which it is stale.
    pub lifetime: Duration,
    /// What says how long it stays fresh.
    pub lifetime_rule: Rule,
    /// The node that it came from, or that last found it good.
    pub from: Option<NodeId>,
    /// The entry that stored or last validated it.
    pub entry: u32,
    /// How many requests it has answered.
    pub served: u32,
}

/// Something that a cache did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CacheDoing {
    /// The entry.
    pub entry: u32,
    /// When.
    pub at: Instant,
    /// What.
    pub action: CacheAction,
    /// Why.
    pub rule: Rule,
}

impl CacheRow {
    /// Whether it may be used without asking, as far as its age goes.
    pub fn is_fresh(&self) -> bool {
        self.age < self.lifetime
    }

    /// The part of its fresh time that is left: 1 when new, 0 when stale.
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
        let has_cache = |place: &usize| trace.scenario.nodes[*place].role.key() == "caching-proxy";
        let nodes = (0..trace.scenario.nodes.len()).filter(has_cache).map(|place| NodeId(place as u16));
        let is_doing = |event: &Event| matches!(event, Event::CacheUsed { .. });
        let entries = trace.entries.iter().filter(|entry| is_doing(&entry.event)).map(|entry| entry.index);
        Self { nodes: nodes.collect(), entries: entries.collect() }
    }

    /// Whether no node of the run has a cache.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// What each cache holds at a cursor.
    pub fn at(&self, trace: &Trace, dissection: &Dissection, cursor: Cursor) -> Vec<CacheContents> {
        let mut all: Vec<CacheContents> = self
            .nodes
            .iter()
            .map(|node| CacheContents { node: *node, rows: Vec::new(), doings: Vec::new() })
            .collect();
        let done = self.entries.iter().take_while(|entry| **entry < cursor.index);
        for entry in done.filter_map(|index| trace.entries.get(*index as usize)) {
            let Some(contents) = all.iter_mut().find(|contents| contents.node == entry.node) else {
                continue;
            };
            let Event::CacheUsed { target, action, copy, .. } = &entry.event else { continue };
            let doing = CacheDoing { entry: entry.index, at: entry.at, action: *action, rule: entry.rule };
            contents.doings.insert(0, doing);
            contents.doings.truncate(DOINGS_MOST);
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
