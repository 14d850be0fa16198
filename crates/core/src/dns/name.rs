//! Domain names on the wire: length-prefixed labels, and pointers to earlier labels.

use bytes::BufMut;

/// Octets of a name on the wire at most. RFC 1035 section 2.3.4.
const NAME_AT_MOST: usize = 255;
/// Octets of a label at most.
const LABEL_AT_MOST: usize = 63;

/// Whether a text is a domain name: labels of letters, digits, hyphens and underscores.
///
/// Source: RFC 1035 sections 2.3.1 and 2.3.4.
pub fn is_domain_name(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= LABEL_AT_MOST
            && label.bytes().all(|octet| octet.is_ascii_alphanumeric() || octet == b'-' || octet == b'_')
    };
    // A length before each label, and the root's 0 after the last.
    text.len() + 2 <= NAME_AT_MOST && text.split('.').all(is_label)
}

/// Appends a name; an invalid one is encoded as the root.
pub(super) fn write(name: &str, octets: &mut Vec<u8>) {
    if is_domain_name(name) {
        for label in name.split('.') {
            octets.put_u8(label.len() as u8);
            octets.put_slice(label.as_bytes());
        }
    }
    octets.put_u8(0);
}

/// Decodes the name at `at`, with the offset of the octet after it; `None` for one that is truncated, too long, not of
/// printable ASCII, or that points forward.
pub(super) fn read(message: &[u8], at: usize) -> Option<(String, usize)> {
    let mut name = String::new();
    let (mut here, mut end, mut floor) = (at, None, at);
    loop {
        let length = *message.get(here)? as usize;
        match length >> 6 {
            0 if length == 0 => return Some((name, end.unwrap_or(here + 1))),
            0 => {
                let label = message.get(here + 1..here + 1 + length)?;
                if !label.iter().all(|octet| octet.is_ascii_graphic()) {
                    return None;
                }
                if !name.is_empty() {
                    name.push('.');
                }
                label.iter().for_each(|octet| name.push(char::from(*octet)));
                if name.len() > NAME_AT_MOST {
                    return None;
                }
                here += 1 + length;
            }
            3 => {
                let target = (length & 0x3f) << 8 | *message.get(here + 1)? as usize;
                end = end.or(Some(here + 2));
                // RFC 1035 section 4.1.4: a prior occurrence. Pointers go back only, so the loop ends.
                if target >= floor {
                    return None;
                }
                (here, floor) = (target, target);
            }
            _ => return None,
        }
    }
}
