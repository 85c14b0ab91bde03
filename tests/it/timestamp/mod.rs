//! Time-stamps: the transport, the client's checks, the authority, and other implementations of both.

mod authority;
mod client;
pub(crate) mod forge;
mod http;
mod interop;
pub(crate) mod loopback;
mod pool;
mod properties;
mod server;
