//! Images without a picture: their text is a comment, so that they are well-formed and a payload can still be read.

/// The longest comment of a JPEG with its marker: ITU-T T.81 section B.2.4.5.
const JPEG_COMMENT: usize = 2 + 0xffff;
/// The longest block of a comment in a GIF with its length: GIF89a sections 15 and 24.
const GIF_BLOCK: usize = 1 + 0xff;
/// The header of a JPEG without a thumbnail: JFIF 1.02, application segment 0.
const JPEG_START: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0";
/// The header of a GIF of one pixel without colours, and the beginning of a comment.
const GIF_START: &[u8] = b"GIF89a\x01\0\x01\0\0\0\0\x21\xfe";

/// The octets of an image of a length that stand before its text; none where it is too short for an image, or is none.
pub fn before_text(content_type: &str, length: usize) -> usize {
    match content_type {
        "image/jpeg" if length >= JPEG_START.len() + 6 => JPEG_START.len() + 4,
        "image/gif" if length >= GIF_START.len() + 4 => GIF_START.len() + 1,
        _ => 0,
    }
}

/// Makes a text an image of the same length, where it is long enough for one. Each octet that is left stays in its place.
pub fn become_image(body: &mut [u8], content_type: &str) {
    match (before_text(content_type, body.len()), content_type) {
        (0, _) => {}
        (_, "image/gif") => become_gif(body),
        _ => become_jpeg(body),
    }
}

fn become_jpeg(body: &mut [u8]) {
    let end = body.len() - 2;
    body[..JPEG_START.len()].copy_from_slice(JPEG_START);
    body[end..].copy_from_slice(b"\xff\xd9");
    let mut at = JPEG_START.len();
    while at < end {
        let left = end - at;
        // What follows has room for a marker and a length.
        let size = if left > JPEG_COMMENT { JPEG_COMMENT.min(left - 4) } else { left };
        let [high, low] = u16::try_from(size - 2).unwrap_or(u16::MAX).to_be_bytes();
        body[at..at + 4].copy_from_slice(&[0xff, 0xfe, high, low]);
        at += size;
    }
}

fn become_gif(body: &mut [u8]) {
    let end = body.len() - 2;
    body[..GIF_START.len()].copy_from_slice(GIF_START);
    body[end..].copy_from_slice(b"\0\x3b");
    let mut at = GIF_START.len();
    while at < end {
        let left = end - at;
        // A block of length 0 would be the last one.
        let size = if left > GIF_BLOCK { GIF_BLOCK.min(left - 2) } else { left };
        body[at] = u8::try_from(size - 1).unwrap_or(u8::MAX);
        at += size;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Walks the segments of a JPEG and gives the comments.
    fn jpeg_comments(mut image: &[u8]) -> Option<usize> {
        image = image.strip_prefix(JPEG_START)?;
        let mut comments = 0;
        while let Some(rest) = image.strip_prefix(b"\xff\xfe") {
            image = rest.get(usize::from(u16::from_be_bytes(*rest.first_chunk()?))..)?;
            comments += 1;
        }
        (image == b"\xff\xd9").then_some(comments)
    }

    /// Walks the blocks of a GIF's comment.
    fn gif_blocks(image: &[u8]) -> Option<usize> {
        let mut rest = image.strip_prefix(GIF_START)?;
        let mut blocks = 0;
        while let Some((length, after)) = rest.split_first().filter(|(length, _)| **length > 0) {
            rest = after.get(usize::from(*length)..)?;
            blocks += 1;
        }
        (rest == b"\0\x3b").then_some(blocks)
    }

    #[test]
    fn every_length_is_an_image() {
        for length in (26..2_000).chain(65_540..65_580).chain(131_070..131_110) {
            let (mut jpeg, mut gif) = (vec![b'.'; length], vec![b'.'; length]);
            become_image(&mut jpeg, "image/jpeg");
            become_image(&mut gif, "image/gif");
            assert!(jpeg_comments(&jpeg).is_some_and(|comments| comments >= 1), "{length}");
            assert!(gif_blocks(&gif).is_some_and(|blocks| blocks >= 1), "{length}");
        }
    }

    #[test]
    fn what_is_too_short_or_no_image_stays() {
        for (length, content_type) in [(25, "image/jpeg"), (18, "image/gif"), (100, "text/plain")] {
            let mut body = vec![b'.'; length];
            become_image(&mut body, content_type);
            assert_eq!(body, vec![b'.'; length]);
        }
    }
}
