//! How customers come to be, confirm what is theirs, and change their password.

use time::{Duration, OffsetDateTime};

use super::{
    CONFIRM, RESET, addresses,
    jobs::{AddressConfirmed, AskForReset},
    mails::{self, AccountMail},
    preferences,
    queries::{self, Known, NewClient, Profile},
};
use crate::{
    messages,
    platform::{
        db::{Database, Tx, is_unique_violation},
        ids,
        queue::Run,
        sessions::{self, Shown, Subject},
        signing::Signer,
        tokens::{self, Token, TokenKind},
    },
};

/// Whoever has not got a link asks again after that.
const NO_LINK_AGAIN_FOR: Duration = Duration::minutes(5);
const PUBLIC_ID: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Keeps a new customer, and mails the link that confirms the address. Whoever is a customer already is told so by mail;
/// to whoever asked it looks the same.
pub async fn register(db: &Database, signer: &Signer, new: &NewClient<'_>, now: OffsetDateTime) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    let public_id = ids::code(PUBLIC_ID, 26);
    queries::insert_unless_known(&mut tx, new, &public_id).await?;
    let mut known = queries::by_email(&mut tx, new.email).await?;
    if known.is_none() {
        // The number is somebody's. Nobody is told whose: the account comes without.
        queries::insert_unless_known(&mut tx, &NewClient { phone: None, ..*new }, &public_id).await?;
        known = queries::by_email(&mut tx, new.email).await?;
    }
    if let Some(known) = known {
        let (kind, mail) =
            if known.is_verified { (RESET, AccountMail::Exists) } else { (CONFIRM, AccountMail::Confirm) };
        send_link(&mut tx, signer, kind, mail, &known, now).await?;
    }
    tx.commit().await
}

/// Mails a link, unless one was sent a moment ago.
async fn send_link(
    tx: &mut Tx,
    signer: &Signer,
    kind: TokenKind,
    mail: AccountMail,
    to: &Known,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    if tokens::count_since(tx, kind, to.id, now - NO_LINK_AGAIN_FOR).await? > 0 {
        return Ok(());
    }
    let about = Token { subject: to.id, data: String::new() };
    let seed = tokens::create(tx, signer, kind, &about, now).await?;
    messages::actions::queue(tx, &[mails::message(mail, &to.email, to, &seed)]).await
}

/// Mails the link that confirms a customer's address once more.
pub async fn send_confirmation(db: &Database, signer: &Signer, id: u64, now: OffsetDateTime) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    if let Some(known) = queries::known(&mut tx, id).await?.filter(|known| !known.is_verified) {
        send_link(&mut tx, signer, CONFIRM, AccountMail::Confirm, &known, now).await?;
    }
    tx.commit().await
}

/// Mails the link that confirms another address of a customer's.
pub async fn ask_for_address(
    db: &Database,
    signer: &Signer,
    id: u64,
    email: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    if let Some(known) = queries::known(&mut tx, id).await? {
        let about = Token { subject: id, data: email.to_owned() };
        let seed = tokens::create(&mut tx, signer, CONFIRM, &about, now).await?;
        messages::actions::queue(&mut tx, &[mails::message(AccountMail::Confirm, email, &known, &seed)]).await?;
    }
    tx.commit().await
}

/// What became of a link that confirms an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    Done,
    /// The address is another customer's by now.
    Taken,
}

/// Confirms an address by its link, which works once; none when it does not.
pub async fn confirm(db: &Database, text: &str, now: OffsetDateTime) -> sqlx::Result<Option<Confirmed>> {
    let mut tx = db.begin().await?;
    let Some(token) = tokens::take(&mut tx, CONFIRM, text, now).await? else { return Ok(None) };
    let Some(known) = queries::known(&mut tx, token.subject).await? else { return Ok(None) };
    let mut email = known.email.clone();
    if token.data.is_empty() {
        queries::verify(&mut tx, known.id, now).await?;
    } else {
        match queries::set_email(&mut tx, known.id, &token.data, now).await {
            Err(error) if is_unique_violation(&error) => return Ok(Some(Confirmed::Taken)),
            done => done?,
        }
        messages::actions::queue(&mut tx, &[mails::message(AccountMail::AddressChanged, &email, &known, text)]).await?;
        email = token.data;
    }
    tx.enqueue(&AddressConfirmed { client_id: known.id, email }).await?;
    tx.commit().await?;
    Ok(Some(Confirmed::Done))
}

