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

/// Keeps a new customer, and mails what is next to the address. `again` is their account where they have registered before
/// and not confirmed it.
///
/// Whoever registers gets an account that they may sign in to and shop with, also with an address or a number that is
/// somebody's: what can be done with it shows nothing about others. Only who reads the mail learns more.
pub async fn register(
    db: &Database,
    signer: &Signer,
    new: &NewClient<'_>,
    again: Option<u64>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    let id = match again {
        Some(id) => id,
        None => queries::insert(&mut tx, new, &ids::code(PUBLIC_ID, 26)).await?,
    };
    send_next_step(&mut tx, signer, id, now).await?;
    tx.commit().await
}

/// Mails the link that confirms the address of an account, or, if another account holds it, tells its owner of that one.
async fn send_next_step(tx: &mut Tx, signer: &Signer, id: u64, now: OffsetDateTime) -> sqlx::Result<()> {
    let Some(known) = queries::known(tx, id).await?.filter(|known| !known.is_verified) else { return Ok(()) };
    match queries::by_email(tx, &known.email).await?.filter(|owner| owner.is_verified) {
        Some(owner) => send_link(tx, signer, RESET, AccountMail::Exists, &owner, now).await,
        None => send_link(tx, signer, CONFIRM, AccountMail::Confirm, &known, now).await,
    }
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
    send_next_step(&mut tx, signer, id, now).await?;
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
    let email = if token.data.is_empty() { known.email.clone() } else { token.data };
    if !hold(&mut tx, known.id, &email, now).await? {
        return Ok(Some(Confirmed::Taken));
    }
    if email != known.email {
        let told = mails::message(AccountMail::AddressChanged, &known.email, &known, text);
        messages::actions::queue(&mut tx, &[told]).await?;
    }
    tx.enqueue(&AddressConfirmed { client_id: known.id, email }).await?;
    tx.commit().await?;
    Ok(Some(Confirmed::Done))
}

/// Gives a customer the address that was confirmed, and the number unless somebody else holds that; false when somebody else
/// holds the address.
async fn hold(tx: &mut Tx, id: u64, email: &str, now: OffsetDateTime) -> sqlx::Result<bool> {
    for shares_phone in [false, true] {
        match queries::hold(tx, id, email, shares_phone, now).await {
            Err(error) if is_unique_violation(&error) => {}
            done => return done.map(|()| true),
        }
    }
    Ok(false)
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
    if !hold(&mut tx, known.id, &known.email, now).await? {
        return Ok(None);
    }
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

/// Changes what a customer may change of themselves at once. A number that somebody else holds is theirs all the same: they
/// are called by it, and sign in with it and their own password. Who else has it they do not learn.
pub async fn set_profile(db: &Database, id: u64, profile: &Profile, now: OffsetDateTime) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    match queries::set_profile(&mut tx, id, profile, false, now).await {
        Err(error) if is_unique_violation(&error) => queries::set_profile(&mut tx, id, profile, true, now).await?,
        done => done?,
    }
    sessions::show(&mut tx, Subject::Client(id), &Shown { name: profile.name.clone() }).await?;
    tx.commit().await
}
