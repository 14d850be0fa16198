//! Validation of scenarios: the first invalid field and its problem.

use core::ops::RangeInclusive;
use thiserror::Error;

use super::{Action, ImpairmentKind, Limits, NodeSpec, Scenario, from_json};
use crate::node::{BuildRole, DhcpClientSpec, Forwards, ResolverSpec, Statement, TlsSpec};
use crate::problem::Problem;
use crate::time::Duration;

/// An invalid field of a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{field}{}{problem}", if .field.is_empty() { "" } else { ": " })]
pub struct ScenarioError {
    /// Path of the field, `nodes[1].role.port`; empty for the scenario as a whole.
    pub field: String,
    /// The problem with its value.
    pub problem: Problem,
}

impl ScenarioError {
    pub(crate) fn new(field: impl Into<String>, problem: Problem) -> Self {
        Self { field: field.into(), problem }
    }
}

/// Limit on the length of a scenario as JSON, octets.
const JSON_AT_MOST: usize = 1 << 20;

/// Keep-alives take whole seconds up to this on Linux; here fractions too.
const KEEPALIVE_BETWEEN: RangeInclusive<Duration> = Duration::from_secs(1)..=Duration::from_secs(32_767);

impl Scenario {
    /// Reads a scenario from JSON and checks it.
    ///
    /// # Errors
    ///
    /// The path of the first field that cannot be read or is invalid, and its problem.
    pub fn from_json(text: &str) -> Result<Self, ScenarioError> {
        if text.len() > JSON_AT_MOST {
            return Err(ScenarioError::new("", Problem::octets_at_most(JSON_AT_MOST as u64)));
        }
        let scenario: Self = from_json(text)?;
        scenario.validate()?;
        Ok(scenario)
    }

