//! Reading a filter.

use core::cmp::Ordering;

use thiserror::Error;

use super::Filter;
use super::field::{Field, FieldType};
use super::literal;
pub(crate) use super::literal::Literal;

/// Parentheses and negations within each other.
const DEEPEST: usize = 32;

/// What a filter asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expression {
    Or(Box<Self>, Box<Self>),
    And(Box<Self>, Box<Self>),
    Not(Box<Self>),
    Field(Field),
    /// One of the field's values passes.
    Any(Field, Test),
    /// There is one, and all of them pass.
    All(Field, Test),
}

/// What is asked of a field's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Test {
    Compare(Operator, Literal),
    In(Vec<Literal>),
    Contains(String),
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    Greater,
    Less,
    GreaterOrEqual,
    LessOrEqual,
}

impl Operator {
    pub(crate) fn accepts(self, found: Ordering) -> bool {
        match self {
            Self::Equal => found.is_eq(),
            Self::NotEqual => found.is_ne(),
            Self::Greater => found.is_gt(),
            Self::Less => found.is_lt(),
            Self::GreaterOrEqual => found.is_ge(),
            Self::LessOrEqual => found.is_le(),
        }
    }
}

/// A mistake in a filter.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{problem:?} at octet {at}")]
pub struct FilterError {
    /// The octet at which it is.
    pub at: usize,
    /// The mistake.
    pub problem: FilterProblem,
}

/// What is wrong with a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilterProblem {
    /// It is longer than [`Filter::LONGEST`] octets.
    TooLong,
    /// Too many parentheses or negations within each other.
    TooDeep,
    /// A field that is not known.
    NoSuchField(String),
    /// A field is expected.
    ExpectsField,
    /// A number is expected.
    ExpectsNumber,
    /// A number up to this one is expected.
    ExpectsAtMost(u64),
    /// A text is expected: in quotation marks, or a name.
    ExpectsText,
    /// An address is expected, or a network.
    ExpectsAddress,
    /// Seconds are expected, with a point before the decimals.
    ExpectsSeconds,
    /// A packet has the field or not: there is nothing to compare.
    NothingToCompare(String),
    /// Wireshark has this, and this filter has not.
    OnlyWireshark(String),
    /// A closing parenthesis or brace is missing.
    Unclosed,
    /// A quotation mark is missing.
    Unquoted,
    /// `and` or `or` is expected.
    ExpectsAndOr,
}

impl FilterProblem {
    /// The stable key of its message.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::TooLong => "filter-too-long",
            Self::TooDeep => "filter-too-deep",
            Self::NoSuchField(_) => "filter-no-such-field",
            Self::ExpectsField => "filter-expects-field",
            Self::ExpectsNumber => "filter-expects-number",
            Self::ExpectsAtMost(_) => "filter-expects-at-most",
            Self::ExpectsText => "filter-expects-text",
            Self::ExpectsAddress => "filter-expects-address",
            Self::ExpectsSeconds => "filter-expects-seconds",
            Self::NothingToCompare(_) => "filter-nothing-to-compare",
            Self::OnlyWireshark(_) => "filter-only-wireshark",
            Self::Unclosed => "filter-unclosed",
            Self::Unquoted => "filter-unquoted",
            Self::ExpectsAndOr => "filter-expects-and-or",
        }
    }
}

/// A token with the octet at which it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    Quoted(String),
    Sign(&'static str),
}

/// Longer signs stand before those that they begin with.
const SIGNS: [&str; 24] = [
    "===", "!==", "==", "!=", "~=", ">=", "<=", "&&", "||", "^^", ">", "<", "!", "(", ")", "{", "}", ",",
    "~", "=", "&", "|", "[", "]",
];

/// What Wireshark's language has besides.
const ONLY_WIRESHARK: [&str; 10] =
    ["matches", "~", "&", "bitand", "bitwise_and", "[", "xor", "^^", "any", "all"];

pub(crate) fn parse(text: &str) -> Result<Expression, FilterError> {
    if text.len() > Filter::LONGEST {
        return Err(FilterError { at: Filter::LONGEST, problem: FilterProblem::TooLong });
    }
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens, place: 0, end: text.len(), depth: 0 };
    let expression = parser.or()?;
    match parser.peek() {
        None => Ok(expression),
        Some(_) => Err(parser.error(FilterProblem::ExpectsAndOr)),
    }
}

fn tokens(text: &str) -> Result<Vec<(usize, Token)>, FilterError> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        if first.is_whitespace() {
            at += first.len_utf8();
        } else if first == '"' {
            let Some((quoted, len)) = literal::quoted(rest) else {
                return Err(FilterError { at, problem: FilterProblem::Unquoted });
            };
            found.push((at, Token::Quoted(quoted)));
            at += len;
        } else if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            found.push((at, Token::Sign(sign)));
            at += sign.len();
        } else {
            let is_end = |letter: char| letter.is_whitespace() || "\"=!<>&|^(){}[],~".contains(letter);
            let end = rest.find(is_end).unwrap_or(rest.len());
            if end == 0 {
                return Err(FilterError { at, problem: FilterProblem::ExpectsAndOr });
            }
            found.push((at, Token::Word(rest[..end].to_owned())));
            at += end;
        }
    }
    Ok(found)
}

