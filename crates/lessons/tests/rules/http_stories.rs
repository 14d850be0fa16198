//! Stories of clients, proxies and servers.

use playground_core::node::{
    CachingProxySpec, ClientHalfClose, ClientSpec, CloseStyle, OriginServerSpec, PoolSpec, RequestSpec,
    ResourceSpec, RestartSpec, RetryPolicy, RoleSpec, ScriptCall, SmartProxySpec, UserAnswer, WhileSending,
};
use playground_core::tcp::ProfileName;
use playground_core::time::{Duration, Instant};

use crate::support::scenes::{chain, say, script, trace};
use crate::support::{ms, secs};
use crate::{Reasons, reasons};

const OK: &str = "HTTP/1.1 200 OK\r\n";

fn run(roles: Vec<(&str, RoleSpec)>) -> Reasons {
    reasons(&trace(&chain(ProfileName::Textbook, ms(5), roles)))
}

/// `GET /` to www.example with these fields besides Host.
fn get(fields: &str) -> RequestSpec {
    let head = format!("GET / HTTP/1.1\nHost: www.example\n{fields}");
    RequestSpec { text: Some(head), ..RequestSpec::get("/") }
}

/// A client that sends the requests to a server of its own.
fn to_server(client: ClientSpec, server: OriginServerSpec) -> Reasons {
    run(vec![("client", RoleSpec::Client(client)), ("server", RoleSpec::OriginServer(server))])
}

/// One request to an origin server with its defaults.
fn request(request: RequestSpec) -> Reasons {
    to_server(ClientSpec::new("server", vec![request]), OriginServerSpec::default())
}

/// A server whose process ends after a second, and another begins at once.
pub fn server_restarted() -> Reasons {
    let restart = RestartSpec { at_us: Instant::ZERO + secs(1), down_us: Duration::ZERO, retry_us: secs(1) };
    let server = OriginServerSpec { restart: Some(restart), ..OriginServerSpec::default() };
    to_server(ClientSpec::new("server", vec![RequestSpec::get("/")]), server)
}

/// A server that answers half a second and two seconds after the start.
fn answering(response: &str) -> RoleSpec {
    let answers = [500, 2_000].map(|at| (at, say(response)));
    let mut steps = vec![(0, ScriptCall::Listen { port: 80 }), (0, ScriptCall::ReadAll { socket: 0 })];
    steps.extend(answers);
    script(steps)
}

/// One request, and a response as it is written here.
fn response(request: RequestSpec, response: &str) -> Reasons {
    let client = RoleSpec::Client(ClientSpec::new("server", vec![request]));
    run(vec![("client", client), ("server", answering(response))])
}

/// A client that uses a proxy.
fn client_of_proxy(requests: Vec<RequestSpec>) -> RoleSpec {
    RoleSpec::Client(ClientSpec { port: 8080, ..ClientSpec::new("proxy", requests) })
}

/// A request through a cache, and one a second later; each answer has two octets and these fields.
fn through_cache(first: RequestSpec, second: RequestSpec, fields: &str) -> Reasons {
    let proxy = CachingProxySpec { guesses_lifetimes: true, ..CachingProxySpec::new("server") };
    run(vec![
        ("client", client_of_proxy(vec![first, second.after(secs(1))])),
        ("proxy", RoleSpec::CachingProxy(proxy)),
        ("server", answering(&format!("{OK}{fields}Content-Length: 2\r\n\r\nhi"))),
    ])
}

fn cached(fields: &str) -> Reasons {
    through_cache(get(""), get(""), fields)
}

pub fn tunnel() -> Reasons {
    let head = "CONNECT www.example:443 HTTP/1.1\nHost: www.example:443\n".to_owned();
    let connect = RequestSpec { method: "CONNECT".to_owned(), text: Some(head), ..RequestSpec::get("/") };
    response(connect, &format!("{OK}\r\n"))
}

pub fn chunked_with_a_length() -> Reasons {
    response(
        get(""),
        &format!("{OK}Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\nhi\r\n0\r\n\r\n"),
    )
}

pub fn two_lengths() -> Reasons {
    request(get("Content-Length: 1\nContent-Length: 2\n"))
}

/// RFC 9112 section 5.1: no space in a field name.
pub fn malformed_field() -> Reasons {
    request(get("Acc ept: */*\n"))
}

fn through_smart_proxy(requests: Vec<RequestSpec>, spec: SmartProxySpec, server: RoleSpec) -> Reasons {
    let proxy = RoleSpec::SmartProxy(spec);
    run(vec![("client", client_of_proxy(requests)), ("proxy", proxy), ("server", server)])
}

pub fn trailer_field() -> Reasons {
    let fields = "Transfer-Encoding: chunked\r\nTrailer: Expires\r\n\r\n2\r\nhi\r\n0\r\n\r\n";
    through_smart_proxy(vec![get("")], SmartProxySpec::new("server"), answering(&format!("{OK}{fields}")))
}

