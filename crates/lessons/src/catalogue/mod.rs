//! The lessons, in the course's order.

mod caching_proxy;
mod close_at_will;
mod connection_header;
mod delayed_ack;
mod dumb_proxy;
mod first_page;
mod four_tuple;
mod graceful_close;
mod half_close;
mod handshake_delay;
mod http11_persistent;
mod https;
mod keep_alive;
mod nagle;
mod parallel;
mod parallel_limits;
mod persistent;
mod ping;
mod pipelining;
mod proxy_chain;
mod proxy_connection;
mod reset;
mod retry;
mod segments;
mod serial;
mod slow_start;
mod socket_calls;
mod time_wait;
mod transaction_delay;
mod truncation;

use crate::lesson::Lesson;

static LESSONS: &[&Lesson] = &[
    &first_page::LESSON,
    &ping::LESSON,
    &https::LESSON,
    &segments::LESSON,
    &four_tuple::LESSON,
    &socket_calls::LESSON,
    &transaction_delay::LESSON,
    &handshake_delay::LESSON,
    &delayed_ack::LESSON,
    &slow_start::LESSON,
    &nagle::LESSON,
    &time_wait::LESSON,
    &connection_header::LESSON,
    &serial::LESSON,
    &parallel::LESSON,
    &parallel_limits::LESSON,
    &persistent::LESSON,
    &keep_alive::LESSON,
    &dumb_proxy::LESSON,
    &proxy_connection::LESSON,
    &proxy_chain::LESSON,
    &http11_persistent::LESSON,
    &pipelining::LESSON,
    &close_at_will::LESSON,
    &truncation::LESSON,
    &caching_proxy::LESSON,
    &retry::LESSON,
    &half_close::LESSON,
    &reset::LESSON,
    &graceful_close::LESSON,
];

/// Every lesson, in the course's order.
pub fn all() -> &'static [&'static Lesson] {
    LESSONS
}

/// The lesson with this id.
pub fn find(id: &str) -> Option<&'static Lesson> {
    LESSONS.iter().copied().find(|lesson| lesson.id == id)
}
