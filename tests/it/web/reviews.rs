//! What everybody sees of reviews, on the film's page and on a page of their own.

use std::time::Duration;

use axum::http::StatusCode;
use marquee::{
    audit::Author,
    catalog::ProductStatus,
    platform::clock,
    reviews::{
        Draft,
        actions::{self, Decision, Moderator, Read},
    },
};

use crate::support::{
    Answer, TestApp,
    factory::{Film, client, product},
};

/// A review by somebody new, shown or still to be read.
async fn review(app: &TestApp, film: &Film, rating: u8, body: &str, is_shown: bool) -> u64 {
    let author = client(&mut app.conn().await, "Nora").await;
    let draft = Draft {
        rating,
        title: format!("Title of {rating}"),
        body: body.to_owned(),
        has_spoiler: body.contains("murderer"),
    };
    let id = actions::write(&app.app.db, author, film.id, &draft, clock::now()).await.unwrap().unwrap();
    if is_shown {
        approve(app, id).await;
    }
    id
}

async fn approve(app: &TestApp, id: u64) {
    let author = Author::system("staff:1");
    let by = Moderator { staff_id: 1, author: &author, now: clock::now() };
    let decision = Decision::Approve { is_spoiler: false };
    actions::decide(&app.app.db, Read { id, version: 1 }, decision, by).await.unwrap();
}

fn titles(page: &Answer) -> Vec<String> {
    page.texts("article.review h3")
}

