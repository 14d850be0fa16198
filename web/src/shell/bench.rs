//! The bench: the views, the stage as a strip, the hero, and the details over it.

use playground_core::time::Instant;
use playground_editor::Part;
use playground_lessons::View;
use playground_playback::{Frame, Selection};
use strum::VariantArray as _;
use yew::prelude::*;

use super::tabs::Tabs;
use crate::breaking::Details;
use crate::browser::use_media;
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::session::{Action, Model};
use crate::view::{AnyView, HeroView, LadderView, has_view};

/// Properties of [`Bench`].
#[derive(Properties, PartialEq)]
pub struct BenchProps {
    /// The run.
    pub model: RcEq<Model>,
    /// The stage at the cursor.
    pub frame: RcEq<Frame>,
    /// The current step, from 0.
    pub step: usize,
    /// The selection.
    pub selection: Selection,
    /// The view that has the room.
    pub view: View,
    /// Whether it follows the lesson; none in the playground.
    pub follows: Option<bool>,
    /// The part of the scenario that is edited, in the playground.
    pub part: Option<Part>,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// Whether a view has the hosts and what is on its way between them: the strip would draw them once more.
const fn draws_hosts(view: View) -> bool {
    matches!(view, View::Stage | View::Waits | View::Queue | View::Requests)
}

/// From this width on the ladder stands beside the hero.
const WIDE: &str = "(min-width: 1680px)";

/// Tabs, strip, hero, details; on very wide screens the ladder.
#[component]
pub fn Bench(props: &BenchProps) -> Html {
    let text = use_text();
    // What is withheld while a question is open is not selected: its details would be empty.
    let is_known = |entry: u32| (entry as usize) < props.model.trace.entries.len();
    let selection = Some(props.selection).filter(|selection| selection.entry.is_none_or(is_known));
    let selection = selection.unwrap_or_default();
    // What a step selects is marked in the views; its details open on request.
    let by_step = selection == props.model.selected_by(props.step);
    let opened = use_state_eq(|| !by_step);
    {
        let opened = opened.clone();
        // In the playground nothing is told: what was opened stays open.
        let is_told = props.follows.is_some();
        use_effect_with((props.step, by_step), move |(_, by_step)| {
            if *by_step && is_told {
                opened.set(false);
            }
        });
    }
    let on_select = {
        let opened = opened.clone();
        use_callback(props.on_action.clone(), move |selection: Selection, on_action| {
            opened.set(true);
            on_action.emit(Action::Select(selection));
        })
    };
    let on_show = use_callback(props.on_action.clone(), |view: Option<View>, on_action| {
        on_action.emit(Action::ShowView(view));
    });
    let on_seek =
        use_callback(props.on_action.clone(), |at: Instant, on_action| on_action.emit(Action::Seek(at)));
    let on_details = {
        let opened = opened.clone();
        use_callback((), move |_: MouseEvent, ()| opened.set(true))
    };
    let on_close = {
        let opened = opened.clone();
        let (on_action, by_step) = (props.on_action.clone(), by_step);
        Callback::from(move |_: MouseEvent| {
            opened.set(false);
            if !by_step {
                on_action.emit(Action::Select(Selection::default()));
            }
        })
    };
    let is_selected = !selection.is_empty();
    let inspecting = *opened && is_selected;
    let views: Vec<View> = View::VARIANTS
        .iter()
        .copied()
        .filter(|view| has_view(&props.model, *view) && (*view != View::Console || props.follows.is_none()))
        .collect();
    let view = if views.contains(&props.view) { props.view } else { View::Stage };
    let beside = use_media(WIDE) && view != View::Ladder;
    let model = &props.model;
    let strip = model.hero(View::Stage, true).filter(|_| !draws_hosts(view));
    html! {
        <section class={classes!("bench", inspecting.then_some("inspecting"), beside.then_some("wide"))} aria-label={text.plain("bench")}>
            <Tabs {views} current={view} follows={props.follows} has_details={is_selected && !inspecting} {on_show} {on_details} />
            if let Some(hero) = strip {
                <div class="strip-region">
                    <HeroView {hero} now={props.frame.cursor} {selection} on_select={on_select.clone()} />
                </div>
            }
            <div class={classes!("hero-region", format!("is-{}", view.name()))}>
                <div class="tab-panel" id="tab-panel" role="tabpanel" tabindex="0" aria-labelledby={format!("tab-{}", view.name())}>
                    <AnyView {view} model={model.clone()} now={props.frame.cursor} {selection} compact=false
                        told={props.follows.is_some()} picked={props.follows != Some(true)} part={props.part.clone()}
                        on_select={on_select.clone()} on_seek={on_seek.clone()} on_action={props.on_action.clone()} />
                </div>
                if inspecting {
                    <Details model={model.clone()} cursor={props.frame.cursor} selection={selection}
                        on_select={on_select.clone()} {on_close} on_action={props.on_action.clone()} />
                }
            </div>
            if beside {
                <section class="ladder-region" aria-label={text.plain("tab-ladder")}>
                    <LadderView ladder={model.ladder()} pace={model.pace.clone()} now={props.frame.cursor.at}
                        {selection} {on_select} {on_seek} compact=false />
                </section>
            }
        </section>
    }
}
