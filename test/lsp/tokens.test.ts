import assert from 'node:assert/strict';
import type { SemanticTokens, SemanticTokensDelta } from 'vscode-languageserver';
import { policyOf } from '../bench/documents';
import { type LspClient, startLspClient } from '../support/lspClient';

describe('semantic tokens', () => {
  const uri = 'file:///repo/policy.json';
  let client: LspClient;

  beforeEach(async () => {
    client = await startLspClient();
  });
  afterEach(() => client.stop());

  const ask = <T>(what: string, more: object = {}): Promise<T> =>
    client.connection.sendRequest<T>(`textDocument/semanticTokens/${what}`, {
      textDocument: { uri },
      ...more,
    });

  it('come as a difference that leads to the same tokens', async () => {
    const text = policyOf(40);
    await client.open(uri, text);
    const first = await ask<SemanticTokens>('full');
    let { data, resultId } = first;
    const versions = [
      text.replace('s3:GetObject', 's3:Get*'),
      text.replace('arn:aws:s3:::', 'arn:aws:s3:::${aws:username}'),
      `\n\n${text}`,
      text,
      text,
      '{}',
    ];
    for (const [index, version] of versions.entries()) {
      await client.change(uri, index + 2, [{ text: version }]);
      const answer = await ask<SemanticTokensDelta>('full/delta', { previousResultId: resultId });
      assert.ok(Array.isArray(answer.edits), 'a difference');
      data = answer.edits.reduce(
        (numbers, { start, deleteCount, data: put = [] }) => numbers.toSpliced(start, deleteCount, ...put),
        data,
      );
      resultId = answer.resultId;
      assert.deepEqual(data, (await ask<SemanticTokens>('full')).data);
      ({ resultId } = await ask<SemanticTokens>('full'));
    }
  });

  it('come whole where the difference is asked to an answer that is no longer known', async () => {
    await client.open(uri, policyOf(3));
    const { data } = await ask<SemanticTokens>('full');
    const answer = await ask<SemanticTokens>('full/delta', { previousResultId: 'another' });
    assert.deepEqual(answer.data, data);
  });

  it('of a range are those of the statements in it', async () => {
    const text = policyOf(60);
    await client.open(uri, text);
    const lines = text.split('\n').length;
    const range = { start: { line: 100, character: 0 }, end: { line: 140, character: 0 } };
    const all = absolute((await ask<SemanticTokens>('full')).data);
    const some = absolute((await ask<SemanticTokens>('range', { range })).data);
    const inRange = ({ line }: Token): boolean => line >= 100 && line < 140;
    assert.ok(some.length > 0 && some.length < all.length / 2 && lines > 400);
    assert.deepEqual(some.filter(inRange), all.filter(inRange));
  });
});

interface Token {
  readonly line: number;
  readonly character: number;
  readonly rest: readonly number[];
}

function absolute(data: readonly number[]): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0, line = 0, character = 0; at < data.length; at += 5) {
    const [lines = 0, characters = 0, ...rest] = data.slice(at, at + 5);
    line += lines;
    character = lines === 0 ? character + characters : characters;
    tokens.push({ line, character, rest });
  }
  return tokens;
}
