//! The race: the same scenario, once for each policy.

use std::rc::Rc;

use playground_core::node::{LoadingPolicy, RoleSpec};
use playground_core::scenario::Scenario;
use playground_core::sim::run;
use playground_core::time::Duration;
use playground_core::trace::Trace;

use super::Lane;
use super::count::lane;
use crate::cursor::Cursor;

/// Runs of several policies, compared on one clock.
#[derive(Clone, Debug)]
pub struct Race {
    /// One lane for each policy, in the order of [`Race::POLICIES`].
    pub lanes: Vec<Lane>,
    /// When the last of them was complete: the length of the clock.
    pub end: Duration,
    /// The browser's place among the nodes.
    browser: usize,
    /// The run of each lane.
    runs: Vec<Rc<Trace>>,
}

/// Races are equal when they show the same.
impl PartialEq for Race {
    fn eq(&self, other: &Self) -> bool {
        self.lanes == other.lanes && self.end == other.end
    }
}

impl Eq for Race {}

impl Race {
    /// The policies that take part.
    pub const POLICIES: [LoadingPolicy; 5] = [
        LoadingPolicy::Serial,
        LoadingPolicy::Parallel,
        LoadingPolicy::Persistent,
        LoadingPolicy::ParallelPersistent,
        LoadingPolicy::Pipelined,
    ];

    /// Runs the scenario of a trace once for each policy; only the policy of its first browser differs.
    ///
    /// `None` when no node is a browser.
    pub fn new(trace: &Rc<Trace>) -> Option<Self> {
        let browser = browser(&trace.scenario)?;
        let current = policy(&trace.scenario, browser)?;
        let (mut lanes, mut runs) = (Vec::new(), Vec::new());
        for policy in Self::POLICIES {
            let is_current = policy == current;
            let trace = if is_current {
                Rc::clone(trace)
            } else {
                let mut scenario = Scenario::clone(&trace.scenario);
                if let RoleSpec::Browser(spec) = &mut scenario.nodes.get_mut(browser)?.role {
                    spec.policy = policy;
                }
                let Ok(trace) = run(&scenario) else { continue };
                Rc::new(trace)
            };
            lanes.push(lane(&trace, browser, policy, is_current, trace.end()));
            runs.push(trace);
        }
        let end = lanes.iter().filter_map(|lane| lane.total).max().unwrap_or(Duration::ZERO);
        Some(Self { lanes, end, browser, runs })
    }

    /// The race as far as it has come at `now`: each lane is that of its run cut off there, and the clock is as long
    /// as before. The index is that of the current lane's run.
    #[must_use]
    pub fn until(&self, now: Cursor) -> Self {
        let cut = |(known, trace): (&Lane, &Rc<Trace>)| {
            let index = if known.is_current { now.index } else { trace.applied_by(now.at) };
            if index as usize >= trace.entries.len() {
                return known.clone();
            }
            lane(&trace.until(index), self.browser, known.policy, known.is_current, now.at)
        };
        Self { lanes: self.lanes.iter().zip(&self.runs).map(cut).collect(), ..self.clone() }
    }

    /// The place of the lane that is complete first.
    pub fn winner(&self) -> Option<usize> {
        let complete = |lane: &Lane| lane.total.filter(|_| lane.failed == 0);
        (0..self.lanes.len())
            .filter(|place| complete(&self.lanes[*place]).is_some())
            .min_by_key(|place| complete(&self.lanes[*place]))
    }
}

fn browser(scenario: &Scenario) -> Option<usize> {
    scenario.nodes.iter().position(|node| matches!(node.role, RoleSpec::Browser(_)))
}

fn policy(scenario: &Scenario, node: usize) -> Option<LoadingPolicy> {
    match &scenario.nodes.get(node)?.role {
        RoleSpec::Browser(spec) => Some(spec.policy),
        _ => None,
    }
}
