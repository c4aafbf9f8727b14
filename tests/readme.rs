//! The README's transcripts are tests: each `console` block is run and its output compared.

#[test]
fn the_readme_shows_what_the_program_prints() {
    trycmd::TestCases::new().case("README.md");
}
