//! Many signatures at once: all hold, or it is said which do not.

use std::collections::BTreeMap;

use curve25519_dalek::Scalar;
use curve25519_dalek::constants::ED25519_BASEPOINT_POINT as BASE;
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use curve25519_dalek::traits::{Identity, IsIdentity, VartimeMultiscalarMul};
use sha2::{Digest, Sha512};

use super::public::{Key, Verifier};

/// A message with a signature over it, to be verified with others.
#[derive(Clone, Copy)]
pub struct Signed<'a> {
    verifier: Verifier<'a>,
    message: &'a [u8],
    signature: &'a [u8],
}

/// Which signatures of a batch do not match.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", if places.is_empty() { "there is no signature" } else { "not every signature matches" })]
pub struct Mismatches {
    places: Vec<usize>,
}

impl<'a> Signed<'a> {
    /// What [`Verifier::verify`] takes.
    pub fn new(verifier: Verifier<'a>, message: &'a [u8], signature: &'a [u8]) -> Self {
        Self { verifier, message, signature }
    }
}

impl Mismatches {
    /// The places in the batch, from 0, of the signatures that do not match; none when the batch was empty.
    pub fn places(&self) -> &[usize] {
        &self.places
    }
}

/// Verifies that every signature of a batch matches, in the order given: the events of a journal, a folder of orders.
///
/// The verdict is that of [`Verifier::verify`] on each of them. Some hundred Ed25519 signatures or more are verified together
/// in less time (see `BENCHMARKS.md`); fewer of them, and other algorithms, one by one. When a batch does not hold, its
/// signatures are verified one by one to name the culprits, so that a batch with one takes longer than one without.
///
/// Nothing is random: the verdict is a function of the batch.
///
/// ```
/// use seing::key::{KeyKind, Signed, Signer, SoftwareKey, os_entropy, verify_batch};
///
/// let key = SoftwareKey::generate(KeyKind::Ed25519, &mut os_entropy)?;
/// let (offer, order) = (key.sign(b"offer")?, key.sign(b"order")?);
/// let verifier = key.public_key().verifier(key.algorithm())?;
/// let batch = [Signed::new(verifier, b"offer", &offer), Signed::new(verifier, b"another order", &order)];
/// assert_eq!(verify_batch(&batch).unwrap_err().places(), [1]);
/// # Ok::<(), seing::error::Error>(())
/// ```
///
/// # Errors
///
/// [`Mismatches`] unless every signature matches; for an empty batch as well, because no signature is not acceptance.
pub fn verify_batch(batch: &[Signed<'_>]) -> Result<(), Mismatches> {
    let mut together = Vec::new();
    let mut alone = Vec::new();
    for (place, signed) in batch.iter().enumerate() {
        let equation = if batch.len() < FEWEST { None } else { Equation::of(signed) };
        match equation {
            Some(equation) => together.push((place, equation)),
            None => alone.push(place),
        }
    }
    for part in parts(&together) {
        if part.len() < FEWEST || !hold(part) {
            alone.extend(part.iter().map(|(place, _)| *place));
        }
    }
    let fails = |place: &usize| {
        batch.get(*place).is_none_or(|signed| signed.verifier.verify(signed.message, signed.signature).is_err())
    };
    let mut places: Vec<usize> = alone.into_iter().filter(fails).collect();
    places.sort_unstable();
    if places.is_empty() && !batch.is_empty() { Ok(()) } else { Err(Mismatches { places }) }
}

/// Fewer are faster one by one, with either arithmetic.
const FEWEST: usize = 256;

/// The points of so many stay in the second-level cache.
const MOST: usize = 4096;

/// Parts of about the same length, none longer than [`MOST`].
fn parts<T>(all: &[T]) -> std::slice::Chunks<'_, T> {
    let count = all.len().div_ceil(MOST).max(1);
    all.chunks(all.len().div_ceil(count).max(1))
}

