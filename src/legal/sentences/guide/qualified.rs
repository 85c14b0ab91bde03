//! The qualified signature and its certificate.

use super::signatures::{DEVICE, QUALIFIED_MEANS};
use super::{Guide, guides, say};

pub(super) const GUIDES: &[Guide] = guides! {
    "MA-4320-QES-CERT-AT-SIGN":
        "At signing, the certificate was a valid qualified one, of a provider on the national list",
        "Lors de la signature, le certificat était qualifié, valide et délivré par un prestataire de la liste nationale",
        "عند التوقيع، كانت الشهادة مؤهلة وسارية الصلاحية وصادرة عن مقدم خدمات مدرج في اللائحة الوطنية"
        => say!(
            "Give a snapshot of the national list, and a time-stamp from the time when the certificate was valid.",
            "Fournir un relevé de la liste nationale, et un horodatage du temps où le certificat était valide.",
            "قدّموا نسخة من اللائحة الوطنية، وختماً زمنياً يعود إلى مدة صلاحية الشهادة.",
        );
    "MA-4320-QES-VALDATA":
        "The validation data are those given to whoever relies on the signature",
        "Les données de validation correspondent à celles communiquées à la partie utilisatrice",
        "تطابق معطيات التحقق ما قُدّم إلى الطرف المعوّل على التوقيع"
        => GIVE_CERTIFICATE;
    "MA-4320-QES-IDDATA":
        "Whoever relies on the signature is told who signed",
        "La partie utilisatrice est correctement informée de l’identité du signataire",
        "يُقدَّم إلى الطرف المعوّل على التوقيع ما يمثل الموقّع تقديماً صحيحاً"
        => GIVE_CERTIFICATE;
    "MA-4320-QES-PSEUDO":
        "A pseudonym is shown to be one",
        "L’utilisation d’un pseudonyme est clairement indiquée",
        "يُبيَّن بوضوح استعمال اسم مستعار"
        => GIVE_CERTIFICATE;
    "MA-4320-QES-QSCD":
        "The signature was made by a qualified device",
        "La signature a été créée par un dispositif qualifié",
        "أُنشئ التوقيع بآلية مؤهلة"
        => DEVICE;
    "MA-4320-QES-ART5":
        "At signing, the conditions of an advanced signature were met",
        "Lors de la signature, les conditions de la signature avancée étaient remplies",
        "عند التوقيع، كانت شروط التوقيع الإلكتروني المتقدم مستوفاة"
        => say!(
            "Complete what is missing of the conditions of art. 5, each of which has a line of its own.",
            "Compléter ce qui manque aux conditions de l’article 5, dont chacune a sa propre ligne.",
            "أتمّوا ما ينقص من شروط المادة 5، ولكل منها سطر خاص به.",
        );
    "MA-4320-QES-INTEGRITY":
        "The signed data are intact",
        "L’intégrité des données signées n’est pas compromise",
        "لم تُمسّ سلامة المعطيات الموقَّعة"
        => say!(
            "Find the data as they were signed, unchanged to the last octet.",
            "Retrouver les données telles qu’elles ont été signées, inchangées jusqu’au dernier octet.",
            "ابحثوا عن المعطيات كما وُقّعت دون أي تغيير.",
        );
    "MA-4320-QES-REPORT":
        "The result of the validation is right, and shows any security problem",
        "Le résultat de la validation est exact et permet de détecter tout problème de sécurité",
        "نتيجة التحقق صحيحة وتمكّن من كشف كل مشكل أمني"
        => say!(
            "Give the report of the validation with its policy.",
            "Fournir le rapport de la validation avec sa politique.",
            "قدّموا تقرير التحقق مع سياسته.",
        );
    "MA-2687-QC-SERIAL":
        "The qualified certificate carries its identity code",
        "Le certificat qualifié comporte son code d’identité",
        "تتضمن الشهادة المؤهلة رمز هويتها"
        => QUALIFIED_MEANS;
    "MA-2687-QC-ISSUER":
        "The qualified certificate carries its provider, the State of its seat and its registration number",
        "Le certificat qualifié comporte son prestataire, l’État de son siège et son immatriculation",
        "تتضمن الشهادة المؤهلة اسم مقدم الخدمات ودولة مقره ورقم تسجيله"
        => say!(
            "Use a certificate that carries these data; attest the registration number where the certificate has no field for it.",
            "Utiliser un certificat qui comporte ces données\u{a0}; attester l’immatriculation si le certificat n’a pas de champ pour elle.",
            "استعملوا شهادة تتضمن هذه المعطيات؛ وأشهدوا برقم التسجيل إن لم تكن له خانة في الشهادة.",
        );
    "MA-2687-QC-VALIDITY":
        "The qualified certificate carries the start and end of its validity",
        "Le certificat qualifié comporte le début et la fin de sa validité",
        "تتضمن الشهادة المؤهلة بداية صلاحيتها ونهايتها"
        => QUALIFIED_MEANS;
    "MA-2687-QC-NAME":
        "The qualified certificate carries its holder's name, or a pseudonym shown to be one",
        "Le certificat qualifié comporte le nom de son titulaire, ou un pseudonyme identifié comme tel",
        "تتضمن الشهادة المؤهلة اسم صاحبها، أو اسماً مستعاراً مبيَّناً بهذه الصفة"
        => QUALIFIED_MEANS;
    "MA-2687-QC-KEY":
        "The qualified certificate carries the data that verify the signature",
        "Le certificat qualifié comporte les données de vérification de la signature",
        "تتضمن الشهادة المؤهلة معطيات التحقق من التوقيع"
        => QUALIFIED_MEANS;
    "MA-2687-QC-STATUSLOC":
        "The qualified certificate says where its status is to be asked",
        "Le certificat qualifié indique où demander son statut",
        "تبيّن الشهادة المؤهلة أين يُسأل عن حالتها"
        => QUALIFIED_MEANS;
    "MA-2687-QC-ISSUERCERT":
        "The qualified certificate says where its provider's certificate is to be had",
        "Le certificat qualifié indique où obtenir le certificat de son prestataire",
        "تبيّن الشهادة المؤهلة أين يمكن الحصول على شهادة مقدم الخدمات"
        => QUALIFIED_MEANS;
    "MA-2687-QC-QCMENTION":
        "The certificate mentions, for machines to read, that it is a qualified one",
        "Le certificat mentionne, sous une forme adaptée au traitement automatisé, qu’il est qualifié",
        "تتضمن الشهادة بياناً قابلاً للمعالجة الآلية يفيد بأنها مؤهلة"
        => QUALIFIED_MEANS;
    "MA-2687-QC-QSCDMENTION":
        "The certificate mentions, for machines to read, that its key is in a qualified device",
        "Le certificat mentionne, sous une forme adaptée au traitement automatisé, que sa clé est dans un dispositif qualifié",
        "تتضمن الشهادة بياناً قابلاً للمعالجة الآلية يفيد بأن مفتاحها في آلية مؤهلة"
        => QUALIFIED_MEANS;
    "MA-2687-QC-PSIG":
        "The qualified certificate bears the signature or seal of its provider",
        "Le certificat qualifié porte la signature ou le cachet de son prestataire",
        "تحمل الشهادة المؤهلة توقيع مقدم الخدمات أو خاتمه"
        => say!(
            "Give the certificates up to the trust anchor.",
            "Fournir les certificats jusqu’à l’ancre de confiance.",
            "قدّموا الشهادات إلى مرساة الثقة.",
        );
};

const GIVE_CERTIFICATE: super::Sentence = say!(
    "Give the signatory's certificate with the signature.",
    "Fournir le certificat du signataire avec la signature.",
    "قدّموا شهادة الموقّع مع التوقيع.",
);
