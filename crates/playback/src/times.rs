//! Where the time went, request by request, at any moment of a run.

use std::cell::RefCell;
use std::rc::Rc;

use playground_core::node::RoleSpec;
use playground_core::scenario::Scenario;
use playground_core::time::Duration;
use playground_core::trace::Trace;

use crate::cursor::Cursor;
use crate::dissection::Dissection;
use crate::spent::Spent;

/// A run cut off after so many entries.
#[derive(Clone, Debug)]
struct Cut {
    index: u32,
    trace: Rc<Trace>,
    dissection: Rc<Dissection>,
}

/// The requests of a run and what their time is spent on, to be shown at any moment of it.
#[derive(Clone, Debug)]
pub struct Times {
    trace: Rc<Trace>,
    /// The run cut off where it was shown last.
    cut: RefCell<Option<Cut>>,
}

impl Times {
    /// The requests of a run.
    pub const fn new(trace: Rc<Trace>) -> Self {
        Self { trace, cut: RefCell::new(None) }
    }

    /// Whether a scenario has a client with requests that it sends one after another.
    pub fn exists(scenario: &Scenario) -> bool {
        scenario.nodes.iter().any(|node| match &node.role {
            RoleSpec::Client(spec) => spec.pipeline <= 1 && !spec.requests.is_empty(),
            _ => false,
        })
    }

    /// The requests wanted so far, each as far as it has come: what happens later has no part in it.
    pub fn at(&self, now: Cursor) -> Vec<Spent> {
        let mut cut = self.cut.borrow_mut();
        let known = cut.take().filter(|cut| cut.index == now.index);
        let known = known.unwrap_or_else(|| {
            let trace = Rc::new(self.trace.until(now.index));
            let dissection = Rc::new(Dissection::new(&trace));
            Cut { index: now.index, trace, dissection }
        });
        let all = Spent::until(&known.trace, &known.dissection, now.at);
        *cut = Some(known);
        all
    }

    /// The longest time that a request takes, and how many there are.
    pub fn extent(all: &[Spent]) -> (Duration, usize) {
        (all.iter().map(Spent::total).max().unwrap_or(Duration::ZERO), all.len())
    }
}
