//! What stands below the tabs: the chosen view and the inspector; on very wide screens the ladder beside them.

use playground_core::time::Instant;
use playground_lessons::Tab;
use playground_playback::{Frame, Selection};
use yew::prelude::*;

use super::breaking::Breaking;
use super::panel::Panel;
use crate::icon::{Picture, icon};
use crate::language::use_text;
use crate::session::{Action, Edit, Model};
use crate::shared::Shared;
use crate::view::{Inspector, LadderView};

/// Properties of [`Lower`].
#[derive(Properties, PartialEq)]
pub struct LowerProps {
    /// The run.
    pub model: Shared<Model>,
    /// The stage at the cursor.
    pub frame: Shared<Frame>,
    /// What is selected.
    pub selection: Selection,
    /// The tab.
    pub tab: Tab,
    /// Whether the ladder stands beside the stage.
    pub wide: bool,
    /// What was done to the run.
    pub edits: Vec<Edit>,
    /// Whether the scenario was written by hand.
    pub replaced: bool,
    /// Selects.
    pub on_select: Callback<Selection>,
    /// Does something to the session.
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
