//! The pictures that are kept under `docs/pictures` are those that the program draws today, to the byte.
//!
//! `docs/pictures/make.sh` draws them anew; look at them before committing.

use std::fs;
use std::path::Path;
use std::process::Command;

/// File and what draws it, as `docs/pictures/make.sh` has it.
const PICTURES: &[(&str, &str)] = &[
    ("syria-2015.svg", "export svg --at 2015"),
    ("syria-2018.svg", "export svg --at 2018"),
    ("syria-2025-11.svg", "export svg --at 2025-11"),
    ("hts-2025-01.svg", "export svg --at 2025-01 --around HTS"),
    (
        "matrix-2015-2025-01.svg",
        "matrix HTS ISIS al-Qaeda SDF Turkey Russia Iran us Israel assad-regime --at 2015 --vs 2025-01 --format svg",
    ),
];

#[test]
fn kept_pictures_are_those_drawn_today() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let script = fs::read_to_string(root.join("docs/pictures/make.sh")).expect("the script is there");
    for (file, command) in PICTURES {
        let kept = fs::read(root.join("docs/pictures").join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
        let drawn = Command::new(env!("CARGO_BIN_EXE_allegiance"))
            .args(command.split(' '))
            .env_remove("ALLEGIANCE_DATA")
            .output()
            .expect("the program runs");
        assert!(drawn.status.success(), "{}", String::from_utf8_lossy(&drawn.stderr));
        let first = drawn.stdout.iter().zip(&kept).position(|(a, b)| a != b);
        assert!(
            drawn.stdout == kept,
            "{file} is out of date, from byte {first:?} on: run docs/pictures/make.sh and look at it"
        );
        assert!(script.contains(&format!("{file} {command}\n")), "make.sh draws {file} otherwise");
    }
}

#[test]
fn the_script_draws_no_picture_that_is_not_tested() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let script = fs::read_to_string(root.join("docs/pictures/make.sh")).expect("the script is there");
    let drawn = script.lines().filter(|line| line.starts_with("draw ")).count();
    assert_eq!(drawn, PICTURES.len());
}
