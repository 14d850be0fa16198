//! Enums whose variant is named by a member, with the variant's fields beside it and beside other members.
//!
//! Serde can derive a reader for `flatten` and `tag` by keeping what it does not know yet, and by reading it a second
//! time in another way, for which everything is compiled again. Here all members are read in one go.

use serde::de;

/// Reads a struct of one field and an enum, written flat: `{"at_us": 5, "do": "close", "node": "a", "socket": 1}`.
///
/// What is written is said by serde's attributes: `flatten` on the enum's field, `tag` on the enum.
macro_rules! flat {
    (
        $whole:ident { $own:ident: $own_type:ty, $part:ident: $enum:ident = $tag:ident },
        { $($field:ident: $type:ty $(= $default:expr)?),* $(,)? },
        $($name:literal => $variant:ident { $($member:ident),* }),* $(,)?
    ) => {
        const _: () = {
            use serde::de;
            use serde::{Deserialize, Deserializer};

            #[derive(Deserialize)]
            #[serde(deny_unknown_fields)]
            struct Written {
                $own: $own_type,
                $tag: String,
                $($field: Option<$type>,)*
            }

            #[allow(clippy::wrong_self_convention, reason = "the methods are called as the members are")]
            impl Written {
                $(
                    fn $field<E: de::Error>(&mut self) -> Result<$type, E> {
                        let absent = [$($default)?].into_iter().next();
                        self.$field.take().or(absent).ok_or_else(|| E::missing_field(stringify!($field)))
                    }
                )*
            }

            impl<'de> Deserialize<'de> for $whole {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let mut written = Written::deserialize(deserializer)?;
                    let (part, members): (_, &[_]) = match written.$tag.as_str() {
                        $($name => {
                            ($enum::$variant { $($member: written.$member()?),* }, &[$(stringify!($member)),*])
                        })*
                        name => return Err(de::Error::unknown_variant(name, &[$($name),*])),
                    };
                    $crate::json::none_left(&[$((stringify!($field), written.$field.is_some())),*], members)?;
                    Ok(Self { $own: written.$own, $part: part })
                }
            }
        };
    };
}

pub(crate) use flat;

/// Errors: for a member that is left, when the variant has other members.
pub(crate) fn none_left<E: de::Error>(
    left: &[(&'static str, bool)],
    members: &'static [&'static str],
) -> Result<(), E> {
    match left.iter().find(|(_, left)| *left) {
        Some((name, _)) => Err(E::unknown_field(name, members)),
        None => Ok(()),
    }
}
