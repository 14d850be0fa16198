//! Socket Playground: the page.

mod address;
mod app;
mod browser;
mod command;
mod controls;
mod dialogs;
mod effects;
mod embed;
mod icon;
mod language;
mod playground;
mod progress;
mod rc_eq;
mod session;
mod shell;
mod story;
mod view;

fn main() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(async {
        match browser::fetch_words(app::language()).await {
            Ok(()) => {
                yew::Renderer::<app::App>::with_root(app::root()).render();
            }
            Err(_) => browser::show_failure(),
        }
    });
}
