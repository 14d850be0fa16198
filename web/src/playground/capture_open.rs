//! Opening a capture: chosen, or dropped on the page; read and analysed in small pieces while the page goes on.

use std::cell::Cell;
use std::rc::Rc;

use playground_capture::open::{MOST_OCTETS, Opened, Opening, Progress};
use wasm_bindgen_futures::spawn_local;
use web_sys::File;
use yew::prelude::*;

use super::capture_words::Refused;
use crate::browser;
use crate::icon::{Picture, icon};
use crate::language::use_text;
use crate::session::{Action, Captured};

/// Octets that are read at once.
const PIECE: usize = 1 << 20;
/// Packets between two looks at the clock.
const PACKETS: usize = 200;
/// So long it works before the browser may draw, milliseconds.
const TURN: f64 = 12.0;

/// What the opening of a file has come to.
#[derive(Clone, Debug, PartialEq)]
enum Stage {
    /// Nothing is being opened.
    Idle,
    /// So many hundredths of a file are done.
    Going { name: String, percent: u32 },
    /// A file was not opened.
    Refused { name: String, why: Refused },
}

/// Properties of [`CaptureOpener`].
#[derive(Properties, PartialEq)]
pub struct CaptureOpenerProps {
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// The button, and behind it how far it is or why it failed.
#[component]
pub fn CaptureOpener(props: &CaptureOpenerProps) -> Html {
    let text = use_text();
    let stage = use_state_eq(|| Stage::Idle);
    // Which opening counts: a later one, or a cancelled one, ends those before it.
    let turn = use_mut_ref(|| Rc::new(Cell::new(0_u32)));
    let take = {
        let stage = stage.setter();
        let turn = Rc::clone(&turn.borrow());
        use_callback(props.on_action.clone(), move |file: File, on_action| {
            turn.set(turn.get() + 1);
            let own = turn.get();
            let (stage, turn, on_action) = (stage.clone(), Rc::clone(&turn), on_action.clone());
            spawn_local(async move {
                let name = file.name();
                let tell = |percent| {
                    let counts = turn.get() == own;
                    if counts {
                        stage.set(Stage::Going { name: name.clone(), percent });
                    }
                    counts
                };
                let opened = read(&file, tell).await;
                if turn.get() != own {
                    return;
                }
                match opened {
                    Ok(Some(opened)) => {
                        stage.set(Stage::Idle);
                        on_action.emit(Action::ShowCapture(Captured::new(&name, opened)));
                    }
                    Ok(None) => {}
                    Err(why) => stage.set(Stage::Refused { name, why }),
                }
            });
        })
    };
    {
        let take = take.clone();
        use_effect_with(take, |take| {
            let listeners = browser::on_drop(take.clone());
            move || drop(listeners)
        });
    }
    {
        // What is still being opened when the playground is left has nobody to show it to.
        let turn = Rc::clone(&turn.borrow());
        use_effect_with((), move |()| move || turn.set(turn.get() + 1));
    }
    let onchange = Callback::from(move |event: Event| {
        if let Some(file) = browser::chosen(&event.target_unchecked_into()) {
            take.emit(file);
        }
    });
    let cancel = {
        let (stage, turn) = (stage.clone(), Rc::clone(&turn.borrow()));
        Callback::from(move |_: MouseEvent| {
            turn.set(turn.get() + 1);
            stage.set(Stage::Idle);
        })
    };
    let dismiss = {
        let stage = stage.clone();
        Callback::from(move |_: MouseEvent| stage.set(Stage::Idle))
    };
    html! {
        <>
            <label class="button open-file" title={text.plain("capture-stays")}>
                <input type="file" id="open-capture" accept=".pcap,.pcapng,.cap" {onchange} />
                { text.plain("capture-open") }
            </label>
            { match &*stage {
                Stage::Idle => Html::default(),
                Stage::Going { name, percent } => html! {
                    <div class="capture-status" role="status">
                        <label>
                            <span>{ text.get("capture-reading", &[("name", name)]) }</span>
                            <progress max="100" value={percent.to_string()} />
                        </label>
                        <button type="button" class="button small" onclick={cancel}>{ text.plain("capture-cancel") }</button>
                    </div>
                },
                Stage::Refused { name, why } => html! {
                    <div class="capture-status problem" role="alert">
                        { icon(Picture::Warning) }
                        <span>{ format!("{name}: {}", why.sentence(text)) }</span>
                        <button type="button" class="round" onclick={dismiss} aria-label={text.plain("notice-dismiss")}>{ icon(Picture::Close) }</button>
                    </div>
                },
            } }
        </>
    }
}

/// Reads and opens a file; none when `tell`, which hears how far it is, says that nobody waits any more.
async fn read(file: &File, tell: impl Fn(u32) -> bool) -> Result<Option<Opened>, Refused> {
    let len = file.size();
    if len > MOST_OCTETS as f64 {
        return Err(Refused::TooLong);
    }
    let len = len as usize;
    let mut octets = Vec::with_capacity(len);
    while octets.len() < len {
        // Reading is the shorter part.
        if !tell((octets.len() * 20 / len) as u32) {
            return Ok(None);
        }
        let from = octets.len();
        let until = len.min(from + PIECE);
        let piece = browser::octets(file, from as f64, until as f64).await.ok_or(Refused::Unreadable)?;
        if piece.is_empty() {
            return Err(Refused::Unreadable);
        }
        octets.extend(piece);
    }
    let mut opening = Opening::new(&octets.into()).map_err(Refused::Capture)?;
    loop {
        let began = browser::now();
        let mut thousandths = 0;
        while browser::now() - began < TURN {
            match opening.step(PACKETS).map_err(Refused::Capture)? {
                Progress::Going(done) => thousandths = done,
                Progress::Done => return Ok(Some(opening.finish())),
            }
        }
        if !tell(20 + thousandths * 80 / 1_000) {
            return Ok(None);
        }
        browser::breathe().await;
    }
}
