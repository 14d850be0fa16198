//! Socket Playground: the page.

mod address;
mod app;
mod breaking;
mod browser;
mod building;
mod command;
mod compare;
mod controls;
mod dialogs;
mod effects;
mod embed;
mod icon;
mod inputs;
mod language;
mod link;
mod playground;
mod progress;
mod rc_eq;
mod session;
mod shell;
mod story;
mod view;

pub use link::{Opened, open_link};

/// Starts the page in the element that is made for it.
pub fn start() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(async {
        let language = app::language();
        // Without a network, only a language that was read before is there.
        if browser::fetch_words(language).await.is_err()
            && browser::fetch_words(language.other()).await.is_err()
        {
            browser::show_failure();
            return;
        }
        let (parameters, remarks) = effects::read_address().await;
        let link = app::AppProps { parameters, remarks };
        yew::Renderer::<app::App>::with_root_and_props(app::root(), link).render();
    });
}
