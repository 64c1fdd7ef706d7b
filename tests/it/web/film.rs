//! A film's own page.

use axum::http::StatusCode;
use marquee::{
    catalog::{Format, ProductStatus},
    platform::{clock, db::Conn},
};
use serde_json::Value;
use time::Duration;

use crate::support::{
    Answer, TestApp,
    factory::{Film, ProductBuilder, category, edition, product},
};

fn everything() -> ProductBuilder {
    product()
        .title("M")
        .slug("m-1931")
        .title_ru("М")
        .original_title("M – Eine Stadt sucht einen Mörder")
        .year(1931)
        .runtime_min(117)
        .country("Germany")
        .age_rating("PG-13")
        .description_en("A city looks for a man.")
        .studio("Nero-Film")
        .genre("crime")
        .director("Fritz Lang")
        .cast("Peter Lorre")
        .audio("de")
        .subtitles("en")
}

async fn sold(conn: &mut Conn) -> Film {
    let tomorrow = clock::now() + Duration::days(1);
    everything()
        .with(edition(Format::Dvd, 1999, 0).sku("M-DVD").region_code("2").discs(1))
        .with(edition(Format::BluRay, 2999, 3).sku("M-BD").sale(2001, None, Some(tomorrow)))
        .with(edition(Format::DigitalHd, 999, 0).sku("M-HD"))
        .insert(conn)
        .await
}

fn json_ld(page: &Answer) -> Vec<Value> {
    let scripts = page.html();
    let selector = scraper::Selector::parse("script[type='application/ld+json']").unwrap();
    scripts.select(&selector).map(|script| serde_json::from_str(&script.text().collect::<String>()).unwrap()).collect()
}

fn of_type<'a>(data: &'a [Value], name: &str) -> &'a Value {
    data.iter().find(|value| value["@type"] == name).unwrap_or_else(|| panic!("no {name}"))
}

#[tokio::test]
async fn an_edition_is_chosen_by_its_link() {
    let app = TestApp::new().await;
    sold(&mut app.conn().await).await;
    let guest = app.guest();
    let page = guest.get("/films/m-1931").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.attributes("input[name=sku]", "value"), ["M-BD"], "the first that can be had");
    assert_eq!(page.texts(".formats [aria-current=true] .format__name"), ["Blu-ray"]);
    let links = page.attributes("a.format", "href");
    assert_eq!(links[0], "/films/m-1931?edition=M-DVD#buy");

    let dvd = guest.get("/films/m-1931?edition=M-DVD").await;
    assert_eq!(dvd.texts(".formats [aria-current=true] .format__name"), ["DVD"]);
    assert_ne!(dvd.attributes(".product__poster img", "src"), page.attributes(".product__poster img", "src"));
    assert!(dvd.attributes("form.buy", "action").is_empty(), "nothing to buy of a sold-out edition");
    let digital = guest.get("/films/m-1931?edition=M-HD").await;
    assert_eq!(digital.attributes("input[name=sku]", "value"), ["M-HD"]);
    let unknown = guest.get("/films/m-1931?edition=NO-SUCH").await;
    assert_eq!(unknown.attributes("input[name=sku]", "value"), ["M-BD"]);
    assert_eq!(unknown.attributes("link[rel=canonical]", "href"), ["http://shop.test/films/m-1931"]);
}

#[tokio::test]
async fn prices_and_stock_are_told_as_they_are() {
    let app = TestApp::new().await;
    let film = sold(&mut app.conn().await).await;
    let page = app.guest().get("/films/m-1931").await;
    assert_eq!(page.texts(".offer__price .price"), ["Was $29.99 Now $20.01"]);
    assert_eq!(page.texts(".offer__price .tag"), ["−33 %"], "33.27 % is rounded down");
    assert_eq!(page.texts(".formats .stock"), ["Sold out", "Only 3 left", "Always available"]);
    assert_eq!(page.texts("select[name=quantity] option"), ["1", "2", "3"]);
    assert!(!page.text().contains("30 days before"), "without a history there is no lowest price");

    let history = |days: i64, price: i64, sale: &str| {
        format!(
            "INSERT INTO price_history (edition_id, price_minor, sale_price_minor, at, actor) \
             VALUES ({}, {price}, {sale}, UTC_TIMESTAMP(6) - INTERVAL {days} DAY, 'test')",
            film.editions[1].id
        )
    };
    app.database.execute(&history(20, 2500, "NULL")).await;
    app.database.execute(&history(10, 2999, "2001")).await;
    let page = app.guest().get("/films/m-1931").await;
    assert!(page.text().contains("Lowest price of the 30 days before the sale: $25.00"));

    app.database.execute("UPDATE editions SET sale_to = UTC_TIMESTAMP(6)").await;
    let page = app.guest().get("/films/m-1931").await;
    assert_eq!(page.texts(".offer__price .price"), ["$29.99"], "the sale is over before anything was refreshed");
}

