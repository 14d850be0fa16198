//! What is said of the last change of the network.

use playground_core::scenario::Scenario;
use playground_drawing::host_title;
use playground_editor::{Consequence, NetworkRefusal};
use playground_words::node_name;
use yew::prelude::*;

use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::session::{Model, Said};

/// Properties of [`Notice`].
#[derive(Properties, PartialEq)]
pub struct NoticeProps {
    /// The run.
    pub model: RcEq<Model>,
    /// What is to be said.
    pub said: Option<RcEq<Said>>,
}

/// What else has changed, or why nothing has.
#[component]
pub fn Notice(props: &NoticeProps) -> Html {
    let text = use_text();
    let scenario = &props.model.trace.scenario;
    let refused = matches!(props.said.as_deref(), Some(Said::Refused(_) | Said::NotRead { .. }))
        .then_some("is-refused");
    html! {
        <p class={classes!("hosts-said", refused)} role="status">{ props.said.as_ref().map(|said| sentence(text, scenario, said)) }</p>
    }
}

/// What is said of the last change of the network.
fn sentence(text: Text, scenario: &Scenario, said: &Said) -> String {
    let name = |node: &str| {
        let host = scenario.nodes.iter().find(|host| host.name == node);
        host.map_or_else(|| node_name(text, node), |host| host_title(text, host))
    };
    match said {
        Said::Changed(consequences) => {
            let said = consequences.iter().map(|consequence| match consequence {
                Consequence::Connects { node, to } => {
                    text.get("host-connects", &[("node", &name(node)), ("to", &name(to))])
                }
                Consequence::Unused { node } => text.get("host-unused", &[("node", &name(node))]),
                Consequence::Exchanges { node, with } => {
                    text.get("host-exchanges", &[("node", &name(node)), ("with", &name(with))])
                }
                Consequence::Switched { switch } => text.get("host-switched", &[("switch", &name(switch))]),
                Consequence::LooksUp { node, at } => {
                    text.get("host-looks-up", &[("node", &name(node)), ("at", &name(at))])
                }
                Consequence::HasAddressFrom { node, from } => {
                    text.get("host-address-from", &[("node", &name(node)), ("from", &name(from))])
                }
                Consequence::DropsInterventions { count } => {
                    text.get("host-drops", &[("count", &count.to_string())])
                }
            });
            said.collect::<Vec<_>>().join(" ")
        }
        Said::NotRead { too_large: true } => text.plain("file-too-large"),
        Said::NotRead { too_large: false } => text.plain("file-unreadable"),
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
