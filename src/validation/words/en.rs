//! English.

use super::{Explanation, Step, Words};
use crate::ades::{Level, TimestampKind};
use crate::validation::SubIndication;

pub(super) const WORDS: Words = Words {
    title: "Validation report on electronic signatures",
    conclusion: "Conclusion",
    passed: "Validation passed",
    indeterminate: "Not determined",
    failed: "Validation failed",
    passed_means: "Every signature of the document holds, by the validation policy and as of the time stated below.",
    indeterminate_means: "What is at hand is not enough to say that every signature holds, or that one does not. This is no acceptance.",
    failed_means: "At least one signature of the document does not hold.",
    no_signature: "No signature was found in the document. This is no acceptance.",
    evidence_title: "Validation report on an evidence record",
    evidence_passed_means: "The documents given existed, as they are, at the time stated below, by the validation policy.",
    evidence_indeterminate_means: "What is at hand is not enough to say since when the documents exist, or that the record is not of them. This is no acceptance.",
    evidence_failed_means: "The record is not of the documents given, or something in it does not hold.",
    evidence_particulars: "Particulars of the record",
    existed_since: "The documents existed at",
    existence_not_proven: "Not proven",
    trees: "Hash trees and links",
    trees_hold: "They lead from the documents to every time-stamp",
    trees_differ: "They do NOT lead from the documents to every time-stamp",
    tokens: "Signatures of the time-stamps",
    tokens_hold: "Every one holds",
    tokens_differ: "One at least does NOT hold",
    archive_time_stamps: "Number of archive time-stamps",
    findings_of_record: "Technical findings on the record",
    validated_as_of: "Validated as of",
    policy: "Validation policy",
    policy_digest: "Digest of the policy",
    count: "Number of signatures",
    signature: "Signature",
    result: "Result",
    means: "What this means",
    remedy: "What can be done",
    validation: "Particulars of the validation",
    particulars: "Particulars of the signature",
    format: "Format",
    level_label: "Level",
    counter_signs: "Counter-signs signature",
    signer: "Signer, as named in the certificate",
    signer_unknown: "Unknown: the certificate is not at hand",
    issuer: "Certificate issued by",
    serial: "Serial number of the certificate",
    certificate_digest: "SHA-256 of the certificate",
    algorithm: "Signature algorithm",
    content: "Signed content",
    content_holds: "It is the content that was signed",
    content_differs: "It is NOT the content that was signed",
    signature_value: "Signature value",
    value_holds: "It holds over what was signed",
    value_differs: "It does NOT hold",
    not_checked: "Could not be checked",
    claimed_time: "Time claimed by the signer",
    proven_time: "Existed at the latest at",
    not_proven: "Not proven by a time-stamp that holds",
    holds_until: "Passes on the present evidence until",
    holds_without_end: "Nothing at hand puts an end to it",
    timestamps: "Electronic time-stamps",
    covers_label: "Covers",
    stated_time: "Time stated",
    authority: "Time-stamping authority",
    authority_unknown: "An unknown authority",
    imprint: "Imprint",
    imprint_holds: "Of these data",
    imprint_differs: "Of OTHER data",
    findings: "Technical findings",
    findings_of_timestamp: "Technical findings on time-stamp",
    findings_language: "The messages below are in English.",
    severity: "Weight",
    fail: "Decides",
    warn: "Warning",
    info: "Information",
    step_label: "Step and clause",
    message: "Message",
    about: "About this report",
    about_policy: "Software computed this report from the document, the trust anchors and the evidence that it was given. It follows a validation policy of the library or of its operator, which is not law:",
    about_terms: "It says “signature” as the standards do, for the electronic signature of a natural person and for the electronic seal of a legal person alike, and does not decide which of them it is.",
    about_law: "It gives no legal advice, says nothing about the legal effect of a signature, and is no qualified validation within the meaning of Moroccan law 43-20.",
    about_standard: "Indications and clauses are those of ETSI EN 319 102-1. Times are in UTC.",
    explain,
    level,
    covers,
    step,
};

