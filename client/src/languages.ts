/** The language ids whose documents may hold a policy; the server knows as what each is read. */
export const LANGUAGES: readonly string[] = [
  'json',
  'jsonc',
  'yaml',
  'cloudformation',
  'serverless',
  'helm',
  'hcl',
  'terraform',
  'terraform-vars',
  'opentofu',
  'opentofu-vars',
  'terragrunt',
  'typescript',
  'typescriptreact',
  'javascript',
  'javascriptreact',
  'python',
  'markdown',
  'jinja',
  'jinja-json',
  'jinja-yaml',
  'erb',
  'gotmpl',
  'tftpl',
  'handlebars',
  'mustache',
];

/** The languages of programs and of prose, in which a policy is a part among others, and colours and outline are not ours. */
const PROGRAMS: ReadonlySet<string> = new Set([
  'markdown',
  'typescript',
  'typescriptreact',
  'javascript',
  'javascriptreact',
  'python',
]);

export function isProgram(languageId: string): boolean {
  return PROGRAMS.has(languageId);
}

/** Without an extension for their language these files are plain text to an editor, and are read by their names. */
export const PLAIN_FILES = '**/*.{tf,tofu,tfvars,hcl,tftpl,tpl,tmpl,gotmpl,j2,jinja,jinja2,erb,hbs,mustache}';
