//! The rules of the house, as assertions over the source tree.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the tree says so by panicking")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Modules from low to high, as `src/lib.rs` tells it: each may use those before it.
const ORDER: [&str; 32] = [
    "platform",
    "settings",
    "messages",
    "audit",
    "accounts",
    "catalog",
    "recent",
    "pricing",
    "cart",
    "orders",
    "reviews",
    "alerts",
    "reminders",
    "wishlists",
    "reports",
    "recommendations",
    "checkout",
    "maintenance",
    "privacy",
    "doctor",
    "backup",
    "app",
    "shell",
    "personnel",
    "shop",
    "staff",
    "router",
    "worker",
    "exporter",
    "demo",
    "cli",
    "main",
];

#[test]
fn modules_use_only_lower_ones() {
    let documented = fs::read_to_string(root().join("src/lib.rs")).unwrap().replace("\n//! ", " ");
    assert!(
        documented.contains(&ORDER[..ORDER.len() - 1].join(" < ")),
        "the order in src/lib.rs differs from the one that is checked"
    );
    for file in sources() {
        let module = module_of(&file.path);
        let Some(rank) = ORDER.iter().position(|name| *name == module) else {
            assert!(matches!(module.as_str(), "lib" | "build"), "{module} has no place in the order");
            continue;
        };
        for used in used_modules(&file.code()) {
            let other = ORDER.iter().position(|name| *name == used);
            assert!(other.is_none_or(|other| other <= rank), "{} uses crate::{used}, which stands above", file.name());
        }
    }
}

#[test]
fn sql_lives_in_queries() {
    for file in sources() {
        let name = file.name();
        let is_home = name.contains("/queries") || name.starts_with("platform/");
        let code = file.code();
        for word in ["sqlx::query", "QueryBuilder::new", "query_as(", "query_scalar("] {
            assert!(is_home || !code.contains(word), "{name} has {word}");
        }
        assert!(!code.contains("AssertSqlSafe"), "{name} runs SQL that is put together as text");
    }
}

#[test]
fn transactions_begin_in_actions() {
    for file in sources() {
        let name = file.name();
        let allowed = name.starts_with("platform/")
            || name.starts_with("catalog/import/")
            || ["/actions", "/place_order.rs", "/schedule.rs"].iter().any(|part| name.contains(part));
        assert!(allowed || !file.code().contains(".begin()"), "{name} begins a transaction");
    }
}

#[test]
fn no_float_comes_near_money() {
    for file in sources() {
        let name = file.name();
        let is_money = ["pricing/", "cart/", "orders/", "checkout/"].iter().any(|part| name.starts_with(part))
            || name == "platform/money.rs"
            || name == "catalog/offer.rs";
        let code = file.code();
        assert!(!is_money || !(code.contains("f64") || code.contains("f32")), "{name} has a float");
    }
}

#[test]
fn templates_stay_small_and_free_of_inline_script_and_style() {
    for path in files(&root().join("templates")) {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.display();
        assert!(text.lines().count() <= 150, "{name} has {} lines", text.lines().count());
        // A mail has its style with it: nothing may be fetched for it, and no policy of the shop's pages holds there.
        let is_mail = path.starts_with(root().join("templates/mail"));
        assert!(is_mail || !text.contains(" style=\""), "{name} has a style attribute");
        assert!(is_mail || !text.contains("<style"), "{name} has an inline style sheet");
        for script in text.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap_or_default();
            assert!(tag.contains("src=") || tag.contains("application/ld+json"), "{name} has an inline script");
        }
        for handler in [" onclick=", " onchange=", " onsubmit=", " onload="] {
            assert!(!text.contains(handler), "{name} has an inline handler");
        }
    }
}

#[test]
fn every_static_file_that_a_template_names_exists() {
    for path in files(&root().join("templates")) {
        let text = fs::read_to_string(&path).unwrap();
        for part in text.split("shell.asset(\"").skip(1) {
            let name = part.split('"').next().unwrap_or_default();
            let exists = root().join("static").join(name).exists() || name == "css/marquee.css";
            assert!(exists, "{} names static/{name}", path.display());
        }
    }
}

struct Source {
    path: PathBuf,
    text: String,
}

impl Source {
    fn name(&self) -> String {
        self.path.strip_prefix(root().join("src")).unwrap().display().to_string()
    }

