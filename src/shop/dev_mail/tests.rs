use askama::Template;
use time::macros::datetime;

use super::{views::*, *};
use crate::{
    messages::KeptRow,
    platform::{
        http::check::{check_page, context},
        i18n::Lang,
    },
};

#[test]
fn the_mailbox_is_well_made_in_every_language() {
    for lang in Lang::ALL {
        let kept = KeptRow {
            id: 1,
            channel: Channel::Email,
            to: "nora@example.com".to_owned(),
            subject: "<b>Hello</b>".to_owned(),
            created_at: datetime!(2026-11-22 20:30 UTC),
        };
        let context = context(lang, "/dev/mail");
        check_page("mailbox", lang, &MailboxView::new(&context, vec![kept], mails::templates()).render().unwrap());
        check_page("empty mailbox", lang, &MailboxView::new(&context, Vec::new(), Vec::new()).render().unwrap());
        for template in mails::templates() {
            let sample = mails::sample(&context, template, Channel::Email).unwrap().unwrap();
            let letter = LetterView::new(&context, Shown::sample(Channel::Email, sample), "/dev/mail/x".to_owned());
            check_page(template, lang, &letter.render().unwrap());
        }
    }
}

/// Whatever a template lacks shows here, not at a customer's.
#[test]
fn every_template_is_whole_in_every_language_and_by_every_way() {
    for lang in Lang::ALL {
        let context = context(lang, "/");
        for template in mails::templates() {
            for &channel in Channel::ALL {
                let Rendered { subject, text, html, .. } = mails::sample(&context, template, channel).unwrap().unwrap();
                for part in [&subject, &text, &html] {
                    assert!(!part.trim().is_empty(), "{template}: an empty part");
                    for leftover in ["{{", "{%", "None", "null", "Some("] {
                        assert!(!part.contains(leftover), "{template} in {}: {leftover}", lang.code());
                    }
                }
                assert!(!text.contains("\n\n\n"), "{template} in {} has holes:\n{text}", lang.code());
                assert!(!text.contains("&#") && !subject.contains('\n'), "{template}: markup in text");
                if channel == Channel::Email {
                    check_mail(template, lang, &html);
                }
            }
        }
        assert!(mails::sample(&context, "no_such_template", Channel::Email).unwrap().is_none());
    }
}

/// A mail stands by itself: all addresses are absolute, and nothing in it runs or is fetched but pictures.
fn check_mail(name: &str, lang: Lang, html: &str) {
    let page = scraper::Html::parse_document(html);
    assert_eq!(page.errors, Vec::<std::borrow::Cow<str>>::new(), "{name}: the parser had to mend the mail");
    let all = |selector: &str| {
        let selector = scraper::Selector::parse(selector).unwrap();
        page.select(&selector).map(|element| element.value().clone()).collect::<Vec<_>>()
    };
    assert_eq!(all("html")[0].attr("lang"), Some(lang.code()), "{name}");
    assert_eq!((all("h1").len(), all("table, script, link, form").len()), (1, 0), "{name}");
    for element in all("a, img") {
        let address = element.attr("href").or(element.attr("src")).unwrap();
        assert!(address.starts_with("http"), "{name}: {address}");
        assert!(
            element.name() == "a" || element.attr("alt").is_some() && address.contains(".png"),
            "{name}: {address}"
        );
    }
}
