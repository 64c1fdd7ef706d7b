//! Mail: MIME by the rules, and one conversation with the mail server a message.

use std::time::Duration;

use anyhow::Context as _;
use lettre::{
    Message as Letter,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{
        Error,
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, Certificate, TlsParameters},
        extension::ClientId,
    },
};
use tokio::time::timeout;

use super::Failure;
use crate::{
    messages::{Message, Rendered},
    platform::{
        config::{Encryption, MessagesConfig, SmtpServer},
        signing::sha256_hex,
    },
};

/// To be greeted, to agree on TLS, to be let in.
const STEP: Duration = Duration::from_secs(10);
/// To hand over a message; servers check it meanwhile.
const HAND_OVER: Duration = Duration::from_secs(45);
const GOODBYE: Duration = Duration::from_secs(2);

pub(super) struct Mailer {
    from: Mailbox,
    server: Option<Server>,
}

struct Server {
    settings: SmtpServer,
    tls: TlsParameters,
}

impl Mailer {
    pub fn new(config: &MessagesConfig) -> anyhow::Result<Self> {
        let server = config.smtp.as_ref().map(Server::new).transpose()?;
        Ok(Self { from: config.from.clone(), server })
    }

    pub const fn has_server(&self) -> bool {
        self.server.is_some()
    }

    /// Speaks to the server as far as to the sign-in; false without one.
    pub async fn greet(&self) -> Result<bool, Failure> {
        let Some(server) = &self.server else { return Ok(false) };
        let mut conversation = server.greet(&self.name()).await?;
        timeout(GOODBYE, conversation.abort()).await.ok();
        Ok(true)
    }

    fn name(&self) -> ClientId {
        ClientId::Domain(self.from.email.domain().to_owned())
    }

    pub fn headers(&self, message: &Message, rendered: &Rendered) -> String {
        self.letter(message, rendered).map_or_else(|failure| failure.reason(), |letter| letter.headers().to_string())
    }

    pub async fn send(&self, message: &Message, rendered: &Rendered) -> Result<(), Failure> {
        let server = self.server.as_ref().ok_or_else(|| Failure::lasting("no mail server is configured", ""))?;
        let letter = self.letter(message, rendered)?;
        let mut conversation = server.greet(&self.name()).await?;
        let bytes = letter.formatted();
        let handed_over = timeout(HAND_OVER, conversation.send(letter.envelope(), &bytes)).await;
        // What becomes of the goodbye changes nothing.
        timeout(GOODBYE, conversation.abort()).await.ok();
        match handed_over {
            Ok(Ok(_)) => Ok(()),
            // Said of this message by a server that took the greeting: the next one is another matter.
            Ok(Err(error)) if is_final(&error) => Err(refused(&error)),
            Ok(Err(error)) => Err(passing("handing over", &error)),
            Err(_) => Err(too_slow("handing over")),
        }
    }

