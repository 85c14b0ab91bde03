//! Personal data.

use super::{Sentence, sentences};

pub(super) const SENTENCES: &[Sentence] = sentences! {
    "personal data are not processed",
    "aucune donnée à caractère personnel n’est traitée",
    "لا تُعالَج أي معطيات ذات طابع شخصي";

    "whether personal data are processed",
    "si des données à caractère personnel sont traitées",
    "هل تُعالَج معطيات ذات طابع شخصي";

    "the receipt {0} is shown where data are collected",
    "le récépissé {0} est montré là où les données sont collectées",
    "يُعرض الوصل {0} حيث تُجمع المعطيات";

    "the CNDP's receipt, shown where data are collected",
    "le récépissé de la CNDP, montré là où les données sont collectées",
    "وصل اللجنة الوطنية لمراقبة حماية المعطيات، معروضاً حيث تُجمع المعطيات";

    "the prior declaration to the CNDP and its receipt",
    "la déclaration préalable à la CNDP et son récépissé",
    "التصريح المسبق لدى اللجنة الوطنية لمراقبة حماية المعطيات ووصله";

    "the number of the national identity card is not among the data",
    "le numéro de la carte d’identité nationale n’est pas au nombre des données",
    "رقم البطاقة الوطنية للتعريف ليس من بين المعطيات";

    "whether the number of the national identity card is among the data",
    "si le numéro de la carte d’identité nationale est au nombre des données",
    "هل رقم البطاقة الوطنية للتعريف من بين المعطيات";

    "the CNDP's prior authorisation to process the number of the national identity card",
    "l’autorisation préalable de la CNDP de traiter le numéro de la carte d’identité nationale",
    "الإذن المسبق للجنة الوطنية لمراقبة حماية المعطيات بمعالجة رقم البطاقة الوطنية للتعريف";

    "no sensitive or health data are among them",
    "elles ne comprennent ni données sensibles ni données de santé",
    "لا توجد بينها معطيات حساسة ولا معطيات صحية";

    "whether sensitive or health data are among them",
    "si elles comprennent des données sensibles ou de santé",
    "هل توجد بينها معطيات حساسة أو معطيات صحية";

    "the law or the CNDP's authorisation, and the person's consent",
    "la loi ou l’autorisation de la CNDP, et le consentement de la personne",
    "القانون أو إذن اللجنة الوطنية لمراقبة حماية المعطيات، ورضا الشخص المعني";

    "no data are collected from the person",
    "aucune donnée n’est collectée auprès de la personne",
    "لا تُجمع أي معطيات من الشخص المعني";

    "whether data are collected from the person",
    "si des données sont collectées auprès de la personne",
    "هل تُجمع معطيات من الشخص المعني";

    "the notice was shown on {0}",
    "la notice d’information a été montrée le {0}",
    "عُرض الإخبار بتاريخ {0}";

    "the notice and when it was shown",
    "la notice d’information et la date à laquelle elle a été montrée",
    "الإخبار وتاريخ عرضه";

    "the basis of the processing, per purpose",
    "le fondement du traitement, pour chaque finalité",
    "أساس المعالجة بالنسبة لكل غاية";

    "no field beyond those of the schema is stored",
    "aucun champ n’est enregistré hors de ceux du schéma",
    "لا تُخزَّن أي خانة خارج خانات النموذج";

    "fields beyond those of the schema are stored: {0}",
    "des champs hors de ceux du schéma sont enregistrés\u{a0}: {0}",
    "تُخزَّن خانات خارج خانات النموذج: {0}";

    "whether only the fields of the schema are stored",
    "si seuls les champs du schéma sont enregistrés",
    "هل لا تُخزَّن إلا خانات النموذج";

    "the day on which the retention ends",
    "le jour où la conservation prend fin",
    "اليوم الذي ينتهي فيه الحفظ";

    "the basis on which the end of the retention was declared",
    "le fondement sur lequel la fin de la conservation a été déclarée",
    "الأساس الذي صُرّح بناء عليه بنهاية الحفظ";

    "its retention ended on {0}, and it is still kept without a legal hold",
    "sa conservation a pris fin le {0}, et il est toujours conservé sans suspension pour litige",
    "انتهت مدة حفظه بتاريخ {0}، ولا يزال محفوظاً دون تعليق قانوني للإتلاف";

    "it is kept until {0}: {1}",
    "il est conservé jusqu’au {0}\u{a0}: {1}",
    "يُحفظ إلى غاية {0}: {1}";

    "a legal hold suspends the end on {0}: {1}",
    "une suspension pour litige reporte la fin prévue le {0}\u{a0}: {1}",
    "تعليق قانوني يوقف الانتهاء المقرر بتاريخ {0}: {1}";

    "nobody asked for a rectification",
    "personne n’a demandé de rectification",
    "لم يطلب أحد تصحيحاً";

    "what was signed was changed, instead of a correction beside it",
    "ce qui a été signé a été modifié, au lieu d’être corrigé à côté",
    "غُيّر ما جرى توقيعه بدل إلحاق تصحيح به";

    "answered on {0}, and {1} was the last day",
    "réponse donnée le {0}\u{a0}; le dernier jour était le {1}",
    "جرت الإجابة بتاريخ {0}؛ وكان اليوم الأخير هو {1}";

    "answered on {0}, by {1}, beside what was signed",
    "réponse donnée le {0}, au plus tard le {1}, à côté de ce qui a été signé",
    "جرت الإجابة بتاريخ {0}، قبل انتهاء الأجل في {1}، إلى جانب ما جرى توقيعه";

    "whether what was signed was left as it was",
    "si ce qui a été signé est resté tel quel",
    "هل تُرك ما جرى توقيعه على حاله";

    "not answered, and {0} was the last day",
    "pas de réponse\u{a0}; le dernier jour était le {0}",
    "لم تجر الإجابة؛ وكان اليوم الأخير هو {0}";

    "the answer, due by {0}",
    "la réponse, due au plus tard le {0}",
    "الإجابة، الواجبة في أجل أقصاه {0}";

    "nobody asked for access",
    "personne n’a demandé l’accès",
    "لم يطلب أحد الولوج إلى معطياته";

    "asked on {0} and answered on {1}",
    "demandé le {0}, réponse donnée le {1}",
    "قُدّم الطلب بتاريخ {0} وجرت الإجابة بتاريخ {1}";

    "an answer whose time is after the request",
    "une réponse dont l’heure soit postérieure à la demande",
    "إجابة يكون وقتها لاحقاً للطلب";

    "the answer to the request of {0}",
    "la réponse à la demande du {0}",
    "الإجابة على الطلب المقدم بتاريخ {0}";

    "a report is kept: {0}",
    "un rapport est conservé\u{a0}: {0}",
    "يُحتفظ بتقرير: {0}";

    "reports on access control, integrity and copies",
    "des rapports sur le contrôle des accès, l’intégrité et les copies",
    "تقارير عن مراقبة الولوج والسلامة والنسخ";

    "no processor hosts the data or signs on behalf of the controller",
    "aucun sous-traitant n’héberge les données ni ne signe pour le responsable du traitement",
    "لا يوجد معالج من الباطن يستضيف المعطيات أو يوقّع نيابة عن المسؤول عن المعالجة";

    "whether a processor hosts the data or signs on behalf of the controller",
    "si un sous-traitant héberge les données ou signe pour le responsable du traitement",
    "هل يوجد معالج من الباطن يستضيف المعطيات أو يوقّع نيابة عن المسؤول عن المعالجة";

    "the written contract with the processor",
    "le contrat écrit avec le sous-traitant",
    "العقد المكتوب مع المعالج من الباطن";

    "the countries to which data are sent",
    "les pays vers lesquels des données sont envoyées",
    "البلدان التي تُرسل إليها المعطيات";

    "no data are sent outside Morocco",
    "aucune donnée n’est envoyée hors du Maroc",
    "لا تُرسل أي معطيات خارج المغرب";

    "the basis on which data are sent to {0}",
    "le fondement sur lequel des données sont envoyées vers\u{a0}: {0}",
    "الأساس الذي تُرسل بناء عليه المعطيات إلى: {0}";

    "the notice was shown on {0}, after data were collected",
    "la notice d’information a été montrée le {0}, après la collecte des données",
    "عُرض الإخبار بتاريخ {0}، بعد جمع المعطيات";

    "third parties that were sent the data were told, where there are any",
    "les tiers auxquels les données ont été communiquées ont été avisés, s’il y en a",
    "أُخبر الأغيار الذين وُجّهت إليهم المعطيات، إن وُجدوا";

    "third parties that were sent the data were not told",
    "les tiers auxquels les données ont été communiquées n’ont pas été avisés",
    "لم يُخبَر الأغيار الذين وُجّهت إليهم المعطيات";

    "whether third parties that were sent the data were told",
    "si les tiers auxquels les données ont été communiquées ont été avisés",
    "هل أُخبر الأغيار الذين وُجّهت إليهم المعطيات";

    "{0} seconds, more than the {1} that the caller holds for an answer without delay",
    "en secondes\u{a0}: {0}, plus que les {1} que l’utilisateur tient pour une réponse sans délai",
    "بالثواني: {0}، أي أكثر من {1} التي يعتبرها المستعمل إجابة دون تأخير";

    "what delay is none, for the article gives no figure: it was answered after {0} seconds",
    "quel délai n’en est pas un, car l’article ne donne pas de chiffre\u{a0}: la réponse est venue au bout de {0} secondes",
    "ما الذي لا يُعد تأخيراً، إذ لا يحدد النص رقماً: جرت الإجابة بعد {0} ثانية";
};
