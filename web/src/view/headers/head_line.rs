//! One header line with its mark.

use playground_playback::{HeaderLine, LineMark};
use yew::prelude::*;

use crate::language::use_text;

use super::rule_text::{sentence, source};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The line.
    pub(super) line: HeaderLine,
    /// Whether its rule is shown in full; otherwise only the source.
    pub(super) told: bool,
}

/// Sign and line; below them its fate and the rule.
#[component]
pub(super) fn HeadLine(props: &Props) -> Html {
    let text = use_text();
    let line = &props.line;
    let (sign, class, key) = look(line.mark);
    let code = match line.mark {
        LineMark::Removed => html! { <del>{ field(&line.text) }</del> },
        LineMark::Added => html! { <ins>{ field(&line.text) }</ins> },
        _ => field(&line.text),
    };
    html! {
        <li class={classes!("head-line", class)}>
            <span class="line-sign" aria-hidden="true">{ sign }</span>
            <div class="line-code">
                if let Some(before) = &line.before {
                    <del class="line-before"><span class="visually-hidden">{ text.plain("headers-before") }{ " " }</span>{ field(before) }</del>
                }
                <code>{ code }</code>
            </div>
            if let Some(key) = key {
                <p class="line-rule">
                    <strong>{ text.plain(key) }</strong>
                    if let Some(rule) = line.rule {
                        { " · " }
                        if props.told {
                            { sentence(text, rule) }{ " " }
                        }
                        <cite>{ source(text, rule) }</cite>
                    }
                </p>
            }
        </li>
    }
}

/// A mark's sign, class and label; a line that was forwarded correctly has none.
const fn look(mark: LineMark) -> (&'static str, &'static str, Option<&'static str>) {
    match mark {
        LineMark::Original | LineMark::Kept => ("", "is-plain", None),
        LineMark::Removed => ("−", "is-removed", Some("headers-mark-removed")),
        LineMark::Added => ("+", "is-added", Some("headers-mark-added")),
        LineMark::Changed => ("≠", "is-changed", Some("headers-mark-changed")),
        LineMark::PassedBlindly => ("⇢", "is-blind", Some("headers-mark-passed-blindly")),
    }
}

/// A field line with its name emphasized; a start line unchanged.
fn field(line: &str) -> Html {
    match line.split_once(": ") {
        Some((name, value)) if !name.contains(' ') => {
            html! { <><span class="head-name">{ name }{ ":" }</span>{ " " }{ value }</> }
        }
        _ => html! { { line } },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Language, Text};

    #[test]
    fn every_mark_has_a_sign_and_a_label() {
        for mark in [LineMark::Removed, LineMark::Added, LineMark::Changed, LineMark::PassedBlindly] {
            let (sign, _, key) = look(mark);
            assert!(
                !sign.is_empty() && key.is_some_and(|key| Text::new(Language::Korean).has(key)),
                "{mark:?}"
            );
        }
    }
}
