//! Certificates and certification paths, made by OpenSSL and by others.

mod certificates;
mod corpora;
pub(crate) mod openssl;
mod paths;
