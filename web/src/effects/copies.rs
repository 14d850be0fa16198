//! Copies of an embedded view kept in step: the speaker's view, a second projector.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use serde_json::{Value, json};
use yew::prelude::*;

use super::deck::is_speakers;
use crate::browser::{self, Channel};
use crate::command::Command;
use crate::session::{Action, Session};

/// Where a copy is: its step, from 0, and whether that asks.
type Where = (usize, bool);

/// A copy of the view and its channel to the others.
struct Copy {
    channel: RefCell<Option<Channel>>,
    /// The session as it was drawn last, and whether the deck shows this copy's slide.
    drawn: RefCell<(UseReducerHandle<Session>, bool)>,
    /// Whether it was moved, by hand or after another: a copy that was only opened leads nobody.
    has_moved: Cell<bool>,
    /// Whether the next change is one that another made.
    follows: Cell<bool>,
}

/// Keeps the copies of an embedded view in step. `is_shown` is whether the deck says that this one's slide is shown.
///
/// The copies are those of the name in the link, or in a deck that the view speaks with, of the same link.
#[hook]
pub fn use_copies(session: &UseReducerHandle<Session>, is_shown: bool, on_action: &Callback<Action>) {
    let name = use_memo((session.embed.is_some(), session.sync.clone()), |(embedded, sync)| {
        let own = session.deck.map(|_| browser::query());
        sync.as_deref().map(str::to_owned).or(own).filter(|_| *embedded)
    });
    let copy = use_memo((), |()| Copy {
        channel: RefCell::default(),
        drawn: RefCell::new((session.clone(), is_shown)),
        has_moved: Cell::default(),
        follows: Cell::default(),
    });
    *copy.drawn.borrow_mut() = (session.clone(), is_shown);
    let followed = use_force_update();
    {
        let copy = copy.clone();
        use_effect_with((name, on_action.clone()), move |(name, on_action)| {
            let (known, on_action) = (Rc::downgrade(&copy), on_action.clone());
            let channel = name.as_deref().and_then(|name| {
                Channel::join(name, move |text| {
                    if let Some(copy) = known.upgrade()
                        && copy.hear(text, &on_action)
                    {
                        followed.force_update();
                    }
                })
            });
            copy.channel.replace(channel);
            copy.say(false);
            move || drop(copy.channel.take())
        });
    }
    let now = where_is(session);
    let before = use_mut_ref(|| (now, false));
    use_effect(move || {
        let (was, was_shown) = before.replace((now, is_shown));
        let follows = copy.follows.take();
        if (was != now && !follows) || (is_shown && !was_shown) {
            copy.has_moved.set(true);
            copy.say(true);
        }
    });
}

fn where_is(session: &Session) -> Where {
    let step = session.watched();
    (step, session.open_question() == Some(step))
}

impl Copy {
    /// Says where it is, or asks where the others are.
    fn say(&self, knows: bool) {
        if let Some(channel) = &*self.channel.borrow() {
            let (session, is_shown) = &*self.drawn.borrow();
            let (step, asks) = where_is(session);
            let mut said = json!({ "lesson": session.lesson().id });
            if knows {
                said["step"] = step.into();
                said["asks"] = asks.into();
                said["shown"] = (*is_shown).into();
            }
            channel.say(&said.to_string());
        }
    }

    /// Hears another one; returns whether it followed.
    fn hear(&self, text: &str, on_action: &Callback<Action>) -> bool {
        let (session, is_shown) = self.drawn.borrow().clone();
        let Ok(said) = serde_json::from_str::<Value>(text) else { return false };
        if said["lesson"] != session.lesson().id {
            return false;
        }
        if said["shown"] == true && is_speakers() {
            browser::take_focus();
        }
        let Some(step) = said["step"].as_u64() else {
            if self.has_moved.get() || is_shown {
                self.say(true);
            }
            return false;
        };
        self.has_moved.set(true);
        let step = usize::try_from(step).unwrap_or(usize::MAX);
        let actions = follow(&session, (step, said["asks"] == true));
        let follows = !actions.is_empty();
        if follows {
            self.follows.set(true);
        }
        actions.into_iter().for_each(|action| on_action.emit(action));
        follows
    }
}

/// What leads to where another copy is: to the next step as one goes there by hand, else without an animation.
fn follow(session: &Session, (step, asks): Where) -> Vec<Action> {
    let (here, asks_here) = where_is(session);
    let step = step.min(session.steps().saturating_sub(1));
    match step {
        _ if step == here + 1 && !asks_here && !session.player.is_moving() => {
            vec![Action::Do(Command::NextStep)]
        }
        _ if step == here && asks_here && !asks => vec![Action::ShowAnswer],
        _ if step == here => Vec::new(),
        _ if asks => vec![Action::GoToStep(step)],
        _ => vec![Action::GoToStep(step), Action::ShowAnswer],
    }
}
