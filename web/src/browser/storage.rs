//! What the browser keeps for the person: on this machine, and only here.

const PREFIX: &str = "socket-playground:";

/// What was stored under a name.
pub fn load(name: &str) -> Option<String> {
    let storage = web_sys::window()?.local_storage().ok()??;
    storage.get_item(&format!("{PREFIX}{name}")).ok()?
}

/// Stores under a name, where the browser lets it.
pub fn store(name: &str, value: &str) {
    if let Some(storage) = web_sys::window().and_then(|window| window.local_storage().ok()?) {
        let _ = storage.set_item(&format!("{PREFIX}{name}"), value);
    }
}
