import type { RuleMeta } from './ruleMeta';

/**
 * What is checked of files rather than of policies. These have no visitor and no page of their own; they are named,
 * switched and graded like every other rule, and explained in `server/docs/configuration.md`.
 */

/** The checks of a configuration file. */
export const configRules: readonly RuleMeta[] = [
  fileRule('config-key-unknown', 'error', 'The configuration file has a member that means nothing'),
  fileRule('config-rule-unknown', 'error', 'The configuration file names a rule that does not exist'),
  fileRule('config-syntax', 'error', 'The configuration file is not well-formed JSON'),
  fileRule('config-value-invalid', 'error', 'The configuration file has a value that is not possible there'),
  fileRule('suppression-reason-missing', 'error', 'A suppression does not say why'),
  fileRule('suppression-unused', 'suggestion', 'A suppression suppresses nothing'),
];

/**
 * A file that was named on the command line and holds no policy. Rules of policies cannot report this: an editor opens
 * many files that are not policies, whereas a named file is meant to be one.
 */
export const policyNotFound: RuleMeta = {
  ...fileRule('policy-not-found', 'error', 'A file that was named holds no policy'),
  messages: {
    none: 'No policy was found: nothing in this file, read as {language}, has a Statement',
    unreadable: 'No policy was found, and here the file is not well-formed JSON',
  },
};

/** A document that is open in an editor and so long that it is not read. */
export const policyTooLong: RuleMeta = {
  ...fileRule('policy-too-long', 'warning', 'A document is so long that its policies are not checked'),
  messages: {
    length:
      'The policies in this document are not checked: it has {length} million characters, and at most {longest} million are read',
  },
};

export const fileRules: readonly RuleMeta[] = [...configRules, policyNotFound, policyTooLong];

function fileRule(id: string, category: RuleMeta['category'], summary: string): RuleMeta {
  return { id, category, summary, since: '0.1.0', messages: {} };
}
