//! How the decoder child gives up its rights before it reads a hostile byte.
//!
//! The only file of the box with `unsafe`: calls of the system that have no safe wrapper here.
//! Resource limits and the filter of system calls must work, or the child does not serve. Landlock is asked
//! for as far as the kernel has it; where it has none, the filter alone denies files and network, and the
//! ready message says so.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::os::fd::{FromRawFd, OwnedFd};
use std::path::Path;

use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, CompatLevel, Compatible, PathBeneath, PathFd, Ruleset,
    RulesetAttr, RulesetCreatedAttr, RulesetError, RulesetStatus, Scope,
};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};
use serde::{Deserialize, Serialize};

/// Address space of the child, its program included.
pub const MEMORY_MIB: u64 = 512;

/// Processor time of a child over its whole life.
pub const CPU_SECONDS: u64 = 20;

/// Files that a tool may have open at once.
const TOOL_FILES: u64 = 256;

/// What a tool may read beside its file: programs, libraries and data of the system, none of people.
const SYSTEM: [&str; 10] = [
    "/usr",
    "/lib",
    "/lib64",
    "/bin",
    "/etc/ld.so.cache",
    "/etc/alternatives",
    "/etc/fonts",
    "/dev/null",
    "/dev/urandom",
    "/var/cache/fontconfig",
];

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

/// Locks the calling process, for good, before it becomes a tool of the system, which needs its libraries and threads.
/// It must have one thread.
///
/// Afterwards the process can read its standard input and, where the kernel has landlock, of all other files those of the
/// system alone; it can write what is open, and nothing else; it reaches no network and no other process.
pub fn lock_for_tool(program: &Path, memory_mib: u64, cpu_seconds: u64) -> Result<Landlock, LockError> {
    close_inherited();
    let landlock = allow_system_only(program);
    for (what, resource, limit) in [
        ("limit of memory", libc::RLIMIT_AS, memory_mib << 20),
        ("limit of processor time", libc::RLIMIT_CPU, cpu_seconds),
        ("limit of open files", libc::RLIMIT_NOFILE, TOOL_FILES),
        ("limit of file size", libc::RLIMIT_FSIZE, 0),
        ("limit of core files", libc::RLIMIT_CORE, 0),
    ] {
        set_limit(what, resource, limit)?;
    }
    for filter in tool_filters().map_err(|error| LockError::Filter(error.to_string()))? {
        seccompiler::apply_filter(&filter).map_err(|error| LockError::Filter(error.to_string()))?;
    }
    Ok(landlock)
}

/// A file that is in memory only, and gone when nobody has it open.
pub(super) fn memory_file() -> io::Result<File> {
    #[expect(unsafe_code, reason = "no safe wrapper of memfd_create here")]
    // SAFETY: the name is a whole C string that lives over the call; the answer is judged before it is used.
    let number = unsafe { libc::memfd_create(c"renvoi".as_ptr(), libc::MFD_CLOEXEC) };
    if number < 0 {
        return Err(io::Error::last_os_error());
    }
    #[expect(unsafe_code, reason = "the number becomes an owned file")]
    // SAFETY: the call has just opened it, and nobody else has its number.
    Ok(File::from(unsafe { OwnedFd::from_raw_fd(number) }))
}

