/** The language ids whose documents may hold a policy, with the language that the server reads each as. */
export const READ_AS: Readonly<Record<string, string>> = {
  json: 'json',
  jsonc: 'jsonc',
  yaml: 'yaml',
  cloudformation: 'yaml',
  serverless: 'yaml',
  helm: 'yaml',
  hcl: 'hcl',
  terraform: 'hcl',
  'terraform-vars': 'hcl',
  opentofu: 'hcl',
  'opentofu-vars': 'hcl',
  terragrunt: 'hcl',
  typescript: 'typescript',
  typescriptreact: 'javascript',
  javascript: 'javascript',
  javascriptreact: 'javascript',
  python: 'python',
  markdown: 'markdown',
  jinja: 'template',
  'jinja-json': 'template',
  'jinja-yaml': 'template',
  erb: 'template',
  gotmpl: 'template',
  tftpl: 'template',
  handlebars: 'template',
  mustache: 'template',
};

/** The same without what each is read as. */
export const LANGUAGES: readonly string[] = Object.keys(READ_AS);

/**
 * The languages of programs and of prose, in which a policy is a part among others, and colours and outline are not
 * ours.
 */
const PROGRAMS: ReadonlySet<string> = new Set([
  'markdown',
  'typescript',
  'typescriptreact',
  'javascript',
  'javascriptreact',
  'python',
]);

/** Whether a language ID is one of programs or of prose. */
export function isProgram(languageId: string): boolean {
  return PROGRAMS.has(languageId);
}

/** Without an extension for their language these files are plain text to an editor, and are read by their names. */
export const PLAIN_FILES = '**/*.{tf,tofu,tfvars,hcl,tftpl,tpl,tmpl,gotmpl,j2,jinja,jinja2,erb,hbs,mustache}';
