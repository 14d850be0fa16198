//! The race: the same scenario, once for each policy.

use playground_core::node::{LoadingPolicy, RoleSpec};
use playground_core::scenario::Scenario;
use playground_core::sim::run;
use playground_core::time::Duration;
use playground_core::trace::Trace;

use super::Lane;
use super::count::lane;

/// Runs of several policies, compared on one clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Race {
    /// One lane for each policy, in the order of [`Race::POLICIES`].
    pub lanes: Vec<Lane>,
    /// When the last of them was complete: the length of the clock.
    pub end: Duration,
}

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
    pub fn new(trace: &Trace) -> Option<Self> {
        let browser = browser(&trace.scenario)?;
        let current = policy(&trace.scenario, browser)?;
        let mut lanes = Vec::new();
        for policy in Self::POLICIES {
            if policy == current {
                lanes.push(lane(trace, browser, policy, true));
                continue;
            }
            let mut scenario = Scenario::clone(&trace.scenario);
            if let RoleSpec::Browser(spec) = &mut scenario.nodes.get_mut(browser)?.role {
                spec.policy = policy;
            }
            if let Ok(trace) = run(&scenario) {
                lanes.push(lane(&trace, browser, policy, false));
            }
        }
        let end = lanes.iter().filter_map(|lane| lane.total).max().unwrap_or(Duration::ZERO);
        Some(Self { lanes, end })
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
