/**
 * Whether a program may hold a policy: what libraries call one, a name of the policy language with a value, or a policy in
 * a string, of which the quotes may be escaped.
 */
export function mayHoldProgramPolicy(text: string): boolean {
  // Most programs have none of these words, and to look for words alone is fast.
  return WORDS.some((word) => text.includes(word)) && SHAPES.test(text);
}

const WORDS: readonly string[] = ['Statement', 'Effect', 'olicyDocument', 'olicy_document', 'sst.aws'];
const SHAPES =
  /PolicyStatement|\.Effect\s{0,20}=|[Pp]olicy_?[Dd]ocument|Statement["'\\]{0,4}\s{0,20}[=:,\]]|\bEffect["'\\\]]{0,4}\s{0,20}[=:]|%22Statement|\bsst\.aws\.\w/;
