use time::macros::datetime;

use super::*;
use crate::{
    catalog::StockReason,
    personnel::Role,
    platform::{
        http::check::{check_page, context},
        i18n::Lang,
    },
};

fn edition(format: Format) -> Edition {
    Edition {
        id: 1,
        sku: "SOL BD".to_owned(),
        slug: "solaris-1972".to_owned(),
        title: "<Solaris>".to_owned(),
        format,
        price_minor: 1999,
        sale_price_minor: Some(1499),
        sale_from: Some(datetime!(2026-11-27 00:00 UTC)),
        sale_to: None,
        stock: 3,
        version: 4,
    }
}

fn view(lang: Lang, roles: &[Role], typed: Typed) -> EditionView {
    let at = datetime!(2026-11-25 10:00 UTC);
    let movements = StockReason::ALL.iter().map(|reason| Movement {
        delta: -1,
        reason: *reason,
        actor: "staff:7".to_owned(),
        note: "<note>".to_owned(),
        balance_after: 3,
        created_at: at,
    });
    let price = PastPrice { price_minor: 1999, sale_price_minor: Some(1), at, actor: "import".to_owned() };
    let context = context(lang, "/admin/stock/SOL%20BD");
    EditionView::new(
        &context,
        &Employee::sample(roles),
        edition(Format::BluRay),
        (movements.collect(), vec![price]),
        typed,
    )
}

#[test]
fn editions_are_well_made_in_every_language_and_state() {
    for lang in Lang::ALL {
        for roles in [&[Role::Owner][..], &[Role::Analyst]] {
            check_page("edition", lang, &view(lang, roles, Typed::default()).render().unwrap());
        }
        let fields = Fields::parse(b"price=%22%3E&delta=x").unwrap();
        let refused = Typed::refused(fields.clone(), vec![("price", "no"), ("delta", "no")]);
        let html = view(lang, &[Role::Owner], refused).render().unwrap();
        check_page("refused edition", lang, &html);
        assert_eq!(html.matches("aria-invalid").count(), 2);
        check_page("stale edition", lang, &view(lang, &[Role::Owner], Typed::stale(fields)).render().unwrap());
    }
}

#[test]
fn lists_are_well_made_in_every_language() {
    let listed = |id| ListedEdition {
        id,
        sku: "SOL BD".to_owned(),
        title: "<Solaris>".to_owned(),
        format: Format::Dvd,
        stock: 5,
        low_stock_at: 5,
        price_minor: 1999,
    };
    for lang in Lang::ALL {
        let context = context(lang, "/admin/stock");
        for count in [0, 1, 51] {
            let asked = Fields::parse(b"sku=sol%22&low=1").unwrap();
            let view =
                ListView::new(&context, &Employee::sample(&[Role::Owner]), &asked, (0..count).map(listed).collect());
            check_page("stock", lang, &view.render().unwrap());
            let next = format!("{}/admin/stock?sku=sol%22&low=1&after=5-49", lang.prefix());
            assert_eq!(view.next, (count == 51).then_some(next));
        }
    }
}
