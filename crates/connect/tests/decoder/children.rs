//! Children other than the real one: one that tries what it must not, and one that misbehaves on demand.

use std::fs::File;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::unix::net::UnixStream;
use std::process::{Command, ExitCode};
use std::thread;

use connect::decoder::lockdown;
use connect::decoder::tool::INPUT;

pub(crate) const PROBE: &str = "__probe";
pub(crate) const MOODY: &str = "__moody";
pub(crate) const TOOL_PROBE: &str = "__tool-probe";
pub(crate) const TOOL_MOODY: &str = "__tool-moody";

/// Locks itself down as the real child does, then tries each thing and writes `name: denied` or what
/// happened instead.
pub(crate) fn probe() -> ExitCode {
    let denied = |outcome: io::Result<()>| match outcome {
        Ok(()) => "ALLOWED".to_owned(),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => "denied".to_owned(),
        Err(error) => format!("another error: {error}"),
    };
    if let Err(error) = lockdown::lock() {
        println!("lock: {error}");
        return ExitCode::FAILURE;
    }
    let address = "127.0.0.1:1";
    let tries: [(&str, io::Result<()>); 10] = [
        ("open a file", File::open("/").map(drop)),
        ("open its program", File::open("/proc/self/exe").map(drop)),
        ("make a file", File::create("/tmp/renvoi-probe").map(drop)),
        ("list a folder", std::fs::read_dir("/").map(drop)),
        ("listen", TcpListener::bind("127.0.0.1:0").map(drop)),
        ("connect", TcpStream::connect(address).map(drop)),
        ("send a datagram", UdpSocket::bind("127.0.0.1:0").map(drop)),
        ("make a pair of sockets", UnixStream::pair().map(drop)),
        ("start a program", Command::new("/bin/true").spawn().map(drop)),
        ("start a thread", thread::Builder::new().spawn(|| {}).map(drop)),
    ];
    for (name, outcome) in tries {
        println!("{name}: {}", denied(outcome));
    }
    let too_much = usize::try_from(lockdown::MEMORY_MIB << 20).unwrap_or(usize::MAX);
    let memory = Vec::<u8>::new().try_reserve_exact(too_much).is_err();
    println!("take more memory: {}", if memory { "denied" } else { "ALLOWED" });
    ExitCode::SUCCESS
}

/// As a tool in its box: tries each thing and writes what came of it, a line each, then ends well.
pub(crate) fn tool_probe() -> ExitCode {
    let word = |outcome: io::Result<()>| match outcome {
        Ok(()) => "allowed".to_owned(),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => "denied".to_owned(),
        Err(error) => format!("another error: {error}"),
    };
    let own = std::env::args().nth(2).unwrap_or_default();
    let tries: [(&str, io::Result<()>); 11] = [
        ("read its file", std::fs::read(INPUT).map(drop)),
        ("read its file again", std::fs::read(INPUT).map(drop)),
        ("start a thread", thread::Builder::new().spawn(|| {}).map(drop)),
        ("write its file", File::options().write(true).open(INPUT).map(drop)),
        ("make a file", File::create("/tmp/renvoi-probe").map(drop)),
        ("take a file away", std::fs::remove_file(&own)),
        (
            "list a folder of people",
            std::fs::read_dir("/root").or_else(|_| std::fs::read_dir("/home")).map(drop),
        ),
        ("listen", TcpListener::bind("127.0.0.1:0").map(drop)),
        ("connect", TcpStream::connect("127.0.0.1:1").map(drop)),
        ("make a pair of sockets", UnixStream::pair().map(drop)),
        ("start a program", Command::new("/bin/true").spawn().map(drop)),
    ];
    for (name, outcome) in tries {
        println!("{name}: {}", word(outcome));
    }
    ExitCode::SUCCESS
}

/// As a tool in its box: misbehaves as its file says.
pub(crate) fn tool_moody() -> ExitCode {
    let mood = std::fs::read(INPUT).unwrap_or_default();
    match &mood[..] {
        b"hang" => loop {
            thread::park();
        },
        b"flood" => loop {
            if io::stdout().write_all(&[b'a'; 4096]).is_err() {
                return ExitCode::FAILURE;
            }
        },
        b"complain" => {
            eprintln!("first words\n\x1b[31mnothing of use\n");
            ExitCode::from(3)
        }
        b"eat" => {
            let most = usize::try_from(4_u64 << 30).unwrap_or(usize::MAX);
            let refused = Vec::<u8>::new().try_reserve_exact(most).is_err();
            println!("{}", if refused { "denied" } else { "allowed" });
            ExitCode::SUCCESS
        }
        b"end" => std::process::abort(),
        _ => ExitCode::SUCCESS,
    }
}

/// Speaks the protocol without locks and does what the file says; its words hold its process id.
pub(crate) fn moody() -> ExitCode {
    match moods() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn moods() -> io::Result<()> {
    let (mut from, mut to) = (io::stdin().lock(), io::stdout().lock());
    send(&mut to, br#"{"landlock":"absent"}"#, b"")?;
    for served in 0.. {
        let (mut head, mut body) = ([0; 4], [0; 4]);
        from.read_exact(&mut head)?;
        from.read_exact(&mut body)?;
        let mut file = vec![0; (u32::from_be_bytes(head) + u32::from_be_bytes(body)) as usize];
        from.read_exact(&mut file)?;
        let mood = &file[u32::from_be_bytes(head) as usize..];
        match mood {
            b"hang" => drop(io::copy(&mut from, &mut io::sink())?),
            b"end" => return Ok(()),
            b"end if used" if served > 0 => return Ok(()),
            b"long head" => to.write_all(&[0xFF; 8])?,
            b"long body" => to.write_all(&[0, 0, 0, 2, 0x7F, 0, 0, 0, b'{', b'}'])?,
            b"half" => return to.write_all(&[0, 0, 0, 9, 0, 0, 0, 0, b'{']),
            b"prose" => send(&mut to, b"good evening", b"")?,
            b"false hash" => send(&mut to, facts("zz", "[]").as_bytes(), b"")?,
            b"unasked forms" => send(&mut to, facts(&"0".repeat(64), "[\"0\"]").as_bytes(), b"")?,
            b"unasked preview" => send(&mut to, facts(&"0".repeat(64), "[]").as_bytes(), b"\xFF\xD8\xFF")?,
            b"in form" => send(&mut to, facts(&"0".repeat(64), "[]").as_bytes(), b"")?,
            b"long words" => {
                let words = format!(r#"{{"refused":"{}\n{}"}}"#, "a".repeat(10), "b".repeat(1000));
                send(&mut to, words.as_bytes(), b"")?;
            }
            _ => send(&mut to, format!(r#"{{"refused":"process {}"}}"#, std::process::id()).as_bytes(), b"")?,
        }
        to.flush()?;
    }
    Ok(())
}

fn facts(pdq: &str, dihedral: &str) -> String {
    let sha256 = "0".repeat(64);
    format!(
        r#"{{"width":9,"height":9,"format":"png","pdq":"{pdq}","quality":50,"dihedral":{dihedral},"sha256":"{sha256}","orientation":1,"upright":null,"asked":[],"listed":[],"points_bytes":null}}"#
    )
}

fn send(to: &mut impl Write, head: &[u8], body: &[u8]) -> io::Result<()> {
    for bytes in [head, body] {
        to.write_all(&(bytes.len() as u32).to_be_bytes())?;
    }
    to.write_all(head)?;
    to.write_all(body)?;
    to.flush()
}
