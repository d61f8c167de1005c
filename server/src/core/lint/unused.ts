import type { DocumentInput, PolicyDocument } from '../document';
import { type Config, overrideOf, type Suppression } from './config';
import { findingOf } from './configFinding';
import { removeValue } from './edits';
import { fileRules } from './fileRules';
import type { Finding } from './finding';
import type { LintResult } from './lint';
import type { Fix } from './rule';
import type { RuleMeta } from './ruleMeta';
import { fitsRule, type RuleSetting, severityOf } from './severity';

/** A file that a configuration speaks of. */
export interface ConfiguredFile extends Pick<DocumentInput, 'text' | 'language'> {
  /** From the folder of the configuration file, with forward slashes. */
  readonly path: string;
  /** As for a document's type. */
  readonly place: string | undefined;
}

export interface UnusedInput {
  readonly config: Config;
  /** All files below the configuration's folder that it may concern; those that hold no policy may be among them. */
  readonly files: readonly ConfiguredFile[];
  /** What is known to be of use already. */
  readonly used?: ReadonlySet<Suppression>;
  /** Settings that win over those of the configuration. */
  readonly rules?: readonly RuleSetting[];
}

/** What this needs of a language service. */
export interface Linter {
  readonly rules: readonly RuleMeta[];
  readonly hasIamData: boolean;
  open(input: DocumentInput): PolicyDocument;
  lint(
    document: PolicyDocument,
    config: Config,
    path: string,
    rules: readonly RuleSetting[],
  ): LintResult & { readonly used: ReadonlySet<Suppression> };
}

/**
 * The findings on suppressions that suppress nothing in any of the files. Of an entry that cannot be judged nothing is
 * said: its rule did not run, or a file that it is about is malformed, so that findings may be missing there.
 */
export function unusedSuppressions(input: UnusedInput, linter: Linter): readonly Finding[] {
  const { config, files, rules = [] } = input;
  const open = new Set(
    config.suppressions.filter(
      (suppression) => input.used?.has(suppression) !== true && ran(suppression, config, rules, linter),
    ),
  );
  for (const { path, place, text, language } of files) {
    if (![...open].some((suppression) => suppression.fits(path))) {
      continue;
    }
    const override = { ...overrideOf({ config, path }), path: place };
    const document = linter.open({ text, language, override });
    if (document.policies.length === 0) {
      continue;
    }
    const { used, failures } = linter.lint(document, config, path, rules);
    const isDoubtful = failures.length > 0 || document.policies.some(({ faults }) => faults.length > 0);
    for (const suppression of open) {
      if (used.has(suppression) || (isDoubtful && suppression.fits(path))) {
        open.delete(suppression);
      }
    }
  }
  return unusedFindings([...open], [...config.rules, ...rules]);
}

/** Whether every rule that is meant ran, as far as the configuration itself leaves it on. */
function ran(
  suppression: Suppression,
  config: Config,
  rules: readonly RuleSetting[],
  linter: Linter,
): boolean {
  if (fileRules.some((meta) => fitsRule(suppression, meta.id))) {
    return false;
  }
  const all = [...config.rules, ...rules];
  return linter.rules
    .filter((meta) => fitsRule(suppression, meta.id) && severityOf(meta, config.rules) !== undefined)
    .every(
      (meta) =>
        severityOf(meta, all) !== undefined &&
        (meta.needs === undefined || (meta.needs === 'iamData' && linter.hasIamData)),
    );
}

/** The findings that say that suppressions are of no use, with a fix that takes each out. */
function unusedFindings(
  suppressions: readonly Suppression[],
  settings: readonly RuleSetting[],
): readonly Finding[] {
  return suppressions.flatMap((suppression) => {
    const { node, rule } = suppression;
    const at = node.members.find((member) => member.name === 'rule')?.value ?? node;
    const message = `This suppresses nothing: it applies to no finding of "${rule}".`;
    const fix: Fix = {
      title: 'Remove the suppression',
      kind: 'suggestion',
      edits: () => removeValue(node),
    };
    return findingOf({ rule: 'suppression-unused', at, message, fixes: [fix] }, settings) ?? [];
  });
}
