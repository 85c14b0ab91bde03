//! The act, its form, its proof.

use super::{Guide, guides, say};

pub(super) const GUIDES: &[Guide] = guides! {
    "MA-SCOPE-001":
        "The law that governs follows from the day of signing",
        "La loi applicable dépend du jour de la signature",
        "يتحدد القانون المطبَّق بيوم التوقيع"
        => say!(
            "Add a time-stamp that proves when it was signed.",
            "Ajouter un horodatage qui prouve la date de la signature.",
            "أضيفوا ختماً زمنياً يثبت تاريخ التوقيع.",
        );
    "MA-SCOPE-002":
        "The act does not apply the Family Code",
        "L’acte ne relève pas de l’application du code de la famille",
        "لا يتعلق المحرر بتطبيق مدونة الأسرة"
        => say!(
            "Conclude a family-law act in another form; otherwise declare the kind of act.",
            "Conclure un acte du droit de la famille sous une autre forme\u{a0}; sinon, déclarer la nature de l’acte.",
            "أبرموا ما يتعلق بمدونة الأسرة في شكل آخر؛ وإلا فصرّحوا بنوع التصرف.",
        );
    "MA-SCOPE-003":
        "A security by private deed is made for the needs of a profession, or by a credit institution",
        "Une sûreté sous seing privé est établie pour les besoins d’une profession, ou par un établissement de crédit",
        "الضمانة المنجزة في محرر عرفي تُنجز لأغراض مهنة، أو تنجزها مؤسسة ائتمان"
        => say!(
            "Do not conclude this security as an electronic private deed; declare who makes it where that is not said.",
            "Ne pas conclure cette sûreté par acte sous seing privé électronique\u{a0}; déclarer qui l’établit si ce n’est pas dit.",
            "لا تبرموا هذه الضمانة في محرر عرفي إلكتروني؛ وصرّحوا بمن ينجزها إن لم يُذكر.",
        );
    "MA-SCOPE-004":
        "An act about real property rights is not an ordinary electronic private deed",
        "Un acte relatif à des droits réels n’est pas un simple acte sous seing privé électronique",
        "التصرف المتعلق بحقوق عينية لا يكون محرراً عرفياً إلكترونياً عادياً"
        => say!(
            "Have it drawn up as an authentic act, or by a lawyer with a certain date; attest an arrêté that admits it, if there is one.",
            "Le faire établir par acte authentique, ou par un avocat avec date certaine\u{a0}; attester l’arrêté qui l’admet, s’il existe.",
            "أنجزوه في محرر رسمي، أو في محرر ثابت التاريخ يحرره محام؛ وأشهدوا بالقرار الذي يقبله إن وُجد.",
        );
    "MA-SCOPE-005":
        "A credit institution's security of high value bears an advanced or qualified signature or seal",
        "Une sûreté de valeur élevée d’un établissement de crédit porte une signature ou un cachet avancé ou qualifié",
        "ضمانة مؤسسة الائتمان ذات القيمة المرتفعة تحمل توقيعاً أو خاتماً متقدماً أو مؤهلاً"
        => say!(
            "Give the value of the security and the one that the arrêté sets, and have it signed at the advanced level at least.",
            "Indiquer la valeur de la sûreté et celle que fixe l’arrêté, et faire signer au niveau avancé au moins.",
            "بيّنوا قيمة الضمانة والقيمة التي يحددها القرار، واجعلوا التوقيع في المستوى المتقدم على الأقل.",
        );
    "MA-SCOPE-006":
        "Whoever takes on an obligation can read",
        "Celui qui s’oblige sait lire",
        "من يلتزم يحسن القراءة"
        => say!(
            "Have the party's reading declared; whoever cannot read goes to a notary or public officer.",
            "Faire déclarer que la partie sait lire\u{a0}; qui ne sait pas lire s’adresse à un notaire ou à un officier public.",
            "اطلبوا التصريح بأن الطرف يحسن القراءة؛ ومن لا يحسنها يتوجه إلى موثق أو موظف عمومي.",
        );
    "MA-SCOPE-007":
        "An amendment takes the form of the contract that it amends",
        "Une modification prend la forme du contrat qu’elle modifie",
        "يتخذ التعديل شكل العقد الذي يعدّله"
        => say!(
            "Make the amendment again in the form of the contract, or tell that form.",
            "Refaire la modification dans la forme du contrat, ou indiquer cette forme.",
            "أعيدوا التعديل في شكل العقد، أو بيّنوا ذلك الشكل.",
        );
    "MA-SCOPE-008":
        "Above 10 000 dirhams there is a writing that is signed",
        "Au-delà de 10 000 dirhams, il existe un écrit signé",
        "فوق 10.000 درهم يوجد محرر موقَّع"
        => say!(
            "Have the contract signed, and tell its amount in dirhams.",
            "Faire signer le contrat, et indiquer son montant en dirhams.",
            "اجعلوا العقد موقَّعاً، وبيّنوا مبلغه بالدرهم.",
        );
    "MA-DOC-417-1-ID":
        "The person from whom the writing emanates can be identified",
        "La personne dont émane l’écrit peut être identifiée",
        "يمكن التعرف على الشخص الذي صدر عنه المحرر"
        => say!(
            "Give the certificate and what validates it, or a record of how the person was identified.",
            "Fournir le certificat et de quoi le valider, ou une trace de l’identification de la personne.",
            "قدّموا الشهادة وما يلزم للتحقق منها، أو ما يثبت كيف جرى تحديد هوية الشخص.",
        );
    "MA-DOC-417-1-INT-MADE":
        "The writing was made in a way that guarantees its integrity",
        "L’écrit a été établi dans des conditions de nature à en garantir l’intégrité",
        "أُنجز المحرر وفق شروط من شأنها ضمان سلامته"
        => say!(
            "Find the document as it was signed, or have the whole document signed again.",
            "Retrouver le document tel qu’il a été signé, ou faire signer de nouveau tout le document.",
            "ابحثوا عن الوثيقة كما وُقّعت، أو أعيدوا توقيع الوثيقة كلها.",
        );
    "MA-DOC-417-1-INT-KEPT":
        "The writing is kept in a way that guarantees its integrity",
        "L’écrit est conservé dans des conditions de nature à en garantir l’intégrité",
        "يُحفظ المحرر وفق شروط من شأنها ضمان سلامته"
        => say!(
            "Verify the archive from the deposit on, and restore what is broken from another copy.",
            "Vérifier l’archive depuis le dépôt, et rétablir ce qui est rompu à partir d’une autre copie.",
            "تحققوا من الأرشيف منذ الإيداع، وأصلحوا ما اختل فيه من نسخة أخرى.",
        );
    "MA-DOC-417-2-LINK":
        "A reliable process links the signature to the act",
        "Un procédé fiable garantit le lien de la signature avec l’acte",
        "تضمن وسيلة موثوقة ارتباط التوقيع بالمحرر"
        => say!(
            "Give what validates the signature; one that fails validation is to be made again.",
            "Fournir de quoi valider la signature\u{a0}; celle dont la validation échoue est à refaire.",
            "قدّموا ما يلزم للتحقق من التوقيع؛ وما فشل التحقق منه يعاد توقيعه.",
        );
    "MA-DOC-417-2-CONSENT":
        "The signature expresses consent to the obligations of the act",
        "La signature exprime le consentement aux obligations de l’acte",
        "يعبّر التوقيع عن الرضا بالالتزامات الناشئة عن المحرر"
        => say!(
            "Sign with a statement of approval, or record the words of consent as they are shown and confirmed.",
            "Signer avec une mention d’approbation, ou enregistrer la formule de consentement montrée puis confirmée.",
            "وقّعوا مع التصريح بالموافقة، أو سجّلوا صيغة الرضا عند عرضها وتأكيدها.",
        );
    "MA-DOC-417-2-AUTH":
        "What is called authentic was signed before a public officer",
        "Ce qui est dit authentique a été signé devant un officier public",
        "ما يوصف بالرسمي وُقّع أمام موظف عمومي"
        => say!(
            "Attest the public officer and the office, or stop calling the act authentic.",
            "Attester l’officier public et sa charge, ou cesser de dire l’acte authentique.",
            "أشهدوا بالموظف العمومي وبصفته، أو كفّوا عن وصف المحرر بالرسمي.",
        );
    "MA-DOC-417-3-PRESUME":
        "The reliability of the signature is presumed until the contrary is proved",
        "La fiabilité de la signature est présumée jusqu’à preuve contraire",
        "يُفترض الوثوق بالتوقيع إلى أن يثبت ما يخالف ذلك"
        => say!(
            "Without the presumption, whoever relies on the signature proves its reliability: keep the evidence, or sign at the highest level.",
            "Sans la présomption, celui qui se prévaut de la signature en prouve la fiabilité\u{a0}: conserver les preuves, ou signer au niveau le plus élevé.",
            "في غياب هذا الافتراض يثبت المتمسك بالتوقيع موثوقيته: احتفظوا بالأدلة، أو وقّعوا بأعلى مستوى.",
        );
    "MA-DOC-417-3-LEGALISED":
        "The act has the force of a legalised signature and of a certain date",
        "L’acte a la force d’une signature légalisée et d’une date certaine",
        "للمحرر قوة المحرر المصادق على صحة توقيعه والثابت التاريخ"
        => say!(
            "Have it signed at the highest level, and add a time-stamp: under law 43-20, a qualified one.",
            "Faire signer au niveau le plus élevé, et ajouter un horodatage\u{a0}; sous la loi 43-20, un horodatage électronique qualifié.",
            "وقّعوا بأعلى مستوى، وأضيفوا ختماً زمنياً؛ وفي ظل القانون 43.20 ختماً زمنياً إلكترونياً مؤهلاً.",
        );
    "MA-DOC-417-AL3":
        "Below the highest level, the parties agreed on evidence",
        "En deçà du niveau le plus élevé, les parties ont conclu une convention de preuve",
        "دون أعلى مستوى، اتفق الأطراف على الإثبات"
        => say!(
            "Have the parties make an agreement on evidence, and attest it.",
            "Faire conclure une convention de preuve entre les parties, et l’attester.",
            "اجعلوا الأطراف يبرمون اتفاقاً بشأن الإثبات، وأشهدوا به.",
        );
    "MA-DOC-425-6":
        "The date binds third parties",
        "La date est opposable aux tiers",
        "يُحتج بالتاريخ على الغير"
        => say!(
            "Have it signed at the highest level, or say that the date need not bind third parties.",
            "Faire signer au niveau le plus élevé, ou indiquer que la date n’a pas à être opposable aux tiers.",
            "وقّعوا بأعلى مستوى، أو بيّنوا أنه لا يلزم الاحتجاج بالتاريخ على الغير.",
        );
    "MA-DOC-426-SIGN":
        "Whoever takes on an obligation signs himself; a seal does not stand in for that",
        "Celui qui s’oblige signe lui-même\u{a0}; un cachet n’y supplée pas",
        "يوقّع الملتزم بنفسه؛ ولا يقوم الخاتم مقام توقيعه"
        => say!(
            "Have each obligor sign, by a natural person.",
            "Faire signer chaque obligé, par une personne physique.",
            "اجعلوا كل ملتزم يوقّع، بواسطة شخص ذاتي.",
        );
    "MA-DOC-426-EMBED":
        "The signature is put into the act",
        "La signature est introduite dans l’acte",
        "يُدرج التوقيع في المحرر"
        => say!(
            "Put the signature into the document, or bind both in one container.",
            "Introduire la signature dans le document, ou réunir les deux dans un même conteneur.",
            "أدرجوا التوقيع في الوثيقة، أو اجمعوهما في حاوية واحدة.",
        );
    "MA-DOC-2-1-HANDWRITTEN":
        "Only the obligor can have written the mention that must be in his hand",
        "Seul celui qui s’oblige a pu apposer la mention exigée de sa main",
        "الملتزم وحده هو من أمكنه وضع العبارة المطلوبة بخط يده"
        => say!(
            "Let the obligor type the mention in his own session, and cover it with his own signature.",
            "Faire saisir la mention par l’obligé dans sa propre session, et la couvrir de sa propre signature.",
            "اجعلوا الملتزم يكتب العبارة في حسابه الخاص، وليشملها توقيعه هو.",
        );
    "MA-DOC-65-7":
        "Each party holds a copy, or has access to it",
        "Chaque partie dispose d’un exemplaire ou y a accès",
        "يتوفر كل طرف على نظير أو يمكنه الاطلاع عليه"
        => say!(
            "Give each party its copy, and record when it could access it.",
            "Remettre à chaque partie son exemplaire, et enregistrer quand elle a pu y accéder.",
            "سلّموا كل طرف نظيره، وسجّلوا متى أمكنه الاطلاع عليه.",
        );
    "MA-RET-COM26":
        "A merchant keeps letters, received and sent, for ten years",
        "Un commerçant conserve dix ans les lettres reçues et envoyées",
        "يحتفظ التاجر بالمراسلات الواردة والصادرة عشر سنوات"
        => KEEP_LONGER;
    "MA-RET-988":
        "Accounting documents and vouchers are kept for ten years",
        "Les documents comptables et pièces justificatives sont conservés dix ans",
        "تُحفظ الوثائق المحاسبية والمستندات الإثباتية عشر سنوات"
        => KEEP_LONGER;
    "MA-RET-LIMIT":
        "The proof is kept for as long as a claim can be brought",
        "La preuve est conservée aussi longtemps qu’une action est possible",
        "تُحفظ الحجة ما دامت الدعوى ممكنة"
        => KEEP_LONGER;
    "MA-4320-ART7":
        "No signature is refused merely because its level is below the qualified one",
        "Aucune signature n’est écartée au seul motif que son niveau est inférieur au niveau qualifié",
        "لا يُستبعد أي توقيع لمجرد أن مستواه دون المستوى المؤهل"
        => REPORT_THE_DEFECT;
    "MA-4320-ART72":
        "Nothing makes believe that the library or its operator holds an approval",
        "Rien ne laisse croire que la bibliothèque ou son exploitant détient un agrément",
        "لا شيء يوهم بأن المكتبة أو مستغلها حاصل على اعتماد"
        => REPORT_THE_DEFECT;
    "MA-0908-AUTO":
        "The assessment advises; no decision rests on it alone",
        "L’appréciation éclaire\u{a0}; aucune décision ne repose sur elle seule",
        "التقييم للاستئناس؛ ولا يقوم عليه وحده أي قرار"
        => REPORT_THE_DEFECT;
};

const KEEP_LONGER: super::Sentence = say!(
    "Set the day until which it is kept at or after the one named here, and record when the contract ended.",
    "Fixer la fin de la conservation au jour indiqué ici ou plus tard, et enregistrer la fin du contrat.",
    "حددوا نهاية الحفظ في اليوم المبيّن هنا أو بعده، وسجّلوا تاريخ نهاية العقد.",
);

const REPORT_THE_DEFECT: super::Sentence = say!(
    "Report this as a defect of the library.",
    "Signaler ce défaut de la bibliothèque.",
    "أبلغوا عن هذا الخلل في المكتبة.",
);
