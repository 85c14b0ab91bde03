//! What a consumer is owed at a distance, and the terms that run.

use super::{Sentence, sentences};

pub(super) const SENTENCES: &[Sentence] = sentences! {
    "{0} says that law 31-08 art. 28 excludes the contract",
    "{0} déclare que l’article 28 de la loi 31-08 exclut le contrat",
    "صرّح {0} بأن المادة 28 من القانون 31.08 تستثني العقد";

    "it is not concluded at a distance",
    "le contrat n’est pas conclu à distance",
    "لم يُبرم العقد عن بعد";

    "whether it is concluded at a distance",
    "si le contrat est conclu à distance",
    "هل أُبرم العقد عن بعد";

    "whether a professional contracts with a consumer",
    "si un professionnel contracte avec un consommateur",
    "هل يتعاقد مهني مع مستهلك";

    "it is not between a professional and a consumer",
    "le contrat n’est pas conclu entre un professionnel et un consommateur",
    "العقد ليس بين مهني ومستهلك";

    "{0} says that these are regular deliveries of current consumption (art. 42)",
    "{0} déclare qu’il s’agit de livraisons régulières de consommation courante (art. 42)",
    "صرّح {0} بأن الأمر يتعلق بتسليم منتظم لمواد الاستهلاك الجاري (المادة 42)";

    "{0} says that this is lodging, transport, catering or leisure at a date (art. 42)",
    "{0} déclare qu’il s’agit d’hébergement, de transport, de restauration ou de loisirs à une date déterminée (art. 42)",
    "صرّح {0} بأن الأمر يتعلق بالإيواء أو النقل أو الإطعام أو الترفيه في تاريخ محدد (المادة 42)";

    "the supplier's reason: {0}",
    "la raison donnée par le fournisseur\u{a0}: {0}",
    "السبب الذي ذكره المورد: {0}";

    "a lawyer's word on the reason for leaving it out: {0}",
    "l’avis d’un juriste sur la raison de cette omission\u{a0}: {0}",
    "رأي رجل قانون في سبب هذا الإغفال: {0}";

    "the order and its price",
    "la commande et son prix",
    "الطلبية وسعرها";

    "the total is in dirhams",
    "le total est en dirhams",
    "المجموع بالدرهم";

    "the total is in {0} and not in dirhams",
    "le total est en {0} et non en dirhams",
    "المجموع بعملة {0} وليس بالدرهم";

    "the total price",
    "le prix total",
    "السعر الإجمالي";

    "it includes taxes and charges",
    "il comprend les taxes et les frais",
    "يشمل الرسوم والتكاليف";

    "it does not include taxes and charges",
    "il ne comprend pas les taxes et les frais",
    "لا يشمل الرسوم والتكاليف";

    "whether the total includes taxes and charges",
    "si le total comprend les taxes et les frais",
    "هل يشمل المجموع الرسوم والتكاليف";

    "the cost of delivery is told",
    "les frais de livraison sont indiqués",
    "مصاريف التسليم مبيَّنة";

    "the cost of delivery is not told",
    "les frais de livraison ne sont pas indiqués",
    "مصاريف التسليم غير مبيَّنة";

    "whether the cost of delivery is told",
    "si les frais de livraison sont indiqués",
    "هل مصاريف التسليم مبيَّنة";

    "the terms were accepted on {0}, before the confirmation",
    "les conditions ont été acceptées le {0}, avant la confirmation",
    "جرى قبول الشروط بتاريخ {0}، قبل التأكيد";

    "the digest of the terms that were accepted",
    "l’empreinte des conditions qui ont été acceptées",
    "بصمة الشروط التي جرى قبولها";

    "the order was confirmed and the terms had not been accepted expressly",
    "la commande a été confirmée sans que les conditions aient été acceptées expressément",
    "جرى تأكيد الطلبية دون قبول صريح للشروط";

    "the file of the confirmation",
    "le fichier de la confirmation",
    "ملف التأكيد";

    "confirmed on {0}, after the delivery on {1}",
    "confirmé le {0}, après la livraison du {1}",
    "جرى التأكيد بتاريخ {0}، بعد التسليم بتاريخ {1}";

    "confirmed on a durable medium on {0}",
    "confirmé sur un support durable le {0}",
    "جرى التأكيد على دعامة دائمة بتاريخ {0}";

    "delivered on {0} and not confirmed on a durable medium",
    "livré le {0} sans confirmation sur un support durable",
    "جرى التسليم بتاريخ {0} دون تأكيد على دعامة دائمة";

    "the confirmation on a durable medium, due with the delivery at the latest",
    "la confirmation sur un support durable, due au plus tard lors de la livraison",
    "التأكيد على دعامة دائمة، الواجب عند التسليم على أبعد تقدير";

    "{0} says that art. 38 excludes it: a service begun by consent",
    "{0} déclare que l’article 38 l’exclut\u{a0}: service commencé avec accord",
    "صرّح {0} بأن المادة 38 تستثنيه: خدمة شُرع فيها بموافقة";

    "{0} says that art. 38 excludes it: a price of the financial market",
    "{0} déclare que l’article 38 l’exclut\u{a0}: prix lié au marché financier",
    "صرّح {0} بأن المادة 38 تستثنيه: سعر مرتبط بالسوق المالية";

    "{0} says that art. 38 excludes it: made to order, or perishable",
    "{0} déclare que l’article 38 l’exclut\u{a0}: fait sur mesure ou périssable",
    "صرّح {0} بأن المادة 38 تستثنيه: مصنوع حسب الطلب أو سريع التلف";

    "{0} says that art. 38 excludes it: recordings or software unsealed by the consumer",
    "{0} déclare que l’article 38 l’exclut\u{a0}: enregistrements ou logiciels descellés par le consommateur",
    "صرّح {0} بأن المادة 38 تستثنيه: تسجيلات أو برامج معلوماتية فتحها المستهلك";

    "{0} says that art. 38 excludes it: newspapers, periodicals, magazines",
    "{0} déclare que l’article 38 l’exclut\u{a0}: journaux, périodiques, magazines",
    "صرّح {0} بأن المادة 38 تستثنيه: جرائد أو دوريات أو مجلات";

    "whether goods or a service are ordered",
    "si la commande porte sur un bien ou sur un service",
    "هل تتعلق الطلبية بسلعة أم بخدمة";

    "the receipt of the goods, or the acceptance of the offer of a service",
    "la réception du bien, ou l’acceptation de l’offre de service",
    "تسلم السلعة، أو قبول عرض الخدمة";

    "{0} clear days from {1}: the last day is {2} (the first and the last are not counted)",
    "délai franc, en jours\u{a0}: {0}, à compter du {1}\u{a0}; dernier jour\u{a0}: le {2} (le premier et le dernier ne sont pas comptés)",
    "أجل كامل بالأيام: {0} ابتداء من {1}؛ واليوم الأخير هو {2} (لا يُحسب اليوم الأول ولا اليوم الأخير)";

    "nobody withdrew",
    "personne ne s’est rétracté",
    "لم يتراجع أحد";

    "refunded on {0}, and {1} was the last day",
    "remboursé le {0}\u{a0}; le dernier jour était le {1}",
    "أُرجع المبلغ بتاريخ {0}؛ وكان اليوم الأخير هو {1}";

    "not refunded by {0}, the last day",
    "pas de remboursement au {0}, dernier jour",
    "لم يُرجَع المبلغ إلى غاية {0}، وهو اليوم الأخير";

    "that it is refunded by {0}, the last day",
    "le remboursement au plus tard le {0}, dernier jour",
    "إرجاع المبلغ في أجل أقصاه {0}، وهو اليوم الأخير";

    "the supplier claims no case in which there is no withdrawal",
    "le fournisseur n’invoque aucun cas d’exclusion de la rétractation",
    "لا يتمسك المورد بأي حالة تستثني حق التراجع";

    "the acknowledgement of the order, from which the term runs",
    "l’accusé de réception de la commande, à partir duquel court le délai",
    "الإشعار بالتوصل بالطلبية، وهو ما يسري منه الأجل";

    "performed on {0}, and {1} was the last day",
    "exécuté le {0}\u{a0}; le dernier jour était le {1}",
    "جرى التنفيذ بتاريخ {0}؛ وكان اليوم الأخير هو {1}";

    "not performed by {0}, the last day",
    "pas d’exécution au {0}, dernier jour",
    "لم يجر التنفيذ إلى غاية {0}، وهو اليوم الأخير";

    "that it is performed by {0}, the last day",
    "l’exécution au plus tard le {0}, dernier jour",
    "التنفيذ في أجل أقصاه {0}، وهو اليوم الأخير";

    "the documents of the contract and their languages",
    "les documents du contrat et leurs langues",
    "وثائق العقد ولغاتها";

    "the language of the document {0}",
    "la langue du document {0}",
    "لغة الوثيقة {0}";

    "the document {0} is in Arabic",
    "le document {0} est en arabe",
    "الوثيقة {0} محررة بالعربية";

    "{0} translates {1}",
    "{0} traduit {1}",
    "{0} ترجمة للوثيقة {1}";

    "somebody's word that the Arabic translation is faithful",
    "la déclaration de quelqu’un que la traduction arabe est fidèle",
    "تصريح من شخص ما بأن الترجمة العربية أمينة";

    "no Arabic translation accompanies the document {0}",
    "aucune traduction en arabe n’accompagne le document {0}",
    "لا ترافق الوثيقة {0} أي ترجمة إلى العربية";

    "it is not concluded outside business premises",
    "le contrat n’est pas conclu hors des établissements commerciaux",
    "لم يُبرم العقد خارج المحلات التجارية";

    "whether it is concluded outside business premises",
    "si le contrat est conclu hors des établissements commerciaux",
    "هل أُبرم العقد خارج المحلات التجارية";

    "there is no detachable form to withdraw with",
    "il n’y a pas de formulaire détachable de rétractation",
    "لا يوجد نموذج قابل للاقتطاع لممارسة حق التراجع";

    "that the consumer signed and dated every copy in his own hand",
    "établir que le consommateur a signé et daté chaque exemplaire de sa main",
    "إثبات أن المستهلك وقّع كل نظير وأرّخه بخط يده";

    "a copy was given on {0}",
    "un exemplaire a été remis le {0}",
    "سُلّم نظير بتاريخ {0}";

    "that the consumer was given a copy at once",
    "établir qu’un exemplaire a été remis aussitôt au consommateur",
    "إثبات أن نظيراً سُلّم فوراً إلى المستهلك";

    "no payment is recorded",
    "aucun paiement n’est enregistré",
    "لم يُسجَّل أي أداء";

    "when the contract was concluded",
    "quand le contrat a été conclu",
    "متى أُبرم العقد";

    "paid on {0}, after {1}",
    "payé le {0}, après le {1}",
    "جرى الأداء بتاريخ {0}، بعد {1}";

    "paid on {0}, before the seven days ended on {1}",
    "payé le {0}, avant la fin des sept jours le {1}",
    "جرى الأداء بتاريخ {0}، قبل انتهاء الأيام السبعة بتاريخ {1}";

    "the order, its price and its delivery",
    "la commande, son prix et sa livraison",
    "الطلبية وسعرها وتسليمها";

    "it is delivered at once",
    "la livraison est immédiate",
    "التسليم فوري";

    "the price is not above 3 000 dirhams",
    "le prix ne dépasse pas 3 000 dirhams",
    "لا يتجاوز السعر 3.000 درهم";

    "{0} is stated as the last day of delivery",
    "le {0} est indiqué comme date limite de livraison",
    "{0} هو الأجل الأقصى المبيَّن للتسليم";

    "the price in dirhams, and the last day of delivery in writing",
    "le prix en dirhams, et la date limite de livraison par écrit",
    "السعر بالدرهم، والأجل الأقصى للتسليم كتابة";

    "whether it is delivered at once, and else the last day of delivery in writing",
    "si la livraison est immédiate, et sinon la date limite de livraison par écrit",
    "هل التسليم فوري، وإلا فالأجل الأقصى للتسليم كتابة";

    "the last day of delivery is not stated in writing",
    "la date limite de livraison n’est pas indiquée par écrit",
    "الأجل الأقصى للتسليم غير مبيَّن كتابة";

    "it is neither a consumer credit nor financed by one",
    "ce n’est pas un crédit à la consommation, et aucun ne le finance",
    "ليس قرضاً استهلاكياً ولا ممولاً بقرض استهلاكي";

    "a lawyer's examination: consumer credit has a prior offer, a form and a withdrawal of its own (art. 74-94)",
    "l’examen d’un juriste\u{a0}: le crédit à la consommation a une offre préalable, un formulaire et une rétractation qui lui sont propres (art. 74-94)",
    "دراسة رجل قانون: للقرض الاستهلاكي عرض مسبق ونموذج وتراجع خاصة به (المواد 74 إلى 94)";

    "whether it is a consumer credit, or financed by one",
    "s’il s’agit d’un crédit à la consommation, ou d’une vente qu’il finance",
    "هل هو قرض استهلاكي أو ممول بقرض استهلاكي";

    "who accepted the terms",
    "qui a accepté les conditions",
    "من قبِل الشروط";

    "withdrawn on {0}, and {1} was the last day",
    "rétractation le {0}\u{a0}; le dernier jour était le {1}",
    "جرى التراجع بتاريخ {0}؛ وكان اليوم الأخير هو {1}";

    "the case that the supplier claims is not one of what is ordered",
    "le cas qu’invoque le fournisseur ne correspond pas à ce qui est commandé",
    "الحالة التي يتمسك بها المورد لا توافق ما طُلب";

    "a copy was given on {0}, and not at once",
    "un exemplaire a été remis le {0}, et non aussitôt",
    "سُلّم نظير بتاريخ {0} وليس فوراً";
};
