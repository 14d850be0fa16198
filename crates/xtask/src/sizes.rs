//! How large the site is, as it travels: compressed with brotli.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use brotli::enc::BrotliEncoderParams;

/// What all files of the site may have together, in bytes after brotli -11.
/// Source maps do not count: a browser only fetches them for a developer.
const GOAL: usize = 250_000;

/// What they have at most at present, with all thirty lessons: a ratchet that moves down towards the goal.
/// Two thirds of it are code, a quarter the words of the lessons.
const BUDGET: usize = 720_000;

/// Prints the size of every file of the site.
///
/// # Errors
/// When the site is over the budget.
pub fn check(dist: &Path) -> Result<()> {
    let mut files = Vec::new();
    collect(dist, &mut files)?;
    files.sort();
    let (mut raw_total, mut small_total) = (0, 0);
    println!("{:>10} {:>10}  file", "bytes", "brotli");
    for file in &files {
        let bytes = fs::read(file)?;
        let small = compressed_size(&bytes)?;
        let name = file.strip_prefix(dist).unwrap_or(file).display();
        let counts = file.extension().is_none_or(|it| it != "map");
        if counts {
            raw_total += bytes.len();
            small_total += small;
        }
        let note = if counts { "" } else { "  (does not count)" };
        println!("{:>10} {small:>10}  {name}{note}", bytes.len());
    }
    println!(
        "{raw_total:>10} {small_total:>10}  in all, of {BUDGET} allowed after brotli; the goal is {GOAL}"
    );
    if small_total > BUDGET {
        bail!("the site is {} bytes over its budget", small_total - BUDGET);
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
