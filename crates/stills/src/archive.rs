//! Several files as one ZIP.

use std::io::{Cursor, Write};

use zip::result::ZipError;
use zip::write::{SimpleFileOptions, ZipWriter};

/// A ZIP of files: names and octets. It is the same for the same files: no file has a date.
///
/// # Errors
/// When two files have the same name.
pub fn zip(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, ZipError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, octets) in files {
        archive.start_file(name.as_str(), SimpleFileOptions::default())?;
        archive.write_all(octets)?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_packed_is_unpacked() {
        let files = vec![("a.svg".to_owned(), b"<svg/>".repeat(100)), ("b.svg".to_owned(), b"<g/>".to_vec())];
        let packed = zip(&files).expect("two names");
        assert_eq!(packed, zip(&files).expect("the same"));
        assert!(packed.len() < 400, "{}", packed.len());
        let mut archive = zip::ZipArchive::new(Cursor::new(packed)).expect("a ZIP");
        for (name, octets) in &files {
            let mut read = Vec::new();
            archive.by_name(name).expect("it is there").read_to_end(&mut read).expect("it is whole");
            assert_eq!(&read, octets);
        }
    }
}
