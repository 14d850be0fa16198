//! The writing of a type.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DataEnum, DeriveInput, Error, Fields, Result};

use crate::attributes::{OfField, OfType};

/// The `ToJson` of a type.
pub fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let said = OfType::read(&input.attrs)?;
    let method = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                write(&quote!(::playground_core::json::ToJson::write(&self.0, __to)))
            }
            Fields::Named(_) => {
                let members = fields(&data.fields, &|ident| quote!(&self.#ident))?;
                members_of(&members)
            }
            _ => return Err(Error::new_spanned(input, "a struct without names has no JSON")),
        },
        Data::Enum(data) => variants(data, &said)?,
        Data::Union(_) => return Err(Error::new_spanned(input, "a union has no JSON")),
    };
    let name = &input.ident;
    let (generics, arguments, conditions) = input.generics.split_for_impl();
    Ok(quote! {
        #[automatically_derived]
        impl #generics ::playground_core::json::ToJson for #name #arguments #conditions {
            #method
        }
    })
}

fn write(body: &TokenStream) -> TokenStream {
    quote!(fn write(&self, __to: &mut ::playground_core::json::Writer) { #body })
}

fn members_of(body: &TokenStream) -> TokenStream {
    quote!(fn members(&self, __to: &mut ::playground_core::json::Writer) { #body })
}

/// Writes fields; `place` says where each one's value is.
fn fields(fields: &Fields, place: &dyn Fn(&syn::Ident) -> TokenStream) -> Result<TokenStream> {
    let mut body = TokenStream::new();
    for field in fields {
        let said = OfField::read(field)?;
        let Some(ident) = &field.ident else { continue };
        if said.skip {
            continue;
        }
        let (name, place) = (&said.name, place(ident));
        let mut member = if said.flatten {
            quote!(::playground_core::json::ToJson::members(#place, __to);)
        } else if let Some(with) = &said.with {
            quote!(__to.member(#name, &#with(#place));)
        } else {
            quote!(__to.member(#name, #place);)
        };
        if let Some(skip_if) = &said.skip_if {
            member = quote!(if !#skip_if(#place) { #member });
        }
        body.extend(member);
    }
    Ok(body)
}

fn variants(data: &DataEnum, said: &OfType) -> Result<TokenStream> {
    let mut arms = Vec::new();
    let is_bare = data.variants.iter().all(|variant| matches!(variant.fields, Fields::Unit));
    for variant in &data.variants {
        let (ident, name) = (&variant.ident, said.name_of(variant)?);
        if is_bare && said.tag.is_none() {
            arms.push(quote!(Self::#ident => #name,));
            continue;
        }
        let (pattern, members) = match &variant.fields {
            Fields::Named(named) => {
                let mut shown = Vec::new();
                for field in &named.named {
                    if !OfField::read(field)?.skip {
                        shown.push(&field.ident);
                    }
                }
                let members = fields(&variant.fields, &|ident| quote!(#ident))?;
                (quote!({ #(#shown,)* .. }), Some(members))
            }
            Fields::Unnamed(unnamed) if unnamed.unnamed.len() == 1 => (quote!((value)), None),
            Fields::Unnamed(_) => return Err(Error::new_spanned(variant, "more than one value has no JSON")),
            Fields::Unit => (quote!(), Some(quote!())),
        };
        let is_unit = matches!(variant.fields, Fields::Unit);
        let body = match (&said.tag, members) {
            (Some(tag), Some(members)) => quote!({ __to.member(#tag, &#name); #members }),
            (Some(tag), None) => {
                quote!({ __to.member(#tag, &#name); ::playground_core::json::ToJson::members(value, __to); })
            }
            (None, _) if is_unit => quote!(__to.string(#name)),
            (None, Some(members)) => quote!({ __to.open_variant(#name); #members __to.close_variant(); }),
            (None, None) => quote!({ __to.open('{'); __to.member(#name, value); __to.close('}'); }),
        };
        arms.push(quote!(Self::#ident #pattern => #body,));
    }
    Ok(match &said.tag {
        Some(_) => members_of(&quote!(match self { #(#arms)* })),
        None if is_bare => write(&quote!(__to.string(match self { #(#arms)* }))),
        None => write(&quote!(match self { #(#arms)* })),
    })
}
