import { own } from './own';

/** What the languages are called in which people write policies that are not read yet; others go by their id. */
const NAMES: Readonly<Record<string, string>> = {
  csharp: 'C#',
  go: 'Go',
  java: 'Java',
  kotlin: 'Kotlin',
  plaintext: 'plain text',
  ruby: 'Ruby',
  rust: 'Rust',
  shellscript: 'shell scripts',
  'terraform-stack': 'Terraform',
};

/** What a language that is not read is called. */
export function languageName(languageId: string): string {
  return own(NAMES, languageId) ?? languageId;
}

/**
 * Whether a text of any language writes an IAM policy: the version of the policy language, a data source of Terraform or
 * Pulumi, or a class of the AWS CDK. A look at its letters that takes time in line with their number.
 */
export function writesPolicy(text: string): boolean {
  return SIGNS.some((sign) => sign.test(text));
}

const SIGNS: readonly RegExp[] = [
  /\bVersion["']?\s{0,80}(?:[:=,]|=>|:=)\s{0,80}["'](?:2012-10-17|2008-10-17)["']/i,
  /\bVersion\\"\s{0,80}:\s{0,80}\\"(?:2012-10-17|2008-10-17)\\"/,
  /\baws_iam_policy_document\b|\bget_?policy_?document(?:_output)?\b/i,
  /\bPolicyStatement(?:Props)?\b|\bnew PolicyDocument\b|\biam\.PolicyDocument\b/,
];
