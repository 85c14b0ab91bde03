//! The secured signature of law 53-05: art. 6 to 11.

use super::*;

macro_rules! condition {
    ($rule:literal, $words:literal, $holds:expr, breaks $breaks:expr, opens $opens:expr) => {
        Case {
            rule: $rule,
            words: $words,
            laws: Old,
            base: of_2015,
            holds: $holds,
            breaks: $breaks,
            opens: $opens,
            beside: LEVEL_NOT_CLAIMED,
        }
    };
}

pub(super) const CASES: &[Case] = &[
    condition!("MA-5305-SEC-1", "art. 6 : « être propre au signataire »", Shown(as_is),
    breaks By(|matter| deny(matter, Statement::ProperToSignatory)),
    opens By(|matter| {
        no_certificate(matter);
        silent(matter);
    })),
    condition!("MA-5305-SEC-2",
        "art. 6 : « être créée par des moyens que le signataire puisse garder sous son contrôle exclusif »", Said(as_is),
        breaks By(|matter| deny(matter, Statement::SoleControl)),
        opens By(|matter| unsaid(matter, Statement::SoleControl))),
    condition!("MA-5305-SEC-3",
        "art. 6 : « garantir avec l'acte auquel elle s'attache un lien tel que toute modification ultérieure dudit acte soit \
         détectable »", Shown(as_is),
        breaks By(altered),
        opens By(not_computed)),
    condition!("MA-5305-SEC-4",
        "art. 6 : « produite par un dispositif de création de signature électronique, attesté par un certificat de conformité »",
        Said(as_is),
        breaks By(|matter| deny(matter, Statement::ConformingDevice)),
        opens By(|matter| unsaid(matter, Statement::ConformingDevice))),
    condition!("MA-5305-SEC-5",
        "art. 6 : « Les données de vérification … doivent être mentionnées dans le certificat électronique sécurisé »",
        Said(as_is),
        breaks By(|matter| deny(matter, Statement::SecuredCertificate)),
        opens By(no_certificate)),
    condition!("MA-5305-CERT",
        "art. 11 : « délivré par un prestataire … agréé … et qu'il comporte … une mention indiquant que ce certificat est \
         délivré à titre de certificat électronique sécurisé … l'identité du prestataire »", Said(as_is),
        breaks By(|matter| certificate(matter).issuer_name = None),
        opens By(|matter| unsaid(matter, Statement::SecuredCertificate))),
    Case {
        rule: "MA-5305-LIMIT",
        words: "art. 11 i : « le montant maximum des transactions pour lesquelles ce certificat peut être utilisé »",
        laws: Old,
        base: of_2015,
        holds: Shown(|matter| certificate(matter).limit = Some(("MAD".to_owned(), 12, 2))),
        breaks: By(|matter| certificate(matter).limit = Some(("MAD".to_owned(), 1199, 0))),
        opens: By(|matter| certificate(matter).limit = Some(("EUR".to_owned(), 12, 2))),
        beside: By(as_is),
    },
];
