use axum::http::StatusCode;

use crate::support::TestApp;

#[tokio::test]
async fn an_unknown_page_is_a_404_with_the_request_id_in_the_visitors_language() {
    let app = TestApp::new().await;
    let answer = app.guest().get("/ru/nowhere").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.text().contains(r#"<html lang="ru""#));
    assert!(answer.text().contains(answer.header("x-request-id")));
}

#[tokio::test]
async fn a_foreign_host_is_misdirected_but_health_checks_pass() {
    let app = TestApp::new().await;
    app.index().await;
    let foreign = app.guest().with_header("host", "evil.example");
    assert_eq!(foreign.get("/").await.status, StatusCode::MISDIRECTED_REQUEST);
    assert_eq!(foreign.get("/healthz").await.status, StatusCode::OK);
    assert_eq!(foreign.get("/readyz").await.status, StatusCode::OK);
}

#[tokio::test]
async fn unsafe_requests_of_other_sites_are_refused() {
    let app = TestApp::new().await;
    let form = [("theme", "dark")];
    let own = format!("http://{}", app.host());
    for (headers, allowed) in [
        (vec![("sec-fetch-site", "same-origin")], true),
        (vec![("sec-fetch-site", "none")], true),
        (vec![("sec-fetch-site", "same-site")], false),
        (vec![("sec-fetch-site", "cross-site")], false),
        (vec![("origin", own.as_str())], true),
        (vec![("origin", "https://evil.example")], false),
        (vec![], true),
    ] {
        let mut guest = app.guest();
        for (name, value) in &headers {
            guest = guest.with_header(name, value);
        }
        let answer = guest.post("/theme", &form).await;
        let expected = if allowed { StatusCode::SEE_OTHER } else { StatusCode::FORBIDDEN };
        assert_eq!(answer.status, expected, "{headers:?}");
        if !allowed {
            assert!(answer.text().contains("<h1"), "the refusal is a page of the shop");
        }
    }
}

#[tokio::test]
async fn a_robot_is_told_to_wait_and_those_who_are_known_are_not() {
    let app = TestApp::with(&[("MARQUEE_LIMITS_FACTOR", "1")]).await;
    let robot = app.guest();
    let mut answered = 0;
    let refused = loop {
        let answer = robot.get(&format!("/nowhere/{answered}")).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            break answer;
        }
        answered += 1;
        assert!(answered < 400, "nobody counts");
    };
    assert!(answered >= 300, "told to wait after {answered}");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    assert_eq!(robot.get("/healthz").await.status, StatusCode::OK);
    assert_ne!(robot.get("/static/none.css").await.status, StatusCode::TOO_MANY_REQUESTS);
    let known = app.guest().with_header("cookie", "theme=dark");
    assert_eq!(known.get("/nowhere").await.status, StatusCode::NOT_FOUND);
}
