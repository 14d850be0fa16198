//! The parameters of the Keep-Alive field.

use core::fmt;

use serde::{Deserialize, Serialize};

use super::field::list_members;
use crate::time::Duration;

/// What a server says in Keep-Alive about how long it will keep a connection: hints, no promise.
///
/// Units: `timeout` is written in whole seconds.
///
/// Source: RFC 2068 section 19.7.1.1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct KeepAliveParams {
    /// How long an idle connection is kept.
    pub timeout: Option<Duration>,
    /// How many more requests the connection is kept for.
    pub max: Option<u32>,
}

impl KeepAliveParams {
    /// The parameters in a field value; unknown and malformed ones are left out.
    pub fn parse(value: &str) -> Self {
        let mut params = Self::default();
        for param in list_members(value) {
            let Some((name, number)) = param.split_once('=') else {
                continue;
            };
            let number = number.trim_matches([' ', '\t', '"']);
            match name.trim_matches([' ', '\t']) {
                name if name.eq_ignore_ascii_case("timeout") => {
                    params.timeout = number.parse().ok().map(Duration::from_secs).or(params.timeout);
                }
                name if name.eq_ignore_ascii_case("max") => params.max = number.parse().ok().or(params.max),
                _ => {}
            }
        }
        params
    }

    /// Whether there is nothing to say.
    pub const fn is_empty(&self) -> bool {
        self.timeout.is_none() && self.max.is_none()
    }
}

/// The field value: `timeout=5, max=100`.
impl fmt::Display for KeepAliveParams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(timeout) = self.timeout {
            write!(f, "timeout={}", timeout.as_micros() / 1_000_000)?;
        }
        if let Some(max) = self.max {
            let separator = if self.timeout.is_some() { ", " } else { "" };
            write!(f, "{separator}max={max}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_read_and_written() {
        let cases = [
            ("timeout=5, max=100", Some(5), Some(100), "timeout=5, max=100"),
            ("max=3", None, Some(3), "max=3"),
            ("Timeout = 15", Some(15), None, "timeout=15"),
            ("timeout=\"7\",MAX=0,x=y", Some(7), Some(0), "timeout=7, max=0"),
            ("timeout, max=-1, timeout=2x", None, None, ""),
            ("300", None, None, ""),
            ("timeout=99999999999999999999, max=4294967296", None, None, ""),
        ];
        for (value, timeout, max, written) in cases {
            let params = KeepAliveParams::parse(value);
            assert_eq!(params, KeepAliveParams { timeout: timeout.map(Duration::from_secs), max }, "{value}");
            assert_eq!(params.to_string(), written);
        }
    }
}
