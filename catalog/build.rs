//! Lists the services that are known in full, and compresses the data that is embedded: it is 1.7 MB of JSON, which was a
//! fifth of the program. LZ4, because it is unpacked in a tenth of the time that parsing takes.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let output = PathBuf::from(env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo names no OUT_DIR"))?);
    pack("", &output)?;
    let mut services = String::from("&[\n");
    for prefix in pack("actions", &output)? {
        let _ = writeln!(services, "    (\"{prefix}\", packed!(\"actions/{prefix}.json\")),");
    }
    services.push_str("]\n");
    fs::write(output.join("services.rs"), services)
}

/// Compresses the files of a folder of `data/`, and gives their names without extension, in order.
fn pack(folder: &str, output: &Path) -> io::Result<Vec<String>> {
    let data = Path::new("data").join(folder);
    println!("cargo::rerun-if-changed={}", data.display());
    fs::create_dir_all(output.join(folder))?;
    let mut names = Vec::new();
    for file in fs::read_dir(data)? {
        let path = file?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let packed = lz4_flex::block::compress_prepend_size(&fs::read(&path)?);
            fs::write(output.join(folder).join(format!("{name}.json.lz4")), packed)?;
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}