    /// Writes the scenario as readable JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("every map of a scenario has strings as keys")
    }

    /// Validates the scenario.
    ///
    /// # Errors
    ///
    /// The first invalid field.
    pub fn validate(&self) -> Result<(), ScenarioError> {
        self.check_nodes()?;
        self.check_links()?;
        self.check_loops()?;
        self.check_interventions()?;
        self.check_limits()
    }

    fn has_node(&self, name: &str) -> bool {
        self.nodes.iter().any(|node| node.name == name)
    }

    fn check_nodes(&self) -> Result<(), ScenarioError> {
        if self.nodes.is_empty() || self.nodes.len() > 64 {
            return Err(ScenarioError::new("nodes", Problem::entries_between(1, 64)));
        }
        for (index, node) in self.nodes.iter().enumerate() {
            let field = format!("nodes[{index}]");
            let name_ok = !node.name.is_empty() && node.name.len() <= 64;
            if !name_ok || self.nodes[..index].iter().any(|other| other.name == node.name) {
                return Err(ScenarioError::new(format!("{field}.name"), Problem::unique_name()));
            }
            self.check_address(index, &field)?;
            let stack = &node.stack;
            let within = |value: Option<u32>, least: u32, most: u32, name: &str| match value {
                Some(value) if value < least || value > most => {
                    let problem = Problem::between(least.into(), most.into());
                    Err(ScenarioError::new(format!("{field}.stack.{name}"), problem))
                }
                _ => Ok(()),
            };
            within(stack.max_segment_size.map(u32::from), 64, 9_000, "max_segment_size")?;
            within(stack.initial_window, 1, 1_000, "initial_window")?;
            within(stack.receive_buffer, 256, 16_000_000, "receive_buffer")?;
            within(stack.send_buffer, 256, 16_000_000, "send_buffer")?;
            if let Some(keepalive) = &stack.keepalive {
                within(keepalive.probes, 1, 127, "keepalive.probes")?;
                for (span, name) in [(keepalive.idle_us, "idle_us"), (keepalive.interval_us, "interval_us")] {
                    if span.is_some_and(|span| !KEEPALIVE_BETWEEN.contains(&span)) {
                        let (least, most) = KEEPALIVE_BETWEEN.into_inner();
                        let problem = Problem::micros_between(least.as_micros(), most.as_micros());
                        return Err(ScenarioError::new(format!("{field}.stack.keepalive.{name}"), problem));
                    }
                }
            }
            let hour = Duration::from_secs(3_600);
            for (span, name) in [
                (stack.delayed_ack_us, "delayed_ack_us"),
                (stack.max_segment_lifetime_us, "max_segment_lifetime_us"),
            ] {
                if span.is_some_and(|span| span > hour) {
                    let problem = Problem::micros_at_most(3_600_000_000, 3_600);
                    return Err(ScenarioError::new(format!("{field}.stack.{name}"), problem));
                }
            }
            if stack.ephemeral_ports.is_some_and(|(first, last)| first == 0 || first > last) {
                return Err(ScenarioError::new(
                    format!("{field}.stack.ephemeral_ports"),
                    Problem::port_range(),
                ));
            }
            if let Some((inner, problem)) = stack.dhcp.as_ref().and_then(DhcpClientSpec::problem) {
                return Err(ScenarioError::new(format!("{field}.stack.dhcp.{inner}"), problem));
            }
            if let Some((inner, problem)) = stack.resolver.as_ref().and_then(ResolverSpec::problem) {
                return Err(ScenarioError::new(format!("{field}.stack.resolver.{inner}"), problem));
            }
            if let Some((inner, problem)) = stack.tls.as_ref().and_then(TlsSpec::problem) {
                return Err(ScenarioError::new(format!("{field}.stack.tls.{inner}"), problem));
            }
            if let Some((inner, problem)) = node.role.problem() {
                return Err(ScenarioError::new(format!("{field}.role.{}.{inner}", node.role.key()), problem));
            }
            for (inner, peer) in node.role.peers() {
                if !self.has_node(peer) {
                    let problem = Problem::no_such_node(peer);
                    return Err(ScenarioError::new(
                        format!("{field}.role.{}.{inner}", node.role.key()),
                        problem,
                    ));
                }
            }
        }
        Ok(())
    }

    /// Checks that a host's address is its own, and that only those without one of their own have 0.0.0.0.
    fn check_address(&self, index: usize, field: &str) -> Result<(), ScenarioError> {
        let (node, field) = (&self.nodes[index], format!("{field}.address"));
        if node.role.forwards() == Forwards::Switch || node.stack.dhcp.is_some() {
            return match node.address.is_unspecified() {
                true => Ok(()),
                false => Err(ScenarioError::new(field, Problem::address_unspecified())),
            };
        }
        let is_taken = self.nodes[..index].iter().any(|other| other.address == node.address);
        if !crate::tcp::is_host_address(node.address) || is_taken {
            return Err(ScenarioError::new(field, Problem::address_of_host()));
        }
        let is_given = |other: &NodeSpec| {
            other.role.gives().is_some_and(|(first, last)| (first..=last).contains(&node.address))
        };
        if self.nodes.iter().any(is_given) {
            return Err(ScenarioError::new(field, Problem::address_given()));
        }
        Ok(())
    }

    /// Refuses loops of switches: without a spanning tree a broadcast would never end.
    fn check_loops(&self) -> Result<(), ScenarioError> {
        // The component of connected switches that each node belongs to.
        let mut component: Vec<usize> = (0..self.nodes.len()).collect();
        let switch = |name: &str| {
            let place = self.nodes.iter().position(|node| node.name == name)?;
            (self.nodes[place].role.forwards() == Forwards::Switch).then_some(place)
        };
        for (index, link) in self.links.iter().enumerate() {
            if let (Some(a), Some(b)) = (switch(&link.between.0), switch(&link.between.1)) {
                let (from, to) = (component[a], component[b]);
                if from == to {
                    let field = format!("links[{index}].between");
                    return Err(ScenarioError::new(field, Problem::switch_circle()));
                }
                component.iter_mut().filter(|other| **other == from).for_each(|other| *other = to);
            }
        }
        Ok(())
    }

    fn check_links(&self) -> Result<(), ScenarioError> {
        for (index, link) in self.links.iter().enumerate() {
            let field = format!("links[{index}]");
            let (a, b) = &link.between;
            for name in [a, b] {
                if !self.has_node(name) {
                    let problem = Problem::no_such_node(name);
                    return Err(ScenarioError::new(format!("{field}.between"), problem));
                }
            }
            let same =
                |other: &(String, String)| (&other.0, &other.1) == (a, b) || (&other.0, &other.1) == (b, a);
            if a == b || self.links[..index].iter().any(|other| same(&other.between)) {
                return Err(ScenarioError::new(format!("{field}.between"), Problem::two_nodes()));
            }
            if link.delay_us > Duration::from_secs(600) {
                let problem = Problem::micros_at_most(600_000_000, 600);
                return Err(ScenarioError::new(format!("{field}.delay_us"), problem));
            }
            if link.bits_per_s != 0 && link.bits_per_s < 100 {
                return Err(ScenarioError::new(
                    format!("{field}.bits_per_s"),
                    Problem::zero_or_at_least(100),
                ));
            }
            for (number, impairment) in link.impairments.iter().enumerate() {
                let field = format!("{field}.impairments[{number}]");
                match impairment.kind {
                    ImpairmentKind::Drop { nth: 0, .. }
                    | ImpairmentKind::Corrupt { nth: 0, .. }
                    | ImpairmentKind::Duplicate { nth: 0, .. }
                    | ImpairmentKind::Delay { nth: 0, .. } => {
                        return Err(ScenarioError::new(format!("{field}.nth"), Problem::counts_from_one()));
                    }
                    ImpairmentKind::Reorder { by_us, .. } if by_us > Duration::from_secs(600) => {
                        let problem = Problem::micros_at_most(600_000_000, 600);
                        return Err(ScenarioError::new(format!("{field}.by_us"), problem));
                    }
                    ImpairmentKind::Loss { per_mille }
                    | ImpairmentKind::Reorder { per_mille, .. }
                    | ImpairmentKind::Noise { per_mille }
                        if per_mille > 1000 =>
                    {
                        return Err(ScenarioError::new(
                            format!("{field}.per_mille"),
                            Problem::at_most(1_000),
                        ));
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn check_interventions(&self) -> Result<(), ScenarioError> {
        if self.interventions.len() > 1_000 {
            return Err(ScenarioError::new("interventions", Problem::entries_at_most(1_000)));
        }
        for (index, intervention) in self.interventions.iter().enumerate() {
            let field = format!("interventions[{index}]");
            let action = &intervention.action;
            if let Action::Call { call, .. } = action
                && let Err(problem) = Statement::parse(call)
            {
                return Err(ScenarioError::new(format!("{field}.call"), problem));
            }
            if let Some(node) = action.node().filter(|node| !self.has_node(node)) {
                let problem = Problem::no_such_node(node);
                return Err(ScenarioError::new(format!("{field}.node"), problem));
            }
            if let Some((a, b)) = action.link() {
                let joins = |(c, d): &(String, String)| (c, d) == (a, b) || (d, c) == (a, b);
                if !self.links.iter().any(|link| joins(&link.between)) {
                    return Err(ScenarioError::new(format!("{field}.between"), Problem::no_such_link()));
                }
            }
            if let Action::MakeLossy { per_mille: 1_001.., .. } = action {
                return Err(ScenarioError::new(format!("{field}.per_mille"), Problem::at_most(1_000)));
            }
        }
        Ok(())
    }

    fn check_limits(&self) -> Result<(), ScenarioError> {
        let (limits, most) = (&self.limits, Limits::MOST);
        for (name, ok, most) in [
            ("entries", limits.entries <= most.entries, u64::from(most.entries)),
            ("connections", limits.connections <= most.connections, u64::from(most.connections)),
            ("octets", limits.octets <= most.octets, most.octets),
            ("time_us", limits.time_us <= most.time_us, most.time_us.as_micros()),
        ] {
            if !ok {
                return Err(ScenarioError::new(format!("limits.{name}"), Problem::at_most(most)));
            }
        }
        Ok(())
    }
}
