//! The words of an assessment, and those that no output may use.

/// What every assessment says of itself.
pub const NOTICES: &[&str] = &[
    "This assessment is made by software from facts that it was given: it is advice to nobody, and a lawyer must read it \
     before anybody relies on it.",
    "It is no validation by a provider of trust services in the sense of law 43-20 art. 11.",
    "The cryptographic policy is the library's own: no Moroccan text that was found fixes an algorithm or a key length.",
    "What somebody attested was heard and not checked.",
];

/// Phrases that would make believe what is not so (law 43-20 art. 7, 11, 62, 72), in English, French and Arabic.
const MISLEADING: &[&str] = &[
    "inadmissible because",
    "invalid because it is not qualified",
    "we are approved",
    "approved by the dgssi",
    "certified by the dgssi",
    "is a qualified validation",
    "qualified validation report",
    "legally guaranteed",
    "is legal advice",
    "irrecevable car",
    "irrecevable parce que",
    "nous sommes agréés",
    "agréé par la dgssi",
    "certifié par la dgssi",
    "rapport de validation qualifié",
    "est une validation qualifiée",
    "juridiquement garanti",
    "vaut conseil juridique",
    "غير مقبول لأنه غير مؤهل",
    "معتمدون لدى المديرية",
    "معتمد من المديرية",
    "تقرير تحقق مؤهل",
    "استشارة قانونية مضمونة",
];

/// The misleading phrases in a text.
///
/// ```
/// assert!(seing::legal::misleading("Rapport de validation qualifié").next().is_some());
/// assert!(seing::legal::misleading("Signature avancée").next().is_none());
/// ```
pub fn misleading(text: &str) -> impl Iterator<Item = &'static str> {
    let folded = text.to_lowercase();
    MISLEADING.iter().copied().filter(move |phrase| folded.contains(phrase))
}
