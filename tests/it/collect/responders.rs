//! OCSP responders that answer as they like.
