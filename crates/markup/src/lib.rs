//! The page's `html!` and `#[component]`: written as Yew's, compiled to little code.
//!
//! Yew's own macros unroll every element into code of its own, and every component into a copy of the machinery that
//! keeps it. Here a piece of markup is a template, a string that is read once, and code only for what is filled into
//! it; and all components share one of Yew's. The other half is `web/src/markup`.

mod component;
mod html;
mod node;
mod template;

use proc_macro::TokenStream;

/// A node of the page, in Yew's notation: elements, `{ expression }`, `{ for nodes }`, `if`, fragments, components.
#[proc_macro]
pub fn html(input: TokenStream) -> TokenStream {
    html::expand(input.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Makes a component of a function from its properties to a node. It may use hooks, and it is drawn again only when
/// its properties have changed or a hook asks for it.
#[proc_macro_attribute]
pub fn component(_: TokenStream, input: TokenStream) -> TokenStream {
    component::expand(input.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}
