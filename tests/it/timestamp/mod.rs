//! Time-stamps: the transport, the client's checks, the authority, and other implementations of both.

mod http;
mod loopback;
