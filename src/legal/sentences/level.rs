//! Levels, certificates, seals and time-stamps.

use super::{Sentence, sentences};

pub(super) const SENTENCES: &[Sentence] = sentences! {
    "a path from the certificate to a trust anchor, in which to look for the provider",
    "un chemin du certificat à une ancre de confiance, où chercher le prestataire",
    "سلسلة من الشهادة إلى مرساة ثقة يُبحث فيها عن مقدم الخدمة";

    "that the key is the signatory's alone",
    "établir que la clé est propre au signataire",
    "إثبات أن المفتاح خاص بالموقّع وحده";

    "the certificate is a legal person's",
    "le certificat est celui d’une personne morale",
    "الشهادة لشخص اعتباري";

    "the certificate {0} is of one natural person",
    "le certificat {0} est celui d’une seule personne physique",
    "الشهادة {0} لشخص ذاتي واحد";

    "the certificate has neither a name nor a pseudonym",
    "le certificat ne comporte ni nom ni pseudonyme",
    "لا تتضمن الشهادة اسماً ولا اسماً مستعاراً";

    "the certificate names the pseudonym {0}, and says that it is one",
    "le certificat comporte le pseudonyme {0}, identifié comme tel",
    "تتضمن الشهادة الاسم المستعار {0} وتبيّن أنه كذلك";

    "the certificate names {0}",
    "le certificat désigne {0}",
    "تسمّي الشهادة {0}";

    "that the signatory alone controls the key, with the high level of confidence that the national authority defines",
    "établir que le signataire a le contrôle exclusif de la clé, avec le niveau de confiance élevé défini par l’autorité nationale",
    "إثبات أن المفتاح تحت المراقبة الحصرية للموقّع، بمستوى الثقة العالي الذي تحدده السلطة الوطنية";

    "the process {0} is among those held equivalent to a certificate",
    "le procédé {0} est au nombre de ceux jugés équivalents à un certificat",
    "الطريقة {0} من بين الطرق المعتبرة معادلة لشهادة";

    "the process {0} is not among those held equivalent to a certificate",
    "le procédé {0} n’est pas au nombre de ceux jugés équivalents à un certificat",
    "الطريقة {0} ليست من بين الطرق المعتبرة معادلة لشهادة";

    "a certificate, or a process that an arrêté holds equivalent to one",
    "un certificat, ou un procédé jugé équivalent par arrêté",
    "شهادة، أو طريقة يعتبرها قرار معادلة لها";

    "a path leads from the certificate {0} to a trust anchor",
    "une chaîne mène du certificat {0} à une ancre de confiance",
    "تصل سلسلةٌ الشهادةَ {0} بمرساة ثقة";

    "the certificate does not carry the signature: {0}",
    "le certificat ne porte pas la signature\u{a0}: {0}",
    "لا تسند الشهادة التوقيع: {0}";

    "the signature does not hold over the data",
    "la signature ne correspond pas aux données",
    "لا يطابق التوقيع المعطيات";

    "whether the signature holds over the data",
    "si la signature correspond aux données",
    "هل يطابق التوقيع المعطيات";

    "an algorithm that the policy of the validation holds for strong enough",
    "un algorithme que la politique de validation tient pour assez sûr",
    "خوارزمية تعتبرها سياسة التحقق آمنة بما يكفي";

    "the signature holds over the data",
    "la signature correspond aux données",
    "يطابق التوقيع المعطيات";

    "there is no certificate",
    "il n’y a pas de certificat",
    "لا توجد شهادة";

    "the provider is established in Morocco",
    "le prestataire est établi au Maroc",
    "مقدم الخدمات مستقر بالمغرب";

    "an agreement with Morocco that recognises the provider, which is of {0}; none was found",
    "un accord avec le Maroc qui reconnaisse le prestataire, établi dans cet État\u{a0}: {0}\u{a0}; aucun n’a été trouvé",
    "اتفاق مع المغرب يعترف بمقدم الخدمات المستقر في الدولة {0}؛ ولم يُعثر على أي اتفاق";

    "the State in which the provider is established",
    "l’État dans lequel le prestataire est établi",
    "الدولة التي يستقر بها مقدم الخدمات";

    "a snapshot of the national list (law 43-20 art. 53)",
    "un relevé de la liste nationale (loi 43-20, art. 53)",
    "نسخة من اللائحة الوطنية (القانون 43.20، المادة 53)";

    "{0} is listed from {1} ({2})",
    "{0} figure sur la liste depuis le {1} ({2})",
    "{0} مدرج في اللائحة منذ {1} ({2})";

    "{0} is listed from {1} to {2} ({3})",
    "{0} figure sur la liste du {1} au {2} ({3})",
    "{0} مدرج في اللائحة من {1} إلى {2} ({3})";

    "{0} is listed from {1}, by decision {2} ({3})",
    "{0} figure sur la liste depuis le {1}, par la décision {2} ({3})",
    "{0} مدرج في اللائحة منذ {1} بموجب المقرر {2} ({3})";

    "{0} is listed from {1} to {2}, by decision {3} ({4})",
    "{0} figure sur la liste du {1} au {2}, par la décision {3} ({4})",
    "{0} مدرج في اللائحة من {1} إلى {2} بموجب المقرر {3} ({4})";

    "no certificate above it is listed on {0} ({1})",
    "aucun certificat de sa chaîne ne figure sur la liste à la date du {0} ({1})",
    "لا توجد في اللائحة بتاريخ {0} أي شهادة من سلسلتها ({1})";

    "a snapshot read on {0} or later; there is a {1}",
    "un relevé lu le {0} ou plus tard\u{a0}; celui-ci est disponible\u{a0}: {1}",
    "نسخة قُرئت بتاريخ {0} أو بعده؛ والمتوفر هو: {1}";

    "the certificate was issued under law 43-20",
    "le certificat a été délivré sous la loi 43-20",
    "صدرت الشهادة في ظل القانون 43.20";

    "a time-stamp that proves the signature before the certificate expired",
    "un horodatage qui prouve la signature avant l’expiration du certificat",
    "ختم زمني يثبت التوقيع قبل انتهاء صلاحية الشهادة";

    "the certificate had expired when the signature is proven to exist",
    "le certificat avait expiré à la date à laquelle l’existence de la signature est prouvée",
    "كانت صلاحية الشهادة قد انتهت في التاريخ الذي ثبت فيه وجود التوقيع";

    "that the certificate was issued as a secured one under law 53-05, by a provider approved then",
    "établir que le certificat a été délivré à titre de certificat sécurisé sous la loi 53-05, par un prestataire alors agréé",
    "إثبات أن الشهادة صدرت بصفتها شهادة مؤمنة في ظل القانون 53.05، عن مقدم خدمات معتمد آنذاك";

    "that the data were in the holder's own device with a conformity certificate, so that their use is deemed his act",
    "établir que les données se trouvaient dans le dispositif propre au titulaire, muni d’un certificat de conformité, de sorte que leur utilisation est réputée son fait",
    "إثبات أن المعطيات كانت في آلية صاحب الشهادة الحاصلة على شهادة المطابقة، بحيث يُعتبر استعمالها من فعله";

    "the certificate could not be used when it was: {0}",
    "le certificat ne pouvait être utilisé à la date où il l’a été\u{a0}: {0}",
    "لم يكن يجوز استعمال الشهادة حين استُعملت: {0}";

    "whether the key was certified elsewhere after an expiry or a revocation; the certificate itself was usable",
    "si la clé a été certifiée ailleurs après une expiration ou une révocation\u{a0}; le certificat lui-même était utilisable",
    "هل صودق على المفتاح لدى جهة أخرى بعد انتهاء الصلاحية أو الإلغاء؛ أما الشهادة نفسها فكانت قابلة للاستعمال";

    "whether the certificate was usable: {0}",
    "si le certificat était utilisable\u{a0}: {0}",
    "هل كانت الشهادة قابلة للاستعمال: {0}";

    "the certificate was not valid: {0}",
    "le certificat n’était pas valide\u{a0}: {0}",
    "لم تكن الشهادة سارية الصلاحية: {0}";

    "whether the certificate was valid: {0}",
    "si le certificat était valide\u{a0}: {0}",
    "هل كانت الشهادة سارية الصلاحية: {0}";

    "a time-stamp that proves when it was signed",
    "un horodatage qui prouve la date de la signature",
    "ختم زمني يثبت تاريخ التوقيع";

    "the certificate was valid on {0}",
    "le certificat était valide le {0}",
    "كانت الشهادة سارية الصلاحية بتاريخ {0}";

    "a time-stamp that proves the day on which the provider must be listed",
    "un horodatage qui prouve le jour auquel le prestataire doit figurer sur la liste",
    "ختم زمني يثبت اليوم الذي يجب أن يكون فيه مقدم الخدمات مدرجاً في اللائحة";

    "the certificate",
    "le certificat",
    "الشهادة";

    "the certificate is {0}",
    "le certificat est {0}",
    "الشهادة هي {0}";

    "its subject is {0}",
    "son titulaire est {0}",
    "صاحبها هو {0}";

    "{0} is a pseudonym",
    "{0} est un pseudonyme",
    "{0} اسم مستعار";

    "the certificate has no pseudonym",
    "le certificat ne comporte pas de pseudonyme",
    "لا تتضمن الشهادة اسماً مستعاراً";

    "that it was created by a device with a conformity certificate of the national authority",
    "établir qu’il a été fait usage d’un dispositif muni d’un certificat de conformité de l’autorité nationale",
    "إثبات أنه أُنشئ بآلية حاصلة على شهادة المطابقة من السلطة الوطنية";

    "the validation reports each finding, under {0}, which is a policy of the library and not law",
    "la validation rend compte de chaque constatation, selon {0}, qui est une politique de la bibliothèque et non une règle de droit",
    "يبيّن التحقق كل ملاحظة وفق {0}، وهي سياسة خاصة بالمكتبة وليست قاعدة قانونية";

    "the report of the validation, and its policy",
    "le rapport de la validation, et sa politique",
    "تقرير التحقق وسياسته";

    "it counts as qualified by law 43-20 art. 82",
    "il est considéré comme qualifié en vertu de l’article 82 de la loi 43-20",
    "تُعتبر مؤهلة بموجب المادة 82 من القانون 43.20";

    "its serial number",
    "son numéro de série",
    "رقمها التسلسلي";

    "its serial number is {0}",
    "son numéro de série est {0}",
    "رقمها التسلسلي هو {0}";

    "its issuer is {0}, of {1}, registered as {2}",
    "il est délivré par {0}, de {1}, immatriculé sous {2}",
    "صدرت عن {0}، من {1}، المسجل تحت رقم {2}";

    "it does not carry the name of its provider",
    "il ne comporte pas le nom de son prestataire",
    "لا تتضمن اسم مقدم الخدمات";

    "it does not carry the State of its provider's seat",
    "il ne comporte pas l’État du siège de son prestataire",
    "لا تتضمن دولة مقر مقدم الخدمات";

    "the provider's ICE or commercial register number, for which the text fixes no field",
    "le numéro ICE ou du registre du commerce du prestataire, pour lequel le texte ne fixe pas de champ",
    "رقم التعريف الموحد للمقاولة أو رقم السجل التجاري لمقدم الخدمات، ولم يحدد النص له خانة";

    "it is valid from {0} to {1}",
    "il est valide du {0} au {1}",
    "صلاحيتها من {0} إلى {1}";

    "it carries the pseudonym {0}, as one",
    "il comporte le pseudonyme {0}, identifié comme tel",
    "تتضمن الاسم المستعار {0} مبيَّناً بهذه الصفة";

    "it carries the name {0}",
    "il comporte le nom {0}",
    "تتضمن الاسم {0}";

    "it carries neither a name nor a pseudonym",
    "il ne comporte ni nom ni pseudonyme",
    "لا تتضمن اسماً ولا اسماً مستعاراً";

    "the signature holds under its key",
    "la signature correspond à sa clé",
    "يطابق التوقيع مفتاحها";

    "the signature does not hold under its key",
    "la signature ne correspond pas à sa clé",
    "لا يطابق التوقيع مفتاحها";

    "whether the signature holds under its key",
    "si la signature correspond à sa clé",
    "هل يطابق التوقيع مفتاحها";

    "its status is to be asked at {0}",
    "son statut se demande à l’adresse {0}",
    "يُسأل عن حالتها في العنوان {0}";

    "it does not say where its status is to be asked",
    "il n’indique pas où demander son statut",
    "لا تبيّن أين يُسأل عن حالتها";

    "its issuer's certificate is at {0}",
    "le certificat de son émetteur se trouve à l’adresse {0}",
    "توجد شهادة الجهة التي أصدرتها في العنوان {0}";

    "it does not say where its issuer's certificate is to be had",
    "il n’indique pas où obtenir le certificat de son émetteur",
    "لا تبيّن أين يمكن الحصول على شهادة الجهة التي أصدرتها";

    "it is not for signatures",
    "il n’est pas destiné aux signatures",
    "ليست مخصصة للتوقيعات";

    "that it is for signatures",
    "établir qu’il est destiné aux signatures",
    "إثبات أنها مخصصة للتوقيعات";

    "it says to be qualified for signatures under the law of Morocco",
    "il se dit qualifié pour les signatures selon la loi du Maroc",
    "تفيد بأنها مؤهلة للتوقيعات وفق القانون المغربي";

    "a mention, in an encoding that the text does not fix, that it is a qualified certificate",
    "une mention, sous une forme que le texte ne fixe pas, qu’il s’agit d’un certificat qualifié",
    "بيان، في صيغة لم يحددها النص، يفيد بأنها شهادة مؤهلة";

    "it claims to be qualified under another law than that of Morocco",
    "il se dit qualifié selon une autre loi que celle du Maroc",
    "تفيد بأنها مؤهلة وفق قانون غير القانون المغربي";

    "it says that its key is in a qualified device",
    "il indique que sa clé est dans un dispositif qualifié",
    "تفيد بأن مفتاحها في آلية مؤهلة";

    "a mention, in an encoding that the text does not fix, that its key is in a qualified device",
    "une mention, sous une forme que le texte ne fixe pas, que sa clé est dans un dispositif qualifié",
    "بيان، في صيغة لم يحددها النص، يفيد بأن مفتاحها في آلية مؤهلة";

    "its provider's signature verifies up to the trust anchor",
    "la signature de son prestataire est vérifiée jusqu’à l’ancre de confiance",
    "توقيع مقدم الخدمات عليها سليم إلى مرساة الثقة";

    "whether its provider's signature verifies: {0}",
    "si la signature de son prestataire est vérifiée\u{a0}: {0}",
    "هل توقيع مقدم الخدمات عليها سليم: {0}";

    "the certificate is a natural person's",
    "le certificat est celui d’une personne physique",
    "الشهادة لشخص ذاتي";

    "the certificate {0} is of one legal person",
    "le certificat {0} est celui d’une seule personne morale",
    "الشهادة {0} لشخص اعتباري واحد";

    "the legal person that seals, named by a certificate",
    "la personne morale qui appose le cachet, désignée par un certificat",
    "الشخص الاعتباري الذي يضع الخاتم، مسمّى في شهادة";

    "a time-stamp that proves when it was sealed",
    "un horodatage qui prouve la date du cachet",
    "ختم زمني يثبت تاريخ وضع الخاتم";

    "a seal that validates: {0}",
    "un cachet dont la validation réussisse\u{a0}: {0}",
    "خاتم ينجح التحقق منه: {0}";

    "it is not for seals",
    "il n’est pas destiné aux cachets",
    "ليست مخصصة للأختام الإلكترونية";

    "that it is for seals",
    "établir qu’il est destiné aux cachets",
    "إثبات أنها مخصصة للأختام الإلكترونية";

    "it says to be qualified for seals under the law of Morocco",
    "il se dit qualifié pour les cachets selon la loi du Maroc",
    "تفيد بأنها مؤهلة للأختام الإلكترونية وفق القانون المغربي";

    "the time-stamp is over other data",
    "l’horodatage porte sur d’autres données",
    "الختم الزمني على معطيات أخرى";

    "the authority's signature does not hold",
    "la signature de l’autorité d’horodatage ne correspond pas",
    "توقيع جهة الختم الزمني غير مطابق";

    "the time-stamp does not hold: {0}",
    "la validation de l’horodatage échoue\u{a0}: {0}",
    "فشل التحقق من الختم الزمني: {0}";

    "the time-stamp binds the data to {0}",
    "l’horodatage lie les données à la date du {0}",
    "يربط الختم الزمني المعطيات بتاريخ {0}";

    "a time-stamp that validates: {0}",
    "un horodatage dont la validation réussisse\u{a0}: {0}",
    "ختم زمني ينجح التحقق منه: {0}";

    "that the authority's clock is accurate and linked to UTC",
    "établir que l’horloge de l’autorité d’horodatage est exacte et liée au temps universel coordonné",
    "إثبات أن ساعة جهة الختم الزمني دقيقة ومرتبطة بالتوقيت العالمي المنسق";

    "the authority's signature validates",
    "la validation de la signature de l’autorité d’horodatage réussit",
    "نجح التحقق من توقيع جهة الختم الزمني";

    "the authority's signature does not validate: {0}",
    "la validation de la signature de l’autorité d’horodatage échoue\u{a0}: {0}",
    "فشل التحقق من توقيع جهة الختم الزمني: {0}";

    "whether the authority's signature validates: {0}",
    "si la signature de l’autorité d’horodatage est valide\u{a0}: {0}",
    "هل توقيع جهة الختم الزمني صحيح: {0}";

    "a secured certificate",
    "un certificat sécurisé",
    "شهادة إلكترونية مؤمنة";

    "the certificate {0} was valid on {1}, and its provider's signature verifies",
    "le certificat {0} était valide le {1}, et la signature de son prestataire est vérifiée",
    "كانت الشهادة {0} سارية الصلاحية بتاريخ {1}، وتوقيع مقدم الخدمات عليها سليم";

    "it carries its provider {0} and the State {1}",
    "il comporte son prestataire {0} et l’État {1}",
    "تتضمن مقدم الخدمات {0} والدولة {1}";

    "it does not carry its provider and the State in which that is established (art. 11 b)",
    "il ne comporte pas son prestataire et l’État dans lequel celui-ci est établi (art. 11 b)",
    "لا تتضمن مقدم الخدمات والدولة التي يستقر بها (المادة 11 ب)";

    "it carries the name or pseudonym {0}",
    "il comporte le nom ou le pseudonyme {0}",
    "تتضمن الاسم أو الاسم المستعار {0}";

    "it carries neither a name nor a pseudonym (art. 11 c)",
    "il ne comporte ni nom ni pseudonyme (art. 11 c)",
    "لا تتضمن اسماً ولا اسماً مستعاراً (المادة 11 ج)";

    "it carries its key, its serial number {0} and its validity from {1} to {2}",
    "il comporte sa clé, son numéro de série {0} et sa validité du {1} au {2}",
    "تتضمن مفتاحها ورقمها التسلسلي {0} ومدة صلاحيتها من {1} إلى {2}";

    "the certificate carries no limit of amount",
    "le certificat ne comporte pas de plafond de montant",
    "لا تتضمن الشهادة سقفاً للمبلغ";

    "the amount of the contract",
    "le montant du contrat",
    "مبلغ العقد";

    "the limit in {0}: the certificate states it in {1}",
    "le plafond en {0}\u{a0}: le certificat l’exprime en {1}",
    "السقف بعملة {0}: تبيّنه الشهادة بعملة {1}";

    "a limit of amount that can be computed",
    "un plafond de montant qui puisse être calculé",
    "سقف للمبلغ يمكن حسابه";

    "the amount is within the limit of {0}×10^{1} {2}",
    "le montant ne dépasse pas le plafond de {0}×10^{1} {2}",
    "لا يتجاوز المبلغ السقف المحدد في {0}×10^{1} {2}";

    "the amount is above the limit of {0}×10^{1} {2}",
    "le montant dépasse le plafond de {0}×10^{1} {2}",
    "يتجاوز المبلغ السقف المحدد في {0}×10^{1} {2}";

    "the key in it (art. 11 e)",
    "la clé qu’il comporte (art. 11 e)",
    "المفتاح الوارد فيها (المادة 11 هـ)";
};
