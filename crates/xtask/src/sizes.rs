//! The size of the site as it travels: compressed with brotli.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use brotli::enc::BrotliEncoderParams;

/// The most that a visitor may have to fetch for every lesson in one language and the playground, the offline copy
/// included; in bytes after brotli -11.
const CEILING: usize = 1_400_000;

/// What no visitor of the lessons fetches, and no browser keeps: link previews, the catalogue, the copy in one file.
const BESIDE: [&str; 4] = ["lessons/", "lessons.json", "scenario.schema.json", "socket-playground.html"];
/// What pages that embed lessons take: the script, its types, the component.
const DECK: [&str; 3] = ["deck.js", "deck.d.ts", "SocketLesson.vue"];
/// The words of the languages, of which a visitor fetches one: the largest is counted.
const WORDS: &str = "words-";

/// Prints the size of every file of the site.
///
/// # Errors
/// When the counted files are over the ceiling.
pub fn check(dist: &Path) -> Result<()> {
    let mut files = Vec::new();
    collect(dist, &mut files)?;
    files.sort();
    let (mut total, mut words) = (0, 0);
    println!("{:>10} {:>10}  file", "bytes", "brotli");
    let mut beside = [0; BESIDE.len()];
    for file in &files {
        let bytes = fs::read(file)?;
        let name = file.strip_prefix(dist).unwrap_or(file).display().to_string().replace('\\', "/");
        if let Some(kind) = BESIDE.iter().position(|begin| name.starts_with(begin)) {
            beside[kind] += bytes.len();
            continue;
        }
        let compressed = compressed_size(&bytes)?;
        let note = if DECK.contains(&name.as_str()) {
            "  (not counted)"
        } else if name.starts_with(WORDS) {
            words = words.max(compressed);
            "  (one language is counted)"
        } else {
            total += compressed;
            ""
        };
        println!("{:>10} {compressed:>10}  {name}{note}", bytes.len());
    }
    for (name, bytes) in BESIDE.iter().zip(beside) {
        println!("{bytes:>10} {:>10}  {name}  (not counted)", "");
    }
    total += words;
    println!("{:>10} {total:>10}  every lesson in one language and the playground, of {CEILING} allowed", "");
    if total > CEILING {
        bail!("the site is {} bytes over its ceiling", total - CEILING);
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
    // The default parameters are the highest quality, as `brotli -11`.
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &BrotliEncoderParams::default())?;
    Ok(compressed.len())
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
