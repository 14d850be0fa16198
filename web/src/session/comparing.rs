//! Comparing: a run that is kept as A beside the current one, B, on one clock.

use std::rc::Rc;

use playground_core::scenario::{Scenario, ScenarioError, from_json};
use playground_editor::{Difference, differences};
use playground_playback::{Comparison, Pace, Parting, PlayerCommand, Selection};
use serde::{Deserialize, Serialize};

use super::{Experiment, Model, Session};
use crate::rc_eq::RcEq;

/// A run that is kept as A.
pub struct Kept {
    /// Its experiment.
    pub experiment: Experiment,
    /// The run, on its own clock.
    pub model: Model,
}

/// The kept run beside the current one, both on one clock.
pub struct Against {
    /// A.
    pub a: RcEq<Model>,
    /// What came of each, and where they part.
    pub comparison: RcEq<Comparison>,
    /// What differs between their scenarios.
    pub changed: RcEq<Vec<Difference>>,
}

impl Kept {
    /// Runs an experiment, to keep it.
    ///
    /// # Errors
    ///
    /// Those of [`Experiment::run`].
    pub fn new(experiment: Experiment) -> Result<Self, ScenarioError> {
        let model = Model::new(&experiment)?;
        Ok(Self { experiment, model })
    }
}

impl Against {
    /// Puts a run on one clock with the kept one.
    pub fn new(kept: &Kept, b: Model) -> (Self, Model) {
        let run = |model: &'_ Model| (model.trace.rc().clone(), model.dissection.rc().clone());
        let ((trace_a, dissection_a), (trace_b, dissection_b)) = (run(&kept.model), run(&b));
        let (one, other) = ((&*trace_a, &*dissection_a), (&*trace_b, &*dissection_b));
        let pace = RcEq::new(Pace::shared(one, other));
        // A capture has no scenario that could have been changed.
        let mut changed = match kept.model.is_captured() || b.is_captured() {
            true => Vec::new(),
            false => differences(&trace_a.scenario, &trace_b.scenario),
        };
        // A scenario from a link may have fewer entries than the lesson's own; that is nobody's change.
        changed.retain(|one| one.path != ["limits", "entries"]);
        let against = Self {
            a: RcEq::new(kept.model.on_clock(pace.clone())),
            comparison: RcEq::new(Comparison::new(one, other)),
            changed: RcEq::new(changed),
        };
        (against, b.on_clock(pace))
    }
}

/// Both runs of a link: A whole, and B as a link without A has it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    a: Rc<Scenario>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    b: Option<serde_json::Value>,
}

impl Experiment {
    /// The link's `scenario` parameter of this experiment beside the one that is kept as A.
    pub fn extra_beside(&self, kept: &Kept) -> String {
        let b = self.extra().map(|extra| serde_json::from_str(&extra).expect("its own JSON"));
        let pair = Pair { a: Rc::clone(&kept.model.trace.scenario), b };
        serde_json::to_string(&pair).expect("plain data")
    }

    /// Applies the value of [`Experiment::extra_beside`], and gives A; none where the value is that of
    /// [`Experiment::extra`].
    ///
    /// # Errors
    ///
    /// The field and its problem; the experiment is then unchanged.
    pub fn set_extra_beside(&mut self, json: &str) -> Result<Option<Kept>, ScenarioError> {
        // A scenario has nodes and edits are a list: only a pair has an A.
        let is_pair = serde_json::from_str::<serde_json::Value>(json)
            .is_ok_and(|value| value.as_object().is_some_and(|fields| fields.contains_key("a")));
        if !is_pair {
            self.set_extra(json)?;
            return Ok(None);
        }
        let pair: Pair = from_json(json)?;
        let mut a = Self::new(self.lesson);
        a.replaced = Some(pair.a);
        let kept = Kept::new(a)?;
        if let Some(b) = pair.b {
            self.set_extra(&b.to_string())?;
        }
        Ok(Some(kept))
    }
}

impl Session {
    /// The kept run beside the current one; none while none is kept.
    pub fn against(&self) -> Option<&Against> {
        self.route.against.as_ref()
    }

    /// Keeps an experiment as A.
    pub(super) fn keep(&mut self, experiment: Experiment) {
        match Kept::new(experiment) {
            Ok(kept) => {
                self.kept = Some(Rc::new(kept));
                self.playground = true;
                self.shows_table = true;
                self.put_beside();
            }
            Err(problem) => self.problem = Some(problem),
        }
    }

    /// Keeps what the lesson's knobs are by default as A.
    pub(super) fn keep_defaults(&mut self) {
        self.keep(Experiment::new(self.lesson()));
    }

    /// B becomes A, and A what can be changed.
    pub(super) fn swap(&mut self) {
        let Some(kept) = self.kept.clone() else { return };
        let before = core::mem::replace(&mut self.experiment, kept.experiment.clone());
        self.keep(before);
    }

    /// No run is kept any more.
    pub(super) fn stop_comparing(&mut self) {
        self.kept = None;
        self.shows_table = false;
        self.selection_in_a = Selection::default();
        self.put_beside();
    }

    /// Goes to where the two runs part.
    pub(super) fn go_to_parting(&mut self, parting: Parting) {
        self.seek(PlayerCommand::Seek(parting.at));
        let selection = |model: &Model, entry: Option<u32>| {
            entry.map_or_else(Selection::default, |entry| {
                Selection::of_entry(&model.trace, &model.dissection, entry)
            })
        };
        self.selection = selection(&self.route.model, parting.b);
        self.selection_in_a =
            self.against().map_or_else(Selection::default, |against| selection(&against.a, parting.a));
    }

    /// Runs the experiment again at the same time, beside the kept one or alone.
    fn put_beside(&mut self) {
        self.rerun_where_it_is(|_| Ok(()));
    }
}