/// `[s]B = R + [k]A`, of one signature.
struct Equation<'a> {
    key: &'a ed25519_dalek::VerifyingKey,
    encoded: [u8; 32],
    r: EdwardsPoint,
    s: Scalar,
    k: Scalar,
}

impl<'a> Equation<'a> {
    /// `None` for what strict verification may refuse before it comes to the equation: it is verified alone.
    fn of(signed: &Signed<'a>) -> Option<Self> {
        let Key::Ed25519(key) = signed.verifier.key() else { return None };
        let key = key.point()?;
        let (encoded, s) = signed.signature.split_first_chunk::<32>()?;
        let s = Scalar::from_canonical_bytes(s.try_into().ok()?).into_option()?;
        if !is_canonical_and_not_one(encoded) {
            return None;
        }
        let r = CompressedEdwardsY(*encoded).decompress()?;
        let k = Sha512::new().chain_update(encoded).chain_update(key.as_bytes()).chain_update(signed.message);
        Some(Self { key, encoded: *encoded, r, s, k: Scalar::from_bytes_mod_order_wide(&k.finalize().into()) })
    }
}

/// Whether a y-coordinate is below p = 2²⁵⁵ - 19 and is not 1. Where y is 1 the point is the neutral one, and x = 0 has a
/// second encoding; the other one with x = 0 is of order 2.
fn is_canonical_and_not_one(encoded: &[u8; 32]) -> bool {
    let [first, middle @ .., last] = encoded;
    let last = last & 0x7f;
    let beyond = last == 0x7f && middle.iter().all(|octet| *octet == 0xff) && *first >= 0xed;
    let one = last == 0 && middle.iter().all(|octet| *octet == 0) && *first == 1;
    !beyond && !one
}

