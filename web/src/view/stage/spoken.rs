//! What the step speaks of: only its timers stand on the stage, all others come on request.

use playground_playback::TimerView;
use yew::AttrValue;

use crate::language::Text;
use crate::view::common::time_text;

/// Whether a timer is shown: everything is where no step is told (`None`), otherwise what its words name.
pub(super) fn is_shown(text: Text, timer: &TimerView, spoken: Option<&AttrValue>) -> bool {
    let Some(spoken) = spoken else { return true };
    let terms = text.plain(&format!("{}.spoken", timer.key()));
    terms.split('|').any(|term| spoken.contains(&term.to_lowercase()))
}

/// A timer's name and what it is for, for a tooltip: `RTO: If no ACK comes by then, ...`.
pub(super) fn explained(text: Text, timer: &TimerView) -> String {
    format!("{}: {}", text.plain(timer.key()), text.plain(&format!("{}.help", timer.key())))
}

/// The same with the time when it ends.
pub(super) fn explained_until(text: Text, timer: &TimerView) -> String {
    format!("{} ({})", explained(text, timer), time_text::moment(timer.expires_at))
}
