//! A capture in place of a run.

use core::fmt;
use std::rc::Rc;

use playground_capture::open::{About, Opened};
use playground_core::time::Instant;
use playground_core::trace::Trace;
use playground_editor::Part;
use playground_playback::{Modelled, NotModelled, PlayerCommand, Selection, scenario_of};

use super::{Experiment, Model, Session};

/// A file that was opened: it is shown as a run is, and is not run.
#[derive(Clone)]
pub struct Captured {
    /// The file's name.
    pub name: Rc<str>,
    /// What is in it.
    pub trace: Rc<Trace>,
    /// What else is to be said of a capture; nothing of a recording.
    pub about: Option<Rc<About>>,
}

/// Where a trace comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// It was run here.
    Run,
    /// A capture: segments as they were seen.
    Capture,
    /// A recording of a run on real sockets: what programs did.
    Recording,
}

impl Captured {
    /// A capture that has been opened.
    pub fn new(name: &str, opened: Opened) -> Self {
        Self { name: name.into(), trace: Rc::new(opened.trace), about: Some(Rc::new(opened.about)) }
    }

    /// A recording that has been read.
    pub fn recording(name: &str, trace: Trace) -> Self {
        Self { name: name.into(), trace: Rc::new(trace), about: None }
    }

    /// What it is.
    pub fn source(&self) -> Source {
        if self.about.is_some() { Source::Capture } else { Source::Recording }
    }
}

/// Captures are equal only when they are the same one.
impl PartialEq for Captured {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.trace, &other.trace)
    }
}

impl fmt::Debug for Captured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} entries)", self.name, self.trace.entries.len())
    }
}

/// The scenario of what was opened, or why it has none; nothing for a run. A recording has its own.
pub fn modelled(model: &Model) -> Option<Result<Modelled, NotModelled>> {
    match model.source() {
        Source::Run => None,
        Source::Capture => Some(scenario_of(&model.trace, &model.dissection)),
        Source::Recording => {
            let scenario = (*model.trace.scenario).clone();
            Some(Ok(Modelled { scenario, stand_ins: 0, repeated: 0 }))
        }
    }
}

impl Session {
    /// The capture that is shown, if one is.
    pub fn captured(&self) -> Option<&Captured> {
        self.experiment.captured.as_ref()
    }

    /// Shows a capture in the playground. Taking it back shows the run that was there before.
    pub(super) fn show_capture(&mut self, captured: Captured) {
        self.kept = None;
        self.shows_table = false;
        self.playground = true;
        self.dialog = None;
        self.picked = None;
        self.part = Part::Scenario;
        self.start_over();
        self.rerun(|experiment| {
            experiment.captured = Some(captured);
            Ok(())
        });
    }

    /// Runs the scenario of the capture, which is kept as A. Nothing happens where it has none.
    pub(super) fn run_captured(&mut self) {
        let Some(Ok(modelled)) = modelled(&self.route.model) else { return };
        let capture = self.experiment.clone();
        self.start_over();
        self.rerun(|experiment| {
            *experiment = Experiment::new(experiment.lesson);
            experiment.replaced = Some(Rc::new(modelled.scenario));
            Ok(())
        });
        if self.problem.is_none() {
            self.keep(capture);
            self.seek(PlayerCommand::Seek(Instant::ZERO));
            self.selection = Selection::default();
        }
    }

    /// Back to what the capture stands in place of.
    pub(super) fn close_capture(&mut self) {
        self.start_over();
        self.rerun(|experiment| {
            experiment.captured = None;
            Ok(())
        });
    }
}
