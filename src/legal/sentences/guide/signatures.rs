//! Signatures, seals and time-stamps up to the advanced level; law 53-05; providers.

use super::{Guide, guides, say};

pub(super) const GUIDES: &[Guide] = guides! {
    "MA-4320-SES":
        "The signature identifies the person, is linked to the act, and expresses consent",
        "La signature identifie la personne, est liée à l’acte et exprime le consentement",
        "يحدد التوقيع هوية الشخص ويرتبط بالمحرر ويعبّر عن الرضا"
        => say!(
            "Complete what is missing of the identification, of the link or of the consent.",
            "Compléter ce qui manque à l’identification, au lien ou au consentement.",
            "أتمّوا ما ينقص من تحديد الهوية أو الارتباط أو الرضا.",
        );
    "MA-4320-AES-1":
        "The signature is proper to the signatory",
        "La signature est propre au signataire",
        "التوقيع خاص بالموقّع"
        => PROPER;
    "MA-4320-AES-2":
        "The signature allows the signatory to be identified",
        "La signature permet d’identifier le signataire",
        "يمكّن التوقيع من تحديد هوية الموقّع"
        => VALIDATE;
    "MA-4320-AES-3":
        "The signatory alone controls what he signs with, with a high level of confidence",
        "Le signataire a le contrôle exclusif de ce qui lui sert à signer, avec un niveau de confiance élevé",
        "يستعمل الموقّع معطيات الإنشاء تحت مراقبته الحصرية، بمستوى ثقة عال"
        => CONTROL;
    "MA-4320-AES-4":
        "The signature rests on an electronic certificate, or on a process held equivalent",
        "La signature repose sur un certificat électronique, ou sur un procédé jugé équivalent",
        "يقوم التوقيع على شهادة إلكترونية، أو على طريقة تُعتبر معادلة لها"
        => VALIDATE;
    "MA-4320-AES-5":
        "Any later change of the data can be detected",
        "Toute modification ultérieure des données est détectable",
        "كل تغيير لاحق للمعطيات قابل للكشف"
        => INTACT;
    "MA-4320-FOREIGN":
        "A provider abroad counts as qualified only under an agreement with Morocco",
        "Un prestataire étranger ne compte comme qualifié qu’en vertu d’un accord avec le Maroc",
        "لا يُعتد بمقدم خدمات أجنبي كمؤهل إلا بموجب اتفاق مع المغرب"
        => say!(
            "Attest the agreement that recognises the provider, or use a provider on the national list.",
            "Attester l’accord qui reconnaît le prestataire, ou recourir à un prestataire de la liste nationale.",
            "أشهدوا بالاتفاق الذي يعترف بمقدم الخدمات، أو استعينوا بمقدم خدمات مدرج في اللائحة الوطنية.",
        );
    "MA-4320-LEGACY":
        "A secured certificate of law 53-05 counts as a qualified one until it expires",
        "Un certificat sécurisé de la loi 53-05 est considéré comme qualifié jusqu’à son expiration",
        "تُعتبر الشهادة المؤمنة للقانون 53.05 مؤهلة إلى حين انتهاء صلاحيتها"
        => say!(
            "Attest that the certificate was issued as a secured one, and prove the signature by a time-stamp before it expired.",
            "Attester que le certificat a été délivré à titre de certificat sécurisé, et prouver par un horodatage la signature avant son expiration.",
            "أشهدوا بأن الشهادة صدرت بصفتها مؤمنة، وأثبتوا بختم زمني وجود التوقيع قبل انتهاء صلاحيتها.",
        );
    "MA-4320-ART44":
        "Nobody signs with an expired or revoked certificate",
        "Nul ne signe avec un certificat expiré ou révoqué",
        "لا يُوقَّع بشهادة منتهية الصلاحية أو ملغاة"
        => say!(
            "Sign with another certificate and a new key; give the revocation information where it is missing.",
            "Signer avec un autre certificat et une nouvelle clé\u{a0}; fournir l’information de révocation si elle manque.",
            "وقّعوا بشهادة أخرى ومفتاح جديد؛ وقدّموا معلومات الإلغاء إن كانت ناقصة.",
        );
    "MA-4320-ART41":
        "What is done with the holder's own device is deemed his act",
        "L’utilisation du dispositif propre au titulaire est réputée son fait",
        "يُعتبر استعمال آلية صاحب الشهادة من فعله"
        => DEVICE;
    "MA-4320-SEAL-A":
        "An advanced seal is linked to its creator, identifies it and is under its control",
        "Un cachet avancé est lié à son créateur, l’identifie et reste sous son contrôle",
        "يرتبط الخاتم الإلكتروني المتقدم بمنشئه ويحدد هويته ويبقى تحت مراقبته"
        => say!(
            "Give what validates the seal, and attest that its creator controls the key.",
            "Fournir de quoi valider le cachet, et attester que son créateur contrôle la clé.",
            "قدّموا ما يلزم للتحقق من الخاتم، وأشهدوا بأن منشئه يراقب المفتاح.",
        );
    "MA-4320-SEAL-Q":
        "A qualified seal rests on a qualified device and a qualified certificate",
        "Un cachet qualifié repose sur un dispositif qualifié et un certificat qualifié",
        "يقوم الخاتم الإلكتروني المؤهل على آلية مؤهلة وشهادة مؤهلة"
        => QUALIFIED_MEANS;
    "MA-4320-TS-SIMPLE":
        "The time-stamp proves that the data existed at a time",
        "L’horodatage prouve que les données existaient à une date",
        "يثبت الختم الزمني وجود المعطيات في وقت معين"
        => STAMP;
    "MA-4320-QTS-BIND":
        "The time-stamp binds date and data so that no change goes unseen",
        "L’horodatage lie la date aux données sans modification indétectable possible",
        "يربط الختم الزمني التاريخ بالمعطيات بما يمنع أي تغيير غير قابل للكشف"
        => STAMP;
    "MA-4320-QTS-UTC":
        "The time-stamp rests on an accurate clock linked to UTC",
        "L’horodatage repose sur une horloge exacte liée au temps universel coordonné",
        "يقوم الختم الزمني على ساعة دقيقة مرتبطة بالتوقيت العالمي المنسق"
        => say!(
            "Have the authority's clock attested, from its policy or its audit.",
            "Faire attester l’horloge de l’autorité, d’après sa politique ou son audit.",
            "اطلبوا الإشهاد بساعة جهة الختم الزمني، استناداً إلى سياستها أو تدقيقها.",
        );
    "MA-4320-QTS-SIGNED":
        "A qualified time-stamp bears the signature or seal of a provider on the national list",
        "Un horodatage électronique qualifié porte la signature ou le cachet d’un prestataire de la liste nationale",
        "يحمل الختم الزمني المؤهل توقيع أو خاتم مقدم خدمات مدرج في اللائحة الوطنية"
        => say!(
            "Give a snapshot of the national list, and have it stamped by an authority that is on it.",
            "Fournir un relevé de la liste nationale, et faire horodater par une autorité qui y figure.",
            "قدّموا نسخة من اللائحة الوطنية، واحصلوا على ختم زمني من جهة مدرجة فيها.",
        );
    "MA-5305-SEC-1":
        "The signature is proper to the signatory (secured signature)",
        "La signature est propre au signataire (signature sécurisée)",
        "التوقيع خاص بالموقّع (التوقيع المؤمن)"
        => PROPER;
    "MA-5305-SEC-2":
        "The signatory can keep the means of signing under his exclusive control (secured signature)",
        "Le signataire peut garder les moyens de signer sous son contrôle exclusif (signature sécurisée)",
        "يمكن للموقّع الاحتفاظ بوسائل التوقيع تحت مراقبته الحصرية (التوقيع المؤمن)"
        => CONTROL;
    "MA-5305-SEC-3":
        "Any later change of the act can be detected (secured signature)",
        "Toute modification ultérieure de l’acte est détectable (signature sécurisée)",
        "كل تغيير لاحق للمحرر قابل للكشف (التوقيع المؤمن)"
        => INTACT;
    "MA-5305-SEC-4":
        "The signature is made by a device with a certificate of conformity (secured signature)",
        "La signature est produite par un dispositif attesté par un certificat de conformité (signature sécurisée)",
        "أُنشئ التوقيع بآلية حاصلة على شهادة المطابقة (التوقيع المؤمن)"
        => DEVICE;
    "MA-5305-SEC-5":
        "The verification data are in a secured certificate (secured signature)",
        "Les données de vérification sont dans un certificat sécurisé (signature sécurisée)",
        "معطيات التحقق مبيّنة في شهادة مؤمنة (التوقيع المؤمن)"
        => SECURED;
    "MA-5305-CERT":
        "A secured certificate carries the data that the law lists",
        "Un certificat sécurisé comporte les données que la loi énumère",
        "تتضمن الشهادة المؤمنة المعطيات التي يعددها القانون"
        => SECURED;
    "MA-5305-LIMIT":
        "The amount is within the limit that the certificate states",
        "Le montant reste dans le plafond que le certificat énonce",
        "لا يتجاوز المبلغ السقف الذي تبيّنه الشهادة"
        => say!(
            "Sign with a certificate of a higher limit, or tell the amount in the currency of the limit.",
            "Signer avec un certificat au plafond plus élevé, ou indiquer le montant dans la monnaie du plafond.",
            "وقّعوا بشهادة ذات سقف أعلى، أو بيّنوا المبلغ بعملة السقف.",
        );
    "MA-4320-ERDS-Q":
        "A qualified registered delivery meets its conditions, by an approved provider",
        "Un envoi recommandé électronique qualifié remplit ses conditions, par un prestataire agréé",
        "تستوفي خدمة الإرسال الإلكتروني المضمون المؤهلة شروطها، لدى مقدم خدمات معتمد"
        => say!(
            "Give the proofs of deposit and receipt, and the decision of approval, or do not call the delivery qualified.",
            "Fournir les preuves de dépôt et de réception et la décision d’agrément, ou ne pas dire l’envoi qualifié.",
            "قدّموا حجتي الإيداع والتسلم ومقرر الاعتماد، أو لا تصفوا الإرسال بالمؤهل.",
        );
    "MA-4320-ERDS-KEEP":
        "Proofs of registered delivery are kept for a year at least",
        "Les preuves d’envoi recommandé sont conservées un an au moins",
        "تُحفظ حجج الإرسال المضمون سنة على الأقل"
        => KEEP_YEARS;
    "MA-4320-ART35":
        "Whoever offers trust services to others must declare beforehand",
        "Quiconque offre des services de confiance à autrui doit se déclarer au préalable",
        "كل من يعرض خدمات الثقة على الغير يجب أن يصرّح مسبقاً"
        => say!(
            "Declare the activity to the national authority, and attest the receipt.",
            "Déclarer l’activité à l’autorité nationale, et attester le récépissé.",
            "صرّحوا بالنشاط لدى السلطة الوطنية، وأشهدوا بالوصل.",
        );
    "MA-4320-ART32":
        "A qualified service must be offered by an approved provider alone",
        "Un service qualifié ne doit être offert que par un prestataire agréé",
        "يجب ألا يعرض خدمة مؤهلة إلا مقدم خدمات معتمد"
        => say!(
            "Attest the decision of approval, or do not call the service qualified.",
            "Attester la décision d’agrément, ou ne pas dire le service qualifié.",
            "أشهدوا بمقرر الاعتماد، أو لا تصفوا الخدمة بالمؤهلة.",
        );
    "MA-2687-KEEP7":
        "A provider keeps the data of its services for seven years at least",
        "Un prestataire conserve les données de ses services sept ans au moins",
        "يحتفظ مقدم الخدمات بمعطيات خدماته سبع سنوات على الأقل"
        => KEEP_YEARS;
    "MA-4320-ART40":
        "A provider must notify breaches at once",
        "Un prestataire doit notifier sans délai les atteintes à la sécurité",
        "يجب على مقدم الخدمات أن يبلّغ فوراً بكل مساس بالأمن"
        => say!(
            "Set up the notification to the authority and to whoever is harmed, and attest it.",
            "Organiser la notification à l’autorité et aux personnes lésées, et l’attester.",
            "نظّموا التبليغ إلى السلطة وإلى المتضررين، وأشهدوا به.",
        );
    "MA-4320-PRESERVE":
        "A qualified preservation extends trust in time, by an approved provider",
        "Une conservation qualifiée prolonge la fiabilité dans le temps, par un prestataire agréé",
        "يمدد الحفظ المؤهل الموثوقية مع الزمن، لدى مقدم خدمات معتمد"
        => say!(
            "Renew the time-stamps of the archive in time, and do not call it a qualified preservation without an approval.",
            "Renouveler à temps les horodatages de l’archive, et ne pas la dire conservation qualifiée sans agrément.",
            "جدّدوا الأختام الزمنية للأرشيف في الوقت المناسب، ولا تصفوه بالحفظ المؤهل دون اعتماد.",
        );
    "MA-4320-CRYPTO":
        "Means of cryptology are declared, authorised or exempt before they are supplied",
        "Les moyens de cryptologie sont déclarés, autorisés ou exemptés avant d’être fournis",
        "وسائل التشفير موضوع تصريح أو ترخيص أو إعفاء قبل توريدها"
        => say!(
            "Declare the library or obtain the authorisation, or attest the exemption relied on.",
            "Déclarer la bibliothèque ou obtenir l’autorisation, ou attester l’exemption invoquée.",
            "صرّحوا بالمكتبة أو احصلوا على الترخيص، أو أشهدوا بالإعفاء المتمسك به.",
        );
};

