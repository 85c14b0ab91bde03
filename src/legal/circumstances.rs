//! What no file shows and only whoever asks can state: the kind of act, the operator's position, the figures that laws leave open.

use serde::Deserialize;

use super::facts::{
    Amount, ConsumerExclusion, Declared, DetachableForm, HandwrittenMention, Nature, Object, WithdrawalExclusion,
};
use super::matter::{Limitation, Matter, OperatorFacts, Settings};
use super::{Attestations, Channel, Day};
use crate::error::{Error, Result};

/// Statements of whoever asks for an assessment. They fill what the dossier leaves open, and change nothing that it shows.
///
/// ```
/// use seing::legal::{Circumstances, Matter};
/// use seing::time::Time;
///
/// let stated = Circumstances::from_json(r#"{ "format": "seing-circumstances/1",
///   "nature": { "value": "ordinary", "by": "legal department", "at": "2026-11-01T09:00:00Z" },
///   "object": "goods", "acknowledgement_seconds": 86400,
///   "operator": { "offers_services": false } }"#)?;
/// let mut matter = Matter::new(Time::parse_rfc3339("2026-11-23T10:00:00Z")?);
/// stated.fill(&mut matter);
/// assert_eq!(matter.operator.offers_services, Some(false));
/// # Ok::<(), seing::error::Error>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Circumstances {
    format: String,
    nature: Option<Declared<Nature>>,
    channel: Option<Channel>,
    object: Option<Object>,
    delivery_cost_told: Option<bool>,
    several_originals: Option<bool>,
    consumer_credit: Option<bool>,
    date_against_third_parties: Option<bool>,
    claimed_authentic: Option<bool>,
    no_withdrawal: Option<Declared<WithdrawalExclusion>>,
    consumer_exclusion: Option<Declared<ConsumerExclusion>>,
    form_fillable: Option<bool>,
    form_returnable: Option<bool>,
    mention_typed_by_obligor: Option<bool>,
    accounting: Option<bool>,
    limitation: Option<Limitation>,
    qualified_preservation_claimed: Option<bool>,
    kept_until: Option<Day>,
    security_report: Option<String>,
    sensitive_data: Option<bool>,
    identity_card_number: Option<bool>,
    data_processor: Option<bool>,
    data_sent_to: Option<Vec<String>>,
    receipt_shown: Option<String>,
    acknowledgement_seconds: Option<i64>,
    security_threshold: Option<Amount>,
    #[serde(default)]
    equivalent_processes: Vec<String>,
    #[serde(default)]
    operator: Operator,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Operator {
    offers_services: Option<bool>,
    offers_qualified: Option<bool>,
    service_data_years: Option<u32>,
    delivers: Option<bool>,
    delivery_proof_years: Option<u32>,
    claims_qualified_delivery: Option<bool>,
    supplies_cryptology: Option<bool>,
}

impl Circumstances {
    /// Reads them (seing-circumstances/1).
    ///
    /// # Errors
    ///
    /// `Malformed` when it is no such JSON, or something is stated by nobody; `LimitExceeded` beyond a megabyte.
    pub fn from_json(json: &str) -> Result<Self> {
        if json.len() > CIRCUMSTANCES_OCTETS {
            return Err(Error::limit("circumstances of more than a megabyte"));
        }
        let stated: Self = serde_json::from_str(json)
            .map_err(|cause| Error::malformed("these are no circumstances").because(cause))?;
        if stated.format != FORMAT {
            return Err(Error::malformed("circumstances of another format than seing-circumstances/1")
                .with(stated.format.chars().take(80).collect::<String>()));
        }
        let by = [
            stated.nature.as_ref().map(|said| &said.by),
            stated.no_withdrawal.as_ref().map(|said| &said.by),
            stated.consumer_exclusion.as_ref().map(|said| &said.by),
        ];
        if by.into_iter().flatten().any(|by| by.trim().is_empty()) {
            return Err(Error::malformed("something is stated by nobody"));
        }
        if stated.acknowledgement_seconds.is_some_and(|seconds| seconds < 0) {
            return Err(Error::malformed("an acknowledgement that is due before the acceptance"));
        }
        Ok(stated)
    }

    /// Fills what is still open in a matter.
    pub fn fill(&self, matter: &mut Matter) {
        let ceremony = &mut matter.ceremony;
        open(&mut ceremony.nature, &self.nature);
        open(&mut ceremony.channel, &self.channel);
        open(&mut ceremony.several_originals, &self.several_originals);
        open(&mut ceremony.consumer_credit, &self.consumer_credit);
        open(&mut ceremony.date_against_third_parties, &self.date_against_third_parties);
        open(&mut ceremony.no_withdrawal, &self.no_withdrawal);
        open(&mut ceremony.consumer_exclusion, &self.consumer_exclusion);
        ceremony.claimed_authentic |= self.claimed_authentic == Some(true);
        if let Some(order) = &mut ceremony.order {
            open(&mut order.object, &self.object);
            open(&mut order.delivery_cost_told, &self.delivery_cost_told);
        }
        if let Some(DetachableForm { fillable, returnable, .. }) = &mut ceremony.detachable_form {
            open(fillable, &self.form_fillable);
            open(returnable, &self.form_returnable);
        }
        if let Some(HandwrittenMention { typed_by_obligor, .. }) = &mut ceremony.handwritten_mention {
            open(typed_by_obligor, &self.mention_typed_by_obligor);
        }
        let archive = &mut matter.archive;
        open(&mut archive.accounting, &self.accounting);
        open(&mut archive.limitation, &self.limitation);
        open(&mut archive.kept_until, &self.kept_until);
        open(&mut archive.security_report, &self.security_report);
        archive.claimed_qualified |= self.qualified_preservation_claimed == Some(true);
        let data = &mut matter.personal_data;
        open(&mut data.sensitive, &self.sensitive_data);
        open(&mut data.card_number, &self.identity_card_number);
        open(&mut data.processor, &self.data_processor);
        open(&mut data.sent_to, &self.data_sent_to);
        open(&mut data.receipt_shown, &self.receipt_shown);
        self.operator.fill(&mut matter.operator);
        let Settings { security_threshold, equivalent_processes, acknowledgement_seconds } = &mut matter.settings;
        open(security_threshold, &self.security_threshold);
        open(acknowledgement_seconds, &self.acknowledgement_seconds);
        equivalent_processes.extend(self.equivalent_processes.iter().cloned());
    }
}

impl Matter {
    /// Hears what persons attest, beside what the dossier records that they said.
    pub fn hear(&mut self, words: Attestations) {
        let heard = self.attestations.iter().chain(words.iter()).cloned();
        self.attestations = Attestations::new(heard.collect());
    }
}

impl Operator {
    fn fill(&self, facts: &mut OperatorFacts) {
        open(&mut facts.offers_services, &self.offers_services);
        open(&mut facts.offers_qualified, &self.offers_qualified);
        open(&mut facts.service_data_years, &self.service_data_years);
        open(&mut facts.delivers, &self.delivers);
        open(&mut facts.delivery_proof_years, &self.delivery_proof_years);
        open(&mut facts.supplies_cryptology, &self.supplies_cryptology);
        facts.claims_qualified_delivery |= self.claims_qualified_delivery == Some(true);
    }
}

/// What is shown stays as it is shown.
fn open<T: Clone>(fact: &mut Option<T>, stated: &Option<T>) {
    if fact.is_none() {
        fact.clone_from(stated);
    }
}

const FORMAT: &str = "seing-circumstances/1";
const CIRCUMSTANCES_OCTETS: usize = 1 << 20;
