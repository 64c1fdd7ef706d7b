//! Reading what an answer says, whatever it was encoded in.

use std::io::Read;

use anyhow::Context as _;

use crate::http::Answer;

/// The text of an answer.
pub fn decoded(answer: &Answer) -> anyhow::Result<String> {
    let body = answer.body.as_slice();
    let mut text = String::new();
    match answer.header("content-encoding") {
        None => return Ok(answer.text()),
        Some("gzip") => {
            let mut member = flate2::read::GzDecoder::new(body);
            member.read_to_string(&mut text)?;
            // Browsers read one member and leave out what follows.
            anyhow::ensure!(member.into_inner().is_empty(), "something follows the gzip member");
        }
        Some("br") => drop(brotli::Decompressor::new(body, 4096).read_to_string(&mut text)?),
        Some("zstd") => text = String::from_utf8(zstd::decode_all(body)?)?,
        Some(other) => anyhow::bail!("an answer in {other}"),
    }
    Some(text).filter(|text| !text.is_empty()).context("an empty page")
}
