//! Problems of user input: a stable key and its arguments.
//!
//! The page's language files have a message `problem-KEY` for each; a test of the page compares it with the sentence.

use core::fmt;

/// A problem with a field, a line or a text.
///
/// Its sentence continues the field's name: `must be at most 9`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The sentence's key: `at-most`.
    pub key: &'static str,
    /// Arguments by name; large numbers have commas.
    pub arguments: Vec<(&'static str, String)>,
}

macro_rules! problems {
    ($($name:ident = $key:literal ($($argument:ident: $type:ty),*) $sentence:literal;)*) => {
        impl Problem {
            /// Every key and its sentence, with `{name}` for an argument.
            pub const ALL: &'static [(&'static str, &'static str)] = &[$(($key, $sentence),)*];

            $(
                #[doc = concat!("`", $sentence, "`")]
                pub fn $name($($argument: $type),*) -> Self {
                    Self { key: $key, arguments: vec![$((stringify!($argument), $argument.to_argument())),*] }
                }
            )*
        }
    };
}

problems! {
    // Numbers, times and lists out of bounds.
    between = "between" (least: u64, most: u64) "must be from {least} to {most}";
    at_most = "at-most" (most: u64) "must be at most {most}";
    not_zero = "not-zero" () "must not be 0";
    counts_from_one = "counts-from-one" () "counts from 1";
    zero_or_at_least = "zero-or-at-least" (least: u64) "must be 0 or at least {least}";
    micros_at_most = "micros-at-most" (most: u64, seconds: u64) "must be at most {most} µs ({seconds} s)";
    micros_between = "micros-between" (least: u64, most: u64) "must be from {least} to {most} µs";
    entries_between = "entries-between" (least: u64, most: u64) "must have from {least} to {most} entries";
    entries_at_most = "entries-at-most" (most: u64) "must have at most {most} entries";
    octets_at_most = "octets-at-most" (most: u64) "must not be longer than {most} octets";
    writes_at_most = "writes-at-most" (most: u64) "must not write more than {most} octets";

    captured = "captured" () "is a host of a capture, which is not run";

    // Recordings.
    must_be = "must-be" (expected: u64) "must be {expected}";
    not_before = "not-before" (earliest: u64) "must not be before {earliest} µs";
    micros_before = "micros-before" (latest: u64) "must not be after {latest} µs";
    not_below = "not-below" (least: u64) "must be at least {least}";
    earlier_entry = "earlier-entry" () "must be the number of an earlier entry";
    socket_not_open = "socket-not-open" () "names a socket that was not opened before";
    is_in_state = "is-in-state" (state: &str) "must be {state}, the state of the socket";
    no_such_transition = "no-such-transition" () "is not where this trigger leads (RFC 9293 section 3.3.2)";
    of_segments = "of-segments" () "follows from segments, which no recording has";

    // Names and addresses.
    unique_name = "unique-name" () "must be unique, and 1 to 64 octets long";
    no_such_node = "no-such-node" (name: &str) "no node is named “{name}”";
    no_such_link = "no-such-link" () "no link joins these nodes";
    no_such_knob = "no-such-knob" () "no knob of this lesson has this name";
    names_node = "names-node" () "must name a node";
    address_unspecified = "address-unspecified" () "must be 0.0.0.0 for a switch, and for one that asks DHCP";
    address_of_host = "address-of-host" () "must be unique, and a host’s address";
    address_given = "address-given" () "must not be one that a DHCP server gives out";
    address_range = "address-range" () "must begin a range of hosts’ addresses";
    port_range = "port-range" () "must be a first and a last port, not 0";
    switch_circle = "switch-circle" () "closes a circle of switches";
    two_nodes = "two-nodes" () "must be two nodes that no other link joins";
    domain_name = "domain-name" () "must be a domain name";
    path = "path" () "must begin with / and have no spaces";
    not_empty = "not-empty" () "must not be empty";
    one_of = "one-of" (known: &str) "must be one of {known}";
    whole_number = "whole-number" () "must be a whole number";
    control_character = "control-character" () "must not have control characters";

    // The text of a request.
    unknown_escape = "unknown-escape" (line: u64, column: u64, found: &str)
        "line {line}, character {column}: “{found}” is no escape; there are \\r \\n \\0 \\xNN \\\\";

    // Lines of socket calls.
    call_form = "call-form" (form: &str) "a call is written like this: {form}";
    no_such_call = "no-such-call" (known: &str) "is none of the calls that are known here: {known}";
    port_number = "port-number" () "a port is a number from 1 to 65535";
    socket_name = "socket-name" () "a socket’s name is 1 to 16 letters and digits";
    names_socket = "names-socket" () "socket and accept give a new socket a name, and no other call does";

    // JSON that does not match the expected types; the value found is shown as JSON.
    missing = "missing" () "is missing";
    twice = "twice" () "is there twice";
    no_such_field = "no-such-field" (known: &str) "is not known here; there are {known}";
    no_fields = "no-fields" () "is not known here; there are no fields";
    no_such_value = "no-such-value" (found: &str, known: &str) "{found} is not known here; there are {known}";
    not_a_string = "not-a-string" (found: &str) "must be a string, not {found}";
    not_a_number = "not-a-number" (found: &str, most: u64)
        "must be a whole number from 0 to {most}, not {found}";
    not_true_or_false = "not-true-or-false" (found: &str) "must be true or false, not {found}";
    not_a_list = "not-a-list" (found: &str) "must be a list [ ], not {found}";
    not_an_object = "not-an-object" (found: &str) "must be an object with fields, not {found}";
    not_a_variant = "not-a-variant" () "must be a name, or an object with a name and its content";
    not_an_address = "not-an-address" () "must be an IPv4 address like 10.0.0.1";
    wrong_count = "wrong-count" (expected: u64, found: u64) "must be a list of {expected}, not of {found}";
    other = "other" (detail: &str) "cannot be read: {detail}";

    // A run that exceeded its limits.
    run_stopped = "run-stopped" (most: u64) "the run stopped at this limit, {most}";

    // Text that is not JSON.
    json_ends_early = "json-ends-early" (line: u64, column: u64)
        "line {line}, column {column}: the text ends before it is complete";
    json_expected = "json-expected" (line: u64, column: u64, expected: &str)
        "line {line}, column {column}: {expected} is missing here";
    json_value = "json-value" (line: u64, column: u64) "line {line}, column {column}: a value is missing here";
    json_name = "json-name" (line: u64, column: u64)
        "line {line}, column {column}: a name in double quotes is missing here";
    json_trailing_comma = "json-trailing-comma" (line: u64, column: u64)
        "line {line}, column {column}: nothing follows the comma before this";
    json_trailing = "json-trailing" (line: u64, column: u64)
        "line {line}, column {column}: the value has ended, and more follows";
    json_number = "json-number" (line: u64, column: u64)
        "line {line}, column {column}: JSON does not know such a number";
    json_string = "json-string" (line: u64, column: u64)
        "line {line}, column {column}: a string has a character or an escape that JSON does not know";
    json_other = "json-other" (line: u64, column: u64, detail: &str)
        "line {line}, column {column}: this is not JSON: {detail}";
}

