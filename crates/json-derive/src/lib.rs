//! Derives `FromJson` and `ToJson` of the core's `json` module from a type's declaration.
//!
//! Shape: a struct with names is an object; a struct around one value is that value. Of an enum, a bare
//! variant is its name as a string, any other an object with the name as its one field. Fields that a type
//! does not know are refused. What differs is said by `#[json(...)]`:
//!
//! | where | what | means |
//! |---|---|---|
//! | type | `rename_all = "kebab-case"`, `"SCREAMING-KEBAB-CASE"` | how variants are called |
//! | type | `tag = "call"` | the variant's name is a field among the variant's own |
//! | struct | `default` | fields that are missing are those of the type's default |
//! | field | `default`, `default = "function"` | what a missing field is; one of `Option` is none anyway |
//! | field | `skip_if = "function"` | not written when this holds |
//! | field | `with = "function"` | written as what this makes of it |
//! | field | `flatten` | its fields stand among those around it |
//! | field | `skip` | never written |
//! | field, variant | `rename = "name"` | its name |

mod attributes;
mod read;
mod write;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Derives the reading of a type.
#[proc_macro_derive(FromJson, attributes(json))]
pub fn from_json(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    read::derive(&input).unwrap_or_else(|error| error.to_compile_error()).into()
}

/// Derives the writing of a type.
#[proc_macro_derive(ToJson, attributes(json))]
pub fn to_json(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    write::derive(&input).unwrap_or_else(|error| error.to_compile_error()).into()
}
