//! The main and sub-indications of EN 319 102-1, clause 5.1.3.

use std::fmt;

/// What a validation concludes. For a whole signature the standard writes TOTAL_PASSED for PASSED, and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "closed by EN 319 102-1, table 5")]
pub enum Indication {
    /// Everything that the policy asks for was checked and holds.
    Passed,
    /// What is at hand is not enough to say that it holds, or that it does not.
    Indeterminate(SubIndication),
    /// It does not hold.
    Failed(SubIndication),
}

macro_rules! sub_indications {
    ($($(#[doc = $what:literal])+ $variant:ident = $name:literal,)+) => {
        /// Why a validation did not pass, spelled in reports as the standard spells it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(clippy::exhaustive_enums, reason = "closed by EN 319 102-1, table 6")]
        pub enum SubIndication {
            $($(#[doc = $what])+ $variant,)+
        }

        impl SubIndication {
            /// Each of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];
        }

        impl fmt::Display for SubIndication {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $(Self::$variant => $name,)+ })
            }
        }
    };
}

sub_indications! {
    /// The signature does not follow its format.
    FormatFailure = "FORMAT_FAILURE",
    /// The digest of the signed data is another.
    HashFailure = "HASH_FAILURE",
    /// The signature value is not one of these data under this key.
    SigCryptoFailure = "SIG_CRYPTO_FAILURE",
    /// The signing certificate was revoked before the signature.
    Revoked = "REVOKED",
    /// The signing certificate had expired before the signature.
    Expired = "EXPIRED",
    /// The signature existed before its certificate was valid.
    NotYetValid = "NOT_YET_VALID",
    /// A constraint on the signature is not met.
    SigConstraintsFailure = "SIG_CONSTRAINTS_FAILURE",
    /// A constraint on the certificates is not met.
    ChainConstraintsFailure = "CHAIN_CONSTRAINTS_FAILURE",
    /// The certificates make a path that does not validate.
    CertificateChainGeneralFailure = "CERTIFICATE_CHAIN_GENERAL_FAILURE",
    /// An algorithm was too weak already when it was used.
    CryptoConstraintsFailure = "CRYPTO_CONSTRAINTS_FAILURE",
    /// The policy could not be processed.
    PolicyProcessingError = "POLICY_PROCESSING_ERROR",
    /// The signature policy is not at hand.
    SignaturePolicyNotAvailable = "SIGNATURE_POLICY_NOT_AVAILABLE",
    /// The time-stamps contradict one another.
    TimestampOrderFailure = "TIMESTAMP_ORDER_FAILURE",
    /// It is not known which certificate signed.
    NoSigningCertificateFound = "NO_SIGNING_CERTIFICATE_FOUND",
    /// No path leads to a trust anchor.
    NoCertificateChainFound = "NO_CERTIFICATE_CHAIN_FOUND",
    /// Revoked, and nothing proves that the signature is older.
    RevokedNoPoe = "REVOKED_NO_POE",
    /// A CA was revoked, and nothing proves that the signature is older.
    RevokedCaNoPoe = "REVOKED_CA_NO_POE",
    /// Expired and not revoked, and nothing proves that the signature is older.
    OutOfBoundsNotRevoked = "OUT_OF_BOUNDS_NOT_REVOKED",
    /// Outside the validity of the certificate, and nothing proves that the signature lies within.
    OutOfBoundsNoPoe = "OUT_OF_BOUNDS_NO_POE",
    /// Outside the validity of a revocation issuer's certificate.
    RevocationOutOfBoundsNoPoe = "REVOCATION_OUT_OF_BOUNDS_NO_POE",
    /// An algorithm is too weak today, and nothing proves that it was used before.
    CryptoConstraintsFailureNoPoe = "CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
    /// Nothing proves that the signature existed at the time asked for.
    NoPoe = "NO_POE",
    /// Revocation information is missing that may be had later.
    TryLater = "TRY_LATER",
    /// The signed data are missing.
    SignedDataNotFound = "SIGNED_DATA_NOT_FOUND",
}

impl Indication {
    /// PASSED, INDETERMINATE or FAILED.
    pub fn name(self) -> &'static str {
        match self {
            Self::Passed => "PASSED",
            Self::Indeterminate(_) => "INDETERMINATE",
            Self::Failed(_) => "FAILED",
        }
    }

    /// TOTAL_PASSED, INDETERMINATE or TOTAL_FAILED, as for a whole signature.
    pub fn total_name(self) -> &'static str {
        match self {
            Self::Passed => "TOTAL_PASSED",
            Self::Indeterminate(_) => "INDETERMINATE",
            Self::Failed(_) => "TOTAL_FAILED",
        }
    }

    /// The sub-indication, where it did not pass.
    pub fn sub_indication(self) -> Option<SubIndication> {
        match self {
            Self::Passed => None,
            Self::Indeterminate(sub) | Self::Failed(sub) => Some(sub),
        }
    }
}

impl fmt::Display for Indication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.sub_indication() {
            None => f.write_str(self.total_name()),
            Some(sub) => write!(f, "{}/{sub}", self.total_name()),
        }
    }
}
