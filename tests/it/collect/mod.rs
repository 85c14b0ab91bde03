//! What is fetched for a validation, over real HTTP on the loopback interface, and what is not.

mod command;
mod deltas;
mod fetching;
mod internet;
mod openssl;
mod refusals;
mod responders;
mod signatures;
