//! `seing tsa`: a time-stamp authority over HTTP (RFC 3161 §3.4).

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::time::{Duration, Instant, SystemTime};

use clap::Args;
use seing::key::os_entropy;
use seing::oid::Oid;
use seing::timestamp::{Authority, QUERY_TYPE, REPLY_TYPE};

use crate::failure::{Failure, On, Status};
use crate::identity::IdentityOptions;
use crate::verify::print;

#[derive(Args)]
#[command(after_help = "\
The certificate must be for time-stamping alone, by a critical extended key usage; the clock of this machine is the time. \
The address is printed once requests are answered, as `listening on http://127.0.0.1:3180/`; the server runs until it is \
stopped. It keeps no record of what it stamps and speaks plain HTTP: it is for trials and closed networks.

Examples:
  seing tsa --key tsa.key --cert tsa.pem --chain intermediate.pem
  seing tsa --listen 127.0.0.1:0 --key tsa.key --cert tsa.pem
  seing timestamp order.pdf --tsa http://127.0.0.1:3180/ -o order.tst")]
pub(crate) struct Options {
    /// The address and port to listen on; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:3180")]
    listen: String,
    #[command(flatten)]
    identity: IdentityOptions,
    /// The policy under which tokens are issued. The default is in the arc of examples (2.999): it promises nothing.
    #[arg(long, value_name = "OID", default_value = "2.999.3161", value_parser = policy)]
    policy: Oid,
}

/// The object identifier of a policy.
pub(crate) fn policy(text: &str) -> Result<Oid, String> {
    Oid::parse(text).map_err(|error| error.to_string())
}

pub(crate) fn run(options: &Options) -> crate::failure::Result<Status> {
    let (key, chain) = options.identity.open()?;
    let authority = Authority::new(key, chain, options.policy).on(options.identity.certificate_file())?;
    let listen = |error: io::Error| {
        Failure::impossible(error.to_string(), "name a free address of this machine with --listen").on(&options.listen)
    };
    let listener = TcpListener::bind(&options.listen).map_err(listen)?;
    print(&format!("listening on http://{}/", listener.local_addr().map_err(listen)?))?;
    serve(&listener, &|request: &[u8]| authority.respond(request, SystemTime::now().into(), &mut os_entropy));
    Ok(Status::Done)
}

/// Answers requests on this listener until the process ends. `answer` turns the octets of a request into those of a response.
///
/// HTTP/1.1, one request per connection, so many connections at a time as there are workers; the others wait in the backlog
/// of the listener.
fn serve(listener: &TcpListener, answer: &(impl Fn(&[u8]) -> Vec<u8> + Sync)) {
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                loop {
                    match listener.accept() {
                        Ok((stream, _)) => drop(converse(stream, answer)),
                        // Out of descriptors, or a client that was gone before it was served: others may fare better soon.
                        Err(_) => std::thread::sleep(PAUSE),
                    }
                }
            });
        }
    });
}

/// Enough that one that waits for a slow client does not keep the others from being served.
const WORKERS: usize = 16;
const PAUSE: Duration = Duration::from_millis(50);
/// For a whole request, and again for its answer: a real one takes one round trip.
const PATIENCE: Duration = Duration::from_secs(10);
/// Real heads are under 1 KiB.
const HEAD: usize = 8 << 10;
/// Real requests are under 200 octets.
const BODY: usize = 64 << 10;

fn converse(mut stream: TcpStream, answer: impl Fn(&[u8]) -> Vec<u8>) -> io::Result<()> {
    let mut client = Client::new(&stream);
    let response = match client.request() {
        Ok(body) => success(&answer(&body)),
        Err(Trouble::Status(status)) => refusal(status),
        Err(Trouble::Gone(error)) => return Err(error),
    };
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.write_all(&response)?;
    stream.shutdown(Shutdown::Write)?;
    // A connection that is closed with octets unread is reset, and the client may lose the answer.
    Client::new(&stream).drain()
}

/// Why there is no request.
enum Trouble {
    Status(&'static str),
    Gone(io::Error),
}

struct Client<'a> {
    stream: &'a TcpStream,
    deadline: Instant,
}

impl<'a> Client<'a> {
    fn new(stream: &'a TcpStream) -> Self {
        Self { stream, deadline: Instant::now() + PATIENCE }
    }

