//! What the rules look at: the ceremony, the parties and the order, as plain records.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::calendar::Day;
use crate::digest::Digest;
use crate::time::Time;

/// Something that only a person can say, with the name of that person and when it was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared<T> {
    /// What was said.
    pub value: T,
    /// Who said it.
    pub by: String,
    /// When.
    pub at: Time,
}

/// The facts of a contract's ceremony. What is not known is left out: nothing is taken for granted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CeremonyFacts {
    /// What kind of act it is.
    pub nature: Option<Declared<Nature>>,
    /// Who concludes it.
    pub parties: Vec<Party>,
    /// How the parties meet.
    pub channel: Option<Channel>,
    /// The offer.
    pub offer: Option<Offer>,
    /// The order.
    pub order: Option<Order>,
    /// What happened, in the order of the journal.
    pub events: Vec<Event>,
    /// The files of the contract.
    pub documents: Vec<Document>,
    /// An earlier contract that this one amends, which the law wants in writing.
    pub amends: Option<Amended>,
    /// Whether several originals or copies are required; with several parties they always are.
    pub several_originals: Option<bool>,
    /// Whether the law wants words in the obligor's own hand.
    pub handwritten_mention: Option<HandwrittenMention>,
    /// The detachable form, where one is required.
    pub detachable_form: Option<DetachableForm>,
    /// Whether it is a consumer credit, or a sale that one finances.
    pub consumer_credit: Option<bool>,
    /// Where the professional says that no withdrawal is possible: the case of law 31-08 art. 38.
    pub no_withdrawal: Option<Declared<WithdrawalExclusion>>,
    /// Where somebody says that art. 28 or art. 42 of law 31-08 takes the contract out of rules.
    pub consumer_exclusion: Option<Declared<ConsumerExclusion>>,
    /// Whether a date must bind third parties.
    pub date_against_third_parties: Option<bool>,
    /// Whether somebody claims that the act is an authentic one.
    pub claimed_authentic: bool,
}

/// A kind of act, as far as the laws tell kinds apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Nature {
    /// None of the following.
    Ordinary,
    /// An act that applies the Family Code.
    Family,
    /// A private deed about a personal or real security.
    Security {
        /// For whose needs it is made.
        made_by: SecurityMaker,
        /// Its value in dirhams, where a credit institution makes it.
        value: Option<Amount>,
    },
    /// An act that transfers, creates, modifies or ends real property rights, a promise of sale and a mandate for it included.
    RealRight,
}

/// Who makes a security.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SecurityMaker {
    /// A person for the needs of his profession.
    Professional,
    /// A credit institution, or a body assimilated to one.
    CreditInstitution,
    /// Anybody else.
    Other,
}

/// A party to the contract.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Party {
    /// The name that events and signatures use for it.
    pub id: String,
    /// A natural or a legal person.
    pub person: Option<Person>,
    /// What it acts as.
    pub capacity: Option<Declared<Capacity>>,
    /// Whether it takes on obligations, so that its signature is needed.
    pub obligor: bool,
    /// Whether it can read.
    pub can_read: Option<Declared<bool>>,
    /// How it was identified.
    pub identification: Option<Identification>,
    /// Whether it gave an electronic address, as a professional.
    pub gave_address: bool,
}

/// A natural or a legal person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "closed by law 43-20 art. 2: the first signs, the second seals")]
pub enum Person {
    /// Who can sign.
    Natural,
    /// Which can seal.
    Legal,
}

/// What a party acts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Capacity {
    /// For needs that are not professional (law 31-08 art. 2).
    Consumer,
    /// In a professional or commercial activity.
    Professional,
    /// As a merchant, who is a professional too.
    Merchant,
}

/// How somebody was identified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identification {
    /// The method.
    pub method: String,
    /// When.
    pub at: Time,
    /// Who identified.
    pub operator: String,
}

/// How the parties meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Channel {
    /// At a distance.
    Distance,
    /// Outside the business premises of the professional (law 31-08 art. 47).
    OffPremises,
    /// On them.
    OnPremises,
}

