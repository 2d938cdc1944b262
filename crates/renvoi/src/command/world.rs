//! `renvoi world`: the synthetic world and its providers.

mod spread;

use super::ending::Until;
use super::{Done, Failed};
use crate::command::out::{say, tell};
use clap::{Args, Subcommand};
use std::path::PathBuf;
use world::{Plan, ServeOptions};

/// Makes an invented world, or runs its providers
#[derive(Debug, Args)]
#[command(after_help = "Example: renvoi world make --seed 1 --out ./world && renvoi world serve ./world")]
pub(crate) struct World {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Writes an invented population, posts, pictures, banks and the truth; prints counts as JSON.
    #[command(after_help = "Example: renvoi world make --seed 7 --items 300 --out ./world")]
    Make(Make),
    /// Writes posts at a chosen copy rate, with decoys and the truth about them (copies.json); prints counts as JSON.
    #[command(
        after_help = "Example: renvoi world copies --seed 7 --posts 3000 --copy-rate 60 --out ./copies"
    )]
    Copies(Copies),
    /// Runs the providers of a world on loopback until it is stopped; `net/net.json` says where.
    #[command(after_help = "Example: renvoi world serve ./world --control-port 9000")]
    Serve(Serve),
    /// Prints the one-time code of a demo person's secret at the world's time.
    #[command(after_help = "Example: renvoi world code JBSWY3DPEHPK3PXP --world ./demo/world")]
    Code(Code),
    Population(spread::Population),
    Actions(spread::Actions),
    Measure(spread::Measure),
    Network(spread::Network),
    /// Lets hours of a running world pass at once: its providers answer, its pages change.
    #[command(after_help = "Example: renvoi world wait 2 --world ./demo/world")]
    Wait(Wait),
}

#[derive(Debug, Args)]
struct Wait {
    /// Hours, 1 to 1000.
    #[arg(value_parser = clap::value_parser!(u32).range(1..=1000))]
    hours: u32,
    /// Folder of the running world.
    #[arg(long, value_name = "DIR")]
    world: PathBuf,
}

#[derive(Debug, Args)]
struct Code {
    /// The secret that `renvoi demo` printed, in Base32.
    secret: String,
    /// Folder of the running world.
    #[arg(long, value_name = "DIR")]
    world: PathBuf,
}

/// Address of a running world's control.
pub(crate) fn control(dir: &std::path::Path) -> Result<String, Failed> {
    let path = dir.join("net").join("net.json");
    let missing = || Failed::Input(format!("{} is not a running world.", dir.display()));
    let net: serde_json::Value = serde_json::from_slice(&std::fs::read(path).map_err(|_| missing())?)?;
    net["control"].as_str().map(|address| format!("http://{address}")).ok_or_else(missing)
}

