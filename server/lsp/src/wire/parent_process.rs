//! Whether the process that started us still lives.
//!
//! Its end of our input is not enough to tell: another child of it may hold the same pipe open.

/// Whether a process is there. Where that cannot be found out the answer is yes.
#[cfg(unix)]
pub(crate) fn is_alive(pid: u32) -> bool {
    use rustix::io::Errno;
    use rustix::process::{Pid, test_kill_process};

    let Some(process) = i32::try_from(pid).ok().and_then(Pid::from_raw) else { return true };
    test_kill_process(process) != Err(Errno::SRCH) && !is_zombie(pid)
}

/// Whether a process has ended and only its entry is left, which signals cannot tell.
#[cfg(target_os = "linux")]
fn is_zombie(pid: u32) -> bool {
    let Ok(status) = std::fs::read_to_string(format!("/proc/{pid}/stat")) else { return false };
    // The name in brackets may hold anything, brackets too; the state follows the last one.
    let state = status.rsplit_once(')').and_then(|(_, rest)| rest.trim_start().chars().next());
    matches!(state, Some('Z' | 'X'))
}

#[cfg(all(unix, not(target_os = "linux")))]
fn is_zombie(_: u32) -> bool {
    false
}

#[cfg(not(unix))]
pub(crate) fn is_alive(_: u32) -> bool {
    true
}

#[cfg(all(test, unix))]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn tells_the_living_from_the_dead() {
        assert!(is_alive(std::process::id()));
        let mut child = Command::new("cat").stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let pid = child.id();
        assert!(is_alive(pid));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(!is_alive(pid));
    }
}