/// Writes down that somebody forgot a password; the same work whoever asks.
pub async fn forgot(db: &Database, email: &str) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    tx.enqueue(&AskForReset { email: email.to_owned() }).await?;
    tx.commit().await
}

/// Mails the link to choose a new password, if there is such a customer.
pub async fn send_reset(
    db: &Database,
    signer: &Signer,
    ask: &AskForReset,
    run: Run,
    now: OffsetDateTime,
) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    if let Some(known) = queries::by_email(&mut tx, &ask.email).await? {
        send_link(&mut tx, signer, RESET, AccountMail::Reset, &known, now).await?;
    }
    run.done_in(&mut tx).await?;
    Ok(tx.commit().await?)
}

/// Sets a new password by a link, which works once and shows that the address is theirs; none when it does not. Every
/// session ends, and the address is told.
pub async fn reset(db: &Database, text: &str, hash: &str, now: OffsetDateTime) -> sqlx::Result<Option<()>> {
    let mut tx = db.begin().await?;
    let Some(token) = tokens::take(&mut tx, RESET, text, now).await? else { return Ok(None) };
    let Some(known) = queries::known(&mut tx, token.subject).await? else { return Ok(None) };
    change_password(&mut tx, &known, hash, now).await?;
    queries::verify(&mut tx, known.id, now).await?;
    if !known.is_verified {
        tx.enqueue(&AddressConfirmed { client_id: known.id, email: known.email.clone() }).await?;
    }
    tx.commit().await?;
    Ok(Some(()))
}

/// Sets a new password for whoever is signed in. Every session ends, theirs too, which goes on under a new name.
pub async fn set_password(
    db: &Database,
    id: u64,
    hash: &str,
    now: OffsetDateTime,
) -> sqlx::Result<Option<sessions::SessionToken>> {
    let mut tx = db.begin().await?;
    let Some(known) = queries::known(&mut tx, id).await? else { return Ok(None) };
    change_password(&mut tx, &known, hash, now).await?;
    let session = sessions::begin(&mut tx, Subject::Client(id), &Shown { name: known.name }, now).await?;
    tx.commit().await?;
    Ok(Some(session))
}

async fn change_password(tx: &mut Tx, of: &Known, hash: &str, now: OffsetDateTime) -> sqlx::Result<()> {
    queries::set_password(tx, of.id, hash).await?;
    tokens::void(tx, RESET, of.id, now).await?;
    // Whoever was in the account before may have asked for another address of their own.
    tokens::void(tx, CONFIRM, of.id, now).await?;
    sessions::end_all_of(tx, Subject::Client(of.id)).await?;
    let when = now.unix_timestamp_nanos().to_string();
    messages::actions::queue(tx, &[mails::message(AccountMail::PasswordChanged, &of.email, of, &when)]).await
}

/// Wipes what is personal of a customer whom this transaction has locked, ends what lets anybody in, and tells the address
/// that was theirs. Returns how many addresses were in the book.
///
/// The address is free from now on. Whoever registers with it is a new customer and gets nothing of the old account: its
/// orders have a customer and another address, so that confirming this one finds none of them. That is so because an
/// address may be somebody else's by then.
pub async fn close(tx: &mut Tx, known: &Known, now: OffsetDateTime) -> sqlx::Result<u64> {
    let addresses = addresses::forget(tx, known.id).await?;
    preferences::forget(tx, known.id).await?;
    for kind in [CONFIRM, RESET] {
        tokens::forget(tx, kind, known.id).await?;
    }
    sessions::end_all_of(tx, Subject::Client(known.id)).await?;
    // Some went to an address that was never confirmed.
    messages::forget_keys(tx, &mails::keys_of(known.id)).await?;
    queries::anonymize(tx, known.id, now).await?;
    let seed = now.unix_timestamp_nanos().to_string();
    messages::actions::queue(tx, &[mails::message(AccountMail::Closed, &known.email, known, &seed)]).await?;
    Ok(addresses)
}

/// Changes what a customer may change of themselves at once; false when the number is somebody else's.
pub async fn set_profile(db: &Database, id: u64, profile: &Profile, now: OffsetDateTime) -> sqlx::Result<bool> {
    let mut tx = db.begin().await?;
    match queries::set_profile(&mut tx, id, profile, now).await {
        Err(error) if is_unique_violation(&error) => return Ok(false),
        done => done?,
    }
    sessions::show(&mut tx, Subject::Client(id), &Shown { name: profile.name.clone() }).await?;
    tx.commit().await?;
    Ok(true)
}
