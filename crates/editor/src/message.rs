//! Messages as text: the first mistake and its place, the field at a place, and the names that could stand there.

use playground_core::http::{
    Decoded, Decoder, MessageError, MessageProblem, Method, RequestText, ResponseText, TextPlace,
};
use playground_core::node::{RequestSpec, RoleSpec};
use playground_core::scenario::Scenario;

use crate::header_fields::{HEADER_FIELDS, HeaderField, Messages};

/// What a reader of a message finds wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where in the text.
    pub place: TextPlace,
    /// What.
    pub problem: MessageProblem,
}

impl Mistake {
    /// The first mistake of a text, as the one who gets its messages finds it. A text that is too long is not read. A
    /// response is read as the answer to a request with the method `answers`.
    pub fn first_of(text: &str, messages: Messages, answers: &Method) -> Option<Self> {
        if text.len() > RequestSpec::TEXT_AT_MOST {
            return None;
        }
        match messages {
            Messages::Requests => {
                let typed = RequestText::parse(text).ok()?;
                typed.requests().iter().find_map(|request| {
                    let mut decoder = Decoder::requests();
                    decoder.push(request.octets());
                    let error = error_of(&mut decoder)?;
                    let start = request.octets().iter().take_while(|octet| b"\r\n".contains(octet)).count();
                    let place = typed.place_in_stream(&request.octets()[start..], error.at.octet)?;
                    Some(Self { place, problem: error.problem })
                })
            }
            Messages::Response => {
                let typed = ResponseText::parse(text).ok()??;
                let mut decoder = Decoder::responses();
                decoder.expect(answers.clone());
                decoder.push(typed.octets());
                let error = error_of_first(&mut decoder)?;
                Some(Self { place: typed.place(error.at.octet), problem: error.problem })
            }
        }
    }
}

/// The method of the requests that are answered by the resource whose text is at a place of the scenario's JSON: GET,
/// unless all who ask for its path use another one.
pub fn answered_method(scenario: &Scenario, at: &str) -> Method {
    let found = || {
        let mut steps = at.split('/').skip(2);
        let RoleSpec::OriginServer(server) = &scenario.nodes.get(steps.next()?.parse::<usize>().ok()?)?.role
        else {
            return None;
        };
        let resource = server.resources.get(steps.nth(3)?.parse::<usize>().ok()?)?;
        let asked = scenario.nodes.iter().filter_map(|node| match &node.role {
            RoleSpec::Client(client) => Some(&client.requests),
            _ => None,
        });
        let asked = asked.flatten().filter_map(|request| match &request.text {
            Some(text) => {
                let mut words = text.split_whitespace();
                Some((words.next()?, words.next()?))
            }
            None => Some((request.method.as_str(), request.path.as_str())),
        });
        // A proxy is asked for the whole URL.
        let mut methods = asked.filter(|(_, path)| path.ends_with(&resource.path)).map(|(method, _)| method);
        let first = methods.next()?;
        methods.all(|other| other == first).then(|| Method::from(first))
    };
    found().unwrap_or(Method::Get)
}

/// The mistake of one message: what stands behind it is none of it.
fn error_of_first(decoder: &mut Decoder) -> Option<MessageError> {
    loop {
        match decoder.next_piece() {
            Ok(Some(piece)) if matches!(piece.decoded, Decoded::End { .. }) => return None,
            Ok(Some(_)) => {}
            Ok(None) => return None,
            Err(error) => return Some(error),
        }
    }
}

fn error_of(decoder: &mut Decoder) -> Option<MessageError> {
    loop {
        match decoder.next_piece() {
            Ok(Some(_)) => {}
            Ok(None) => return None,
            Err(error) => return Some(error),
        }
    }
}

/// Names of fields that could stand where one is begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// Where the name begins, an offset in octets.
    pub from: usize,
    /// The names.
    pub fields: Vec<&'static HeaderField>,
}

impl Completion {
    /// What could complete the name that is typed in front of an offset; none where none is.
    pub fn at(text: &str, offset: usize, messages: Messages) -> Option<Self> {
        let (from, line) = field_line(text, offset)?;
        let typed = line.get(..offset - from)?;
        let could_be = |field: &&HeaderField| {
            field.is_for(messages)
                && field.name.len() > typed.len()
                && field.name.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed))
        };
        let fields: Vec<&HeaderField> = HEADER_FIELDS.iter().filter(could_be).collect();
        let is_one = !typed.is_empty() && line.len() == typed.len() && !fields.is_empty();
        is_one.then_some(Self { from, fields })
    }
}