/// What an offer says, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Offer {
    /// Whether it is made professionally.
    pub professional: Option<bool>,
    /// The digest of the file that carries it.
    pub digest: Option<Digest>,
    /// The digest of the terms, and the media type of their file.
    pub terms: Option<(Digest, String)>,
    /// Whether the terms can be kept and reproduced: a file that is complete in itself.
    pub terms_can_be_kept: Option<bool>,
    /// The seven statements of DOC 65-4.
    pub statements: BTreeMap<OfferStatement, Stated>,
    /// The eight statements of law 31-08 art. 29.
    pub consumer_statements: BTreeMap<ConsumerStatement, Stated>,
    /// Until when it holds.
    pub valid_until: Option<Time>,
}

/// Where an offer makes a statement, or why it need not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "it is made, or there is a reason why not")]
pub enum Stated {
    /// The place in the offer.
    At(String),
    /// The reason why it does not apply.
    NotApplicable(String),
}

/// A statement that an offer must contain to be one (DOC 65-4 al. 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "closed by DOC 65-4")]
pub enum OfferStatement {
    /// 1° The main characteristics.
    Characteristics,
    /// 2° The conditions of sale or transfer.
    Conditions,
    /// 3° The steps that conclude the contract, and how the parties perform it.
    Steps,
    /// 4° The means to find and correct errors before it is concluded.
    Errors,
    /// 5° The languages.
    Languages,
    /// 6° How the contract is archived and accessed, if its nature or object justifies that.
    Archiving,
    /// 7° The means to consult the professional and commercial rules that the offeror accepts, if any.
    Rules,
}

/// A statement that a consumer is owed (law 31-08 art. 29).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "closed by law 31-08 art. 29")]
pub enum ConsumerStatement {
    /// 1° The essential characteristics.
    Characteristics,
    /// 2° Who the supplier is, and how it is reached.
    Supplier,
    /// 3° The delivery time, and its costs.
    Delivery,
    /// 4° That there is a right of withdrawal.
    Withdrawal,
    /// 5° The terms of payment, delivery or performance.
    Payment,
    /// 6° How long the offer and its price hold.
    Validity,
    /// 7° The cost of the means of communication.
    CommunicationCost,
    /// 8° The shortest duration of a continuous or periodic supply.
    Duration,
}

/// An amount of money, in hundredths of the currency's unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// The currency in ISO 4217, as in `MAD`.
    pub currency: String,
    /// Hundredths of its unit.
    pub hundredths: u64,
}

impl Amount {
    /// So many dirhams.
    pub fn dirhams(units: u32) -> Self {
        Self { currency: "MAD".to_owned(), hundredths: u64::from(units).saturating_mul(100) }
    }

    pub(crate) fn in_dirhams(&self) -> Option<u64> {
        (self.currency == "MAD").then_some(self.hundredths)
    }
}

/// What is ordered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Order {
    /// The total, value added tax and charges included.
    pub total: Option<Amount>,
    /// Whether the total includes taxes and charges.
    pub taxes_included: Option<bool>,
    /// Whether the cost of delivery is told, if only that there is none.
    pub delivery_cost_told: Option<bool>,
    /// Goods or a service.
    pub object: Option<Object>,
    /// Whether what is sold is delivered at once.
    pub delivered_at_once: Option<bool>,
    /// The day by which it is to be delivered, stated in writing.
    pub deliver_by: Option<Day>,
    /// The day by which the parties agreed that the order is performed.
    pub perform_by: Option<Day>,
}

/// What a contract is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "closed by law 31-08 art. 36, which starts its term in two ways")]
pub enum Object {
    /// A good, which is received.
    Goods,
    /// A service.
    Service,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What.
    pub kind: EventKind,
    /// When, by the clock of whoever kept the journal.
    pub at: Time,
    /// The party that did it or that it was done to.
    pub party: Option<String>,
    /// The digest of what it is about.
    pub digest: Option<Digest>,
}

