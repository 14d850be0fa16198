//! The rules that hold for the files of this repository, each one a test.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use arrows::{MODULE_ARROWS, PACKAGE_ARROWS, PAGE_ARROWS, PLAYBACK_ARROWS};
use playground_core::rule::Rule;
use playground_tests::paths::repository;

#[path = "repository/arrows.rs"]
mod arrows;
#[path = "repository/workflows.rs"]
mod workflows;

/// How long a file of Rust may be. A longer one has more than one subject.
const MOST_LINES: usize = 500;

/// Files that may be longer, each with the reason.
const MAY_BE_LONG: &[(&str, &str)] = &[];

/// Folders that are not ours to judge, or hold what is built.
const NOT_SEARCHED: &[&str] = &[".git", "dist", "node_modules", "target"];

/// What the core must not name, and why.
const NOT_IN_CORE: &[(&str, &str)] = &[
    ("f32", "rounding differs between machines"),
    ("f64", "rounding differs between machines"),
    ("HashMap", "its order differs from run to run"),
    ("HashSet", "its order differs from run to run"),
    ("SystemTime", "time is passed in"),
    ("std::time::Instant", "time is passed in"),
    ("std::thread", "a simulation has one thread"),
    ("std::fs", "the core does no input or output"),
    ("std::net", "the core does no input or output"),
    ("std::env", "the core does not ask its surroundings"),
    ("std::process", "the core does not ask its surroundings"),
];

#[test]
fn every_file_of_rust_begins_with_a_module_header() {
    let wrong = files("rs").filter(|file| !read(file).starts_with("//! "));
    assert_none(wrong.map(|file| format!("{}: no `//!` header in its first line", name(&file))));
}

#[test]
fn every_rule_is_named_by_the_model() {
    let table = repository().join("crates/core/src/rule.rs");
    // What is seen in a capture is decided where captures are opened.
    let models = ["crates/core/src", "crates/capture/src/open"].map(|folder| repository().join(folder));
    let sources: Vec<String> = files("rs")
        .filter(|file| models.iter().any(|model| file.starts_with(model)) && *file != table)
        .map(|file| read(&file))
        .collect();
    let names = |rule: &Rule| {
        let name = format!("Rule::{rule:?}");
        let ends = |rest: &str| !rest.starts_with(|next: char| next.is_ascii_alphanumeric());
        sources.iter().any(|source| source.split(&name).skip(1).any(ends))
    };
    let wrong = Rule::ALL.iter().filter(|rule| !names(rule));
    assert_none(wrong.map(|rule| format!("{}: nothing is decided by this rule", rule.key())));
}

#[test]
fn no_file_of_rust_is_long() {
    let wrong = files("rs").filter_map(|file| {
        let lines = read(&file).lines().count();
        let name = name(&file);
        let excused = MAY_BE_LONG.iter().any(|(long, _)| *long == name);
        (lines > MOST_LINES && !excused).then(|| format!("{name}: {lines} lines, more than {MOST_LINES}"))
    });
    assert_none(wrong);
}

#[test]
fn excuses_for_long_files_are_still_needed() {
    let wrong = MAY_BE_LONG.iter().filter(|(name, reason)| {
        let lines = fs::read_to_string(repository().join(name)).map_or(0, |text| text.lines().count());
        reason.is_empty() || lines <= MOST_LINES
    });
    assert_none(wrong.map(|(name, _)| format!("{name}: not long any more, or no reason given")));
}

#[test]
fn the_core_is_the_same_on_every_machine() {
    let core = repository().join("crates/core/src");
    let mut wrong = Vec::new();
    for file in files("rs").filter(|file| file.starts_with(&core)) {
        for (number, line) in code_lines(&read(&file)) {
            for (word, why) in NOT_IN_CORE {
                // Serde asks for every kind of number; none of the core's types has one of these.
                let is_asked = name(&file).contains("/json/") && ["f32", "f64"].contains(word);
                if has_word(&line, word) && !is_asked {
                    wrong.push(format!("{}:{number}: {word}: {why}", name(&file)));
                }
            }
        }
    }
    assert_none(wrong);
}

