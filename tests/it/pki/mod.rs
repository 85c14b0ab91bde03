//! Certificates and certification paths, made by OpenSSL and by others.

mod certificates;
mod corpora;
mod openssl;
mod paths;