#[tokio::test]
async fn every_known_fact_is_shown_and_no_other() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    sold(&mut conn).await;
    product().slug("bare").title("Bare").edition(Format::Uhd4k, 999, 9).insert(&mut conn).await;
    let guest = app.guest();
    let page = guest.get("/films/m-1931?edition=M-DVD").await;
    let rows: Vec<_> = page
        .texts(".spec th")
        .into_iter()
        .zip(page.texts(".spec td"))
        .map(|(name, fact)| format!("{name}: {fact}"))
        .collect();
    assert_eq!(
        rows,
        [
            "Original title: M – Eine Stadt sucht einen Mörder",
            "Director: Fritz Lang",
            "Cast: Peter Lorre",
            "Genres: Crime",
            "Country: Germany",
            "Year: 1931",
            "Running time: 117 minutes",
            "Studio: Nero-Film",
            "Audio: German",
            "Subtitles: English",
            "Age rating: PG-13",
            "Region: 2",
            "Discs: 1",
            "Catalogue no.: M-DVD",
        ]
    );
    assert_eq!(
        page.attributes(".credits a", "href"),
        ["/people/fritz-lang", "/people/peter-lorre", "/studios/nero-film"]
    );
    let bare = guest.get("/films/bare").await;
    assert_eq!(bare.texts(".spec th"), ["Year", "Catalogue no."]);
    assert!(!bare.text().contains("null") && bare.texts(".credits").is_empty());
}

#[tokio::test]
async fn each_language_has_its_own_words_and_says_whose_text_it_borrows() {
    let app = TestApp::new().await;
    sold(&mut app.conn().await).await;
    let guest = app.guest();
    let [en, ru, uz] =
        [guest.get("/films/m-1931").await, guest.get("/ru/films/m-1931").await, guest.get("/uz/films/m-1931").await];
    assert_eq!(
        (en.texts("h1"), ru.texts("h1"), uz.texts("h1")),
        (vec!["M".into()], vec!["М".into()], vec!["М".into()])
    );
    assert!(en.attributes("h1", "lang").is_empty() && ru.attributes("h1", "lang").is_empty());
    assert_eq!(uz.attributes("h1", "lang"), ["ru"], "Russian stands in where Uzbek is missing");
    assert_eq!(ru.attributes(".prose[lang]", "lang"), ["en"]);
    assert!(ru.texts(".spec td").contains(&"Германия".to_owned()), "countries are kept in English and shown in words");
    let titles: std::collections::BTreeSet<_> = [&en, &ru, &uz].iter().flat_map(|page| page.texts("title")).collect();
    assert_eq!(titles.len(), 3, "{titles:?}");
    assert!(ru.attributes("a.format", "href")[0].starts_with("/ru/films/m-1931?edition="));
    assert_eq!(ru.texts(".offer__price .price"), ["Было 29,99\u{a0}$ Сейчас 20,01\u{a0}$".replace('\u{a0}', " ")]);
}