/// A strict Content-Security-Policy refuses style attributes; the property (`~style`) is set through the CSSOM.
#[test]
fn no_view_writes_a_style_attribute() {
    let web = repository().join("web/src");
    let mut wrong = Vec::new();
    for file in files("rs").filter(|file| file.starts_with(&web)) {
        for (number, line) in code_lines(&read(&file)) {
            if sets_style_attribute(&line) {
                wrong.push(format!("{}:{number}: {}", name(&file), line.trim()));
            }
        }
    }
    assert_none(wrong);
}

fn sets_style_attribute(line: &str) -> bool {
    let in_markup = [" style={", " style=\"", " {style}"].iter().any(|it| format!(" {line}").contains(it));
    in_markup || line.contains("set_attribute(\"style\"")
}

#[test]
fn style_attributes_are_told_from_style_properties() {
    assert!(sets_style_attribute("<i style={width} />") && sets_style_attribute("style=\"a:b\""));
    assert!(sets_style_attribute("it.set_attribute(\"style\", \"a:b\")"));
    assert!(!sets_style_attribute("<i ~style={width} />") && !sets_style_attribute("let style = 1;"));
}

#[test]
fn packages_depend_on_each_other_in_one_direction() {
    let allowed: BTreeMap<_, _> = PACKAGE_ARROWS.iter().copied().collect();
    let mut wrong = Vec::new();
    for (package, uses) in package_dependencies() {
        let Some(allowed) = allowed.get(package.as_str()) else {
            wrong.push(format!("{package}: PACKAGE_ARROWS does not say what it may use"));
            continue;
        };
        for used in uses {
            if !allowed.contains(&used.trim_start_matches("playground-")) {
                wrong.push(format!("{package} must not use {used}"));
            }
        }
    }
    assert_none(wrong);
}

#[test]
fn modules_of_the_core_depend_on_each_other_in_one_direction() {
    assert_none(against_the_arrows("crates/core/src", MODULE_ARROWS));
}

#[test]
fn modules_of_the_view_model_depend_on_each_other_in_one_direction() {
    assert_none(against_the_arrows("crates/playback/src", PLAYBACK_ARROWS));
}

#[test]
fn modules_of_the_page_depend_on_each_other_in_one_direction() {
    assert_none(against_the_arrows("web/src", PAGE_ARROWS));
}

/// The uses of modules that the arrows of their crate do not allow, circles among the arrows, and arrows of modules that
/// are not there.
fn against_the_arrows(folder: &str, arrows: &[(&str, &[&str])]) -> Vec<String> {
    let root = repository().join(folder);
    let allowed: BTreeMap<_, _> = arrows.iter().copied().collect();
    let mut wrong = Vec::new();
    for (place, (module, uses)) in arrows.iter().enumerate() {
        let is_there = root.join(module).is_dir() || root.join(format!("{module}.rs")).is_file();
        if !is_there {
            wrong.push(format!("{folder}: there is no module {module}"));
        }
        let later = |used: &&&str| arrows[place..].iter().any(|(other, _)| other == *used);
        wrong.extend(
            uses.iter().filter(later).map(|used| format!("{module} stands before {used}, which it uses")),
        );
    }
    for file in files("rs").filter(|file| file.starts_with(&root)) {
        let inside = file.strip_prefix(&root).expect("filtered above");
        let module = inside.components().next().expect("a file has a name");
        let module = Path::new(&module).file_stem().expect("a file has a name");
        let module = module.to_string_lossy();
        if ["lib", "main"].contains(&&*module) {
            continue;
        }
        let Some(allowed) = allowed.get(&*module) else {
            wrong.push(format!("{}: the arrows do not have its module", name(&file)));
            continue;
        };
        for used in modules_used(&read(&file)) {
            if used != module && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{}: {module} must not use {used}", name(&file)));
            }
        }
    }
    wrong
}

