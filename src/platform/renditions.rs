//! Files that are made when first asked for, and kept while there is room: pictures drawn from a record.

use std::sync::Arc;

use anyhow::anyhow;
use axum::{
    body::Bytes,
    http::{
        HeaderMap, HeaderValue,
        header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY},
    },
    response::{IntoResponse, Response},
};
use moka::future::Cache;
use tokio::sync::Semaphore;

use super::encoding::{accepts, gzip};

/// A file as it is served, under an address that changes with its content.
pub struct Rendition {
    content_type: &'static str,
    plain: Bytes,
    gzip: Option<Bytes>,
}

impl Rendition {
    /// Drawings are compressed once, here; pictures of pixels already are.
    pub fn svg(content: Vec<u8>) -> anyhow::Result<Self> {
        let gzip = Some(gzip(&content, 9)?.into());
        Ok(Self { content_type: "image/svg+xml", plain: content.into(), gzip })
    }

    pub fn png(content: Vec<u8>) -> Self {
        Self { content_type: "image/png", plain: content.into(), gzip: None }
    }

    fn weight(&self) -> u32 {
        let bytes = self.plain.len() + self.gzip.as_ref().map_or(0, Bytes::len);
        u32::try_from(bytes).unwrap_or(u32::MAX)
    }

    /// Valid for ever, and for everybody.
    pub fn response(&self, request_headers: &HeaderMap) -> Response {
        let accept = request_headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let compressed = self.gzip.as_ref().filter(|_| accepts(accept, "gzip"));
        let mut response = compressed.unwrap_or(&self.plain).clone().into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
        if self.gzip.is_some() {
            headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        }
        if compressed.is_some() {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        response
    }
}

/// The renditions of a process, by address.
#[derive(Clone)]
pub struct Renditions {
    kept: Cache<String, Arc<Rendition>>,
    painters: Arc<Semaphore>,
}

impl Renditions {
    /// Keeps at most so many bytes of content.
    pub fn new(most_bytes: u64) -> Self {
        let weigh = |address: &String, file: &Arc<Rendition>| {
            file.weight().saturating_add(u32::try_from(address.len()).unwrap_or(u32::MAX))
        };
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            kept: Cache::builder().max_capacity(most_bytes).weigher(weigh).build(),
            painters: Arc::new(Semaphore::new((cores / 2).max(1))),
        }
    }

    pub async fn get(&self, address: &str) -> Option<Arc<Rendition>> {
        self.kept.get(address).await
    }

    /// The file at this address, made in less than a few milliseconds. Those who ask for it at once wait for one maker.
    pub async fn make<F>(&self, address: &str, make: F) -> anyhow::Result<Arc<Rendition>>
    where
        F: FnOnce() -> anyhow::Result<Rendition>,
    {
        self.keep(address, async { make() }).await
    }

    /// The same for work that takes long: it is done off the runtime and on half of the cores at most, so that pages go
    /// on being answered.
    pub async fn make_slowly<F>(&self, address: &str, make: F) -> anyhow::Result<Arc<Rendition>>
    where
        F: FnOnce() -> anyhow::Result<Rendition> + Send + 'static,
    {
        let made = async {
            let place = Arc::clone(&self.painters).acquire_owned().await?;
            let work = move || {
                // Held until the work is over, also when nobody waits for it any more.
                let _place = place;
                make()
            };
            tokio::task::spawn_blocking(work).await?
        };
        self.keep(address, made).await
    }

    async fn keep(
        &self,
        address: &str,
        made: impl Future<Output = anyhow::Result<Rendition>>,
    ) -> anyhow::Result<Arc<Rendition>> {
        let shared = async { made.await.map(Arc::new) };
        self.kept.try_get_with_by_ref(address, shared).await.map_err(|error: Arc<anyhow::Error>| anyhow!("{error:#}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_is_made_once_for_all_who_ask_and_again_when_it_could_not_be_made() {
        let renditions = Renditions::new(1 << 20);
        assert!(renditions.make("a", || Err(anyhow!("out of paint"))).await.is_err());
        let count = Arc::new(std::sync::atomic::AtomicU32::new(0));
        let make = || {
            let count = Arc::clone(&count);
            move || {
                count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                Ok(Rendition::png(vec![1; 10]))
            }
        };
        let (first, second) = tokio::join!(renditions.make_slowly("a", make()), renditions.make_slowly("a", make()));
        assert!(first.is_ok() && second.is_ok() && renditions.get("a").await.is_some());
        assert_eq!(count.load(std::sync::atomic::Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn no_more_is_kept_than_there_is_room_for() {
        let renditions = Renditions::new(1000);
        for number in 0..50 {
            renditions.make(&number.to_string(), || Ok(Rendition::png(vec![0; 300]))).await.unwrap();
        }
        renditions.kept.run_pending_tasks().await;
        assert!(renditions.kept.weighted_size() <= 1000);
    }
}
