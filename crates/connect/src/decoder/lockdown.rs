//! How the decoder child gives up its rights before it reads a hostile byte.
//!
//! The only file of the box with `unsafe`: three calls of the system that have no safe wrapper here.
//! Resource limits and the filter of system calls must work, or the child does not serve. Landlock is asked
//! for as far as the kernel has it; where it has none, the filter alone denies files and network, and the
//! ready message says so.

use std::collections::BTreeMap;
use std::io;

use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetStatus, Scope,
};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};
use serde::{Deserialize, Serialize};

/// Address space of the child, its program included.
pub const MEMORY_MIB: u64 = 512;

/// Processor time of a child over its whole life.
pub const CPU_SECONDS: u64 = 20;

/// How far landlock took part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Landlock {
    /// All that was asked for: files, network, other processes.
    Full,
    /// What this kernel knows of it.
    Partial,
    /// The kernel has none, or it is switched off.
    Absent,
}

/// What holds the child; the body of its ready message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sandbox {
    /// Rules on files and network, beside the filter of system calls, which always holds.
    pub landlock: Landlock,
}

/// The step that failed. The child must not serve then.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// A resource limit or a process flag was not taken.
    #[error("{what}: {error}")]
    System {
        /// The limit or flag.
        what: &'static str,
        /// The system's answer.
        error: io::Error,
    },
    /// The filter of system calls was not taken.
    #[error("filter of system calls: {0}")]
    Filter(String),
}

/// Locks the calling process, for good. It must have one thread.
///
/// Afterwards it can read its standard input, write its standard output and error, use memory, and end.
pub fn lock() -> Result<Sandbox, LockError> {
    close_inherited();
    hide_memory()?;
    let landlock = deny_files_and_network();
    for (what, resource, limit) in [
        ("limit of memory", libc::RLIMIT_AS, MEMORY_MIB << 20),
        ("limit of processor time", libc::RLIMIT_CPU, CPU_SECONDS),
        ("limit of open files", libc::RLIMIT_NOFILE, 0),
        ("limit of file size", libc::RLIMIT_FSIZE, 0),
        ("limit of core files", libc::RLIMIT_CORE, 0),
        ("limit of processes", libc::RLIMIT_NPROC, 0),
    ] {
        set_limit(what, resource, limit)?;
    }
    let filter = filter().map_err(|error| LockError::Filter(error.to_string()))?;
    seccompiler::apply_filter(&filter).map_err(|error| LockError::Filter(error.to_string()))?;
    Ok(Sandbox { landlock })
}

/// Rules without one exception. The newest set is asked for; the kernel takes what it knows.
fn deny_files_and_network() -> Landlock {
    let rules = || {
        Ruleset::default()
            .set_compatibility(CompatLevel::BestEffort)
            .handle_access(AccessFs::from_all(ABI::V6))?
            .handle_access(AccessNet::from_all(ABI::V6))?
            .scope(Scope::from_all(ABI::V6))?
            .create()?
            .restrict_self()
    };
    match rules().map(|status| status.ruleset) {
        Ok(RulesetStatus::FullyEnforced) => Landlock::Full,
        Ok(RulesetStatus::PartiallyEnforced) => Landlock::Partial,
        Ok(RulesetStatus::NotEnforced) | Err(_) => Landlock::Absent,
    }
}

/// A list of what is allowed; all else answers "not permitted". It sets no-new-privileges too.
fn filter() -> Result<BpfProgram, seccompiler::BackendError> {
    let is = |argument, op, value: libc::c_int| {
        let value = u64::from(value.unsigned_abs());
        SeccompRule::new(vec![SeccompCondition::new(argument, SeccompCmpArgLen::Dword, op, value)?])
    };
    let on = |file: libc::c_int| is(0, SeccompCmpOp::Eq, file);
    let no_code = || is(2, SeccompCmpOp::MaskedEq(u64::from(libc::PROT_EXEC.unsigned_abs())), 0);
    let mut rules = BTreeMap::from([
        (libc::SYS_read, vec![on(libc::STDIN_FILENO)?]),
        (libc::SYS_write, vec![on(libc::STDOUT_FILENO)?, on(libc::STDERR_FILENO)?]),
        (libc::SYS_writev, vec![on(libc::STDOUT_FILENO)?, on(libc::STDERR_FILENO)?]),
        (libc::SYS_mmap, vec![no_code()?]),
        (libc::SYS_mprotect, vec![no_code()?]),
    ]);
    for call in [
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_madvise,
        libc::SYS_brk,
        libc::SYS_futex,
        libc::SYS_sched_yield,
        libc::SYS_getrandom,
        libc::SYS_clock_gettime,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sigaltstack,
        libc::SYS_restart_syscall,
        libc::SYS_getpid,
        libc::SYS_gettid,
        libc::SYS_exit,
        libc::SYS_exit_group,
    ] {
        rules.insert(call, Vec::new());
    }
    let this = i32::try_from(std::process::id()).unwrap_or_default();
    rules.insert(libc::SYS_tgkill, vec![is(0, SeccompCmpOp::Eq, this)?]);
    let denied = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    SeccompFilter::new(rules, denied, SeccompAction::Allow, std::env::consts::ARCH.try_into()?)?.try_into()
}

#[expect(unsafe_code, reason = "no safe wrapper of setrlimit here")]
fn set_limit(what: &'static str, resource: libc::__rlimit_resource_t, limit: u64) -> Result<(), LockError> {
    let limit = libc::rlimit { rlim_cur: limit, rlim_max: limit };
    // SAFETY: `limit` is a whole rlimit that lives over the call; the call only reads it.
    let answer = unsafe { libc::setrlimit(resource, &raw const limit) };
    judged(what, answer)
}

/// No core image, and no other process of the same user may look in.
#[expect(unsafe_code, reason = "no safe wrapper of prctl here")]
fn hide_memory() -> Result<(), LockError> {
    let unset: libc::c_ulong = 0;
    // SAFETY: PR_SET_DUMPABLE takes numbers only; no memory is passed.
    let answer = unsafe { libc::prctl(libc::PR_SET_DUMPABLE, unset, unset, unset, unset) };
    judged("flag of no memory image", answer)
}

/// Closes what the parent may have left open. Kernels before 5.9 lack the call; the parent opens all its
/// files close-on-exec, so this is a second lock only and its answer is not asked.
#[expect(unsafe_code, reason = "no safe wrapper of close_range here")]
fn close_inherited() {
    let (first, last, flags): (libc::c_uint, libc::c_uint, libc::c_uint) = (3, libc::c_uint::MAX, 0);
    // SAFETY: numbers only; nothing in this process owns a file above standard error at this point.
    unsafe { libc::syscall(libc::SYS_close_range, first, last, flags) };
}

fn judged(what: &'static str, answer: libc::c_int) -> Result<(), LockError> {
    if answer == 0 { Ok(()) } else { Err(LockError::System { what, error: io::Error::last_os_error() }) }
}
