//! The words of reports for people, in three languages.
//!
//! The terms are those of the laws: *cachet électronique*, *horodatage électronique*, الخاتم الإلكتروني, الختم الزمني الإلكتروني.

mod ar;
mod en;
mod fr;

use super::SubIndication;
use crate::ades::{Level, TimestampKind};

/// A language of reports for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Language {
    /// French.
    French,
    /// Arabic, which is written from right to left.
    Arabic,
    /// English.
    English,
}

impl Language {
    /// Each of them.
    pub const ALL: &[Self] = &[Self::French, Self::Arabic, Self::English];

    /// The language of a tag (BCP 47), as of `fr` or `ar-MA`; `None` for others.
    ///
    /// ```
    /// use seing::validation::Language;
    ///
    /// assert_eq!(Language::from_tag("ar-MA"), Some(Language::Arabic));
    /// assert_eq!(Language::from_tag("de"), None);
    /// ```
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next().unwrap_or(tag);
        Self::ALL.iter().copied().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// Its tag (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::Arabic => "ar",
            Self::English => "en",
        }
    }

    /// The direction of its writing, as HTML names it.
    pub(crate) fn direction(self) -> &'static str {
        match self {
            Self::Arabic => "rtl",
            Self::French | Self::English => "ltr",
        }
    }

    pub(super) fn words(self) -> &'static Words {
        match self {
            Self::French => &fr::WORDS,
            Self::Arabic => &ar::WORDS,
            Self::English => &en::WORDS,
        }
    }
}

/// What a sub-indication means, and what would mend it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Explanation {
    pub(super) means: &'static str,
    pub(super) remedy: &'static str,
}

/// A step of EN 319 102-1, as far as findings name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Format,
    SigningCertificate,
    RevocationFreshness,
    CertificateValidation,
    CryptographicVerification,
    SignatureAcceptance,
    BasicSignature,
    TimeStamp,
    SignatureWithTime,
    PastCertificateValidation,
    ValidationTimeSliding,
    ProofsOfExistence,
    PastSignatureValidation,
    LongTerm,
}

