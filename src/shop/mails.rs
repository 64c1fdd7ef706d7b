//! Who writes which message: each template belongs to a feature.

use anyhow::bail;

use crate::{
    accounts, alerts,
    app::App,
    messages::{self, Channel, Message, Notice, Rendered, STAFF_NOTICE, SendMessage, Writer, actions::Delivery},
    orders,
    platform::{db::Conn, http::PageContext, i18n::Lang},
    reminders,
    reports::{self, mails::STAFF_REPORT},
    reviews,
};

/// The features of the shop, as writers of messages.
pub struct Writers<'a>(pub &'a App);

impl Writer for Writers<'_> {
    async fn write(&self, conn: &mut Conn, message: &Message) -> anyhow::Result<Rendered> {
        let context = context(self.0, message.language);
        match message.template.as_str() {
            STAFF_NOTICE => Notice::from_payload(&message.payload)?.render(message.language, message.channel),
            STAFF_REPORT => reports::mails::render(message),
            template if accounts::mails::knows(template) => accounts::mails::render(&context, message),
            template if alerts::mails::knows(template) => alerts::mails::render(conn, &context, message).await,
            template if reminders::mails::knows(template) => reminders::mails::render(conn, &context, message).await,
            template if reviews::mails::knows(template) => reviews::mails::render(conn, &context, message).await,
            template if orders::mails::knows(template) => orders::mails::render(conn, &context, message).await,
            // Another release may know it.
            template => bail!("nobody writes {template}"),
        }
    }
}

/// How a mail in this language is written.
pub fn context(app: &App, lang: Lang) -> PageContext {
    app.page_context(lang, "/", "")
}

/// Sends a message; see [`Delivery::deliver`].
pub async fn deliver(app: &App, job: &SendMessage, is_last_try: bool) -> anyhow::Result<()> {
    let delivery = Delivery { db: &app.db, config: &app.config().messages, post: &app.post, writer: &Writers(app) };
    delivery.deliver(job, is_last_try).await
}

/// Every template that the shop knows.
pub fn templates() -> Vec<&'static str> {
    orders::mails::samples::templates()
        .chain(accounts::mails::templates())
        .chain(alerts::mails::templates())
        .chain(reminders::mails::templates())
        .chain(reviews::mails::templates())
        .chain([STAFF_NOTICE, STAFF_REPORT])
        .collect()
}

/// A template with sample data; nothing for a word that is none.
pub fn sample(context: &PageContext, template: &str, channel: Channel) -> anyhow::Result<Option<Rendered>> {
    match template {
        STAFF_NOTICE => messages::sample_notice().render(context.lang, channel).map(Some),
        STAFF_REPORT => reports::mails::sample(context.lang, channel).map(Some),
        template if accounts::mails::knows(template) => accounts::mails::sample(context, template),
        template if alerts::mails::knows(template) => alerts::mails::sample(context, template),
        template if reminders::mails::knows(template) => reminders::mails::sample(context).map(Some),
        template if reviews::mails::knows(template) => reviews::mails::sample(context, template),
        template => orders::mails::samples::sample(context, template, channel),
    }
}
