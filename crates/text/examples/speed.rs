//! Prints nanoseconds a post for each kernel: `cargo run --release -p renvoi-text --example speed`.

use std::hint::black_box;
use std::time::Instant;

const POSTS: u32 = 100_000;

const SAMPLES: &[&str] = &[
    "The train to the coast leaves at nine, and it will rain in the afternoon. See https://www.example.test/a/b?utm_source=x&id=7 #rain @sample",
    "Поезд на побережье отходит в девять. После обеда будет дождь, возьми плащ. https://t.me/s/sample/12 #дождь",
    "يغادر القطار إلى الساحل في التاسعة. سَيَهْطُلُ المطر بعد الظهر فخذ معطفا. https://t.me/sample/12 #مطر",
    "Aggiungi due cucchiai di farina e mescola piano, poi aspetta un'ora. https://youtu.be/aBc_1-2?si=x",
    "THE ｔｒａｉｎ to the c\u{200B}oаst leaves аt nine; Nous avons attendu le dernier bus. www.example.org/page",
];

fn time(name: &str, mut work: impl FnMut(&str)) {
    let began = Instant::now();
    for index in 0..POSTS as usize {
        work(black_box(SAMPLES[index % SAMPLES.len()]));
    }
    println!("{name:<12} {:>8} ns a post", began.elapsed().as_nanos() / u128::from(POSTS));
}

fn main() -> Result<(), text::term::BadTerms> {
    let words: Vec<String> = (0..100_000).map(|n| format!("filler{n} word")).collect();
    let began = Instant::now();
    let terms =
        text::term::Terms::new(words.iter().enumerate().map(|(id, term)| (id as u64, term.as_str())))?;
    println!("{:<12} {:>8} ms for 100,000 terms", "build", began.elapsed().as_millis());
    time("normal", |post| drop(black_box(text::normal::normal(post))));
    time("key", |post| {
        black_box(text::normal::exact_text_key(post));
    });
    time("terms", |post| drop(black_box(terms.find(post))));
    time("mentions", |post| drop(black_box(text::mention::mentions(post))));
    time("canonical", |post| {
        for found in text::mention::mentions(post) {
            let _ = black_box(text::url_form::canonical(found.value));
        }
    });
    time("language", |post| {
        black_box(text::language::identify(post));
    });
    time("tokens", |post| drop(black_box(text::tokens::tokens(post))));
    Ok(())
}
