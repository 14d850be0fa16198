//! The lessons' paragraphs, lists and code as HTML.

use playground_lessons::{Block, Inline};
use yew::prelude::*;

/// Blocks of text.
pub fn prose(blocks: &[Block]) -> Html {
    html! { <div class="prose">{ for blocks.iter().map(block) }</div> }
}

/// Inline text.
pub fn line(inlines: &[Inline]) -> Html {
    inlines.iter().map(inline).collect()
}

fn block(block: &Block) -> Html {
    match block {
        Block::Paragraph(inlines) => html! { <p>{ for inlines.iter().map(inline) }</p> },
        Block::List(points) => {
            let point = |inlines: &Vec<Inline>| html! { <li>{ for inlines.iter().map(inline) }</li> };
            html! { <ul>{ for points.iter().map(point) }</ul> }
        }
        Block::Code(lines) => html! { <pre tabindex="0"><code>{ lines.clone() }</code></pre> },
    }
}

fn inline(inline: &Inline) -> Html {
    let all = |inlines: &[Inline]| inlines.iter().map(self::inline).collect::<Html>();
    match inline {
        Inline::Text(text) => html! { text.clone() },
        Inline::Strong(inlines) => html! { <strong>{ all(inlines) }</strong> },
        Inline::Emphasis(inlines) => html! { <em>{ all(inlines) }</em> },
        Inline::Code(text) => html! { <code>{ text.clone() }</code> },
        Inline::Link { text, url } => {
            html! { <a href={url.clone()} target="_blank" rel="noreferrer">{ all(text) }</a> }
        }
        Inline::Break => html! { <br /> },
    }
}
