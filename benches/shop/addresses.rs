//! What visitors ask for, taken from the shop's own pages, so that every address is one that exists.

use std::collections::BTreeSet;

use crate::http::Visitor;

/// Pages of the list of all films that the uncached list is measured by.
const LIST_PAGES: usize = 48;
const PAGE_SIZE: u64 = 24;
/// Two facets and an order, as people combine them.
const CHOICES: [&str; 8] = [
    "format=uhd_4k&genre=drama&sort=price_asc",
    "format=dvd&genre=comedy&sort=title",
    "format=blu_ray&genre=thriller&sort=newest",
    "format=digital_hd&genre=drama&sort=bestselling",
    "genre=romance&in_stock=1&sort=price_desc",
    "genre=action&on_sale=1&sort=title",
    "format=dvd&year_min=1990&sort=price_asc",
    "genre=comedy&price_max=15&sort=newest",
];
/// What the page of a search offers when it mended a word.
const MENDED: &str = "literal=1";
const WORDS: usize = 40;
const FILMS: usize = 400;

/// Addresses by what they ask for.
#[derive(Clone, Debug, Default)]
pub struct Addresses {
    /// Pages of the list of all films, from its first to its last.
    pub lists: Vec<String>,
    /// The films of each of them, by slug.
    pub listed: Vec<Vec<String>>,
    pub first_pages: Vec<String>,
    pub middle_pages: Vec<String>,
    pub last_pages: Vec<String>,
    pub films: Vec<String>,
    pub misspelt: Vec<String>,
    pub suggestions: Vec<String>,
}

impl Addresses {
    pub async fn collect(port: u16, films: u64) -> anyhow::Result<Self> {
        let mut visitor = Visitor::arrive(port).await?;
        let mut addresses = Self::default();
        addresses.collect_lists(&mut visitor, films).await?;
        addresses.collect_choices(&mut visitor).await?;
        let slugs = addresses.listed.iter().flatten().take(FILMS);
        addresses.films = slugs.map(|slug| format!("/films/{slug}")).collect();
        addresses.collect_words(&mut visitor).await?;
        Ok(addresses)
    }

    async fn collect_lists(&mut self, visitor: &mut Visitor, films: u64) -> anyhow::Result<()> {
        let pages = usize::try_from(films / PAGE_SIZE)?.max(1);
        for at in 0..LIST_PAGES.min(pages) {
            let page = 1 + at * (pages - 1) / LIST_PAGES.min(pages).saturating_sub(1).max(1);
            let path = if page == 1 { "/films".to_owned() } else { format!("/films?page={page}") };
            let text = page_text(visitor, &path).await?;
            self.lists.push(path);
            self.listed.push(film_slugs(&text));
        }
        Ok(())
    }

    async fn collect_choices(&mut self, visitor: &mut Visitor) -> anyhow::Result<()> {
        for choice in CHOICES {
            let first = format!("/films?{choice}");
            let last = last_page(&page_text(visitor, &first).await?);
            self.first_pages.push(first.clone());
            self.middle_pages.push(format!("{first}&page={}", last.div_ceil(2).max(1)));
            self.last_pages.push(format!("{first}&page={last}"));
        }
        Ok(())
    }

    /// Words of titles with two letters exchanged, and their beginnings as somebody types them.
    async fn collect_words(&mut self, visitor: &mut Visitor) -> anyhow::Result<()> {
        let slugs = self.listed.iter().flatten();
        let words: BTreeSet<&str> = slugs.filter_map(|slug| slug.split('-').find(|word| word.len() >= 6)).collect();
        for word in words.into_iter().take(WORDS) {
            self.suggestions.extend([2, 3, 4].map(|length| format!("/search/suggest?q={}", &word[..length])));
            let path = format!("/search?q={}", exchanged(word));
            if page_text(visitor, &path).await?.contains(MENDED) {
                self.misspelt.push(path);
            }
        }
        anyhow::ensure!(!self.misspelt.is_empty(), "the shop mends no typo");
        Ok(())
    }
}

async fn page_text(visitor: &mut Visitor, path: &str) -> anyhow::Result<String> {
    let answer = visitor.get(path).await?;
    anyhow::ensure!(answer.status == 200, "{path} answered {}", answer.status);
    Ok(answer.text())
}

/// The films that a page links to, each once, in their order.
pub fn film_slugs(page: &str) -> Vec<String> {
    let mut slugs: Vec<String> = Vec::new();
    for link in page.split("href=\"/films/").skip(1) {
        let slug = link.split(['"', '?', '#']).next().unwrap_or_default();
        if !slug.is_empty() && !slugs.iter().any(|known| known == slug) {
            slugs.push(slug.to_owned());
        }
    }
    slugs
}

/// The highest page that the page links to.
fn last_page(page: &str) -> usize {
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>();
    page.split("page=").skip(1).filter_map(|link| digits(link).parse().ok()).max().unwrap_or(1)
}

fn exchanged(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    letters.swap(2, 3);
    letters.into_iter().collect()
}