const PROPER: super::Sentence = say!(
    "Use a certificate of one natural person, or attest that the key is the signatory's alone.",
    "Utiliser le certificat d’une seule personne physique, ou attester que la clé est propre au signataire.",
    "استعملوا شهادة لشخص ذاتي واحد، أو أشهدوا بأن المفتاح خاص بالموقّع وحده.",
);

const CONTROL: super::Sentence = say!(
    "Have whoever knows how the key is kept attest that the signatory alone controls it.",
    "Faire attester par qui sait comment la clé est gardée que le signataire en a le contrôle exclusif.",
    "اطلبوا ممن يعلم كيف يُحفظ المفتاح أن يشهد بأنه تحت المراقبة الحصرية للموقّع.",
);

const VALIDATE: super::Sentence = say!(
    "Give the certificates, the trust anchors and the revocation information that validation asks for.",
    "Fournir les certificats, les ancres de confiance et l’information de révocation que demande la validation.",
    "قدّموا الشهادات ومراسي الثقة ومعلومات الإلغاء التي يستلزمها التحقق.",
);

const INTACT: super::Sentence = say!(
    "Find the data as they were signed, or have them signed again by a strong algorithm.",
    "Retrouver les données telles qu’elles ont été signées, ou les faire signer de nouveau avec un algorithme sûr.",
    "ابحثوا عن المعطيات كما وُقّعت، أو أعيدوا توقيعها بخوارزمية آمنة.",
);

