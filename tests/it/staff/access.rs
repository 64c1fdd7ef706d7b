//! Who may use what, for every route of the back office.

use marquee::{
    audit::Author,
    personnel::{Permission, Role, actions, allows},
    platform::clock,
    router::{self, Access},
};

use crate::support::TestApp;

/// Every staff route with its permission, with parts of the path filled in.
fn routes(app: &TestApp) -> Vec<(String, Permission)> {
    let rules = router::rules(&app.app);
    let staff = rules.iter().filter_map(|(path, access)| match access {
        Access::Staff(permission) => Some((filled(path), *permission)),
        _ => None,
    });
    staff.collect()
}

fn filled(path: &str) -> String {
    let part = |part: &str| if part.starts_with('{') { "7".to_owned() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn every_route_below_admin_has_a_permission() {
    let app = TestApp::new().await;
    for (path, access) in router::rules(&app.app).iter().filter(|(path, _)| path.starts_with("/admin")) {
        let is_door = matches!(*path, "/admin/login" | "/admin/logout");
        assert_eq!(matches!(access, Access::Staff(_)), !is_door, "{path}");
    }
}

#[tokio::test]
async fn strangers_and_customers_are_sent_to_the_staff_door() {
    let app = TestApp::new().await;
    let stranger = app.guest();
    for (path, _) in routes(&app) {
        let door = format!("/admin/login?next={}", path.replace('/', "%2F"));
        let doors = [
            (stranger.get(&path).await, door.as_str()),
            (stranger.post(&path, &[]).await, "/admin/login?next=%2Fadmin"),
        ];
        // Not every path is there for both.
        let answered: Vec<_> = doors.iter().filter(|(answer, _)| answer.status != 404).collect();
        assert!(!answered.is_empty(), "{path}");
        for (answer, door) in answered {
            assert_eq!((answer.status.as_u16(), answer.header("location")), (303, *door), "{path}");
        }
    }
}

#[tokio::test]
async fn each_role_passes_where_its_permissions_lead_and_nowhere_else() {
    let app = TestApp::new().await;
    let routes = routes(&app);
    for role in Role::ALL {
        let employee = app.employee(&[*role]).await;
        for (path, _) in &routes {
            let mut of_path = routes.iter().filter(|(other, _)| other == path);
            let may = of_path.any(|(_, permission)| allows(&[*role], *permission));
            if may {
                let answer = employee.get(path).await;
                assert!(!matches!(answer.status.as_u16(), 303 | 403), "{role:?} {path}: {}", answer.status);
            } else {
                let answers = [employee.get(path).await, employee.post(path, &[]).await];
                let answered: Vec<_> = answers.iter().filter(|answer| answer.status != 404).collect();
                assert!(!answered.is_empty(), "{role:?} {path}");
                for answer in answered {
                    assert_eq!(answer.status, 403, "{role:?} {path}");
                    assert!(answer.text().contains("Your roles do not include this"));
                }
            }
        }
    }
}

#[tokio::test]
async fn the_menu_leads_only_where_somebody_may_go() {
    let app = TestApp::new().await;
    for role in Role::ALL {
        let employee = app.employee(&[*role]).await;
        let links = employee.get("/admin").await.attributes(".admin-nav nav a", "href");
        assert!(!links.is_empty(), "{role:?}");
        for link in links {
            assert_eq!(employee.get(&link).await.status, 200, "{role:?} {link}");
        }
    }
}

#[tokio::test]
async fn who_is_shut_out_or_given_other_roles_is_out_with_the_next_request() {
    let app = TestApp::new().await;
    let author = Author::system("test");
    let support = app.employee(&[Role::Support]).await;
    assert_eq!(support.get("/admin").await.status, 200);
    actions::disable(&app.app.db, 1, &author, clock::now()).await.unwrap();
    assert_eq!(support.get("/admin").await.status, 303);
    let again = support.post("/admin/login", &[("login", "support@shop.test"), ("password", crate::support::PASSWORD)]);
    assert_eq!(again.await.status, 422);

    let manager = app.employee(&[Role::Manager]).await;
    actions::set_roles(&app.app.db, 2, &[Role::Moderator], &author).await.unwrap();
    assert_eq!(manager.get("/admin").await.status, 303, "with other rights comes another session");
}
