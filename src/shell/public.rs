//! Pages that are the same for everybody: their routes, and the only things that their handlers may ask for.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, State},
    handler::Handler,
    routing::get,
};

use crate::{
    app::App,
    catalog::{
        filters::Known,
        index::{Catalogue, Index},
    },
    platform::{
        db::Database,
        http::{PageContext, split_language},
        money::Currency,
        page_cache::PageKey,
    },
    settings::Settings,
};

/// What a page for everybody may be made of: the address, the shop, the database; never who asks.
pub trait Impersonal {}

impl Impersonal for PageContext {}
impl Impersonal for Path<String> {}
impl Impersonal for Catalogue {}
impl Impersonal for Database {}
impl Impersonal for State<Arc<Settings>> {}
impl Impersonal for State<Arc<Index>> {}

/// A handler of which every argument is [`Impersonal`], so that it cannot name a user, a cookie or a header.
pub trait ImpersonalHandler<Arguments>: Handler<Self::Extractors, App> {
    /// What [`Handler`] calls the same arguments.
    type Extractors;
}

macro_rules! impersonal_handlers {
    ($($argument:ident)*) => {
        impl<F, M, $($argument: Impersonal),*> ImpersonalHandler<(M, $($argument),*)> for F
        where
            F: Handler<(M, $($argument,)*), App>,
        {
            type Extractors = (M, $($argument,)*);
        }
    };
}

impersonal_handlers!(A);
impersonal_handlers!(A B);
impersonal_handlers!(A B C);
impersonal_handlers!(A B C D);
impersonal_handlers!(A B C D E);

/// The known part of a query in one order; none of an address whose page is not kept.
pub type Normalise = fn(&str, &Currency, &Index) -> Option<Known>;

/// A page that takes no parameter.
pub fn no_parameters(_: &str, _: &Currency, _: &Index) -> Option<Known> {
    Some(Known::default())
}

#[derive(Clone, Copy)]
struct PublicRoute {
    pattern: &'static str,
    normalise: Normalise,
}

/// The routes of pages that are kept for everybody.
#[derive(Clone, Default)]
pub struct PublicRoutes {
    routes: Vec<PublicRoute>,
    router: Router<App>,
}

/// An address of a page that is kept, and the route that answers it.
pub struct Asked {
    pub key: PageKey,
    pub route: &'static str,
}

impl PublicRoutes {
    /// Adds a page. A pattern is a path, with one `{slug}` in it or none.
    pub fn page<H, Arguments>(mut self, pattern: &'static str, normalise: Normalise, handler: H) -> Self
    where
        H: ImpersonalHandler<Arguments>,
        H::Extractors: 'static,
    {
        self.routes.push(PublicRoute { pattern, normalise });
        self.router = self.router.route(pattern, get(handler));
        self
    }

    /// The same routes for axum.
    pub fn router(&self) -> Router<App> {
        self.router.clone()
    }

    /// The routes as they are written in the URL map.
    pub fn patterns(&self) -> impl Iterator<Item = &'static str> {
        self.routes.iter().map(|route| route.pattern)
    }

    /// What the page of this address is kept under.
    pub fn find(&self, path: &str, query: &str, currency: &Currency, index: &Index) -> Option<Asked> {
        let (lang, path) = split_language(path);
        let route = self.routes.iter().find(|route| matches(route.pattern, path))?;
        let known = if query.is_empty() { Known::default() } else { (route.normalise)(query, currency, index)? };
        let mark = if known.query.is_empty() { "" } else { "?" };
        let address = [lang.prefix(), path, mark, &known.query].concat().into();
        Some(Asked { key: PageKey { address, is_shared: !known.is_endless }, route: route.pattern })
    }
}

fn matches(pattern: &str, path: &str) -> bool {
    let Some((before, behind)) = pattern.split_once("{slug}") else { return pattern == path };
    let slug = path.strip_prefix(before).and_then(|rest| rest.strip_suffix(behind));
    slug.is_some_and(|slug| !slug.is_empty() && !slug.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_takes_one_segment() {
        assert!(matches("/films", "/films") && matches("/films/{slug}", "/films/m-1931"));
        for path in ["/films/", "/films/m/reviews", "/filmsx", "/"] {
            assert!(!matches("/films/{slug}", path), "{path}");
        }
        assert!(matches("/films/{slug}/reviews", "/films/m-1931/reviews"));
        for path in ["/films//reviews", "/films/m/x/reviews", "/films/reviews", "/films/m/reviews/1"] {
            assert!(!matches("/films/{slug}/reviews", path), "{path}");
        }
    }
}
