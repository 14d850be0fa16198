//! The bench at the right: the stage, the tabs below it, and the inspector.

use playground_core::time::Instant;
use playground_lessons::Tab;
use playground_playback::{Frame, Program, Selection};

use super::breaking::Breaking;
use super::panel::Panel;
use super::tabs::Tabs;
use crate::address::TABS;
use crate::browser::use_media;
use crate::icon::{Picture, icon};
use crate::language::use_text;
use crate::markup::prelude::*;
use crate::session::{Action, Edit, Model};
use crate::shared::Shared;
use crate::view::{Inspector, LadderView, Stage};

/// Properties of [`Bench`].
#[derive(PartialEq)]
pub struct BenchProps {
    /// The run.
    pub model: Shared<Model>,
    /// The stage at the cursor.
    pub frame: Shared<Frame>,
    /// What is selected.
    pub selection: Selection,
    /// The tab.
    pub tab: Tab,
    /// What was done to the run.
    pub edits: Vec<Edit>,
    /// Whether the scenario was written by hand.
    pub replaced: bool,
    /// Does something to the session.
    pub on_action: Callback<Action>,
}

/// From this width on the ladder stands beside the stage, always.
const WIDE: &str = "(min-width: 1640px)";

/// Stage, tabs, inspector.
#[component]
pub fn Bench(props: &BenchProps) -> Html {
    let text = use_text();
    let on_select = use_callback(props.on_action.clone(), |selection: Selection, on_action| {
        on_action.emit(Action::Select(selection));
    });
    let on_seek =
        use_callback(props.on_action.clone(), |at: Instant, on_action| on_action.emit(Action::Seek(at)));
    let on_show =
        use_callback(props.on_action.clone(), |tab: Tab, on_action| on_action.emit(Action::ShowTab(tab)));
    let let_go = props.on_action.reform(|_: MouseEvent| Action::Select(Selection::default()));
    let cursor = props.frame.cursor;
    let inspecting = !props.selection.is_empty();
    let wide = use_media(WIDE);
    let is_there = |tab: &Tab| match tab {
        Tab::Ladder => !wide,
        Tab::Cache => !props.model.caches().is_empty(),
        Tab::Program => !Program::nodes(&props.model.trace.scenario).is_empty(),
        Tab::Race => props.model.run.lesson.first_tab == Tab::Race,
        _ => true,
    };
    let tabs: Vec<Tab> = TABS.into_iter().filter(is_there).collect();
    let tab = if tabs.contains(&props.tab) { props.tab } else { Tab::Packets };
    html! {
        <section class={classes!("bench", inspecting.then_some("inspecting"), wide.then_some("wide"))} aria-label={text.plain("bench")}>
            <div class="stage-region">
                <Stage frame={props.frame.clone()} selection={props.selection} on_select={on_select.clone()} compact=false />
            </div>
            <Tabs {tabs} current={tab} {on_show} />
            <div class="lower">
                <div class="tab-panel" id="tab-panel" role="tabpanel" tabindex="0"
                    aria-labelledby={format!("tab-{}", crate::address::tab_name(tab))}>
                    <Panel {tab} on_action={props.on_action.clone()} model={props.model.clone()} frame={props.frame.clone()} selection={props.selection}
                        on_select={on_select.clone()} on_seek={on_seek.clone()} />
                </div>
                <aside class="inspector-region" aria-label={text.plain("inspector")}>
                    if inspecting {
                        <button type="button" class="round let-go" onclick={let_go} aria-label={text.plain("inspector-close")}
                            title={text.plain("inspector-close")}>
                            { icon(Picture::Close) }
                        </button>
                    }
                    <Breaking model={props.model.clone()} selection={props.selection}
                        edits={props.edits.clone()} replaced={props.replaced} on_action={props.on_action.clone()} />
                    <Inspector trace={props.model.trace.clone()} dissection={props.model.dissection.clone()}
                        index={cursor.index} selection={props.selection} on_select={on_select.clone()} />
                </aside>
            </div>
            if wide {
                <section class="ladder-region" aria-label={text.plain("tab-ladder")}>
                    <LadderView ladder={props.model.ladder()} pace={props.model.pace.clone()} now={cursor.at}
                        selection={props.selection} {on_select} {on_seek} compact=false />
                </section>
            }
        </section>
    }
}
