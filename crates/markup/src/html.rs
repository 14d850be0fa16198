//! `html!`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Token;
use syn::parse::Parser;

use crate::node::{self, Attribute, Node};
use crate::template::{Template, filling};

/// The expression of a piece of markup.
pub fn expand(input: TokenStream) -> syn::Result<TokenStream> {
    let read = |input: syn::parse::ParseStream| {
        let is_markup = input.is_empty()
            || input.peek(Token![<])
            || input.peek(Token![if])
            || input.peek(syn::token::Brace);
        if is_markup { node::nodes(input).map(|nodes| self::nodes(&nodes)) } else { value(input) }
    };
    read.parse2(input)
}

fn value(input: syn::parse::ParseStream) -> syn::Result<TokenStream> {
    let value: TokenStream = input.parse()?;
    Ok(quote!(crate::markup::Child::node(#value)))
}

/// Several nodes as one.
pub fn nodes(nodes: &[Node]) -> TokenStream {
    match nodes {
        [] => quote!(<::yew::Html as ::core::default::Default>::default()),
        [node] => self::node(node),
        nodes => {
            let mut template = Template::default();
            template.source += "\u{1}";
            template.nodes(nodes);
            finish(&template)
        }
    }
}

/// One node.
pub fn node(node: &Node) -> TokenStream {
    match node {
        Node::Value(value) => quote!(crate::markup::Child::node(#value)),
        Node::Component { path, attributes, children } => component(path, attributes, children),
        Node::If { condition, then, otherwise } => {
            let (then, otherwise) = (nodes(then), nodes(otherwise));
            quote!(if #condition { #then } else { #otherwise })
        }
        Node::Each(_) => {
            let mut template = Template::default();
            template.source += "\u{1}";
            template.nodes(std::slice::from_ref(node));
            finish(&template)
        }
        Node::Element { .. } | Node::Text(_) => {
            let mut template = Template::default();
            template.nodes(std::slice::from_ref(node));
            finish(&template)
        }
    }
}

fn finish(Template { source, fills }: &Template) -> TokenStream {
    let filling = filling();
    if fills.is_empty() {
        return quote! {{
            static TEMPLATE: crate::markup::Template = crate::markup::Template::new(#source);
            TEMPLATE.fill().done()
        }};
    }
    quote! {{
        static TEMPLATE: crate::markup::Template = crate::markup::Template::new(#source);
        let mut #filling = TEMPLATE.fill();
        #(#fills;)*
        #filling.done()
    }}
}

fn component(path: &syn::Path, attributes: &[Attribute], children: &[Node]) -> TokenStream {
    let mut key = quote!(::core::option::Option::None);
    let mut fields = Vec::new();
    for attribute in attributes {
        let (ident, value) = (&attribute.ident, attribute.value.tokens());
        if attribute.name == "key" {
            key = quote!(::core::option::Option::Some(::yew::virtual_dom::Key::from(#value)));
        } else {
            fields.push(quote!(#ident: ::yew::html::IntoPropValue::into_prop_value(#value)));
        }
    }
    if !children.is_empty() {
        let children = nodes(children);
        fields.push(quote!(children: #children));
    }
    quote!(crate::markup::component(#path { #(#fields),* }, #key))
}
