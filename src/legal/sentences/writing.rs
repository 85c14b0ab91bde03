//! What makes a writing and a signature, and what proof they are.

use super::{Sentence, sentences};

pub(super) const SENTENCES: &[Sentence] = sentences! {
    "whose the signature of {0} is: it may be that of {1}",
    "de qui est la signature de {0}\u{a0}: elle peut être celle de {1}",
    "لمن هو توقيع {0}: فقد يكون توقيع {1}";

    "{0} identified {1} by {2} on {3}",
    "{0} a identifié {1} par {2} le {3}",
    "حدّد {0} هوية {1} بواسطة {2} بتاريخ {3}";

    "a certificate, or a record of how the person was identified",
    "un certificat, ou une trace de la façon dont la personne a été identifiée",
    "شهادة، أو ما يثبت كيف جرى تحديد هوية الشخص";

    "who stands behind the pseudonym of the certificate",
    "qui se trouve derrière le pseudonyme du certificat",
    "من هو صاحب الاسم المستعار الوارد في الشهادة";

    "the certificate {0} names {1}",
    "le certificat {0} désigne {1}",
    "تسمّي الشهادة {0} الشخص {1}";

    "a certificate that validates: {0}",
    "un certificat dont la validation réussisse\u{a0}: {0}",
    "شهادة ينجح التحقق منها: {0}";

    "the name of the person: the certificate has none",
    "le nom de la personne\u{a0}: le certificat n’en comporte pas",
    "اسم الشخص: لا تتضمن الشهادة أي اسم";

    "the signature does not hold over the document",
    "la signature ne correspond pas au document",
    "لا يطابق التوقيع الوثيقة";

    "the signature does not cover the whole document",
    "la signature ne couvre pas tout le document",
    "لا يشمل التوقيع الوثيقة كلها";

    "whether the signature holds over the document",
    "si la signature correspond au document",
    "هل يطابق التوقيع الوثيقة";

    "whether the signature covers the whole document",
    "si la signature couvre tout le document",
    "هل يشمل التوقيع الوثيقة كلها";

    "the signature holds and covers the whole document",
    "la signature correspond au document et le couvre tout entier",
    "يطابق التوقيع الوثيقة ويشملها كلها";

    "it is not in an archive",
    "l’acte n’est pas dans une archive",
    "المحرر غير مودع في أرشيف";

    "the chain of the archive verifies from the deposit to now",
    "la chaîne de l’archive est vérifiée du dépôt jusqu’à ce jour",
    "سلسلة الأرشيف سليمة منذ الإيداع إلى الآن";

    "the chain of the archive does not verify",
    "la chaîne de l’archive est rompue",
    "سلسلة الأرشيف غير سليمة";

    "whether the chain of the archive verifies",
    "si la chaîne de l’archive est intacte",
    "هل سلسلة الأرشيف سليمة";

    "the signature does not hold: {0}",
    "la validation de la signature échoue\u{a0}: {0}",
    "فشل التحقق من التوقيع: {0}";

    "a signature that validates: {0}",
    "une signature dont la validation réussisse\u{a0}: {0}",
    "توقيع ينجح التحقق منه: {0}";

    "the signature does not hold over the act",
    "la signature ne correspond pas à l’acte",
    "لا يطابق التوقيع المحرر";

    "whether the signature holds over the act",
    "si la signature correspond à l’acte",
    "هل يطابق التوقيع المحرر";

    "the signature holds over the digest of the act and the certificate that it names",
    "la signature porte sur l’empreinte de l’acte et sur le certificat qu’elle désigne",
    "يشمل التوقيع بصمة المحرر والشهادة التي يسمّيها";

    "a signed attribute that names the certificate",
    "un attribut signé qui désigne le certificat",
    "سمة موقَّعة تسمّي الشهادة";

    "the signature states that the signatory approves the content",
    "la signature énonce que le signataire approuve le contenu",
    "يصرّح التوقيع بأن الموقّع يوافق على المضمون";

    "the words of consent were shown on {0} and confirmed on {1}",
    "la formule du consentement a été montrée le {0} et confirmée le {1}",
    "عُرضت صيغة الرضا بتاريخ {0} وجرى تأكيدها بتاريخ {1}";

    "a statement of approval in the signature, or words of consent shown and then confirmed",
    "une mention d’approbation dans la signature, ou une formule de consentement montrée puis confirmée",
    "تصريح بالموافقة في التوقيع، أو صيغة رضا عُرضت ثم جرى تأكيدها";

    "the public officer before whom it was signed, and the office",
    "l’officier public devant lequel l’acte a été signé, et sa charge",
    "الموظف العمومي الذي وُقّع المحرر أمامه، وصفته";

    "nobody claims that the act is authentic",
    "personne ne prétend que l’acte est authentique",
    "لا أحد يدّعي أن المحرر رسمي";

    "there is no time-stamp",
    "il n’y a pas d’horodatage",
    "لا يوجد ختم زمني";

    "there is no time-stamp, and a qualified one is needed",
    "il n’y a pas d’horodatage, et il en faut un qualifié",
    "لا يوجد ختم زمني، ويلزم ختم زمني مؤهل";

    "the reliability of the signatures is presumed",
    "la fiabilité des signatures est présumée",
    "موثوقية التوقيعات مفترضة";

    "an agreement on evidence between the parties; without one the court decides by all means",
    "une convention de preuve entre les parties\u{a0}; à défaut, la juridiction statue par tous moyens",
    "اتفاق بين الأطراف بشأن الإثبات؛ وفي غيابه تبتّ المحكمة بكل الوسائل";

    "the date need not bind third parties",
    "la date n’a pas à être opposable aux tiers",
    "لا يلزم أن يُحتج بالتاريخ على الغير";

    "who takes on obligations",
    "qui s’oblige",
    "من الذي يلتزم";

    "whether a natural person signed for {0}",
    "si une personne physique a signé pour {0}",
    "هل وقّع شخص ذاتي عن {0}";

    "{0} signed",
    "{0} a signé",
    "وقّع {0}";

    "the signature of {0} does not hold: {1}",
    "la validation de la signature de {0} échoue\u{a0}: {1}",
    "فشل التحقق من توقيع {0}: {1}";

    "whether the signature of {0} holds: {1}",
    "si la signature de {0} est valide\u{a0}: {1}",
    "هل توقيع {0} صحيح: {1}";

    "{0} did not sign",
    "{0} n’a pas signé",
    "لم يوقّع {0}";

    "{0} sealed, and a seal does not stand in for a signature",
    "{0} a apposé un cachet, et un cachet ne supplée pas à une signature",
    "وضع {0} خاتماً، والخاتم لا يقوم مقام التوقيع";

    "the signature is not of the level that must be in the act",
    "la signature n’est pas du niveau qui doit être introduit dans l’acte",
    "ليس التوقيع من المستوى الذي يجب إدراجه في المحرر";

    "the signature is in the act",
    "la signature est dans l’acte",
    "التوقيع مدرج في المحرر";

    "the signature and the act are in one container",
    "la signature et l’acte sont dans un même conteneur",
    "التوقيع والمحرر في حاوية واحدة";

    "the signature is in a file of its own",
    "la signature est dans un fichier à part",
    "التوقيع في ملف مستقل";

    "where the signature is",
    "où se trouve la signature",
    "أين يوجد التوقيع";

    "no mention in the obligor's own hand is required, as far as the ceremony says",
    "aucune mention écrite de la main de celui qui s’oblige n’est exigée, d’après le dossier",
    "لا تُشترط أي عبارة بخط يد الملتزم، حسب ما يفيده الملف";

    "somebody else could have written the mention",
    "une autre personne aurait pu écrire la mention",
    "كان بإمكان شخص آخر أن يكتب العبارة";

    "the obligor's own signature does not cover the mention",
    "la signature de celui qui s’oblige ne couvre pas la mention",
    "لا يشمل توقيع الملتزم نفسه تلك العبارة";

    "the obligor wrote the mention in his own session, and his own signature covers it",
    "celui qui s’oblige a écrit la mention dans sa propre session, et sa propre signature la couvre",
    "كتب الملتزم العبارة في حسابه الخاص، ويشملها توقيعه هو";

    "that only the obligor can have written the mention, and that his own signature covers it",
    "établir que seul celui qui s’oblige a pu écrire la mention, et que sa propre signature la couvre",
    "إثبات أن الملتزم وحده هو من أمكنه كتابة العبارة، وأن توقيعه هو يشملها";

    "there is one party, and several originals are not required",
    "il n’y a qu’une partie, et plusieurs originaux ne sont pas exigés",
    "يوجد طرف واحد، ولا تُشترط عدة أصول";

    "{0} can access a copy since {1}",
    "{0} a accès à un exemplaire depuis le {1}",
    "يمكن لـ {0} الاطلاع على نظير منذ {1}";

    "that {0} holds a copy or can access one",
    "établir que {0} dispose d’un exemplaire ou y a accès",
    "إثبات أن {0} يتوفر على نظير أو يمكنه الاطلاع عليه";

    "a natural person signs",
    "une personne physique signe",
    "الموقّع شخص ذاتي";

    "a legal person cannot sign: it seals (law 43-20 art. 2)",
    "une personne morale ne signe pas\u{a0}: elle appose un cachet (loi 43-20, art. 2)",
    "لا يوقّع الشخص الاعتباري بل يضع خاتماً (القانون 43.20، المادة 2)";

    "whether the certificate is a natural person's",
    "si le certificat est celui d’une personne physique",
    "هل الشهادة لشخص ذاتي";

    "several originals are required, and nobody signed",
    "plusieurs originaux sont exigés, et personne n’a signé",
    "تُشترط عدة أصول، ولم يوقّع أحد";
};