#[tokio::test]
async fn a_films_page_shows_how_it_is_rated_and_the_first_reviews() {
    let app = TestApp::new().await;
    let film = product().title("M").insert(&mut app.conn().await).await;
    let before = app.guest().get(&format!("/films/{}", film.slug)).await;
    assert!(before.texts(".rating, .score, article.review").is_empty(), "no stars when there are none");
    assert!(!before.text().contains("aggregateRating"));

    review(&app, &film, 3, "Nobody has read this.", false).await;
    for rating in [5, 5, 4] {
        review(&app, &film, rating, "Fritz Lang at his best.", true).await;
    }
    let featured = review(&app, &film, 1, "The murderer is the gardener.", true).await;
    app.database.execute(&format!("UPDATE reviews SET is_featured = TRUE WHERE id = {featured}")).await;
    let page = app.guest().get(&format!("/films/{}", film.slug)).await;
    assert!(page.statements() <= 5, "{}", page.statements());
    // 15 stars by four people.
    assert_eq!(page.texts(".score"), ["3.8"]);
    assert!(page.text().contains(r#""ratingValue":"3.8""#) && page.text().contains(r#""reviewCount":4"#));
    assert_eq!(page.texts(".histogram a > span [aria-hidden]"), ["2", "1", "0", "0", "1"]);
    let bars = page.attributes(".histogram a", "href");
    assert_eq!(bars[0], format!("/films/{}/reviews?rating=5", film.slug));
    assert_eq!(titles(&page)[0], "Title of 1", "featured reviews stand first");
    assert_eq!(titles(&page).len(), 3);
    assert_eq!(page.texts("details.review__spoiler .prose"), ["The murderer is the gardener."]);
    assert!(!page.text().contains("Nobody has read this."));
    assert!(!page.text().split("</head>").next().unwrap().contains("gardener"), "neither machines nor previews tell");
}

#[tokio::test]
async fn reviews_are_sorted_filtered_and_leafed_through() {
    let app = TestApp::new().await;
    let film = product().title("M").insert(&mut app.conn().await).await;
    for n in 0..12 {
        review(&app, &film, n % 4 + 1, "One of many reviews.", true).await;
    }
    let path = format!("/films/{}/reviews", film.slug);
    let best = app.database.number("SELECT CAST(MIN(id) + 4 AS SIGNED) FROM reviews").await;
    for who in ["Yusuf", "Marta"] {
        let reader = client(&mut app.conn().await, who).await;
        actions::vote(&app.app.db, reader, best.try_into().unwrap(), true).await.unwrap();
    }
    let guest = app.guest();
    let first = guest.get(&path).await;
    assert_eq!((first.status, titles(&first).len()), (StatusCode::OK, 10));
    assert!(first.statements() <= 2, "{}", first.statements());
    assert!(first.attributes("meta[name=robots]", "content").is_empty());
    assert_eq!(first.attributes("link[rel=next]", "href"), [format!("{path}?page=2")]);
    let second = guest.get(&format!("{path}?page=2&utm_source=x")).await;
    assert_eq!(titles(&second).len(), 2);
    assert_eq!(second.attributes("link[rel=canonical]", "href"), [format!("http://shop.test{path}?page=2")]);
    assert_eq!(guest.get(&format!("{path}?page=3")).await.status, StatusCode::NOT_FOUND);

    let threes = guest.get(&format!("{path}?rating=3")).await;
    assert_eq!(titles(&threes), ["Title of 3"; 3]);
    assert!(threes.attributes("meta[name=robots]", "content")[0].contains("noindex"));
    assert_eq!(threes.attributes("link[rel=canonical]", "href"), [format!("http://shop.test{path}")]);
    assert!(titles(&guest.get(&format!("{path}?rating=5")).await).is_empty());
    assert_eq!(titles(&guest.get(&format!("{path}?sort=highest")).await)[0], "Title of 4");
    assert_eq!(titles(&guest.get(&format!("{path}?sort=lowest")).await)[0], "Title of 1");
    let helpful = guest.get(&format!("{path}?sort=helpful")).await;
    assert_eq!(helpful.attributes("article.review", "id")[0], format!("review-{best}"));
    assert!(helpful.texts("article.review form button")[0].ends_with("(2)"));
}

#[tokio::test]
async fn the_author_who_left_is_not_named_and_the_shop_answers() {
    let app = TestApp::new().await;
    let film = product().title("M").insert(&mut app.conn().await).await;
    let id = review(&app, &film, 5, "Fritz Lang at his best.", true).await;
    let path = format!("/films/{}/reviews", film.slug);
    assert_eq!(app.guest().get(&path).await.texts(".review__meta b"), ["Nora B."]);
    app.database.execute("UPDATE clients SET anonymized_at = CURRENT_TIMESTAMP, email = NULL").await;
    app.database
        .execute(&format!("UPDATE reviews SET is_verified_buyer = TRUE, reply = 'Thank <you>.' WHERE id = {id}"))
        .await;
    let page = app.guest().get(&path).await;
    assert_eq!(page.texts(".review__meta b"), ["Former customer"]);
    assert_eq!(page.texts(".review__meta .tag"), ["Bought here"]);
    assert_eq!(page.texts(".review__reply p"), ["Marquee answers", "Thank <you>."]);
    let russian = app.guest().get(&format!("/ru{path}")).await;
    assert_eq!(russian.texts(".review__meta b"), ["Бывший покупатель"]);
}

#[tokio::test]
async fn reviews_are_where_their_film_is() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let draft = product().title("Draft").status(ProductStatus::Draft).insert(&mut conn).await;
    let archived = product().title("Archived").status(ProductStatus::Archived).insert(&mut conn).await;
    drop(conn);
    review(&app, &archived, 5, "They stopped selling it.", true).await;
    let guest = app.guest();
    assert_eq!(guest.get(&format!("/films/{}/reviews", draft.slug)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(guest.get("/films/no-such-film/reviews").await.status, StatusCode::NOT_FOUND);
    assert_eq!(titles(&guest.get(&format!("/films/{}/reviews", archived.slug)).await).len(), 1);
    assert_eq!(titles(&guest.get(&format!("/films/{}", archived.slug)).await).len(), 1);
    app.database
        .execute(&format!(
            "INSERT INTO slug_history (kind, slug, target_id) VALUES ('product', 'old-name', {})",
            archived.id
        ))
        .await;
    let moved = guest.get("/films/old-name/reviews?rating=5").await;
    assert_eq!(moved.status, StatusCode::MOVED_PERMANENTLY);
    assert_eq!(moved.header("location"), format!("/films/{}/reviews?rating=5", archived.slug));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kept_pages_follow_an_approval_within_a_second_on_every_node() {
    let app = TestApp::with(&[("MARQUEE_CACHE_TTL", "300")]).await;
    let other = TestApp::on(std::sync::Arc::clone(&app.database), &[("MARQUEE_CACHE_TTL", "300")]);
    let film = product().title("M").edition(marquee::catalog::Format::Dvd, 999, 3).insert(&mut app.conn().await).await;
    app.follow().await;
    other.follow().await;
    let id = review(&app, &film, 4, "Fritz Lang at his best.", false).await;
    let paths = [format!("/films/{}", film.slug), format!("/films/{}/reviews", film.slug), "/films".to_owned()];
    for node in [&app, &other] {
        for path in &paths {
            assert!(node.guest().get(path).await.texts(".rating").is_empty(), "{path}");
        }
    }
    assert_eq!(other.guest().get(&paths[1]).await.cache(), "hit");
    approve(&app, id).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    for node in [&app, &other] {
        for path in &paths {
            assert!(!node.guest().get(path).await.texts(".rating").is_empty(), "{path}");
        }
    }
}