    /// The body of the one request.
    fn request(&mut self) -> Result<Vec<u8>, Trouble> {
        let mut received = Vec::new();
        let end = loop {
            match received.windows(4).position(|window| window == b"\r\n\r\n") {
                Some(end) if end <= HEAD => break end,
                None if received.len() <= HEAD => self.more(&mut received)?,
                _ => return Err(Trouble::Status("431 Request Header Fields Too Large")),
            }
        };
        let mut body = received.split_off(end.saturating_add(4));
        let head = Head::parse(&received).map_err(Trouble::Status)?;
        if head.expects_continue {
            self.stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").map_err(Trouble::Gone)?;
        }
        while body.len() < head.length {
            self.more(&mut body)?;
        }
        body.truncate(head.length);
        Ok(body)
    }

    fn more(&mut self, octets: &mut Vec<u8>) -> Result<(), Trouble> {
        let mut buffer = [0; 4 << 10];
        let count = self.read(&mut buffer).map_err(Trouble::Gone)?;
        if count == 0 {
            return Err(Trouble::Gone(io::ErrorKind::UnexpectedEof.into()));
        }
        octets.extend_from_slice(buffer.get(..count).unwrap_or_default());
        Ok(())
    }

    /// Reads what there is before the deadline.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.stream.set_read_timeout(Some(left))?;
        self.stream.read(buffer)
    }

    fn drain(&mut self) -> io::Result<()> {
        let mut buffer = [0; 4 << 10];
        let mut left = BODY;
        while left > 0 {
            match self.read(&mut buffer)? {
                0 => break,
                count => left = left.saturating_sub(count),
            }
        }
        Ok(())
    }
}

/// What the head of a request says about its body.
struct Head {
    length: usize,
    expects_continue: bool,
}

impl Head {
    /// Reads the head of a request for a time-stamp, or says which status answers it.
    fn parse(octets: &[u8]) -> Result<Self, &'static str> {
        let text = std::str::from_utf8(octets).ok().ok_or(BAD_REQUEST)?;
        let mut lines = text.trim_end_matches("\r\n").split("\r\n");
        let mut words = lines.next().unwrap_or_default().split(' ');
        let (method, target, version) = (words.next(), words.next(), words.next());
        match (method, target, version, words.next()) {
            (Some(method), Some(target), Some("HTTP/1.1" | "HTTP/1.0"), None) if !target.is_empty() => {
                if method != "POST" {
                    return Err(METHOD_NOT_ALLOWED);
                }
            }
            _ => return Err(BAD_REQUEST),
        }
        let (mut media_type, mut length, mut expects_continue) = (None, None, false);
        for line in lines {
            let (name, value) = line.split_once(':').ok_or(BAD_REQUEST)?;
            let value = value.trim_matches([' ', '\t']);
            match name.to_ascii_lowercase().as_str() {
                "content-type" => media_type = Some(value.split(';').next().unwrap_or_default().trim_end()),
                // RFC 9112 §6.3: a length that is given twice or with another framing is a way to smuggle requests.
                "content-length" if length.is_some() => return Err(BAD_REQUEST),
                "content-length" if value.bytes().all(|octet| octet.is_ascii_digit()) => {
                    length = Some(value.parse().ok().filter(|length| *length <= BODY).ok_or(TOO_LARGE)?);
                }
                "content-length" => return Err(BAD_REQUEST),
                "transfer-encoding" => return Err("411 Length Required"),
                "expect" => expects_continue = value.eq_ignore_ascii_case("100-continue"),
                _ => {}
            }
        }
        if !media_type.is_some_and(|media_type| media_type.eq_ignore_ascii_case(QUERY_TYPE)) {
            return Err("415 Unsupported Media Type");
        }
        Ok(Self { length: length.ok_or("411 Length Required")?, expects_continue })
    }
}

const BAD_REQUEST: &str = "400 Bad Request";
const METHOD_NOT_ALLOWED: &str = "405 Method Not Allowed";
const TOO_LARGE: &str = "413 Content Too Large";

