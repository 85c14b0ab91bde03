//! One collection: paths first, then what is known of the revocation of each certificate on them.

use std::collections::{HashSet, VecDeque};

use super::asking::{Asking, Question};
use super::issuers::Issuers;
use super::{Collected, Collector, Sought};
use crate::ades::Material;
use crate::digest::{Algorithm, Digest};
use crate::error::{Error, ErrorKind, Result};
use crate::limits::{Budget, Limits};
use crate::pki::crl::Crl;
use crate::pki::ocsp::{OcspResponse, Request, ResponseStatus, Unanswered};
use crate::pki::revocation::{RevocationData, RevocationQuery, Statement, Statements, statements};
use crate::pki::{Certificate, TrustAnchors};
use crate::time::Time;

pub(super) struct Run<'r, 'a> {
    asking: Asking<'r, 'a>,
    anchors: &'r TrustAnchors,
    time: Time,
    limits: Limits,
    budget: Budget,
    targets: Vec<usize>,
    issuers: Issuers,
    data: RevocationData,
    /// The revocation information that was fetched, known before or not.
    fetched: HashSet<Digest>,
    new: Material,
    incomplete: Option<Error>,
}

impl<'r, 'a> Run<'r, 'a> {
    pub(super) fn new(
        collector: &'r mut Collector<'a>,
        targets: &[Certificate],
        known: &Material,
        anchors: &'r TrustAnchors,
    ) -> Self {
        let mut issuers = Issuers::new();
        anchors.iter().for_each(|anchor| issuers.add_anchor(anchor));
        let targets = targets.iter().map(|target| issuers.add(target)).collect();
        for certificate in &known.certificates {
            issuers.add(certificate);
        }
        // What cannot be read is of no use to anybody, and may be replaced.
        let (data, _unreadable) = RevocationData::read(&known.crls, &known.ocsp_responses);
        Self {
            anchors,
            time: collector.time,
            limits: collector.limits.clone(),
            budget: Budget::new(&collector.limits),
            asking: Asking::new(collector),
            targets,
            issuers,
            data,
            fetched: HashSet::new(),
            new: Material::default(),
            incomplete: None,
        }
    }

    /// An error of `what` is the limit that ends the collection.
    pub(super) fn collect(mut self, what: impl FnOnce(&mut Self) -> Result<()>) -> Collected {
        if let Err(limit) = what(&mut self) {
            self.incomplete = Some(limit);
        }
        Collected { material: self.new, attempts: self.asking.finish(), incomplete: self.incomplete }
    }

    /// Completes the path of each target.
    pub(super) fn paths(&mut self) -> Result<()> {
        self.targets.clone().into_iter().try_for_each(|target| self.complete(target))
    }

    /// The same, and then what is known of the revocation of each certificate on them, and of those on whom that rests.
    pub(super) fn everything(&mut self) -> Result<()> {
        self.paths()?;
        let mut links = VecDeque::new();
        for target in self.targets.clone() {
            let above = self.issuers.above(target, &mut self.budget)?;
            links.extend(self.issuers.on_paths(&above, &mut self.budget)?);
        }
        let mut seen = HashSet::new();
        while let Some((place, issuer)) = links.pop_front() {
            let (Some(certificate), Some(issuer)) = (self.issuers.certificate(place), self.issuers.certificate(issuer))
            else {
                continue;
            };
            if self.issuers.is_anchor(place) || !seen.insert(place) {
                continue;
            }
            for (signer, its_issuer) in self.revocation(&certificate, &issuer)? {
                links.push_back((self.issuers.add(&signer), self.issuers.add(&its_issuer)));
            }
        }
        Ok(())
    }

    /// Fetches issuers until an anchor is reached, or nobody is left who says where one is.
    fn complete(&mut self, target: usize) -> Result<()> {
        let mut asked = HashSet::new();
        loop {
            let above = self.issuers.above(target, &mut self.budget)?;
            if above.iter().any(|place| self.issuers.is_anchor(*place)) {
                return Ok(());
            }
            // First those that have no issuer yet. The others may have one that is certified by somebody else as well.
            let mut open = Vec::new();
            for place in above.into_iter().filter(|place| !asked.contains(place)) {
                let is_top = self.issuers.of(place, &mut self.budget)?.is_empty();
                if !self.issuers.is_self_signed(place) && (is_top || !self.anchors.is_empty()) {
                    open.push((!is_top, place));
                }
            }
            open.sort_by_key(|(has_issuer, _)| *has_issuer);
            let Some((_, next)) = open.first() else { return Ok(()) };
            asked.insert(*next);
            self.fetch_issuers(*next)?;
        }
    }

