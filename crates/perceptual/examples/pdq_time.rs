//! Times PDQ on pixels: `pdq_time WIDTH HEIGHT RUNS`. A line a path: the least and the median of the runs, microseconds
//! of the clock; on a busy machine the least is nearer to the processor time.
use std::time::Instant;

use perceptual::{Rgb, pdq};

fn main() {
    let mut args = std::env::args().skip(1).filter_map(|arg| arg.parse::<u32>().ok());
    let (width, height) = (args.next().unwrap_or(1920), args.next().unwrap_or(1080));
    let runs = args.next().unwrap_or(21);
    let pixels: Vec<u8> =
        (0..width as usize * height as usize * 3).map(|n| (n * n / 7919 + n / 31) as u8).collect();
    let Some(picture) = Rgb::new(width, height, &pixels) else { return };
    let time = |name: &str, run: &dyn Fn() -> u8| {
        let mut times: Vec<u128> = (0..runs)
            .map(|_| {
                let start = Instant::now();
                std::hint::black_box(run());
                start.elapsed().as_micros()
            })
            .collect();
        times.sort_unstable();
        println!("{name} {} {}", times[0], times[times.len() / 2]);
    };
    time("hash", &|| pdq::hash(&picture).map_or(0, |one| one.quality));
    time("dihedral", &|| pdq::dihedral(&picture).map_or(0, |one| one.quality));
    time("reference", &|| pdq::reference::hash(&picture).map_or(0, |one| one.quality));
}
