//! The outline of a lesson's Markdown: its sections by heading, with line numbers. The build script reads
//! the same outline to hold the two languages against each other, so this file uses nothing but `std`.

use std::fmt;

/// What is wrong with a lesson's text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextError {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// What is wrong.
    pub problem: String,
}

impl TextError {
    /// An error at a line of a file.
    pub fn new(file: &str, line: u32, problem: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, problem: problem.into() }
    }
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.problem)
    }
}

impl std::error::Error for TextError {}

/// What a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `# Title`: the lesson.
    Lesson,
    /// `## step id: Title`.
    Step,
    /// `## knob id: Label`.
    Knob,
    /// `## challenge: Title`.
    Challenge,
    /// `## note`.
    Note,
    /// `## absent key: Title`: a reason that several steps share; without a title the step's own stands.
    Reason,
    /// `### question`, of a step or a variant.
    Question,
    /// `### variant key: Title`, of a step; without a title the step's own stands.
    Variant,
    /// `### absent key: Title`, of a step; without a title the step's own stands.
    Absent,
    /// `### measures`, of a challenge.
    Measures,
    /// `### hint`, of a challenge.
    Hint,
    /// `### solution`, of a challenge.
    Solution,
    /// `### modelled`, of the note.
    Modelled,
    /// `### simplified`, of the note.
    Simplified,
    /// `### left out`, of the note.
    LeftOut,
    /// `### changed since 2002`, of the note.
    Changed,
}

/// What follows the heading's word: a key, a title.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    Nothing,
    Title,
    KeyAndTitle,
    KeyAndPerhapsTitle,
}

/// Every heading there is: its level, its words, the section it stands in, what it takes.
const HEADINGS: &[(usize, &str, Kind, Option<Kind>, Takes)] = &[
    (2, "step", Kind::Step, None, Takes::KeyAndTitle),
    (2, "knob", Kind::Knob, None, Takes::KeyAndTitle),
    (2, "challenge", Kind::Challenge, None, Takes::Title),
    (2, "note", Kind::Note, None, Takes::Nothing),
    (2, "absent", Kind::Reason, None, Takes::KeyAndPerhapsTitle),
    (3, "question", Kind::Question, Some(Kind::Step), Takes::Nothing),
    (3, "variant", Kind::Variant, Some(Kind::Step), Takes::KeyAndPerhapsTitle),
    (3, "absent", Kind::Absent, Some(Kind::Step), Takes::KeyAndPerhapsTitle),
    (3, "measures", Kind::Measures, Some(Kind::Challenge), Takes::Nothing),
    (3, "hint", Kind::Hint, Some(Kind::Challenge), Takes::Nothing),
    (3, "solution", Kind::Solution, Some(Kind::Challenge), Takes::Nothing),
    (3, "modelled", Kind::Modelled, Some(Kind::Note), Takes::Nothing),
    (3, "simplified", Kind::Simplified, Some(Kind::Note), Takes::Nothing),
    (3, "left out", Kind::LeftOut, Some(Kind::Note), Takes::Nothing),
    (3, "changed since 2002", Kind::Changed, Some(Kind::Note), Takes::Nothing),
];

/// A heading and what stands below it, down to the next heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section<'m> {
    /// What it is.
    pub kind: Kind,
    /// Its key; empty where it has none.
    pub key: &'m str,
    /// Its title; empty where it has none.
    pub title: &'m str,
    /// The heading's line.
    pub line: u32,
    /// The lines below it, with their numbers.
    pub body: Vec<(u32, &'m str)>,
}

/// Cuts a lesson's Markdown at its headings.
///
/// Errors: the first heading that is unknown, stands in the wrong place, or lacks its key or title.
pub fn outline<'m>(file: &str, markdown: &'m str) -> Result<Vec<Section<'m>>, TextError> {
    let mut sections: Vec<Section<'m>> = Vec::new();
    let mut parent = None;
    let mut in_code = false;
    for (number, line) in (1..).zip(markdown.lines()) {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        let level = line.bytes().take_while(|octet| *octet == b'#').count();
        if in_code || level == 0 || !line[level..].starts_with(' ') {
            match sections.last_mut() {
                Some(section) => section.body.push((number, line)),
                None if line.trim().is_empty() => {}
                None => return Err(TextError::new(file, number, "the file must begin with `# Title`")),
            }
            continue;
        }
        let words = line[level..].trim();
        let section = match (level, sections.is_empty()) {
            (1, true) => {
                Section { kind: Kind::Lesson, key: "", title: words, line: number, body: Vec::new() }
            }
            (1, false) => return Err(TextError::new(file, number, "a second `# Title`")),
            (_, true) => return Err(TextError::new(file, number, "the file must begin with `# Title`")),
            _ => heading(file, number, level, words, parent)?,
        };
        if level == 2 {
            parent = Some(section.kind);
        }
        sections.push(section);
    }
    if in_code {
        let last = markdown.lines().count() as u32;
        return Err(TextError::new(file, last, "a code block is not closed"));
    }
    if sections.is_empty() {
        return Err(TextError::new(file, 1, "the file must begin with `# Title`"));
    }
    Ok(sections)
}

