use std::io::BufReader;
use std::ops::ControlFlow;
fn main() {
    let mut args = std::env::args().skip(1);
    let (format, path) = (args.next().unwrap(), args.next().unwrap());
    let start = std::time::Instant::now();
    let file = BufReader::with_capacity(1 << 16, std::fs::File::open(&path).unwrap());
    let mut bad = Vec::new();
    let verdict = connect::sources::by_name(&format).unwrap().read(
        connect::sources::Input::new(path.as_str(), file),
        &mut |found| {
            match found {
                connect::sources::Found::SetAside(e) if bad.len() < 5 => bad.push(e),
                _ => {}
            }
            ControlFlow::Continue(())
        },
    );
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find(|l| l.starts_with("VmHWM")).unwrap();
    println!("{format} {verdict:?} {bad:?} {:?} {peak}", start.elapsed());
}
