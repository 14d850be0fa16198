//! The commands: one table for buttons, tooltips, shortcuts, keyboard help and the key listener.

use strum::{EnumIter, IntoStaticStr};

use crate::language::Text;

/// A command of a button or a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "kebab-case", const_into_str)]
pub enum Command {
    /// Plays or pauses.
    PlayPause,
    /// To the next step of the lesson.
    NextStep,
    /// To the step before.
    PreviousStep,
    /// To the first step.
    FirstStep,
    /// To the last step.
    LastStep,
    /// To the next segment that arrives.
    NextSegment,
    /// To the segment before.
    PreviousSegment,
    /// Back to the beginning, knobs and questions as they were at first.
    Reset,
    /// Takes back the last change of the experiment.
    Undo,
    /// Makes the change again that was taken back last.
    Redo,
    /// Gives an answer to the step's question, from 0.
    Answer(u8),
    /// Enters or leaves full screen.
    FullScreen,
    /// Opens the lesson map.
    LessonMap,
    /// Opens the scenario in the playground, or goes back to the lesson.
    Playground,
    /// Opens the share dialog.
    Share,
    /// Opens the keyboard help.
    Keyboard,
    /// Opens the note on what is modelled.
    Note,
    /// The other language.
    Language,
    /// The other theme.
    Theme,
    /// Closes the dialog, or clears the selection.
    Close,
}

/// A key as a keyboard event names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stroke<'k> {
    /// `KeyboardEvent.key`.
    pub key: &'k str,
    /// Whether Shift is held; ignored for keys that print a character, unless Ctrl is held too.
    pub shift: bool,
    /// Whether Ctrl is held, or Cmd.
    pub ctrl: bool,
}

/// The kind of element that has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// Nothing that handles keys.
    Page,
    /// A button, a link, or another element activated by Space and Enter.
    Button,
    /// A slider or radio group, which handles arrow keys.
    Range,
    /// A text field.
    Text,
}

