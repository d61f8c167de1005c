import type { Finding, RuleMeta, Severity, SuppressedFinding } from '../../core/index';
import type { Lines } from '../lines';
import { fingerprints } from './fingerprint';
import { type FileReport, type RunReport, rangeOf } from './report';

/** What is known of the rules beside their findings. */
export interface RuleBook {
  readonly rules: readonly RuleMeta[];
  /** The severity that a rule has where nobody says otherwise; `undefined` where it is off. */
  readonly severityOf: (rule: RuleMeta) => Severity | undefined;
  /** The documents that a rule is based on. */
  readonly sourcesOf: (rule: RuleMeta) => readonly { readonly url: string }[];
  /** The page of a rule in Markdown, without its head; absent where there is none. */
  readonly pageOf: (rule: string) => string | undefined;
}

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/**
 * The run as a log of the Static Analysis Results Interchange Format (OASIS, SARIF Version 2.1.0): findings with their
 * fixes, those that are suppressed with the reason, and the rules that have any.
 */
export function renderSarif(run: RunReport, book: RuleBook): string {
  const { reports, problems, version, pathOf } = run;
  const found = new Set(reports.flatMap(rulesIn));
  const rules = book.rules.filter(({ id }) => found.has(id));
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const fingerprint = fingerprints(pathOf);
  const results = reports.flatMap((report) => {
    const uri = uriOf(pathOf(report.file));
    const told = new Set<string>();
    const result = (finding: Finding, suppression: SuppressedFinding | undefined) => ({
      ruleId: finding.rule,
      ...(indexes.has(finding.rule) && { ruleIndex: indexes.get(finding.rule) }),
      level: LEVELS[finding.severity],
      message: { text: finding.message },
      locations: [locationOf(uri, report.lines, finding)],
      ...(finding.also !== undefined && {
        relatedLocations: finding.also.map((place, index) => ({
          id: index + 1,
          ...locationOf(uri, report.lines, place),
          message: { text: place.message },
        })),
      }),
      partialFingerprints: { 'iamPolicy/v1': fingerprint(report, finding) },
      ...fixesOf(uri, report.lines, suppression === undefined ? finding : undefined, told),
      suppressions:
        suppression === undefined
          ? []
          : [
              {
                kind: suppression.by === 'comment' ? 'inSource' : 'external',
                status: 'accepted',
                justification: suppression.reason,
              },
            ],
      properties: { category: finding.category, policyType: finding.policyType },
    });
    return [
      ...report.findings.map((finding) => result(finding, undefined)),
      ...report.suppressed.map((suppressed) => result(suppressed.finding, suppressed)),
    ];
  });
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'IAM Policy Tools',
            version,
            rules: rules.map((rule) => descriptorOf(rule, book)),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: problems.length === 0,
            toolExecutionNotifications: problems.map((text) => ({ level: 'error', message: { text } })),
          },
        ],
        results,
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function rulesIn({ findings, suppressed }: FileReport): readonly string[] {
  return [...findings, ...suppressed.map(({ finding }) => finding)].map(({ rule }) => rule);
}

function descriptorOf(rule: RuleMeta, { severityOf, sourcesOf, pageOf }: RuleBook) {
  const severity = severityOf(rule);
  const [source] = sourcesOf(rule);
  const page = pageOf(rule.id);
  const summary = `${rule.summary}.`;
  return {
    id: rule.id,
    shortDescription: { text: summary },
    fullDescription: { text: summary },
    ...(source !== undefined && { helpUri: source.url }),
    help: { text: page ?? summary, ...(page !== undefined && { markdown: page }) },
    defaultConfiguration: severity === undefined ? { enabled: false } : { level: LEVELS[severity] },
    properties: {
      category: rule.category,
      tags: ['iam', rule.category],
      ...(rule.accessAnalyzer !== undefined && { accessAnalyzer: rule.accessAnalyzer }),
    },
  };
}

function locationOf(uri: string, lines: Lines, place: Pick<Finding, 'span' | 'path'>) {
  return {
    physicalLocation: { artifactLocation: { uri }, region: regionOf(lines, place) },
    ...(place.path.length > 0 && {
      logicalLocations: [{ fullyQualifiedName: place.path.join('.'), kind: 'member' }],
    }),
  };
}

function regionOf(lines: Lines, place: Pick<Finding, 'span'>) {
  const { line, column, endLine, endColumn } = rangeOf(lines, place);
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** @param told what other findings of the file have: a fix that mends all of a kind at once stands with the first of them */
function fixesOf(uri: string, lines: Lines, finding: Finding | undefined, told: Set<string>) {
  const fixes = (finding?.fixes ?? []).flatMap(({ title, edits }, index) => {
    const key = `${finding?.rule} ${title}`;
    if (index > 0 && told.has(key)) {
      return [];
    }
    told.add(key);
    const replacements = editsOf(edits).map(({ span, text }) => ({
      deletedRegion: regionOf(lines, { span }),
      ...(text !== '' && { insertedContent: { text } }),
    }));
    return replacements.length === 0
      ? []
      : [
          {
            description: { text: title },
            artifactChanges: [{ artifactLocation: { uri }, replacements }],
          },
        ];
  });
  return fixes.length === 0 ? {} : { fixes };
}

/** A fix that cannot be worked out is left out; the finding stands. */
function editsOf(edits: Finding['fixes'][number]['edits']): ReturnType<typeof edits> {
  try {
    return edits();
  } catch {
    return [];
  }
}

/** RFC 3986: relative to the root of the repository or the working folder, or a file URI. */
function uriOf(path: string): string {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/')
    ? `file://${encoded}`
    : /^[a-z]:\//i.test(path)
      ? `file:///${path.slice(0, 2)}${encoded.slice(encoded.indexOf('/'))}`
      : encoded;
}
