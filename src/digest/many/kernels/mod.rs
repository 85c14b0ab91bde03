//! Compression of several messages at once, one message in each lane of a vector: the only place with `unsafe`.
//!
//! What makes it sound, everywhere below:
//!
//! - A kernel is a value that only its `detect` makes, after the processor has said that it has the instructions. Whoever
//!   holds the value may run them.
//! - Blocks come as slices of arrays of one block. A kernel reads as many blocks of each lane as the shortest lane has.
//! - Assembly changes the registers that it names and, where it copies, the place that it was given; never the flags, the stack
//!   or the way the program goes.

#[cfg(target_arch = "x86_64")]
mod rounds;

pub(super) mod portable;

#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "a hint about an address")]
mod ahead;
#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "vector instructions that the processor may lack, and loads through pointers")]
pub(super) mod avx2;
#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "vector instructions that the processor may lack, and loads through pointers")]
pub(super) mod avx512;
#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "SHA instructions that the processor may lack, and loads through pointers")]
pub(super) mod sha_ni;

#[cfg(target_arch = "aarch64")]
#[expect(unsafe_code, reason = "SHA instructions that the processor may lack, and loads through pointers")]
pub(super) mod armv8;

/// A word of SHA-256 (32 bits, blocks of 64 octets) or of SHA-384 and SHA-512 (64 bits, blocks of 128 octets).
pub(in crate::digest) trait Word<const BLOCK: usize>: Copy + Default + Send + Sync + 'static {
    /// One word for each round.
    type Schedule: Send + Sync;

    /// The octets of the message length at the end of the last block.
    const LENGTH_OCTETS: usize;

    /// The schedule of one block, the round constants added.
    fn schedule(block: &[u8; BLOCK]) -> Self::Schedule;

    /// Writes words that are big-endian in memory already, as far as the place goes.
    fn write(words: &[Self; 8], place: &mut [u8]);

    /// The same words, big-endian in memory.
    fn to_be(self) -> Self;
}

/// Compresses blocks of `LANES` messages at once.
pub(in crate::digest) trait Kernel<W: Word<BLOCK>, const LANES: usize, const BLOCK: usize>:
    Copy + Send + Sync
{
    /// The chaining values of all lanes.
    type States: Copy;

    /// The same chaining value in every lane.
    fn start(self, state: &[W; 8]) -> Self::States;

    /// Changes the chaining value of one lane.
    fn set(self, states: &mut Self::States, lane: usize, state: &[W; 8]);

    /// The chaining value of one lane.
    fn get(self, states: &Self::States, lane: usize) -> [W; 8];

    /// Compresses as many blocks of each lane as every lane has, and returns how many that were. What will be read `ahead`
    /// may be fetched into the cache meanwhile.
    fn compress(self, states: &mut Self::States, lanes: &[&[[u8; BLOCK]]; LANES], ahead: &[&[u8]; LANES]) -> usize;

    /// Compresses as many blocks of each lane as every lane has, then as many of the tails as every lane has.
    fn finish(
        self,
        states: &mut Self::States,
        lanes: &[&[[u8; BLOCK]]; LANES],
        tails: &[&[[u8; BLOCK]]; LANES],
        ahead: &[&[u8]; LANES],
    ) {
        let blocks = self.compress(states, lanes, ahead);
        let ahead = ahead.map(|octets| octets.get(blocks * BLOCK..).unwrap_or_default());
        self.compress(states, tails, &ahead);
    }

    /// Compresses one block, the same in every lane.
    fn compress_shared(self, states: &mut Self::States, shared: &Shared<W, BLOCK>);

    /// Writes the digests of messages that begin at the same chaining value, are these blocks of each lane, as many in each, and
    /// end with a block that is the same in every lane.
    fn digests_with_shared(
        self,
        initial: &[W; 8],
        lanes: &[&[[u8; BLOCK]]; LANES],
        shared: &Shared<W, BLOCK>,
        ahead: &[&[u8]; LANES],
        place: &mut [[W; 8]; LANES],
    ) {
        let mut states = self.start(initial);
        self.compress(&mut states, lanes, ahead);
        self.compress_shared(&mut states, shared);
        self.digests(&states, place);
    }

    /// Writes the chaining values, lane by lane, in words that are big-endian in memory.
    fn digests(self, states: &Self::States, place: &mut [[W; 8]; LANES]);
}

