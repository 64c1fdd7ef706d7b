//! Who writes which message: each template belongs to a feature.

use anyhow::bail;

use crate::{
    accounts::{
        self,
        preferences::{self, Kind},
    },
    alerts,
    app::App,
    messages::{self, Channel, Message, Notice, Rendered, STAFF_NOTICE, SendMessage, Writer, actions::Delivery},
    orders,
    platform::{db::Conn, http::PageContext, i18n::Lang},
    reminders,
    reports::{self, mails::STAFF_REPORT},
    reviews::{self, request},
};

/// The features of the shop, as writers of messages.
pub struct Writers<'a>(pub &'a App);

impl Writer for Writers<'_> {
    async fn write(&self, conn: &mut Conn, message: &Message) -> anyhow::Result<Option<Rendered>> {
        if let Some((client_id, kind)) = optional(message)
            && !preferences::wants(conn, client_id, kind).await?
        {
            return Ok(None);
        }
        let context = context(self.0, message.language);
        let rendered = match message.template.as_str() {
            template if alerts::mails::knows(template) => return alerts::mails::render(conn, &context, message).await,
            template if request::mails::knows(template) => {
                return request::mails::render(conn, &context, message).await;
            }
            STAFF_NOTICE => Notice::from_payload(&message.payload)?.render(message.language, message.channel),
            STAFF_REPORT => reports::mails::render(message),
            template if accounts::mails::knows(template) => accounts::mails::render(&context, message),
            template if reminders::mails::knows(template) => reminders::mails::render(conn, &context, message).await,
            template if reviews::mails::knows(template) => reviews::mails::render(conn, &context, message).await,
            template if orders::mails::knows(template) => orders::mails::render(conn, &context, message).await,
            // Another release may know it.
            template => bail!("nobody writes {template}"),
        };
        rendered.map(Some)
    }
}

/// Whose a mail is, and of which kind, if it is one that can be switched off. Its reader may have done so since it was
/// queued: an hour ago, when the mail server was away.
fn optional(message: &Message) -> Option<(u64, Kind)> {
    let client_id = message.payload.get("client_id")?.as_u64()?;
    Some((client_id, kind_of(&message.template)?))
}

fn kind_of(template: &str) -> Option<Kind> {
    match template {
        template if reminders::mails::knows(template) => Some(Kind::CartReminders),
        template if request::mails::knows(template) => Some(Kind::ReviewRequests),
        template if reviews::mails::knows(template) => Some(Kind::ReviewReplies),
        _ => None,
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
        .chain(request::mails::templates())
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
        template if request::mails::knows(template) => request::mails::sample(context).map(Some),
        template => orders::mails::samples::sample(context, template, channel),
    }
}