    fn fetch_issuers(&mut self, place: usize) -> Result<()> {
        let Some(child) = self.issuers.certificate(place) else { return Ok(()) };
        for url in self.sources(child.ca_issuers(), &child) {
            let question = Question { sought: Sought::Issuer, url, certificate: &child, body: None };
            let Some(answer) = self.asking.ask(&question)? else { continue };
            match issuers_in(&answer.octets, &child, &mut self.budget) {
                Ok(certificates) => {
                    let mut is_new = false;
                    for certificate in certificates {
                        if !self.issuers.contains(&certificate) {
                            is_new = true;
                            self.issuers.add(&certificate);
                            self.new.certificates.push(certificate);
                        }
                    }
                    if is_new {
                        return Ok(());
                    }
                }
                Err(error) => self.asking.fails(answer.place, error),
            }
        }
        Ok(())
    }

    /// Fetches information on the revocation of a certificate until there is some that is current. Returns those on whom it
    /// rests, each with its issuer.
    fn revocation(
        &mut self,
        certificate: &Certificate,
        issuer: &Certificate,
    ) -> Result<Vec<(Certificate, Certificate)>> {
        let mut current = self.current(certificate, issuer)?;
        let responders = if certificate.validity_assured_short_term() { &[] } else { certificate.ocsp_responders() };
        for url in self.sources(responders, certificate) {
            if !current.is_empty() {
                break;
            }
            self.ask_responder(url, certificate, issuer)?;
            current = self.current(certificate, issuer)?;
        }
        let points =
            if certificate.validity_assured_short_term() { &[] } else { certificate.crl_distribution_points() };
        for url in self.sources(points, certificate) {
            if !current.is_empty() {
                break;
            }
            self.fetch_list(Sought::Crl, url, certificate, issuer)?;
            current = self.current(certificate, issuer)?;
        }
        if self.update(&current, certificate, issuer)? {
            current = self.current(certificate, issuer)?;
        }
        Ok(current.into_iter().flat_map(|statement| statement.signers).collect())
    }

    fn ask_responder(&mut self, url: &str, certificate: &Certificate, issuer: &Certificate) -> Result<()> {
        let mut request = Request::new(certificate, issuer);
        if let Some(entropy) = &mut self.asking.collector().entropy {
            request = request.nonce(entropy)?;
        }
        let body = request.to_der();
        let question = Question { sought: Sought::OcspResponse, url, certificate, body: Some(&body) };
        let Some(answer) = self.asking.ask(&question)? else { return Ok(()) };
        let response = match response_in(&answer.octets, &request) {
            Ok(response) => response,
            Err(error) => {
                self.asking.fails(answer.place, error);
                return Ok(());
            }
        };
        let source = response.digest(Algorithm::Sha256);
        if !self.data.ocsp_responses().contains(&response) {
            self.new.ocsp_responses.push(response.der().to_vec());
            self.data.add_ocsp(response);
        }
        self.fetched.insert(source);
        self.judge(&[source], answer.place, certificate, issuer)
    }

    fn fetch_list(&mut self, sought: Sought, url: &str, certificate: &Certificate, issuer: &Certificate) -> Result<()> {
        let question = Question { sought, url, certificate, body: None };
        let Some(answer) = self.asking.ask(&question)? else { return Ok(()) };
        let lists = match lists_in(&answer.octets, sought, certificate) {
            Ok(lists) => lists,
            Err(error) => {
                self.asking.fails(answer.place, error);
                return Ok(());
            }
        };
        let mut sources = Vec::new();
        for list in lists {
            let source = list.digest(Algorithm::Sha256);
            sources.push(source);
            self.fetched.insert(source);
            if !self.data.crls().contains(&list) {
                self.new.crls.push(list.der().to_vec());
                self.data.add_crl(list);
            }
        }
        self.judge(&sources, answer.place, certificate, issuer)
    }

    /// Fetches the delta lists that bring the lists up to date on which statements rest (RFC 5280 §4.2.1.15 and §5.2.6). Says
    /// whether any address was tried.
    fn update(&mut self, current: &[Statement], certificate: &Certificate, issuer: &Certificate) -> Result<bool> {
        let sources: HashSet<&Digest> = current.iter().flat_map(|statement| &statement.sources).collect();
        let is_used = |list: &&Crl| sources.contains(&list.digest(Algorithm::Sha256));
        let mut urls = Vec::new();
        for base in self.data.crls().iter().filter(is_used) {
            let is_newer = |delta: &Crl| {
                let in_force = delta.next_update().is_some_and(|next| next > self.time);
                delta.is_delta() && in_force && delta.issuer().matches(base.issuer())
            };
            if !self.data.crls().iter().any(is_newer) {
                urls.extend(base.freshest().iter().chain(certificate.freshest_crl()).cloned());
            }
        }
        for url in self.sources(&urls, certificate) {
            self.fetch_list(Sought::DeltaCrl, url, certificate, issuer)?;
        }
        Ok(!urls.is_empty())
    }

