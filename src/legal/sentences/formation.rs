//! How a contract is concluded electronically.

use super::{Sentence, sentences};

pub(super) const SENTENCES: &[Sentence] = sentences! {
    "the offer",
    "l’offre",
    "العرض";

    "the offer is not made professionally",
    "l’offre n’est pas faite à titre professionnel",
    "لم يُقدَّم العرض بصفة مهنية";

    "whether the offer is made professionally",
    "si l’offre est faite à titre professionnel",
    "هل قُدّم العرض بصفة مهنية";

    "the offer does not make this statement",
    "l’offre ne comporte pas cette énonciation",
    "لا يتضمن العرض هذا البيان";

    "the digest of the offer in which it is stated",
    "l’empreinte de l’offre qui comporte cette énonciation",
    "بصمة العرض الذي ورد فيه هذا البيان";

    "the offer {0} states it at {1}",
    "l’offre {0} l’énonce à cet endroit\u{a0}: {1}",
    "ورد هذا البيان في العرض {0} في هذا الموضع: {1}";

    "the offeror's reason: {0}",
    "la raison donnée par l’auteur de l’offre\u{a0}: {0}",
    "السبب الذي ذكره صاحب العرض: {0}";

    "the article lets no offer do without this statement",
    "l’article ne dispense aucune offre de cette énonciation",
    "لا يعفي النص أي عرض من هذا البيان";

    "the terms cannot be kept and reproduced",
    "les conditions contractuelles ne peuvent être ni conservées ni reproduites",
    "لا يمكن الاحتفاظ بالشروط التعاقدية ولا استنساخها";

    "the file of the terms",
    "le fichier des conditions contractuelles",
    "ملف الشروط التعاقدية";

    "whether the terms can be kept and reproduced",
    "si les conditions contractuelles peuvent être conservées et reproduites",
    "هل يمكن الاحتفاظ بالشروط التعاقدية واستنساخها";

    "the terms {0} ({1}) can be kept and reproduced",
    "les conditions contractuelles {0} ({1}) peuvent être conservées et reproduites",
    "يمكن الاحتفاظ بالشروط التعاقدية {0} ({1}) واستنساخها";

    "no information is sent by e-mail",
    "aucune information n’est transmise par courrier électronique",
    "لا تُوجَّه أي معلومة بالبريد الإلكتروني";

    "to whom the e-mail was sent",
    "à qui le courrier électronique a été adressé",
    "إلى من وُجّه البريد الإلكتروني";

    "{0} accepted e-mail expressly on {1}",
    "{0} a accepté expressément le courrier électronique le {1}",
    "وافق {0} صراحة على استعمال البريد الإلكتروني بتاريخ {1}";

    "{0} was sent an e-mail and had not accepted that expressly",
    "{0} a reçu un courrier électronique sans avoir accepté expressément ce moyen",
    "وُجّه بريد إلكتروني إلى {0} دون أن يوافق صراحة على هذه الوسيلة";

    "the confirmation of the order",
    "la confirmation de la commande",
    "تأكيد الطلبية";

    "the order was confirmed and had not been shown with its total price",
    "la commande a été confirmée sans avoir été montrée avec son prix total",
    "جرى تأكيد الطلبية دون عرضها مع سعرها الإجمالي";

    "that the corrected order was shown again before it was confirmed",
    "établir que la commande corrigée a été montrée de nouveau avant d’être confirmée",
    "إثبات أن الطلبية المصححة عُرضت من جديد قبل تأكيدها";

    "the order {0} was shown with its total price on {1} and confirmed on {2}",
    "la commande {0} a été montrée avec son prix total le {1} et confirmée le {2}",
    "عُرضت الطلبية {0} مع سعرها الإجمالي بتاريخ {1} وجرى تأكيدها بتاريخ {2}";

    "the total price that was shown",
    "le prix total qui a été montré",
    "السعر الإجمالي المعروض";

    "the digest of the order that was shown",
    "l’empreinte de la commande qui a été montrée",
    "بصمة الطلبية المعروضة";

    "the acceptance was not acknowledged",
    "il n’a pas été accusé réception de l’acceptation",
    "لم يُوجَّه إشعار بالتوصل بالقبول";

    "an acknowledgement whose time is after the acceptance",
    "un accusé de réception dont l’heure soit postérieure à l’acceptation",
    "إشعار بالتوصل يكون وقته لاحقاً للقبول";

    "acknowledged after {0} seconds",
    "accusé de réception au bout de {0} secondes",
    "وُجّه الإشعار بالتوصل بعد {0} ثانية";

    "acknowledged after {0} seconds, more than the {1} that the caller holds for a delay that is justified",
    "accusé de réception au bout de {0} secondes, plus que les {1} que l’utilisateur tient pour un délai justifié",
    "وُجّه الإشعار بالتوصل بعد {0} ثانية، أي أكثر من {1} ثانية التي يعتبرها المستعمل أجلاً مبرراً";

    "what delay is justified, for the article gives no figure: it was acknowledged after {0} seconds",
    "quel délai est justifié, car l’article ne donne pas de chiffre\u{a0}: il a été accusé réception au bout de {0} secondes",
    "ما هو الأجل المبرر، إذ لا يحدد النص رقماً: وُجّه الإشعار بالتوصل بعد {0} ثانية";

    "the confirmation could be accessed on {0}",
    "la confirmation était accessible le {0}",
    "أمكن الولوج إلى التأكيد بتاريخ {0}";

    "when the addressee of the confirmation could access it",
    "quand le destinataire de la confirmation a pu y avoir accès",
    "متى أمكن للمرسل إليه الولوج إلى التأكيد";

    "the confirmation, and when its addressee could access it",
    "la confirmation, et quand son destinataire a pu y avoir accès",
    "التأكيد، ومتى أمكن للمرسل إليه الولوج إليه";

    "the acknowledgement could be accessed on {0}",
    "l’accusé de réception était accessible le {0}",
    "أمكن الولوج إلى الإشعار بالتوصل بتاريخ {0}";

    "when the addressee of the acknowledgement could access it",
    "quand le destinataire de l’accusé de réception a pu y avoir accès",
    "متى أمكن للمرسل إليه الولوج إلى الإشعار بالتوصل";

    "the acknowledgement, and when its addressee could access it",
    "l’accusé de réception, et quand son destinataire a pu y avoir accès",
    "الإشعار بالتوصل، ومتى أمكن للمرسل إليه الولوج إليه";

    "{0} made the offer on {1}",
    "{0} a fait l’offre le {1}",
    "قدّم {0} العرض بتاريخ {1}";

    "{0} confirmed on {1}",
    "{0} a confirmé le {1}",
    "أكّد {0} بتاريخ {1}";

    "{0} neither signed nor confirmed: silence and performance are no acceptance",
    "{0} n’a ni signé ni confirmé\u{a0}: le silence et l’exécution ne valent pas acceptation",
    "لم يوقّع {0} ولم يؤكد: والسكوت والتنفيذ لا يُعدّان قبولاً";

    "no detachable form is required, as far as the ceremony says",
    "aucun formulaire détachable n’est exigé, d’après le dossier",
    "لا يُشترط أي نموذج قابل للاقتطاع، حسب ما يفيده الملف";

    "the form can be accessed",
    "le formulaire est accessible",
    "يمكن الولوج إلى النموذج";

    "the form cannot be accessed",
    "le formulaire n’est pas accessible",
    "لا يمكن الولوج إلى النموذج";

    "whether the form can be accessed",
    "si le formulaire est accessible",
    "هل يمكن الولوج إلى النموذج";

    "the form can be filled in",
    "le formulaire peut être rempli",
    "يمكن ملء النموذج";

    "the form cannot be filled in",
    "le formulaire ne peut pas être rempli",
    "لا يمكن ملء النموذج";

    "whether the form can be filled in",
    "si le formulaire peut être rempli",
    "هل يمكن ملء النموذج";

    "the form can be returned by the same way",
    "le formulaire peut être renvoyé par la même voie",
    "يمكن إرجاع النموذج بالطريقة نفسها";

    "the form cannot be returned by the same way",
    "le formulaire ne peut pas être renvoyé par la même voie",
    "لا يمكن إرجاع النموذج بالطريقة نفسها";

    "whether the form can be returned by the same way",
    "si le formulaire peut être renvoyé par la même voie",
    "هل يمكن إرجاع النموذج بالطريقة نفسها";

    "the place at which the offer states it",
    "l’endroit où l’offre l’énonce",
    "الموضع الذي ورد فيه البيان في العرض";

    "whether {0} is a professional who gave an address",
    "si {0} est un professionnel qui a communiqué son adresse",
    "هل {0} مهني أدلى بعنوانه";

    "who confirmed the order",
    "qui a confirmé la commande",
    "من أكّد الطلبية";

    "to whom the order was shown",
    "à qui la commande a été montrée",
    "على من عُرضت الطلبية";
};
