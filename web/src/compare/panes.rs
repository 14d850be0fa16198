//! Two runs beside each other on one clock: ladders or stages.

use playground_core::time::Instant;
use playground_lessons::View;
use playground_playback::{Cursor, Selection};
use yew::prelude::*;

use crate::breaking::Details;
use crate::icon::{Picture, icon};
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::session::{Action, Model, Source};
use crate::view::{HeroView, LadderView};

/// Properties of [`Panes`].
#[derive(Properties, PartialEq)]
pub struct PanesProps {
    /// The kept run.
    pub a: RcEq<Model>,
    /// The current one.
    pub b: RcEq<Model>,
    /// The moment in the current run.
    pub now: Cursor,
    /// The selection in the kept run.
    pub selection_in_a: Selection,
    /// The selection in the current one.
    pub selection: Selection,
    /// Whether the table has the place of the story.
    pub table: bool,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// A and B, as ladders or as stages.
#[component]
pub fn Panes(props: &PanesProps) -> Html {
    let text = use_text();
    let view = use_state_eq(|| View::Ladder);
    let choose = |wanted: View, key: &str| {
        let onchange = {
            let view = view.clone();
            Callback::from(move |_: Event| view.set(wanted))
        };
        html! {
            <label class="choice">
                <input type="radio" name="compared" value={wanted.name()} checked={*view == wanted} {onchange} />
                <span>{ text.plain(key) }</span>
            </label>
        }
    };
    let at = props.now.at;
    let in_a = Cursor::new(props.a.trace.applied_by(at), at);
    let stop = props.on_action.reform(|_: MouseEvent| Action::StopComparing);
    let on_table = props.on_action.reform(|_: MouseEvent| Action::ShowTable(true));
    html! {
        <section class="bench compare" aria-label={text.plain("compare-both")}>
            <div class="compare-bar">
                <span class="compare-clock">{ text.plain("compare-clock") }</span>
                <span class="segmented" role="radiogroup" aria-label={text.plain("tabs")}>
                    { choose(View::Ladder, "compare-ladders") }
                    { choose(View::Stage, "compare-stages") }
                </span>
                if !props.table {
                    <button type="button" class="button" onclick={on_table}>{ text.plain("compare-table") }</button>
                }
                <button type="button" class="button" onclick={stop}>{ icon(Picture::Close) }{ text.plain("compare-stop") }</button>
            </div>
            <Pane name="A" model={props.a.clone()} view={*view} now={in_a} selection={props.selection_in_a}
                on_select={props.on_action.reform(Action::SelectInA)} on_action={props.on_action.clone()} />
            <Pane name="B" model={props.b.clone()} view={*view} now={props.now} selection={props.selection}
                on_select={props.on_action.reform(Action::Select)} on_action={props.on_action.clone()} />
        </section>
    }
}

/// Properties of [`Pane`].
#[derive(Properties, PartialEq)]
struct PaneProps {
    /// `A` or `B`.
    name: &'static str,
    model: RcEq<Model>,
    view: View,
    now: Cursor,
    selection: Selection,
    on_select: Callback<Selection>,
    on_action: Callback<Action>,
}

/// One of the two runs.
#[component]
fn Pane(props: &PaneProps) -> Html {
    let text = use_text();
    let kind = if props.name == "A" { "is-a" } else { "is-b" };
    let role = match (props.model.source(), kind) {
        (Source::Capture, _) => "compare-capture",
        (Source::Recording, _) => "compare-recording",
        (Source::Run, "is-a") => "compare-kept",
        (Source::Run, _) => "compare-current",
    };
    let end = props.model.trace.end();
    let is_over = props.now.at >= end;
    let on_seek = props.on_action.reform(|at: Instant| Action::Seek(at));
    html! {
        <section class={classes!("pane", kind)} aria-label={text.get("compare-run", &[("run", props.name)])}>
            <h3>
                <span class={classes!("run-name", kind)}>{ props.name }</span>
                <span>{ text.plain(role) }</span>
                if is_over { <span class="pane-over">{ text.plain("compare-over") }</span> }
            </h3>
            <div class="pane-picture">
                if props.view == View::Ladder {
                    <LadderView ladder={props.model.ladder()} pace={props.model.pace.clone()} now={props.now.at}
                        selection={props.selection} on_select={props.on_select.clone()} {on_seek} compact=false />
                } else if let Some(hero) = props.model.hero(View::Stage, false) {
                    <HeroView {hero} now={props.now} selection={props.selection} on_select={props.on_select.clone()} />
                }
                if !props.selection.is_empty() {
                    <Details model={props.model.clone()} cursor={props.now} selection={props.selection} breaks={kind == "is-b"}
                        label={text.get("compare-details", &[("run", props.name)])} on_select={props.on_select.clone()}
                        on_close={props.on_select.reform(|_: MouseEvent| Selection::default())} on_action={props.on_action.clone()} />
                }
            </div>
        </section>
    }
}
