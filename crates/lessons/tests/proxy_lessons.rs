//! The numbers in the lessons about proxies.

mod support;

use playground_core::time::Duration;
use playground_lessons::Run;
use support::{count, run, span};

/// The variant of a step's text, or the key of the reason why it does not happen.
fn variant(run: &Run, step: &str) -> Option<&'static str> {
    let mark = run.steps.iter().find(|mark| mark.id == step)?;
    mark.absent.or_else(|| run.variant(step))
}

/// Figure 4-16, and observed between real stacks: through the blind relay no hang and no persistence, through
/// squid both connections persist; with Connection a wait of 4.5 s at a server timeout of 5 s.
#[test]
fn proxy_connection_is_harmless_and_helps_with_a_smart_proxy() {
    let dumb = run("proxy-connection", &[]);
    assert_eq!((count(&dumb, "connections"), variant(&dumb, "end")), (2, None));
    let smart = run("proxy-connection", &[("proxy", "smart")]);
    assert_eq!((count(&smart, "connections"), variant(&smart, "end")), (1, Some("smart")));
    assert!(span(&smart, "second-wait") < span(&dumb, "second-wait"));
    let hangs = span(&run("proxy-connection", &[("field", "connection")]), "second-wait");
    assert!(hangs > Duration::from_millis(4_400) && hangs < Duration::from_millis(4_600), "{hangs}");
}

/// Figure 4-17. Observed between real stacks: smart before dumb, 4.5 s and 502; dumb before smart, RST after the smart
/// proxy's idle timeout, which is 10 s here.
#[test]
fn a_mixed_chain_hangs_in_either_order() {
    let near = |found: Duration, millis: u64| {
        let (least, most) = (Duration::from_millis(millis - 100), Duration::from_millis(millis + 100));
        assert!(found > least && found < most, "{found} is not {millis} ms");
    };
    let dumb_first = run("proxy-chain", &[]);
    near(span(&dumb_first, "second-wait"), 9_500);
    assert_eq!((count(&dumb_first, "stuck"), variant(&dumb_first, "end")), (1, None));
    let smart_first = run("proxy-chain", &[("first", "smart"), ("second", "dumb")]);
    near(span(&smart_first, "second-wait"), 4_500);
    assert_eq!((count(&smart_first, "stuck"), variant(&smart_first, "end")), (2, Some("gateway")));
    for third in ["none", "dumb"] {
        let all_dumb = run("proxy-chain", &[("second", "dumb"), ("third", third)]);
        assert_eq!(variant(&all_dumb, "end"), Some("harmless"));
    }
    let all_smart = run("proxy-chain", &[("first", "smart"), ("third", "smart")]);
    assert_eq!(variant(&all_smart, "end"), Some("kept"));
    // The wait lasts as long as the smart proxy behind waits for a request.
    near(span(&run("proxy-chain", &[("idle", "20")]), "second-wait"), 19_500);
}

/// With a dumb proxy in the middle, every chain with a smart one and every Connection field hangs.
#[test]
fn around_a_dumb_proxy_only_dumb_ones_do_no_harm() {
    for first in ["dumb", "smart"] {
        for third in ["dumb", "smart"] {
            for field in ["proxy-connection", "connection"] {
                let knobs = [("first", first), ("second", "dumb"), ("third", third), ("field", field)];
                let goal = run("proxy-chain", &knobs).goal().expect("it has a challenge");
                let is_harmless = (first, third, field) == ("dumb", "dumb", "proxy-connection");
                assert_eq!(goal.solved, is_harmless, "{knobs:?}: {goal:?}");
            }
        }
    }
}

/// The observed behaviour of eight proxies for a field named in Connection, Keep-Alive, and Proxy-Authorization.
#[test]
fn forwarding_profiles_match_observed_proxies() {
    for (proxy, named, always) in [
        ("by-the-book", 0, 0),
        ("squid", 0, 0),
        ("apache-forward", 0, 1),
        ("apache-reverse", 0, 1),
        ("varnish", 0, 1),
        ("tinyproxy", 0, 1),
        ("nginx-default", 2, 1),
        ("nginx-http11", 2, 1),
        ("haproxy", 2, 2),
    ] {
        let run = run("connection-header", &[("proxy", proxy)]);
        assert_eq!((count(&run, "named"), count(&run, "always")), (2, 2), "{proxy}");
        let leaked = (count(&run, "leaked-named"), count(&run, "leaked-always"));
        assert_eq!(leaked, (named, always), "{proxy}");
    }
}

/// RFC 9112 section 9.3, hop by hop: connections of the client, and of the proxy to the server.
#[test]
fn each_hop_keeps_its_own_connection() {
    for (changes, front, behind) in [
        (&[][..], 1, 1),
        (&[("close", "client")], 2, 1),
        // What the server does is about its own hop.
        (&[("close", "server")], 1, 2),
        (&[("length", "unknown")], 1, 2),
        (&[("length", "chunked")], 1, 1),
        // HTTP/1.0 knows no chunks, so its end is the close.
        (&[("length", "chunked"), ("server", "1.0")], 1, 2),
        // In HTTP/1.0 silence means that the connection ends.
        (&[("server", "1.0")], 1, 2),
        // A proxy keeps no HTTP/1.0 client that it does not know.
        (&[("client", "1.0")], 2, 1),
    ] {
        let run = run("http11-persistent", changes);
        assert_eq!((count(&run, "front"), count(&run, "behind")), (front, behind), "{changes:?}");
    }
}

#[test]
fn a_nearby_cache_saves_the_far_hop() {
    let hit = run("caching-proxy", &[]);
    assert_eq!(count(&hit, "asked"), 2);
    let (first, second, third) =
        (span(&hit, "first-wait"), span(&hit, "second-wait"), span(&hit, "third-wait"));
    // The near hop alone; the near hop and one long round trip; both handshakes and the whole page.
    assert!(second < Duration::from_millis(100), "{second}");
    assert!(third > Duration::from_millis(300) && third < first, "{third}");
    // The distance is no matter for a hit.
    let far = run("caching-proxy", &[("distance", "800")]);
    assert_eq!(span(&far, "second-wait").as_micros() / 1_000, second.as_micros() / 1_000);
    // What is not kept is asked for each time; half an answer is not kept.
    assert_eq!(count(&run("caching-proxy", &[("page", "no-store")]), "asked"), 3);
    let cut = run("caching-proxy", &[("page", "cut")]);
    assert_eq!((variant(&cut, "keep"), variant(&cut, "again")), (Some("cut"), Some("miss")));
    assert_eq!(count(&run("caching-proxy", &[("max-age", "60")]), "asked"), 1);
}
