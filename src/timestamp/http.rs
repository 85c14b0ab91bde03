//! The transport over HTTP and HTTPS.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ureq::config::Config;
use ureq::http::uri::Scheme;
use ureq::http::{Response, StatusCode, Uri, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body};

use super::guard::{Guard, printable};
use super::{Exchange, Method, NoAnswer, RetryAfter, Transport};
use crate::asn1::pem;
use crate::error::{Error, ErrorKind, Result};

/// How [`HttpTransport`] waits and whom it believes.
///
/// The roots decide who may read what is sent and whether the right server answers. They do not decide whether a token is
/// accepted: a token proves itself, and many authorities are reached without TLS.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct HttpOptions {
    /// The time for one request and its whole answer, redirects included. 30 seconds: an authority that needs longer is
    /// better replaced by another one.
    pub total: Duration,
    /// The time for a connection, TLS included. 10 seconds.
    pub connect: Duration,
    /// The certificates that TLS servers are checked against, as PEM; without them, the roots of Mozilla's programme.
    pub roots: Option<Vec<u8>>,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self { total: Duration::from_secs(30), connect: Duration::from_secs(10), roots: None }
    }
}

/// The transport over HTTP and HTTPS (RFC 3161 §3.4), without proxies, cookies and compression.
///
/// Redirects are followed with the same body, three of them at most, to `http` and `https` and never from the latter to the
/// former.
#[derive(Clone, Debug)]
pub struct HttpTransport {
    agent: Agent,
    /// What addresses must pass that strangers name.
    guard: Option<Arc<Guard>>,
    total: Duration,
}

impl HttpTransport {
    /// A transport to addresses that the caller vouches for. It keeps connections open between exchanges.
    ///
    /// # Errors
    ///
    /// `Malformed` when the roots are not certificates in PEM.
    pub fn new(options: &HttpOptions) -> Result<Self> {
        let agent = Agent::new_with_config(Self::config(options)?);
        Ok(Self { agent, guard: None, total: options.total })
    }

    /// A transport to addresses that strangers name. The guard is asked about each address and each redirect, and about what
    /// their hosts resolve to: connections are made to the very addresses that passed, and to no others.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn guarded(options: &HttpOptions, guard: Guard) -> Result<Self> {
        let guard = Arc::new(guard);
        let resolver = GuardedResolver { guard: Arc::clone(&guard), inner: DefaultResolver::default() };
        let agent = Agent::with_parts(Self::config(options)?, DefaultConnector::default(), resolver);
        Ok(Self { agent, guard: Some(guard), total: options.total })
    }

    fn config(options: &HttpOptions) -> Result<Config> {
        let roots = match &options.roots {
            Some(octets) => roots(octets)?,
            None => RootCerts::WebPki,
        };
        let tls = TlsConfig::builder()
            .unversioned_rustls_crypto_provider(Arc::new(rustls_graviola::default_provider()))
            .root_certs(roots)
            .build();
        Ok(Agent::config_builder()
            .tls_config(tls)
            // The default is a proxy named by the environment.
            .proxy(None)
            .user_agent(concat!("seing/", env!("CARGO_PKG_VERSION")))
            .max_redirects(0)
            .http_status_as_error(false)
            .timeout_global(Some(options.total))
            .timeout_connect(Some(options.connect))
            .build())
    }

    fn send(&self, target: &Uri, exchange: &Exchange<'_>, time: Duration) -> Result<Response<Body>> {
        if let Some(guard) = &self.guard {
            guard.check_url(&target.to_string())?;
        }
        let sent = match exchange.method {
            Method::Post => {
                let request = self.agent.post(target).header(header::CONTENT_TYPE, exchange.content_type);
                let request = request.header(header::ACCEPT, exchange.accept);
                request.config().timeout_global(Some(time)).build().send(exchange.body)
            }
            Method::Get => {
                let request = self.agent.get(target).header(header::ACCEPT, exchange.accept);
                request.config().timeout_global(Some(time)).build().call()
            }
        };
        sent.map_err(|error| fault(error, target))
    }
}

