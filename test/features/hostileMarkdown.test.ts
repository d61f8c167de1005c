import assert from 'node:assert/strict';
import type { HoverWorkspace, InlayHintKind, LanguageService } from '../../server/src/core/index';
import { documentsWith, workspaceWith } from '../support/hostileDocuments';
import { limit } from '../support/patience';
import { languageService, openJson } from '../support/policies';
import { assertHarmless, HOSTILE } from '../support/rendered';
import { step } from '../support/thorough';

const HINTS: ReadonlySet<InlayHintKind> = new Set(['actions', 'region']);

const STEP = step(7, 32);

/** Everything that the language service says in Markdown about a document. */
function* markdownOf(service: LanguageService, text: string, workspace: HoverWorkspace): Generator<string> {
  const document = openJson(service, text);
  // Every word of a document is pointed at, in one document or another at each of its letters.
  for (let offset = text.length % STEP; offset <= text.length; offset += STEP) {
    yield service.hover(document, offset, workspace)?.contents ?? '';
  }
  for (const { index } of text.matchAll(/"[^"]*(?=@connections|\[x\]|<|evil|`)/g)) {
    const explanation = service.explainArnAt(document, index + 1);
    yield explanation === undefined ? '' : service.arnReport(explanation);
  }
  for (const hint of service.inlayHints(document, { start: 0, end: text.length }, HINTS)) {
    yield service.actionPatternText(hint.text) ?? '';
  }
  if (text.length % STEP === 0) {
    for (const change of service.statementChanges(openJson(service, '{}'), document)) {
      yield service.changeText(change);
    }
  }
}

function* completionMarkdownOf(
  service: LanguageService,
  text: string,
  workspace: HoverWorkspace,
): Generator<string> {
  const document = openJson(service, text);
  for (const { index } of text.matchAll(/["/:]/g)) {
    const { knowledge } = workspace;
    for (const offset of [index, index + 1]) {
      const { items } = service.completions(document, offset, { snippets: 'supported', knowledge });
      for (const key of new Set(items.map((item) => item.documentation))) {
        yield key === undefined ? '' : (service.completionDocumentation(key) ?? '');
      }
    }
  }
}

describe('hostile texts in what is rendered as Markdown', function () {
  this.timeout(limit(300_000));

  it('are neither pictures, nor links, nor HTML in hovers, hints and reports', () => {
    const service = languageService();
    const seen = new Set<string>();
    for (const [index, text] of HOSTILE.entries()) {
      const workspace = workspaceWith(text);
      // Other documents for each text.
      for (const document of documentsWith(text).filter((_, at) => (at + index) % step(1, 2) === 0)) {
        for (const markdown of markdownOf(service, document, workspace)) {
          if (!seen.has(markdown)) {
            seen.add(markdown);
            assertHarmless(markdown, document);
          }
        }
      }
    }
    assert.ok(seen.size > 600, `only ${seen.size} texts`);
  });

  it('are neither in what is told of a completion', () => {
    const service = languageService();
    const seen = new Set<string>();
    for (const [index, text] of HOSTILE.filter((_, at) => at % step(9, 4) === 0).entries()) {
      const workspace = workspaceWith(text);
      for (const document of documentsWith(text).filter((_, at) => (at + index) % step(1) === 0)) {
        for (const markdown of completionMarkdownOf(service, document, workspace)) {
          if (!seen.has(markdown)) {
            seen.add(markdown);
            assertHarmless(markdown, document);
          }
        }
      }
    }
    assert.ok(seen.size > 50, `only ${seen.size} texts`);
  });

  it('are neither in the report of an ARN that somebody pastes', () => {
    const service = languageService();
    for (const text of HOSTILE) {
      for (const arn of [text, `arn:aws:s3:::${text}`, `arn:aws:execute-api:eu-west-1:1:${text}`]) {
        assertHarmless(service.arnReport(service.explainArn(arn)), arn);
      }
    }
  });

  it('are neither in documentation whose key somebody makes up', () => {
    const service = languageService();
    for (const text of HOSTILE) {
      for (const kind of [
        'action',
        'effect',
        'element',
        'key',
        'level s3',
        'operator',
        'service',
        'version',
      ]) {
        assertHarmless(service.completionDocumentation(`${kind} ${text}`) ?? '', kind);
      }
    }
  });
});
