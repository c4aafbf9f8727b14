//! How much memory this process takes, as the kernel counts it.

use std::fs;

/// Megabytes (2^20 bytes) resident.
#[derive(Clone, Copy, Debug, Default)]
pub struct Memory {
    /// Now (`VmRSS`); none where the kernel does not tell.
    pub now: Option<f64>,
    /// At most so far (`VmHWM`).
    pub peak: Option<f64>,
    /// Of what is resident now, pages of files (`RssFile`), which the kernel may take back: maps, and the program itself.
    pub of_files: Option<f64>,
}

impl Memory {
    /// Asks the kernel; Linux only.
    #[must_use]
    pub fn read() -> Self {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        Self { now: field(&status, "VmRSS:"), peak: field(&status, "VmHWM:"), of_files: field(&status, "RssFile:") }
    }
}

fn field(status: &str, name: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kilobytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some((kilobytes / 1024.0 * 10.0).round() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn megabytes_are_read_from_the_kernels_text() {
        let status = "Name:\tscale\nVmHWM:\t   20480 kB\nVmRSS:\t    5170 kB\n";
        assert_eq!(field(status, "VmHWM:"), Some(20.0));
        assert_eq!(field(status, "VmRSS:"), Some(5.0));
        assert_eq!(field(status, "VmSwap:"), None);
    }
}
