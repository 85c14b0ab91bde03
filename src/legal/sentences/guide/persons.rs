//! Personal data.

use super::{Guide, guides, say};

pub(super) const GUIDES: &[Guide] = guides! {
    "MA-0908-DECL":
        "The processing is declared to the CNDP, and its receipt shown",
        "Le traitement est déclaré à la CNDP, et son récépissé montré",
        "المعالجة مصرَّح بها لدى اللجنة الوطنية لمراقبة حماية المعطيات، ووصلها معروض"
        => say!(
            "Declare the processing, show the number of the receipt where data are collected, and attest it.",
            "Déclarer le traitement, montrer le numéro du récépissé là où les données sont collectées, et l’attester.",
            "صرّحوا بالمعالجة، واعرضوا رقم الوصل حيث تُجمع المعطيات، وأشهدوا به.",
        );
    "MA-0908-CIN":
        "The number of the national identity card is processed only with the CNDP's authorisation",
        "Le numéro de la carte d’identité nationale n’est traité qu’avec l’autorisation de la CNDP",
        "لا يُعالَج رقم البطاقة الوطنية للتعريف إلا بإذن اللجنة الوطنية لمراقبة حماية المعطيات"
        => say!(
            "Leave the number out, or attest the authorisation.",
            "Omettre ce numéro, ou attester l’autorisation.",
            "استغنوا عن هذا الرقم، أو أشهدوا بالإذن.",
        );
    "MA-0908-SENS":
        "Sensitive and health data need a law or the CNDP's authorisation",
        "Les données sensibles ou de santé supposent une loi ou l’autorisation de la CNDP",
        "تستلزم المعطيات الحساسة أو الصحية قانوناً أو إذن اللجنة الوطنية لمراقبة حماية المعطيات"
        => say!(
            "Leave such data out, or attest the law or the authorisation.",
            "Omettre ces données, ou attester la loi ou l’autorisation.",
            "استغنوا عن هذه المعطيات، أو أشهدوا بالقانون أو الإذن.",
        );
    "MA-0908-NOTICE":
        "The person is informed before data are collected",
        "La personne est informée avant la collecte",
        "يُخبَر الشخص قبل جمع معطياته"
        => say!(
            "Show the notice before data are collected, and record its file and time.",
            "Montrer la notice avant la collecte, et enregistrer son fichier et sa date.",
            "اعرضوا الإخبار قبل جمع المعطيات، وسجّلوا ملفه ووقته.",
        );
    "MA-0908-BASIS":
        "The processing has a basis: consent, or a necessity of the law",
        "Le traitement a un fondement\u{a0}: le consentement, ou une nécessité prévue par la loi",
        "للمعالجة أساس: الرضا، أو ضرورة ينص عليها القانون"
        => say!(
            "Attest the basis for each purpose.",
            "Attester le fondement pour chaque finalité.",
            "أشهدوا بالأساس بالنسبة لكل غاية.",
        );
    "MA-0908-MIN":
        "Only data that are needed are stored",
        "Seules les données nécessaires sont enregistrées",
        "لا تُخزَّن إلا المعطيات الضرورية"
        => say!(
            "Remove the fields beyond the schema.",
            "Retirer les champs hors du schéma.",
            "احذفوا الخانات الخارجة عن النموذج.",
        );
    "MA-0908-RETAIN":
        "Data are kept until a declared day and no longer, unless a legal hold suspends it",
        "Les données sont conservées jusqu’à un jour déclaré et pas plus, sauf suspension pour litige",
        "تُحفظ المعطيات إلى يوم مصرَّح به لا بعده، ما لم يوقف ذلك تعليق قانوني"
        => say!(
            "Set the end of the retention and its basis; remove what is past it.",
            "Fixer la fin de la conservation et son fondement\u{a0}; retirer ce qui l’a dépassée.",
            "حددوا نهاية الحفظ وأساسه؛ واحذفوا ما تجاوزها.",
        );
    "MA-0908-RECTIFY":
        "A request to rectify is answered within ten clear days, beside what was signed",
        "Une demande de rectification reçoit réponse dans un délai franc de dix jours, à côté de ce qui a été signé",
        "يُجاب على طلب التصحيح داخل أجل كامل مدته عشرة أيام، إلى جانب ما جرى توقيعه"
        => say!(
            "Answer the request, and add the correction beside what was signed.",
            "Répondre à la demande, et ajouter la correction à côté de ce qui a été signé.",
            "أجيبوا على الطلب، وأضيفوا التصحيح إلى جانب ما جرى توقيعه.",
        );
    "MA-0908-ACCESS":
        "A person who asks is given access to his data",
        "La personne qui le demande a accès à ses données",
        "يلج الشخص الذي يطلب ذلك إلى معطياته"
        => say!(
            "Answer the request without delay, and record it.",
            "Répondre à la demande sans délai, et l’enregistrer.",
            "أجيبوا على الطلب دون تأخير، وسجّلوا ذلك.",
        );
    "MA-0908-SECURITY":
        "Data are protected by appropriate measures",
        "Les données sont protégées par des mesures appropriées",
        "المعطيات محمية بتدابير ملائمة"
        => say!(
            "Keep a report on access control, integrity and copies, or attest the measures.",
            "Conserver un rapport sur le contrôle des accès, l’intégrité et les copies, ou attester les mesures.",
            "احتفظوا بتقرير عن مراقبة الولوج والسلامة والنسخ، أو أشهدوا بالتدابير.",
        );
    "MA-0908-PROCESSOR":
        "A processor is bound by a written contract",
        "Un sous-traitant est lié par un contrat écrit",
        "المعالج من الباطن ملزم بعقد مكتوب"
        => say!(
            "Make the written contract, and attest it.",
            "Établir le contrat écrit, et l’attester.",
            "أبرموا العقد المكتوب، وأشهدوا به.",
        );
    "MA-0908-TRANSFER":
        "Data are sent abroad only on a basis of the law",
        "Des données ne sont envoyées à l’étranger que sur un fondement légal",
        "لا تُرسل المعطيات إلى الخارج إلا على أساس قانوني"
        => say!(
            "Name the countries, and attest the basis of the transfer.",
            "Indiquer les pays, et attester le fondement du transfert.",
            "بيّنوا البلدان، وأشهدوا بأساس النقل.",
        );
};
