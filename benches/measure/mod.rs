//! Contenders measured in turn, so that what disturbs the machine disturbs all of them; medians and ratios.

use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// How often each contender runs, in turn with the others.
const RUNS: usize = 51;

/// How long one run of one contender lasts, at least: less than what a busy machine lets it run without a break.
const LASTS: Duration = Duration::from_millis(2);

/// What is measured, by name.
pub(crate) struct Contender<'a> {
    pub(crate) name: &'a str,
    /// Does the work so many times, and says how long that took.
    pub(crate) work: Box<dyn FnMut(u32) -> Duration + 'a>,
}

/// A contender from something that returns what it computed.
pub(crate) fn contender<'a, T>(name: &'a str, mut work: impl FnMut() -> T + 'a) -> Contender<'a> {
    Contender {
        name,
        work: Box::new(move |repeats| {
            let start = Instant::now();
            for _ in 0..repeats {
                black_box(work());
            }
            start.elapsed()
        }),
    }
}

/// A contender that is given something each time, which is prepared while the clock stands.
#[allow(dead_code, reason = "not all benches prepare something")]
pub(crate) fn prepared<'a, P, T>(
    name: &'a str,
    mut prepare: impl FnMut() -> P + 'a,
    mut work: impl FnMut(P) -> T + 'a,
) -> Contender<'a> {
    let mut once = move || {
        let prepared = black_box(prepare());
        let start = Instant::now();
        black_box(work(prepared));
        start.elapsed()
    };
    Contender { name, work: Box::new(move |repeats| (0..repeats).map(|_| once()).sum()) }
}

/// The median time of one call of each, in nanoseconds.
pub(crate) fn medians(contenders: &mut [Contender]) -> Vec<f64> {
    let repeats: Vec<u32> = contenders
        .iter_mut()
        .map(|contender| {
            (contender.work)(1);
            let mut repeats = 1;
            loop {
                let lasted = (contender.work)(repeats);
                if lasted >= LASTS / 4 {
                    break ((f64::from(repeats) * LASTS.as_secs_f64() / lasted.as_secs_f64()).ceil() as u32).max(1);
                }
                repeats *= 2;
            }
        })
        .collect();
    let mut times = vec![Vec::with_capacity(RUNS); contenders.len()];
    for _ in 0..RUNS {
        for ((contender, repeats), times) in contenders.iter_mut().zip(&repeats).zip(&mut times) {
            times.push(undisturbed(contender, *repeats).as_nanos() as f64 / f64::from(*repeats));
        }
    }
    times
        .into_iter()
        .map(|mut times| {
            times.sort_by(f64::total_cmp);
            times[RUNS / 2]
        })
        .collect()
}

/// How long a run takes: one that another program interrupted is made again, as long as there is hope.
fn undisturbed(contender: &mut Contender, repeats: u32) -> Duration {
    const TRIES: usize = 12;
    let mut fastest = Duration::MAX;
    for _ in 0..TRIES {
        let before = interruptions();
        fastest = fastest.min((contender.work)(repeats));
        if interruptions() == before {
            break;
        }
    }
    fastest
}

/// How often the system took the processor from this thread and gave it to another; nothing where it does not say so.
fn interruptions() -> Option<String> {
    let status = fs::read_to_string("/proc/thread-self/status").ok()?;
    status.lines().find(|line| line.starts_with("nonvoluntary_ctxt_switches")).map(str::to_owned)
}

/// Measures, and prints a row: what each made in GB/s of so many octets, and the first over the best of the others.
pub(crate) fn row(label: &str, octets: usize, mut contenders: Vec<Contender>) -> Vec<f64> {
    let medians = medians(&mut contenders);
    let speeds: Vec<f64> = medians.iter().map(|time| octets as f64 / time).collect();
    let best = speeds.iter().skip(1).copied().fold(0.0, f64::max);
    let cells: Vec<String> =
        contenders.iter().zip(&speeds).map(|(contender, speed)| format!("{} {speed:.2}", contender.name)).collect();
    println!("{label:<34} {}  | {:.2}x", cells.join("  "), speeds[0] / best);
    medians
}

/// Cycles in a nanosecond: a multiplication that waits for the one before takes 3 on the processors that these kernels are
/// for. The fastest of many short tries, which nothing interrupted.
fn gigahertz() -> f64 {
    const MULTIPLICATIONS: u32 = 20_000;
    let tries = (0..500).map(|_| {
        let start = Instant::now();
        let product = (0..MULTIPLICATIONS).fold(black_box(3u64), |product, _| product.wrapping_mul(product));
        black_box(product);
        3.0 * f64::from(MULTIPLICATIONS) / start.elapsed().as_nanos() as f64
    });
    tries.fold(0.0, f64::max)
}

/// Prints the processor and its clock.
pub(crate) fn machine() {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let field = |name: &str| {
        info.lines().find(|line| line.starts_with(name)).and_then(|line| line.split_once(": ")).map_or("?", |(_, v)| v)
    };
    println!(
        "{} (family {}, model {}, stepping {}), {} processors, {:.2} GHz",
        field("model name"),
        field("cpu family"),
        field("model"),
        field("stepping"),
        std::thread::available_parallelism().map_or(1, |count| count.get()),
        gigahertz(),
    );
}

/// Octets that differ from place to place, the same in every run.
pub(crate) fn octets(count: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    })
    .take(count)
    .collect()
}