fn success(body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {REPLY_TYPE}\r\nContent-Length: {length}\r\nCache-Control: no-store\r\n\
         Connection: close\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

fn refusal(status: &str) -> Vec<u8> {
    let allow = if status == METHOD_NOT_ALLOWED { "Allow: POST\r\n" } else { "" };
    let length = status.len() + 1;
    format!(
        "HTTP/1.1 {status}\r\n{allow}Content-Type: text/plain\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n\
         {status}\n"
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

    use std::net::SocketAddr;
    use std::sync::OnceLock;

    use super::*;

    /// One server for all tests, which answers a request with its octets reversed.
    fn server() -> SocketAddr {
        static ADDRESS: OnceLock<SocketAddr> = OnceLock::new();
        *ADDRESS.get_or_init(|| {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let address = listener.local_addr().unwrap();
            std::thread::spawn(move || serve(&listener, &|body: &[u8]| body.iter().rev().copied().collect()));
            address
        })
    }

    fn send(request: &[u8]) -> String {
        let mut stream = TcpStream::connect(server()).unwrap();
        stream.write_all(request).unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        response
    }

    fn post(headers: &str, body: &str) -> String {
        send(format!("POST / HTTP/1.1\r\nHost: x\r\n{headers}\r\n\r\n{body}").as_bytes())
    }

    const TYPE: &str = "Content-Type: application/timestamp-query";

    #[test]
    fn a_request_is_answered() {
        let response = post(&format!("{TYPE}; x=y\r\ncontent-length: 3"), "abc");
        assert!(response.starts_with("HTTP/1.1 200 OK\r\n"), "{response}");
        assert!(response.contains("Content-Type: application/timestamp-reply\r\n"), "{response}");
        assert!(response.ends_with("\r\n\r\ncba"), "{response}");
        let response = post(&format!("{TYPE}\r\nContent-Length: 3\r\nExpect: 100-continue"), "abc");
        assert!(response.starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"), "{response}");
    }

    #[test]
    fn a_request_may_arrive_octet_by_octet() {
        let mut stream = TcpStream::connect(server()).unwrap();
        stream.set_nodelay(true).unwrap();
        for octet in format!("POST / HTTP/1.0\r\n{TYPE}\r\nContent-Length: 2\r\n\r\nab").bytes() {
            stream.write_all(&[octet]).unwrap();
        }
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        assert!(response.ends_with("\r\n\r\nba"), "{response}");
    }

    #[test]
    fn what_is_not_a_time_stamp_request_is_refused_by_status() {
        let cases = [
            ("GET / HTTP/1.1\r\n\r\n".to_owned(), "405"),
            (format!("PUT / HTTP/1.1\r\n{TYPE}\r\nContent-Length: 1\r\n\r\na"), "405"),
            (format!("POST / HTTP/1.1\r\n{TYPE}\r\n\r\n"), "411"),
            (format!("POST / HTTP/1.1\r\n{TYPE}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), "411"),
            (format!("POST / HTTP/1.1\r\n{TYPE}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"), "400"),
            (format!("POST / HTTP/1.1\r\n{TYPE}\r\nContent-Length: -1\r\n\r\n"), "400"),
            (format!("POST / HTTP/1.1\r\n{TYPE}\r\nContent-Length: 65537\r\n\r\n"), "413"),
            (format!("POST / HTTP/1.1\r\n{TYPE}\r\nContent-Length: 99999999999999999999999\r\n\r\n"), "413"),
            ("POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\na".to_owned(), "415"),
            ("POST / HTTP/1.1\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n\r\na".to_owned(), "415"),
            ("POST / HTTP/2.0\r\n\r\n".to_owned(), "400"),
            ("POST /\r\n\r\n".to_owned(), "400"),
            ("\r\n\r\n".to_owned(), "400"),
            (format!("POST / HTTP/1.1\r\nno colon\r\n{TYPE}\r\n\r\n"), "400"),
            (format!("POST / HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(HEAD)), "431"),
        ];
        for (request, status) in cases {
            let response = send(request.as_bytes());
            assert!(response.starts_with(&format!("HTTP/1.1 {status} ")), "{request:.80}: {response}");
        }
        assert!(send(b"\xff\xfe\r\n\r\n").starts_with("HTTP/1.1 400 "));
    }

    #[test]
    fn clients_that_say_nothing_do_not_keep_others_waiting() {
        let silent: Vec<TcpStream> = (0..WORKERS - 1).map(|_| TcpStream::connect(server()).unwrap()).collect();
        let response = post(&format!("{TYPE}\r\nContent-Length: 1"), "a");
        assert!(response.ends_with("\r\n\r\na"), "{response}");
        drop(silent);
    }
}
