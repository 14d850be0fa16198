//! Steps of a lesson as an animated picture.

use playground_stills::{Animation, Fonts, LARGEST, Look, Plain, Stills};

use crate::arguments::{Chosen, Motion};
use crate::still::nothing_to_draw;
use crate::telling::{Telling, write};

/// Writes the picture; what is returned is for standard output.
///
/// # Errors
/// Steps that there are none of, or that have nothing to draw; a font that is missing; a picture that is too large for
/// slides; a file that cannot be written.
pub fn draw(chosen: &Chosen, motion: &Motion) -> Result<String, String> {
    let path = chosen.output.as_deref().ok_or("animate: where to? -o FILE.gif")?;
    let telling = Telling::of(chosen)?;
    let from = telling.place("from", motion.from.unwrap_or(1))?;
    let to = telling.place("to", motion.to.unwrap_or(telling.run.steps.len()))?;
    if to < from {
        return Err("--to must not be before --from".to_owned());
    }
    let stills = Stills::new(&telling.run, telling.language);
    let look = Look { size: motion.size, bare: motion.bare, view: motion.view };
    let fonts = Fonts::of_this_machine(motion.fonts.as_deref());
    let animation = Animation::of(&stills, &Plain::new(motion.theme), &fonts, from..=to, look)
        .map_err(|problem| problem.sentence(telling.language))?
        .map_err(|place| nothing_to_draw(&telling, place, motion.view))?;
    let (octets, seconds) = (animation.octets.len(), f64::from(animation.length) / 100.0);
    if octets > LARGEST {
        return Err(format!(
            "the picture would have {} MB, and Google Slides takes 50: choose fewer steps (--from, --to) or a smaller --size",
            octets / 1_000_000
        ));
    }
    write(path, &animation.octets)?;
    Ok(format!("{}: {seconds:.1} s, {} kB\n", path.display(), octets.div_ceil(1_000)))
}
