//! Links: the query and the fragment of the page's address.

use playground_web::open_link;

/// Opens a link, and the link to what it opened: that one has no fault, and opens the same again.
///
/// # Panics
///
/// When it does not.
pub fn link(octets: &[u8]) {
    let Some(link) = crate::text(octets) else { return };
    let opened = open_link(link).expect("the lesson can be run");
    let again = open_link(&opened.link).expect("the lesson can be run");
    assert_eq!(again.remarks, 0, "{}", opened.link);
    assert_eq!(again.link, opened.link);
    assert_eq!(again.entries, opened.entries, "{}", opened.link);
}