fn explain(sub: SubIndication) -> Explanation {
    let (means, remedy) = match sub {
        SubIndication::FormatFailure => (
            "The signature does not follow the format in which it should be written.",
            "Ask the sender for another, undamaged copy. If every copy is like this one, have the document signed again.",
        ),
        SubIndication::HashFailure => (
            "The content is not the one that was signed: it was changed after signing, or it is another file.",
            "Validate with the original file, unchanged to the last octet. If there is none, have the content signed again.",
        ),
        SubIndication::SigCryptoFailure => (
            "The signature value does not belong to these data under the key of this certificate: something was altered, or another key signed.",
            "Ask for another copy of the signed document and for the certificate of the signer. If this remains, do not rely on the signature.",
        ),
        SubIndication::Revoked => (
            "The certificate of the signer had been revoked when the signature was made.",
            "Nothing mends this signature. Ask for a new one under a certificate that is valid.",
        ),
        SubIndication::Expired => (
            "The certificate of the signer had expired when the signature was made.",
            "Nothing mends this signature. Ask for a new one under a certificate that is valid.",
        ),
        SubIndication::NotYetValid => (
            "The signature existed before the certificate of the signer was valid.",
            "Nothing mends this signature. Ask for a new one under a certificate that is valid.",
        ),
        SubIndication::SigConstraintsFailure => (
            "The signature, a time-stamp on it or the number of signers does not meet a requirement of the validation policy.",
            "The technical findings name the requirement. Supply what is missing, or decide whether a policy without it may be used.",
        ),
        SubIndication::ChainConstraintsFailure => (
            "A certificate does not meet a requirement, as to what it may be used for or under which policy it was issued.",
            "The technical findings name the certificate. Ask for a signature under a certificate that is meant for signing documents.",
        ),
        SubIndication::CertificateChainGeneralFailure => (
            "The certificates between the signer and a trust anchor make no valid path.",
            "Supply the right intermediate certificates. The technical findings name the certificate at fault.",
        ),
        SubIndication::CryptoConstraintsFailure => (
            "An algorithm or the size of a key was too weak already when it was used.",
            "Nothing mends this signature. Have the document signed again with an algorithm that is reliable today.",
        ),
        SubIndication::PolicyProcessingError => (
            "The policy by which the signature is to be validated could not be processed.",
            "Supply the policy in a form that this version understands, or validate by another one.",
        ),
        SubIndication::SignaturePolicyNotAvailable => (
            "The signature policy to which the signer refers is not at hand.",
            "Obtain this policy from the signer or from whoever publishes it, and validate again.",
        ),
        SubIndication::TimestampOrderFailure => (
            "The time-stamps contradict one another, or one states a time after the time of validation.",
            "Check the time of validation. If it is right, ask for a copy whose time-stamps agree.",
        ),
        SubIndication::NoSigningCertificateFound => (
            "It is not established which certificate the signature was made with.",
            "Supply the certificate of the signer, or ask for a signature that carries it.",
        ),
        SubIndication::NoCertificateChainFound => (
            "No path leads from the certificate of the signer to a trust anchor: nothing says whose signature it is.",
            "Supply the missing intermediate certificates, and name the trust anchors on which you rely.",
        ),
        SubIndication::RevokedNoPoe => (
            "The certificate of the signer has been revoked, and nothing proves that the signature is older than that.",
            "Look for a copy with a time-stamp from before the revocation. If there is none, ask for a new signature.",
        ),
        SubIndication::RevokedCaNoPoe => (
            "The certificate of a certification authority has been revoked, and nothing proves that the signature is older than that.",
            "Look for a copy with a time-stamp from before the revocation. If there is none, ask for a new signature.",
        ),
        SubIndication::OutOfBoundsNotRevoked => (
            "The certificate of the signer has expired without having been revoked, and nothing proves that the signature is older than that.",
            "Look for a copy with a time-stamp from when the certificate was valid. If there is none, ask for a new signature.",
        ),
        SubIndication::OutOfBoundsNoPoe => (
            "The time of validation is outside the validity of the certificate, and nothing proves that the signature was made within it.",
            "Look for a copy with a time-stamp from when the certificate was valid. If there is none, ask for a new signature.",
        ),
        SubIndication::RevocationOutOfBoundsNoPoe => (
            "The certificate of whoever issued the revocation information is not valid at the time of validation, and nothing proves that the information is older.",
            "Collect recent revocation information, or supply a time-stamp from when that certificate was valid.",
        ),
        SubIndication::CryptoConstraintsFailureNoPoe => (
            "An algorithm or the size of a key is not, or no longer, reliable by the policy, and nothing proves that it was used while it was.",
            "Look for a copy with a time-stamp from when the algorithm was reliable. If there is none, have the document signed again.",
        ),
        SubIndication::NoPoe => (
            "Nothing proves that the signature existed at the time in question.",
            "Look for a copy with a time-stamp from that time or before.",
        ),
        SubIndication::TryLater => (
            "Whether a certificate was revoked is not known: the information is missing or too old, but may be had.",
            "Collect the revocation information (CRL or OCSP) that the technical findings name, and validate again, later if need be.",
        ),
        SubIndication::SignedDataNotFound => (
            "The content that was signed is not at hand, so that it could not be compared.",
            "Supply the signed file beside the signature, and validate again.",
        ),
    };
    Explanation { means, remedy }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::None => "Below the basic level: nothing signed says which certificate it is of",
        Level::BB => "Basic signature",
        Level::BT => "Signature with an electronic time-stamp",
        Level::BLt => "Signature with the material for its long-term validation",
        Level::BLta => "Signature with its long-term material, protected by archive time-stamps",
    }
}

fn covers(kind: TimestampKind) -> &'static str {
    match kind {
        TimestampKind::Content => "The content, before it was signed",
        TimestampKind::Signature => "The signature",
        TimestampKind::Refs => "References to certificates and revocation information",
        TimestampKind::Archive => "The signature with everything that validates it",
        TimestampKind::Document => "A document",
        TimestampKind::Evidence => "The documents of an evidence record",
    }
}

fn step(step: Step) -> &'static str {
    match step {
        Step::Format => "Format checking",
        Step::SigningCertificate => "Identification of the signing certificate",
        Step::RevocationFreshness => "Freshness of the revocation information",
        Step::CertificateValidation => "Validation of the certificates",
        Step::CryptographicVerification => "Cryptographic verification",
        Step::SignatureAcceptance => "Acceptance of the signature by the policy",
        Step::BasicSignature => "Validation of the basic signature",
        Step::TimeStamp => "Validation of the time-stamp",
        Step::SignatureWithTime => "Validation of the signature with time",
        Step::PastCertificateValidation => "Validation of the certificates for the past",
        Step::ValidationTimeSliding => "Sliding of the time of validation",
        Step::ProofsOfExistence => "Extraction of proofs of existence",
        Step::PastSignatureValidation => "Validation of the signature for the past",
        Step::LongTerm => "Long-term validation",
    }
}
