//! Nothing that anybody could be known by stands in a log or leaves in an error report.

use crate::support::logs;

/// Looks at all that the other tests have left: run it when the last of them has ended.
#[test]
#[ignore = "it looks at what a whole run has left in TEST_LOGS"]
fn no_line_of_any_test_tells_of_a_person() {
    let folder = logs::folder().expect("TEST_LOGS names the folder of a run");
    let (mut lines, mut envelopes, mut found) = (0, 0, Vec::new());
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.is_symlink() {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
                envelopes += usize::from(name.starts_with("envelopes"));
                lines += text.lines().count();
                let told = text.lines().filter_map(|line| Some(format!("{name}: {}: {line}", logs::personal(line)?)));
                found.extend(told);
            }
        }
    }
    assert!(lines > 1_000 && envelopes > 0, "{lines} lines and {envelopes} files of reports are no whole run");
    assert!(found.is_empty(), "{} lines of {lines}, such as {:#?}", found.len(), &found[..found.len().min(20)]);
}