    /// The program without its unit tests and comments.
    fn code(&self) -> String {
        let program = self.text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        program.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<Source> {
    let is_test =
        |path: &PathBuf| path.components().any(|part| part.as_os_str() == "tests") || path.ends_with("tests.rs");
    let files = files(&root().join("src")).into_iter();
    let sources = files.filter(|path| path.extension().is_some_and(|extension| extension == "rs") && !is_test(path));
    sources.map(|path| Source { text: fs::read_to_string(&path).unwrap(), path }).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

/// The first part of a source's path under `src`: its module of the top level.
fn module_of(path: &Path) -> String {
    let relative = path.strip_prefix(root().join("src")).unwrap();
    let first = relative.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The top-level modules that a source names after `crate::`, also in a group.
fn used_modules(code: &str) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut used = Vec::new();
    for part in code.split("crate::").skip(1) {
        match part.strip_prefix('{') {
            // A macro bears the name of the module whose words it makes.
            None if part[word(part).len()..].starts_with('!') => {}
            None => used.push(word(part)),
            Some(group) => used.extend(group_members(group).iter().map(|member| word(member.trim_start()))),
        }
    }
    used
}

/// The members of a `{…}` group at its own depth.
fn group_members(group: &str) -> Vec<String> {
    let mut members = vec![String::new()];
    let mut depth = 0;
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => members.push(String::new()),
            _ => {}
        }
        if let Some(member) = members.last_mut() {
            member.push(c);
        }
    }
    members.iter().map(|member| member.trim_start_matches(',').to_owned()).collect()
}

/// A message as it is written in a catalogue: where, its name, its texts by language.
struct Message {
    file: String,
    name: String,
    texts: Vec<(String, Vec<String>)>,
}

#[test]
fn every_message_is_there_in_three_languages_with_the_same_placeholders() {
    let messages = messages();
    assert!(messages.len() > 100, "only {} messages were found", messages.len());
    for Message { file, name, texts } in &messages {
        let languages: Vec<_> = texts.iter().map(|(language, _)| language.as_str()).collect();
        assert_eq!(languages, ["en", "ru", "uz"], "{name} in {file}");
        let expected = placeholders(&texts[0].1[0]);
        for text in texts.iter().flat_map(|(_, forms)| forms) {
            assert!(!text.trim().is_empty(), "{name} in {file} is empty");
            assert_eq!(placeholders(text), expected, "{name} in {file}: {text}");
        }
        let forms: Vec<_> = texts.iter().map(|(_, forms)| forms.len()).collect();
        assert!(matches!(forms[..], [1, 1, 1] | [2, 3, 1]), "{name} in {file} has {forms:?} forms");
    }
}

#[test]
fn every_message_is_used() {
    let templates = files(&root().join("templates")).into_iter().map(|path| fs::read_to_string(path).unwrap());
    let program = sources().into_iter().map(|source| source.code());
    let everything: String = templates.chain(program).collect();
    let is_unused = |message: &Message| !everything.contains(&format!(".{}(", message.name));
    let unused: Vec<_> =
        messages().iter().filter(|message| is_unused(message)).map(|m| format!("{} in {}", m.name, m.file)).collect();
    assert!(unused.is_empty(), "never used: {unused:?}");
}

/// The messages of every `messages!` in the program.
fn messages() -> Vec<Message> {
    let mut found = Vec::new();
    for source in sources() {
        for catalogue in source.code().split("messages! {").skip(1) {
            let body = catalogue.split_once('{').map_or("", |(_, body)| body);
            found.extend(entries(body).into_iter().map(|(name, body)| Message {
                file: source.name(),
                texts: texts(&body),
                name,
            }));
        }
    }
    found
}

/// Name and body of each entry of a catalogue, until the catalogue's closing brace.
fn entries(catalogue: &str) -> Vec<(String, String)> {
    let mut entries = Vec::new();
    let (mut depth, mut is_text, mut head, mut body) = (0, false, String::new(), String::new());
    for c in catalogue.chars() {
        is_text ^= c == '"';
        match c {
            '{' if !is_text => depth += 1,
            '}' if !is_text && depth == 0 => break,
            '}' if !is_text => {
                depth -= 1;
                let name = head.trim().split('(').next().unwrap_or_default().trim().to_owned();
                entries.push((name, std::mem::take(&mut body)));
                head.clear();
            }
            _ if depth == 0 => head.push(c),
            _ => body.push(c),
        }
    }
    entries
}

/// The forms of each language in the order in which they are written.
fn texts(body: &str) -> Vec<(String, Vec<String>)> {
    let mut texts: Vec<(String, Vec<String>)> = Vec::new();
    for (index, part) in body.split('"').enumerate() {
        if index % 2 == 1 {
            if let Some((_, forms)) = texts.last_mut() {
                forms.push(part.to_owned());
            }
            continue;
        }
        let words = part.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        texts.extend(words.map(|language| (language.to_owned(), Vec::new())));
    }
    texts
}

/// The names in braces, each once, by name.
fn placeholders(text: &str) -> Vec<&str> {
    let mut names: Vec<_> = text.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
    names.sort_unstable();
    names.dedup();
    names
}
