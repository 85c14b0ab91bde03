//! Headings, labels and findings of reports.

use super::{Sentence, sentences};

pub(super) const SENTENCES: &[Sentence] = sentences! {
    "Legal assessment of a contract concluded electronically",
    "Appréciation juridique d’un contrat conclu par voie électronique",
    "تقييم قانوني لعقد مبرم بطريقة إلكترونية";

    "It stops here",
    "Arrêt",
    "يتوقف الأمر هنا";

    "What stops the conclusion, with the article and what can be done:",
    "Ce qui arrête la conclusion, avec l’article et ce qui peut être fait\u{a0}:",
    "ما يوقف الإبرام، مع النص وما يمكن فعله:";

    "none",
    "aucun",
    "لا يوجد";

    "Summary",
    "Synthèse",
    "خلاصة";

    "Assessed as of",
    "Appréciation à la date du",
    "تاريخ التقييم";

    "Snapshot of the national list",
    "Relevé de la liste nationale",
    "نسخة اللائحة الوطنية";

    "none was given",
    "aucun n’a été fourni",
    "لم تُقدَّم أي نسخة";

    "Policy of the validation, which is not law",
    "Politique de validation, qui n’est pas une règle de droit",
    "سياسة التحقق، وهي ليست قاعدة قانونية";

    "no validation was given",
    "aucune validation n’a été fournie",
    "لم يُقدَّم أي تحقق";

    "Findings",
    "Constatations",
    "الملاحظات";

    "satisfied {0}, not satisfied {1}, attested {2}, unknown {3}, not applicable {4}",
    "satisfait {0}, non satisfait {1}, attesté {2}, inconnu {3}, sans objet {4}",
    "مستوفى {0}، غير مستوفى {1}، مشهود به {2}، غير معروف {3}، غير منطبق {4}";

    "Formation of the contract",
    "Formation du contrat",
    "تكوين العقد";

    "It is an offer, and not mere advertising (DOC 65-4)",
    "C’est une offre, et non une simple publicité (DOC 65-4)",
    "هو عرض (إيجاب) وليس مجرد إشهار (ق.ل.ع، الفصل 65-4)";

    "It is validly concluded: reviewed and corrected before it was confirmed (DOC 65-5)",
    "Il est valablement conclu\u{a0}: vérifié et corrigé avant d’être confirmé (DOC 65-5)",
    "أُبرم إبراماً صحيحاً: جرى التحقق منه وتصحيحه قبل تأكيده (ق.ل.ع، الفصل 65-5)";

    "The acceptance is express (DOC 65-2)",
    "L’acceptation est expresse (DOC 65-2)",
    "القبول صريح (ق.ل.ع، الفصل 65-2)";

    "The acceptance was acknowledged (DOC 65-5)",
    "Il a été accusé réception de l’acceptation (DOC 65-5)",
    "وُجّه الإشعار بالتوصل بالقبول (ق.ل.ع، الفصل 65-5)";

    "Seconds until the acknowledgement",
    "Secondes jusqu’à l’accusé de réception",
    "الثواني إلى غاية الإشعار بالتوصل";

    "Signatures",
    "Signatures des parties",
    "التوقيعات";

    "There is no natural person's signature.",
    "Il n’y a pas de signature d’une personne physique.",
    "لا يوجد توقيع لشخص ذاتي.";

    "Signature of {0}",
    "Signature de {0}",
    "توقيع {0}";

    "Seal of {0}",
    "Cachet électronique de {0}",
    "الخاتم الإلكتروني لـ {0}";

    "A seal is a legal person's. It is not counted as a party's signature.",
    "Un cachet est celui d’une personne morale. Il n’est pas compté comme la signature d’une partie.",
    "الخاتم يكون لشخص اعتباري. ولا يُحتسب توقيعاً لأحد الأطراف.";

    "A signature below the highest level is not refused for that: whoever relies on it proves that it is reliable (law 43-20 art. 7; DOC 417-3).",
    "Une signature en deçà du niveau le plus élevé n’est pas écartée pour ce motif\u{a0}: celui qui s’en prévaut en prouve la fiabilité (loi 43-20, art. 7\u{a0}; DOC 417-3).",
    "لا يُستبعد التوقيع الذي دون أعلى مستوى لهذا السبب: بل يثبت موثوقيتَه من يتمسك به (القانون 43.20، المادة 7؛ ق.ل.ع، الفصل 417-3).";

    "Law that governs",
    "Loi applicable",
    "القانون المطبَّق";

    "Law 53-05",
    "Loi 53-05",
    "القانون 53.05";

    "Law 43-20",
    "Loi 43-20",
    "القانون 43.20";

    "Under law 53-05",
    "Sous la loi 53-05",
    "في ظل القانون 53.05";

    "Under law 43-20",
    "Sous la loi 43-20",
    "في ظل القانون 43.20";

    "Level shown",
    "Niveau établi",
    "المستوى الثابت";

    "Level if what was attested is true",
    "Niveau si ce qui a été attesté est exact",
    "المستوى إن صحّ ما أُشهد به";

    "Highest level that nothing excludes",
    "Niveau le plus élevé que rien n’exclut",
    "أعلى مستوى لا يستبعده شيء";

    "It would be that level if this were shown or attested",
    "Ce niveau serait atteint si ceci était établi ou attesté",
    "يُبلغ هذا المستوى إن ثبت ما يلي أو أُشهد به";

    "nothing that is shown to be a signature in the sense of the law",
    "rien dont il soit établi que ce soit une signature au sens de la loi",
    "لم يثبت أنه توقيع بالمعنى القانوني";

    "ordinary signature",
    "signature ordinaire",
    "توقيع عادي";

    "secured signature",
    "signature sécurisée",
    "توقيع إلكتروني مؤمن";

    "simple signature",
    "signature simple",
    "توقيع إلكتروني بسيط";

    "advanced signature",
    "signature avancée",
    "توقيع إلكتروني متقدم";

    "qualified signature",
    "signature qualifiée",
    "توقيع إلكتروني مؤهل";

    "nothing that is shown to be a seal in the sense of the law",
    "rien dont il soit établi que ce soit un cachet au sens de la loi",
    "لم يثبت أنه خاتم بالمعنى القانوني";

    "simple seal",
    "cachet simple",
    "خاتم إلكتروني بسيط";

    "advanced seal",
    "cachet avancé",
    "خاتم إلكتروني متقدم";

    "qualified seal",
    "cachet qualifié",
    "خاتم إلكتروني مؤهل";

    "Admitted in evidence (DOC 417-1; law 43-20 art. 7)",
    "Admise en preuve (DOC 417-1\u{a0}; loi 43-20, art. 7)",
    "مقبول في الإثبات (ق.ل.ع، الفصل 417-1؛ القانون 43.20، المادة 7)";

    "Reliability presumed (DOC 417-3)",
    "Fiabilité présumée (DOC 417-3)",
    "افتراض الموثوقية (ق.ل.ع، الفصل 417-3)";

    "Date that binds third parties (DOC 425)",
    "Date opposable aux tiers (DOC 425)",
    "تاريخ يُحتج به على الغير (ق.ل.ع، الفصل 425)";

    "Force of a legalised signature and of a certain date (DOC 417-3)",
    "Force d’une signature légalisée et d’une date certaine (DOC 417-3)",
    "قوة التوقيع المصادق على صحته والتاريخ الثابت (ق.ل.ع، الفصل 417-3)";

    "Integrity and origin presumed (law 43-20 art. 15)",
    "Intégrité et origine présumées (loi 43-20, art. 15)",
    "افتراض السلامة وصحة المصدر (القانون 43.20، المادة 15)";

    "Terms that run",
    "Délais",
    "الآجال";

    "Term",
    "Délai",
    "الأجل";

    "Last day",
    "Dernier jour",
    "اليوم الأخير";

    "How it is counted, or why there is none",
    "Calcul, ou raison de son absence",
    "كيفية الحساب، أو سبب عدم وجوده";

    "{0} clear days from {1}; the first and the last are not counted",
    "délai franc, en jours\u{a0}: {0}, à compter du {1}\u{a0}; le premier et le dernier ne sont pas comptés",
    "أجل كامل بالأيام: {0} ابتداء من {1}؛ لا يُحسب اليوم الأول ولا اليوم الأخير";

    "the day on which the parties agreed",
    "le jour convenu entre les parties",
    "اليوم الذي اتفق عليه الأطراف";

    "not known",
    "inconnu",
    "غير معروف";

    "Retention",
    "Conservation",
    "الحفظ";

    "Years, at least",
    "Années, au moins",
    "السنوات على الأقل";

    "Counted from",
    "À compter du",
    "ابتداء من";

    "To be kept until",
    "À conserver jusqu’au",
    "يُحفظ إلى غاية";

    "Every rule",
    "Toutes les règles",
    "جميع القواعد";

    "What electronic form can carry",
    "Ce que la forme électronique peut porter",
    "ما يمكن أن يُبرم في شكل إلكتروني";

    "Writing, signature and proof",
    "Écrit, signature et preuve",
    "الكتابة والتوقيع والإثبات";

    "Conclusion by electronic means",
    "Conclusion par voie électronique",
    "الإبرام بطريقة إلكترونية";

    "Levels of signatures",
    "Niveaux de signature",
    "مستويات التوقيع";

    "Conditions of the qualified signature",
    "Conditions de la signature qualifiée",
    "شروط التوقيع الإلكتروني المؤهل";

    "Seals",
    "Cachets électroniques",
    "الأختام الإلكترونية";

    "Time-stamps",
    "Horodatages électroniques",
    "الأختام الزمنية الإلكترونية";

    "Duties of providers and suppliers",
    "Obligations des prestataires et fournisseurs",
    "واجبات مقدمي الخدمات والموردين";

    "The secured signature of law 53-05",
    "La signature sécurisée de la loi 53-05",
    "التوقيع الإلكتروني المؤمن في القانون 53.05";

    "Consumer at a distance",
    "Consommateur à distance",
    "المستهلك عن بعد";

    "Personal data",
    "Données à caractère personnel",
    "المعطيات ذات الطابع الشخصي";

    "Keeping",
    "Durées de conservation",
    "مدد الحفظ";

    "The words of this report",
    "Les mots de ce rapport",
    "ألفاظ هذا التقرير";

    "Article",
    "Article",
    "النص";

    "Rule",
    "Règle",
    "القاعدة";

    "What the law wants",
    "Ce que veut la loi",
    "ما يقتضيه القانون";

    "Finding",
    "Constatation",
    "النتيجة";

    "On what",
    "Éléments",
    "العناصر";

    "What can be done",
    "Ce qui peut être fait",
    "ما يمكن فعله";

    "about {0}",
    "au sujet de {0}",
    "بشأن {0}";

    "Satisfied",
    "Satisfait",
    "مستوفى";

    "Not satisfied",
    "Non satisfait",
    "غير مستوفى";

    "Attested",
    "Attesté",
    "مشهود به";

    "Unknown",
    "Inconnu",
    "غير معروف";

    "Not applicable",
    "Sans objet",
    "غير منطبق";

    "Missing",
    "Il manque",
    "ينقص";

    "Why not",
    "Pourquoi",
    "السبب";

    "Evidence",
    "Preuve",
    "الدليل";

    "On the word of",
    "Sur la parole de",
    "بناء على قول";

    "{0}, {1}; heard and not checked",
    "{0}, {1}\u{a0}; entendu et non vérifié",
    "{0}، {1}؛ سُمع ولم يُفحص";

    "What a lawyer must still check",
    "Ce qu’un juriste doit encore vérifier",
    "ما يجب أن يتحقق منه رجل قانون";

    "About this assessment",
    "À propos de cette appréciation",
    "بشأن هذا التقييم";

    "Days are those of Morocco; times are in coordinated universal time (UTC). Digests, codes and what parties wrote are given as they are.",
    "Les jours sont ceux du Maroc\u{a0}; les heures sont en temps universel coordonné (UTC). Les empreintes, les codes et ce que les parties ont écrit sont donnés tels quels.",
    "الأيام بتوقيت المغرب؛ والأوقات بالتوقيت العالمي المنسق (UTC). وتُعرض البصمات والرموز وما كتبه الأطراف كما هي.";

    "What is missing and can be attested is named with its attestation: have the person who knows say it, with name and date.",
    "Ce qui manque et peut être attesté est désigné avec son attestation\u{a0}: la faire donner par la personne qui sait, avec son nom et la date.",
    "ما ينقص ويمكن الإشهاد به مذكور مع اسم الإشهاد: فاطلبوه ممن يعلم، مع اسمه والتاريخ.";

    "the law beside which it counts does not govern here",
    "la loi à côté de laquelle elle compte n’est pas applicable ici",
    "القانون الذي تُطبَّق إلى جانبه غير مطبَّق هنا";

    "nobody signed",
    "personne n’a signé",
    "لم يوقّع أحد";

    "nobody sealed",
    "personne n’a apposé de cachet",
    "لم يضع أحد خاتماً";

    "there is no time-stamp on a signature or a seal",
    "aucune signature et aucun cachet ne porte d’horodatage",
    "لا يوجد ختم زمني على توقيع أو خاتم";

    "Rules that were not asked",
    "Règles qui n’ont pas été posées",
    "القواعد التي لم تُطرح";

    "Dossier",
    "Dossier examiné",
    "الملف";

    "ceremony {0}, {1} events, seal {2}",
    "cérémonie {0}, événements\u{a0}: {1}, cachet\u{a0}: {2}",
    "الإجراء {0}، الأحداث: {1}، الخاتم: {2}";

    "without a name",
    "sans nom",
    "بدون اسم";

    "Last event",
    "Dernier événement",
    "آخر حدث";

    "Irregularities of the dossier",
    "Irrégularités du dossier",
    "مخالفات الملف";

    "{0}: it cannot happen at this stage ({1})",
    "{0}\u{a0}: cela ne peut pas arriver à cette étape ({1})",
    "{0}: لا يمكن أن يقع هذا في هذه المرحلة ({1})";

    "{0}: what it records could not have been recorded (in English: {1})",
    "{0}\u{a0}: ce qui y est consigné n’a pas pu l’être (en anglais\u{a0}: {1})",
    "{0}: ما دُوّن فيه لم يكن ليُدوَّن هكذا (بالإنجليزية: {1})";

    "event {0}: the certificate that signs ({1}) is not shown to be that of the customer",
    "événement {0}\u{a0}: il n’est pas établi que le certificat qui signe ({1}) est celui du client",
    "الحدث {0}: لم يثبت أن الشهادة الموقِّعة ({1}) هي شهادة الزبون";

    "event {0}: the certificate that signs ({1}) is not shown to be that of the merchant",
    "événement {0}\u{a0}: il n’est pas établi que le certificat qui signe ({1}) est celui du commerçant",
    "الحدث {0}: لم يثبت أن الشهادة الموقِّعة ({1}) هي شهادة التاجر";

    "event {0}: the certificate that seals ({1}) is not shown to be that of the customer",
    "événement {0}\u{a0}: il n’est pas établi que le certificat qui scelle ({1}) est celui du client",
    "الحدث {0}: لم يثبت أن شهادة الخاتم ({1}) هي شهادة الزبون";

    "event {0}: the certificate that seals ({1}) is not shown to be that of the merchant",
    "événement {0}\u{a0}: il n’est pas établi que le certificat qui scelle ({1}) est celui du commerçant",
    "الحدث {0}: لم يثبت أن شهادة الخاتم ({1}) هي شهادة التاجر";

    "event {0}: the signature over it is {1}",
    "événement {0}\u{a0}: la signature qui porte sur lui est {1}",
    "الحدث {0}: التوقيع الواقع عليه {1}";

    "event {0}: the time-stamp over it is {1}",
    "événement {0}\u{a0}: l’horodatage qui porte sur lui est {1}",
    "الحدث {0}: الختم الزمني الواقع عليه {1}";
};
