//! Letting them in.

use super::{CUSTOMER, STAFF, SignIn, queries};
use crate::{
    audit::Author,
    personnel::actions::{self, NewMember, PersonnelError},
    platform::{
        clock,
        config::{Config, Environment},
        db::{self, Database},
        passwords::Hasher,
    },
};

/// Makes those of them who are not there and tells how all of them sign in. None where it is forbidden.
pub async fn welcome(db: &Database, config: &Config) -> anyhow::Result<Option<Vec<SignIn>>> {
    if config.environment == Environment::Production {
        return Ok(None);
    }
    let hasher = Hasher::new(config.password_cost)?;
    let person = CUSTOMER.person;
    let hash = hasher.hash(person.password).await?;
    match queries::insert_customer(&mut db.conn().await?, &CUSTOMER, &hash, clock::now()).await {
        Err(error) if !db::is_unique_violation(&error) => return Err(error.into()),
        _ => {}
    }
    let mut doors =
        vec![SignIn { role: "customer", email: person.email, password: person.password, path: "/account/login" }];
    for (person, role) in STAFF {
        let hash = hasher.hash(person.password).await?;
        let member = NewMember { email: person.email, name: person.name, password_hash: &hash, roles: &[role] };
        match actions::create(db, member, &Author::system("seed")).await {
            Ok(_) | Err(PersonnelError::EmailTaken) => {}
            Err(error) => return Err(error.into()),
        }
        doors.push(SignIn { role: role.word(), email: person.email, password: person.password, path: "/admin/login" });
    }
    Ok(Some(doors))
}

/// Whether the shop has any of them.
pub async fn are_here(db: &Database) -> sqlx::Result<bool> {
    let staff: Vec<&str> = STAFF.iter().map(|(person, _)| person.email).collect();
    queries::any(&mut db.conn().await?, CUSTOMER.public_id, &staff).await
}