impl Problem {
    /// The sentence in English, with placeholders for the arguments.
    pub fn sentence(&self) -> &'static str {
        Self::ALL.iter().find(|(key, _)| *key == self.key).map_or("", |(_, sentence)| sentence)
    }
}

/// The sentence in English, with its arguments.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = self.sentence().split(['{', '}']);
        f.write_str(parts.next().unwrap_or_default())?;
        while let (Some(name), Some(after)) = (parts.next(), parts.next()) {
            let argument = self.arguments.iter().find(|(known, _)| *known == name);
            f.write_str(argument.map_or(name, |(_, value)| value))?;
            f.write_str(after)?;
        }
        Ok(())
    }
}

/// A value that can be an argument.
trait Argument {
    fn to_argument(self) -> String;
}

impl Argument for &str {
    fn to_argument(self) -> String {
        self.to_owned()
    }
}

/// With thousands separators.
impl Argument for u64 {
    fn to_argument(self) -> String {
        let mut text = self.to_string();
        let mut place = text.len();
        while place > 3 {
            place -= 3;
            text.insert(place, ',');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_has_its_arguments() {
        for (problem, sentence) in [
            (Problem::between(1, 64), "must be from 1 to 64"),
            (Problem::not_zero(), "must not be 0"),
            (Problem::micros_at_most(3_600_000_000, 3_600), "must be at most 3,600,000,000 µs (3,600 s)"),
            (Problem::not_a_number("{1}", 255), "must be a whole number from 0 to 255, not {1}"),
            (Problem::at_most(u64::MAX), "must be at most 18,446,744,073,709,551,615"),
            (Problem::at_most(999), "must be at most 999"),
        ] {
            assert_eq!(problem.to_string(), sentence);
        }
    }

    #[test]
    fn every_key_has_one_sentence() {
        for (place, (key, sentence)) in Problem::ALL.iter().enumerate() {
            assert!(Problem::ALL[..place].iter().all(|(other, _)| other != key), "{key} stands twice");
            assert!(!sentence.is_empty() && !sentence.ends_with('.'), "{key}");
        }
    }
}