fn heading<'m>(
    file: &str,
    line: u32,
    level: usize,
    words: &'m str,
    parent: Option<Kind>,
) -> Result<Section<'m>, TextError> {
    let wrong = |problem: String| TextError::new(file, line, problem);
    let (name, title) = match words.split_once(':') {
        Some((name, title)) => (name.trim(), title.trim()),
        None => (words, ""),
    };
    let known = HEADINGS.iter().find_map(|(at, word, kind, within, takes)| {
        let rest = name.strip_prefix(word).filter(|rest| rest.is_empty() || rest.starts_with(' '))?;
        (*at == level).then_some((*word, *kind, *within, *takes, rest.trim()))
    });
    let Some((word, kind, within, takes, key)) = known else {
        let known: Vec<_> = HEADINGS.iter().filter(|h| h.0 == level).map(|h| format!("`{}`", h.1)).collect();
        return Err(wrong(format!("unknown heading `{words}`; expected one of {}", known.join(", "))));
    };
    if within.is_some() && within != parent {
        return Err(wrong(format!("`{word}` does not belong in this section")));
    }
    let wants_key = matches!(takes, Takes::KeyAndTitle | Takes::KeyAndPerhapsTitle);
    if wants_key && key.is_empty() {
        return Err(wrong(format!("`{word}` needs a key: `{} {word} some-key`", "#".repeat(level))));
    }
    if !wants_key && !key.is_empty() {
        return Err(wrong(format!("`{word}` takes no key, but has `{key}`")));
    }
    if !key.bytes().all(|octet| octet.is_ascii_lowercase() || octet.is_ascii_digit() || octet == b'-') {
        return Err(wrong(format!("a key is made of a-z, 0-9 and -, not `{key}`")));
    }
    match takes {
        Takes::Title | Takes::KeyAndTitle if title.is_empty() => {
            Err(wrong(format!("`{words}` needs a title after a colon")))
        }
        Takes::Nothing if !title.is_empty() => Err(wrong(format!("`{word}` takes no title"))),
        _ => Ok(Section { kind, key, title, line, body: Vec::new() }),
    }
}

/// Holds two languages of one lesson against each other: the same sections with the same keys in the same
/// order, the same list items, and no section that was not translated.
///
/// Errors: the first difference, at the line of the second file.
#[allow(dead_code, reason = "for the build script and the tests")]
pub fn compare(first: &[Section<'_>], file: &str, second: &[Section<'_>]) -> Result<(), TextError> {
    for (place, theirs) in first.iter().enumerate() {
        let wanted = format!("{:?} {}", theirs.kind, theirs.key);
        let Some(ours) = second.get(place) else {
            let last = second.last().map_or(1, |section| section.line);
            return Err(TextError::new(file, last, format!("ends without the section `{wanted}`")));
        };
        if (theirs.kind, theirs.key) != (ours.kind, ours.key) {
            let problem =
                format!("`{:?} {}` stands where the other language has `{wanted}`", ours.kind, ours.key);
            return Err(TextError::new(file, ours.line, problem));
        }
        if theirs.title.is_empty() != ours.title.is_empty() {
            return Err(TextError::new(file, ours.line, "only one of the languages has a title here"));
        }
        let (items, other_items) = (items(ours), items(theirs));
        if items != other_items {
            let problem = format!("list items {items:?}, but in the other language {other_items:?}");
            return Err(TextError::new(file, ours.line, problem));
        }
        let is_said = ours.body.iter().any(|(_, line)| line.chars().any(char::is_alphabetic));
        let lines =
            |section: &Section<'_>| section.body.iter().map(|(_, line)| line.trim_end().to_owned()).collect();
        let (body, other_body): (Vec<String>, Vec<String>) = (lines(ours), lines(theirs));
        // A knob may be labelled by a header's name, which is the same everywhere.
        let may_share_title = ours.title.is_empty() || ours.kind == Kind::Knob;
        if is_said && body == other_body || !may_share_title && ours.title == theirs.title {
            return Err(TextError::new(file, ours.line, "is the same in both languages"));
        }
    }
    match second.get(first.len()) {
        Some(extra) => {
            Err(TextError::new(file, extra.line, "a section that the other language does not have"))
        }
        None => Ok(()),
    }
}

/// What must be alike in the lists of both languages: an answer's box, a value's or a measure's key.
#[allow(dead_code, reason = "for the build script and the tests")]
fn items<'m>(section: &Section<'m>) -> Vec<&'m str> {
    let items = section.body.iter().filter_map(|(_, line)| line.strip_prefix("- "));
    match section.kind {
        Kind::Question => items.map(|item| item.get(..3).unwrap_or_default()).collect(),
        Kind::Knob | Kind::Measures => items.map(|item| item.split(':').next().unwrap_or_default()).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str =
        "# A\n> b\n\n## step s: T\n\nWords.\n\n### question\nQ?\n- [ ] a\n  e\n- [x] b\n  e\n";
    const KOREAN: &str =
        "# 가\n> 나\n\n## step s: 다\n\n글.\n\n### question\n물음?\n- [ ] 하나\n  설명\n- [x] 둘\n  설명\n";

    fn difference(korean: &str) -> Option<String> {
        let english = outline("text/x.en.md", ENGLISH).expect("the text is right");
        let korean = outline("text/x.ko.md", korean).expect("the text is right");
        compare(&english, "text/x.ko.md", &korean).err().map(|error| error.to_string())
    }

    #[test]
    fn two_languages_must_have_the_same_shape_and_other_words() {
        assert_eq!(difference(KOREAN), None);
        for (from, to, expected) in [
            ("step s", "step t", "text/x.ko.md:4: `Step t` stands where the other language has `Step s`"),
            ("글.", "Words.", "text/x.ko.md:4: is the same in both languages"),
            ("[ ] 하나", "[x] 하나", "text/x.ko.md:8: list items"),
            (
                "### question\n물음?\n- [ ] 하나\n  설명\n- [x] 둘\n  설명\n",
                "",
                "text/x.ko.md:4: ends without",
            ),
        ] {
            let problem = difference(&KOREAN.replacen(from, to, 1)).expect("it is wrong now");
            assert!(problem.starts_with(expected), "{problem}");
        }
        let more = format!("{KOREAN}\n## note\n");
        assert!(difference(&more).is_some_and(|problem| problem.contains("does not have")));
    }
}
