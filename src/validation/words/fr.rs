//! French, in the terms of laws 53-05 and 43-20.

use super::{Explanation, Step, Words};
use crate::ades::{Level, TimestampKind};
use crate::validation::SubIndication;

pub(super) const WORDS: Words = Words {
    title: "Rapport de validation de signatures électroniques",
    conclusion: "Conclusion",
    passed: "Validation réussie",
    indeterminate: "Validation indéterminée",
    failed: "Échec de la validation",
    passed_means: "Chaque signature du document est valide selon la politique de validation et à la date indiquées ci-dessous.",
    indeterminate_means: "Les éléments disponibles ne permettent de dire ni que chaque signature est valide, ni que l’une d’elles ne l’est pas. Ceci ne vaut pas acceptation.",
    failed_means: "Une signature du document au moins n’est pas valide.",
    no_signature: "Aucune signature n’a été trouvée dans le document. Ceci ne vaut pas acceptation.",
    evidence_title: "Rapport de validation d’un enregistrement de preuves",
    evidence_passed_means: "Les documents fournis existaient, tels qu’ils sont, à la date indiquée ci-dessous, selon la politique de validation.",
    evidence_indeterminate_means: "Les éléments disponibles ne permettent de dire ni depuis quand les documents existent, ni que l’enregistrement n’est pas le leur. Ceci ne vaut pas acceptation.",
    evidence_failed_means: "L’enregistrement n’est pas celui des documents fournis, ou l’un de ses éléments n’est pas valide.",
    evidence_particulars: "Détails de l’enregistrement",
    existed_since: "Les documents existaient le",
    existence_not_proven: "Non prouvé",
    trees: "Arbres de hachage et liens",
    trees_hold: "Ils mènent des documents à chaque horodatage",
    trees_differ: "Ils ne mènent PAS des documents à chaque horodatage",
    tokens: "Signatures des horodatages",
    tokens_hold: "Chacune est valide",
    tokens_differ: "L’une au moins n’est PAS valide",
    archive_time_stamps: "Nombre d’horodatages d’archivage",
    findings_of_record: "Constatations techniques sur l’enregistrement",
    validated_as_of: "Validation à la date du",
    policy: "Politique de validation",
    policy_digest: "Empreinte de la politique",
    count: "Nombre de signatures",
    signature: "Signature",
    result: "Résultat",
    means: "Ce que cela signifie",
    remedy: "Ce qui peut être fait",
    validation: "Détails de la validation",
    particulars: "Détails de la signature",
    format: "Format",
    level_label: "Niveau",
    counter_signs: "Contresigne la signature",
    signer: "Signataire désigné par le certificat",
    signer_unknown: "Inconnu, le certificat n’est pas disponible",
    issuer: "Certificat délivré par",
    serial: "Numéro de série du certificat",
    certificate_digest: "SHA-256 du certificat",
    algorithm: "Algorithme de signature",
    content: "Contenu signé",
    content_holds: "C’est le contenu qui a été signé",
    content_differs: "Ce n’est PAS le contenu qui a été signé",
    signature_value: "Valeur de la signature",
    value_holds: "Elle correspond à ce qui a été signé",
    value_differs: "Elle ne correspond PAS à ce qui a été signé",
    not_checked: "N’a pas pu être vérifié",
    claimed_time: "Date déclarée par le signataire",
    proven_time: "Existait au plus tard le",
    not_proven: "Non prouvé par un horodatage valide",
    holds_until: "Valide avec les éléments actuels jusqu’au",
    holds_without_end: "Rien de ce qui est disponible n’y met de terme",
    timestamps: "Horodatages électroniques",
    covers_label: "Porte sur",
    stated_time: "Date indiquée",
    authority: "Autorité d’horodatage",
    authority_unknown: "Une autorité inconnue",
    imprint: "Empreinte",
    imprint_holds: "De ces données",
    imprint_differs: "D’AUTRES données",
    findings: "Constatations techniques",
    findings_of_timestamp: "Constatations techniques sur l’horodatage",
    findings_language: "Les messages ci-dessous sont en anglais.",
    severity: "Portée",
    fail: "Déterminant",
    warn: "Avertissement",
    info: "Pour information",
    step_label: "Étape et clause",
    message: "Message",
    about: "À propos de ce rapport",
    about_policy: "Ce rapport a été calculé par un logiciel à partir du document, des ancres de confiance et des éléments de preuve qui lui ont été fournis. Il suit une politique de validation propre à la bibliothèque logicielle ou à son exploitant, qui n’est pas une règle de droit\u{a0}:",
    about_terms: "Comme les normes, il appelle «\u{a0}signature\u{a0}» aussi bien la signature électronique d’une personne physique que le cachet électronique d’une personne morale, sans décider de laquelle il s’agit.",
    about_law: "Il ne constitue pas un conseil juridique, ne se prononce pas sur l’effet juridique d’une signature et n’est pas une validation qualifiée au sens de la loi marocaine n° 43-20 relative aux services de confiance pour les transactions électroniques.",
    about_standard: "Les indications et les clauses sont celles de la norme ETSI EN 319 102-1. Les dates et heures sont en temps universel coordonné (UTC).",
    explain,
    level,
    covers,
    step,
};

