//! `marquee assets FOLDER`: the static files for a web server that gives them out itself.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args as ClapArgs;

use crate::platform::{assets::Assets, config::Config};

#[derive(ClapArgs)]
pub(super) struct Args {
    /// Where they go; those of other releases stay, since they bear other names
    folder: PathBuf,
}

pub(super) fn run(args: &Args, config: &Config) -> anyhow::Result<ExitCode> {
    fs::create_dir_all(&args.folder)?;
    let assets = Assets::load(&config.asset_url)?;
    for (name, asset) in assets.iter() {
        let (plain, _) = asset.encoded("identity");
        place(&args.folder.join(name), &plain)?;
        if let (small, Some(_)) = asset.encoded("gzip") {
            place(&args.folder.join(format!("{name}.gz")), &small)?;
        }
    }
    println!("{} files are in {}", assets.iter().count(), args.folder.display());
    Ok(ExitCode::SUCCESS)
}

/// Whole or not at all: a web server may be giving them out. A name tells the content, so what is there is right.
fn place(path: &Path, content: &[u8]) -> std::io::Result<()> {
    if path.exists() {
        return Ok(());
    }
    let unfinished = path.with_extension("new");
    fs::write(&unfinished, content)?;
    fs::rename(unfinished, path)
}
