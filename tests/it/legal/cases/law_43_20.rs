//! Signatures, seals and time-stamps of law 43-20: art. 2 to 25, 36, 41, 44, 82.

use super::*;

/// A provider in France, of which no snapshot speaks.
fn of_france(matter: &mut Matter) {
    certificate(matter).issuer_country = Some("FR".to_owned());
    matter.signed[0].path = vec![Algorithm::Sha256.digest(b"another provider")];
}

/// A certificate issued under law 53-05, and not expired.
fn of_2020(matter: &mut Matter) {
    certificate(matter).not_before = time("2020-01-01T00:00:00Z");
}

fn pseudonym(matter: &mut Matter) {
    let own = certificate(matter);
    own.name = None;
    own.pseudonym = Some("Zaytouna".to_owned());
}

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "MA-4320-SES",
        words: "art. 2 : « l'usage d'un procédé fiable d'identification électronique garantissant le lien avec l'acte auquel \
                la signature s'attache et qui exprime le consentement du signataire »",
        laws: New,
        base: full,
        holds: Shown(as_is),
        breaks: By(altered),
        opens: By(|matter| matter.signed[0].states_approval = None),
        beside: ALWAYS,
    },
    Case {
        rule: "MA-4320-AES-1",
        words: "art. 5 : « être propre au signataire »",
        laws: New,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| deny(matter, Statement::ProperToSignatory)),
        opens: By(|matter| {
            no_certificate(matter);
            silent(matter);
        }),
        beside: LEVEL_NOT_CLAIMED,
    },
    Case {
        rule: "MA-4320-AES-2",
        words: "art. 5 : « permettre d'identifier le signataire »",
        laws: New,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| certificate(matter).name = None),
        opens: By(no_path),
        beside: LEVEL_NOT_CLAIMED,
    },
    Case {
        rule: "MA-4320-AES-3",
        words: "art. 5 : « que le signataire peut utiliser sous son contrôle exclusif, avec un niveau de confiance élevé \
                défini par l'autorité nationale »",
        laws: New,
        base: full,
        holds: Said(as_is),
        breaks: By(|matter| deny(matter, Statement::SoleControl)),
        opens: By(|matter| unsaid(matter, Statement::SoleControl)),
        beside: LEVEL_NOT_CLAIMED,
    },
    Case {
        rule: "MA-4320-AES-4",
        words: "art. 5 : « reposer sur un certificat électronique ou tout procédé jugé équivalent fixé par voie \
                réglementaire »",
        laws: New,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| matter.signed[0].equivalent_process = Some("code by telephone".to_owned())),
        opens: By(no_path),
        beside: LEVEL_NOT_CLAIMED,
    },
    Case {
        rule: "MA-4320-AES-5",
        words: "art. 5 : « de telle sorte que toute modification ultérieure des données soit détectable »",
        laws: New,
        base: full,
        holds: Shown(as_is),
        breaks: By(altered),
        opens: By(not_computed),
        beside: LEVEL_NOT_CLAIMED,
    },
    Case {
        rule: "MA-4320-QES-CERT-AT-SIGN",
        words: "art. 10 : « le certificat qualifié ait été délivré par un prestataire de services de confiance agréé et \
                était valide au moment de la signature »",
        laws: New,
        base: full,
        holds: Shown(as_is),
        breaks: By(revoked),
        opens: By(no_snapshot),
        beside: LEVEL_NOT_CLAIMED,
    },
    Case {
        rule: "MA-4320-QES-VALDATA",
        words: "art. 10 : « les données de validation de la signature correspondent aux données communiquées à la partie \
                utilisatrice »",
        laws: New,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| matter.signed[0].signature_intact = Some(false)),
        opens: By(no_certificate),
        beside: LEVEL_NOT_CLAIMED,
    },
    Case {
        rule: "MA-4320-QES-IDDATA",
        words: "art. 10 : « l'ensemble unique de données représentant le signataire dans le certificat soit correctement \
                fourni à la partie utilisatrice »",
        laws: New,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| certificate(matter).subject.clear()),
        opens: By(no_certificate),
        beside: LEVEL_NOT_CLAIMED,
    },
    Case {
        rule: "MA-4320-QES-PSEUDO",
        words: "art. 10 : « l'utilisation d'un pseudonyme soit clairement indiquée à la partie utilisatrice, si un \
                pseudonyme a été utilisé »",
        laws: New,
        base: full,
        holds: Shown(pseudonym),
        breaks: Outcome::Never("the answer itself indicates the pseudonym"),
        opens: By(no_certificate),
        beside: By(as_is),
    },
    Case {
        rule: "MA-4320-QES-QSCD",
        words: "art. 8 : « attesté par un certificat de conformité délivré par l'autorité nationale »",
        laws: New,
        base: full,
        holds: Said(as_is),
        breaks: By(|matter| deny(matter, Statement::ConformingDevice)),
        opens: By(|matter| unsaid(matter, Statement::ConformingDevice)),
        beside: LEVEL_NOT_CLAIMED,
    },
    Case {
        rule: "MA-4320-QES-ART5",
        words: "art. 10 : « les conditions prévues à l'article 5 de la présente loi aient été satisfaites au moment de la \
                signature »",
        laws: New,
        base: full,
        holds: Said(as_is),
        breaks: By(altered),
        opens: By(|matter| unsaid(matter, Statement::SoleControl)),
        beside: LEVEL_NOT_CLAIMED,
    },
    Case {
        rule: "MA-4320-QES-INTEGRITY",
        words: "art. 10 : « l'intégrité des données signées n'ait pas été compromise »",
        laws: New,
        base: full,
        holds: Shown(as_is),
        breaks: By(altered),
        opens: By(not_computed),
        beside: LEVEL_NOT_CLAIMED,
    },
    Case {
        rule: "MA-4320-QES-REPORT",
        words: "art. 10 : « fournir à la partie utilisatrice le résultat correct du processus de validation et permet … de \
                détecter tout problème pertinent relatif à la sécurité »",
        laws: New,
        base: full,
        holds: Shown(as_is),
        breaks: Outcome::Never("a report that says nothing is none, and then it is open"),
        opens: By(|matter| matter.validation_policy = None),
        beside: Outcome::Never("it is asked of signatures, as validated"),
    },
    Case {
        rule: "MA-4320-FOREIGN",
        words: "art. 36 : « ont la même valeur juridique …, si le service de confiance ou le prestataire … est reconnu dans \
                le cadre d'un accord multilatéral … ou d'un accord bilatéral de reconnaissance réciproque »",
        laws: New,
        base: full,
        holds: Said(of_france),
        breaks: By(|matter| {
            of_france(matter);
            deny(matter, Statement::RecognisedAbroad);
        }),
        opens: By(|matter| {
            of_france(matter);
            unsaid(matter, Statement::RecognisedAbroad);
        }),
        beside: By(as_is),
    },
    Case {
        rule: "MA-4320-LEGACY",
        words: "art. 82 : « Les certificats électroniques sécurisés délivrés conformément aux dispositions de la loi n° 53-05 \
                … sont considérés comme des certificats électroniques qualifiés … jusqu'à leur expiration »",
        laws: New,
        base: full,
        holds: Said(of_2020),
        breaks: By(|matter| {
            of_2020(matter);
            certificate(matter).not_after = time("2026-11-02T09:01:59Z");
        }),
        opens: By(|matter| {
            of_2020(matter);
            unsaid(matter, Statement::SecuredCertificate);
        }),
        beside: By(as_is),
    },
    Case {
        rule: "MA-4320-ART44",
        words: "art. 44 : « Lorsqu'un certificat électronique est arrivé à échéance ou a été révoqué, son titulaire ne peut \
                plus utiliser ledit certificat ni les données afférentes à la création »",
        laws: Both,
        base: full,
        holds: Holds::Never(
            "nothing at hand shows that the key was not that of an older certificate, expired or revoked",
        ),
        breaks: By(revoked),
        opens: By(as_is),
        beside: ALWAYS,
    },
    Case {
        rule: "MA-4320-ART41",
        words: "art. 41 : « lorsque celles-ci se trouvent dans son dispositif qualifié … Toute utilisation de celles-ci est \
                réputée, sauf preuve contraire, être son fait »",
        laws: Both,
        base: full,
        holds: Said(as_is),
        breaks: By(|matter| deny(matter, Statement::ConformingDevice)),
        opens: By(|matter| unsaid(matter, Statement::ConformingDevice)),
        beside: Outcome::Never("whether there is a qualified device is a word that is given, denied or missing"),
    },
    Case {
        rule: "MA-4320-ART7",
        words: "art. 7 : « ne peuvent être refusés au seul motif que cette signature se présente sous une forme électronique \
                ou qu'elle ne satisfait pas aux exigences de la signature électronique qualifiée »",
        laws: New,
        base: full,
        holds: Shown(as_is),
        breaks: Outcome::Never("a sentence that broke it would be a defect, which the tests of the outputs look for"),
        opens: Outcome::Never("the sentences are known"),
        beside: ALWAYS,
    },
    Case {
        rule: "MA-4320-ART72",
        words: "art. 72 : « quiconque utilise indûment, une raison sociale, une publicité et, de manière générale, toute \
                expression faisant croire qu'il est agréé »",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        breaks: Outcome::Never("a sentence that broke it would be a defect, which the tests of the outputs look for"),
        opens: Outcome::Never("the sentences are known"),
        beside: ALWAYS,
    },
    Case {
        rule: "MA-4320-SEAL-A",
        words: "art. 14 : « être propre au créateur du cachet de manière univoque ; permettre d'identifier le créateur … que \
                le créateur du cachet peut utiliser sous son contrôle »",
        laws: New,
        base: sealed,
        holds: Said(as_is),
        breaks: By(|matter| deny(matter, Statement::ProperToSignatory)),
        opens: By(|matter| unsaid(matter, Statement::SoleControl)),
        beside: Outcome::Never("levels are found and not claimed, so that it is asked of each seal"),
    },
    Case {
        rule: "MA-4320-SEAL-Q",
        words: "art. 15 : « doit être produit par un dispositif qualifié de création de cachet électronique …, et qui repose \
                sur un certificat qualifié de cachet électronique »",
        laws: New,
        base: sealed,
        holds: Said(as_is),
        breaks: By(|matter| matter.trust_list = Some(snapshot(true))),
        opens: By(no_snapshot),
        beside: Outcome::Never("levels are found and not claimed, so that it is asked of each seal"),
    },
    Case {
        rule: "MA-4320-TS-SIMPLE",
        words: "art. 23 : « associent d'autres données sous forme électronique à un instant particulier et établissent la \
                preuve que ces dernières données existaient audit instant »",
        laws: New,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| matter.signed[0].time_stamps[0].imprint_intact = Some(false)),
        opens: By(|matter| matter.signed[0].time_stamps[0].imprint_intact = None),
        beside: Outcome::Never("it is asked of each time-stamp that is there"),
    },
    Case {
        rule: "MA-4320-QTS-BIND",
        words: "art. 24 : « lier la date et l'heure aux données de manière à exclure la possibilité de modification \
                indétectable des données »",
        laws: New,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| matter.signed[0].time_stamps[0].signature_intact = Some(false)),
        opens: By(|matter| {
            matter.signed[0].time_stamps[0].indication =
                Indication::Indeterminate(SubIndication::CryptoConstraintsFailureNoPoe);
        }),
        beside: Outcome::Never("it is asked of each time-stamp that is there"),
    },
    Case {
        rule: "MA-4320-QTS-UTC",
        words: "art. 24 : « être fondé sur une horloge exacte liée au temps universel coordonné »",
        laws: New,
        base: full,
        holds: Said(as_is),
        breaks: By(|matter| deny(matter, Statement::AccurateClock)),
        opens: By(|matter| unsaid(matter, Statement::AccurateClock)),
        beside: Outcome::Never("it is asked of each time-stamp that is there"),
    },
    Case {
        rule: "MA-4320-QTS-SIGNED",
        words: "art. 24 : « être signé au moyen d'une signature électronique avancée ou cacheté au moyen d'un cachet \
                électronique avancé du prestataire de services de confiance agréé »",
        laws: New,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| matter.trust_list = Some(snapshot(false))),
        opens: By(no_snapshot),
        beside: Outcome::Never("it is asked of each time-stamp that is there"),
    },
];
