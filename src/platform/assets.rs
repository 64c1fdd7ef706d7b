//! Static files: embedded, joined, named by their content, compressed once.
//!
//! `css/*.css` is served as one sheet, joined in the order of the file names' list below; references to
//! `/static/NAME` inside style sheets and scripts become the hashed addresses.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use axum::body::Bytes;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use super::encoding::{accepts, brotli, gzip};

#[derive(RustEmbed)]
#[folder = "static/"]
#[exclude = "*.txt"]
struct Embedded;

/// The joined style sheet's name.
const STYLESHEET: &str = "css/marquee.css";
/// The back office's sheet, which customers need not load.
const STAFF_SHEET: &str = "css/staff.css";
/// Declares the cascade layers, so it comes first; the layers make the order of the rest irrelevant.
const LAYERS: &str = "css/layers.css";

/// A file as it is served.
pub struct Asset {
    pub content_type: &'static str,
    plain: Bytes,
    brotli: OnceLock<Option<Bytes>>,
    gzip: OnceLock<Option<Bytes>>,
}

impl Asset {
    fn new(name: &str, content: Vec<u8>) -> Self {
        Self { content_type: content_type(name), plain: content.into(), brotli: OnceLock::new(), gzip: OnceLock::new() }
    }

    /// The bytes for a browser that accepts these encodings, and the encoding chosen.
    pub fn encoded(&self, accept_encoding: &str) -> (Bytes, Option<&'static str>) {
        if accepts(accept_encoding, "br")
            && let Some(bytes) = self.brotli.get_or_init(|| self.smaller(|content| brotli(content, 11)))
        {
            return (bytes.clone(), Some("br"));
        }
        if accepts(accept_encoding, "gzip")
            && let Some(bytes) = self.gzip.get_or_init(|| self.smaller(|content| gzip(content, 9)))
        {
            return (bytes.clone(), Some("gzip"));
        }
        (self.plain.clone(), None)
    }

    fn smaller(&self, compress: impl Fn(&[u8]) -> std::io::Result<Vec<u8>>) -> Option<Bytes> {
        let is_text = self.content_type.starts_with("text/") || self.content_type.starts_with("image/svg");
        let compressed = is_text.then(|| compress(&self.plain).ok()).flatten()?;
        (compressed.len() < self.plain.len()).then(|| compressed.into())
    }
}

/// Every static file, by source name and by served name.
pub struct Assets {
    urls: BTreeMap<String, String>,
    files: BTreeMap<String, Arc<Asset>>,
}

impl Assets {
    /// Joins, rewrites and names the embedded files; `base` stands before every address.
    pub fn load(base: &str) -> anyhow::Result<Self> {
        let mut loader =
            Loader { base, sources: sources(), assets: Self { urls: BTreeMap::new(), files: BTreeMap::new() } };
        for name in loader.sources.keys().cloned().collect::<Vec<_>>() {
            loader.place(&name)?;
        }
        Ok(loader.assets)
    }

    /// Address of a file by its name under `static/`. A name that does not exist shows as itself, which a test finds.
    pub fn url<'a>(&'a self, name: &'a str) -> &'a str {
        self.urls.get(name).map_or(name, String::as_str)
    }

    /// Every file by the name in its address.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Asset)> {
        self.files.iter().map(|(name, asset)| (name.as_str(), &**asset))
    }

    /// A file by the name in its address, `{hash}.{ext}`.
    pub fn get(&self, served: &str) -> Option<&Arc<Asset>> {
        self.files.get(served)
    }
}

fn sources() -> BTreeMap<String, Vec<u8>> {
    let mut sources = BTreeMap::new();
    let mut sheet = Vec::new();
    let mut sheets: Vec<_> = Embedded::iter().filter(|name| is_joined(name)).collect();
    sheets.sort_by_key(|name| (name != LAYERS, name.to_string()));
    for name in Embedded::iter() {
        if let Some(file) = Embedded::get(&name).filter(|_| !is_joined(&name)) {
            sources.insert(name.into_owned(), file.data.into_owned());
        }
    }
    for file in sheets.iter().filter_map(|name| Embedded::get(name)) {
        sheet.extend_from_slice(&file.data);
        sheet.push(b'\n');
    }
    sources.insert(STYLESHEET.to_owned(), sheet);
    sources
}

/// Names here are the project's own, all in lower case.
fn is_sheet(name: &str) -> bool {
    std::path::Path::new(name).extension().is_some_and(|extension| extension == "css")
}

/// Whether a file becomes a part of the shop's one sheet.
fn is_joined(name: &str) -> bool {
    is_sheet(name) && name != STAFF_SHEET
}

struct Loader<'a> {
    base: &'a str,
    sources: BTreeMap<String, Vec<u8>>,
    assets: Assets,
}

impl Loader<'_> {
    /// Names a file after those that it refers to, so that a change of theirs changes its name too.
    fn place(&mut self, name: &str) -> anyhow::Result<String> {
        if let Some(url) = self.assets.urls.get(name) {
            return Ok(url.clone());
        }
        let Some(source) = self.sources.get(name).cloned() else {
            anyhow::bail!("there is no static file {name}");
        };
        let extension = name.rsplit_once('.').map_or("bin", |(_, extension)| extension);
        let content = if matches!(extension, "css" | "js") { self.rewrite(name, source)? } else { source };
        let hash = Sha256::digest(&content).iter().take(8).fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        let served = format!("{hash}.{extension}");
        let url = format!("{}/static/{served}", self.base);
        self.assets.files.insert(served, Arc::new(Asset::new(name, content)));
        self.assets.urls.insert(name.to_owned(), url.clone());
        Ok(url)
    }

    fn rewrite(&mut self, name: &str, source: Vec<u8>) -> anyhow::Result<Vec<u8>> {
        let source = String::from_utf8(source)?;
        let mut parts = source.split("/static/");
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let end = part.find(['"', '\'', ')', '#', '?']).unwrap_or(part.len());
            let referred = &part[..end];
            anyhow::ensure!(referred != name, "{name} refers to itself");
            out.push_str(&self.place(referred)?);
            out.push_str(&part[end..]);
        }
        Ok(out.into_bytes())
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "ico" => "image/x-icon",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_loads_and_references_are_hashed() {
        let assets = Assets::load("").unwrap();
        let url = assets.url(STYLESHEET).to_owned();
        let served = url.strip_prefix("/static/").unwrap();
        let (sheet, encoding) = assets.get(served).unwrap().encoded("gzip;q=0, identity");
        assert_eq!(encoding, None);
        let sheet = String::from_utf8(sheet.to_vec()).unwrap();
        assert!(sheet.starts_with("@layer"), "the layers must be declared first");
        assert!(!sheet.contains("/static/fonts/"), "a reference was not rewritten");
        let (small, encoding) = assets.get(served).unwrap().encoded("gzip, br");
        assert_eq!(encoding, Some("br"));
        assert!(small.len() < sheet.len());
    }
}
