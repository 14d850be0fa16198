//! The region below the stage: tabs, the selected view, the inspector, and the ladder on very wide screens.

use playground_core::time::Instant;
use playground_lessons::View;
use playground_playback::{Frame, Selection};
use yew::prelude::*;

use super::breaking::Breaking;
use crate::browser;
use crate::icon::{Picture, icon};
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::session::{Action, Edit, Model};
use crate::view::{
    GraphsView, HeadersView, HeroView, Inspector, LadderView, PacketsView, ProgramView, SocketsView,
    StateView, cache_view, race_view,
};

/// Properties of [`Lower`].
#[derive(Properties, PartialEq)]
pub struct LowerProps {
    /// The run.
    pub model: RcEq<Model>,
    /// The stage at the cursor.
    pub frame: RcEq<Frame>,
    /// The selection.
    pub selection: Selection,
    /// The tab.
    pub tab: View,
    /// Whether the ladder stands beside the stage.
    pub wide: bool,
    /// The edits made to the run.
    pub edits: Vec<Edit>,
    /// Whether the scenario was written by hand.
    pub replaced: bool,
    /// Selects.
    pub on_select: Callback<Selection>,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// View, inspector, ladder.
#[component]
pub fn Lower(props: &LowerProps) -> Html {
    let text = use_text();
    let on_seek =
        use_callback(props.on_action.clone(), |at: Instant, on_action| on_action.emit(Action::Seek(at)));
    let let_go = props.on_action.reform(|_: MouseEvent| Action::Select(Selection::default()));
    let (on_select, tab) = (&props.on_select, props.tab);
    let cursor = props.frame.cursor;
    html! {
        <>
            <div class="lower">
                <div class="tab-panel" id="tab-panel" role="tabpanel" tabindex="0"
                    aria-labelledby={format!("tab-{}", tab.name())}>
                    <Panel {tab} on_action={props.on_action.clone()} model={props.model.clone()} frame={props.frame.clone()} selection={props.selection}
                        on_select={on_select.clone()} on_seek={on_seek.clone()} />
                </div>
                <aside class="inspector-region" aria-label={text.plain("inspector")}>
                    if !props.selection.is_empty() {
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
            if props.wide {
                <section class="ladder-region" aria-label={text.plain("tab-ladder")}>
                    <LadderView ladder={props.model.ladder()} pace={props.model.pace.clone()} now={cursor.at}
                        selection={props.selection} on_select={on_select.clone()} {on_seek} compact=false />
                </section>
            }
        </>
    }
}

/// Properties of [`Tabs`].
#[derive(Properties, PartialEq)]
pub struct TabsProps {
    /// All tabs.
    pub tabs: Vec<View>,
    /// The tab that is shown.
    pub current: View,
    /// Shows a tab.
    pub on_show: Callback<View>,
}

/// The row of tabs; arrow keys move between them.
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let text = use_text();
    let onkeydown = {
        let (tabs, current, on_show) = (props.tabs.clone(), props.current, props.on_show.clone());
        Callback::from(move |event: KeyboardEvent| {
            let count = tabs.len();
            let place = tabs.iter().position(|tab| *tab == current).unwrap_or(0);
            let next = match event.key().as_str() {
                "ArrowRight" => (place + 1) % count,
                "ArrowLeft" => (place + count - 1) % count,
                "Home" => 0,
                "End" => count - 1,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            if let Some(tab) = tabs.get(next) {
                on_show.emit(*tab);
                browser::focus(&format!("tab-{}", tab.name()));
            }
        })
    };
    let tab = |tab: &View| {
        let tab = *tab;
        let selected = tab == props.current;
        let onclick = props.on_show.reform(move |_: MouseEvent| tab);
        html! {
            <button type="button" role="tab" id={format!("tab-{}", tab.name())} {onclick} aria-selected={selected.to_string()}
                aria-controls="tab-panel" tabindex={if selected { "0" } else { "-1" }}>
                { text.plain(&format!("tab-{}", tab.name())) }
            </button>
        }
    };
    html! {
        <div class="tabs" role="tablist" aria-label={text.plain("tabs")} {onkeydown}>{ for props.tabs.iter().map(tab) }</div>
    }
}

/// Properties of [`Panel`].
#[derive(Properties, PartialEq)]
pub struct PanelProps {
    /// Which tab.
    pub tab: View,
    /// The run.
    pub model: RcEq<Model>,
    /// The stage at the cursor.
    pub frame: RcEq<Frame>,
    /// The selection.
    pub selection: Selection,
    /// Selects.
    pub on_select: Callback<Selection>,
    /// Goes to a time.
    pub on_seek: Callback<Instant>,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// The view of the tab. Only the ladder, the graphs and the caches follow the time; the others follow the entry under the cursor.
#[component]
pub fn Panel(props: &PanelProps) -> Html {
    let text = use_text();
    let model = &props.model;
    let cursor = props.frame.cursor;
    let (selection, on_select) = (props.selection, props.on_select.clone());
    match props.tab {
        View::Stage => Html::default(),
        View::Tuples => drawn(props, props.tab),
        View::Ladder => html! {
            <LadderView ladder={model.ladder()} pace={model.pace.clone()} now={cursor.at} {selection} {on_select}
                on_seek={props.on_seek.clone()} compact=false />
        },
        View::Packets => {
            html! { <PacketsView packets={model.packets()} index={cursor.index} {selection} {on_select} /> }
        }
        View::Headers => {
            html! { <HeadersView hops={model.hops()} ladder={model.ladder()} index={cursor.index} /> }
        }
        View::State => html! {
            <StateView trace={model.trace.clone()} dissection={model.dissection.clone()} index={cursor.index} {selection} {on_select} />
        },
        View::Sockets => html! {
            <SocketsView trace={model.trace.clone()} dissection={model.dissection.clone()} index={cursor.index} now={cursor.at}
                {selection} {on_select} />
        },
        View::Cache => {
            let caches = model.caches().at(&model.trace, &model.dissection, cursor);
            cache_view(text, &model.trace, &model.dissection, &caches, &on_select)
        }
        View::Program => html! {
            <ProgramView trace={model.trace.clone()} index={cursor.index} now={cursor.at} on_action={props.on_action.clone()} />
        },
        View::Race => race_view(text, model.race(), cursor.at),
        View::Graphs => html! {
            <GraphsView trace={model.trace.clone()} dissection={model.dissection.clone()} series={model.series()}
                pace={model.pace.clone()} now={cursor.at} />
        },
    }
}

/// A picture of the crate `drawing`.
fn drawn(props: &PanelProps, view: View) -> Html {
    let hero = props.model.hero(view);
    hero.map_or_else(Html::default, |hero| {
        html! { <HeroView {hero} now={props.frame.cursor} slide=false on_select={props.on_select.clone()} /> }
    })
}