const fn plain(key: &'static str) -> Stroke<'static> {
    Stroke { key, shift: false, ctrl: false }
}

const fn shifted(key: &'static str) -> Stroke<'static> {
    Stroke { key, shift: true, ctrl: false }
}

const fn ctrl(key: &'static str, shift: bool) -> Stroke<'static> {
    Stroke { key, shift, ctrl: true }
}

impl Command {
    /// All commands, in the order of the keyboard help.
    pub const ALL: [Self; 23] = [
        Self::NextStep,
        Self::PreviousStep,
        Self::FirstStep,
        Self::LastStep,
        Self::PlayPause,
        Self::NextSegment,
        Self::PreviousSegment,
        Self::Reset,
        Self::Undo,
        Self::Redo,
        Self::Answer(0),
        Self::Answer(1),
        Self::Answer(2),
        Self::Answer(3),
        Self::FullScreen,
        Self::LessonMap,
        Self::Playground,
        Self::Share,
        Self::Note,
        Self::Language,
        Self::Theme,
        Self::Keyboard,
        Self::Close,
    ];

    /// The name in message keys: `command-<id>`, with the attributes `.tip` and `.help`.
    pub const fn id(self) -> &'static str {
        self.into_str()
    }

    /// Its keys, the usual one first.
    pub const fn keys(self) -> &'static [Stroke<'static>] {
        match self {
            Self::PlayPause => const { &[plain(" ")] },
            Self::NextStep => const { &[plain("ArrowRight"), plain("PageDown")] },
            Self::PreviousStep => const { &[plain("ArrowLeft"), plain("PageUp")] },
            Self::FirstStep => const { &[plain("Home")] },
            Self::LastStep => const { &[plain("End")] },
            Self::NextSegment => const { &[shifted("ArrowRight")] },
            Self::PreviousSegment => const { &[shifted("ArrowLeft")] },
            Self::Reset => const { &[plain("r")] },
            Self::Undo => const { &[ctrl("z", false)] },
            Self::Redo => const { &[ctrl("z", true), ctrl("y", false)] },
            Self::Answer(0) => const { &[plain("1")] },
            Self::Answer(1) => const { &[plain("2")] },
            Self::Answer(2) => const { &[plain("3")] },
            Self::Answer(_) => const { &[plain("4")] },
            Self::FullScreen => const { &[plain("f")] },
            Self::LessonMap => const { &[plain("m")] },
            Self::Keyboard => const { &[plain("?")] },
            Self::Close => const { &[plain("Escape")] },
            Self::Playground | Self::Share | Self::Note | Self::Language | Self::Theme => &[],
        }
    }

    /// The label of its button.
    pub fn label(self, text: Text) -> String {
        text.plain(&format!("command-{}", self.id()))
    }

    /// The tooltip, with the key: `Next step (→)`.
    pub fn tip(self, text: Text) -> String {
        let tip = text.plain(&format!("command-{}.tip", self.id()));
        match self.keys().first() {
            Some(stroke) => format!("{tip} ({})", stroke.shown(text)),
            None => tip,
        }
    }

    /// The sentence in the keyboard help.
    pub fn help(self, text: Text) -> String {
        text.plain(&format!("command-{}.help", self.id()))
    }
}

impl Stroke<'_> {
    /// The key as displayed: `→`, `Space`, `R`.
    pub fn shown(&self, text: Text) -> String {
        let key = match self.key {
            "ArrowRight" => "→".to_owned(),
            "ArrowLeft" => "←".to_owned(),
            " " => text.plain("key-space"),
            "Escape" => "Esc".to_owned(),
            "PageDown" => "Page Down".to_owned(),
            "PageUp" => "Page Up".to_owned(),
            key if key.chars().count() > 1 => key.to_owned(),
            key => key.to_ascii_uppercase(),
        };
        let shift = if self.shift { "Shift + " } else { "" };
        let ctrl = if self.ctrl { "Ctrl + " } else { "" };
        format!("{ctrl}{shift}{key}")
    }

    /// Whether it is a character key other than Space. Users of speech input turn these shortcuts off.
    ///
    /// Source: WCAG 2.1, success criterion 2.1.4.
    pub fn is_character(&self) -> bool {
        !self.ctrl && self.key != " " && self.key.chars().count() == 1
    }

    /// The command of this key, given the focused element.
    pub fn command(&self, focus: Focus, letter_keys: bool) -> Option<Command> {
        if (self.is_character() && !letter_keys) || self.belongs_to(focus) {
            return None;
        }
        Command::ALL.into_iter().find(|command| command.keys().iter().any(|stroke| self.is(stroke)))
    }

    /// Whether the focused element does something with the key by itself.
    pub fn belongs_to(&self, focus: Focus) -> bool {
        match focus {
            Focus::Page => false,
            Focus::Button => matches!(self.key, " " | "Enter"),
            Focus::Range => {
                matches!(self.key, " " | "Enter" | "Home" | "End" | "PageUp" | "PageDown")
                    || self.key.starts_with("Arrow")
            }
            Focus::Text => self.key != "Escape",
        }
    }

    fn is(&self, stroke: &Stroke<'_>) -> bool {
        if self.is_character() {
            // Case is ignored; the Shift of `?` is part of the key.
            return !stroke.ctrl && self.key.eq_ignore_ascii_case(stroke.key);
        }
        let is_same = self.key.eq_ignore_ascii_case(stroke.key);
        is_same && (self.shift, self.ctrl) == (stroke.shift, stroke.ctrl)
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator as _;

    use super::*;
    use crate::language::Language;

    fn press(key: &str, focus: Focus) -> Option<Command> {
        Stroke { key, shift: false, ctrl: false }.command(focus, true)
    }

    #[test]
    fn the_keyboard_help_lists_every_command() {
        for command in Command::iter() {
            assert!(Command::ALL.contains(&command), "{command:?}");
        }
    }

    #[test]
    fn every_listed_key_runs_its_command() {
        for command in Command::ALL {
            for stroke in command.keys() {
                assert_eq!(stroke.command(Focus::Page, true), Some(command), "{stroke:?}");
            }
        }
        assert_eq!(press("PageDown", Focus::Page), Some(Command::NextStep));
        assert_eq!(press("R", Focus::Page), Some(Command::Reset));
        assert_eq!(press("ArrowUp", Focus::Page), None);
        assert_eq!(press("z", Focus::Page), None);
        assert_eq!(ctrl("Z", true).command(Focus::Page, false), Some(Command::Redo));
        assert_eq!(ctrl("z", false).command(Focus::Text, true), None, "a text has an undo of its own");
        assert_eq!(ctrl("r", false).command(Focus::Page, true), None);
    }

    #[test]
    fn focused_widgets_keep_their_keys() {
        assert_eq!(press(" ", Focus::Button), None);
        assert_eq!(press("ArrowRight", Focus::Button), Some(Command::NextStep));
        assert_eq!(press("ArrowRight", Focus::Range), None);
        assert_eq!(press("r", Focus::Range), Some(Command::Reset));
        assert_eq!(press("r", Focus::Text), None);
        assert_eq!(press("Escape", Focus::Text), Some(Command::Close));
    }

    #[test]
    fn single_letters_can_be_turned_off() {
        for (key, command) in [
            ("r", None),
            ("?", None),
            ("1", None),
            (" ", Some(Command::PlayPause)),
            ("Home", Some(Command::FirstStep)),
        ] {
            assert_eq!(plain(key).command(Focus::Page, false), command, "{key}");
        }
    }

    #[test]
    fn every_command_has_its_messages_in_both_languages() {
        for language in Language::ALL {
            let text = Text::new(language);
            for command in Command::ALL {
                for key in [
                    format!("command-{}", command.id()),
                    format!("command-{}.tip", command.id()),
                    format!("command-{}.help", command.id()),
                ] {
                    assert!(text.has(&key), "{key}");
                }
            }
        }
    }
}
