//! Pictures of the steps of a lesson, as files.

use std::io::IsTerminal;
use std::path::Path;

use playground_drawing::Hero;
use playground_lessons::View;
use playground_stills::{Fonts, Look, Plain, Stills, zip};
use strum::VariantArray;

use crate::arguments::{Chosen, Picture, Still, quoted};
use crate::telling::{Telling, write};

/// Draws what is asked for; what is returned is for standard output.
///
/// # Errors
/// A step or a view that there is none of, a font that is missing, a file that cannot be written.
pub fn draw(chosen: &Chosen, still: &Still) -> Result<Vec<u8>, String> {
    let telling = Telling::of(chosen)?;
    let pen = Pen::new(&telling, still);
    match still.step {
        Some(step) => {
            let picture = pen.picture(telling.place("step", step)?)?;
            match &chosen.output {
                Some(path) => write(path, &picture).map(|()| Vec::new()),
                None if pen.format == Picture::Png && std::io::stdout().is_terminal() => {
                    Err("a PNG is no text for a terminal: name a file by -o".to_owned())
                }
                None => Ok(picture),
            }
        }
        None => {
            let output =
                chosen.output.as_deref().ok_or("still --all: where to? -o FOLDER, or -o FILE.zip")?;
            let pictures: Vec<(String, Vec<u8>)> = (0..telling.run.steps.len())
                .map(|place| Ok((pen.name(place), pen.picture(place)?)))
                .collect::<Result<_, String>>()?;
            if output.extension().is_some_and(|suffix| suffix == "zip") {
                write(output, &zip(&pictures).map_err(|error| error.to_string())?)?;
                return Ok(Vec::new());
            }
            into_folder(output, &pictures).map(String::into_bytes)
        }
    }
}

/// Writes the files, and returns their paths, one a line.
fn into_folder(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<String, String> {
    std::fs::create_dir_all(folder)
        .map_err(|error| format!("-o {}: {error}", quoted(&folder.to_string_lossy())))?;
    let mut written = String::new();
    for (name, octets) in files {
        let path = folder.join(name);
        write(&path, octets)?;
        written.push_str(&format!("{}\n", path.display()));
    }
    Ok(written)
}

struct Pen<'t> {
    telling: &'t Telling,
    stills: Stills<'t>,
    plain: Plain,
    fonts: Option<Fonts>,
    look: Look,
    format: Picture,
}

impl<'t> Pen<'t> {
    fn new(telling: &'t Telling, still: &Still) -> Self {
        let format = still.format.unwrap_or(Picture::Svg);
        Self {
            telling,
            stills: Stills::new(&telling.run, telling.language),
            plain: Plain::new(still.theme),
            fonts: (format == Picture::Png).then(|| Fonts::of_this_machine(still.fonts.as_deref())),
            look: Look { size: still.size, bare: still.bare, view: still.view },
            format,
        }
    }

    /// `dumb-proxy-07.svg`.
    fn name(&self, place: usize) -> String {
        format!("{}-{:02}.{}", self.telling.run.lesson.id, place + 1, self.format.suffix())
    }

    fn picture(&self, place: usize) -> Result<Vec<u8>, String> {
        let drawing = self
            .stills
            .draw(place, self.look)
            .ok_or_else(|| nothing_to_draw(self.telling, place, self.look.view))?;
        let svg = self.plain.svg(&drawing, self.look.size);
        match &self.fonts {
            Some(fonts) => fonts.png(&svg).map_err(|problem| problem.sentence(self.telling.language)),
            None => Ok(svg.into_bytes()),
        }
    }
}

/// Says that a step has nothing to draw in its view, or in the one that was asked for, and what else there is.
pub fn nothing_to_draw(telling: &Telling, place: usize, view: Option<View>) -> String {
    let run = &telling.run;
    let view = view.unwrap_or(run.steps[place].hero);
    let others: Vec<&str> = View::VARIANTS
        .iter()
        .filter(|view| Hero::exists(**view, &run.trace))
        .map(|view| view.name())
        .collect();
    format!(
        "step {} of {}: there is nothing to draw in the view {}; --view takes {} here",
        place + 1,
        run.lesson.id,
        view.name(),
        others.join(", ")
    )
}
