//! Duties of whoever provides trust services; retention; the library's own words.

use super::{Sentence, sentences};

pub(super) const SENTENCES: &[Sentence] = sentences! {
    "nobody claims a qualified registered delivery",
    "personne ne prétend à un envoi recommandé électronique qualifié",
    "لا أحد يدّعي خدمة إرسال إلكتروني مضمون مؤهلة";

    "the proofs of deposit and receipt of decree 2-22-687 art. 6-7",
    "les preuves de dépôt et de réception des articles 6 et 7 du décret 2-22-687",
    "حجتا الإيداع والتسلم المنصوص عليهما في المادتين 6 و7 من المرسوم 2.22.687";

    "the decision that approves the provider for registered delivery",
    "la décision d’agrément du prestataire pour l’envoi recommandé",
    "مقرر اعتماد مقدم الخدمات لخدمة الإرسال المضمون";

    "they are kept for {0} years",
    "durée de conservation, en années\u{a0}: {0}",
    "مدة الحفظ بالسنوات: {0}";

    "they are kept for {0} years, and at least {1} are due",
    "durée de conservation, en années\u{a0}: {0}\u{a0}; minimum exigé\u{a0}: {1}",
    "مدة الحفظ بالسنوات: {0}؛ والحد الأدنى المطلوب: {1}";

    "the operator does not deliver registered messages",
    "l’exploitant n’assure pas d’envois recommandés",
    "لا يقوم المستغل بإرسال مضمون";

    "whether the operator delivers registered messages",
    "si l’exploitant assure des envois recommandés",
    "هل يقوم المستغل بإرسال مضمون";

    "for how long the proofs of delivery are kept",
    "combien de temps les preuves d’envoi sont conservées",
    "كم تُحفظ حجج الإرسال";

    "the operator does not offer signatures, seals, time-stamps, validation or preservation to others",
    "l’exploitant n’offre à autrui ni signatures, ni cachets, ni horodatages, ni validation, ni conservation",
    "لا يعرض المستغل على الغير توقيعات ولا أختاماً ولا أختاماً زمنية ولا تحققاً ولا حفظاً";

    "whether the operator offers signatures, seals, time-stamps, validation or preservation to others",
    "si l’exploitant offre à autrui des signatures, des cachets, des horodatages, une validation ou une conservation",
    "هل يعرض المستغل على الغير توقيعات أو أختاماً أو أختاماً زمنية أو تحققاً أو حفظاً";

    "the receipt of the operator's declaration to the national authority",
    "le récépissé de la déclaration de l’exploitant auprès de l’autorité nationale",
    "وصل تصريح المستغل لدى السلطة الوطنية";

    "the operator does not offer a qualified service",
    "l’exploitant n’offre pas de service qualifié",
    "لا يعرض المستغل خدمة مؤهلة";

    "whether the operator offers a qualified service",
    "si l’exploitant offre un service qualifié",
    "هل يعرض المستغل خدمة مؤهلة";

    "the decision that approves the operator for the service",
    "la décision d’agrément de l’exploitant pour ce service",
    "مقرر اعتماد المستغل لهذه الخدمة";

    "for how long the data of the service are kept",
    "combien de temps les données du service sont conservées",
    "كم تُحفظ معطيات الخدمة";

    "that breaches are notified at once to the authority and to who is harmed",
    "établir que les atteintes sont notifiées sans délai à l’autorité et aux personnes lésées",
    "إثبات أن كل مساس بالأمن يُبلَّغ فوراً إلى السلطة وإلى المتضررين";

    "nobody claims a qualified preservation",
    "personne ne prétend à une conservation qualifiée",
    "لا أحد يدّعي حفظاً مؤهلاً";

    "the archive's time-stamps were renewed in time",
    "les horodatages de l’archive ont été renouvelés à temps",
    "جُدّدت الأختام الزمنية للأرشيف في الوقت المناسب";

    "the archive's time-stamps were not renewed in time",
    "les horodatages de l’archive n’ont pas été renouvelés à temps",
    "لم تُجدَّد الأختام الزمنية للأرشيف في الوقت المناسب";

    "whether the archive's time-stamps were renewed in time",
    "si les horodatages de l’archive ont été renouvelés à temps",
    "هل جُدّدت الأختام الزمنية للأرشيف في الوقت المناسب";

    "the decision that approves the provider for preservation",
    "la décision d’agrément du prestataire pour la conservation",
    "مقرر اعتماد مقدم الخدمات للحفظ";

    "the operator does not import, export or supply the library as a product",
    "l’exploitant n’importe, n’exporte ni ne fournit la bibliothèque comme produit",
    "لا يستورد المستغل المكتبة ولا يصدّرها ولا يورّدها كمنتوج";

    "whether the operator imports, exports or supplies the library as a product",
    "si l’exploitant importe, exporte ou fournit la bibliothèque comme produit",
    "هل يستورد المستغل المكتبة أو يصدّرها أو يورّدها كمنتوج";

    "a declaration or an authorisation, or the exemption relied on",
    "une déclaration ou une autorisation, ou l’exemption invoquée",
    "تصريح أو ترخيص، أو الإعفاء المتمسك به";

    "the end of the contract, or its performance, from which the years are counted",
    "la fin du contrat, ou son exécution, à partir de laquelle les années sont comptées",
    "نهاية العقد أو تنفيذه، وهو ما تُحسب منه السنوات";

    "kept until {0}, {1} years from {2} at least",
    "conservé jusqu’au {0}, soit au moins {1} ans à compter du {2}",
    "يُحفظ إلى غاية {0}، أي {1} سنة على الأقل ابتداء من {2}";

    "kept until {0}, and {1} years from {2} end on {3}",
    "conservé jusqu’au {0}, alors que {1} ans à compter du {2} prennent fin le {3}",
    "يُحفظ إلى غاية {0}، في حين تنتهي مدة {1} سنة ابتداء من {2} بتاريخ {3}";

    "the day until which it is kept; {0} years from {1} end on {2}",
    "le jour jusqu’auquel il est conservé\u{a0}; {0} ans à compter du {1} prennent fin le {2}",
    "اليوم الذي يُحفظ إليه؛ وتنتهي مدة {0} سنة ابتداء من {1} بتاريخ {2}";

    "whether a party is a merchant",
    "si une partie est commerçante",
    "هل أحد الأطراف تاجر";

    "no party is a merchant",
    "aucune partie n’est commerçante",
    "ليس أي من الأطراف تاجراً";

    "it is not an accounting document or a voucher",
    "ce n’est ni un document comptable ni une pièce justificative",
    "ليس وثيقة محاسبية ولا مستنداً إثباتياً";

    "whether it is an accounting document or a voucher",
    "si c’est un document comptable ou une pièce justificative",
    "هل هو وثيقة محاسبية أو مستند إثباتي";

    "no signature is refused here on the sole ground that its level is below the qualified one",
    "aucune signature n’est écartée ici au seul motif que son niveau est inférieur au niveau qualifié",
    "لا يُستبعد هنا أي توقيع لمجرد أن مستواه دون المستوى المؤهل";

    "nothing here makes believe that the library or its operator has an approval",
    "rien ici ne laisse croire que la bibliothèque ou son exploitant bénéficie d’un agrément",
    "لا شيء هنا يوهم بأن للمكتبة أو لمستغلها اعتماداً";

    "a notice of the library misleads: {0}",
    "une mention de la bibliothèque induit en erreur\u{a0}: {0}",
    "أحد تنبيهات المكتبة مضلل: {0}";

    "the assessment says of itself that it advises nobody; it decides nothing",
    "l’appréciation dit d’elle-même qu’elle ne conseille personne\u{a0}; elle ne décide de rien",
    "يصرّح التقييم عن نفسه بأنه لا يُسدي نصحاً لأحد؛ ولا يقرر شيئاً";

    "the sender cannot access them for a year",
    "l’expéditeur n’y a pas accès pendant un an",
    "لا يمكن للمرسل الولوج إليها لمدة سنة";

    "the sender can access them for a year",
    "l’expéditeur y a accès pendant un an",
    "يمكن للمرسل الولوج إليها لمدة سنة";

    "for how long the sender can access the proofs of delivery",
    "pendant combien de temps l’expéditeur a accès aux preuves d’envoi",
    "كم يمكن للمرسل الولوج إلى حجج الإرسال";

    "they can be handed to judicial authorities, and the relying party is told",
    "elles peuvent être remises aux autorités judiciaires, et la partie utilisatrice en est informée",
    "يمكن تسليمها إلى السلطات القضائية، ويُخبَر بذلك الطرف المعوّل عليها";

    "they cannot be handed to judicial authorities, or the relying party is not told",
    "elles ne peuvent pas être remises aux autorités judiciaires, ou la partie utilisatrice n’en est pas informée",
    "لا يمكن تسليمها إلى السلطات القضائية، أو لا يُخبَر بذلك الطرف المعوّل عليها";

    "whether they can be handed to judicial authorities, and the relying party is told",
    "si elles peuvent être remises aux autorités judiciaires, la partie utilisatrice en étant informée",
    "هل يمكن تسليمها إلى السلطات القضائية مع إخبار الطرف المعوّل عليها";
};
