//! Starts `connect-policy lsp` in Zed: the program of the setting `lsp.connect-policy.binary`, or on PATH, or of the newest
//! release.

use std::fs;

use zed_extension_api::settings::LspSettings;
use zed_extension_api::{self as zed, Architecture, Command, DownloadedFileType, LanguageServerId, Os, Result, Worktree};

const REPOSITORY: &str = "connect-policy/connect-policy";

struct ConnectPolicy;

impl zed::Extension for ConnectPolicy {
    fn new() -> Self {
        Self
    }

    fn language_server_command(&mut self, id: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let binary = LspSettings::for_worktree("connect-policy", worktree).ok().and_then(|settings| settings.binary);
        let (path, arguments) = binary.map(|binary| (binary.path, binary.arguments)).unwrap_or_default();
        let command = match path.or_else(|| worktree.which("connect-policy")) {
            Some(command) => command,
            None => download(id)?,
        };
        Ok(Command { command, args: arguments.unwrap_or_else(|| vec!["lsp".to_owned()]), env: worktree.shell_env() })
    }
}

/// The path of the newest release's program, which is downloaded if necessary.
fn download(id: &LanguageServerId) -> Result<String> {
    zed::set_language_server_installation_status(id, &zed::LanguageServerInstallationStatus::CheckingForUpdate);
    let options = zed::GithubReleaseOptions { require_assets: true, pre_release: false };
    let release = zed::latest_github_release(REPOSITORY, options)?;
    let (os, arch) = zed::current_platform();
    let name = archive_name(os, arch)?;
    let (file, kind, program) = match os {
        Os::Windows => (format!("{name}.zip"), DownloadedFileType::Zip, "connect-policy.exe"),
        Os::Mac | Os::Linux => (format!("{name}.tar.gz"), DownloadedFileType::GzipTar, "connect-policy"),
    };
    let folder = format!("connect-policy-{}", release.version);
    let path = format!("{folder}/{name}/{program}");
    if fs::metadata(&path).is_ok_and(|entry| entry.is_file()) {
        return Ok(path);
    }
    let asset = release.assets.iter().find(|asset| asset.name == file);
    let asset = asset.ok_or_else(|| format!("release {} does not have {file}", release.version))?;
    zed::set_language_server_installation_status(id, &zed::LanguageServerInstallationStatus::Downloading);
    zed::download_file(&asset.download_url, &folder, kind)?;
    zed::make_file_executable(&path)?;
    remove_other_releases(&folder);
    Ok(path)
}

fn archive_name(os: Os, arch: Architecture) -> Result<String> {
    let arch = match arch {
        Architecture::X8664 => "x64",
        Architecture::Aarch64 => "arm64",
        Architecture::X86 => return Err("connect-policy does not support 32-bit systems".to_owned()),
    };
    // On Linux the static program, because the extension cannot find out which C library there is.
    let os = match os {
        Os::Mac => "darwin",
        Os::Linux => "alpine",
        Os::Windows => "win32",
    };
    Ok(format!("connect-policy-{os}-{arch}"))
}

/// Removes what earlier versions of the extension downloaded. A folder that cannot be removed costs disk space only.
fn remove_other_releases(folder: &str) {
    for entry in fs::read_dir(".").into_iter().flatten().flatten() {
        if entry.file_name() != *folder {
            fs::remove_dir_all(entry.path()).ok();
        }
    }
}

zed::register_extension!(ConnectPolicy);
