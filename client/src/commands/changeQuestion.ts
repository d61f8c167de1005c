import type { ChangeReportParams, ChangeReportResult } from '../../../server/src/protocol/change';

/** The arguments of the command; what is left out is taken from the editor, or asked for. */
export interface ChangeArguments {
  /** The document; that of the active editor when left out. */
  readonly uri?: string;
  readonly against?: ChangeReportParams['against'];
  /** Of a statement whose changes come first. */
  readonly position?: NonNullable<ChangeReportParams['position']>;
}

/**
 * The arguments of the command that make sense. They come from whoever runs it: a keybinding passes what its user
 * wrote, a menu a resource, another extension anything.
 */
export function changeArguments(args: unknown): ChangeArguments {
  if (typeof args !== 'object' || args === null) {
    return {};
  }
  const {
    uri,
    against,
    position,
  }: { readonly uri?: unknown; readonly against?: unknown; readonly position?: unknown } = args;
  return {
    ...(typeof uri === 'string' && { uri }),
    ...((against === 'commit' || against === 'saved') && { against }),
    ...(isPosition(position) && { position: { line: position.line, character: position.character } }),
  };
}

function isPosition(value: unknown): value is { readonly line: number; readonly character: number } {
  const { line, character } = (value ?? {}) as { readonly line?: unknown; readonly character?: unknown };
  return isCount(line) && isCount(character);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** What the user is shown: the report, why there is none, or that there is no policy to ask about. */
export type ChangeAnswer =
  | { readonly kind: 'report'; readonly report: string }
  | { readonly kind: 'problem'; readonly problem: string }
  | { readonly kind: 'noPolicy' };

/** What to show for a result of the server: the report, its problem, or that there is no policy. */
export function changeAnswer({ report, problem }: ChangeReportResult): ChangeAnswer {
  if (report !== undefined) {
    return { kind: 'report', report };
  }
  return problem === undefined ? { kind: 'noPolicy' } : { kind: 'problem', problem };
}
