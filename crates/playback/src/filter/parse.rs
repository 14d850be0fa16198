//! Reading a filter.

use core::cmp::Ordering;

use thiserror::Error;

use super::Filter;
use super::field::Field;

/// Parentheses and negations within each other.
const DEEPEST: usize = 32;

/// What a filter asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expression {
    Or(Box<Self>, Box<Self>),
    And(Box<Self>, Box<Self>),
    Not(Box<Self>),
    Field(Field),
    Test(Field, Test),
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

/// A value that is written in a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Literal {
    Number(u64),
    Text(String),
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
    /// A text is expected: in quotation marks, an address, or a name.
    ExpectsText,
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
            Self::ExpectsText => "filter-expects-text",
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

const SIGNS: [&str; 16] =
    ["==", "!=", ">=", "<=", "&&", "||", ">", "<", "!", "(", ")", "{", "}", ",", "~", "="];

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
            let Some(end) = rest[1..].find('"') else {
                return Err(FilterError { at, problem: FilterProblem::Unquoted });
            };
            found.push((at, Token::Quoted(rest[1..=end].to_owned())));
            at += end + 2;
        } else if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            found.push((at, Token::Sign(sign)));
            at += sign.len();
        } else {
            let is_end = |letter: char| letter.is_whitespace() || "\"=!<>&|(){},~".contains(letter);
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
        let Ok(field) = name.parse::<Field>() else {
            return Err(self.error(FilterProblem::NoSuchField(name.clone())));
        };
        self.place += 1;
        for (words, operator) in [
            (&["==", "eq"][..], Operator::Equal),
            (&["!=", "ne"], Operator::NotEqual),
            (&[">=", "ge"], Operator::GreaterOrEqual),
            (&["<=", "le"], Operator::LessOrEqual),
            (&[">", "gt"], Operator::Greater),
            (&["<", "lt"], Operator::Less),
        ] {
            if self.takes(words) {
                let literal = self.literal(field)?;
                // As in Wireshark: no value of the field is equal.
                return Ok(match operator {
                    Operator::NotEqual => Expression::Not(Box::new(Expression::Test(
                        field,
                        Test::Compare(Operator::Equal, literal),
                    ))),
                    _ => Expression::Test(field, Test::Compare(operator, literal)),
                });
            }
        }
        if self.takes(&["contains"]) {
            if field.is_number() {
                return Err(self.error(FilterProblem::ExpectsAndOr));
            }
            return match self.literal(field)? {
                Literal::Text(text) => Ok(Expression::Test(field, Test::Contains(text))),
                Literal::Number(_) => Err(self.error(FilterProblem::ExpectsText)),
            };
        }
        if self.takes(&["in"]) {
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
            return Ok(Expression::Test(field, Test::In(set)));
        }
        Ok(Expression::Field(field))
    }

    fn literal(&mut self, field: Field) -> Result<Literal, FilterError> {
        let literal = match (self.peek(), field.is_number()) {
            (Some(Token::Word(word)), true) => match word.as_str() {
                "true" | "True" => Some(Literal::Number(1)),
                "false" | "False" => Some(Literal::Number(0)),
                word => word.parse().ok().map(Literal::Number),
            },
            (Some(Token::Word(word)), false) => Some(Literal::Text(word.clone())),
            (Some(Token::Quoted(text)), false) => Some(Literal::Text(text.clone())),
            _ => None,
        };
        let Some(literal) = literal else {
            let wanted =
                if field.is_number() { FilterProblem::ExpectsNumber } else { FilterProblem::ExpectsText };
            return Err(self.error(wanted));
        };
        self.place += 1;
        Ok(literal)
    }
}
