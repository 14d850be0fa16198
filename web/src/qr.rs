//! QR codes as drawings.

use qrcodegen::{QrCode, QrCodeEcc};

/// White around the code, in modules.
///
/// Source: ISO/IEC 18004 section 9.1.
const QUIET: i32 = 4;

/// A QR code as the outline of its dark modules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// Width and height, in modules, with the white around it.
    pub size: i32,
    /// The dark modules, as an SVG path.
    pub path: String,
}

impl Qr {
    /// The code of a text; none when it is too long for one.
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
        let mut path = String::new();
        for y in 0..code.size() {
            let mut x = 0;
            while x < code.size() {
                let start = x;
                while code.get_module(x, y) {
                    x += 1;
                }
                if x > start {
                    let width = x - start;
                    path += &format!("M{} {}h{width}v1h-{width}z", start + QUIET, y + QUIET);
                }
                x += 1;
            }
        }
        Some(Self { size: code.size() + 2 * QUIET, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_fits_and_a_book_does_not() {
        let qr = Qr::of("https://example.org/?lesson=dumb-proxy&step=5").expect("a link fits");
        assert!(qr.size >= 21 + 2 * QUIET);
        assert!(qr.path.starts_with("M4 4h7v1h-7z"));
        assert_eq!(Qr::of(&"x".repeat(3_000)), None);
    }
}
