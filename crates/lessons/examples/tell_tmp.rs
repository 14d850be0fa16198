//! Prints a story.
use playground_lessons::*;
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let lang = if args[0] == "ko" { Language::Korean } else { Language::English };
    let lesson = find(&args[1]).unwrap();
    let mut values = KnobValues::defaults(lesson);
    for pair in &args[2..] {
        let (k, v) = pair.split_once('=').unwrap();
        values.set(lesson, k, v).unwrap();
    }
    let run = lesson.run(&values).unwrap();
    for (n, (step, mark)) in run.story(lang).iter().zip(&run.steps).enumerate() {
        println!(
            "{} [{}{}{}] {} | {}",
            n + 1,
            step.id,
            mark.variant.map(|v| format!("/{v}")).unwrap_or_default(),
            mark.absent.map(|v| format!("!{v}")).unwrap_or_default(),
            step.at.as_micros() as f64 / 1000.0,
            step.title
        );
        for b in &step.body {
            println!("      {}", format!("{b:?}").replace("Text(", "").replace("Paragraph(", ""));
        }
    }
    for (k, v) in run.facts.iter() {
        print!("{k}={} ", v.show(lang));
    }
    println!();
    if let Some(g) = run.goal() {
        println!("{g:?}");
    }
}
