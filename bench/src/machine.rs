//! The machine: what it is, how busy it is, and what a process took.

use std::path::Path;

/// First line of a file that begins so, without its head.
fn line(file: &str, head: &str) -> String {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let found = text.lines().find_map(|line| line.strip_prefix(head));
    found.unwrap_or_default().trim_start_matches([':', ' ', '\t']).to_owned()
}

/// Average of runnable tasks over the last minute.
pub(crate) fn load() -> f64 {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().and_then(|first| first.parse().ok()).unwrap_or_default()
}

/// Processor, cores, memory, in one line.
pub(crate) fn name() -> String {
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let model = line("/proc/cpuinfo", "model name");
    format!("{model}, {cores} cores, {} memory", line("/proc/meminfo", "MemTotal"))
}

/// Greatest resident memory of a process so far, in KiB; 0 when it is gone.
pub(crate) fn peak_kib(process: u32) -> u64 {
    let status = line(&format!("/proc/{process}/status"), "VmHWM");
    status.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or_default()
}

/// Time of one write of 4 KiB that is on the disk, in milliseconds: what each transaction pays.
pub(crate) fn flush_ms(folder: &Path) -> anyhow::Result<f64> {
    use std::io::Write as _;
    const FLUSHES: u32 = 50;
    let path = folder.join("flush");
    let mut file = std::fs::File::create(&path)?;
    let began = std::time::Instant::now();
    for _ in 0..FLUSHES {
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
    }
    let each = began.elapsed().as_secs_f64() * 1000.0 / f64::from(FLUSHES);
    std::fs::remove_file(path)?;
    Ok(each)
}

/// The value below which so many hundredths lie; 0 of nothing.
pub(crate) fn percentile(sorted: &[f64], hundredths: usize) -> f64 {
    let last = sorted.len().saturating_sub(1);
    sorted.get((sorted.len() * hundredths / 100).min(last)).copied().unwrap_or_default()
}
