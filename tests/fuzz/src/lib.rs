//! What others may write, given to the code that reads it: links, scenarios, messages and captures.
//!
//! Each function takes any octets, and panics where the reader does not hold what it promises. `cargo fuzz` calls them with
//! octets that it makes up (`targets`), the tests with the files of `corpus`. CONTRIBUTING.md names the command.

mod capture;
mod link;
mod message;
mod recording;
mod scenario;
mod views;

pub use capture::capture;
pub use link::link;
pub use message::message;
pub use recording::recording;
pub use scenario::scenario;

/// Octets as the text that they are, or nothing.
fn text(octets: &[u8]) -> Option<&str> {
    std::str::from_utf8(octets).ok()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    /// Gives every file of a corpus to its reader.
    fn read_corpus(name: &str, reads: fn(&[u8])) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name);
        let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        assert!(files.len() >= 5, "{} has {} files", folder.display(), files.len());
        for file in files {
            let octets = fs::read(&file).unwrap();
            println!("{}", file.display());
            reads(&octets);
        }
    }

    #[test]
    fn every_link_of_the_corpus_opens() {
        read_corpus("link", crate::link);
    }

    #[test]
    fn every_scenario_of_the_corpus_is_run_or_refused() {
        read_corpus("scenario", crate::scenario);
    }

    #[test]
    fn every_message_of_the_corpus_is_read_or_refused() {
        read_corpus("message", crate::message);
    }

    #[test]
    fn every_recording_of_the_corpus_is_shown() {
        read_corpus("recording", crate::recording);
    }

    #[test]
    fn every_capture_of_the_corpus_is_read_or_refused() {
        read_corpus("capture", crate::capture);
    }
}
