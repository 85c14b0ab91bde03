//! What electronic form can carry at all.

use super::{Sentence, sentences};

pub(super) const SENTENCES: &[Sentence] = sentences! {
    "a time-stamp that proves when it was signed ({0})",
    "un horodatage qui prouve la date de la signature ({0})",
    "ختم زمني يثبت تاريخ التوقيع ({0})";

    "somebody's word on what kind of act it is",
    "la déclaration de quelqu’un sur la nature de l’acte",
    "تصريح من شخص ما بنوع التصرف القانوني";

    "it is an act that applies the Family Code, and the chapter does not govern it (DOC 2-1 al. 3)",
    "c’est un acte relatif à l’application du code de la famille, que ce chapitre ne régit pas (DOC 2-1, al. 3)",
    "إنه محرر يتعلق بتطبيق مدونة الأسرة، ولا تسري عليه أحكام هذا الباب (ق.ل.ع، الفصل 2-1، الفقرة 3)";

    "whether it is made for the needs of a profession: credit institutions are named only since law 43-20 art. 76",
    "si l’acte est établi pour les besoins d’une profession\u{a0}: les établissements de crédit ne sont nommés que depuis l’article 76 de la loi 43-20",
    "هل أُنجز المحرر لأغراض مهنة: فمؤسسات الائتمان لم تُذكر إلا منذ المادة 76 من القانون 43.20";

    "a private deed about a security, made neither for the needs of a profession nor by a credit institution",
    "un acte sous seing privé relatif à une sûreté, établi ni pour les besoins d’une profession ni par un établissement de crédit",
    "محرر عرفي يتعلق بضمانة، لم يُنجز لأغراض مهنة ولم تنجزه مؤسسة ائتمان";

    "it is not a deed about a security",
    "ce n’est pas un acte relatif à une sûreté",
    "ليس محرراً يتعلق بضمانة";

    "an arrêté that admits the act",
    "un arrêté qui admet l’acte",
    "قرار يقبل هذا التصرف";

    "an act about real property rights: an authentic act, or a lawyer's act of certain date, is required on pain of nullity (law 39-08 art. 4), and no arrêté that admits it is named",
    "un acte relatif à des droits réels\u{a0}: un acte authentique, ou un acte à date certaine établi par un avocat, est exigé à peine de nullité (loi 39-08, art. 4), et aucun arrêté qui l’admette n’est indiqué",
    "تصرف يتعلق بحقوق عينية: يُشترط تحت طائلة البطلان محرر رسمي أو محرر ثابت التاريخ يحرره محام (القانون 39.08، المادة 4)، ولم يُذكر أي قرار يقبله";

    "it is not an act about real property rights",
    "ce n’est pas un acte relatif à des droits réels",
    "ليس تصرفاً يتعلق بحقوق عينية";

    "it is not a security by a credit institution",
    "ce n’est pas une sûreté établie par un établissement de crédit",
    "ليست ضمانة أنجزتها مؤسسة ائتمان";

    "the value of the security, in dirhams",
    "la valeur de la sûreté, en dirhams",
    "قيمة الضمانة بالدرهم";

    "the value that the joint arrêté sets (law 43-20 art. 78), which was not found",
    "la valeur que fixe l’arrêté conjoint (loi 43-20, art. 78), qui n’a pas été trouvé",
    "القيمة التي يحددها القرار المشترك (القانون 43.20، المادة 78)، ولم يُعثر عليه";

    "the value is not above the one that the arrêté sets",
    "la valeur ne dépasse pas celle que fixe l’arrêté",
    "لا تتجاوز القيمة ما يحدده القرار";

    "it is neither signed nor sealed",
    "l’acte n’est ni signé ni revêtu d’un cachet",
    "لا يحمل المحرر توقيعاً ولا خاتماً";

    "who the parties are",
    "qui sont les parties",
    "من هم الأطراف";

    "{0} is a legal person",
    "{0} est une personne morale",
    "{0} شخص اعتباري";

    "{0} cannot read: the obligations of illiterate persons count only before a notary or public officer (DOC 427)",
    "{0} ne sait pas lire\u{a0}: les obligations des personnes illettrées ne valent que devant un notaire ou un officier public (DOC 427)",
    "{0} لا يحسن القراءة: ولا عبرة بالتزامات الأميين إلا أمام موثق أو موظف عمومي مأذون له (ق.ل.ع، الفصل 427)";

    "somebody's word that {0} can read",
    "la déclaration de quelqu’un que {0} sait lire",
    "تصريح من شخص ما بأن {0} يحسن القراءة";

    "it amends no earlier contract",
    "l’acte ne modifie aucun contrat antérieur",
    "لا يعدّل المحرر أي عقد سابق";

    "the form is that of the contract {0} that it amends",
    "la forme est celle du contrat {0} qu’il modifie",
    "الشكل هو شكل العقد {0} الذي يعدّله";

    "the contract {0} that it amends has another form",
    "le contrat {0} qu’il modifie a une autre forme",
    "للعقد {0} الذي يعدّله شكل آخر";

    "the form of the contract {0} that it amends",
    "la forme du contrat {0} qu’il modifie",
    "شكل العقد {0} الذي يعدّله";

    "the amount of the contract, in dirhams",
    "le montant du contrat, en dirhams",
    "مبلغ العقد بالدرهم";

    "the amount is not above 10 000 dirhams",
    "le montant ne dépasse pas 10 000 dirhams",
    "لا يتجاوز المبلغ 10.000 درهم";

    "the amount is above 10 000 dirhams and nobody signed",
    "le montant dépasse 10 000 dirhams et personne n’a signé",
    "يتجاوز المبلغ 10.000 درهم ولم يوقّع أحد";
};
