//! How messages leave the shop: the mail server, the Telegram bot, the shop's own people, or the mailbox instead of all.

use std::net::IpAddr;

use axum::http::Uri;
use lettre::{Address, message::Mailbox};

use super::{Environment, Secret, reader::Reader};

/// The sender that stands in the sample configuration. Nobody can answer it.
const DEFAULT_FROM: &str = "Marquee <shop@marquee.example>";

/// The checked settings of messages.
#[derive(Clone, Debug)]
pub struct MessagesConfig {
    pub smtp: Option<SmtpServer>,
    pub from: Mailbox,
    /// Messages are kept in the shop and never sent.
    pub keeps: bool,
    pub staff_emails: Vec<Address>,
    pub telegram: Option<Telegram>,
}

/// A mail server, and how it is spoken to.
#[derive(Clone, Debug)]
pub struct SmtpServer {
    pub host: String,
    pub port: u16,
    pub encryption: Encryption,
    /// Name and password.
    pub login: Option<(String, Secret)>,
    /// PEM file of a further certificate authority.
    pub authority: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// TLS from the first byte.
    Tls,
    /// The connection is refused unless the server takes up TLS.
    StartTls,
    /// A server on this machine, to which nobody listens in.
    None,
}

/// A bot and the chat that it writes to.
#[derive(Clone, Debug)]
pub struct Telegram {
    pub url: String,
    pub token: Secret,
    pub chat: String,
}

impl Reader {
    pub(super) fn messages(&mut self, environment: Environment) -> MessagesConfig {
        let smtp = self.smtp();
        let from = self.sender(smtp.is_some());
        MessagesConfig {
            keeps: self.mailbox(environment, smtp.is_some()),
            smtp,
            from,
            staff_emails: self.staff_emails(),
            telegram: self.telegram(),
        }
    }

    /// The address may hold a password, so that it is never repeated in an error.
    fn smtp(&mut self) -> Option<SmtpServer> {
        let text = self.text("MARQUEE_SMTP_URL");
        let authority = Some(self.text("MARQUEE_SMTP_CA")).filter(|path| !path.is_empty());
        if text.is_empty() {
            return None;
        }
        let server = parse_smtp(&text, authority);
        if server.is_none() {
            self.errors.push("MARQUEE_SMTP_URL: must be like smtp://user:password@mail.example:587".to_owned());
        }
        server
    }

    fn sender(&mut self, has_server: bool) -> Mailbox {
        let text = self.text("MARQUEE_MAIL_FROM");
        if has_server && text == DEFAULT_FROM {
            self.errors.push("MARQUEE_MAIL_FROM: a mail server needs a sender of its own".to_owned());
        }
        self.parse("MARQUEE_MAIL_FROM").unwrap_or_else(|| Mailbox::new(None, Address::new_dangerous("", "")))
    }

    fn mailbox(&mut self, environment: Environment, has_server: bool) -> bool {
        let keeps = self.switch("MARQUEE_MAILBOX", environment != Environment::Production && !has_server);
        match environment {
            Environment::Production if keeps => {
                self.errors.push("MARQUEE_MAILBOX: production sends its mails".to_owned());
            }
            Environment::Dev if self.text("MARQUEE_MAILBOX") == "off" => {
                self.errors.push("MARQUEE_MAILBOX: development never mails the world".to_owned());
            }
            _ => {}
        }
        keeps || environment == Environment::Dev
    }

    fn staff_emails(&mut self) -> Vec<Address> {
        let text = self.text("MARQUEE_STAFF_EMAIL");
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        let addresses: Result<Vec<Address>, _> = parts.map(str::parse).collect();
        addresses.unwrap_or_else(|error| {
            self.errors.push(format!("MARQUEE_STAFF_EMAIL: {error} (is \"{text}\")"));
            Vec::new()
        })
    }

    fn telegram(&mut self) -> Option<Telegram> {
        let url = self.origin("MARQUEE_TELEGRAM_URL", true);
        let (token, chat) = (self.text("MARQUEE_TELEGRAM_TOKEN"), self.text("MARQUEE_TELEGRAM_CHAT"));
        if token.is_empty() != chat.is_empty() {
            self.errors.push("MARQUEE_TELEGRAM_CHAT: a bot needs a token and a chat, or neither".to_owned());
        }
        if !token.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'_' | b'-')) {
            self.errors.push("MARQUEE_TELEGRAM_TOKEN: is no token of a bot".to_owned());
        }
        (!token.is_empty()).then_some(Telegram { url, token: Secret::new(token), chat })
    }
}

