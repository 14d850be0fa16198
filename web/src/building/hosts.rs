//! The hosts of the scenario in a row, with a plus on each link that a proxy can stand on.

use playground_core::scenario::{LinkSpec, NodeSpec, Scenario};
use playground_editor::{
    Consequence, MOST_CLIENTS, MOST_PROXIES, MOST_SERVERS, NetworkChange, NetworkRefusal, Part, is_client,
    is_proxy, is_server,
};
use playground_words::node_name;
use yew::prelude::*;

use crate::icon::{Picture, icon};
use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::session::{Action, Model, Said};

/// Properties of [`Hosts`].
#[derive(Properties, PartialEq)]
pub struct HostsProps {
    /// The run.
    pub model: RcEq<Model>,
    /// The part of its scenario that is edited.
    pub part: Part,
    /// What is to be said of the last change.
    pub said: Option<RcEq<Said>>,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// The hosts; the one that is edited can be moved and removed. Alt with an arrow key moves it, Delete removes it.
#[component]
pub fn Hosts(props: &HostsProps) -> Html {
    let text = use_text();
    let scenario = &props.model.trace.scenario;
    let act =
        |change: NetworkChange| props.on_action.reform(move |_: MouseEvent| Action::Rebuild(change.clone()));
    let may_have_proxy = count(scenario, is_proxy) < MOST_PROXIES;
    let chip = |(place, node): (usize, &NodeSpec)| {
        let links =
            links_before(scenario, place).filter(|(_, link)| may_have_proxy && connects(scenario, link));
        let plus = links.map(|(index, link)| {
            let (a, b) = (node_name(text, &link.between.0), node_name(text, &link.between.1));
            let label = text.get("host-add-proxy", &[("a", &a), ("b", &b)]);
            html! {
                <button type="button" class="round host-plus" onclick={act(NetworkChange::AddProxy { link: index })}
                    aria-label={label.clone()} title={label}>{ "+" }</button>
            }
        });
        let name = node.name.clone();
        let is_edited = props.part == Part::Node(name.clone());
        let onclick = {
            let name = name.clone();
            props.on_action.reform(move |_: MouseEvent| Action::EditPart(Part::Node(name.clone())))
        };
        let onkeydown = {
            let on_action = props.on_action.clone();
            Callback::from(move |event: KeyboardEvent| {
                let node = name.clone();
                let change = match (event.key().as_str(), event.alt_key()) {
                    ("ArrowRight", true) => NetworkChange::Move { node, right: true },
                    ("ArrowLeft", true) => NetworkChange::Move { node, right: false },
                    ("Delete", false) => NetworkChange::Remove { node },
                    _ => return,
                };
                event.prevent_default();
                event.stop_propagation();
                on_action.emit(Action::Rebuild(change));
            })
        };
        html! {
            <li key={node.name.clone()}>
                { for plus }
                <button type="button" class={classes!("host-chip", kind(node))} aria-pressed={is_edited.to_string()} {onclick} {onkeydown}>
                    { node_name(text, &node.name) }
                </button>
                if is_edited { { tools(text, node, &act) } }
            </li>
        }
    };
    let add = |key: &str, change: NetworkChange, can: bool| {
        html! {
            <button type="button" class="button small" disabled={!can} onclick={act(change)}>{ text.plain(key) }</button>
        }
    };
    let (clients, servers) = (count(scenario, is_client), count(scenario, is_server));
    html! {
        <section class="hosts" aria-label={text.plain("hosts")}>
            <ul role="list">{ for scenario.nodes.iter().enumerate().map(chip) }</ul>
            <div class="buttons">
                { add("host-add-client", NetworkChange::AddClient, clients > 0 && clients < MOST_CLIENTS) }
                { add("host-add-server", NetworkChange::AddServer, servers > 0 && servers < MOST_SERVERS) }
            </div>
            <p class="hosts-said" role="status">{ props.said.as_ref().map(|said| sentence(text, said)) }</p>
        </section>
    }
}

/// To the left, to the right, away.
fn tools(text: Text, node: &NodeSpec, act: &dyn Fn(NetworkChange) -> Callback<MouseEvent>) -> Html {
    let name = node_name(text, &node.name);
    let button = |key: &str, picture: Picture, change: NetworkChange| {
        let label = text.get(key, &[("node", &name)]);
        html! {
            <button type="button" class="round" onclick={act(change)} aria-label={label.clone()} title={label}>{ icon(picture) }</button>
        }
    };
    let node = || node.name.clone();
    html! {
        <span class="host-tools">
            { button("host-move-left", Picture::Previous, NetworkChange::Move { node: node(), right: false }) }
            { button("host-move-right", Picture::Next, NetworkChange::Move { node: node(), right: true }) }
            { button("host-remove", Picture::Close, NetworkChange::Remove { node: node() }) }
        </span>
    }
}

fn count(scenario: &Scenario, kind: fn(&playground_core::node::RoleSpec) -> bool) -> usize {
    scenario.nodes.iter().filter(|node| kind(&node.role)).count()
}

/// The links from a node to one that stands before it, with their indices.
fn links_before(scenario: &Scenario, place: usize) -> impl Iterator<Item = (usize, &LinkSpec)> {
    let position = |name: &str| scenario.nodes.iter().position(|node| node.name == name);
    scenario
        .links
        .iter()
        .enumerate()
        .filter(move |(_, link)| position(&link.between.0).max(position(&link.between.1)) == Some(place))
}

/// Whether a proxy can stand on a link.
fn connects(scenario: &Scenario, link: &LinkSpec) -> bool {
    let place = scenario.links.iter().position(|other| other == link);
    place.is_some_and(|link| NetworkChange::AddProxy { link }.apply(scenario).is_ok())
}

fn kind(node: &NodeSpec) -> &'static str {
    match &node.role {
        role if is_client(role) => "is-client",
        role if is_proxy(role) => "is-proxy",
        role if is_server(role) => "is-server",
        _ => "is-other",
    }
}

/// What is said of the last change of the network.
fn sentence(text: Text, said: &Said) -> String {
    let name = |node: &str| node_name(text, node);
    match said {
        Said::Changed(consequences) => {
            let said = consequences.iter().map(|consequence| match consequence {
                Consequence::Connects { node, to } => {
                    text.get("host-connects", &[("node", &name(node)), ("to", &name(to))])
                }
                Consequence::Unused { node } => text.get("host-unused", &[("node", &name(node))]),
                Consequence::DropsInterventions { count } => {
                    text.get("host-drops", &[("count", &count.to_string())])
                }
            });
            said.collect::<Vec<_>>().join(" ")
        }
        Said::Refused(refusal) => match refusal {
            NetworkRefusal::TooMany { most } => text.get("host-too-many", &[("most", &most.to_string())]),
            NetworkRefusal::NobodyConnects => text.plain("host-nobody-connects"),
            NetworkRefusal::IsNeeded { by } => {
                let by: Vec<String> = by.iter().map(|node| name(node)).collect();
                text.get("host-is-needed", &[("by", &by.join(", "))])
            }
            NetworkRefusal::IsLast => text.plain("host-is-last"),
            NetworkRefusal::NoSuch => text.plain("host-no-such"),
            NetworkRefusal::Unsound(error) => text.get("host-unsound", &[("field", &error.field)]),
        },
    }
}