#[tokio::test]
async fn machines_read_what_people_see() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let genres = category(&mut conn, "genres", None).await;
    let crime = category(&mut conn, "crime", Some(genres)).await;
    everything()
        .title("M </script> & \"more\"")
        .slug("m-1931")
        .category(crime)
        .with(edition(Format::Dvd, 1999, 0).sku("M-DVD"))
        .with(edition(Format::BluRay, 2999, 30).sku("M BD+1").sale(2001, None, Some(clock::now() + Duration::days(1))))
        .insert(&mut conn)
        .await;
    app.index().await;
    let page = app.guest().get("/films/m-1931").await;
    let data = json_ld(&page);
    let product = of_type(&data, "Product");
    assert_eq!(vec![product["name"].as_str().unwrap().to_owned()], page.texts("h1"));
    assert_eq!((&product["sku"], &product["brand"]["name"]), (&"M BD+1".into(), &"Nero-Film".into()));
    let offers = product["offers"].as_array().unwrap();
    assert_eq!(offers.len(), page.texts(".format").len());
    assert_eq!(
        (&offers[0]["price"], &offers[0]["availability"]),
        (&"19.99".into(), &"https://schema.org/OutOfStock".into())
    );
    assert_eq!((&offers[1]["price"], &offers[1]["priceCurrency"]), (&"20.01".into(), &"USD".into()));
    assert_eq!(offers[1]["availability"], "https://schema.org/InStock");
    assert!(offers[1]["priceValidUntil"].is_string() && offers[0]["priceValidUntil"].is_null());
    assert!(product.get("aggregateRating").is_none(), "nobody has rated it");
    let by_offer = app.guest().get(offers[1]["url"].as_str().unwrap().trim_start_matches("http://shop.test")).await;
    assert_eq!(by_offer.attributes("input[name=sku]", "value"), ["M BD+1"]);

    let movie = of_type(&data, "Movie");
    assert_eq!((&movie["director"][0]["name"], &movie["duration"]), (&"Fritz Lang".into(), &"PT117M".into()));

    let steps = of_type(&data, "BreadcrumbList")["itemListElement"].as_array().unwrap();
    let named: Vec<_> = steps.iter().map(|step| step["name"].as_str().unwrap()).collect();
    assert_eq!(named, ["Home", "Genres", "Crime", "M </script> & \"more\""]);
    assert_eq!(page.texts(".crumbs li"), named);
    assert_eq!(steps[2]["item"], "http://shop.test/categories/crime");

    let meta = |name: &str| page.attributes(&format!("meta[property='{name}']"), "content").remove(0);
    assert_eq!((meta("product:price:amount"), meta("product:price:currency")), ("20.01".into(), "USD".into()));
    let image = meta("og:image");
    assert!(image.starts_with("http://shop.test/media/og/m-1931-"), "{image}");
    let picture = app.guest().get(image.trim_start_matches("http://shop.test")).await;
    assert_eq!((picture.status, picture.header("content-type")), (StatusCode::OK, "image/png"));
    assert_eq!(page.attributes("meta[name=description]", "content"), ["A city looks for a man."]);
}

#[tokio::test]
async fn a_film_is_shown_within_its_time() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let now = clock::now();
    let (past, future) = (now - Duration::minutes(1), now + Duration::minutes(1));
    product().slug("shown").publish_at(past).unpublish_at(future).insert(&mut conn).await;
    product().slug("early").publish_at(future).insert(&mut conn).await;
    product().slug("late").unpublish_at(past).insert(&mut conn).await;
    product().slug("draft").status(ProductStatus::Draft).insert(&mut conn).await;
    let guest = app.guest();
    assert_eq!(guest.get("/films/shown").await.status, StatusCode::OK);
    for hidden in ["early", "late", "draft", "never-was", "%D0%BC", "a%20b"] {
        assert_eq!(guest.get(&format!("/films/{hidden}")).await.status, StatusCode::NOT_FOUND, "{hidden}");
    }
}

#[tokio::test]
async fn an_archived_film_keeps_its_page_and_offers_others() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let gone = everything().status(ProductStatus::Archived).edition(Format::Dvd, 1999, 5).insert(&mut conn).await;
    for n in 0..9 {
        let other = product().genre(if n < 3 { "crime" } else { "war" }).edition(Format::Dvd, 999, 5);
        other.sold_count(n).insert(&mut conn).await;
    }
    let successor = product().title("Successor").edition(Format::Dvd, 999, 5).insert(&mut conn).await;
    let sql = format!("UPDATE products SET successor_id = {} WHERE id = {}", successor.id, gone.id);
    app.database.execute(&sql).await;
    app.index().await;
    let page = app.guest().get("/films/m-1931").await;
    assert_eq!((page.status, page.statements()), (StatusCode::OK, 3));
    assert!(page.text().contains("We no longer sell this film"));
    assert!(page.attributes("form.buy", "action").is_empty() && page.attributes("a.format", "href").is_empty());
    assert!(of_type(&json_ld(&page), "Product").get("offers").is_none());
    let others = page.texts(".film__title");
    assert_eq!((others.len(), others[0].as_str()), (6, "Successor"));
}

#[tokio::test]
async fn a_page_costs_the_same_for_one_and_for_fifty() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let sale = || edition(Format::BluRay, 2999, 3).sale(2001, None, None);
    product().slug("one").director("A").with(sale()).insert(&mut conn).await;
    let many = (0..50).fold(product().slug("fifty"), |film, n| {
        film.cast(&format!("Actor {n}")).with(sale().sku(&format!("SKU-{n}")))
    });
    many.insert(&mut conn).await;
    let guest = app.guest();
    let (one, fifty) = (guest.get("/films/one").await, guest.get("/films/fifty").await);
    assert_eq!(fifty.texts(".format").len(), 50);
    assert_eq!((one.statements(), fifty.statements()), (4, 4));
}