impl Step {
    /// With their clauses, those within others first.
    const ALL: &[(&'static str, Self)] = &[
        ("5.2.2", Self::Format),
        ("5.2.3", Self::SigningCertificate),
        ("5.2.5", Self::RevocationFreshness),
        ("5.2.6", Self::CertificateValidation),
        ("5.2.7", Self::CryptographicVerification),
        ("5.2.8", Self::SignatureAcceptance),
        ("5.3", Self::BasicSignature),
        ("5.4", Self::TimeStamp),
        ("5.5", Self::SignatureWithTime),
        ("5.6.2.1", Self::PastCertificateValidation),
        ("5.6.2.2", Self::ValidationTimeSliding),
        ("5.6.2.3", Self::ProofsOfExistence),
        ("5.6.2.4", Self::PastSignatureValidation),
        ("5.6", Self::LongTerm),
    ];

    /// The step that a clause belongs to, where it is of this standard.
    pub(super) fn of(clause: &str) -> Option<Self> {
        let number = clause.strip_prefix("EN 319 102-1 ")?;
        let within =
            |prefix: &str| number.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        Self::ALL.iter().find(|(prefix, _)| within(prefix)).map(|(_, step)| *step)
    }
}

macro_rules! words {
    ($($(#[doc = $what:literal])* $label:ident,)+) => {
        /// Everything that a report for people says by itself, in one language.
        pub(super) struct Words {
            $($(#[doc = $what])* pub(super) $label: &'static str,)+
            /// What a sub-indication means.
            pub(super) explain: fn(SubIndication) -> Explanation,
            /// What a level amounts to.
            pub(super) level: fn(Level) -> &'static str,
            /// What a time-stamp covers.
            pub(super) covers: fn(TimestampKind) -> &'static str,
            /// The name of a step.
            pub(super) step: fn(Step) -> &'static str,
        }

        #[cfg(test)]
        impl Words {
            fn labels(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($label), self.$label),)+]
            }
        }
    };
}

words! {
    title,
    conclusion,
    passed,
    indeterminate,
    failed,
    /// Sentences under the conclusion over all signatures.
    passed_means,
    indeterminate_means,
    failed_means,
    no_signature,
    /// The same of an evidence record.
    evidence_title,
    evidence_passed_means,
    evidence_indeterminate_means,
    evidence_failed_means,
    evidence_particulars,
    existed_since,
    existence_not_proven,
    trees,
    trees_hold,
    trees_differ,
    tokens,
    tokens_hold,
    tokens_differ,
    archive_time_stamps,
    findings_of_record,
    validated_as_of,
    policy,
    policy_digest,
    count,
    /// Precedes the number of a signature.
    signature,
    result,
    means,
    remedy,
    /// Captions of tables.
    validation,
    particulars,
    format,
    level_label,
    /// Precedes the number of a signature.
    counter_signs,
    signer,
    signer_unknown,
    issuer,
    serial,
    certificate_digest,
    algorithm,
    content,
    content_holds,
    content_differs,
    signature_value,
    value_holds,
    value_differs,
    not_checked,
    claimed_time,
    proven_time,
    not_proven,
    holds_until,
    holds_without_end,
    timestamps,
    covers_label,
    stated_time,
    authority,
    authority_unknown,
    imprint,
    imprint_holds,
    imprint_differs,
    findings,
    /// Precedes the number of a time-stamp.
    findings_of_timestamp,
    findings_language,
    severity,
    fail,
    warn,
    info,
    step_label,
    message,
    about,
    /// Ends with a colon: the name and the digest of the policy follow.
    about_policy,
    about_terms,
    about_law,
    about_standard,
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests fail by panicking")]
pub(crate) mod tests {
    use std::collections::HashSet;

    use super::*;

    const LEVELS: &[Level] = &[Level::None, Level::BB, Level::BT, Level::BLt, Level::BLta];
    const KINDS: &[TimestampKind] = &[
        TimestampKind::Content,
        TimestampKind::Signature,
        TimestampKind::Refs,
        TimestampKind::Archive,
        TimestampKind::Document,
        TimestampKind::Evidence,
    ];

    /// Everything that a language says.
    pub(crate) fn said_in(language: Language) -> impl Iterator<Item = &'static str> {
        everything(language.words()).into_iter().map(|(_, said)| said)
    }

    /// Every sentence and label of a language, with what it is for.
    fn everything(words: &Words) -> Vec<(String, &'static str)> {
        let mut all: Vec<_> = words.labels().into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
        for sub in SubIndication::ALL {
            let Explanation { means, remedy } = (words.explain)(*sub);
            all.extend([(format!("{sub} means"), means), (format!("{sub} remedy"), remedy)]);
        }
        all.extend(LEVELS.iter().map(|level| (format!("level {level}"), (words.level)(*level))));
        all.extend(KINDS.iter().map(|kind| (format!("{kind:?}"), (words.covers)(*kind))));
        all.extend(Step::ALL.iter().map(|(_, step)| (format!("{step:?}"), (words.step)(*step))));
        all
    }

    /// Remedies may agree: what is revoked and what has expired are mended the same way.
    #[test]
    fn every_language_says_everything_and_nothing_twice() {
        for language in Language::ALL {
            let mut seen = HashSet::new();
            for (name, text) in everything(language.words()) {
                assert!(!text.trim().is_empty() && text.trim() == text, "{language:?} {name}");
                assert!(name.ends_with("remedy") || seen.insert(text), "{language:?} {name}: {text}");
            }
        }
    }

    #[test]
    fn no_language_speaks_in_the_words_of_another() {
        let said = |language: Language| everything(language.words());
        for (name, text) in said(Language::Arabic) {
            assert!(text.chars().any(|c| ('\u{621}'..='\u{64a}').contains(&c)), "{name}: {text}");
        }
        let english: HashSet<_> = said(Language::English).into_iter().collect();
        let shared: Vec<_> = said(Language::French).into_iter().filter(|said| english.contains(said)).collect();
        let alike: HashSet<_> = shared.iter().map(|(_, text)| *text).collect();
        assert!(alike.is_subset(&HashSet::from(["Signature", "Conclusion", "Format", "Message"])), "{alike:?}");
    }

    #[test]
    fn a_clause_belongs_to_its_step_and_to_no_other() {
        assert_eq!(Step::of("EN 319 102-1 5.2.6.4"), Some(Step::CertificateValidation));
        assert_eq!(Step::of("EN 319 102-1 5.4"), Some(Step::TimeStamp));
        assert_eq!(Step::of("EN 319 102-1 5.6.3"), Some(Step::LongTerm));
        assert_eq!(Step::of("EN 319 102-1 5.6.2.2.4"), Some(Step::ValidationTimeSliding));
        assert_eq!(Step::of("EN 319 102-1 5.60"), None);
        assert_eq!(Step::of("RFC 3161 2.4.2"), None);
    }

    #[test]
    fn tags_name_their_language() {
        for language in Language::ALL {
            assert_eq!(Language::from_tag(&language.tag().to_uppercase()).unwrap(), *language);
        }
        assert_eq!(Language::from_tag(""), None);
    }
}
