use axum::http::StatusCode;
use marquee::catalog::Format;
use serde_json::Value;

use crate::support::{
    Answer, TestApp,
    factory::{category, edition, product},
};

async fn shop() -> TestApp {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let noir = category(&mut conn, "gangsters", None).await;
    product()
        .title("The Godfather")
        .title_ru("Крёстный отец")
        .director("Francis Ford Coppola")
        .cast("Marlon Brando")
        .studio("Paramount")
        .category(noir)
        .sold_count(50)
        .with(edition(Format::BluRay, 1_999, 3).sku("GF-BLU-1"))
        .insert(&mut conn)
        .await;
    product().title("Days Gone By").title_uz("Oʻtkan kunlar").title_ru("Минувшие дни").insert(&mut conn).await;
    product().title("Amélie").title_ru("Амели").original_title("Le Fabuleux Destin d'Amélie").insert(&mut conn).await;
    for title in ["9", "300", "M", "1917", "Se7en", "It", "The Others", "It Follows"] {
        product().title(title).sold_count(if title == "It Follows" { 99 } else { 0 }).insert(&mut conn).await;
    }
    app.index().await;
    app
}

fn encoded(words: &str) -> String {
    form_urlencoded::Serializer::new(String::new()).append_pair("q", words).finish()
}

async fn search(app: &TestApp, words: &str) -> Answer {
    let answer = app.guest().get(&format!("/search?{}", encoded(words))).await;
    assert_eq!(answer.status, StatusCode::OK, "{words:.40}");
    answer
}

fn titles(answer: &Answer) -> Vec<String> {
    answer.texts("li.line .film__title a")
}

#[tokio::test]
async fn films_are_found_in_three_scripts_by_title_person_and_studio() {
    let app = shop().await;
    for (words, title) in [
        ("godfather", "The Godfather"),
        ("крестный ОТЕЦ", "The Godfather"),
        ("krestniy otets", "The Godfather"),
        ("brando paramount", "The Godfather"),
        ("Ўткан кунлар", "Days Gone By"),
        ("o'tkan", "Days Gone By"),
        ("oʻtkan kunlar", "Days Gone By"),
        ("amelie", "Amélie"),
        ("АМЕЛИ", "Amélie"),
        ("destin", "Amélie"),
    ] {
        assert_eq!(titles(&search(&app, words).await), [title], "{words}");
    }
    for title in ["9", "300", "M", "1917", "Se7en", "It", "The Others"] {
        assert_eq!(titles(&search(&app, title).await)[0], title);
    }
}

#[tokio::test]
async fn a_hit_says_where_the_words_stand() {
    let app = shop().await;
    assert_eq!(search(&app, "coppola").await.texts("li.line mark"), ["Francis Ford Coppola"]);
    assert_eq!(search(&app, "минувшие").await.texts("li.line mark"), ["Минувшие дни"]);
    assert!(search(&app, "godfather").await.texts("li.line mark").is_empty());
}

#[tokio::test]
async fn a_mended_search_says_so_and_offers_what_was_typed() {
    let app = shop().await;
    let answer = search(&app, "the Godfahter").await;
    assert_eq!(titles(&answer), ["The Godfather"]);
    assert!(answer.text().contains("“the godfather”"), "{:?}", answer.texts(".page-head"));
    let literal = answer.attributes(".page-head a", "href");
    assert_eq!(literal, ["/search?q=the+Godfahter&literal=1"]);
    let literal = app.guest().get(&literal[0]).await;
    assert_eq!(literal.status, StatusCode::OK);
    assert!(titles(&literal).is_empty());
}

#[tokio::test]
async fn a_code_finds_its_film_first() {
    let app = shop().await;
    for code in ["GF-BLU-1", "gfblu1", "gf blu 1"] {
        assert_eq!(titles(&search(&app, code).await), ["The Godfather"], "{code}");
    }
}

#[tokio::test]
async fn hostile_input_is_answered_with_a_page() {
    let app = shop().await;
    let long = "я".repeat(5_000);
    for words in [
        "",
        " ",
        "\"'+-~*<>()%",
        "\0",
        "godfather\0",
        "🎬",
        "%' OR 1=1 --",
        "<script>alert(1)</script>",
        &long,
        "\u{202e}x",
    ] {
        let answer = search(&app, words).await;
        assert!(!answer.text().contains("<script>alert"), "{words:.40}");
        assert_eq!(answer.attributes("meta[name=robots]", "content"), ["noindex,follow"]);
        let path = format!("/search/suggest?{}", encoded(words));
        assert_eq!(app.guest().get(&path).await.status, StatusCode::OK, "{words:.40}");
    }
    assert_eq!(app.guest().get("/search?q=%ff%fe%00").await.status, StatusCode::OK);
}

#[tokio::test]
async fn suggestions_are_json_or_a_list() {
    let app = shop().await;
    let json = app.guest().with_header("accept", "application/json");
    let suggest = async |words: &str| -> Vec<(String, String)> {
        let answer = json.get(&format!("/ru/search/suggest?{}", encoded(words))).await;
        assert!(answer.statements() <= 2, "{words}");
        let body: Value = serde_json::from_slice(&answer.body).unwrap();
        let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
        body["suggestions"].as_array().unwrap().iter().map(|row| (text(row, "title"), text(row, "url"))).collect()
    };
    let pair = |title: &str, url: &str| (title.to_owned(), url.to_owned());
    assert_eq!(suggest("godf").await, [pair("Крёстный отец", "/ru/films/the-godfather")]);
    assert_eq!(suggest("cop").await[1], pair("Francis Ford Coppola", "/ru/people/francis-ford-coppola"));
    assert_eq!(suggest("gang").await, [pair("Gangsters", "/ru/categories/gangsters")]);
    assert!(suggest("g").await.is_empty());
    let list = app.guest().get("/search/suggest?q=godf").await;
    assert_eq!(list.attributes("li a", "href"), ["/films/the-godfather"]);
}

#[tokio::test]
async fn a_search_costs_few_statements() {
    let app = shop().await;
    for words in ["godfather", "the", "Godfahter", "GF-BLU-1", "zzzzzz"] {
        let statements = search(&app, words).await.statements();
        assert!(statements <= 2, "{words}: {statements}");
    }
}
