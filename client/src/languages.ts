/** The language ids whose documents may hold a policy; the server knows as what each is read. */
export const LANGUAGES: readonly string[] = ['json', 'jsonc', 'yaml', 'cloudformation', 'serverless', 'helm'];