pub fn origin_form_to_a_proxy() -> Reasons {
    let spec = SmartProxySpec { next_is_proxy: true, ..SmartProxySpec::new("server") };
    through_smart_proxy(vec![get("")], spec, RoleSpec::OriginServer(OriginServerSpec::default()))
}

pub fn server_refuses() -> Reasons {
    through_smart_proxy(vec![get("")], SmartProxySpec::new("server"), script(vec![]))
}

pub fn no_cache() -> Reasons {
    cached("Cache-Control: no-cache\r\nETag: \"v1\"\r\n")
}

pub fn request_max_age() -> Reasons {
    through_cache(get(""), get("Cache-Control: max-age=0\n"), "Cache-Control: max-age=100\r\n")
}

pub fn shared_max_age() -> Reasons {
    cached("Cache-Control: s-maxage=100\r\n")
}

pub fn expires() -> Reasons {
    cached("Date: Fri, 27 Sep 2002 09:00:00 GMT\r\nExpires: Fri, 27 Sep 2002 10:00:00 GMT\r\n")
}

pub fn heuristic_lifetime() -> Reasons {
    cached("Date: Fri, 27 Sep 2002 09:00:00 GMT\r\nLast-Modified: Thu, 26 Sep 2002 09:00:00 GMT\r\n")
}

pub fn no_lifetime() -> Reasons {
    cached("ETag: \"v1\"\r\n")
}

pub fn not_cacheable() -> Reasons {
    cached("")
}

pub fn private_response() -> Reasons {
    cached("Cache-Control: private, max-age=100\r\n")
}

pub fn authorization() -> Reasons {
    let with_password = || get("Authorization: Basic dTpw\n");
    through_cache(with_password(), with_password(), "Cache-Control: max-age=100\r\n")
}

pub fn post_after_get() -> Reasons {
    let head = "POST / HTTP/1.1\nHost: www.example\nContent-Length: 3\n";
    let post = RequestSpec { method: "POST".to_owned(), body_len: 3, ..RequestSpec::get("/") };
    through_cache(
        get(""),
        RequestSpec { text: Some(head.to_owned()), ..post },
        "Cache-Control: max-age=100\r\n",
    )
}

pub fn response_timeout() -> Reasons {
    let slow = ResourceSpec { processing_us: secs(10), ..ResourceSpec::new("/", 10) };
    let client =
        ClientSpec { response_timeout_us: secs(1), ..ClientSpec::new("server", vec![RequestSpec::get("/")]) };
    to_server(client, OriginServerSpec { resources: vec![slow], ..OriginServerSpec::default() })
}

/// A body longer than the server takes; the client watches for an answer while it sends.
pub fn upload_too_large() -> Reasons {
    let upload = RequestSpec { method: "POST".to_owned(), body_len: 400_000, ..RequestSpec::get("/") };
    let client = ClientSpec { while_sending: WhileSending::Stops, ..ClientSpec::new("server", vec![upload]) };
    let early_close = CloseStyle::Lingering;
    to_server(client, OriginServerSpec { body_limit: 100_000, early_close, ..OriginServerSpec::default() })
}

/// Three requests in a pipeline; the server closes after each first one, so that the last is tried twice in vain.
pub fn requests_behind_a_close() -> Reasons {
    let post = || RequestSpec { method: "POST".to_owned(), ..RequestSpec::get("/") };
    let client = ClientSpec {
        pipeline: 3,
        pipelines_any_method: true,
        retry: RetryPolicy { automatic: 1, ..RetryPolicy::default() },
        ..ClientSpec::new("server", vec![RequestSpec::get("/"), post(), post()])
    };
    to_server(client, OriginServerSpec { max_requests: 1, ..OriginServerSpec::default() })
}

/// Calls of a client of `proxy`, and a server that takes a second for each answer.
fn calls_to_proxy(calls: Vec<(u64, ScriptCall)>, proxy: SmartProxySpec) -> Reasons {
    let slow = ResourceSpec { processing_us: secs(1), ..ResourceSpec::new("/", 10) };
    let server = OriginServerSpec { resources: vec![slow], ..OriginServerSpec::default() };
    run(vec![
        ("client", script(calls)),
        ("proxy", RoleSpec::SmartProxy(proxy)),
        ("server", RoleSpec::OriginServer(server)),
    ])
}

const GET: &str = "GET http://www.example/ HTTP/1.1\r\nHost: www.example\r\n\r\n";

/// The client closes its output while the server works.
pub fn client_gone() -> Reasons {
    let calls = vec![
        (0, ScriptCall::Connect { to: "proxy".to_owned(), port: 8080 }),
        (100, say(GET)),
        (500, ScriptCall::Shutdown { socket: 0 }),
    ];
    let client_half_close = ClientHalfClose::GivesUp;
    calls_to_proxy(calls, SmartProxySpec { client_half_close, ..SmartProxySpec::new("server") })
}