#[test]
fn no_file_names_a_place_on_one_machine() {
    let here = repository().display().to_string();
    // Put together here, so that this file does not name them itself.
    let places = ["home", "root", "Users"].map(|folder| format!("/{folder}/"));
    let kinds = ["rs", "toml", "md", "ftl", "html", "css", "js", "svg", "yml", "sh", "run"];
    let mut wrong = Vec::new();
    for kind in kinds {
        for file in files(kind) {
            for (number, line) in (1..).zip(read(&file).lines()) {
                for place in places.iter().chain([&here]) {
                    if line.contains(place.as_str()) {
                        wrong.push(format!("{}:{number}: {place}", name(&file)));
                    }
                }
            }
        }
    }
    assert_none(wrong);
}

#[test]
fn guides_name_paths_that_exist() {
    let mut wrong = Vec::new();
    for guide in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = read(&repository().join(guide));
        let words = text.split('`').skip(1).step_by(2);
        let is_path = |word: &&str| {
            !word.contains([' ', '<', '\n'])
                && (word.contains('/') || [".md", ".toml", ".html"].iter().any(|end| word.ends_with(end)))
        };
        let missing = words.filter(is_path).filter(|path| !repository().join(path).exists());
        wrong.extend(missing.map(|path| format!("{guide}: {path} does not exist")));
    }
    assert_none(wrong);
}

#[test]
fn modules_are_found_in_all_ways_to_name_them() {
    let text = "use crate::{http::Head, tcp::{self, user::X}};\nlet x = crate::wire::Seq(1);\n\
                pub(crate) fn f() {} // crate::sim\nuse crate::time::Instant;";
    let used: Vec<_> = modules_used(text).into_iter().collect();
    assert_eq!(used, ["http", "tcp", "time", "wire"]);
}

#[test]
fn words_are_found_in_code_and_not_in_comments() {
    let text = "//! f64\nlet a = \"// no comment\"; let b: f64;\n/// f64\nlet f64ish = 1; // f64";
    let found: Vec<_> = code_lines(text).filter(|(_, line)| has_word(line, "f64")).collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, 2);
}

/// Classes of the page that pictures may share: their rules say nothing that SVG knows but the colour.
const SHARED_CLASSES: &[&str] = &["quiet"];

