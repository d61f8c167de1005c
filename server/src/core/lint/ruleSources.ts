import type { RuleMeta } from './ruleMeta';
import { type Source, sources } from './sources';

/** How the check reference names the categories in its anchors. */
const ANCHORS: Readonly<Record<RuleMeta['category'], string>> = {
  error: 'error',
  security: 'security-warning',
  warning: 'general-warning',
  suggestion: 'suggestion',
};

/**
 * The section of the check reference on one check. Its anchor follows from the category and the issue code, as in the
 * `learnMoreLink` of ValidatePolicy's findings.
 */
export function checkUrl(category: RuleMeta['category'], code: string): string {
  const page = 'access-analyzer-reference-policy-checks';
  return `https://docs.aws.amazon.com/IAM/latest/UserGuide/${page}.html#${page}-${ANCHORS[category]}-${code.toLowerCase().replaceAll('_', '-')}`;
}

/** The documents that a rule is based on, first the check that it repeats. Every rule has at least one. */
export function sourcesOf(meta: RuleMeta): readonly Source[] {
  const { category, withdrawn } = meta;
  const checks = withdrawn
    ? []
    : codesOf(meta).map((code) => ({
        title: 'Access Analyzer policy check reference',
        url: checkUrl(category, code),
      }));
  return [...checks, ...(meta.sources ?? []).map((name) => sources[name])];
}

/** The issue codes of Access Analyzer's checks that a rule repeats, each once. */
export function codesOf({
  accessAnalyzer,
  codes,
}: Pick<RuleMeta, 'accessAnalyzer' | 'codes'>): readonly string[] {
  const ofMessages = Object.values(codes ?? {}).filter((code) => code !== undefined);
  return [...new Set([...(accessAnalyzer === undefined ? [] : [accessAnalyzer]), ...ofMessages])];
}