/// Resolves hosts and leaves only the addresses that the guard lets through. The connector knows of no others.
#[derive(Debug)]
struct GuardedResolver {
    guard: Arc<Guard>,
    inner: DefaultResolver,
}

impl Resolver for GuardedResolver {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> std::result::Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let mut passed = self.empty();
        let mut refusal = None;
        for address in found.iter() {
            match self.guard.check_address(uri.host().unwrap_or_default(), *address) {
                Ok(()) => passed.push(*address),
                Err(error) => refusal = Some(error),
            }
        }
        match refusal {
            Some(error) if passed.is_empty() => Err(ureq::Error::Other(Box::new(error))),
            Some(_) | None => Ok(passed),
        }
    }
}

impl Transport for HttpTransport {
    fn exchange(&mut self, exchange: &Exchange<'_>) -> Result<Vec<u8>> {
        let mut target: Uri =
            exchange.url.parse().ok().filter(is_http).ok_or_else(|| {
                Error::misuse("address that is not one of http or https").with(printable(exchange.url))
            })?;
        let total = exchange.time.map_or(self.total, |time| time.min(self.total));
        #[expect(clippy::disallowed_methods, reason = "the time for an answer is measured, and no time of day")]
        let began = Instant::now();
        for _ in 0..=REDIRECTS {
            let left = total.saturating_sub(began.elapsed());
            if left.is_zero() {
                return Err(no_answer(LATE, NoAnswer::Timeout, &target));
            }
            let response = self.send(&target, exchange, left)?;
            match response.status() {
                StatusCode::OK => return body(response, &target, exchange),
                // 303 asks for a GET, which nobody answers who takes a POST; the others are repeated as they are
                // (RFC 9110 §15.4).
                StatusCode::SEE_OTHER if exchange.method == Method::Get => target = redirected(&target, &response)?,
                StatusCode::MOVED_PERMANENTLY
                | StatusCode::FOUND
                | StatusCode::TEMPORARY_REDIRECT
                | StatusCode::PERMANENT_REDIRECT => target = redirected(&target, &response)?,
                status => return Err(refused(status, &target, &response)),
            }
        }
        Err(rejected("more than three redirects").with(printable(exchange.url)))
    }
}

/// RFC 9110 §15.4 sets no number; an authority that moved has one redirect, one behind a load balancer two.
const REDIRECTS: usize = 3;

fn is_http(uri: &Uri) -> bool {
    let known = uri.scheme().is_some_and(|scheme| *scheme == Scheme::HTTP || *scheme == Scheme::HTTPS);
    known && uri.host().is_some_and(|host| !host.is_empty())
}

fn redirected(from: &Uri, response: &Response<Body>) -> Result<Uri> {
    let location = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
    let location =
        location.ok_or_else(|| rejected("redirect without an address").with(printable(&from.to_string())))?;
    let origin = || Some(format!("{}://{}", from.scheme()?, from.authority()?));
    let absolute = match location {
        relative if relative.starts_with("//") => from.scheme().map(|scheme| format!("{scheme}:{relative}")),
        relative if relative.starts_with('/') => origin().map(|origin| format!("{origin}{relative}")),
        absolute => Some(absolute.to_owned()),
    };
    let target: Uri = absolute
        .and_then(|absolute| absolute.parse().ok())
        .filter(is_http)
        .ok_or_else(|| rejected("redirect to an address that is not one of http or https").with(printable(location)))?;
    if from.scheme() == Some(&Scheme::HTTPS) && target.scheme() != Some(&Scheme::HTTPS) {
        return Err(rejected("redirect from https to http").with(printable(location)));
    }
    Ok(target)
}