/// Whether strict verification, one by one, would accept all of these.
///
/// With e = `[S]B - R - [k]A`, strict verification accepts a signature when e is exactly 0, and neither A nor R is of small
/// order. The usual batch tests that a sum Σ zᵢeᵢ with random zᵢ is 0, which is not the same: if eᵢ is of small order, the sum
/// is 0 for one zᵢ in two to eight. So three things are tested, from which the verdict follows:
///
/// 1. No A and no R is the neutral point.
/// 2. Every A and every R is in the subgroup of prime order L. Each has 128 random bits; the 128 sums of the points whose bit j
///    is set must be in the subgroup. If one point is not, its torsion is in one of the two sums with and without it, so that
///    each j finds it with probability 1/2 at least, and all of them miss it with 2⁻¹²⁸ at most. Every signature that is
///    made as RFC 8032 has it passes; one that does not, though strict verification would accept it (a key of mixed order),
///    only makes the batch fail, and is then verified alone.
/// 3. Σ zᵢeᵢ = 0 where zᵢ is the number that the 128 bits of Rᵢ are. After 2 the eᵢ are in a group of prime order, so that
///    one that is not 0 is missed with probability 2⁻¹²⁸.
///
/// Points of small order are caught by 1 and 2. Then eᵢ = 0, and since the encoding of R was canonical, that is the
/// comparison of octets that strict verification ends with.
///
/// The random bits are drawn from a hash of all that the equations contain, after which nothing of them can be changed: to be
/// lucky a forger must try about 2¹²⁸ batches. The verdict so depends on no source of randomness, good or bad.
///
/// The sums of 2 are the buckets of Pippenger's algorithm, which 3 needs anyway: per signature 16 additions, per batch 128
/// multiplications by L, which is why small batches do not pay.
fn hold(equations: &[(usize, Equation<'_>)]) -> bool {
    let mut keys: BTreeMap<&[u8; 32], (EdwardsPoint, Scalar)> = BTreeMap::new();
    let mut transcript = Sha512::new().chain_update(b"seing: a batch of Ed25519 signatures");
    for (_, equation) in equations {
        for octets in [&equation.encoded, equation.key.as_bytes(), equation.k.as_bytes(), equation.s.as_bytes()] {
            transcript.update(octets);
        }
        keys.entry(equation.key.as_bytes()).or_insert_with(|| (equation.key.to_edwards(), Scalar::ZERO));
    }
    if keys.values().any(|(point, _)| point.is_small_order()) {
        return false;
    }
    let mut random = Bits::new(transcript.finalize().into());

    let mut points = Vec::with_capacity(equations.len() + keys.len());
    let mut of_base = Scalar::ZERO;
    for (_, equation) in equations {
        let bits = random.next();
        let z = Scalar::from(u128::from_le_bytes(bits));
        of_base += z * equation.s;
        if let Some((_, factor)) = keys.get_mut(equation.key.as_bytes()) {
            *factor += z * equation.k;
        }
        points.push((equation.r, bits));
    }
    for (point, factor) in keys.values_mut() {
        let bits = random.next();
        *factor -= Scalar::from(u128::from_le_bytes(bits));
        points.push((*point, bits));
    }

    let sums = sums_by_bit(&points);
    if !sums.iter().all(is_in_the_subgroup) {
        return false;
    }
    // Σ zᵢRᵢ + Σ zA over the keys
    let weighted = sums.iter().rev().fold(EdwardsPoint::identity(), |sum, point| sum + sum + point);
    let scalars = std::iter::once(of_base).chain(keys.values().map(|(_, factor)| -factor));
    let others =
        EdwardsPoint::vartime_multiscalar_mul(scalars, std::iter::once(BASE).chain(keys.values().map(|key| key.0)));
    others == weighted
}

/// `[L - 1]P = -P`
fn is_in_the_subgroup(point: &EdwardsPoint) -> bool {
    let almost = EdwardsPoint::vartime_double_scalar_mul_basepoint(&-Scalar::ONE, point, &Scalar::ZERO);
    (almost + point).is_identity()
}

/// For each of 128 bits the sum of the points that have it.
fn sums_by_bit(points: &[(EdwardsPoint, [u8; 16])]) -> Vec<EdwardsPoint> {
    let mut sums = Vec::with_capacity(128);
    for octet in 0..16 {
        let mut buckets = vec![EdwardsPoint::identity(); 256];
        for (point, bits) in points {
            let bucket = bits.get(octet).and_then(|value| buckets.get_mut(usize::from(*value)));
            if let Some(bucket) = bucket {
                *bucket += point;
            }
        }
        // The upper half has the highest bit; added to the lower half, the next one is as easy to see.
        let mut of_octet = Vec::with_capacity(8);
        let mut rest = buckets.as_mut_slice();
        while let Some((low, high)) = rest.split_at_mut_checked(rest.len() / 2)
            && !low.is_empty()
        {
            let mut sum = EdwardsPoint::identity();
            for (low, high) in low.iter_mut().zip(high) {
                sum += &*high;
                *low += &*high;
            }
            of_octet.push(sum);
            rest = low;
        }
        sums.extend(of_octet.into_iter().rev());
    }
    sums
}

/// Bits that depend on every bit of a seed: SHA-512 of the seed and a counter.
struct Bits {
    seed: [u8; 64],
    count: u64,
    block: [u8; 64],
    used: usize,
}

impl Bits {
    fn new(seed: [u8; 64]) -> Self {
        Self { seed, count: 0, block: [0; 64], used: 64 }
    }

    fn next(&mut self) -> [u8; 16] {
        if let Some(bits) = self.block.get(self.used..).and_then(|rest| rest.first_chunk::<16>()) {
            self.used += 16;
            return *bits;
        }
        self.block = Sha512::new().chain_update(self.seed).chain_update(self.count.to_le_bytes()).finalize().into();
        self.count += 1;
        self.used = 0;
        self.next()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]
mod tests {
    use curve25519_dalek::constants::EIGHT_TORSION;

    use super::*;
    use crate::key::{PublicKey, SignatureAlgorithm};

    struct Made {
        key: PublicKey,
        message: Vec<u8>,
        signature: Vec<u8>,
    }

    /// A signature under the key `a`B + `torsion` with R = `r`B + `shift`, as an attacker may make it.
    fn made(a: u64, torsion: EdwardsPoint, r: u64, shift: EdwardsPoint) -> Made {
        let (a, r, message) = (Scalar::from(a), Scalar::from(r), r.to_le_bytes());
        let (key, point) = ((a * BASE + torsion).compress(), (r * BASE + shift).compress());
        let k = Sha512::new().chain_update(point.0).chain_update(key.0).chain_update(message).finalize();
        let s = r + Scalar::from_bytes_mod_order_wide(&k.into()) * a;
        let spki = [&[0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00], &key.0[..]].concat();
        Made {
            key: PublicKey::from_spki(&spki).unwrap(),
            message: message.to_vec(),
            signature: [point.0, s.to_bytes()].concat(),
        }
    }

    fn honest(number: u64) -> Made {
        made(7 + number % 3, EIGHT_TORSION[0], 1_000 + number, EIGHT_TORSION[0])
    }

    /// Whether they hold together; `None` when one of them is not even an equation.
    fn together(all: &[Made]) -> Option<bool> {
        let signed = all.iter().map(|made| {
            let verifier = made.key.verifier(SignatureAlgorithm::Ed25519).unwrap();
            Signed::new(verifier, &made.message, &made.signature)
        });
        let signed: Vec<_> = signed.collect();
        let equations: Option<Vec<_>> = signed.iter().map(|signed| Some((0, Equation::of(signed)?))).collect();
        equations.map(|equations| hold(&equations))
    }

    fn alone(made: &Made) -> bool {
        let verifier = made.key.verifier(SignatureAlgorithm::Ed25519).unwrap().portable();
        verifier.verify(&made.message, &made.signature).is_ok()
    }

    #[test]
    fn honest_signatures_hold_however_many() {
        for length in [1, 2, 3, 17] {
            assert_eq!(together(&(0..length).map(honest).collect::<Vec<_>>()), Some(true));
        }
    }

    /// The sum of the errors is zero, the errors are not.
    #[test]
    fn errors_do_not_cancel_each_other() {
        let mut all: Vec<_> = (0..4).map(honest).collect();
        for (made, change) in all.iter_mut().zip([Scalar::ONE, -Scalar::ONE]) {
            let s = Scalar::from_canonical_bytes(made.signature[32..].try_into().unwrap()).unwrap() + change;
            made.signature.splice(32.., s.to_bytes());
            assert!(!alone(made));
        }
        assert_eq!(together(&all), Some(false));
    }

    /// A batch equation with a cofactor takes all of these, one with random weights but without cofactor one in two to eight.
    #[test]
    fn torsion_is_not_lost_in_the_sum() {
        for torsion in EIGHT_TORSION {
            for shift in EIGHT_TORSION {
                for number in 0..4 {
                    let crooked = made(5, torsion, 50 + number, shift);
                    let pair = made(5, torsion, 90 + number, shift);
                    let all_alone = alone(&crooked) && alone(&pair);
                    let together = together(&[honest(number), crooked, honest(number + 1), pair]);
                    assert!(together != Some(true) || all_alone);
                    if torsion == EIGHT_TORSION[0] {
                        assert_eq!(together, Some(shift == EIGHT_TORSION[0]));
                    }
                }
            }
        }
    }

    #[test]
    fn the_neutral_point_is_no_key_and_no_r() {
        assert_eq!(together(&[honest(1), made(0, EIGHT_TORSION[0], 3, EIGHT_TORSION[0])]), Some(false));
        assert_eq!(together(&[honest(1), made(3, EIGHT_TORSION[0], 0, EIGHT_TORSION[0])]), None);
    }

    #[test]
    fn parts_are_neither_long_nor_forgotten() {
        for length in [0, 1, FEWEST, MOST, MOST + 1, 3 * MOST + 7] {
            let all = vec![(); length];
            assert!(parts(&all).all(|part| part.len() <= MOST));
            assert_eq!(parts(&all).map(<[()]>::len).sum::<usize>(), length);
        }
    }
}
