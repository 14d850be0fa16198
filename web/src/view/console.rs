//! The console: the calls of a node with their results, and a line to type the next one.

use playground_core::event::NodeId;
use playground_core::node::Statement;
use playground_core::scenario::Action as UserAction;
use playground_playback::{Console, ConsoleLine, Cursor, LineState, Selection};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::common::time_text;
use super::common::who::who;
use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::session::{Action, Model};

/// Properties of [`ConsoleView`].
#[derive(Properties, PartialEq)]
pub struct ConsoleViewProps {
    /// The run.
    pub model: RcEq<Model>,
    /// The moment: what is typed is called there.
    pub now: Cursor,
    /// Selects.
    pub on_select: Callback<Selection>,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// The consoles, one at a time.
#[component]
pub fn ConsoleView(props: &ConsoleViewProps) -> Html {
    let text = use_text();
    let trace = &props.model.trace;
    let nodes = Console::nodes(&trace.scenario);
    let chosen = use_state_eq(|| None::<NodeId>);
    let draft = use_state(String::new);
    // How many lines back in the history; 0 is what is being typed.
    let back = use_state_eq(|| 0_usize);
    let refusal = use_state_eq(|| None::<String>);
    let Some(node) = chosen.filter(|node| nodes.contains(node)).or_else(|| nodes.first().copied()) else {
        return html! { <p class="console-hint">{ text.plain("console-nobody") }</p> };
    };
    let Some(console) = Console::at(trace, props.now, node) else { return Html::default() };
    let own = who(text, trace, node);
    let name = trace.scenario.nodes.get(node.index()).map(|node| node.name.clone()).unwrap_or_default();

    let call = {
        let (on_action, refusal, draft, back) =
            (props.on_action.clone(), refusal.clone(), draft.clone(), back.clone());
        let (console, name) = (console.clone(), name.clone());
        let known: Vec<String> = trace.scenario.nodes.iter().map(|node| node.name.clone()).collect();
        move |line: &str| match refused(text, &console, &known, line) {
            Some(problem) => refusal.set(Some(problem)),
            None => {
                refusal.set(None);
                draft.set(String::new());
                back.set(0);
                let action = UserAction::Call { node: name.clone(), call: line.trim().to_owned() };
                on_action.emit(Action::Intervene(action));
            }
        }
    };
    let onkeydown = {
        let (draft, back, console) = (draft.clone(), back.clone(), console.clone());
        let scenario = trace.scenario.clone();
        Callback::from(move |event: KeyboardEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let typed = input.value();
            let history = |steps: usize| {
                let line = console.lines.len().checked_sub(steps).and_then(|place| console.lines.get(place));
                (steps > 0).then(|| line.map(|line| line.text.clone())).flatten()
            };
            match event.key().as_str() {
                "Enter" => call(&typed),
                "ArrowUp" if *back < console.lines.len() => {
                    back.set(*back + 1);
                    draft.set(history(*back + 1).unwrap_or_default());
                }
                "ArrowDown" if *back > 0 => {
                    back.set(*back - 1);
                    draft.set(history(*back - 1).unwrap_or_default());
                }
                // An empty line leaves Tab to the page, so that the keyboard is not caught here.
                "Tab" if !typed.is_empty() && !event.shift_key() => {
                    let possible = console.completions(&scenario, &typed);
                    match common_start(&possible) {
                        Some(start) if start.len() > typed.len() => draft.set(start),
                        _ => return,
                    }
                }
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let oninput = {
        let (draft, refusal) = (draft.clone(), refusal.clone());
        Callback::from(move |event: InputEvent| {
            draft.set(event.target_unchecked_into::<HtmlInputElement>().value());
            refusal.set(None);
        })
    };
    let choose = |id: NodeId| {
        let who = who(text, trace, id);
        let onclick = {
            let (chosen, refusal) = (chosen.clone(), refusal.clone());
            Callback::from(move |_: MouseEvent| {
                chosen.set(Some(id));
                refusal.set(None);
            })
        };
        html! {
            <button type="button" class={classes!("console-node", who.class)} aria-pressed={(id == node).to_string()} {onclick}>
                <i aria-hidden="true" />{ who.name }
            </button>
        }
    };
    let interrupt = {
        let action = Action::Intervene(UserAction::Interrupt { node: name.clone() });
        props.on_action.reform(move |_: MouseEvent| action.clone())
    };
    let line = |line: &ConsoleLine| {
        let why = line.entry.filter(|_| line.state == LineState::Returned).map(|entry| {
            let selection = Selection::of_entry(trace, &props.model.dissection, entry);
            let onclick = props.on_select.reform(move |_: MouseEvent| selection);
            html! { <button type="button" class="console-why" {onclick}>{ text.plain("why") }</button> }
        });
        html! {
            <li class={classes!(line.failed.then_some("has-failed"))}>
                <span class="console-time">{ time_text::axis(line.at) }</span>
                <span class="console-prompt">{ format!("{name} $") }</span>
                <code>{ line.text.clone() }</code>
                { outcome(text, line) }
                { why }
                if line.state == LineState::Blocked {
                    <button type="button" class="button small" onclick={interrupt.clone()}>{ text.plain("console-interrupt") }</button>
                }
            </li>
        }
    };
    let problem = (*refusal).clone();
    html! {
        <section class={classes!("console", own.class)} aria-label={text.plain("tab-console")}>
            <div class="console-nodes" role="group" aria-label={text.plain("console-nodes")}>{ for nodes.iter().map(|id| choose(*id)) }</div>
            <div role="log" aria-label={text.get("console-of", &[("node", &own.name)])}>
                <ol class="console-lines" role="list">{ for console.lines.iter().map(line) }</ol>
            </div>
            <div class="console-entry">
                <label class="console-prompt" for="console-line">{ format!("{name} $") }</label>
                <input id="console-line" class="wire" type="text" autocomplete="off" autocapitalize="off" spellcheck="false"
                    value={(*draft).clone()} {oninput} {onkeydown} aria-invalid={problem.is_some().to_string()}
                    aria-describedby="console-problem console-hint" />
            </div>
            <p class="problem" id="console-problem" role="alert">{ problem }</p>
            <p class="console-hint" id="console-hint">{ text.plain("console-hint") }</p>
        </section>
    }
}

/// What came of a call, in words that a screen reader reads too.
fn outcome(text: Text, line: &ConsoleLine) -> Html {
    let waited = line.waited.map(time_text::span);
    match (&line.result, line.state) {
        (Some(result), _) => html! {
            <>
                <output>{ format!("→ {result}") }</output>
                if let Some(span) = waited {
                    <small>{ text.get("console-after", &[("span", &span)]) }</small>
                }
            </>
        },
        (None, LineState::Blocked) => {
            let span = waited.unwrap_or_default();
            html! { <span class="console-blocked">{ text.get("console-blocked", &[("span", &span)]) }</span> }
        }
        (None, _) => html! { <small>{ text.plain("console-to-come") }</small> },
    }
}

/// Why a line cannot be called now.
fn refused(text: Text, console: &Console, nodes: &[String], line: &str) -> Option<String> {
    if console.is_down {
        return Some(text.plain("console-down"));
    }
    if let Some(blocked) = console.blocked() {
        return Some(text.get("console-busy", &[("call", &blocked.text)]));
    }
    let problem = match Statement::parse(line.trim()) {
        Ok(statement) => {
            let unknown = statement.peer().filter(|peer| !nodes.iter().any(|node| node == peer))?;
            playground_core::problem::Problem::no_such_node(unknown)
        }
        Err(problem) => problem,
    };
    let arguments: Vec<(&str, &str)> =
        problem.arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Some(text.problem(problem.key, &arguments))
}

/// The longest start that all have.
fn common_start(all: &[String]) -> Option<String> {
    let first = all.first()?;
    let same = |len: &usize| {
        first.is_char_boundary(*len) && all.iter().all(|other| other.starts_with(&first[..*len]))
    };
    (0..=first.len()).rev().find(same).map(|len| first[..len].to_owned())
}

#[cfg(test)]
mod tests {
    use super::common_start;

    #[test]
    fn completion_goes_as_far_as_all_agree() {
        let all = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(common_start(&all(&["socket()"])).as_deref(), Some("socket()"));
        assert_eq!(common_start(&all(&["shutdown(", "setsockopt(", "socket()"])).as_deref(), Some("s"));
        assert_eq!(
            common_start(&all(&["connect(4, 서버", "connect(4, 서울"])).as_deref(),
            Some("connect(4, 서")
        );
        assert_eq!(common_start(&[]), None);
    }
}