fn body(mut response: Response<Body>, target: &Uri, exchange: &Exchange<'_>) -> Result<Vec<u8>> {
    let media_type = response.body().mime_type().unwrap_or_default();
    if exchange.accept != Exchange::ANY_TYPE && !media_type.eq_ignore_ascii_case(exchange.accept) {
        return Err(rejected("answer of another media type")
            .with(format!("{target}: {:?} instead of {:?}", printable(media_type), exchange.accept))
            .because(NoAnswer::MediaType));
    }
    let limit = u64::try_from(exchange.limit).unwrap_or(u64::MAX);
    response.body_mut().with_config().limit(limit).read_to_vec().map_err(|error| fault(error, target))
}

fn refused(status: StatusCode, target: &Uri, response: &Response<Body>) -> Error {
    let retry = response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
    let after = retry.map(|after| format!(", retry after {}", printable(after))).unwrap_or_default();
    let reason = NoAnswer::Status { status: status.as_u16(), retry_after: retry.and_then(RetryAfter::parse) };
    rejected("the server refused the request").with(format!("{target}: HTTP {status}{after}")).because(reason)
}

fn fault(error: ureq::Error, target: &Uri) -> Error {
    let error = match error {
        ureq::Error::Other(other) => match other.downcast::<Error>() {
            Ok(ours) => return *ours,
            Err(other) => ureq::Error::Other(other),
        },
        error => error,
    };
    let (kind, what) = match &error {
        ureq::Error::Timeout(_) => return no_answer(LATE, NoAnswer::Timeout, target),
        ureq::Error::Io(error) if CUT.contains(&error.kind()) => {
            let what = "the server ended the connection before its answer was there";
            return no_answer(what, NoAnswer::Cut, target);
        }
        ureq::Error::BodyExceedsLimit(_) | ureq::Error::LargeResponseHeader(..) => {
            (ErrorKind::LimitExceeded, "the answer of the server is longer than the limit allows")
        }
        ureq::Error::Protocol(_) => {
            let detail = format!("{target}: {error}");
            return rejected("the answer of the server is not HTTP").with(detail).because(NoAnswer::NotHttp);
        }
        ureq::Error::Http(_) => (ErrorKind::Misuse, "media types that HTTP cannot carry"),
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => (ErrorKind::Unreachable, NO_TLS),
        ureq::Error::Io(error) if error.get_ref().is_some_and(|inner| inner.is::<rustls::Error>()) => {
            (ErrorKind::Unreachable, NO_TLS)
        }
        ureq::Error::BadUri(_) => (ErrorKind::Misuse, "address that is not one of http or https"),
        _ => (ErrorKind::Unreachable, "the server cannot be reached"),
    };
    Error::new(kind, what).with(target.to_string()).because(error)
}

fn no_answer(what: &'static str, reason: NoAnswer, target: &Uri) -> Error {
    Error::new(ErrorKind::Unreachable, what).with(target.to_string()).because(reason)
}

const CUT: &[std::io::ErrorKind] = &[
    std::io::ErrorKind::UnexpectedEof,
    std::io::ErrorKind::ConnectionReset,
    std::io::ErrorKind::ConnectionAborted,
    std::io::ErrorKind::BrokenPipe,
];

const LATE: &str = "the server did not answer in time";

const NO_TLS: &str = "no TLS connection with the server that the address names";

fn rejected(what: &'static str) -> Error {
    Error::new(ErrorKind::Rejected, what)
}

fn roots(octets: &[u8]) -> Result<RootCerts> {
    let blocks = pem::blocks(octets)?;
    let certificates = blocks.iter().filter(|block| block.label == "CERTIFICATE");
    let certificates: Vec<_> =
        certificates.map(|block| ureq::tls::Certificate::from_der(&block.octets).to_owned()).collect();
    if certificates.is_empty() {
        return Err(Error::malformed("no certificate among the roots"));
    }
    Ok(RootCerts::new_with_certs(&certificates))
}
