//! What `#[json(...)]` says.

use syn::{Attribute, Field, Ident, LitStr, Path, Result, Type, Variant};

/// What is said of a whole type.
#[derive(Default)]
pub struct OfType {
    /// The field that holds a variant's name.
    pub tag: Option<String>,
    /// Missing fields are those of the type's default.
    pub default: bool,
    case: Case,
}

/// What is said of one field.
#[derive(Default)]
pub struct OfField {
    /// Its name in JSON.
    pub name: String,
    /// What it is when it is missing.
    pub default: Option<Path>,
    /// Not written when this holds.
    pub skip_if: Option<Path>,
    /// Written as what this makes of it.
    pub with: Option<Path>,
    /// Its fields stand among those around it.
    pub flatten: bool,
    /// Never written.
    pub skip: bool,
}

#[derive(Clone, Copy, Default)]
enum Case {
    #[default]
    AsWritten,
    Kebab,
    ScreamingKebab,
}

impl OfType {
    /// Reads the attributes of a type.
    pub fn read(attributes: &[Attribute]) -> Result<Self> {
        let mut said = Self::default();
        for attribute in attributes.iter().filter(|it| it.path().is_ident("json")) {
            attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("tag") {
                    said.tag = Some(meta.value()?.parse::<LitStr>()?.value());
                } else if meta.path.is_ident("default") {
                    said.default = true;
                } else if meta.path.is_ident("rename_all") {
                    said.case = match meta.value()?.parse::<LitStr>()?.value().as_str() {
                        "kebab-case" => Case::Kebab,
                        "SCREAMING-KEBAB-CASE" => Case::ScreamingKebab,
                        _ => return Err(meta.error("kebab-case or SCREAMING-KEBAB-CASE")),
                    };
                } else {
                    return Err(meta.error("a type has tag, default or rename_all"));
                }
                Ok(())
            })?;
        }
        Ok(said)
    }

    /// A variant's name in JSON.
    pub fn name_of(&self, variant: &Variant) -> Result<String> {
        let mut renamed = None;
        for attribute in variant.attrs.iter().filter(|it| it.path().is_ident("json")) {
            attribute.parse_nested_meta(|meta| {
                if !meta.path.is_ident("rename") {
                    return Err(meta.error("a variant has rename"));
                }
                renamed = Some(meta.value()?.parse::<LitStr>()?.value());
                Ok(())
            })?;
        }
        Ok(renamed.unwrap_or_else(|| self.case.of(&variant.ident)))
    }
}

impl OfField {
    /// Reads the attributes of a field.
    pub fn read(field: &Field) -> Result<Self> {
        let name = field.ident.as_ref().map(|ident| ident.to_string()).unwrap_or_default();
        let mut said = Self { name, ..Self::default() };
        if is_option(&field.ty) {
            said.default = Some(syn::parse_quote!(::core::default::Default::default));
        }
        for attribute in field.attrs.iter().filter(|it| it.path().is_ident("json")) {
            attribute.parse_nested_meta(|meta| {
                let path = || meta.value()?.parse::<LitStr>()?.parse::<Path>();
                if meta.path.is_ident("default") {
                    said.default = Some(if meta.input.peek(syn::Token![=]) {
                        path()?
                    } else {
                        syn::parse_quote!(::core::default::Default::default)
                    });
                } else if meta.path.is_ident("skip_if") {
                    said.skip_if = Some(path()?);
                } else if meta.path.is_ident("with") {
                    said.with = Some(path()?);
                } else if meta.path.is_ident("rename") {
                    said.name = meta.value()?.parse::<LitStr>()?.value();
                } else if meta.path.is_ident("flatten") {
                    said.flatten = true;
                } else if meta.path.is_ident("skip") {
                    said.skip = true;
                } else {
                    return Err(meta.error("a field has default, skip_if, with, rename, flatten or skip"));
                }
                Ok(())
            })?;
        }
        Ok(said)
    }
}

impl Case {
    fn of(self, ident: &Ident) -> String {
        let mut name = String::new();
        for letter in ident.to_string().chars() {
            let is_word = letter.is_ascii_uppercase() && !name.is_empty();
            match self {
                Self::AsWritten => name.push(letter),
                Self::Kebab | Self::ScreamingKebab if is_word => name.extend(['-', letter]),
                Self::Kebab | Self::ScreamingKebab => name.push(letter),
            }
        }
        match self {
            Self::AsWritten => name,
            Self::Kebab => name.to_ascii_lowercase(),
            Self::ScreamingKebab => name.to_ascii_uppercase(),
        }
    }
}

fn is_option(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Option"))
}