fn allow_system_only(program: &Path) -> Landlock {
    let read = AccessFs::from_read(ABI::V6);
    let rules = || -> Result<RulesetStatus, RulesetError> {
        let mut rules = Ruleset::default()
            .set_compatibility(CompatLevel::BestEffort)
            .handle_access(AccessFs::from_all(ABI::V6))?
            .handle_access(AccessNet::from_all(ABI::V6))?
            .scope(Scope::from_all(ABI::V6))?
            .create()?;
        let places = SYSTEM.map(Path::new);
        for place in places.into_iter().chain([program, Path::new("/proc/self/fd/0")]) {
            // What is not there need not be allowed.
            let Ok(opened) = PathFd::new(place) else { continue };
            let fits: BitFlags<AccessFs> = match place.is_dir() {
                true => read,
                false => read & AccessFs::from_file(ABI::V6),
            };
            rules = rules.add_rule(PathBeneath::new(opened, fits))?;
        }
        Ok(rules.restrict_self()?.ruleset)
    };
    match rules() {
        Ok(RulesetStatus::FullyEnforced) => Landlock::Full,
        Ok(RulesetStatus::PartiallyEnforced) => Landlock::Partial,
        Ok(RulesetStatus::NotEnforced) | Err(_) => Landlock::Absent,
    }
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

/// Two lists of what is denied to a tool: what answers "not permitted", and newer calls that answer "not there", so that
/// the C library takes the older ones, whose arguments can be judged. They set no-new-privileges too.
fn tool_filters() -> Result<[BpfProgram; 2], seccompiler::BackendError> {
    let newer = BTreeMap::from([libc::SYS_clone3, libc::SYS_openat2].map(|call| (call, Vec::new())));
    let mut denied = BTreeMap::from(DENIED_TO_TOOLS.map(|call| (call, Vec::new())));
    let masked = |argument, mask: libc::c_int, value: libc::c_int| {
        let op = SeccompCmpOp::MaskedEq(u64::from(mask.unsigned_abs()));
        let value = u64::from(value.unsigned_abs());
        SeccompRule::new(vec![SeccompCondition::new(argument, SeccompCmpArgLen::Dword, op, value)?])
    };
    let writes = |argument| -> Result<Vec<SeccompRule>, seccompiler::BackendError> {
        Ok(vec![
            masked(argument, libc::O_ACCMODE, libc::O_WRONLY)?,
            masked(argument, libc::O_ACCMODE, libc::O_RDWR)?,
            masked(argument, libc::O_CREAT, libc::O_CREAT)?,
            masked(argument, libc::O_TRUNC, libc::O_TRUNC)?,
        ])
    };
    denied.insert(libc::SYS_openat, writes(2)?);
    // Limits may be asked for and not set.
    let set = SeccompCondition::new(2, SeccompCmpArgLen::Qword, SeccompCmpOp::Ne, 0)?;
    denied.insert(libc::SYS_prlimit64, vec![SeccompRule::new(vec![set])?]);
    // A thread, but no process.
    denied.insert(libc::SYS_clone, vec![masked(0, libc::CLONE_THREAD, 0)?]);
    #[cfg(target_arch = "x86_64")]
    {
        denied.insert(libc::SYS_open, writes(1)?);
        denied.extend(DENIED_OF_OLD.map(|call| (call, Vec::new())));
    }
    let list = |rules, errno: libc::c_int| -> Result<BpfProgram, seccompiler::BackendError> {
        let answer = SeccompAction::Errno(errno.unsigned_abs());
        SeccompFilter::new(rules, SeccompAction::Allow, answer, std::env::consts::ARCH.try_into()?)?
            .try_into()
    };
    Ok([list(newer, libc::ENOSYS)?, list(denied, libc::EPERM)?])
}

/// Network, other processes, changes of files, and doors into the kernel that no decoder needs.
const DENIED_TO_TOOLS: [libc::c_long; 70] = [
    libc::SYS_socket,
    libc::SYS_socketpair,
    libc::SYS_connect,
    libc::SYS_bind,
    libc::SYS_listen,
    libc::SYS_accept,
    libc::SYS_accept4,
    libc::SYS_sendto,
    libc::SYS_sendmsg,
    libc::SYS_sendmmsg,
    libc::SYS_recvfrom,
    libc::SYS_recvmsg,
    libc::SYS_recvmmsg,
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_kill,
    libc::SYS_tkill,
    libc::SYS_pidfd_open,
    libc::SYS_pidfd_send_signal,
    libc::SYS_pidfd_getfd,
    libc::SYS_setrlimit,
    libc::SYS_unlinkat,
    libc::SYS_renameat2,
    libc::SYS_mkdirat,
    libc::SYS_mknodat,
    libc::SYS_linkat,
    libc::SYS_symlinkat,
    libc::SYS_truncate,
    libc::SYS_ftruncate,
    libc::SYS_fallocate,
    libc::SYS_fchmod,
    libc::SYS_fchmodat,
    libc::SYS_fchown,
    libc::SYS_fchownat,
    libc::SYS_utimensat,
    libc::SYS_setxattr,
    libc::SYS_lsetxattr,
    libc::SYS_fsetxattr,
    libc::SYS_removexattr,
    libc::SYS_memfd_create,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_keyctl,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_kexec_load,
    libc::SYS_reboot,
    libc::SYS_swapon,
    libc::SYS_swapoff,
    libc::SYS_name_to_handle_at,
    libc::SYS_open_by_handle_at,
    libc::SYS_personality,
    libc::SYS_shmget,
    libc::SYS_msgget,
    libc::SYS_semget,
    libc::SYS_mq_open,
];

/// The older forms of calls, which newer machines have not.
#[cfg(target_arch = "x86_64")]
const DENIED_OF_OLD: [libc::c_long; 14] = [
    libc::SYS_fork,
    libc::SYS_vfork,
    libc::SYS_creat,
    libc::SYS_unlink,
    libc::SYS_rmdir,
    libc::SYS_rename,
    libc::SYS_renameat,
    libc::SYS_mkdir,
    libc::SYS_mknod,
    libc::SYS_link,
    libc::SYS_symlink,
    libc::SYS_chmod,
    libc::SYS_chown,
    libc::SYS_lchown,
];

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
