//! A lesson on paper: a page for each step, with its picture, its words and its question.

use playground_drawing::Canvas;
use playground_lessons::Step;
use yew::prelude::*;

use super::state::drawn_view_of;
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::session::Model;
use crate::story::{line, prose};
use crate::view::still;

/// The size that a picture is drawn for; the page scales it.
const SIZE: (f64, f64) = (960.0, 440.0);

/// Properties of [`PrintView`].
#[derive(Properties, PartialEq)]
pub struct PrintViewProps {
    /// The run.
    pub model: RcEq<Model>,
    /// The texts of the steps.
    pub story: RcEq<Vec<Step>>,
}

/// Every step on a page of its own.
#[component]
pub fn PrintView(props: &PrintViewProps) -> Html {
    let text = use_text();
    let (width, height) = SIZE;
    let canvas = Canvas { width, height, type_size: Canvas::PAGE, text };
    let lesson = props.model.text(text.language()).title.clone();
    let count = props.story.len();
    let page = |(place, step): (usize, &Step)| {
        let view = drawn_view_of(props.model.hero_of(place), &props.model);
        let hero = props.model.hero(view, true);
        let number = format!("{} / {count}", place + 1);
        html! {
            <section class="print-step" aria-label={number.clone()}>
                <p class="print-head"><span>{ lesson.clone() }</span><span>{ number }</span></p>
                <h2>{ step.title.clone() }</h2>
                if let Some(hero) = hero {
                    <div class="print-picture">{ still(&hero, props.model.mark(place), &canvas) }</div>
                }
                <div class="print-words">
                    <div class="body">{ prose(&step.body) }</div>
                    if let Some(question) = &step.question {
                        <div class="print-question">
                            <p>{ line(&question.prompt) }</p>
                            <ol type="A">{ for question.options.iter().map(|option| html! { <li>{ line(&option.text) }</li> }) }</ol>
                        </div>
                    }
                </div>
            </section>
        }
    };
    html! {
        <main class="print" aria-label={lesson.clone()}>{ for props.story.iter().enumerate().map(page) }</main>
    }
}
