//! The transcripts of the README and of `docs/matrix.md` are tests: each `console` block is run and its output compared.

#[test]
fn the_readme_shows_what_the_program_prints() {
    trycmd::TestCases::new().case("README.md");
}

#[test]
fn the_page_on_the_matrix_shows_what_the_program_prints() {
    trycmd::TestCases::new().case("docs/matrix.md");
}
