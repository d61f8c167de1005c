import { CodeActionKind, type CodeAction as LspCodeAction, type WorkspaceEdit } from 'vscode-languageserver';
import { type Edit, type Finding, type Span, statementFinder, TakenSpans, touches } from '../core/index';
import type { RuleEdit, RuleSeverityParams, SuppressionParams, SuppressionTarget } from '../protocol/rules';
import { isConfigFile, relativePath } from './configs';
import { toDiagnostic, toFileCreation, toWorkspaceEdit, UNOPENED } from './convert';
import type { Snapshot } from './documents';
import { failureLine } from './guard';
import type { HandlerContext } from './handlerContext';
import { TextVersion } from './textVersion';

/**
 * Commands of our own client; other clients get the edit alone. No offer has both: VS Code forgets the command of an offer
 * when it looks for new ones while the edit is still being written.
 */
const SUPPRESS = 'iamPolicy.suppress';
const TURN_OFF = 'iamPolicy.turnRuleOff';
const SET_SEVERITY = 'iamPolicy.setRuleSeverity';
const OPEN_PAGE = 'iamPolicy.openRulePage';

/** A configuration file as it is, or the place of the one that is to be made. */
interface ConfigPlace {
  readonly uri: string;
  readonly text: string | undefined;
}

/**
 * What every finding at a span offers beside its own fixes: fix all of its rule, suppress it, turn its rule off or
 * change its severity, and read its page.
 */
export async function ruleActions(
  context: HandlerContext,
  snapshot: Snapshot,
  span: Span,
): Promise<LspCodeAction[]> {
  const { text, lint } = snapshot;
  const findings = lint.findings.filter((finding) => touches(finding.span, span));
  if (findings.length === 0 || isConfigFile(text.uri)) {
    return [];
  }
  const place = await placeFor(context, text.uri);
  const byRule = new Map(findings.toReversed().map((finding) => [finding.rule, finding]));
  const rules = [...byRule.values()].toReversed();
  return [
    ...rules.flatMap((finding) => fixAllOfRule(context, snapshot, finding)),
    ...commentActions(context, snapshot, findings),
    ...(place === undefined ? [] : suppressActions(context, snapshot, findings, place)),
    ...rules.flatMap((finding) => [
      ...(place === undefined ? [] : turnOff(context, snapshot, finding, place)),
      ...commandsOf(context, snapshot, finding),
    ]),
  ];
}

async function placeFor(context: HandlerContext, uri: string): Promise<ConfigPlace | undefined> {
  const place = await context.configs.placeFor(uri);
  return place?.text === undefined && context.client().fileCreation === 'absent' ? undefined : place;
}

/** The safe fixes of a rule; where it has none, the first of each finding, since somebody asks for just these. */
function fixAllOfRule(context: HandlerContext, snapshot: Snapshot, finding: Finding): LspCodeAction[] {
  const { text, lint } = snapshot;
  const all = lint.findings.filter(({ rule }) => rule === finding.rule);
  const first = finding.fixes[0];
  if (all.length < 2 || first === undefined || first.title.includes('*')) {
    return [];
  }
  const edits: Edit[] = [];
  const taken = new TakenSpans();
  let fixed = 0;
  for (const { fixes } of all) {
    const fix = fixes.find(({ kind }) => kind === 'safe') ?? fixes[0];
    try {
      const next = fix === undefined || fix.title.includes('*') ? [] : fix.edits();
      if (next.length > 0 && taken.take(next)) {
        edits.push(...next);
        fixed += 1;
      }
    } catch (error) {
      context.log(failureLine(`fix of ${finding.rule}`, text.uri, error));
    }
  }
  return fixed < 2
    ? []
    : [
        {
          ...offerOf(context, snapshot, finding, `Fix all ${fixed} of ${finding.rule} in this document`),
          edit: toWorkspaceEdit(text, edits, context.client().editForm),
        },
      ];
}

function offerOf(
  context: HandlerContext,
  { text }: Snapshot,
  finding: Finding,
  title: string,
): LspCodeAction {
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(text, finding, context.host.rulePage(finding.rule))],
  };
}

/** For each finding the offer to suppress it, in the nearest configuration file or in a new one. */
function suppressActions(
  context: HandlerContext,
  snapshot: Snapshot,
  findings: readonly Finding[],
  place: ConfigPlace,
): readonly LspCodeAction[] {
  const statementOf = statementFinder(snapshot.policy);
  const files = relativePath(place.uri.slice(0, place.uri.lastIndexOf('/')), snapshot.text.uri);
  const offered = new Set<string>();
  return findings.flatMap((finding) => {
    const { rule } = finding;
    const sid = statementOf(finding)?.sid?.value;
    const isOffered = offered.has(`${rule} ${sid}`);
    const edits = isOffered
      ? undefined
      : context.service().suppressionEdits(place.text ?? '', { rule, files, sid });
    if (edits === undefined) {
      return [];
    }
    offered.add(`${rule} ${sid}`);
    const where = sid === undefined ? 'file' : 'statement';
    return [
      {
        ...offerOf(context, snapshot, finding, `Suppress ${rule} for this ${where} in .iam-policy.json…`),
        ...(context.client().ruleCommands === 'present'
          ? suppressLater({ uri: snapshot.text.uri, rule, ...(sid !== undefined && { sid }) })
          : { edit: configEdit(context, place, edits) }),
      },
    ];
  });
}

