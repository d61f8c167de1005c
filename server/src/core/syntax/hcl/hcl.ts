import { atOnce, type Steps } from '../../steps';
import type { SourceText, SyntaxTree } from '../nodes';
import { documentSource } from '../stringSpans';
import { bodyNode } from './hclBlocks';
import { parseHclBodySteps } from './hclParser';
import type { HclContext } from './hclStrings';
import { withHoles } from './hclTemplates';

/**
 * Parses HCL, the language of Terraform and OpenTofu, into the syntax port. Never throws; what is half-typed keeps what
 * stands before and after it.
 *
 * No faults are reported: what is wrong with the HCL itself is for the tools that the file is for, and for the editor's own
 * support of the language, which would say it a second time.
 */
export function parseHcl(text: string): SyntaxTree {
  return atOnce(parseHclSteps(text));
}

/** The same in parts. */
export function parseHclSteps(text: string): Steps<SyntaxTree> {
  return parseSteps(documentSource(text, 'hcl'), {});
}

/** As `parseHcl`, for a text that stands inside a document: every span is the document's. */
export function parseHclSource(given: SourceText, options: Options = {}): SyntaxTree {
  return atOnce(parseSteps(given, options));
}

type Options = Pick<HclContext, 'keepsUnknown'>;

function* parseSteps(given: SourceText, options: Options): Steps<SyntaxTree> {
  const body = yield* parseHclBodySteps(given.text);
  const source = withHoles({
    ...given,
    unreportedFaults: () => body.faults.map((index) => given.offsetAt(index)),
  });
  const root = bodyNode({ source, ...options }, body, undefined);
  return { root, source, faults: [] };
}