/// A code that was not printed before: each works once, so the next one is waited for.
async fn fresh_code(code: &Code) -> Result<String, Failed> {
    let control = control(&code.world)?;
    let last = code.world.join("net").join(format!("code-{}", code.secret));
    let printed = std::fs::read_to_string(&last).unwrap_or_default();
    let mut said = false;
    loop {
        let next = world::play::code(&control, &code.secret).await?;
        if next != printed {
            std::fs::write(&last, &next)?;
            return Ok(next);
        }
        if !said {
            tell!(
                "The last code was given out already; the next one comes within half a minute of the world."
            );
            said = true;
        }
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
}

/// A folder that holds something else is not written into.
fn only_a_world(out: &std::path::Path) -> Done {
    let Ok(mut entries) = std::fs::read_dir(out) else { return Ok(()) };
    if entries.next().is_none() || ["world.json", "posts.ndjson"].iter().any(|name| out.join(name).is_file())
    {
        return Ok(());
    }
    Err(Failed::Input(format!("{} holds something that is no world. Name a new folder.", out.display())))
}

#[derive(Debug, Args)]
struct Make {
    /// Same seed, same bytes.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Folder to write.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Items with truth.
    #[arg(long, default_value_t = Plan::default().items)]
    items: usize,
    /// Writes only one big posts.ndjson of so many posts, without truth.
    #[arg(long, value_name = "N")]
    posts: Option<usize>,
    /// Agencies that take part.
    #[arg(long, default_value_t = Plan::default().agencies)]
    agencies: usize,
    /// Services.
    #[arg(long, default_value_t = Plan::default().services)]
    services: usize,
    /// Languages.
    #[arg(long, default_value_t = Plan::default().languages)]
    languages: usize,
    /// Copies in percent of the items.
    #[arg(long, default_value_t = Plan::default().copy_rate_percent, value_name = "PERCENT")]
    copy_rate: u32,
}

#[derive(Debug, Args)]
struct Copies {
    /// Same seed, same bytes.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Posts.
    #[arg(long, default_value_t = 3_000)]
    posts: usize,
    /// Copies in percent of the posts.
    #[arg(long, default_value_t = Plan::default().copy_rate_percent, value_name = "PERCENT")]
    copy_rate: u32,
    /// Folder to write.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

#[derive(Debug, Args)]
struct Serve {
    /// Folder of the world.
    dir: PathBuf,
    /// Port of HTTPS for all hosts; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    https_port: u16,
    /// Port of HTTP for all hosts.
    #[arg(long, default_value_t = 0)]
    http_port: u16,
    /// Port of the mail sink.
    #[arg(long, default_value_t = 0)]
    smtp_port: u16,
    /// Port of the control: clock, truth, feed.
    #[arg(long, default_value_t = 0)]
    control_port: u16,
    #[command(flatten)]
    until: Until,
}

/// Who must act: a plan or folder that cannot be used is the person's to mend.
impl From<world::Error> for Failed {
    fn from(error: world::Error) -> Self {
        match error {
            world::Error::Plan(_) | world::Error::File { .. } => Self::Input(error.to_string()),
            world::Error::Io { .. } | world::Error::Play(_) | world::Error::Bug(_) => {
                Self::Other(error.to_string())
            }
        }
    }
}

impl World {
    pub(crate) async fn run(self) -> Done {
        match self.what {
            What::Make(make) => {
                let plan = Plan {
                    seed: make.seed,
                    items: make.items,
                    posts_only: make.posts,
                    agencies: make.agencies,
                    services: make.services,
                    languages: make.languages,
                    copy_rate_percent: make.copy_rate,
                };
                only_a_world(&make.out)?;
                say!("{}", serde_json::to_string(&world::make(&plan, &make.out)?)?)?;
                Ok(())
            }
            What::Copies(asked) => {
                only_a_world(&asked.out)?;
                let made = world::copies(asked.seed, asked.posts, asked.copy_rate, &asked.out)?;
                let copies = made.posts.iter().filter(|post| post.edit.is_some()).count();
                let decoys = made.posts.iter().filter(|post| post.decoy).count();
                say!(
                    "{}",
                    serde_json::json!({ "posts": made.posts.len(), "copies": copies, "decoys": decoys })
                )?;
                Ok(())
            }
            What::Population(asked) => asked.run(),
            What::Actions(asked) => asked.run(),
            What::Measure(asked) => asked.run(),
            What::Network(asked) => asked.run(),
            What::Code(code) => {
                say!("{}", fresh_code(&code).await?)?;
                Ok(())
            }
            What::Wait(wait) => {
                say!("{}", world::play::wait(&control(&wait.world)?, wait.hours).await?)?;
                Ok(())
            }
            What::Serve(serve) => {
                let options = ServeOptions {
                    https_port: serve.https_port,
                    http_port: serve.http_port,
                    smtp_port: serve.smtp_port,
                    control_port: serve.control_port,
                };
                let mut running = world::serve(&serve.dir, &options).await?;
                say!("{}", serde_json::to_string(&running.net)?)?;
                tokio::select! {
                    told = serve.until.over() => told?,
                    () = running.forever() => {}
                }
                Ok(())
            }
        }
    }
}
