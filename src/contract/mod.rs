//! The conclusion of a contract online, as law 53-05 put it into the Code of Obligations and Contracts: the ceremony, and the
//! journal that proves it.
//!
//! An offer is published, its terms are accepted, the order is reviewed with its total price, corrected as often as needed,
//! confirmed, and acknowledged (DOC 65-4, 65-5). Each step is an [`Event`] in canonical JSON that holds the digest of the one before.
//! What the customer and the merchant sign is the last of a chain, and thereby all of it. Values about persons stand beside the
//! events, which hold commitments to them: they can be erased, and the proof stays.

mod account;
mod afterwards;
mod amount;
mod attested;
mod awaiting;
mod canonical;
mod ceremony;
mod conclusion;
mod data_protection;
mod digest_text;
mod dossier;
mod erasure;
mod event;
mod examination;
mod journal;
mod offer;
mod order;
mod party;
mod retention;
mod signing;
mod text;

pub use account::{Account, Resumed};
pub use afterwards::{
    Amendment, CopyAccess, Erasure, LegalHold, Performance, PerformanceKind, Rectification, Termination, Withdrawal,
};
pub use amount::{Amount, Quantity, VatRate};
pub use attested::{AttestationReport, Attested, AttestedBy};
pub use ceremony::{Acknowledged, Ceremony, Confirmed, Published, Reviewed, TermsAccepted, TimeStamping};
pub use conclusion::{Acknowledgement, Confirmation, Correction, Gesture, Identification, Review, TermsAcceptance};
pub use data_protection::{DataProtection, LegalBasis};
pub use dossier::{Dossier, DossierExamination, DossierFault, DossierFaultKind, Keeper, Seal, UnsoundDossier};
pub use event::{Act, Body, Event, Hand, Link, Publication, Role, SecurityMaker, SignedBy};
pub use examination::{Examination, Fault, FaultKind, Unsound};
pub use journal::{Entry, Journal};
pub use offer::{Document, DocumentRole, Offer, Stated, Statement};
pub use order::{Currency, Delivery, DeliveryTime, Line, Order, PriceBasis, Totals};
pub use party::{Attestation, Capacity, Detail, DetailKind, Literacy, Party, Person, Representative};
pub use retention::Tombstone;
pub use signing::{Awaiting, Signatory, Stamp};
pub use text::{Opening, Openings, Text};

use crate::error::{Error, ErrorKind};

/// The law keeps something from being done so.
fn excluded(article: &'static str) -> Error {
    Error::new(ErrorKind::Excluded, article)
}