    fn letter(&self, message: &Message, rendered: &Rendered) -> Result<Letter, Failure> {
        let unsendable = |error: &dyn std::error::Error| Failure::lasting("it is no mail that can be sent", error);
        let to = message.to.parse().map_err(|error| unsendable(&error))?;
        let mut letter = Letter::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(&rendered.subject)
            .message_id(Some(self.message_id(&message.dedupe_key)))
            .raw_header(header("Content-Language", message.language.code()))
            // Keeps holiday notices and the like from answering.
            .raw_header(header("Auto-Submitted", "auto-generated"));
        if let Some(url) = &rendered.unsubscribe {
            letter = letter
                .raw_header(header("List-Unsubscribe", &format!("<{url}>")))
                .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        let parts = MultiPart::alternative_plain_html(rendered.text.clone(), rendered.html.clone());
        letter.multipart(parts).map_err(|error| unsendable(&error))
    }

    /// The same whenever the message is sent, so that mailboxes know it again; it tells nothing.
    fn message_id(&self, dedupe_key: &str) -> String {
        format!("<{}@{}>", &sha256_hex(dedupe_key)[..32], self.from.email.domain())
    }
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

impl Server {
    fn new(settings: &SmtpServer) -> anyhow::Result<Self> {
        let mut tls = TlsParameters::builder(settings.host.clone());
        if let Some(path) = &settings.authority {
            let pem = std::fs::read(path).with_context(|| format!("MARQUEE_SMTP_CA: {path} cannot be read"))?;
            let authority =
                Certificate::from_pem(&pem).with_context(|| format!("MARQUEE_SMTP_CA: {path} holds no certificate"))?;
            tls = tls.add_root_certificate(authority);
        }
        Ok(Self { settings: settings.clone(), tls: tls.build()? })
    }

    /// A conversation that may go on with a message.
    async fn greet(&self, name: &ClientId) -> Result<AsyncSmtpConnection, Failure> {
        let SmtpServer { host, port, encryption, login, .. } = &self.settings;
        let tls = (*encryption == Encryption::Tls).then(|| self.tls.clone());
        let address = (host.as_str(), *port);
        let connecting = AsyncSmtpConnection::connect_tokio1(address, Some(STEP), name, tls, None);
        let mut conversation = step("greeting", connecting).await?;
        if *encryption == Encryption::StartTls {
            step("agreeing on TLS", conversation.starttls(self.tls.clone(), name)).await?;
        }
        if let Some((user, password)) = login {
            let credentials = Credentials::new(user.clone(), password.expose().to_owned());
            step("letting us in", conversation.auth(DEFAULT_MECHANISMS, &credentials)).await?;
        }
        Ok(conversation)
    }
}

/// A step before the message is spoken of: what goes wrong here may be mended while it waits.
async fn step<T>(name: &str, work: impl Future<Output = Result<T, Error>>) -> Result<T, Failure> {
    match timeout(STEP, work).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(passing(name, &error)),
        Err(_) => Err(too_slow(name)),
    }
}

/// Whether it is this message that the server will never take. That somebody must log in first, or speak under TLS, is
/// said of all messages, and mended by those who keep the servers.
fn is_final(error: &Error) -> bool {
    let wants_login = error.status().is_some_and(|code| (530..=538).contains(&u16::from(code)));
    error.is_client() || error.is_permanent() && !wants_login
}

fn refused(error: &Error) -> Failure {
    let code = error.status().map(|code| format!(" ({code})")).unwrap_or_default();
    Failure::lasting(format!("the mail server refused it{code}"), error)
}

fn passing(step: &str, error: &Error) -> Failure {
    let code = error.status().map(|code| format!(" ({code})")).unwrap_or_default();
    Failure::passing(format!("the mail server failed in {step}{code}"), error)
}

fn too_slow(step: &str) -> Failure {
    Failure::passing(format!("the mail server took too long in {step}"), "")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;
    use time::OffsetDateTime;

    use super::*;
    use crate::{
        messages::{Channel, MessageStatus},
        platform::{config::Config, i18n::Lang},
    };

    fn headers(key: &str, to: &str, rendered: &Rendered) -> String {
        let mailer = Mailer::new(&Config::from_vars(BTreeMap::new()).unwrap().messages).unwrap();
        let message = Message {
            id: 1,
            dedupe_key: key.to_owned(),
            channel: Channel::Email,
            template: "note".to_owned(),
            to: to.to_owned(),
            language: Lang::Ru,
            order_id: None,
            payload: json!({}),
            status: MessageStatus::Queued,
            sent_at: None,
            last_error: None,
            created_at: OffsetDateTime::UNIX_EPOCH,
        };
        mailer.headers(&message, rendered)
    }

    #[test]
    fn the_message_id_belongs_to_the_message() {
        let id = |key: &str| {
            let headers = headers(key, "nora@example.com", &Rendered::default());
            headers.lines().find(|line| line.starts_with("Message-ID: ")).unwrap().to_owned()
        };
        assert_eq!(id("order:1:placed"), id("order:1:placed"));
        assert_ne!(id("order:1:placed"), id("order:2:placed"));
        assert!(id("a").ends_with("@marquee.example>") && !id("order:1:placed").contains("order"));
    }

    #[test]
    fn one_click_ends_mails_that_are_not_about_an_order() {
        let url = "https://shop.example/alerts/abc/unsubscribe".to_owned();
        let alert = headers("a", "nora@example.com", &Rendered { unsubscribe: Some(url), ..Rendered::default() });
        assert!(alert.contains("List-Unsubscribe: <https://shop.example/alerts/abc/unsubscribe>\r\n"), "{alert}");
        assert!(alert.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{alert}");
        assert!(!headers("a", "nora@example.com", &Rendered::default()).contains("List-Unsubscribe"));
    }

    #[test]
    fn what_strangers_write_adds_no_header() {
        let subject = "Привет\r\nBcc: eve@example.com".to_owned();
        let written = headers("a", "nora@example.com", &Rendered { subject, ..Rendered::default() });
        assert!(written.lines().all(|line| !line.to_ascii_lowercase().starts_with("bcc")), "{written}");
        let refused = headers("a", "nora@example.com\r\nBcc: eve@example.com", &Rendered::default());
        assert!(refused.starts_with("it is no mail that can be sent"), "{refused}");
    }
}
