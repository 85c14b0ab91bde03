//! What is said around the rules: the law that governs, attestations, the snapshot, terms, what a lawyer must check.

use super::{Sentence, sentences};

pub(super) const SENTENCES: &[Sentence] = sentences! {
    "{0}",
    "{0}",
    "{0}";

    "{0} · {1}",
    "{0} · {1}",
    "{0} · {1}";

    "{0}: {1}",
    "{0}\u{a0}: {1}",
    "{0}: {1}";

    "nothing was asked",
    "rien n’a été demandé",
    "لم يُطرح أي سؤال";

    "{0} says that it is not so ({1})",
    "{0} déclare qu’il n’en est pas ainsi ({1})",
    "صرّح {0} بأن الأمر ليس كذلك ({1})";

    "{0} (attestation {1})",
    "{0} (attestation {1})",
    "{0} (الإشهاد {1})";

    "No signing time is known, so that both laws are reported (law 43-20 art. 83-84)",
    "Aucune date de signature n’est connue, de sorte que les deux lois sont présentées (loi 43-20, art. 83-84)",
    "لا يُعرف تاريخ التوقيع، ولذلك تُعرض القراءة وفق القانونين معاً (القانون 43.20، المادتان 83 و84)";

    "A time-stamp proves the signature on {0}",
    "Un horodatage prouve la signature à la date du {0}",
    "يثبت ختم زمني وجود التوقيع بتاريخ {0}";

    "The signer claims to have signed on {0}, and no time-stamp proves it",
    "Le signataire déclare avoir signé le {0}, et aucun horodatage ne le prouve",
    "يصرّح الموقّع بأنه وقّع بتاريخ {0}، ولا يثبت ذلك أي ختم زمني";

    "law 53-05 governs, for decree 2-22-687, which brings law 43-20 into force (art. 84), was published on 12 January 2023 (Official Bulletin 7160)",
    "la loi 53-05 s’applique, car le décret 2-22-687, qui fait entrer en vigueur la loi 43-20 (art. 84), a été publié le 12 janvier 2023 (Bulletin officiel n° 7160)",
    "يُطبَّق القانون 53.05، لأن المرسوم 2.22.687 الذي يدخل به القانون 43.20 حيز التنفيذ (المادة 84) نُشر في 12 يناير 2023 (الجريدة الرسمية عدد 7160)";

    "law 43-20 governs, for decree 2-22-687 took effect on 12 July 2023 (its art. 37; law 43-20 art. 83-84)",
    "la loi 43-20 s’applique, car le décret 2-22-687 a pris effet le 12 juillet 2023 (son art. 37 ; loi 43-20, art. 83-84)",
    "يُطبَّق القانون 43.20، لأن المرسوم 2.22.687 دخل حيز التنفيذ في 12 يوليوز 2023 (المادة 37 منه؛ القانون 43.20، المادتان 83 و84)";

    "both laws are reported, for decree 2-22-687 was published on 12 January 2023 and took effect on 12 July 2023 (law 43-20 art. 84; decree art. 37), and no source found settles which of the two days counts",
    "les deux lois sont présentées, car le décret 2-22-687 a été publié le 12 janvier 2023 et a pris effet le 12 juillet 2023 (loi 43-20, art. 84 ; décret, art. 37), et aucune source trouvée ne tranche laquelle des deux dates compte",
    "تُعرض القراءة وفق القانونين معاً، لأن المرسوم 2.22.687 نُشر في 12 يناير 2023 ودخل حيز التنفيذ في 12 يوليوز 2023 (القانون 43.20، المادة 84؛ المرسوم، المادة 37)، ولم يُعثر على مصدر يحسم أي التاريخين هو المعتبر";

    "both laws are reported, for that is before 12 January 2023 (law 43-20 art. 84) but rests on the signer's word alone",
    "les deux lois sont présentées, car cette date est antérieure au 12 janvier 2023 (loi 43-20, art. 84) mais ne repose que sur la parole du signataire",
    "تُعرض القراءة وفق القانونين معاً، لأن هذا التاريخ سابق ليوم 12 يناير 2023 (القانون 43.20، المادة 84) لكنه لا يقوم إلا على قول الموقّع";

    "snapshot {0} of {1}, read on {2} by {3}",
    "relevé {0} de {1}, lu le {2} par {3}",
    "النسخة {0} المأخوذة من {1}، قرأها {3} بتاريخ {2}";

    "an unknown signatory",
    "un signataire inconnu",
    "موقّع مجهول";

    "law 53-05, which governed then, has no rule on seals",
    "la loi 53-05, alors applicable, ne contient pas de règle sur les cachets",
    "لا يتضمن القانون 53.05، المطبَّق آنذاك، أي قاعدة بشأن الخاتم";

    "withdrawal of the consumer",
    "rétractation du consommateur",
    "تراجع المستهلك";

    "refund after the withdrawal",
    "remboursement après la rétractation",
    "إرجاع المبلغ بعد التراجع";

    "performance of the order",
    "exécution de la commande",
    "تنفيذ الطلبية";

    "Whether the parties have capacity and authority, and the object and cause are lawful (DOC 65-1).",
    "Si les parties ont la capacité et le pouvoir de s’engager, et si l’objet et la cause sont licites (DOC 65-1).",
    "هل للأطراف الأهلية والصلاحية للالتزام، وهل المحل والسبب مشروعان (ق.ل.ع، الفصل 65-1).";

    "The effect of law 09-15 of 2015 on DOC 2-1, which was not read.",
    "L’effet de la loi 09-15 de 2015 sur l’article 2-1 du DOC, qui n’a pas été lue.",
    "أثر القانون 09.15 لسنة 2015 على الفصل 2-1 من ق.ل.ع، وهو قانون لم يُطّلع عليه.";

    "Clear days are counted on the clock of Morocco as the IANA data base has it; whether a last day on a holiday is moved was not found in the texts read.",
    "Les jours francs sont comptés à l’heure du Maroc, telle que la donne la base de données de l’IANA\u{a0}; les textes lus ne disent pas si un dernier jour férié est reporté.",
    "تُحسب الأيام الكاملة بتوقيت المغرب كما تبيّنه قاعدة بيانات IANA؛ ولم يُعثر في النصوص المقروءة على ما يفيد تأجيل اليوم الأخير إذا صادف يوم عطلة.";

    "Which law governs: whether law 43-20 counts from 12 January or from 12 July 2023 was settled by no source.",
    "Quelle loi s’applique : aucune source ne tranche si la loi 43-20 compte à partir du 12 janvier ou du 12 juillet 2023.",
    "أي القانونين هو المطبَّق: لم يحسم أي مصدر هل يسري القانون 43.20 من 12 يناير أم من 12 يوليوز 2023.";

    "When it was signed: no time-stamp proves it.",
    "Quand l’acte a été signé\u{a0}: aucun horodatage ne le prouve.",
    "متى جرى التوقيع: لا يثبته أي ختم زمني.";

    "A signer claims to have signed under another law than the one of the day that a time-stamp proves.",
    "Un signataire déclare avoir signé sous une autre loi que celle du jour prouvé par un horodatage.",
    "يصرّح أحد الموقّعين بأنه وقّع في ظل قانون غير قانون اليوم الذي يثبته ختم زمني.";

    "That an electronic seal does not stand in for a signature is the prudent reading of DOC 426, not a decided one.",
    "Qu’un cachet électronique ne supplée pas à une signature est la lecture prudente de l’article 426 du DOC\u{a0}; elle n’a pas été tranchée.",
    "القول بأن الخاتم الإلكتروني لا يقوم مقام التوقيع هو القراءة الحذرة للفصل 426 من ق.ل.ع، ولم يُبتّ فيها.";

    "The day of an event near midnight: whether clocks had gone back for Ramadan is not known here.",
    "Le jour d’un événement proche de minuit\u{a0}: on ignore ici si l’heure avait été retardée pour le ramadan.",
    "يوم حدث وقع قرب منتصف الليل: لا يُعرف هنا هل أُرجعت الساعة بمناسبة شهر رمضان.";

    "Which providers the national authority lists: no snapshot was given.",
    "Quels prestataires figurent sur la liste de l’autorité nationale\u{a0}: aucun relevé n’a été fourni.",
    "من هم مقدمو الخدمات المدرجون في لائحة السلطة الوطنية: لم تُقدَّم أي نسخة منها.";

    "What was attested and not checked: {0}.",
    "Ce qui a été attesté sans être vérifié\u{a0}: {0}.",
    "ما جرى الإشهاد به دون فحصه: {0}.";

    "This assessment is made by software from facts that it was given: it is advice to nobody, and a lawyer must read it before anybody relies on it.",
    "Cette appréciation est faite par un logiciel à partir des faits qui lui ont été fournis\u{a0}: elle ne conseille personne, et un juriste doit la lire avant que quiconque s’y fie.",
    "أُنجز هذا التقييم ببرنامج معلوماتي انطلاقاً من الوقائع التي قُدّمت إليه: فهو لا يُسدي نصحاً لأحد، ويجب أن يطّلع عليه رجل قانون قبل أن يعوّل عليه أي شخص.";

    "It is no validation by a provider of trust services in the sense of law 43-20 art. 11.",
    "Ce n’est pas la validation, par un prestataire de services de confiance, que vise l’article 11 de la loi 43-20.",
    "وليس هو التحقق الذي ينجزه مقدم خدمات الثقة بالمعنى المقصود في المادة 11 من القانون 43.20.";

    "The cryptographic policy is the library's own: no Moroccan text that was found fixes an algorithm or a key length.",
    "La politique cryptographique est propre à la bibliothèque\u{a0}: aucun texte marocain trouvé ne fixe d’algorithme ni de taille de clé.",
    "سياسة التشفير خاصة بالمكتبة البرمجية: لم يُعثر على أي نص مغربي يحدد خوارزمية أو طول مفتاح.";

    "What somebody attested was heard and not checked.",
    "Ce que quelqu’un a attesté a été entendu et n’a pas été vérifié.",
    "ما أشهد به شخص ما سُمع ولم يُفحص.";

    "Whoever offers signatures, seals, time-stamps, validation or preservation to others must declare itself to the national authority beforehand (law 43-20 art. 35); this library does that for nobody.",
    "Quiconque propose à autrui des signatures, des cachets, des horodatages, une validation ou une conservation doit se déclarer au préalable auprès de l’autorité nationale (loi 43-20, art. 35)\u{a0}; cette bibliothèque ne le fait pour personne.",
    "كل من يعرض على الغير توقيعات أو أختاماً أو أختاماً زمنية أو تحققاً أو حفظاً يجب عليه أن يصرّح مسبقاً لدى السلطة الوطنية (القانون 43.20، المادة 35)؛ ولا تقوم هذه المكتبة بذلك نيابة عن أحد.";

    "A provider of trust services must notify breaches at once to the national authority and to whoever is harmed (law 43-20 art. 40).",
    "Un prestataire de services de confiance doit notifier sans délai les atteintes à la sécurité à l’autorité nationale et aux personnes lésées (loi 43-20, art. 40).",
    "يجب على مقدم خدمات الثقة أن يبلّغ فوراً السلطة الوطنية والأشخاص المتضررين بكل مساس بالأمن (القانون 43.20، المادة 40).";

    "Whoever imports, exports or supplies means of cryptology, of which this library is one, needs a prior declaration, an authorisation or an exemption (law 43-20 art. 45-47; decree 2-22-687 annex 6).",
    "L’importation, l’exportation ou la fourniture de moyens de cryptologie, dont cette bibliothèque, suppose une déclaration préalable, une autorisation ou une exemption (loi 43-20, art. 45-47\u{a0}; décret 2-22-687, annexe 6).",
    "استيراد وسائل التشفير أو تصديرها أو توريدها، ومنها هذه المكتبة، يستلزم تصريحاً مسبقاً أو ترخيصاً أو إعفاءً (القانون 43.20، المواد 45 إلى 47؛ المرسوم 2.22.687، الملحق 6).";
};