/// Two connections of clients and one to the server: the second request waits in vain, a third finds the pool free.
pub fn shared_pool() -> Reasons {
    let connect = || ScriptCall::Connect { to: "proxy".to_owned(), port: 8080 };
    let second = ScriptCall::Send { socket: 1, text: GET.to_owned(), times: 1 };
    let calls = vec![(0, connect()), (0, connect()), (100, say(GET)), (200, second), (2_000, say(GET))];
    let pool = PoolSpec { queue_timeout_us: ms(300), ..PoolSpec::new(1) };
    calls_to_proxy(calls, SmartProxySpec { pool: Some(pool), ..SmartProxySpec::new("server") })
}

/// The server closes an idle connection just before the proxy's second request on it arrives.
fn kept_connection_closed(method: &str) -> Reasons {
    let second = RequestSpec { method: method.to_owned(), ..RequestSpec::get("/") };
    run(vec![
        ("client", client_of_proxy(vec![RequestSpec::get("/"), second.after(ms(985))])),
        (
            "proxy",
            RoleSpec::SmartProxy(SmartProxySpec { retries_reused: true, ..SmartProxySpec::new("server") }),
        ),
        (
            "server",
            RoleSpec::OriginServer(OriginServerSpec {
                idle_timeout_us: secs(1),
                ..OriginServerSpec::default()
            }),
        ),
    ])
}

pub fn kept_connection_closed_over_a_get() -> Reasons {
    kept_connection_closed("GET")
}

pub fn kept_connection_closed_over_a_post() -> Reasons {
    kept_connection_closed("POST")
}

fn typed(text: &str) -> RequestSpec {
    RequestSpec { text: Some(text.to_owned()), ..RequestSpec::get("/") }
}

/// Connection names two fields that the next recipient cannot do without.
pub fn named_and_needed() -> Reasons {
    let post =
        "POST / HTTP/1.1\nHost: www.example\nConnection: Host, Content-Length\nContent-Length: 2\n\nhi";
    through_smart_proxy(vec![typed(post)], SmartProxySpec::new("server"), answering(OK))
}

pub fn options_with_max_forwards() -> Reasons {
    let options = "OPTIONS * HTTP/1.1\nHost: www.example\nMax-Forwards: 1\n";
    let server = RoleSpec::OriginServer(OriginServerSpec::default());
    through_smart_proxy(vec![typed(options)], SmartProxySpec::new("server"), server)
}

pub fn early_hints() -> Reasons {
    response(get(""), "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n")
}

/// A client that waits a second for 100, as curl does.
pub fn invited_body() -> Reasons {
    let post = RequestSpec { method: "POST".to_owned(), body_len: 3, ..RequestSpec::get("/") };
    let client = ClientSpec { continue_timeout_us: secs(1), ..ClientSpec::new("server", vec![post]) };
    to_server(client, OriginServerSpec::default())
}

/// A server that has no such resource says so before it has the body.
pub fn uninvited_body() -> Reasons {
    let post = RequestSpec { method: "POST".to_owned(), body_len: 3, ..RequestSpec::get("/nothing") };
    let client = ClientSpec { continue_timeout_us: secs(1), ..ClientSpec::new("server", vec![post]) };
    to_server(client, OriginServerSpec::default())
}

/// A client that never repeats a request, and a server that ends the connection over it.
pub fn no_retries() -> Reasons {
    let client = ClientSpec {
        pipeline: 2,
        retry: RetryPolicy { automatic: 0, user: UserAnswer::Again, ..RetryPolicy::default() },
        ..ClientSpec::new("server", vec![RequestSpec::get("/"), RequestSpec::get("/")])
    };
    to_server(client, OriginServerSpec { max_requests: 1, ..OriginServerSpec::default() })
}

pub fn tunnel_of_a_proxy() -> Reasons {
    let connect = "CONNECT www.example:80 HTTP/1.1\nHost: www.example:80\n";
    through_smart_proxy(vec![typed(connect)], SmartProxySpec::new("server"), answering("octets"))
}

pub fn upgrade() -> Reasons {
    let spec = SmartProxySpec { forwarding: "haproxy".to_owned(), ..SmartProxySpec::new("server") };
    let switched = "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n";
    through_smart_proxy(vec![get("Connection: upgrade\nUpgrade: echo\n")], spec, answering(switched))
}

pub fn unknown_method() -> Reasons {
    request(typed("get / HTTP/1.1\nHost: www.example\n"))
}

pub fn trace_request() -> Reasons {
    request(typed("TRACE / HTTP/1.1\nHost: www.example\n"))
}
