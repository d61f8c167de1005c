import type {
  CancellationToken,
  SemanticTokens,
  SemanticTokensDelta,
  SemanticTokensDeltaParams,
  SemanticTokensEdit,
  SemanticTokensParams,
  SemanticTokensRangeParams,
} from 'vscode-languageserver';
import { tokenDataSteps, toSpan, toTokenData } from './convert';
import type { HandlerContext } from './handlerContext';

/** So many answers are kept, to send only what changed; who asks for the change of another is given all. */
const KEPT = 8;

/** The numbers of an answer, in little space: of a large document there are a hundred thousand. */
interface Answer {
  readonly id: string;
  readonly data: Uint32Array;
}

/** Answers for colours: for all of a document, for what is in sight, and for what changed since the last answer. */
export function registerTokens({ connection, documents, guard, service }: HandlerContext): void {
  const answers = new Map<string, Answer>();
  let ids = 0;
  documents.onDidClose((uri) => answers.delete(uri));

  const tokensOf = async (uri: string, token: CancellationToken): Promise<Uint32Array | undefined> => {
    const found = await documents.workOut(
      uri,
      function* ({ text, policy }) {
        return yield* tokenDataSteps(text, yield* service().semanticTokenSteps(policy));
      },
      token,
    );
    return found?.value;
  };
  const keep = (uri: string, data: Uint32Array): string => {
    ids += 1;
    const id = String(ids);
    answers.delete(uri);
    answers.set(uri, { id, data });
    for (const oldest of answers.keys()) {
      if (answers.size <= KEPT) {
        break;
      }
      answers.delete(oldest);
    }
    return id;
  };

  connection.languages.semanticTokens.on(
    guard.request(
      'textDocument/semanticTokens/full',
      { data: [] },
      async ({ textDocument: { uri } }: SemanticTokensParams, token): Promise<SemanticTokens> => {
        const data = await tokensOf(uri, token);
        return data === undefined ? { data: [] } : { resultId: keep(uri, data), data: [...data] };
      },
    ),
  );

  connection.languages.semanticTokens.onDelta(
    guard.request(
      'textDocument/semanticTokens/full/delta',
      { data: [] },
      async (
        { textDocument: { uri }, previousResultId }: SemanticTokensDeltaParams,
        token,
      ): Promise<SemanticTokens | SemanticTokensDelta> => {
        const data = await tokensOf(uri, token);
        if (data === undefined) {
          return { data: [] };
        }
        const before = answers.get(uri);
        const resultId = keep(uri, data);
        return before?.id === previousResultId
          ? { resultId, edits: editsBetween(before.data, data) }
          : { resultId, data: [...data] };
      },
    ),
  );

  connection.languages.semanticTokens.onRange(
    guard.request(
      'textDocument/semanticTokens/range',
      { data: [] },
      async ({ textDocument: { uri }, range }: SemanticTokensRangeParams, token): Promise<SemanticTokens> => {
        const snapshot = await documents.snapshot(uri, token);
        if (snapshot === undefined) {
          return { data: [] };
        }
        const { text, policy } = snapshot;
        return { data: [...toTokenData(text, service().semanticTokens(policy, toSpan(text, range)))] };
      },
    ),
  );
}

/** What makes one row of numbers of another: one edit, between what both begin and what both end with. */
export function editsBetween(before: Uint32Array, after: Uint32Array): SemanticTokensEdit[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) {
    start += 1;
  }
  let same = 0;
  while (same < shorter - start && before[before.length - 1 - same] === after[after.length - 1 - same]) {
    same += 1;
  }
  const deleteCount = before.length - start - same;
  const data = [...after.subarray(start, after.length - same)];
  return deleteCount === 0 && data.length === 0 ? [] : [{ start, deleteCount, data }];
}
