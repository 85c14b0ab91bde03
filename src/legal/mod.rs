//! What Moroccan law says of a contract concluded online, by rules that name their articles.
//!
//! Pure: a [`Matter`] goes in, an [`Assessment`] comes out. Rules ask what validation found, what the ceremony recorded and
//! what persons attested; each answers [`Answer`], and an attestation stays one. The regime follows the signing time that a
//! time-stamp proves: law 53-05, law 43-20, or both where no source settles which.
//!
//! The texts that the rules were read in are named by [`Rule::sources`](Rule): S1 law 53-05, S2 law 43-20, S3 decree
//! 2-22-687, S4 Code of Obligations and Contracts (DOC), S6 law 31-08, S7 decree 2-12-503, S8 law 09-08, S9 decree 2-09-165,
//! S10 commercial code, S11 law 9-88, S12 general tax code (from a secondary source), S13 law 39-08, S22 code of civil
//! procedure, S27 definitions of law 43-20.
//!
//! It is no legal advice, and no validation by a provider of trust services.

mod answer;
mod assessment;
mod attestation;
mod calendar;
mod circumstances;
mod dossier;
mod facts;
mod json;
mod matter;
mod phrase;
mod regime;
mod report;
mod rules;
mod sentences;
mod signed;
mod trust_list;
mod words;

pub use answer::Answer;
pub use assessment::{
    Assessment, Deadline, Effects, Formation, Level, Reading, Retention, RuleAnswer, SealClass, SealLevel,
    SignatureLevel, assess,
};
pub use attestation::{Attestation, Attestations, Statement};
pub use calendar::Day;
pub use circumstances::Circumstances;
pub use dossier::{Shown, Tampered};
pub use facts::{
    Amended, Amount, Capacity, CeremonyFacts, Channel, ConsumerExclusion, ConsumerStatement, Declared, DetachableForm,
    Document, Event, EventKind, HandwrittenMention, Identification, Nature, Object, Offer, OfferStatement, Order,
    Party, Person, SecurityMaker, Stated, WithdrawalExclusion,
};
pub use json::NotAsked;
pub use matter::{ArchiveFacts, DossierFacts, Limitation, Matter, OperatorFacts, PersonalDataFacts, Request, Settings};
pub use phrase::Phrase;
pub use regime::{Regime, RegimeChoice, TimeProof};
pub use rules::{Effect, Mode, Rule, all as rules};
pub use signed::{CertificateFacts, Place, Signed, TimeStamped};
pub use trust_list::{Curation, Provider, Service, ServiceKind, TrustList};
pub use words::{misleading, notices};
