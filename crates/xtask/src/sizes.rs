//! How large the site is, as it travels: compressed with brotli.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use brotli::enc::BrotliEncoderParams;

/// What a sum of files may come to, in bytes after brotli -11.
/// Source maps do not count: a browser only fetches them for a developer.
struct Sum {
    name: &'static str,
    goal: usize,
    /// What it comes to at most at present: a ratchet that moves down towards the goal.
    budget: usize,
}

/// Everything that is needed to read the first lesson, to play it and to step through it.
const FIRST_LESSON: Sum = Sum { name: "to the first lesson", goal: 250_000, budget: 248_000 };

/// The whole site, with the words of all thirty lessons in both languages.
const WHOLE: Sum = Sum { name: "in all", goal: 400_000, budget: 635_000 };

/// How the names begin of what is fetched once the first lesson is there.
const LATER: [&str; 3] = ["later-", "offline.js", "manifest.webmanifest"];

/// Prints the size of every file of the site.
///
/// # Errors
/// When the site is over a budget.
pub fn check(dist: &Path) -> Result<()> {
    let mut files = Vec::new();
    collect(dist, &mut files)?;
    files.sort();
    let (mut page, mut later) = (0, 0);
    println!("{:>10} {:>10}  file", "bytes", "brotli");
    for file in &files {
        let bytes = fs::read(file)?;
        let small = compressed_size(&bytes)?;
        let name = file.strip_prefix(dist).unwrap_or(file);
        let begins = |with: &str| name.to_str().is_some_and(|name| name.starts_with(with));
        let counts = file.extension().is_none_or(|it| it != "map");
        if counts && LATER.iter().any(|it| begins(it)) {
            later += small;
        } else if counts {
            page += small;
        }
        let note = if counts { "" } else { "  (does not count)" };
        println!("{:>10} {small:>10}  {}{note}", bytes.len(), name.display());
    }
    for (Sum { name, goal, budget }, small) in [(FIRST_LESSON, page), (WHOLE, page + later)] {
        println!("{:>10} {small:>10}  {name}, of {budget} allowed after brotli; the goal is {goal}", "");
        if small > budget {
            bail!("{name}, the site is {} bytes over its budget", small - budget);
        }
    }
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn compressed_size(bytes: &[u8]) -> Result<usize> {
    // The parameters' default is the highest quality, as `brotli -11`.
    let parameters = BrotliEncoderParams::default();
    let mut sink = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut sink, &parameters)?;
    Ok(sink.len())
}

#[cfg(test)]
mod tests {
    use super::compressed_size;

    #[test]
    fn repetition_is_compressed_away() {
        assert!(compressed_size(&[b'a'; 10_000]).unwrap() < 50);
        assert!(compressed_size(b"").unwrap() <= 1);
    }
}
