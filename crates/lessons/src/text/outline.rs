//! The outline of a lesson's Markdown: its sections by heading, with line numbers.

/// An error in a lesson's Markdown, with its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {problem}")]
pub(super) struct TextError {
    /// The file's path.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// A clause such as `a second challenge`.
    pub problem: String,
}

impl TextError {
    pub fn new(file: &str, line: u32, problem: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, problem: problem.into() }
    }
}

/// The kind of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
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
    /// `## absent key: Title`: a reason that several steps share; without a title the step's own is used.
    Reason,
    /// `### question`, of a step or a variant.
    Question,
    /// `### variant key: Title`, of a step; without a title the step's own is used.
    Variant,
    /// `### absent key: Title`, of a step; without a title the step's own is used.
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

/// What follows the heading's first words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    Nothing,
    Title,
    KeyAndTitle,
    KeyAndPerhapsTitle,
}

/// All headings: level, words, enclosing section, and what follows the words.
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

/// A heading with the lines below it, up to the next heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Section<'m> {
    /// Its kind.
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

/// Splits a lesson's Markdown at its headings.
///
/// # Errors
/// The first heading that is unknown, misplaced, or lacks its key or title.
pub(super) fn outline<'m>(file: &str, markdown: &'m str) -> Result<Vec<Section<'m>>, TextError> {
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
