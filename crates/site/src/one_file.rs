//! The page as one file: each file that it names stands in it as a `data:` address (RFC 2397).

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

/// What stands at the top of the file.
const NOTE: &str = "<!--
Socket Playground in one file. It opens from a disk or a stick, without a network and without a server.
It has no service worker, is not updated by itself, and is exempt from the strict Content-Security-Policy that the
site keeps: everything in it is inline.
https: the site, with short files that a browser keeps, is better for everything else.
-->
";

/// Links that fetch a file before it is needed, or that only a site has.
const WITHOUT: [&str; 3] = ["modulepreload", "preload", "manifest"];

/// The media types of the files of the page.
const TYPES: [(&str, &str); 5] = [
    ("js", "text/javascript"),
    ("css", "text/css"),
    ("json", "application/json"),
    ("svg", "image/svg+xml"),
    ("wasm", "application/wasm"),
];

/// The file, from the page and the folder of its files.
///
/// # Errors
/// When a file that the page names cannot be read.
pub fn of(page: &str, folder: &Path) -> Result<String> {
    let mut inlined = String::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
        inlined.push_str(&rest[..at]);
        inlined.push_str(&tag(&rest[at..end], folder)?);
        rest = &rest[end..];
    }
    inlined.push_str(rest);
    ensure!(inlined.contains("data:application/wasm"), "the page names no program");
    let start = inlined.find("<html").context("the page has no root element")?;
    inlined.insert_str(start, NOTE);
    Ok(inlined)
}

/// A tag with its files in it.
fn tag(tag: &str, folder: &Path) -> Result<String> {
    let has_rel =
        |rel: &str| [format!("rel={rel}"), format!("rel=\"{rel}\"")].iter().any(|it| tag.contains(it));
    if tag.starts_with("<link") && WITHOUT.iter().any(|rel| has_rel(rel)) {
        return Ok(String::new());
    }
    if !tag.starts_with("<link") && !tag.starts_with("<script") {
        return Ok(tag.to_owned());
    }
    let mut written = String::new();
    let mut rest = tag;
    while let Some(at) = rest.find("./") {
        let length = rest[at..].find(['"', '\'', ' ', '>']).context("a tag ends")?;
        let name = &rest[at + 2..at + length];
        written.push_str(&rest[..at]);
        written.push_str(&data(&folder.join(name))?);
        rest = &rest[at + length..];
    }
    written.push_str(rest);
    Ok(written)
}

fn data(file: &Path) -> Result<String> {
    let octets = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let end = file.extension().unwrap_or_default().to_string_lossy();
    let (_, kind) =
        TYPES.iter().find(|(known, _)| *known == end).with_context(|| format!("a file .{end}"))?;
    Ok(format!("data:{kind};base64,{}", BASE64_STANDARD.encode(octets)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_stands_in_the_page() {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, content) in [("a.js", "1"), ("b_bg.wasm", "2"), ("c.css", "3"), ("d.svg", "4")] {
            fs::write(folder.path().join(name), content).expect("written");
        }
        let page = "<!doctype html><html><link rel=icon href=./d.svg><link rel=\"modulepreload\" href=\"./gone.js\">\
                    <link rel=stylesheet href=./c.css><script src=\"./a.js\" data-program=\"./b_bg.wasm\"></script>\
                    <a href=\"./x\">./y</a></html>";
        let file = of(page, folder.path()).expect("a file");
        for data in [
            "image/svg+xml;base64,NA==",
            "text/css;base64,Mw==",
            "text/javascript;base64,MQ==",
            "application/wasm;base64,Mg==",
        ] {
            assert!(file.contains(&format!("data:{data}")), "{data}: {file}");
        }
        assert!(!file.contains("gone.js") && file.contains("<a href=\"./x\">./y</a>"), "{file}");
        assert!(file.contains("service worker"), "{file}");
        assert!(of(&page.replace("b_bg.wasm", "missing.wasm"), folder.path()).is_err());
    }
}
