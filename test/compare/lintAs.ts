import { notFoundFinding } from '../../server/src/cli/rules';
import {
  createLanguageService,
  type DocumentLanguage,
  type Finding,
  type LanguageService,
  type TypeOverride,
} from '../../server/src/core/index';
import { loadIamData } from '../support/iamData';

/** A finding and the text that it lies on. */
export interface Marked extends Finding {
  readonly marked: string;
}

let service: LanguageService | undefined;

/**
 * What the command line says of a file, as configured by default. A rule that breaks throws: its silence would pass for
 * an answer.
 */
export function lintAs(
  text: string,
  override: TypeOverride = {},
  language: DocumentLanguage = 'json',
): readonly Marked[] {
  service ??= createLanguageService({ iamData: loadIamData() });
  const document = service.open({ text, language, override });
  if (document.located.length === 0) {
    const finding = notFoundFinding([], override.policyType, document);
    return finding === undefined ? [] : [{ ...finding, marked: '' }];
  }
  const { findings, failures } = service.lint(document);
  for (const { rule, error } of failures) {
    throw new Error(`${rule} broke`, { cause: error });
  }
  return findings.map((finding) => ({
    ...finding,
    marked: text.slice(finding.span.start, finding.span.end),
  }));
}
