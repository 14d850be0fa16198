//! What a table of cases found: every case is tried, and all that failed are told at once.

use anyhow::{Result, bail};

/// The cases that failed so far.
#[derive(Debug, Default)]
pub struct Findings {
    failed: Vec<String>,
    tried: usize,
}

impl Findings {
    /// Tries a case; what it fails with is kept.
    pub fn case(&mut self, name: &str, case: impl FnOnce() -> Result<()>) {
        self.tried += 1;
        if let Err(error) = case() {
            self.failed.push(format!("{name}: {error:#}"));
        }
    }

    /// Keeps a failure of the table itself.
    pub fn add(&mut self, failure: impl Into<String>) {
        self.failed.push(failure.into());
    }

    /// The end of the table.
    ///
    /// # Errors
    /// When a case failed, or there was none.
    pub fn report(self) -> Result<()> {
        if self.tried == 0 {
            bail!("no case was tried");
        }
        if !self.failed.is_empty() {
            bail!("{} of {} cases failed:\n\n{}", self.failed.len(), self.tried, self.failed.join("\n\n"));
        }
        Ok(())
    }
}

/// Where two texts differ for the first time, with what stands around it; none when they are the same.
pub fn first_difference(one: &str, other: &str) -> Option<String> {
    if one == other {
        return None;
    }
    let same = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| {
        let octets = &text.as_bytes()[same.saturating_sub(80).min(text.len())..(same + 120).min(text.len())];
        String::from_utf8_lossy(octets).into_owned()
    };
    Some(format!("at octet {same}\n  one:   {:?}\n  other: {:?}", around(one), around(other)))
}

#[cfg(test)]
mod tests {
    use super::{Findings, first_difference};

    #[test]
    fn the_first_difference_is_shown_with_its_surroundings() {
        assert_eq!(first_difference("same", "same"), None);
        let shown = first_difference("a cat", "a car").unwrap();
        assert!(shown.starts_with("at octet 4\n") && shown.contains("a cat") && shown.contains("a car"));
        assert!(first_difference("한", "한국").is_some());
    }

    #[test]
    fn all_failures_are_told_and_an_empty_table_is_one() {
        let mut findings = Findings::default();
        findings.case("one", || anyhow::bail!("broken"));
        findings.case("two", || Ok(()));
        let told = findings.report().unwrap_err().to_string();
        assert!(told.starts_with("1 of 2") && told.ends_with("one: broken"));
        assert!(Findings::default().report().is_err());
    }
}
