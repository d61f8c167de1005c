import {
  type CodeActionClientCapabilities,
  CodeActionKind,
  type CodeActionParams,
  type CodeAction as LspCodeAction,
} from 'vscode-languageserver';
import type { CodeAction, Edit, Span } from '../core/index';
import { TakenSpans, touches } from '../core/index';
import type { EditTime } from './clientAbilities';
import { toCodeAction, toDiagnostic, toSpan, toWorkspaceEdit } from './convert';
import type { Snapshot } from './documents';
import { failureLine } from './guard';
import type { HandlerContext } from './handlerContext';
import { lensCommand } from './lensCommand';
import { ruleActions } from './ruleActions';

/** Applies the first safe fix of every finding in one step; on save when the user configures it. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.iamPolicy`;

/** Sorts the actions and resources of all statements; on save when the user configures it. */
export const SORT = `${CodeActionKind.Source}.sort.iamPolicy`;

/** The file stays as it is; our own client opens another one. */
const OPEN_AS_TERRAFORM = `${CodeActionKind.Refactor}.iamPolicy.openAsTerraform`;

/** When a client wants the edit of a code action: with the list, or when the action is chosen. */
export function editTime({ resolveSupport, dataSupport }: CodeActionClientCapabilities = {}): EditTime {
  return dataSupport === true && resolveSupport?.properties.includes('edit') === true
    ? 'when-chosen'
    : 'when-listed';
}

/** Where an offer came from. From the same version of a document the same offers come again, in the same order. */
interface Origin {
  readonly uri: string;
  readonly version: number;
  readonly span: Span;
  readonly only?: readonly string[] | undefined;
  readonly index: number;
}

/** Registers what the light bulb and the source actions offer. */
export function registerCodeActions(context: HandlerContext): void {
  const { connection, documents, guard } = context;

  connection.onCodeAction(
    guard.request(
      'textDocument/codeAction',
      [],
      async (params: CodeActionParams, token): Promise<LspCodeAction[]> => {
        const snapshot = await documents.checked(params.textDocument.uri, token);
        return snapshot === undefined ? [] : codeActionsOf(context, snapshot, params);
      },
    ),
  );

  // Where that fails, the action stays as it is, without an edit.
  connection.onCodeActionResolve((action, token) =>
    guard.request('codeAction/resolve', action, () => withEdit(context, action))(action, token),
  );
}

async function codeActionsOf(
  context: HandlerContext,
  snapshot: Snapshot,
  params: CodeActionParams,
): Promise<LspCodeAction[]> {
  const { text, policy } = snapshot;
  const span = toSpan(text, params.range);
  const { only } = params.context;
  const origin = { uri: text.uri, version: text.version, span, only };
  const offers = await offersOf(context, snapshot, origin);
  const actions = offers.flatMap((action, index) =>
    convertAction(context, snapshot, action, { ...origin, index }),
  );
  if (isWanted(only, CodeActionKind.QuickFix)) {
    actions.push(...(await ruleActions(context, snapshot, span)));
  }
  // Source actions are for those who ask for them by name; the light bulb would show them at every cursor.
  if (only !== undefined && isWanted(only, FIX_ALL)) {
    actions.push(...fixAll(context, snapshot));
  }
  if (only !== undefined && isWanted(only, SORT)) {
    actions.push(
      ...sourceAction(context, snapshot, {
        title: 'Sort the actions and resources of this policy',
        kind: SORT,
        edits: context.service().sortEdits(policy),
      }),
    );
  }
  if (context.client().commands === 'present' && isWanted(only, OPEN_AS_TERRAFORM)) {
    actions.push(...terraformActions(context, snapshot, span, only));
  }
  if (only === undefined && context.client().commands === 'present') {
    for (const offer of context.service().arnOffers(policy, span)) {
      const command = lensCommand(snapshot, offer);
      actions.push({ title: command.title, kind: CodeActionKind.Empty, command });
    }
  }
  return actions;
}

