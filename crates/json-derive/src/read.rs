//! The reading of a type: straight on, field by field. A fault is noted and a stand-in taken, so that no
//! code is needed to turn back half-way.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DataEnum, DeriveInput, Error, Fields, Result};

use crate::attributes::{OfField, OfType};

/// The `FromJson` of a type.
pub fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let said = OfType::read(&input.attrs)?;
    let body = match &input.data {
        Data::Struct(data) => fields(&quote!(Self), &data.fields, &said, &[])?,
        Data::Enum(data) => variants(data, &said)?,
        Data::Union(_) => return Err(Error::new_spanned(input, "a union has no JSON")),
    };
    let name = &input.ident;
    let (generics, arguments, conditions) = input.generics.split_for_impl();
    Ok(quote! {
        #[automatically_derived]
        impl #generics ::playground_core::json::FromJson for #name #arguments #conditions {
            fn read(at: &::playground_core::json::At<'_>) -> Self {
                #body
            }
        }
    })
}

/// Makes a struct or a variant from what stands at `at`; `also` are names that stand there too.
fn fields(target: &TokenStream, fields: &Fields, said: &OfType, also: &[&str]) -> Result<TokenStream> {
    let fields = match fields {
        Fields::Named(fields) => &fields.named,
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            return Ok(quote!(#target(::playground_core::json::FromJson::read(at))));
        }
        Fields::Unnamed(fields) => return Err(Error::new_spanned(fields, "more than one value has no JSON")),
        Fields::Unit => return Ok(target.clone()),
    };
    let mut known: Vec<String> = also.iter().map(|name| (*name).to_owned()).collect();
    let mut is_flat = false;
    for field in fields {
        let said = OfField::read(field)?;
        if said.flatten {
            is_flat = true;
        } else {
            known.push(said.name);
        }
    }
    let mut values = Vec::new();
    for field in fields {
        let of_field = OfField::read(field)?;
        let (ident, name) = (&field.ident, &of_field.name);
        values.push(if of_field.flatten {
            quote!(#ident: ::playground_core::json::FromJson::read(&at.beside(&[#(#known),*])))
        } else if let Some(default) = of_field.default {
            quote!(#ident: match at.optional(#name) {
                Some(at) => ::playground_core::json::FromJson::read(&at),
                None => #default(),
            })
        } else if said.default {
            quote!(#ident: match at.optional(#name) {
                Some(at) => ::playground_core::json::FromJson::read(&at),
                None => default.#ident,
            })
        } else {
            quote!(#ident: ::playground_core::json::FromJson::read(&at.field(#name)))
        });
    }
    // With a field whose own fields stand here too, that one looks for what nobody knows.
    let check = (!is_flat).then(|| quote!(at.only(&[#(#known),*]);));
    let default = said.default.then(|| quote!(let default = <Self as ::core::default::Default>::default();));
    Ok(quote!({ #check #default #target { #(#values),* } }))
}

fn variants(data: &DataEnum, said: &OfType) -> Result<TokenStream> {
    let names = data.variants.iter().map(|variant| said.name_of(variant)).collect::<Result<Vec<_>>>()?;
    let mut arms = Vec::new();
    for (index, variant) in data.variants.iter().enumerate() {
        let ident = &variant.ident;
        let also: Vec<&str> = said.tag.as_deref().into_iter().collect();
        let mut value = fields(&quote!(Self::#ident), &variant.fields, &OfType::default(), &also)?;
        if let (Some(tag), Fields::Unit) = (&said.tag, &variant.fields) {
            value = quote!({ at.only(&[#tag]); #value });
        }
        // What is neither of the others is the first: a fault has been noted then.
        let pattern = if index == 0 { quote!(_) } else { quote!(#index) };
        arms.push(quote!(#pattern => #value,));
    }
    arms.rotate_left(1);
    let is_bare = data.variants.iter().all(|variant| matches!(variant.fields, Fields::Unit));
    Ok(match &said.tag {
        Some(tag) => quote!(match at.tag(#tag, &[#(#names),*]) { #(#arms)* }),
        None if is_bare => quote!(match at.choice(&[#(#names),*]) { #(#arms)* }),
        None => quote! {
            let (variant, at) = at.variant(&[#(#names),*]);
            let at = &at;
            match variant { #(#arms)* }
        },
    })
}
