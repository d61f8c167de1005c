/**
 * Text as it may go to a terminal. Policies come from anywhere: a control character must not move the cursor, and
 * an invisible or direction-changing one must not hide what stands there.
 */
export function printable(text: string): string {
  return PLAIN.test(text) ? text : text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, standIn);
}

/** Most of what is printed, and what needs no table of Unicode. */
const PLAIN = /^[ -~]*$/;

/** The Unicode control pictures for the ASCII controls, the replacement character for the rest. */
function standIn(character: string): string {
  const code = character.charCodeAt(0);
  if (character === ZERO_WIDTH_JOINER) {
    return character;
  }
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : '\ufffd';
}

/** It joins emoji and has no meaning of its own. */
const ZERO_WIDTH_JOINER = '\u200d';

/**
 * Output in which no pipeline finds a command of a document's or a file name's: GitHub Actions looks for lines that begin
 * with `::`, and it, Azure Pipelines and TeamCity anywhere for `##[`, `##vso[` and `##teamcity[`. A character of these is
 * written as JSON escapes it, so that what JSON says stays the same. Sources: GitHub Docs, "Workflow commands for GitHub
 * Actions"; Azure Pipelines documentation, "Logging commands"; TeamCity documentation, "Service Messages".
 */
export function withoutCommands(text: string): string {
  return text.replace(/##(?=[a-z]{0,20}\[)/gi, '#\\u0023').replace(/^([\t ]*):(?=:)/gm, '$1\\u003a');
}

/** Columns that a text without line breaks and tabs takes on a terminal. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) {
    return text.length;
  }
  let width = 0;
  for (const { segment } of graphemes(text)) {
    width += graphemeWidth(segment);
  }
  return width;
}

/** The characters of a text as a reader sees them, with their offsets in UTF-16 units. */
export function graphemes(text: string): Iterable<{ readonly segment: string; readonly index: number }> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/** Made when it is first needed: that takes longer than to lint a file. */
let segmenter: Intl.Segmenter | undefined;

/** 2 for what terminals draw wide (Unicode Standard Annex 11), 0 for marks that stand alone. */
export function graphemeWidth(grapheme: string): number {
  if (/^[\p{Mn}\p{Me}\u200d]+$/u.test(grapheme)) {
    return 0;
  }
  return WIDE.test(grapheme) ? 2 : 1;
}

/** The half-width forms belong to scripts that are wide otherwise. */
const WIDE =
  /^(?![\uff61-\uffdc])(?:[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|.\ufe0f)/u;
