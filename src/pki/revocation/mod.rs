//! What revocation lists and OCSP responses prove of a certificate.