/// A block that many messages have in common, with its schedule, which is then computed once.
pub(in crate::digest) struct Shared<W: Word<BLOCK>, const BLOCK: usize> {
    block: [u8; BLOCK],
    schedule: W::Schedule,
}

impl<W: Word<BLOCK>, const BLOCK: usize> Shared<W, BLOCK> {
    pub(in crate::digest) fn new(block: [u8; BLOCK]) -> Self {
        Self { block, schedule: W::schedule(&block) }
    }
}

/// Writes the schedule of FIPS 180-4, 6.2.2 step 1 or 6.4.2 step 1 for one word size.
macro_rules! word {
    ($word:ty, $block:literal, $rounds:literal, $constants:ident, $length:literal, $lower0:expr, $lower1:expr) => {
        impl Word<$block> for $word {
            type Schedule = [$word; $rounds];

            const LENGTH_OCTETS: usize = $length;

            fn schedule(block: &[u8; $block]) -> Self::Schedule {
                let mut schedule = [0; $rounds];
                let (words, _) = block.as_chunks();
                for (place, word) in schedule.iter_mut().zip(words) {
                    *place = <$word>::from_be_bytes(*word);
                }
                for at in 16..$rounds {
                    let word = |back: usize| schedule.get(at - back).copied().unwrap_or_default();
                    let sum =
                        $lower1(word(2)).wrapping_add(word(7)).wrapping_add($lower0(word(15))).wrapping_add(word(16));
                    if let Some(place) = schedule.get_mut(at) {
                        *place = sum;
                    }
                }
                for (word, constant) in schedule.iter_mut().zip(&$constants) {
                    *word = word.wrapping_add(*constant);
                }
                schedule
            }

            #[inline]
            fn write(words: &[Self; 8], place: &mut [u8]) {
                // Where all words are wanted, their number is known to the compiler.
                if let Ok(place) = <&mut [u8; $block / 2]>::try_from(&mut *place) {
                    for (octets, word) in place.as_chunks_mut().0.iter_mut().zip(words) {
                        *octets = word.to_ne_bytes();
                    }
                    return;
                }
                for (octets, word) in place.as_chunks_mut().0.iter_mut().zip(words) {
                    *octets = word.to_ne_bytes();
                }
            }

            #[inline]
            fn to_be(self) -> Self {
                <$word>::to_be(self)
            }
        }
    };
}

word!(u32, 64, 64, K256, 8, |x: u32| x.rotate_right(7) ^ x.rotate_right(18) ^ (x >> 3), |x: u32| x.rotate_right(17)
    ^ x.rotate_right(19)
    ^ (x >> 10));
word!(u64, 128, 80, K512, 16, |x: u64| x.rotate_right(1) ^ x.rotate_right(8) ^ (x >> 7), |x: u64| x.rotate_right(19)
    ^ x.rotate_right(61)
    ^ (x >> 6));

/// FIPS 180-4, 4.2.2: the first 32 bits of the constants of SHA-512.
static K256: [u32; 64] = {
    let (mut constants, mut at) = ([0; 64], 0);
    while at < 64 {
        #[expect(
            clippy::as_conversions,
            clippy::indexing_slicing,
            reason = "evaluated by the compiler; 32 bits remain"
        )]
        {
            constants[at] = (K512[at] >> 32) as u32;
        }
        at += 1;
    }
    constants
};