fn explain(sub: SubIndication) -> Explanation {
    let (means, remedy) = match sub {
        SubIndication::FormatFailure => (
            "La signature ne respecte pas le format dans lequel elle devrait être écrite.",
            "Demander à l’expéditeur une autre copie, intacte. Si toutes les copies sont ainsi, faire signer le document à nouveau.",
        ),
        SubIndication::HashFailure => (
            "Le contenu n’est pas celui qui a été signé, soit qu’il ait été modifié après la signature, soit qu’il s’agisse d’un autre fichier.",
            "Valider avec le fichier d’origine, inchangé jusqu’au dernier octet. À défaut, faire signer le contenu à nouveau.",
        ),
        SubIndication::SigCryptoFailure => (
            "La valeur de la signature ne correspond pas à ces données et à la clé de ce certificat\u{a0}; un élément a été altéré, ou une autre clé a signé.",
            "Demander une autre copie du document signé et le certificat du signataire. Si le constat demeure, ne pas se fier à la signature.",
        ),
        SubIndication::Revoked => (
            "Le certificat du signataire était révoqué lorsque la signature a été créée.",
            "Rien ne répare cette signature. En demander une nouvelle, fondée sur un certificat en cours de validité.",
        ),
        SubIndication::Expired => (
            "Le certificat du signataire avait expiré lorsque la signature a été créée.",
            "Rien ne répare cette signature. En demander une nouvelle, fondée sur un certificat en cours de validité.",
        ),
        SubIndication::NotYetValid => (
            "La signature existait avant que le certificat du signataire ne soit valide.",
            "Rien ne répare cette signature. En demander une nouvelle, fondée sur un certificat en cours de validité.",
        ),
        SubIndication::SigConstraintsFailure => (
            "La signature, un horodatage qui porte sur elle ou le nombre de signataires ne satisfait pas à une exigence de la politique de validation.",
            "Les constatations techniques nomment l’exigence. Fournir ce qui manque, ou décider si une politique qui ne l’exige pas peut être appliquée.",
        ),
        SubIndication::ChainConstraintsFailure => (
            "Un certificat ne satisfait pas à une exigence quant à l’usage auquel il est destiné ou à la politique selon laquelle il a été délivré.",
            "Les constatations techniques nomment le certificat. Demander une signature fondée sur un certificat destiné à la signature de documents.",
        ),
        SubIndication::CertificateChainGeneralFailure => (
            "Les certificats qui relient le signataire à une ancre de confiance ne forment pas une chaîne valide.",
            "Fournir les certificats intermédiaires exacts. Les constatations techniques nomment le certificat en cause.",
        ),
        SubIndication::CryptoConstraintsFailure => (
            "Un algorithme ou la taille d’une clé était déjà trop faible lors de son utilisation.",
            "Rien ne répare cette signature. Faire signer le document à nouveau avec un algorithme fiable aujourd’hui.",
        ),
        SubIndication::PolicyProcessingError => (
            "La politique selon laquelle la signature doit être validée n’a pas pu être traitée.",
            "Fournir la politique sous une forme que cette version comprend, ou valider selon une autre.",
        ),
        SubIndication::SignaturePolicyNotAvailable => (
            "La politique de signature à laquelle le signataire se réfère n’est pas disponible.",
            "Obtenir cette politique du signataire ou de celui qui la publie, et valider à nouveau.",
        ),
        SubIndication::TimestampOrderFailure => (
            "Les horodatages se contredisent, ou l’un d’eux indique une date postérieure à celle de la validation.",
            "Vérifier la date de validation. Si elle est exacte, demander une copie dont les horodatages concordent.",
        ),
        SubIndication::NoSigningCertificateFound => (
            "Il n’est pas établi sur quel certificat la signature repose.",
            "Fournir le certificat du signataire, ou demander une signature qui le contient.",
        ),
        SubIndication::NoCertificateChainFound => (
            "Aucune chaîne ne mène du certificat du signataire à une ancre de confiance\u{a0}; rien ne dit de qui est la signature.",
            "Fournir les certificats intermédiaires manquants et désigner les ancres auxquelles il est fait confiance.",
        ),
        SubIndication::RevokedNoPoe => (
            "Le certificat du signataire a été révoqué, et rien ne prouve que la signature soit antérieure à cette révocation.",
            "Rechercher une copie dont l’horodatage est antérieur à la révocation. À défaut, demander une nouvelle signature.",
        ),
        SubIndication::RevokedCaNoPoe => (
            "Le certificat d’une autorité de certification a été révoqué, et rien ne prouve que la signature soit antérieure à cette révocation.",
            "Rechercher une copie dont l’horodatage est antérieur à la révocation. À défaut, demander une nouvelle signature.",
        ),
        SubIndication::OutOfBoundsNotRevoked => (
            "Le certificat du signataire a expiré sans avoir été révoqué, et rien ne prouve que la signature soit antérieure à cette expiration.",
            "Rechercher une copie dont l’horodatage date du temps où le certificat était valide. À défaut, demander une nouvelle signature.",
        ),
        SubIndication::OutOfBoundsNoPoe => (
            "La date de validation est hors de la période de validité du certificat, et rien ne prouve que la signature ait été créée pendant celle-ci.",
            "Rechercher une copie dont l’horodatage date du temps où le certificat était valide. À défaut, demander une nouvelle signature.",
        ),
        SubIndication::RevocationOutOfBoundsNoPoe => (
            "Le certificat de l’émetteur des informations de révocation n’est pas valide à la date de validation, et rien ne prouve que ces informations soient plus anciennes.",
            "Recueillir des informations de révocation récentes, ou fournir un horodatage du temps où ce certificat était valide.",
        ),
        SubIndication::CryptoConstraintsFailureNoPoe => (
            "Un algorithme ou la taille d’une clé n’est pas, ou n’est plus, fiable selon la politique, et rien ne prouve une utilisation antérieure.",
            "Rechercher une copie dont l’horodatage date du temps où l’algorithme était fiable. À défaut, faire signer le document à nouveau.",
        ),
        SubIndication::NoPoe => (
            "Rien ne prouve que la signature existait à la date considérée.",
            "Rechercher une copie dont l’horodatage est de cette date ou d’une date antérieure.",
        ),
        SubIndication::TryLater => (
            "On ignore si un certificat a été révoqué\u{a0}; l’information manque ou est trop ancienne, mais peut être obtenue.",
            "Recueillir les informations de révocation (CRL ou OCSP) que nomment les constatations techniques, et valider à nouveau, plus tard au besoin.",
        ),
        SubIndication::SignedDataNotFound => (
            "Le contenu signé n’est pas disponible et n’a donc pas pu être comparé.",
            "Fournir le fichier signé avec la signature, et valider à nouveau.",
        ),
    };
    Explanation { means, remedy }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::None => "En deçà du niveau de base, rien de signé n’indique de quel certificat il s’agit",
        Level::BB => "Signature de base",
        Level::BT => "Signature avec horodatage électronique",
        Level::BLt => "Signature avec les éléments de sa validation à long terme",
        Level::BLta => "Signature avec ses éléments de long terme, protégés par des horodatages d’archivage",
    }
}