fn parse_smtp(text: &str, authority: Option<String>) -> Option<SmtpServer> {
    let uri: Uri = text.parse().ok()?;
    let host = uri.host()?.trim_matches(['[', ']']).to_owned();
    let needs_tls = match uri.query() {
        None => !is_this_machine(&host),
        Some("tls=required") => true,
        Some(_) => return None,
    };
    let (encryption, usual_port) = match uri.scheme_str()? {
        "smtps" => (Encryption::Tls, 465),
        "smtp" if needs_tls => (Encryption::StartTls, 587),
        "smtp" => (Encryption::None, 25),
        _ => return None,
    };
    let login = uri.authority()?.as_str().rsplit_once('@').map(|(login, _)| {
        let (name, password) = login.split_once(':').unwrap_or((login, ""));
        (unescaped(name), Secret::new(unescaped(password)))
    });
    let port = uri.port_u16().unwrap_or(usual_port);
    matches!(uri.path(), "" | "/").then_some(SmtpServer { host, port, encryption, login, authority })
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// `%40` is an `@`; a plus is a plus, other than in a form.
fn unescaped(text: &str) -> String {
    let field = text.replace('+', "%2B");
    form_urlencoded::parse(field.as_bytes()).next().map_or_else(String::new, |(name, _)| name.into_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::platform::config::Config;

    fn read(pairs: &[(&str, &str)]) -> Result<MessagesConfig, String> {
        let vars: BTreeMap<_, _> =
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Config::from_vars(vars).map(|config| config.messages).map_err(|errors| errors.to_string())
    }

    const FROM: (&str, &str) = ("MARQUEE_MAIL_FROM", "Shop <shop@films.example>");

    #[test]
    fn a_mail_server_is_spoken_to_under_tls_unless_it_is_this_machine() {
        let server = |url| {
            let smtp = read(&[("MARQUEE_ENV", "test"), FROM, ("MARQUEE_SMTP_URL", url)]).unwrap().smtp.unwrap();
            (smtp.host, smtp.port, smtp.encryption)
        };
        assert_eq!(server("smtp://mail.example"), ("mail.example".to_owned(), 587, Encryption::StartTls));
        assert_eq!(server("smtps://mail.example"), ("mail.example".to_owned(), 465, Encryption::Tls));
        assert_eq!(server("smtp://127.0.0.1"), ("127.0.0.1".to_owned(), 25, Encryption::None));
        assert_eq!(server("smtp://[::1]:2525"), ("::1".to_owned(), 2525, Encryption::None));
        assert_eq!(server("smtp://localhost:25?tls=required"), ("localhost".to_owned(), 25, Encryption::StartTls));
        let smtp = read(&[("MARQUEE_ENV", "test"), FROM, ("MARQUEE_SMTP_URL", "smtp://me%40x:a+b%2F@mail.example")]);
        let (name, password) = smtp.unwrap().smtp.unwrap().login.unwrap();
        assert_eq!((name.as_str(), password.expose()), ("me@x", "a+b/"));
    }

    #[test]
    fn what_cannot_work_is_refused_without_showing_secrets() {
        let errors = read(&[
            ("MARQUEE_ENV", "test"),
            ("MARQUEE_SMTP_URL", "mailto:hunter2@mail.example"),
            ("MARQUEE_MAIL_FROM", "nobody"),
            ("MARQUEE_STAFF_EMAIL", "a@films.example, b"),
            ("MARQUEE_TELEGRAM_TOKEN", "123:hunter2/../x"),
        ])
        .unwrap_err();
        for name in [
            "MARQUEE_SMTP_URL",
            "MARQUEE_MAIL_FROM",
            "MARQUEE_STAFF_EMAIL",
            "MARQUEE_TELEGRAM_TOKEN",
            "MARQUEE_TELEGRAM_CHAT",
        ] {
            assert!(errors.contains(name), "{name} is missing in:\n{errors}");
        }
        assert!(!errors.contains("hunter2"), "a secret was printed");
        let unsigned = read(&[("MARQUEE_ENV", "test"), ("MARQUEE_SMTP_URL", "smtp://mail.example")]).unwrap_err();
        assert!(unsigned.contains("MARQUEE_MAIL_FROM"));
    }

    #[test]
    fn development_keeps_its_messages_and_production_never_does() {
        let secret = ("MARQUEE_SECRET_KEY", "0123456789abcdef0123456789abcdef");
        let (dev, test) = (("MARQUEE_ENV", "dev"), ("MARQUEE_ENV", "test"));
        let (production, server) = (("MARQUEE_ENV", "production"), ("MARQUEE_SMTP_URL", "smtp://127.0.0.1"));
        assert!(read(&[dev]).unwrap().keeps && read(&[dev, FROM, server]).unwrap().keeps);
        assert!(read(&[test]).unwrap().keeps && !read(&[test, FROM, server]).unwrap().keeps);
        assert!(!read(&[production, secret]).unwrap().keeps);
        assert!(read(&[production, secret, ("MARQUEE_MAILBOX", "on")]).unwrap_err().contains("MARQUEE_MAILBOX"));
        assert!(read(&[dev, ("MARQUEE_MAILBOX", "off")]).unwrap_err().contains("MARQUEE_MAILBOX"));
    }
}