struct Parser {
    tokens: Vec<(usize, Token)>,
    place: usize,
    end: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.place).map(|(_, token)| token)
    }

    fn error(&self, problem: FilterProblem) -> FilterError {
        FilterError { at: self.tokens.get(self.place).map_or(self.end, |(at, _)| *at), problem }
    }

    /// Takes one of these signs or words.
    fn takes(&mut self, wanted: &[&str]) -> bool {
        let is_there = match self.peek() {
            Some(Token::Sign(sign)) => wanted.contains(sign),
            Some(Token::Word(word)) => wanted.contains(&word.as_str()),
            _ => false,
        };
        self.place += usize::from(is_there);
        is_there
    }

    fn or(&mut self) -> Result<Expression, FilterError> {
        let mut left = self.and()?;
        while self.takes(&["or", "||"]) {
            left = Expression::Or(Box::new(left), Box::new(self.and()?));
        }
        Ok(left)
    }

    fn and(&mut self) -> Result<Expression, FilterError> {
        let mut left = self.not()?;
        while self.takes(&["and", "&&"]) {
            left = Expression::And(Box::new(left), Box::new(self.not()?));
        }
        Ok(left)
    }

    fn not(&mut self) -> Result<Expression, FilterError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.error(FilterProblem::TooDeep));
        }
        let expression = if self.takes(&["not", "!"]) {
            Expression::Not(Box::new(self.not()?))
        } else if self.takes(&["("]) {
            let inner = self.or()?;
            if !self.takes(&[")"]) {
                return Err(self.error(FilterProblem::Unclosed));
            }
            inner
        } else {
            self.test()?
        };
        self.depth -= 1;
        Ok(expression)
    }

    fn test(&mut self) -> Result<Expression, FilterError> {
        let Some(Token::Word(name)) = self.peek() else {
            return Err(self.error(FilterProblem::ExpectsField));
        };
        let Some(field) = Field::named(name) else {
            let is_call = matches!(self.tokens.get(self.place + 1), Some((_, Token::Sign("("))));
            let problem = match is_call || ONLY_WIRESHARK.contains(&name.as_str()) {
                true => FilterProblem::OnlyWireshark(name.clone()),
                false => FilterProblem::NoSuchField(name.clone()),
            };
            return Err(self.error(problem));
        };
        let begins = self.place;
        self.place += 1;
        let expression = self.test_of(field)?;
        let compares = !matches!(expression, Expression::Field(_));
        if compares && field.values_are() == FieldType::Presence {
            self.place = begins;
            let Some(Token::Word(name)) = self.peek() else { return Ok(expression) };
            return Err(self.error(FilterProblem::NothingToCompare(name.clone())));
        }
        self.refuse_what_only_wireshark_has()?;
        Ok(expression)
    }

    fn refuse_what_only_wireshark_has(&self) -> Result<(), FilterError> {
        let word = match self.peek() {
            Some(Token::Word(word)) => word.as_str(),
            Some(Token::Sign(sign)) => sign,
            _ => return Ok(()),
        };
        match ONLY_WIRESHARK.contains(&word) {
            true => Err(self.error(FilterProblem::OnlyWireshark(word.to_owned()))),
            false => Ok(()),
        }
    }

    /// What is asked of a field.
    fn test_of(&mut self, field: Field) -> Result<Expression, FilterError> {
        for (words, operator, all) in [
            (&["==", "eq", "any_eq"][..], Operator::Equal, false),
            (&["===", "all_eq"], Operator::Equal, true),
            (&["!=", "ne", "all_ne"], Operator::NotEqual, true),
            (&["!==", "~=", "any_ne"], Operator::NotEqual, false),
            (&[">=", "ge"], Operator::GreaterOrEqual, false),
            (&["<=", "le"], Operator::LessOrEqual, false),
            (&[">", "gt"], Operator::Greater, false),
            (&["<", "lt"], Operator::Less, false),
        ] {
            if self.takes(words) {
                let test = Test::Compare(operator, self.literal(field)?);
                return Ok(if all { Expression::All(field, test) } else { Expression::Any(field, test) });
            }
        }
        if self.peek() == Some(&Token::Word("contains".to_owned())) {
            if !matches!(field.values_are(), FieldType::Text) {
                return Err(self.error(FilterProblem::OnlyWireshark("contains".to_owned())));
            }
            self.place += 1;
            return match self.literal(field)? {
                Literal::Text(text) => Ok(Expression::Any(field, Test::Contains(text))),
                Literal::Number(_) => Err(self.error(FilterProblem::ExpectsText)),
            };
        }
        let not = matches!(self.tokens.get(self.place + 1), Some((_, Token::Word(word))) if word == "in")
            && self.takes(&["not"]);
        if self.takes(&["in"]) {
            let set = Expression::Any(field, Test::In(self.set(field)?));
            return Ok(if not { Expression::Not(Box::new(set)) } else { set });
        }
        Ok(Expression::Field(field))
    }

    /// `{80, 8080}`.
    fn set(&mut self, field: Field) -> Result<Vec<Literal>, FilterError> {
        if !self.takes(&["{"]) {
            return Err(self.error(FilterProblem::Unclosed));
        }
        let mut set = vec![self.literal(field)?];
        while self.takes(&[","]) {
            set.push(self.literal(field)?);
        }
        if !self.takes(&["}"]) {
            return Err(self.error(FilterProblem::Unclosed));
        }
        Ok(set)
    }

    fn literal(&mut self, field: Field) -> Result<Literal, FilterError> {
        let read = match self.peek() {
            Some(Token::Word(word)) if Field::named(word).is_some() => {
                Err(FilterProblem::OnlyWireshark(word.clone()))
            }
            Some(Token::Word(word)) => literal::read(word, field.values_are()),
            Some(Token::Quoted(text)) if field.values_are() == FieldType::Text => {
                Ok(Literal::Text(text.clone()))
            }
            _ => Err(literal::expected(field.values_are())),
        };
        let literal = read.map_err(|problem| self.error(problem))?;
        self.place += 1;
        Ok(literal)
    }
}
