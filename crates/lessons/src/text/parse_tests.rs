//! The accepted Markdown, and the messages of errors.

use super::super::Inline;
use super::parse;

const LESSON: &str = "\
# A lesson
> What it is
> about.

## step open: The door opens

First *this*, then **that**, at {{at:open}}.

- one
- two

```
GET / HTTP/1.0
```

### question
Which one?
- [ ] This
  Because of `this`.
- [x] That
  Because of that,
  and more.

### variant closed: The door stays shut

### variant other

Another body.

### absent gone: No door

There is none.

## knob door: Door
The door.
- wood: of wood
- iron: of iron

## challenge: Get in
Get in.
### measures
- in: Inside
### hint
Knock.
### solution
Use the [bell](https://example.org/).

## note
### modelled
a
### simplified
b
### left out
c
### changed since 2002
d
";

fn problem(markdown: &str) -> String {
    parse("text/x.en.md", markdown).expect_err("the text is wrong").to_string()
}

#[test]
fn a_complete_lesson_is_parsed() {
    let text = parse("text/x.en.md", LESSON).expect("the text is right");
    assert_eq!(text.title, "A lesson");
    assert_eq!(text.summary, [Inline::Text("What it is about.".into())]);
    let step = text.step("open").expect("there is such a step");
    assert_eq!(step.plain.body.len(), 3);
    let question = step.plain.question.as_ref().expect("it asks");
    assert_eq!(question.options.iter().map(|option| option.correct).collect::<Vec<_>>(), [false, true]);
    assert_eq!(question.options[1].explanation, [Inline::Text("Because of that, and more.".into())]);
    // A variant takes over what it does not say anew, but never the question.
    let (_, closed) = &step.variants[0];
    assert_eq!(closed.title, "The door stays shut");
    assert_eq!((&closed.body, &closed.question), (&step.plain.body, &None));
    let (_, other) = &step.variants[1];
    assert_eq!(other.title, "The door opens");
    assert_ne!(other.body, step.plain.body);
    assert_eq!(step.absent[0].1.title, "No door");
    assert_eq!(text.knob("door").expect("there is such a knob").values[1], ("iron".into(), "of iron".into()));
    assert_eq!(text.challenge.expect("there is one").measures, [("in".into(), "Inside".into())]);
}

#[test]
fn errors_name_the_file_and_the_line() {
    for (from, to, expected) in [
        ("# A lesson", "A lesson", "text/x.en.md:1: the file must begin with `# Title`"),
        ("> about.", "about.", "text/x.en.md:3: the summary's lines begin with `>`"),
        ("## step open: The door opens", "## step: The door opens", "text/x.en.md:5: `step` needs a key"),
        ("## step open: The door opens", "## step open", "text/x.en.md:5: `step open` needs a title"),
        ("## step open", "## stop open", "text/x.en.md:5: unknown heading `stop open: The door opens`"),
        ("First *this*", "<b>First</b> *this*", "text/x.en.md:7: this kind of Markdown"),
        ("**that**", "**\"that\"**이", "text/x.en.md:6: a stray `**`"),
        ("GET / HTTP/1.0\n```", "GET / HTTP/1.0", "text/x.en.md:55: a code block is not closed"),
        ("- [ ] This", "- This", "text/x.en.md:18: an answer begins with"),
        ("- [ ] This", "- [x] This", "text/x.en.md:16: exactly one answer"),
        ("  Because of `this`.\n", "", "text/x.en.md:18: an answer needs an explanation"),
        ("### absent gone: No door", "### hint", "text/x.en.md:30: `hint` does not belong"),
        ("There is none.\n", "", "text/x.en.md:30: nothing stands below this heading"),
        ("- iron: of iron", "- wood: of iron", "text/x.en.md:37: stands twice"),
        ("https://example.org/", "javascript:alert(1)", "text/x.en.md:46: a link must begin with https://"),
        ("### left out\nc\n", "", "text/x.en.md:54: the section `### left out` is missing"),
    ] {
        assert!(LESSON.contains(from), "{from}");
        let problem = problem(&LESSON.replacen(from, to, 1));
        assert!(
            problem.starts_with(expected),
            "{from:?} -> {to:?}\n  said     {problem}\n  expected {expected}"
        );
    }
}
