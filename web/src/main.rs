//! Socket Playground: the page's program.

fn main() {
    playground_web::start();
}