/** For each finding the offer to suppress it by a comment, in languages that have comments. */
function commentActions(
  context: HandlerContext,
  snapshot: Snapshot,
  findings: readonly Finding[],
): readonly LspCodeAction[] {
  const { text, policy } = snapshot;
  const offered = new Set<string>();
  return findings.flatMap((finding) => {
    const { rule } = finding;
    const edit = context.service().commentEdit(policy, finding);
    if (edit === undefined || offered.has(`${rule} ${edit.span.start}`)) {
      return [];
    }
    offered.add(`${rule} ${edit.span.start}`);
    return [
      {
        ...offerOf(context, snapshot, finding, `Suppress ${rule} here by a comment…`),
        ...(context.client().ruleCommands === 'present'
          ? suppressLater({ uri: text.uri, rule, commentAt: finding.span.start })
          : { edit: toWorkspaceEdit(text, [edit], context.client().editForm) }),
      },
    ];
  });
}

/** Our client asks for the reason first, which nobody but the author knows, and then for the edit. */
function suppressLater(target: SuppressionTarget): Pick<LspCodeAction, 'command'> {
  return { command: { title: '', command: SUPPRESS, arguments: [target] } };
}

function turnOff(
  context: HandlerContext,
  snapshot: Snapshot,
  finding: Finding,
  place: ConfigPlace,
): readonly LspCodeAction[] {
  const { rule } = finding;
  const edits = context.service().severityEdits(place.text ?? '', { rule, severity: 'off' });
  return edits === undefined
    ? []
    : [
        {
          ...offerOf(context, snapshot, finding, `Turn ${rule} off in .iam-policy.json`),
          ...(context.client().ruleCommands === 'present'
            ? { command: { title: '', command: TURN_OFF, arguments: [{ uri: snapshot.text.uri, rule }] } }
            : { edit: configEdit(context, place, edits) }),
        },
      ];
}

function commandsOf(context: HandlerContext, snapshot: Snapshot, finding: Finding): readonly LspCodeAction[] {
  if (context.client().ruleCommands === 'absent') {
    return [];
  }
  const { rule } = finding;
  const uri = snapshot.text.uri;
  return [
    {
      ...offerOf(context, snapshot, finding, `Change the severity of ${rule}…`),
      command: { title: '', command: SET_SEVERITY, arguments: [{ uri, rule }] },
    },
    {
      ...offerOf(context, snapshot, finding, `Open the page of ${rule}`),
      command: { title: '', command: OPEN_PAGE, arguments: [rule] },
    },
  ];
}

/** Answers where a rule's severity is set for a document, with the edit that does it. */
export async function ruleSeverity(
  context: HandlerContext,
  { uri, rule, severity }: RuleSeverityParams,
): Promise<RuleEdit> {
  const place = await placeFor(context, uri);
  const edits = place && context.service().severityEdits(place.text ?? '', { rule, severity });
  return place === undefined || edits === undefined
    ? {}
    : { file: place.uri, edit: configEdit(context, place, edits) };
}

/** Answers where a finding is suppressed, with the edit that does it. */
export async function suppression(
  context: HandlerContext,
  { uri, rule, sid, commentAt, reason }: SuppressionParams,
): Promise<RuleEdit> {
  if (commentAt !== undefined) {
    return suppressionByComment(context, { uri, rule, commentAt, reason });
  }
  const place = await placeFor(context, uri);
  if (place === undefined) {
    return {};
  }
  const files = relativePath(place.uri.slice(0, place.uri.lastIndexOf('/')), uri);
  const edits = context.service().suppressionEdits(place.text ?? '', { rule, files, sid, reason });
  return edits === undefined ? {} : { file: place.uri, edit: configEdit(context, place, edits) };
}

/** For the finding that is nearest to where it was: the document may have been edited while the reason was asked for. */
async function suppressionByComment(
  context: HandlerContext,
  { uri, rule, commentAt, reason }: SuppressionParams & { readonly commentAt: number },
): Promise<RuleEdit> {
  const snapshot = await context.documents.checked(uri);
  const distance = ({ span }: Finding) => Math.abs(span.start - commentAt);
  const [finding] = (snapshot?.lint.findings ?? [])
    .filter((each) => each.rule === rule)
    .sort((a, b) => distance(a) - distance(b));
  if (snapshot === undefined || finding === undefined) {
    return {};
  }
  const edit = context.service().commentEdit(snapshot.policy, finding, reason);
  return edit === undefined
    ? {}
    : { file: uri, edit: toWorkspaceEdit(snapshot.text, [edit], context.client().editForm) };
}

function configEdit(
  context: HandlerContext,
  { uri, text }: ConfigPlace,
  edits: readonly Edit[],
): WorkspaceEdit {
  return text === undefined
    ? toFileCreation(uri, edits.map((edit) => edit.text).join(''))
    : toWorkspaceEdit(
        new TextVersion(uri, 'jsonc', context.documents.version(uri) ?? UNOPENED, text),
        edits,
        context.client().editForm,
      );
}
