/** The language ids whose documents may hold a policy; the server knows as what each is read. */
export const LANGUAGES: readonly string[] = [
  'json',
  'jsonc',
  'yaml',
  'cloudformation',
  'serverless',
  'helm',
  'typescript',
  'typescriptreact',
  'javascript',
  'javascriptreact',
  'python',
];

/** The languages of programs, in which a policy is a part among others, and colours and outline are not ours. */
const PROGRAMS: ReadonlySet<string> = new Set([
  'typescript',
  'typescriptreact',
  'javascript',
  'javascriptreact',
  'python',
]);

export function isProgram(languageId: string): boolean {
  return PROGRAMS.has(languageId);
}
