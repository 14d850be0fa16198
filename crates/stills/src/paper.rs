//! What the pages for paper share: their style, and texts of lessons as HTML.

use playground_lessons::{Block, Inline, Language};

/// A4, in black on white.
const STYLE: &str = "\
@page { size: A4; margin: 14mm 15mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 180mm; padding: 8mm 0; color: #1d2329; background: #fff; font: 10.5pt/1.55 \
'Pretendard Variable', Pretendard, 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', 'Noto Sans CJK KR', \
system-ui, sans-serif; word-break: keep-all; overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 19pt; line-height: 1.25; }
h2 { margin: 7mm 0 2mm; font-size: 13pt; line-height: 1.3; break-after: avoid; }
h3 { margin: 4mm 0 1mm; font-size: 10.5pt; break-after: avoid; }
p, ul, ol, pre { margin: 0 0 2mm; }
ul, ol { padding-left: 5mm; }
code, pre { font-family: ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK KR', monospace; \
font-size: 0.92em; }
pre { white-space: pre-wrap; padding: 2mm 3mm; background: #f3f1ec; }
a { color: inherit; }
.lead, .quiet { color: #5f6973; }
.step { break-inside: avoid; margin-top: 6mm; }
.step h2 { margin-top: 0; }
.step svg { display: block; width: 100%; height: auto; margin-bottom: 2mm; border: 0.3mm solid #e4e1d9; \
border-radius: 2mm; }
.number { display: inline-block; min-width: 7mm; color: #5f6973; }
.question { break-inside: avoid; margin: 3mm 0; padding: 1mm 4mm; border-left: 1mm solid #0072b2; }
.question ul { margin: 0; padding: 0; list-style: none; }
.question li::before { content: ''; display: inline-block; width: 3mm; height: 3mm; margin-right: 2.5mm; \
border: 0.3mm solid #1d2329; border-radius: 0.5mm; }
.question li.right::before { background: #1d2329; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.question li.right { font-weight: 700; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 1mm 2mm; font-size: 9.5pt; border-bottom: 0.3mm solid #e4e1d9; text-align: left; vertical-align: top; }
th { color: #5f6973; font-weight: 600; }
th { white-space: nowrap; }
tr { break-inside: avoid; }
.blank { display: inline-block; min-width: 22mm; border-bottom: 0.4mm solid #1d2329; }
.filled { font-weight: 700; text-decoration: underline; }
.page { break-before: page; }
.fill li { margin-bottom: 1.5mm; line-height: 1.65; }
@media screen { .page { margin-top: 15mm; border-top: 0.5mm dashed #cbc7bc; padding-top: 8mm; } }
";

/// A whole page.
pub fn page(language: Language, title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n\
         </head>\n<body>\n{body}</body>\n</html>\n",
        escaped(title)
    )
}

/// Text in which nothing is markup.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Paragraphs, lists and code.
pub fn blocks(blocks: &[Block]) -> String {
    let html = blocks.iter().map(|block| match block {
        Block::Paragraph(run) => format!("<p>{}</p>\n", inlines(run)),
        Block::List(items) => {
            let items: String = items.iter().map(|item| format!("<li>{}</li>\n", inlines(item))).collect();
            format!("<ul>\n{items}</ul>\n")
        }
        Block::Code(lines) => format!("<pre>{}</pre>\n", escaped(lines)),
    });
    html.collect()
}

/// The content of a paragraph.
pub fn inlines(run: &[Inline]) -> String {
    let html = run.iter().map(|inline| match inline {
        Inline::Text(text) => escaped(text),
        Inline::Code(text) => format!("<code>{}</code>", escaped(text)),
        Inline::Strong(run) => format!("<strong>{}</strong>", inlines(run)),
        Inline::Emphasis(run) => format!("<em>{}</em>", inlines(run)),
        Inline::Link { text, url } => format!("<a href=\"{}\">{}</a>", escaped(url), inlines(text)),
        Inline::Break => "<br>".to_owned(),
    });
    html.collect()
}