/// The well-known field in whose line an offset is.
pub fn field_at(text: &str, offset: usize) -> Option<&'static HeaderField> {
    let (_, line) = field_line(text, offset)?;
    HeaderField::named(line.split_once(':')?.0)
}

/// The line of a head in which an offset is, and where it begins; none for a start line and for a body.
fn field_line(text: &str, offset: usize) -> Option<(usize, &str)> {
    let from = text.get(..offset)?.rfind('\n').map_or(0, |at| at + 1);
    let line = text[from..].lines().next().unwrap_or_default();
    let above: Vec<&str> = text[..from].lines().rev().take_while(|line| !line.trim().is_empty()).collect();
    above.last().is_some_and(|first| first.contains("HTTP/")).then_some((from, line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_mistake_has_its_place() {
        let good = "GET / HTTP/1.1\nHost: a\n\n";
        for (messages, text, found) in [
            (Messages::Requests, good.to_owned(), None),
            (Messages::Requests, format!("{good}GET x HTTP/1.1\nHost: a"), Some((4, 5, "bad-target"))),
            (Messages::Requests, format!("\n{good}GET / HTTP/1.1"), Some((5, 1, "host-missing"))),
            (
                Messages::Requests,
                "GET / HTTP/1.1\nHost: a\nA b: c".to_owned(),
                Some((3, 2, "bad-field-name")),
            ),
            (Messages::Response, "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello".to_owned(), None),
            (Messages::Response, "HTTP/1.1 20 OK".to_owned(), Some((1, 10, "bad-status-code"))),
            (
                Messages::Response,
                "HTTP/1.1 200 OK\nContent-Length: +5\n\nhello".to_owned(),
                Some((2, 17, "invalid-content-length")),
            ),
            // Longer than a text may be.
            (Messages::Requests, "x\n\n".repeat(30_000), None),
        ] {
            let mistake = Mistake::first_of(&text, messages, &Method::Get);
            let told = mistake.as_ref().map(|it| (it.place.line, it.place.column, it.problem.key()));
            assert_eq!(told, found, "{}", &text[..text.len().min(80)]);
        }
    }

    /// What is a mistake in the answer to GET is none in the answer to HEAD, and who asks says which it is.
    #[test]
    fn a_response_is_read_as_the_answer_to_its_request() {
        let typed = "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nzz\n";
        let told =
            |method: &Method| Mistake::first_of(typed, Messages::Response, method).map(|it| it.place.line);
        assert_eq!((told(&Method::Get), told(&Method::Head)), (Some(4), None));
        let mut scenario = crate::blank();
        let at = "/nodes/1/role/origin-server/resources/0/text";
        assert_eq!(answered_method(&scenario, at), Method::Get);
        let RoleSpec::Client(client) = &mut scenario.nodes[0].role else { panic!("a client") };
        client.requests[0].method = "HEAD".to_owned();
        assert_eq!(answered_method(&scenario, at), Method::Head);
        let RoleSpec::Client(client) = &mut scenario.nodes[0].role else { panic!("a client") };
        client
            .requests
            .push(RequestSpec { text: Some("GET / HTTP/1.0\n\n".to_owned()), ..RequestSpec::get("/") });
        assert_eq!(answered_method(&scenario, at), Method::Get, "both ask");
        assert_eq!(answered_method(&scenario, "/nodes/7/role/origin-server/resources/0/text"), Method::Get);
    }

    #[test]
    fn names_of_fields_are_completed_where_a_field_is_begun() {
        let text = "GET / HTTP/1.1\nHost: a\nConn\nTE: x\n\nConn";
        let names = |offset: usize, messages| {
            let found = Completion::at(text, offset, messages)?;
            Some(found.fields.iter().map(|field| field.name).collect::<Vec<_>>())
        };
        let begun = text.find("Conn").expect("there") + 4;
        assert_eq!(names(begun, Messages::Requests), Some(vec!["Connection"]));
        assert_eq!(names(begun - 2, Messages::Requests), None, "in the middle of a line");
        assert_eq!(names(text.len(), Messages::Requests), None, "in a body");
        assert_eq!(names(3, Messages::Requests), None, "in a request line");
        let set = "HTTP/1.1 200 OK\nse";
        let found = |messages| Completion::at(set, set.len(), messages);
        assert_eq!(found(Messages::Response).map(|it| it.fields.len()), Some(2));
        assert_eq!(found(Messages::Requests), None);
        assert_eq!(
            field_at(text, text.find("TE").expect("there")).map(|field| field.is_hop_by_hop()),
            Some(true)
        );
        assert_eq!(field_at(text, 0), None);
        assert_eq!(field_at("é", 1), None);
    }
}
