//! The bench: the stage, the tabs, and the region below.

use playground_drawing::Hero;
use playground_lessons::View;
use playground_playback::{Frame, Program, Selection};
use strum::VariantArray as _;
use yew::prelude::*;

use super::lower::{Lower, Tabs};
use crate::browser::use_media;
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::session::{Action, Edit, Model};
use crate::view::Stage;

/// Properties of [`Bench`].
#[derive(Properties, PartialEq)]
pub struct BenchProps {
    /// The run.
    pub model: RcEq<Model>,
    /// The stage at the cursor.
    pub frame: RcEq<Frame>,
    /// The selection.
    pub selection: Selection,
    /// The tab.
    pub tab: View,
    /// The edits made to the run.
    pub edits: Vec<Edit>,
    /// Whether the scenario was written by hand.
    pub replaced: bool,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// From this width on the ladder is always shown beside the stage.
const WIDE: &str = "(min-width: 1640px)";

/// Stage, tabs, and the rest.
#[component]
pub fn Bench(props: &BenchProps) -> Html {
    let text = use_text();
    let on_select = use_callback(props.on_action.clone(), |selection: Selection, on_action| {
        on_action.emit(Action::Select(selection));
    });
    let on_show = use_callback(props.on_action.clone(), |tab: View, on_action| {
        on_action.emit(Action::ShowView(Some(tab)))
    });
    let inspecting = !props.selection.is_empty();
    let wide = use_media(WIDE);
    let is_there = |tab: &View| match tab {
        // It stands above the tabs.
        View::Stage => false,
        View::Ladder => !wide,
        View::Cache => !props.model.caches().is_empty(),
        View::Program => !Program::nodes(&props.model.trace.scenario).is_empty(),
        View::Tuples => Hero::exists(*tab, &props.model.trace),
        View::Race => props.model.run.lesson.shows(View::Race),
        _ => true,
    };
    let tabs: Vec<View> = View::VARIANTS.iter().copied().filter(is_there).collect();
    let shown = if props.tab == View::Stage { View::Ladder } else { props.tab };
    let tab = if tabs.contains(&shown) { shown } else { View::Packets };
    html! {
        <section class={classes!("bench", inspecting.then_some("inspecting"), wide.then_some("wide"))} aria-label={text.plain("bench")}>
            <div class="stage-region">
                <Stage frame={props.frame.clone()} selection={props.selection} on_select={on_select.clone()} compact=false />
            </div>
            <Tabs {tabs} current={tab} {on_show} />
            <Lower model={props.model.clone()} frame={props.frame.clone()} selection={props.selection} {tab} {wide}
                edits={props.edits.clone()} replaced={props.replaced} {on_select} on_action={props.on_action.clone()} />
        </section>
    }
}
