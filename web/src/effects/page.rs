//! The page's title, language and theme, and the choices that the browser remembers.

use yew::prelude::*;

use crate::browser;
use crate::session::Session;

/// Sets them when they change.
#[hook]
pub fn use_page(session: &Session) {
    let title = session.model.text(session.language).title.clone();
    use_effect_with((title, session.language, session.theme), |(title, language, theme)| {
        browser::set_page(&format!("{title} · Socket Playground"), *language, *theme);
    });
    let chosen = session.language_chosen.then_some(session.language);
    use_effect_with((chosen, session.embed.is_some()), |(chosen, embedded)| {
        // A slide's language is the slide's, not the person's.
        if let Some(language) = chosen
            && !embedded
        {
            browser::store("language", language.tag());
        }
    });
    use_effect_with(session.letter_keys, |on| browser::store("letter-keys", if *on { "on" } else { "off" }));
}
