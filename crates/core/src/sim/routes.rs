//! Routes: the shortest paths over the scenario's links, through switches and routers.

use std::collections::VecDeque;

use crate::node::{BuildRole, Forwards};
use crate::scenario::Scenario;

/// For each node, the first step towards every other.
#[derive(Debug)]
pub(super) struct Routes {
    count: usize,
    /// By node times `count` plus target: the hop and the next node.
    steps: Vec<Option<(usize, usize)>>,
    /// The nearest router of each node, for addresses that nobody has.
    gateways: Vec<Option<usize>>,
    pub forwards: Vec<Forwards>,
    pub is_off: Vec<bool>,
}

impl Routes {
    pub fn new(scenario: &Scenario, hops: &[(usize, usize)]) -> Self {
        let count = scenario.nodes.len();
        let forwards: Vec<Forwards> = scenario.nodes.iter().map(|node| node.role.forwards()).collect();
        let is_off = scenario.nodes.iter().map(|node| node.role.is_off()).collect();
        let (mut steps, mut gateways) = (vec![None; count * count], vec![None; count]);
        for from in 0..count {
            let mut queue = VecDeque::from([from]);
            let mut reached = vec![false; count];
            reached[from] = true;
            while let Some(here) = queue.pop_front() {
                if here != from && forwards[here] == Forwards::Router && gateways[from].is_none() {
                    gateways[from] = Some(here);
                }
                if here != from && forwards[here] == Forwards::Nothing {
                    continue;
                }
                for (number, hop) in hops.iter().enumerate() {
                    let next = match *hop {
                        (a, b) if a == here => b,
                        (a, b) if b == here => a,
                        _ => continue,
                    };
                    if !reached[next] {
                        reached[next] = true;
                        // The first step is that of the node before, or this one.
                        steps[from * count + next] =
                            if here == from { Some((number, next)) } else { steps[from * count + here] };
                        queue.push_back(next);
                    }
                }
            }
        }
        Self { count, steps, gateways, forwards, is_off }
    }

    /// The hop and the next node on the way to the owner of an address; to an address that nobody has, on the way
    /// to the nearest router, which will say so.
    pub fn next(&self, from: usize, owner: Option<usize>) -> Option<(usize, usize)> {
        let target = match owner {
            Some(owner) => owner,
            None if self.forwards[from] == Forwards::Router => return None,
            None => self.gateways[from]?,
        };
        self.steps[from * self.count + target]
    }
}
