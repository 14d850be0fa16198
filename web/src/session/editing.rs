//! Edits of a run and changes of a scenario: each makes another experiment, which is run at once.

use std::rc::Rc;

use playground_core::event::{Event, NodeId};
use playground_core::scenario::Moment;
use playground_core::trace::Trace;
use playground_editor::{Change, Part};
use playground_playback::{Cursor, PlayerCommand};

use super::experiment::MOST_EDITS;
use super::{Edit, Session};

impl Session {
    /// Changes the scenario that is run; it is then one of its own.
    pub(super) fn change(&mut self, change: &Change) {
        let before = self.experiment.scenario();
        let part = change.follow(self.part.clone(), &before);
        let typed = change.typed_at().map(|at| (at, self.history.is_typing(at)));
        self.rerun_where_it_is(|experiment| {
            experiment.replaced = Some(Rc::new(change.apply(&before)?));
            experiment.edits.clear();
            Ok(())
        });
        if self.problem.is_none() {
            self.part = part;
            if let Some((at, goes_on)) = typed.filter(|_| self.experiment.scenario() != before) {
                self.history.typed(at, goes_on);
            }
        }
    }

    /// What is selected on the stage is what is edited.
    pub(super) fn edit_node(&mut self, node: NodeId) {
        if let Some(node) = self.route.model.trace.scenario.nodes.get(node.index()) {
            self.part = Part::Node(node.name.clone());
        }
    }

    /// Adds an edit. The cursor stays; outside the playground it goes back to where the edit takes effect, if that is
    /// over.
    pub(super) fn edit(&mut self, edit: Edit) {
        if self.experiment.edits.len() >= MOST_EDITS {
            return;
        }
        let (selection, cursor) = (self.selection, self.cursor());
        let at_cursor = self.route.model.trace.moment_after(cursor.index, cursor.at);
        let sent = selection.segment.and_then(|id| Edit::sent_at(&self.route.model.trace, id));
        let (at, stays) = match &edit {
            Edit::Intervene(intervention) => (intervention.after.at_us, intervention.after == at_cursor),
            Edit::Impair { .. } if self.playground => (cursor.at, false),
            Edit::Impair { .. } => (sent.map_or(cursor.at, |sent| sent.min(cursor.at)), false),
        };
        self.rerun(|experiment| {
            experiment.edits.push(edit);
            Ok(())
        });
        if self.problem.is_none() {
            // The edit changes only what follows, so the past is as before.
            self.seek(match stays {
                true => {
                    PlayerCommand::SeekIndex(with_interventions(&self.route.model.trace, cursor, at_cursor))
                }
                false => PlayerCommand::Seek(at),
            });
            self.selection = selection;
        }
    }
}

/// The cursor's index, with the interventions applied that come next and what they cause at once; what else happens
/// in the same microsecond is still to come.
fn with_interventions(trace: &Trace, cursor: Cursor, moment: Moment) -> u32 {
    let next = trace.entries.get(cursor.index as usize);
    if !next.is_some_and(|entry| matches!(entry.event, Event::Intervened { .. })) {
        return cursor.index;
    }
    let end = trace.entries.len() as u32;
    let is_behind = |index: &u32| {
        trace.entries[*index as usize].at > moment.at_us
            || trace.moment_after(index + 1, moment.at_us) != moment
    };
    (cursor.index..end).find(is_behind).unwrap_or(end)
}
