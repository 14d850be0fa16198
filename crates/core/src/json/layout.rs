//! How JSON is laid out: in one line, or for people. One type, so that writers are compiled once.

use std::io;

use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

/// A layout.
pub(super) struct Layout {
    pretty: Option<PrettyFormatter<'static>>,
}

impl Layout {
    pub(super) const fn one_line() -> Self {
        Self { pretty: None }
    }

    pub(super) fn for_people() -> Self {
        Self { pretty: Some(PrettyFormatter::new()) }
    }
}

macro_rules! forwarded {
    ($($method:ident($($argument:ident: $type:ty),*);)*) => {
        impl Formatter for Layout {
            $(
                fn $method<W: ?Sized + io::Write>(&mut self, writer: &mut W $(, $argument: $type)*) -> io::Result<()> {
                    match &mut self.pretty {
                        Some(pretty) => pretty.$method(writer $(, $argument)*),
                        None => CompactFormatter.$method(writer $(, $argument)*),
                    }
                }
            )*
        }
    };
}

forwarded! {
    begin_array();
    end_array();
    begin_array_value(first: bool);
    end_array_value();
    begin_object();
    end_object();
    begin_object_key(first: bool);
    begin_object_value();
    end_object_value();
}