#[test]
fn no_rule_of_the_page_falls_on_a_picture() {
    let pictures = repository().join("crates/drawing/src");
    let sources = files("rs").filter(|file| file.starts_with(&pictures)).map(|file| read(&file));
    let used: BTreeSet<String> = sources
        .flat_map(|text| {
            let calls = text.split("Element::group(\"").skip(1).chain(text.split(".class(\"").skip(1));
            let names = calls.filter_map(|call| call.split('"').next()).flat_map(str::split_whitespace);
            names.map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    assert!(used.contains("slot"), "the classes of the pictures are found");
    let styles = repository().join("web/style");
    assert_none(files("css").filter(|file| file.starts_with(&styles)).flat_map(|file| {
        let text = read(&file);
        let bare = code_lines(&text).filter_map(|(number, line)| {
            let class = line.strip_prefix('.')?.trim_end_matches([' ', '{', ',']).to_owned();
            (used.contains(&class) && !SHARED_CLASSES.contains(&class.as_str()))
                .then(|| format!("{}:{number}: .{class} is a class of the pictures too", name(&file)))
        });
        bare.collect::<Vec<_>>()
    }));
}

/// Fails with one line for each break of a rule.
#[track_caller]
fn assert_none(wrong: impl IntoIterator<Item = String>) {
    let wrong: Vec<_> = wrong.into_iter().collect();
    assert!(wrong.is_empty(), "{} times:\n{}", wrong.len(), wrong.join("\n"));
}

/// All files of the repository whose name ends so, in order.
fn files(extension: &str) -> impl Iterator<Item = PathBuf> {
    fn collect(folder: &Path, found: &mut BTreeSet<PathBuf>) {
        for entry in fs::read_dir(folder).expect("the repository can be read") {
            let path = entry.expect("the repository can be read").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if path.is_dir() && !path.is_symlink() {
                if !NOT_SEARCHED.contains(&&*name) {
                    collect(&path, found);
                }
            } else if path.is_file() {
                found.insert(path);
            }
        }
    }
    let mut found = BTreeSet::new();
    collect(&repository(), &mut found);
    assert!(!found.is_empty(), "the repository has files");
    let (dot, bare) = (format!(".{extension}"), extension.to_owned());
    found.into_iter().filter(move |path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.ends_with(&dot) || name == bare
    })
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn name(file: &Path) -> String {
    let name = file.strip_prefix(repository()).unwrap_or(file);
    name.display().to_string().replace('\\', "/")
}

/// The lines with their numbers, without comments.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, String)> {
    (1..).zip(text.lines()).map(|(number, line)| (number, without_comment(line).to_owned()))
}

/// The line up to `//`, unless that stands within a string.
fn without_comment(line: &str) -> &str {
    let (mut in_string, mut escaped) = (false, false);
    for (at, letter) in line.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            // The letter '"' and the byte b'"' open no string.
            '"' if line[..at].ends_with('\'') => {}
            '"' => in_string = !in_string,
            '/' if !in_string && line[at..].starts_with("//") => return &line[..at],
            _ => {}
        }
    }
    line
}

/// Whether a line has a word that is no part of a longer one.
fn has_word(line: &str, word: &str) -> bool {
    let joins = |letter: char| letter.is_alphanumeric() || letter == '_';
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(joins) && !line[at + word.len()..].starts_with(joins))
}

/// The top modules that are named as `crate::module` or `crate::{module, ...}`.
fn modules_used(text: &str) -> BTreeSet<String> {
    let code: String = code_lines(text).map(|(_, line)| line + "\n").collect();
    let mut used = BTreeSet::new();
    for (at, path) in code.match_indices("crate::") {
        let rest = &code[at + path.len()..];
        let Some(group) = rest.strip_prefix('{') else {
            used.insert(identifier(rest));
            continue;
        };
        let (mut depth, mut fresh) = (1, true);
        for (at, letter) in group.char_indices() {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => fresh = true,
                _ if letter.is_whitespace() => {}
                _ if depth == 1 && fresh => {
                    used.insert(identifier(&group[at..]));
                    fresh = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    // Items that stand at the root of the crate are not modules.
    used.retain(|name| name.starts_with(|letter: char| letter.is_lowercase()));
    used
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

/// Each package of the workspace with the packages of the workspace it uses,
/// outside its tests.
fn package_dependencies() -> BTreeMap<String, Vec<String>> {
    let manifests = files("toml").filter(|file| file.ends_with("Cargo.toml"));
    let tables = manifests.map(|file| read(&file).parse::<toml::Table>().expect("a manifest"));
    let packages = tables.filter(|table| table.contains_key("package"));
    packages
        .map(|table| {
            let package = table["package"]["name"].as_str().expect("a package has a name");
            let mut uses = Vec::new();
            add_dependencies(&table, &mut uses);
            for target in table.get("target").and_then(|it| it.as_table()).into_iter().flatten() {
                add_dependencies(target.1.as_table().expect("a target is a table"), &mut uses);
            }
            (package.to_owned(), uses)
        })
        .collect()
}

fn add_dependencies(table: &toml::Table, uses: &mut Vec<String>) {
    for section in ["dependencies", "build-dependencies"] {
        let names = table.get(section).and_then(|it| it.as_table()).into_iter().flatten();
        uses.extend(names.map(|(name, _)| name.clone()).filter(|it| it.starts_with("playground-")));
    }
}