/// FIPS 180-4, 4.2.3: the fractional parts of the cube roots of the first 80 primes.
static K512: [u64; 80] = [
    0x428a_2f98_d728_ae22,
    0x7137_4491_23ef_65cd,
    0xb5c0_fbcf_ec4d_3b2f,
    0xe9b5_dba5_8189_dbbc,
    0x3956_c25b_f348_b538,
    0x59f1_11f1_b605_d019,
    0x923f_82a4_af19_4f9b,
    0xab1c_5ed5_da6d_8118,
    0xd807_aa98_a303_0242,
    0x1283_5b01_4570_6fbe,
    0x2431_85be_4ee4_b28c,
    0x550c_7dc3_d5ff_b4e2,
    0x72be_5d74_f27b_896f,
    0x80de_b1fe_3b16_96b1,
    0x9bdc_06a7_25c7_1235,
    0xc19b_f174_cf69_2694,
    0xe49b_69c1_9ef1_4ad2,
    0xefbe_4786_384f_25e3,
    0x0fc1_9dc6_8b8c_d5b5,
    0x240c_a1cc_77ac_9c65,
    0x2de9_2c6f_592b_0275,
    0x4a74_84aa_6ea6_e483,
    0x5cb0_a9dc_bd41_fbd4,
    0x76f9_88da_8311_53b5,
    0x983e_5152_ee66_dfab,
    0xa831_c66d_2db4_3210,
    0xb003_27c8_98fb_213f,
    0xbf59_7fc7_beef_0ee4,
    0xc6e0_0bf3_3da8_8fc2,
    0xd5a7_9147_930a_a725,
    0x06ca_6351_e003_826f,
    0x1429_2967_0a0e_6e70,
    0x27b7_0a85_46d2_2ffc,
    0x2e1b_2138_5c26_c926,
    0x4d2c_6dfc_5ac4_2aed,
    0x5338_0d13_9d95_b3df,
    0x650a_7354_8baf_63de,
    0x766a_0abb_3c77_b2a8,
    0x81c2_c92e_47ed_aee6,
    0x9272_2c85_1482_353b,
    0xa2bf_e8a1_4cf1_0364,
    0xa81a_664b_bc42_3001,
    0xc24b_8b70_d0f8_9791,
    0xc76c_51a3_0654_be30,
    0xd192_e819_d6ef_5218,
    0xd699_0624_5565_a910,
    0xf40e_3585_5771_202a,
    0x106a_a070_32bb_d1b8,
    0x19a4_c116_b8d2_d0c8,
    0x1e37_6c08_5141_ab53,
    0x2748_774c_df8e_eb99,
    0x34b0_bcb5_e19b_48a8,
    0x391c_0cb3_c5c9_5a63,
    0x4ed8_aa4a_e341_8acb,
    0x5b9c_ca4f_7763_e373,
    0x682e_6ff3_d6b2_b8a3,
    0x748f_82ee_5def_b2fc,
    0x78a5_636f_4317_2f60,
    0x84c8_7814_a1f0_ab72,
    0x8cc7_0208_1a64_39ec,
    0x90be_fffa_2363_1e28,
    0xa450_6ceb_de82_bde9,
    0xbef9_a3f7_b2c6_7915,
    0xc671_78f2_e372_532b,
    0xca27_3ece_ea26_619c,
    0xd186_b8c7_21c0_c207,
    0xeada_7dd6_cde0_eb1e,
    0xf57d_4f7f_ee6e_d178,
    0x06f0_67aa_7217_6fba,
    0x0a63_7dc5_a2c8_98a6,
    0x113f_9804_bef9_0dae,
    0x1b71_0b35_131c_471b,
    0x28db_77f5_2304_7d84,
    0x32ca_ab7b_40c7_2493,
    0x3c9e_be0a_15c9_bebc,
    0x431d_67c4_9c10_0d4c,
    0x4cc5_d4be_cb3e_42b6,
    0x597f_299c_fc65_7e2a,
    0x5fcb_6fab_3ad6_faec,
    0x6c44_198c_4a47_5817,
];
