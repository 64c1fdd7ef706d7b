//! The rules of the house, as assertions over the source tree.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Modules from low to high, as `src/lib.rs` tells it: each may use those before it.
const ORDER: [&str; 13] = [
    "platform", "settings", "catalog", "pricing", "cart", "orders", "checkout", "app", "shell", "shop", "router",
    "cli", "main",
];

#[test]
fn modules_use_only_lower_ones() {
    let documented = fs::read_to_string(root().join("src/lib.rs")).unwrap();
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
        assert!(!text.contains(" style=\""), "{name} has a style attribute");
        assert!(!text.contains("<style"), "{name} has an inline style sheet");
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
