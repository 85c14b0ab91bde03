//! What a consumer is owed at a distance.

use super::{Guide, guides, say};

pub(super) const GUIDES: &[Guide] = guides! {
    "MA-3108-APPLY":
        "The rules for consumers at a distance apply",
        "Les règles de la vente à distance aux consommateurs s’appliquent",
        "تُطبَّق قواعد البيع عن بعد للمستهلكين"
        => say!(
            "Declare each party's capacity, and how the parties meet.",
            "Déclarer la qualité de chaque partie, et comment les parties se rencontrent.",
            "صرّحوا بصفة كل طرف وبكيفية التقاء الأطراف.",
        );
    "MA-3108-29-1":
        "The consumer is told the essential characteristics",
        "Le consommateur est informé des caractéristiques essentielles",
        "يُخبَر المستهلك بالمميزات الأساسية"
        => TELL;
    "MA-3108-29-2":
        "The consumer is told who the supplier is, and how to reach it",
        "Le consommateur est informé de l’identité du fournisseur et de ses coordonnées",
        "يُخبَر المستهلك بهوية المورد وكيفية الاتصال به"
        => TELL;
    "MA-3108-29-3":
        "The consumer is told when and at what cost the order is delivered",
        "Le consommateur est informé du délai et des frais de livraison",
        "يُخبَر المستهلك بأجل التسليم ومصاريفه"
        => TELL;
    "MA-3108-29-4":
        "The consumer is told of the right to withdraw",
        "Le consommateur est informé de son droit de rétractation",
        "يُخبَر المستهلك بحقه في التراجع"
        => TELL;
    "MA-3108-29-5":
        "The consumer is told the terms of payment, delivery or performance",
        "Le consommateur est informé des modalités de paiement, de livraison ou d’exécution",
        "يُخبَر المستهلك بكيفيات الأداء أو التسليم أو التنفيذ"
        => TELL;
    "MA-3108-29-6":
        "The consumer is told how long the offer and its price hold",
        "Le consommateur est informé de la durée de validité de l’offre et de son prix",
        "يُخبَر المستهلك بمدة صلاحية العرض وسعره"
        => TELL;
    "MA-3108-29-7":
        "The consumer is told the cost of the means of communication",
        "Le consommateur est informé du coût de la technique de communication",
        "يُخبَر المستهلك بتكلفة وسيلة الاتصال"
        => TELL;
    "MA-3108-29-8":
        "The consumer is told the shortest duration of a continuous supply",
        "Le consommateur est informé de la durée minimale d’une fourniture continue",
        "يُخبَر المستهلك بالمدة الدنيا للتزويد المستمر"
        => TELL;
    "MA-3108-29-RECALL":
        "Before conclusion, the consumer's choices are recalled and can be changed",
        "Avant la conclusion, les choix du consommateur sont rappelés et modifiables",
        "قبل إبرام العقد، يُذكَّر المستهلك باختياراته ويمكنه تغييرها"
        => say!(
            "Show the order with its total price, and let the consumer confirm or change it.",
            "Montrer la commande avec son prix total, et laisser le consommateur la confirmer ou la modifier.",
            "اعرضوا الطلبية مع سعرها الإجمالي، ودعوا المستهلك يؤكدها أو يغيرها.",
        );
    "MA-3108-21-PRICE":
        "The total price in dirhams, and the cost of delivery, are told before conclusion",
        "Le prix total en dirhams et les frais de livraison sont indiqués avant la conclusion",
        "يُبيَّن السعر الإجمالي بالدرهم ومصاريف التسليم قبل إبرام العقد"
        => say!(
            "Show the total in dirhams, taxes and charges included, and the cost of delivery.",
            "Montrer le total en dirhams, taxes et frais compris, et les frais de livraison.",
            "اعرضوا المجموع بالدرهم شاملاً الرسوم والتكاليف، ومصاريف التسليم.",
        );
    "MA-3108-30":
        "The terms are accepted expressly before the confirmation",
        "Les conditions sont acceptées expressément avant la confirmation",
        "تُقبل الشروط صراحة قبل التأكيد"
        => say!(
            "Have the terms accepted before the order is confirmed, and record their digest.",
            "Faire accepter les conditions avant la confirmation, et enregistrer leur empreinte.",
            "اطلبوا قبول الشروط قبل تأكيد الطلبية، وسجّلوا بصمتها.",
        );
    "MA-3108-32":
        "The consumer is given the confirmation on a durable medium, with the delivery at the latest",
        "Le consommateur reçoit la confirmation sur un support durable, au plus tard à la livraison",
        "يتسلم المستهلك التأكيد على دعامة دائمة، عند التسليم على أبعد تقدير"
        => say!(
            "Send the confirmation as a file and record it; without it the consumer has thirty days to withdraw.",
            "Envoyer la confirmation sous forme de fichier et l’enregistrer\u{a0}; sans elle, le consommateur a trente jours pour se rétracter.",
            "أرسلوا التأكيد في ملف وسجّلوه؛ فبدونه للمستهلك ثلاثون يوماً للتراجع.",
        );
    "MA-3108-36":
        "The consumer can withdraw within seven clear days, or thirty",
        "Le consommateur peut se rétracter dans un délai franc de sept jours, ou de trente",
        "للمستهلك أن يتراجع داخل أجل كامل مدته سبعة أيام، أو ثلاثون"
        => say!(
            "Record the receipt of the goods, from which the term runs, and the confirmation.",
            "Enregistrer la réception du bien, à partir de laquelle court le délai, et la confirmation.",
            "سجّلوا تسلم السلعة، وهو ما يسري منه الأجل، والتأكيد.",
        );
    "MA-3108-37":
        "A consumer who withdrew is refunded in full within fifteen days",
        "Le consommateur qui s’est rétracté est remboursé intégralement dans les quinze jours",
        "يُرجَع المبلغ كاملاً إلى المستهلك المتراجع داخل خمسة عشر يوماً"
        => say!(
            "Refund the consumer in full, and record it.",
            "Rembourser intégralement le consommateur, et l’enregistrer.",
            "أرجعوا المبلغ كاملاً إلى المستهلك، وسجّلوا ذلك.",
        );
    "MA-3108-38":
        "Withdrawal is excluded only in the cases of the law",
        "La rétractation n’est exclue que dans les cas de la loi",
        "لا يُستثنى التراجع إلا في الحالات المحددة قانوناً"
        => say!(
            "Name the case that is relied on, and who says so.",
            "Indiquer le cas invoqué, et qui le déclare.",
            "بيّنوا الحالة المتمسك بها ومن صرّح بها.",
        );
    "MA-3108-39":
        "The order is performed within thirty days, unless agreed otherwise",
        "La commande est exécutée dans les trente jours, sauf accord contraire",
        "تُنفَّذ الطلبية داخل ثلاثين يوماً، ما لم يُتفق على خلاف ذلك"
        => say!(
            "Perform the order, and record the day.",
            "Exécuter la commande, et enregistrer le jour.",
            "نفّذوا الطلبية، وسجّلوا اليوم.",
        );
    "MA-3108-34":
        "The supplier can prove the information, the confirmation, the terms kept and the acceptance",
        "Le fournisseur peut prouver l’information, la confirmation, le respect des délais et l’acceptation",
        "يمكن للمورد إثبات الإخبار والتأكيد واحترام الآجال والقبول"
        => say!(
            "Complete the evidence: each piece has a line of its own.",
            "Compléter les preuves\u{a0}: chacune a sa propre ligne.",
            "أتمّوا الأدلة: لكل منها سطر خاص به.",
        );
    "MA-3108-206":
        "A contract in a foreign language is accompanied by an Arabic translation",
        "Un contrat en langue étrangère est accompagné d’une traduction en arabe",
        "يُرفق العقد المحرر بلغة أجنبية بترجمة إلى العربية"
        => say!(
            "Bind an Arabic translation of each document, and have its fidelity attested.",
            "Joindre une traduction arabe de chaque document, et en faire attester la fidélité.",
            "أرفقوا ترجمة عربية لكل وثيقة، واطلبوا الإشهاد بأمانتها.",
        );
    "MA-3108-47":
        "A sale off premises is written, signed and dated by the consumer's hand, with a form, and nothing paid early",
        "Une vente hors établissement est écrite, signée et datée de la main du consommateur, avec un formulaire, sans paiement anticipé",
        "البيع خارج المحلات التجارية مكتوب وموقَّع ومؤرخ بيد المستهلك، مع نموذج للتراجع ودون أداء مسبق"
        => say!(
            "Complete the form, the copy and the consumer's own date and signature; take no payment before the seven days end.",
            "Compléter le formulaire, l’exemplaire, la date et la signature du consommateur\u{a0}; ne rien encaisser avant la fin des sept jours.",
            "أتمّوا النموذج والنظير وتاريخ المستهلك وتوقيعه؛ ولا تستوفوا أي مبلغ قبل انتهاء الأيام السبعة.",
        );
    "MA-3108-12":
        "Above 3 000 dirhams, the last day of delivery is stated in writing",
        "Au-delà de 3 000 dirhams, la date limite de livraison est indiquée par écrit",
        "فوق 3.000 درهم، يُبيَّن الأجل الأقصى للتسليم كتابة"
        => say!(
            "State the last day of delivery in the contract.",
            "Indiquer la date limite de livraison dans le contrat.",
            "بيّنوا الأجل الأقصى للتسليم في العقد.",
        );
    "MA-3108-92":
        "Consumer credit follows rules of its own",
        "Le crédit à la consommation suit des règles propres",
        "للقرض الاستهلاكي قواعد خاصة به"
        => say!(
            "Say whether a consumer credit is involved; if so, have a lawyer examine it.",
            "Indiquer si un crédit à la consommation est en jeu\u{a0}; si oui, le faire examiner par un juriste.",
            "بيّنوا هل يتعلق الأمر بقرض استهلاكي؛ فإن كان كذلك فاعرضوه على رجل قانون.",
        );
};

const TELL: super::Sentence = say!(
    "Add the information to the offer and record where it stands.",
    "Ajouter l’information à l’offre et noter où elle se trouve.",
    "أضيفوا هذا الإخبار إلى العرض وسجّلوا موضعه.",
);
