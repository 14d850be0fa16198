//! What can be done with the host or link that is edited: moved, removed, a proxy beside it.

use playground_core::scenario::Scenario;
use playground_drawing::host_title;
use playground_editor::{NetworkChange, Part, ProxyKind};
use yew::prelude::*;

use crate::icon::{Picture, icon};
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::session::{Action, Model};

/// Properties of [`Tools`].
#[derive(Properties, PartialEq)]
pub struct ToolsProps {
    /// The run.
    pub model: RcEq<Model>,
    /// The part.
    pub part: Part,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// The buttons; what is not possible says so when it is tried.
#[component]
pub fn Tools(props: &ToolsProps) -> Html {
    let text = use_text();
    let scenario = &props.model.trace.scenario;
    let button = |key: &str, what: &str, picture: Picture, change: NetworkChange| {
        let onclick = props.on_action.reform(move |_: MouseEvent| Action::Rebuild(change.clone()));
        let label = text.get(key, &[("node", what)]);
        html! {
            <button type="button" class="button small" {onclick} aria-label={label}>{ icon(picture) }{ text.plain(&format!("short-{key}")) }</button>
        }
    };
    match &props.part {
        Part::Scenario => Html::default(),
        Part::Link(link) => {
            let change = NetworkChange::AddProxy { link: *link, kind: ProxyKind::Dumb };
            let onclick = props.on_action.reform(move |_: MouseEvent| Action::Rebuild(change.clone()));
            html! {
                <div class="buttons part-tools">
                    <button type="button" class="button small" {onclick}>{ icon(Picture::Add) }{ text.plain("host-add-here") }</button>
                </div>
            }
        }
        Part::Node(name) => {
            let node = || name.clone();
            let title = scenario.nodes.iter().find(|node| node.name == *name);
            let title = title.map(|node| host_title(text, node)).unwrap_or_default();
            html! {
                <div class="buttons part-tools">
                    { button("host-move-left", &title, Picture::Previous, NetworkChange::Move { node: node(), right: false }) }
                    { button("host-move-right", &title, Picture::Next, NetworkChange::Move { node: node(), right: true }) }
                    { button("host-remove", &title, Picture::Close, NetworkChange::Remove { node: node() }) }
                </div>
            }
        }
    }
}

/// The link on which a new proxy stands: the one that is edited, one of the host that is edited, or the first that can
/// have one.
pub fn link_for_proxy(scenario: &Scenario, part: &Part) -> usize {
    let can =
        |link: &usize| NetworkChange::AddProxy { link: *link, kind: ProxyKind::Dumb }.apply(scenario).is_ok();
    let is_near = |link: &usize| match part {
        Part::Scenario => false,
        Part::Link(own) => own == link,
        Part::Node(name) => {
            let (a, b) = &scenario.links[*link].between;
            a == name || b == name
        }
    };
    let links = || 0..scenario.links.len();
    let near = links().filter(is_near).find(can);
    near.or_else(|| links().find(can)).unwrap_or_default()
}
