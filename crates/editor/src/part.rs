//! The parts of a scenario that are edited.

use playground_core::scenario::Scenario;

/// What is edited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// What belongs to the scenario as a whole.
    #[default]
    Scenario,
    /// A node, by its name.
    Node(String),
    /// A link, by its index.
    Link(usize),
}

impl Part {
    /// The parts of a scenario: itself, its nodes, its links.
    pub fn all(scenario: &Scenario) -> Vec<Self> {
        let nodes = scenario.nodes.iter().map(|node| Self::Node(node.name.clone()));
        let links = (0..scenario.links.len()).map(Self::Link);
        [Self::Scenario].into_iter().chain(nodes).chain(links).collect()
    }

    /// This part where a scenario has it, else the scenario itself.
    pub fn within(self, scenario: &Scenario) -> Self {
        let is_there = match &self {
            Self::Scenario => true,
            Self::Node(name) => scenario.nodes.iter().any(|node| node.name == *name),
            Self::Link(index) => *index < scenario.links.len(),
        };
        if is_there { self } else { Self::Scenario }
    }
}
