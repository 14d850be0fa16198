//! The notation, read.

use proc_macro2::{Delimiter, Group, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Error, Expr, Ident, LitStr, Path, Token, braced, token};

/// A node as it is written.
pub enum Node {
    /// `<div class="x">...</div>`, or a fragment, whose name is empty.
    Element { name: String, attributes: Vec<Attribute>, children: Vec<Node> },
    /// `<Stage {frame} />`
    Component { path: Path, attributes: Vec<Attribute>, children: Vec<Node> },
    /// `{ "words" }`
    Text(String),
    /// `{ expression }`
    Value(TokenStream),
    /// `{ for nodes }`
    Each(TokenStream),
    /// `if condition { ... } else { ... }`
    If { condition: Expr, then: Vec<Node>, otherwise: Vec<Node> },
}

/// `name="text"`, `name={value}` or `{name}`.
pub struct Attribute {
    /// As it is written, with dashes.
    pub name: String,
    /// The same as an identifier, for a component.
    pub ident: Ident,
    /// Its value.
    pub value: Value,
}

/// What an attribute is set to.
pub enum Value {
    /// A string in the source.
    Fixed(LitStr),
    /// An expression.
    Computed(TokenStream),
}

impl Parse for Node {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        if input.peek(Token![<]) {
            return tag(input);
        }
        if input.peek(Token![if]) {
            return condition(input);
        }
        let group: Group = input.parse()?;
        if group.delimiter() != Delimiter::Brace {
            return Err(Error::new(group.span(), "an element, `if` or `{ ... }` is expected"));
        }
        let content = group.stream();
        if let Ok(text) = syn::parse2::<LitStr>(content.clone()) {
            return Ok(Self::Text(text.value()));
        }
        let mut tokens = content.into_iter();
        match tokens.next() {
            Some(first) if first.to_string() == "for" => Ok(Self::Each(tokens.collect())),
            _ => Ok(Self::Value(expression(group))),
        }
    }
}

/// All nodes that are left.
pub fn nodes(input: ParseStream) -> syn::Result<Vec<Node>> {
    let mut nodes = Vec::new();
    while !input.is_empty() {
        nodes.push(input.parse()?);
    }
    Ok(nodes)
}

/// What stands in braces; one expression needs none of its own.
fn expression(group: Group) -> TokenStream {
    let is_one = syn::parse2::<Expr>(group.stream()).is_ok();
    if is_one { group.stream() } else { group.into_token_stream() }
}

fn condition(input: ParseStream) -> syn::Result<Node> {
    input.parse::<Token![if]>()?;
    let condition = Expr::parse_without_eager_brace(input)?;
    let block;
    braced!(block in input);
    let then = nodes(&block)?;
    let mut otherwise = Vec::new();
    if input.peek(Token![else]) {
        input.parse::<Token![else]>()?;
        if input.peek(Token![if]) {
            otherwise.push(self::condition(input)?);
        } else {
            let block;
            braced!(block in input);
            otherwise = nodes(&block)?;
        }
    }
    Ok(Node::If { condition, then, otherwise })
}

fn tag(input: ParseStream) -> syn::Result<Node> {
    let open = input.parse::<Token![<]>()?;
    let is_component = input
        .fork()
        .call(Ident::parse_any)
        .is_ok_and(|name| name.to_string().starts_with(|first: char| first.is_ascii_uppercase()));
    let path = if is_component { Some(input.parse::<Path>()?) } else { None };
    let name = if is_component || input.peek(Token![>]) { String::new() } else { dashed(input)?.0 };
    let mut attributes = Vec::new();
    while !input.peek(Token![>]) && !input.peek(Token![/]) {
        attributes.push(input.parse()?);
    }
    let is_closed = input.parse::<Option<Token![/]>>()?.is_some();
    input.parse::<Token![>]>()?;
    let mut children = Vec::new();
    if !is_closed {
        while !(input.peek(Token![<]) && input.peek2(Token![/])) {
            if input.is_empty() {
                return Err(Error::new(open.span, "this is not closed"));
            }
            children.push(input.parse()?);
        }
        input.parse::<Token![<]>()?;
        input.parse::<Token![/]>()?;
        let closed = match &path {
            Some(path) => input.parse::<Path>()? == *path,
            None if input.peek(Token![>]) => name.is_empty(),
            None => dashed(input)?.0 == name,
        };
        if !closed {
            return Err(Error::new(open.span, "something else is closed"));
        }
        input.parse::<Token![>]>()?;
    }
    Ok(match path {
        Some(path) => Node::Component { path, attributes, children },
        None => Node::Element { name, attributes, children },
    })
}

/// A name with dashes, and its first part.
fn dashed(input: ParseStream) -> syn::Result<(String, Ident)> {
    let first = input.call(Ident::parse_any)?;
    let mut name = first.unraw().to_string();
    while input.peek(Token![-]) {
        input.parse::<Token![-]>()?;
        name.push('-');
        name += &input.call(Ident::parse_any)?.to_string();
    }
    Ok((name, first))
}

impl Parse for Attribute {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        if input.peek(token::Brace) {
            let content;
            braced!(content in input);
            let ident: Ident = content.parse()?;
            let name = ident.unraw().to_string();
            return Ok(Self { name, value: Value::Computed(ident.to_token_stream()), ident });
        }
        let (name, ident) = dashed(input)?;
        input.parse::<Token![=]>()?;
        let value = if input.peek(LitStr) {
            Value::Fixed(input.parse()?)
        } else if input.peek(token::Brace) {
            Value::Computed(expression(input.parse()?))
        } else {
            Value::Computed(input.parse::<syn::Lit>()?.into_token_stream())
        };
        Ok(Self { name, ident, value })
    }
}
