//! No faster arithmetic in this build: there is nothing to prepare.

use crate::key::public::{Key, Mismatch};
use crate::key::software::Secret;
use crate::key::{PublicKey, SignatureAlgorithm};

pub(in crate::key) enum PublicHalf {}

pub(in crate::key) enum SecretHalf {}

pub(super) fn supported() -> bool {
    false
}

impl PublicHalf {
    pub(in crate::key) fn prepare(_: &Key) -> Option<Self> {
        None
    }

    pub(in crate::key) fn verify(&self, _: SignatureAlgorithm, _: &[u8], _: &[u8]) -> Option<Result<(), Mismatch>> {
        match *self {}
    }
}

impl SecretHalf {
    pub(in crate::key) fn prepare(_: &Secret, _: &PublicKey) -> Option<Self> {
        None
    }

    pub(in crate::key) fn sign(&self, _: SignatureAlgorithm, _: &[u8]) -> Option<Vec<u8>> {
        match *self {}
    }
}
