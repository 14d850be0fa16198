//! What counts as a step.

/// What counts as a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepSize {
    /// A step of the lesson; without a lesson, a message.
    #[default]
    LessonStep,
    /// An HTTP message that arrived or was lost; without HTTP, a segment.
    Message,
    /// A segment that arrived or was lost, with what followed from it at once.
    Segment,
    /// One entry of the trace.
    Entry,
}

impl StepSize {
    /// All sizes, largest first.
    pub const ALL: [Self; 4] = [Self::LessonStep, Self::Message, Self::Segment, Self::Entry];

    /// The stable key: `lesson-step`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::LessonStep => "lesson-step",
            Self::Message => "message",
            Self::Segment => "segment",
            Self::Entry => "entry",
        }
    }
}
