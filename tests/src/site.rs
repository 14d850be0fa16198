//! The built page on a local address.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use anyhow::{Context, Result};
use axum::Router;
use http::HeaderValue;
use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::paths;
use crate::runtime::{block_on, runtime};

/// The strict policy that the page works with: nothing inline, and nothing from another server.
pub const STRICT_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     connect-src 'self'; img-src 'self' data:; manifest-src 'self'; worker-src 'self'; font-src 'self'";

/// A static web server for the built page, on 127.0.0.1 and a free port.
/// It ends when the value is dropped.
#[derive(Debug)]
pub struct Site {
    address: SocketAddr,
    base: String,
    server: JoinHandle<()>,
}

impl Site {
    /// Serves the built page at the root of the server.
    ///
    /// # Errors
    /// When there is no built page, or no port is free.
    pub fn open() -> Result<Self> {
        Self::serve(paths::dist()?, "/")
    }

    /// Serves the built page under a path, as a school's server might:
    /// `"/courses/net/"`. The path begins and ends with a slash.
    ///
    /// # Errors
    /// When there is no built page, or no port is free.
    pub fn open_under(base: &str) -> Result<Self> {
        Self::serve(paths::dist()?, base)
    }

    /// Serves the built page with a strict Content-Security-Policy.
    ///
    /// # Errors
    /// When there is no built page, or no port is free.
    pub fn open_strict() -> Result<Self> {
        Self::open_with(STRICT_POLICY)
    }

    /// Serves the built page with a Content-Security-Policy.
    ///
    /// # Errors
    /// When there is no built page, or no port is free.
    pub fn open_with(policy: &'static str) -> Result<Self> {
        let policy = HeaderValue::from_static(policy);
        let layer = SetResponseHeaderLayer::overriding(CONTENT_SECURITY_POLICY, policy);
        Self::start(Self::router(paths::dist()?, "/").layer(layer), "/")
    }

    /// Serves any folder under any path that begins and ends with a slash.
    ///
    /// # Errors
    /// When no port is free.
    pub fn serve(folder: PathBuf, base: &str) -> Result<Self> {
        Self::start(Self::router(folder, base), base)
    }

    fn router(folder: PathBuf, base: &str) -> Router {
        assert!(base.starts_with('/') && base.ends_with('/'), "{base:?}");
        let files = ServeDir::new(folder);
        let router = if base == "/" {
            Router::new().fallback_service(files)
        } else {
            Router::new().nest_service(base.trim_end_matches('/'), files)
        };
        // A test must never see the page of the run before.
        let fresh = SetResponseHeaderLayer::overriding(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        // Decks on other servers load a module from here.
        let open =
            SetResponseHeaderLayer::overriding(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        router.layer(fresh).layer(open)
    }

    fn start(router: Router, base: &str) -> Result<Self> {
        let listener =
            block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).context("no port to serve the page on")?;
        let address = listener.local_addr()?;
        let server = runtime().spawn(async move {
            // It only returns when the task is aborted.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { address, base: base.to_owned(), server })
    }

    /// The full address of `path` (with its query and fragment) on this site.
    pub fn url(&self, path: &str) -> String {
        let path = path.strip_prefix('/').unwrap_or(path);
        format!("http://{}{}{path}", self.address, self.base)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.abort();
    }
}