fn covers(kind: TimestampKind) -> &'static str {
    match kind {
        TimestampKind::Content => "Le contenu, avant sa signature",
        TimestampKind::Signature => "La signature",
        TimestampKind::Refs => "Les références aux certificats et aux informations de révocation",
        TimestampKind::Archive => "La signature et tout ce qui sert à la valider",
        TimestampKind::Document => "Un document",
        TimestampKind::Evidence => "Les documents d’un enregistrement de preuves",
    }
}

fn step(step: Step) -> &'static str {
    match step {
        Step::Format => "Contrôle du format",
        Step::SigningCertificate => "Identification du certificat de signature",
        Step::RevocationFreshness => "Fraîcheur des informations de révocation",
        Step::CertificateValidation => "Validation des certificats",
        Step::CryptographicVerification => "Vérification cryptographique",
        Step::SignatureAcceptance => "Acceptation de la signature par la politique",
        Step::BasicSignature => "Validation de la signature de base",
        Step::TimeStamp => "Validation de l’horodatage",
        Step::SignatureWithTime => "Validation de la signature avec date",
        Step::PastCertificateValidation => "Validation des certificats dans le passé",
        Step::ValidationTimeSliding => "Recul de la date de validation",
        Step::ProofsOfExistence => "Extraction des preuves d’existence",
        Step::PastSignatureValidation => "Validation de la signature dans le passé",
        Step::LongTerm => "Validation à long terme",
    }
}
