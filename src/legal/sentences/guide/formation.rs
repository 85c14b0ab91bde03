//! How a contract is concluded electronically.

use super::{Guide, guides, say};

pub(super) const GUIDES: &[Guide] = guides! {
    "MA-DOC-65-4-1-CHARACTERISTICS":
        "The offer states the main characteristics",
        "L’offre énonce les principales caractéristiques du bien, du service ou du fonds",
        "يبيّن العرض الخصائص الرئيسية للسلعة أو الخدمة أو الأصل التجاري"
        => STATE_IT;
    "MA-DOC-65-4-2-CONDITIONS":
        "The offer states the conditions of sale or transfer",
        "L’offre énonce les conditions de vente ou de cession",
        "يبيّن العرض شروط البيع أو التفويت"
        => STATE_IT;
    "MA-DOC-65-4-3-STEPS":
        "The offer states the steps that conclude the contract",
        "L’offre énonce les étapes à suivre pour conclure le contrat",
        "يبيّن العرض المراحل الواجب اتباعها لإبرام العقد"
        => STATE_IT;
    "MA-DOC-65-4-4-ERRORS":
        "The offer states how errors are found and corrected before conclusion",
        "L’offre énonce les moyens d’identifier et de corriger les erreurs de saisie avant la conclusion",
        "يبيّن العرض وسائل كشف أخطاء إدخال المعطيات وتصحيحها قبل إبرام العقد"
        => STATE_IT;
    "MA-DOC-65-4-5-LANGUAGES":
        "The offer states the languages proposed",
        "L’offre énonce les langues proposées",
        "يبيّن العرض اللغات المقترحة"
        => STATE_IT;
    "MA-DOC-65-4-6-ARCHIVING":
        "The offer states how the contract is archived and accessed, where that is justified",
        "L’offre énonce les modalités d’archivage du contrat et d’accès à celui-ci, si cela se justifie",
        "يبيّن العرض كيفية أرشفة العقد وشروط الولوج إليه، إن كان لذلك ما يبرره"
        => STATE_OR_EXPLAIN;
    "MA-DOC-65-4-7-RULES":
        "The offer states how to consult the rules that the offeror accepts, if any",
        "L’offre énonce les moyens de consulter les règles auxquelles son auteur se soumet, le cas échéant",
        "يبيّن العرض وسائل الاطلاع على القواعد المهنية والتجارية التي يلتزم بها صاحبه، عند الاقتضاء"
        => STATE_OR_EXPLAIN;
    "MA-DOC-65-4-TERMS":
        "The terms can be kept and reproduced",
        "Les conditions contractuelles peuvent être conservées et reproduites",
        "يمكن الاحتفاظ بالشروط التعاقدية واستنساخها"
        => say!(
            "Publish the terms as one complete file that the customer can save and print.",
            "Publier les conditions sous forme d’un fichier complet que le client peut enregistrer et imprimer.",
            "انشروا الشروط في ملف واحد كامل يمكن للزبون حفظه وطبعه.",
        );
    "MA-DOC-65-3-EMAIL":
        "E-mail is used only with express acceptance, or to a professional who gave the address",
        "Le courrier électronique suppose une acceptation expresse, ou un professionnel qui a communiqué son adresse",
        "لا يُستعمل البريد الإلكتروني إلا بموافقة صريحة، أو مع مهني أدلى بعنوانه"
        => say!(
            "Ask for the acceptance of e-mail before the first message, and record it.",
            "Demander l’acceptation du courrier électronique avant le premier message, et l’enregistrer.",
            "اطلبوا الموافقة على استعمال البريد الإلكتروني قبل أول رسالة، وسجّلوها.",
        );
    "MA-DOC-65-5-REVIEW":
        "Before confirming, the customer could check the order and its total price, and correct errors",
        "Avant de confirmer, le client a pu vérifier sa commande et son prix total, et corriger les erreurs",
        "قبل التأكيد، تمكّن الزبون من التحقق من الطلبية وسعرها الإجمالي ومن تصحيح الأخطاء"
        => say!(
            "Have the order reviewed with its total price before it is confirmed; a confirmation without that is to be asked for again.",
            "Faire vérifier la commande avec son prix total avant la confirmation\u{a0}; à défaut, demander une nouvelle confirmation.",
            "اعرضوا الطلبية مع سعرها الإجمالي للتحقق قبل التأكيد؛ وإن لم يحصل ذلك فاطلبوا التأكيد من جديد.",
        );
    "MA-DOC-65-5-ACK":
        "The offeror acknowledges the acceptance electronically, without undue delay",
        "L’auteur de l’offre accuse réception de l’acceptation, par voie électronique et sans délai injustifié",
        "يوجّه صاحب العرض إشعاراً بالتوصل بالقبول، بطريقة إلكترونية ودون تأخير غير مبرر"
        => say!(
            "Send the acknowledgement as soon as the order is confirmed; say which delay is held to be justified.",
            "Envoyer l’accusé de réception dès la confirmation\u{a0}; indiquer quel délai est tenu pour justifié.",
            "وجّهوا الإشعار بالتوصل فور التأكيد؛ وبيّنوا الأجل الذي يُعتبر مبرراً.",
        );
    "MA-DOC-65-5-RECEIVED":
        "A message is received when its addressee can access it",
        "Un message est réputé reçu lorsque son destinataire peut y avoir accès",
        "تُعتبر الرسالة متوصلاً بها متى أمكن للمرسل إليه الولوج إليها"
        => say!(
            "Record when each message could be accessed.",
            "Enregistrer quand chaque message a pu être consulté.",
            "سجّلوا متى أمكن الولوج إلى كل رسالة.",
        );
    "MA-DOC-65-2-SILENCE":
        "The acceptance is express; silence is none",
        "L’acceptation est expresse\u{a0}; le silence n’en est pas une",
        "القبول صريح؛ والسكوت ليس قبولاً"
        => say!(
            "Obtain an express confirmation or a signature from each party.",
            "Obtenir de chaque partie une confirmation expresse ou une signature.",
            "احصلوا من كل طرف على تأكيد صريح أو توقيع.",
        );
    "MA-DOC-65-6-FORM":
        "A detachable form can be accessed, filled in and returned electronically",
        "Un formulaire détachable peut être obtenu, rempli et renvoyé par voie électronique",
        "يمكن الحصول على النموذج القابل للاقتطاع وملؤه وإرجاعه بطريقة إلكترونية"
        => say!(
            "Put the form at the customer's disposal so that it can be filled in and returned by the same way.",
            "Mettre le formulaire à disposition de sorte qu’il puisse être rempli et renvoyé par la même voie.",
            "ضعوا النموذج رهن الإشارة بحيث يمكن ملؤه وإرجاعه بالطريقة نفسها.",
        );
};

const STATE_IT: super::Sentence = say!(
    "Add the statement to the offer and record where it stands: without each statement it is mere advertising (DOC 65-4).",
    "Ajouter l’énonciation à l’offre et noter où elle se trouve\u{a0}: sans chaque énonciation, c’est une simple publicité (DOC 65-4).",
    "أضيفوا هذا البيان إلى العرض وسجّلوا موضعه: فبدون كل البيانات يبقى مجرد إشهار (ق.ل.ع، الفصل 65-4).",
);

const STATE_OR_EXPLAIN: super::Sentence = say!(
    "Add the statement to the offer and record where it stands, or record the reason why it does not apply (DOC 65-4).",
    "Ajouter l’énonciation à l’offre et noter où elle se trouve, ou noter la raison pour laquelle elle est sans objet (DOC 65-4).",
    "أضيفوا هذا البيان إلى العرض وسجّلوا موضعه، أو سجّلوا سبب عدم انطباقه (ق.ل.ع، الفصل 65-4).",
);
