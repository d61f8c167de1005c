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
];

/** Without an extension for their language these files are plain text to an editor, and are read by their names. */
export const PLAIN_FILES = '**/*.{tf,tofu,tfvars,hcl}';