/** In a statement only for those who ask: it is the policy as a whole. */
function terraformActions(
  context: HandlerContext,
  { policy }: Snapshot,
  span: Span,
  only: readonly string[] | undefined,
): LspCodeAction[] {
  const isInStatement = policy.policies.some(({ statements }) =>
    statements.some(({ node }) => touches(node.span, span)),
  );
  return only === undefined && isInStatement
    ? []
    : context
        .service()
        .terraformTexts(policy)
        .map(({ title, text }) => ({
          title,
          kind: OPEN_AS_TERRAFORM,
          command: { title, command: 'iamPolicy.openAsTerraform', arguments: [text] },
        }));
}

function isWanted(only: readonly string[] | undefined, kind: string): boolean {
  return only === undefined || only.some((prefix) => kind === prefix || kind.startsWith(`${prefix}.`));
}

async function offersOf(
  context: HandlerContext,
  snapshot: Snapshot,
  { span, only }: Pick<Origin, 'span' | 'only'>,
): Promise<readonly CodeAction[]> {
  const { policy, lint } = snapshot;
  // Other files are read for those who look at an ARN with something to fill in, and for nobody else.
  const asked = only === undefined ? undefined : (kind: string) => isWanted(only, kind);
  const hasKnowledge = snapshot.settings.features.has('workspaceKnowledge');
  const isToFill = lint.findings.some(
    (finding) => finding.rule.endsWith('placeholder') && touches(finding.span, span),
  );
  return context
    .service()
    .codeActions(
      policy,
      span,
      lint.findings,
      asked,
      isToFill && hasKnowledge ? await context.knowledge.inTime() : undefined,
      hasKnowledge && context.service().asksForModule(policy, span, asked)
        ? await context.moduleTexts(snapshot.text.uri)
        : undefined,
    );
}

function convertAction(
  context: HandlerContext,
  snapshot: Snapshot,
  action: CodeAction,
  origin: Origin,
): LspCodeAction[] {
  const { text } = snapshot;
  const { finding } = action;
  const diagnostics =
    finding === undefined ? [] : [toDiagnostic(text, finding, context.host.rulePage(finding.rule))];
  const converted = toCodeAction(action, diagnostics);
  if (context.client().edits === 'when-chosen') {
    return [{ ...converted, data: origin }];
  }
  try {
    return [{ ...converted, edit: toWorkspaceEdit(text, action.edits(), context.client().editForm) }];
  } catch (error) {
    // One fix that fails must not take the others along.
    context.log(failureLine(`fix of ${finding?.rule ?? action.title}`, text.uri, error));
    return [];
  }
}

async function withEdit(context: HandlerContext, action: LspCodeAction): Promise<LspCodeAction> {
  const origin = action.data as Origin | undefined;
  const snapshot = origin && (await context.documents.checked(origin.uri));
  if (snapshot === undefined || snapshot.text.version !== origin?.version) {
    return action;
  }
  const offers = await offersOf(context, snapshot, origin);
  // Settings and other files may have changed in between, and with them what is offered.
  const offer =
    offers[origin.index]?.title === action.title
      ? offers[origin.index]
      : offers.find(({ title }) => title === action.title);
  return offer === undefined
    ? action
    : { ...action, edit: toWorkspaceEdit(snapshot.text, offer.edits(), context.client().editForm) };
}

function fixAll(context: HandlerContext, snapshot: Snapshot): LspCodeAction[] {
  const { text } = snapshot;
  const edits: Edit[] = [];
  const taken = new TakenSpans();
  for (const { rule, fixes } of snapshot.lint.findings) {
    const fix = fixes.find((candidate) => candidate.kind === 'safe');
    try {
      const next = fix?.edits() ?? [];
      // Of fixes that touch the same text the first wins; the next run sees what it left.
      if (taken.take(next)) {
        edits.push(...next);
      }
    } catch (error) {
      context.log(failureLine(`fix of ${rule}`, text.uri, error));
    }
  }
  const title = 'Fix all that is safe to fix in this policy';
  return sourceAction(context, snapshot, { title, kind: FIX_ALL, edits });
}

function sourceAction(
  context: HandlerContext,
  { text }: Snapshot,
  { title, kind, edits }: { readonly title: string; readonly kind: string; readonly edits: readonly Edit[] },
): LspCodeAction[] {
  return edits.length === 0
    ? []
    : [{ title, kind, edit: toWorkspaceEdit(text, edits, context.client().editForm) }];
}
