//! What becomes of data about persons (law 09-08): how long they are kept, and on what the keeping rests.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::time::Time;

/// Under what conditions data about persons are kept. The end of the retention is not optional (law 09-08, articles 3-1 e and 15 f).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataProtection {
    controller: String,
    legal_basis: LegalBasis,
    retained_until: Time,
    retention_basis: String,
    declaration_receipt: Option<String>,
    identity_card_authorisation: Option<String>,
}

/// Why data about a person may be processed (law 09-08, article 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum LegalBasis {
    /// The person consents.
    Consent,
    /// A legal obligation.
    LegalObligation,
    /// The performance of a contract.
    Contract,
    /// Vital interests.
    VitalInterests,
    /// A public task.
    PublicTask,
    /// A legitimate interest.
    LegitimateInterest,
}

impl DataProtection {
    /// Data that a controller keeps until a moment, which rests on a law or a declaration.
    pub fn new(
        controller: impl Into<String>,
        legal_basis: LegalBasis,
        retained_until: Time,
        retention_basis: impl Into<String>,
    ) -> Self {
        Self {
            controller: controller.into(),
            legal_basis,
            retained_until,
            retention_basis: retention_basis.into(),
            declaration_receipt: None,
            identity_card_authorisation: None,
        }
    }

    /// Adds the number of the receipt of the declaration to the CNDP (law 09-08, article 19).
    #[must_use]
    pub fn declared(self, receipt: impl Into<String>) -> Self {
        Self { declaration_receipt: Some(receipt.into()), ..self }
    }

    /// Adds the number of the CNDP's authorisation to keep numbers of national identity cards (law 09-08, article 12-1 e).
    #[must_use]
    pub fn identity_cards_authorised(self, authorisation: impl Into<String>) -> Self {
        Self { identity_card_authorisation: Some(authorisation.into()), ..self }
    }

    /// Who is responsible.
    pub fn controller(&self) -> &str {
        &self.controller
    }

    /// Why the data may be processed.
    pub fn legal_basis(&self) -> LegalBasis {
        self.legal_basis
    }

    /// Until when they are kept, unless a legal hold suspends that.
    pub fn retained_until(&self) -> Time {
        self.retained_until
    }

    /// What the duration rests on.
    pub fn retention_basis(&self) -> &str {
        &self.retention_basis
    }

    /// The receipt of the declaration to the CNDP.
    pub fn declaration_receipt(&self) -> Option<&str> {
        self.declaration_receipt.as_deref()
    }

    /// The CNDP's authorisation to keep numbers of national identity cards.
    pub fn identity_card_authorisation(&self) -> Option<&str> {
        self.identity_card_authorisation.as_deref()
    }

    /// Refuses what says nothing, and a retention that ends before it begins.
    pub(super) fn check(&self, published: Time) -> Result<()> {
        if self.retained_until <= published {
            return Err(Error::misuse("the retention of data about persons ends before it begins")
                .with(format!("{} is not after {published}", self.retained_until)));
        }
        if self.controller.trim().is_empty() || self.retention_basis.trim().is_empty() {
            return Err(Error::misuse(
                "say who is responsible for data about persons, and what their retention rests on",
            ));
        }
        if self.identity_card_authorisation.as_deref().is_some_and(|number| number.trim().is_empty()) {
            return Err(Error::misuse("say which authorisation of the CNDP it is"));
        }
        Ok(())
    }
}