/// What can happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EventKind {
    /// The offer is put at the public's disposal.
    OfferPublished,
    /// The party accepts the terms expressly.
    TermsAccepted,
    /// The order and its total price are shown to the party, who can correct them.
    OrderReviewed,
    /// The party corrects the order.
    OrderCorrected,
    /// The party confirms the order, and so accepts the offer.
    OrderConfirmed,
    /// The offeror acknowledges the acceptance.
    Acknowledged,
    /// The party can access a message of the other side.
    AccessPossible,
    /// A copy is delivered to the party, or made accessible to it.
    CopyAccessible,
    /// The text of consent and the whole document are shown to the party before it signs.
    ConsentShown,
    /// The party accepts to be sent e-mail, expressly.
    EmailAccepted,
    /// Information is sent to the party by e-mail.
    EmailSent,
    /// The consumer is sent the confirmation of law 31-08 art. 32, on a durable medium.
    ConfirmationDelivered,
    /// The party receives the goods.
    GoodsReceived,
    /// The contract is performed.
    Performed,
    /// The party pays.
    Paid,
    /// The consumer withdraws.
    Withdrawn,
    /// The consumer is refunded in full.
    Refunded,
    /// The contract ends.
    Ended,
    /// The notice of law 09-08 art. 5 is shown to the person.
    PrivacyNoticeShown,
}

/// A file of the contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The digest of its octets.
    pub digest: Digest,
    /// Its language (BCP 47).
    pub language: Option<String>,
    /// The digest of the document that it translates.
    pub translates: Option<Digest>,
}

/// An earlier contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amended {
    /// Its digest.
    pub digest: Digest,
    /// Whether the amendment takes the form of that contract.
    pub same_form: Option<bool>,
}

/// Words that the law wants in the obligor's own hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct HandwrittenMention {
    /// Whether the obligor typed them in a session of which he is known to be the only user.
    pub typed_by_obligor: Option<bool>,
    /// Whether the obligor's own signature covers them.
    pub covered_by_own_signature: Option<bool>,
}

/// A form that can be detached, or its electronic equal (DOC 65-6).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DetachableForm {
    /// Whether the party can get it electronically.
    pub accessible: Option<bool>,
    /// Whether it can be filled in.
    pub fillable: Option<bool>,
    /// Whether it can be returned by the same way.
    pub returnable: Option<bool>,
}

/// Why there is no withdrawal (law 31-08 art. 38).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WithdrawalExclusion {
    /// A service begun, with the consumer's consent, before the seven days ended.
    ServiceBegun,
    /// The price follows the financial market.
    MarketPrice,
    /// Made to order, or perishable.
    MadeToOrderOrPerishable,
    /// Recordings or software that the consumer unsealed.
    Unsealed,
    /// Newspapers, periodicals, magazines.
    Press,
}

/// Why rules for consumers do not apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ConsumerExclusion {
    /// Law 31-08 art. 28: vending machines, public telephones, building or real estate other than rent, auctions.
    Article28,
    /// Law 31-08 art. 42, regular deliveries of current consumption.
    RegularDeliveries,
    /// Law 31-08 art. 42, lodging, transport, catering or leisure at a date: art. 29 and 32 stay where concluded online.
    ServiceAtDate,
}

impl CeremonyFacts {
    /// The first event of this kind, with its place in the journal.
    pub(crate) fn first(&self, kind: EventKind) -> Option<(usize, &Event)> {
        self.events.iter().enumerate().find(|(_, event)| event.kind == kind)
    }

    /// The last event of this kind, with its place in the journal.
    pub(crate) fn last(&self, kind: EventKind) -> Option<(usize, &Event)> {
        self.events.iter().enumerate().rev().find(|(_, event)| event.kind == kind)
    }

    /// An event of this kind that stands before that one, in the journal and by the clock.
    pub(crate) fn before<'a>(&'a self, kind: EventKind, later: (usize, &'a Event)) -> Option<&'a Event> {
        self.all_before(kind, later).next()
    }

    /// Each event of this kind that stands before that one.
    pub(crate) fn all_before<'a>(
        &'a self,
        kind: EventKind,
        (place, later): (usize, &'a Event),
    ) -> impl Iterator<Item = &'a Event> {
        self.events.iter().take(place).filter(move |event| event.kind == kind && event.at <= later.at)
    }
}