    /// The statements about a certificate that are still current, or were fetched just now where they do not say how long they
    /// are.
    fn current(&mut self, certificate: &Certificate, issuer: &Certificate) -> Result<Vec<Statement>> {
        let mut proven = self.statements(certificate, issuer)?.proven;
        proven.retain(|statement| match statement.next_update {
            Some(next) => next > self.time,
            None => statement.sources.iter().all(|source| self.fetched.contains(source)),
        });
        Ok(proven)
    }

    fn statements(&mut self, certificate: &Certificate, issuer: &Certificate) -> Result<Statements> {
        let candidates = self.issuers.certificates();
        let query = RevocationQuery::new(certificate, issuer, candidates, self.anchors, self.time);
        statements(&query, &self.data, &mut self.budget)
    }

    /// Writes down why information that came proves nothing, or nothing of today, where that is so.
    fn judge(
        &mut self,
        sources: &[Digest],
        place: usize,
        certificate: &Certificate,
        issuer: &Certificate,
    ) -> Result<()> {
        let found = self.statements(certificate, issuer)?;
        let is_of_it = |statement: &&Statement| sources.iter().any(|source| statement.sources.contains(source));
        let proven: Vec<&Statement> = found.proven.iter().filter(is_of_it).collect();
        let ends: Option<Vec<Time>> = proven.iter().map(|statement| statement.next_update).collect();
        if proven.is_empty() {
            let why = found.unusable.iter().find(|unusable| sources.contains(&unusable.source));
            let why = why.map_or("it is not about the certificate", |unusable| &unusable.why);
            self.asking.fails(place, rejected("what came proves nothing").with(why));
        } else if let Some(last) = ends.and_then(|ends| ends.into_iter().max())
            && last <= self.time
        {
            self.asking.fails(place, rejected("what came is not current any more").with(format!("until {last}")));
        }
        Ok(())
    }

    /// The first addresses, up to the limit.
    fn sources<'c>(
        &mut self,
        urls: &'c [String],
        certificate: &Certificate,
    ) -> impl Iterator<Item = &'c str> + use<'c> {
        if urls.len() > self.limits.sources {
            self.incomplete.get_or_insert_with(|| {
                Error::limit("more addresses in a certificate than the limit allows")
                    .with(certificate.subject().to_string())
            });
        }
        urls.iter().take(self.limits.sources).map(String::as_str)
    }
}

/// The certificates in an answer that may stand above a certificate: in DER, in PEM, or in a PKCS#7 that carries certificates
/// (RFC 5280 §4.2.2.1).
fn issuers_in(octets: &[u8], child: &Certificate, budget: &mut Budget) -> Result<Vec<Certificate>> {
    let mut others = Certificate::parse_many(octets)?;
    let mut found: Vec<Certificate> = Vec::new();
    loop {
        let before = found.len();
        let is_above = |certificate: &mut Certificate| {
            child.issuer().matches(certificate.subject())
                || found.iter().any(|below| below.issuer().matches(certificate.subject()))
        };
        let next: Vec<Certificate> = others.extract_if(.., is_above).collect();
        found.extend(next.into_iter().take(MOST_ISSUERS - before));
        if found.len() == before || found.len() >= MOST_ISSUERS {
            break;
        }
    }
    for certificate in found.iter().filter(|certificate| certificate.subject().matches(child.issuer())) {
        budget.signature_check()?;
        let key = certificate.public_key();
        if key.and_then(|key| child.verify_issued_by(key)).is_ok_and(|verified| verified.is_ok()) {
            return Ok(found);
        }
    }
    let what = "no certificate that came is of the key that signed";
    Err(rejected(what).with(child.subject().to_string()))
}

/// A PKCS#7 of the issuer has its certificates by several others, and perhaps those above them.
const MOST_ISSUERS: usize = 32;

fn response_in(octets: &[u8], request: &Request) -> Result<OcspResponse> {
    let response = OcspResponse::parse(octets)?;
    if response.status() != ResponseStatus::Successful {
        return Err(rejected("the responder refused to answer").with(response.status().to_string()));
    }
    match request.check_answer(&response) {
        Ok(()) | Err(Unanswered::NoNonce) => Ok(response),
        Err(fault) => Err(rejected("the response is not to this request").with(fault.to_string()).because(fault)),
    }
}

fn lists_in(octets: &[u8], sought: Sought, certificate: &Certificate) -> Result<Vec<Crl>> {
    let mut lists = Crl::parse_many(octets)?;
    lists.retain(|list| list.is_indirect() || list.issuer().matches(certificate.issuer()));
    if lists.is_empty() {
        return Err(rejected("the revocation list is of another issuer"));
    }
    if sought == Sought::DeltaCrl && !lists.iter().all(Crl::is_delta) {
        return Err(rejected("the revocation list is no delta list"));
    }
    Ok(lists)
}

fn rejected(what: &'static str) -> Error {
    Error::new(ErrorKind::Rejected, what)
}
