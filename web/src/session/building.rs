//! Building in the playground: changes of the network, and what to begin with.

use std::rc::Rc;

use playground_core::scenario::{Scenario, ScenarioError};
use playground_editor::{Consequence, NetworkChange, NetworkRefusal, Part, blank};

use super::{Experiment, Session};
use crate::rc_eq::RcEq;

/// What to begin with in the playground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preset {
    /// A client, a server, one request.
    Blank,
    /// A lesson as it is, by its name.
    Lesson(&'static str),
    /// The proxy lesson with a real proxy's way of rewriting, by the knob's value.
    Proxy(&'static str),
}

/// What is to be said of the last change of the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// What else has changed.
    Changed(Vec<Consequence>),
    /// Why nothing has changed.
    Refused(NetworkRefusal),
    /// Why a file was not opened.
    NotRead {
        /// Because it is too large.
        too_large: bool,
    },
}

impl Preset {
    /// The lesson whose knob names real proxies.
    pub const PROXIES: &'static str = "connection-header";

    fn experiment(&self, present: &Experiment) -> Option<Experiment> {
        match self {
            Self::Blank => {
                let mut experiment = Experiment::new(present.lesson);
                experiment.replaced = Some(Rc::new(blank()));
                Some(experiment)
            }
            Self::Lesson(id) => playground_lessons::find(id).map(Experiment::new),
            Self::Proxy(name) => {
                let mut experiment = Experiment::new(playground_lessons::find(Self::PROXIES)?);
                experiment.values.set(experiment.lesson, "proxy", name).ok()?;
                Some(experiment)
            }
        }
    }
}

impl Session {
    /// Changes the network. A refusal leaves everything as it is.
    pub(super) fn rebuild(&mut self, change: &NetworkChange) {
        let scenario = self.experiment.scenario();
        match change.apply(&scenario) {
            Ok((changed, consequences)) => {
                // What was added is what one wants to change next.
                let is_new = |name: &String| scenario.nodes.iter().all(|node| node.name != *name);
                let added = changed.nodes.iter().map(|node| node.name.clone()).find(is_new);
                let part = added.map_or_else(|| self.part.clone().within(&changed), Part::Node);
                // Two proxies that change places: the one that is edited goes on being edited.
                let part = consequences.iter().fold(part, |part, consequence| match consequence {
                    Consequence::Exchanges { node, with } if part == Part::Node(node.clone()) => {
                        Part::Node(with.clone())
                    }
                    _ => part,
                });
                let problem = self.replace(changed);
                if problem.is_none() {
                    self.part = part;
                }
                self.said = problem.is_none().then(|| RcEq::new(Said::Changed(consequences)));
            }
            Err(refusal) => self.said = Some(RcEq::new(Said::Refused(refusal))),
        }
    }

    /// Runs another scenario in place of the present one.
    fn replace(&mut self, scenario: Scenario) -> Option<ScenarioError> {
        self.rerun_where_it_is(|experiment| {
            experiment.replaced = Some(Rc::new(scenario));
            experiment.edits.clear();
            Ok(())
        });
        self.problem.clone()
    }

    /// Begins with something else, in the playground still.
    pub(super) fn begin_with(&mut self, preset: &Preset) {
        if let Some(wanted) = preset.experiment(&self.experiment) {
            self.start_over();
            self.picked = None;
            self.part = Part::Scenario;
            self.rerun(|experiment| {
                *experiment = wanted;
                Ok(())
            });
        }
    }
}
