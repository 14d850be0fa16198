//! `#[component]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Error, FnArg, ItemFn, Type, parse2};

/// The function's name becomes another name of its properties, which know how to draw themselves.
pub fn expand(input: TokenStream) -> syn::Result<TokenStream> {
    let ItemFn { attrs, vis, sig, block } = parse2(input)?;
    let name = &sig.ident;
    let text = name.to_string();
    let draw = |properties: &TokenStream, argument: &TokenStream| {
        quote! {
            impl crate::markup::Component for #properties {
                const NAME: &'static str = #text;

                fn draw(&self, context: &mut ::yew::functional::HookContext) -> ::yew::Html {
                    #[::yew::functional::hook]
                    fn use_drawing(#argument: &#properties) -> ::yew::Html #block
                    ::yew::functional::Hook::run(use_drawing(self), context)
                }
            }
        }
    };
    let mut arguments = sig.inputs.iter();
    match (arguments.next(), arguments.next()) {
        (None, _) => {
            let draw = draw(&quote!(#name), &quote!(_nothing));
            Ok(quote! {
                #(#attrs)*
                #[derive(PartialEq)]
                #vis struct #name;
                #draw
            })
        }
        (Some(FnArg::Typed(argument)), None) => {
            let Type::Reference(reference) = &*argument.ty else {
                return Err(Error::new_spanned(&argument.ty, "properties are taken by reference"));
            };
            let (pattern, properties) = (&argument.pat, &reference.elem);
            let draw = draw(&quote!(#properties), &quote!(#pattern));
            Ok(quote! {
                #(#attrs)*
                #vis type #name = #properties;
                #draw
            })
        }
        _ => Err(Error::new_spanned(&sig.inputs, "a component takes its properties and nothing else")),
    }
}