pub(super) const DEVICE: super::Sentence = say!(
    "Have the device and its certificate of conformity attested.",
    "Faire attester le dispositif et son certificat de conformité.",
    "اطلبوا الإشهاد بالآلية وبشهادة مطابقتها.",
);

const STAMP: super::Sentence = say!(
    "Give what validates the time-stamp; one that fails validation is to be made again.",
    "Fournir de quoi valider l’horodatage\u{a0}; celui dont la validation échoue est à refaire.",
    "قدّموا ما يلزم للتحقق من الختم الزمني؛ وما فشل التحقق منه يُعاد.",
);

const SECURED: super::Sentence = say!(
    "Have it attested that the certificate was issued as a secured one, and prove by a time-stamp when it was used.",
    "Faire attester que le certificat a été délivré à titre de certificat sécurisé, et prouver par un horodatage quand il a servi.",
    "اطلبوا الإشهاد بأن الشهادة صدرت بصفتها مؤمنة، وأثبتوا بختم زمني متى استُعملت.",
);

const KEEP_YEARS: super::Sentence = say!(
    "Keep them for as long as is named here, and tell for how long that is.",
    "Les conserver aussi longtemps qu’indiqué ici, et dire combien de temps elles le sont.",
    "احتفظوا بها المدة المبيّنة هنا، وبيّنوا مدة الحفظ.",
);

pub(super) const QUALIFIED_MEANS: super::Sentence = say!(
    "Use a qualified certificate of a provider on the national list, with a qualified device; give the list and attest the device.",
    "Utiliser un certificat qualifié d’un prestataire de la liste nationale, avec un dispositif qualifié\u{a0}; fournir la liste et attester le dispositif.",
    "استعملوا شهادة مؤهلة لمقدم خدمات مدرج في اللائحة الوطنية، مع آلية مؤهلة؛ وقدّموا اللائحة وأشهدوا بالآلية.",
);
