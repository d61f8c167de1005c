/**
 * A rule's page is its first test. This reads the fenced blocks of a page and holds the rule to them.
 *
 * ```json bad              the policy, with a line of carets under what is wrong
 * ```json fixed            what the block above becomes when its findings are fixed
 * ```json good             a policy that the rule is silent about
 *
 * `jsonc` in place of `json` reads the block as JSON with comments. Options follow the word:
 *
 *   policy-type=identity                        what the policy is taken for, instead of guessing from its content
 *   resource-type=AWS::ApiGateway::RestApi      what a resource policy is attached to
 *   fix=2  or  fix="Remove the statement"       on a fixed block: which of several fixes; the first otherwise
 *   ellipsis=10000                              how many letters `…` stands for, in policies too long to be shown
 *
 * A rule that needs to know other files of the workspace is shown them in front of the policies:
 *
 * ```yaml workspace        an OpenAPI document, a template, … (`json` likewise), for the blocks up to the next such
 *
 *   file=template.yaml                          what the file is called; openapi.yaml otherwise
 *
 * A fixed block shows the result of that fix on every finding that offers it, one after the other.
 *
 * A line of carets stands under the line it marks: spaces, carets, the rule, the message.
 *
 *     "Efect": "Allow",
 *     ^^^^^^^ element-unknown: Efect is not an element of a statement.
 *
 * Columns are UTF-16 units, and a tab is one. A finding without width is a `|` before the place it stands at.
 * Several findings of one line follow each other in order of their span. `UPDATE=1` writes the carets and the fixed
 * blocks of a page anew; what comes out wants reading.
 *
 * Every block is run a second time with CRLF, and a third time as a policy inside a JSON string. Further cases stand
 * in `test/rules/<group>/<id>.md` in the same form.
 */

import assert from 'node:assert/strict';
import { type DocumentInput, openDocument, type PolicyDocument } from '../../server/src/core/document';
import type { IamData } from '../../server/src/core/iamData/iamData';
import type { WorkspaceKnowledge } from '../../server/src/core/knowledge/knowledge';
import { joinKnowledge, readKnowledge } from '../../server/src/core/knowledge/read';
import { type Finding, undated } from '../../server/src/core/lint/finding';
import { lint } from '../../server/src/core/lint/lint';
import {
  type AnyRule,
  type Edit,
  type Fix,
  listening,
  type Report,
  type Rule,
} from '../../server/src/core/lint/rule';
import { isPolicyType, type PolicyType } from '../../server/src/core/locate/policyType';

export interface PageCase {
  readonly name: string;
  /** Throws an assertion error with what is wrong. */
  readonly run: () => void;
}

/** The cases of a page, to be run one by one. `pages` are the rule's own page and its further cases, if any. */
export function pageCases(rule: AnyRule, pages: readonly string[], iamData: IamData): readonly PageCase[] {
  const blocks = pages.flatMap(readBlocks);
  return [
    { name: 'shows something bad and something good', run: () => checkCompleteness(rule, blocks) },
    {
      name: 'is fixable as it says',
      run: () => checkFixable(rule, blocks, iamData),
    },
    ...blocks.map((block) => ({
      name: `line ${block.line}: ${block.kind}`,
      run: () => checkBlock(rule, block, iamData),
    })),
  ];
}

/** The page with its carets and fixed blocks as the rule has it now. */
export function updatedPage(rule: AnyRule, page: string, iamData: IamData): string {
  const lines = page.split('\n');
  for (const block of readBlocks(page).toReversed()) {
    const body =
      block.kind === 'bad'
        ? render(block.text, findingsOf(rule, block, block.text, iamData))
        : block.kind === 'fixed' && block.of !== undefined
          ? fixed(rule, block, block.of, block.of.text, iamData)
          : block.body;
    lines.splice(block.line, block.length, ...body.split('\n'));
  }
  return lines.join('\n');
}

/** The policies of a page, without lines of carets. */
export function examplePolicies(page: string): readonly DocumentInput[] {
  return readBlocks(page).map((block) => inputOf(block, block.text));
}

/** The bad policies of a page, without their lines of carets, for tests that ask something else of them. */
export function badPolicies(page: string): readonly DocumentInput[] {
  return readBlocks(page)
    .filter((block) => block.kind === 'bad')
    .map((block) => inputOf(block, block.text));
}

interface Block {
  readonly kind: 'bad' | 'fixed' | 'good';
  readonly language: 'json' | 'jsonc';
  /** The line of the opening fence, from 1. */
  readonly line: number;
  /** How many lines stand between the fences. */
  readonly length: number;
  /** As it stands in the page. */
  readonly body: string;
  /** Without the lines of carets. */
  readonly text: string;
  readonly policyType: PolicyType | undefined;
  readonly resourceType: string | undefined;
  readonly fix: string | undefined;
  readonly ellipsis: number | undefined;
  /** The bad block that a fixed block belongs to. */
  readonly of: Block | undefined;
  /** Absent where no file of the workspace is shown. */
  readonly knowledge: WorkspaceKnowledge | undefined;
}

const FENCE = /^```(\w+)(?: +(\w+)((?: +[\w-]+=(?:"[^"]*"|[^\s"]+))*) *)?$/;
const OPTION = /([\w-]+)=(?:"([^"]*)"|(\S+))/g;
const CARETS = /^ *(?:\^+|\|) [a-z0-9-]+: /;

function readBlocks(page: string): readonly Block[] {
  const lines = page.split('\n');
  const blocks: Block[] = [];
  let bad: Block | undefined;
  let workspace: readonly (readonly [uri: string, text: string])[] = [];
  let isWorkspaceWhole = false;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (!line.startsWith('```')) {
      continue;
    }
    const end = lines.indexOf('```', at + 1);
    assert.ok(end > at, `Line ${at + 1}: the block is not closed.`);
    const body = lines.slice(at + 1, end);
    const [, language, kind, options = ''] = FENCE.exec(line) ?? [];
    if (kind === 'workspace') {
      const { file = 'openapi.yaml' } = readOptions(options, at + 1);
      workspace = [...(isWorkspaceWhole ? [] : workspace), [`file:///${file}`, body.join('\n')]];
      isWorkspaceWhole = false;
    } else if (language === 'json' || language === 'jsonc' || language === undefined) {
      assert.ok(
        (language === 'json' || language === 'jsonc') &&
          (kind === 'bad' || kind === 'fixed' || kind === 'good'),
        `Line ${at + 1}: a JSON block says bad, fixed or good, so that it is tested.`,
      );
      const block: Block = {
        kind,
        language,
        line: at + 1,
        length: body.length,
        body: body.join('\n'),
        text: body.filter((text) => !CARETS.test(text)).join('\n'),
        ...readOptions(options, at + 1),
        of: kind === 'fixed' ? bad : undefined,
        knowledge:
          workspace.length === 0
            ? undefined
            : joinKnowledge(workspace.map(([uri, text]) => [uri, readKnowledge(uri, text)])),
      };
      isWorkspaceWhole = true;
      bad = kind === 'bad' ? block : kind === 'good' ? undefined : bad;
      blocks.push(block);
    }
    at = end;
  }
  return blocks;
}

function readOptions(
  text: string,
  line: number,
): Pick<Block, 'policyType' | 'resourceType' | 'fix' | 'ellipsis'> & { readonly file: string | undefined } {
  const options = new Map(
    [...text.matchAll(OPTION)].map(([, name = '', quoted, bare]) => [name, quoted ?? bare]),
  );
  const policyType = options.get('policy-type');
  for (const name of options.keys()) {
    assert.ok(
      ['policy-type', 'resource-type', 'fix', 'ellipsis', 'file'].includes(name),
      `Line ${line}: no option ${name}.`,
    );
  }
  assert.ok(
    policyType === undefined || isPolicyType(policyType),
    `Line ${line}: no policy type ${policyType}.`,
  );
  const ellipsis = options.get('ellipsis');
  return {
    policyType,
    resourceType: options.get('resource-type'),
    fix: options.get('fix'),
    ellipsis: ellipsis === undefined ? undefined : Number(ellipsis),
    file: options.get('file'),
  };
}

function checkCompleteness(rule: AnyRule, blocks: readonly Block[]): void {
  for (const kind of ['bad', 'good'] as const) {
    assert.ok(
      blocks.some((block) => block.kind === kind),
      `The page has no ${kind} block.`,
    );
  }
  assert.ok(
    rule.meta.fixable === undefined || blocks.some((block) => block.kind === 'fixed'),
    'The rule is fixable and its page shows no fixed block.',
  );
}

function checkFixable(rule: AnyRule, blocks: readonly Block[], iamData: IamData): void {
  const offered = blocks
    .filter((block) => block.kind === 'bad')
    .flatMap((block) => findingsOf(rule, block, block.text, iamData))
    .flatMap((finding) => finding.fixes.map((fix) => fix.kind));
  const best = offered.includes('safe') ? 'safe' : offered.includes('suggestion') ? 'suggestion' : undefined;
  assert.equal(best, rule.meta.fixable, 'meta.fixable is not what the bad blocks are offered.');
}

function checkBlock(rule: AnyRule, block: Block, iamData: IamData): void {
  const findings = findingsOf(rule, block, block.text, iamData);
  const crlf = block.text.replaceAll('\n', '\r\n');
  switch (block.kind) {
    case 'bad':
      assert.notEqual(findings.length, 0, 'The rule finds nothing here.');
      assert.equal(render(block.text, findings), block.body);
      assert.equal(render(block.text, findingsOf(rule, block, crlf, iamData), crlf), block.body, 'with CRLF');
      checkEachFix(rule, block, findings, iamData);
      checkInsideString(rule, block, findings, iamData);
      return;
    case 'good':
      assert.equal(render(block.text, findings), block.body);
      assert.equal(findingsOf(rule, block, crlf, iamData).length, 0, 'with CRLF');
      checkInsideString(rule, block, findings, iamData);
      return;
    case 'fixed': {
      const { of } = block;
      assert.ok(of !== undefined, 'A fixed block follows a bad block.');
      assert.equal(fixed(rule, block, of, of.text, iamData), block.body);
      assert.equal(
        fixed(rule, block, of, of.text.replaceAll('\n', '\r\n'), iamData),
        block.body.replaceAll('\n', '\r\n'),
        'with CRLF',
      );
      assert.equal(findingsOf(rule, of, block.body, iamData).length, 0, 'The rule still finds something.');
    }
  }
}

/** Whatever a finding offers must parse, change something and be the end of the finding. */
function checkEachFix(rule: AnyRule, block: Block, findings: readonly Finding[], iamData: IamData): void {
  for (const finding of findings) {
    const titles = finding.fixes.map((fix) => fix.title);
    assert.equal(new Set(titles).size, titles.length, `Two fixes have one title: ${titles.join(', ')}`);
    for (const fix of finding.fixes) {
      assert.doesNotMatch(fix.title, /\.$|\n|^$/, `A title without a full stop: ${fix.title}`);
      assert.notEqual(
        finding.fixes[0]?.kind === 'suggestion' && fix.kind === 'safe',
        true,
        'Safe fixes first.',
      );
      applyFix(rule, block, block.text, findings.length, fix, iamData);
    }
  }
}

/** A policy may stand in a string of a JSON document: then every edit must be escaped once more. */
function checkInsideString(
  rule: AnyRule,
  block: Block,
  findings: readonly Finding[],
  iamData: IamData,
): void {
  const text = JSON.stringify({ document: block.text });
  const { policies, caches } = open(block, block.text);
  const count = policies.length;
  // A template stands in no string.
  if (caches !== undefined) {
    return;
  }
  if (block.language === 'jsonc' || open(block, text).policies.length !== count) {
    return;
  }
  const nested = findingsOf(rule, block, text, iamData);
  const messages = (list: readonly Finding[]) => list.map((finding) => finding.message);
  assert.deepEqual(messages(nested), messages(findings), 'inside a string');
  for (const [index, finding] of nested.entries()) {
    for (const fix of finding.fixes) {
      const inner = findings[index]?.fixes.find((candidate) => candidate.title === fix.title);
      assert.ok(inner !== undefined, `The fix "${fix.title}" is offered inside a string only.`);
      const result = applyFix(rule, block, text, nested.length, fix, iamData);
      const { document } = JSON.parse(result) as { document: string };
      assert.equal(document, applyEdits(block.text, inner.edits()), `"${fix.title}" inside a string`);
    }
  }
}

/** A text after the block's fix has been applied to every finding that offers it. */
function fixed(rule: AnyRule, block: Block, of: Block, text: string, iamData: IamData): string {
  let current = text;
  for (let rounds = 0; rounds < 100; rounds += 1) {
    const findings = findingsOf(rule, of, current, iamData);
    const fix = findings.map((finding) => chosenFix(finding, block.fix)).find((found) => found !== undefined);
    if (fix === undefined) {
      assert.notEqual(rounds, 0, `No finding offers the fix ${block.fix ?? 1}.`);
      return current;
    }
    current = applyFix(rule, of, current, findings.length, fix, iamData);
  }
  assert.fail('The fixes never come to an end.');
}

function chosenFix(finding: Finding, wanted = '1'): Fix | undefined {
  return /^\d+$/.test(wanted)
    ? finding.fixes[Number(wanted) - 1]
    : finding.fixes.find((fix) => fix.title === wanted);
}

function applyFix(
  rule: AnyRule,
  block: Block,
  text: string,
  findings: number,
  fix: Fix,
  iamData: IamData,
): string {
  const result = applyEdits(text, fix.edits());
  assert.notEqual(result, text, `"${fix.title}" changes nothing.`);
  const faultsBefore = open(block, text).tree.faults.length;
  const faultsAfter = open(block, result).tree.faults;
  assert.ok(
    faultsAfter.length <= faultsBefore,
    `"${fix.title}" does not parse (${faultsAfter[0]?.code}):\n${result}`,
  );
  assert.ok(
    findingsOf(rule, block, result, iamData).length < findings,
    `"${fix.title}" leaves the finding:\n${result}`,
  );
  return result;
}

/** The text after the edits. They may stand in any order, and must not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let result = '';
  let at = 0;
  for (const { span, text: inserted } of ordered) {
    assert.ok(
      span.start >= at && span.end >= span.start && span.end <= text.length,
      'The edits overlap or leave the text.',
    );
    result += text.slice(at, span.start) + inserted;
    at = span.end;
  }
  return result + text.slice(at);
}

/** The findings of the rule alone, after a look at whether each is well formed. */
function findingsOf(rule: AnyRule, block: Block, text: string, iamData: IamData): readonly Finding[] {
  const document = open(block, text);
  assert.ok(
    document.policies.length > 0 || document.caches !== undefined,
    'The block holds no policy and no settings of a cache.',
  );
  deepFreeze(document.policies);
  const { findings, failures } = lint({
    policies: document.policies,
    caches: document.caches,
    rules: [watched(rule)],
    settings: [{ rule: rule.meta.id, severity: 'default' }],
    iamData,
    knowledge: block.knowledge,
    text: document.text,
  });
  if (failures[0] !== undefined) {
    throw failures[0].error;
  }
  const seen = new Set<string>();
  for (const { span, message, path } of findings) {
    assert.doesNotMatch(text.slice(span.start, span.end), /[\r\n]/, 'A span crosses a line break.');
    assert.doesNotMatch(message, /[\r\n]/, 'A message crosses a line break.');
    const identity = JSON.stringify([span, message, path]);
    assert.ok(!seen.has(identity), `Two findings are the same: ${message}`);
    seen.add(identity);
  }
  // The pages stay as they are when the service reference is renewed.
  return findings.map((finding) => ({
    ...finding,
    message: undated(finding.message),
    ...(finding.also === undefined
      ? {}
      : { also: finding.also.map((place) => ({ ...place, message: undated(place.message) })) }),
  }));
}

function open(block: Block, text: string): PolicyDocument {
  return openDocument(inputOf(block, text));
}

function inputOf(block: Block, text: string): DocumentInput {
  const { language, policyType, resourceType } = block;
  return { text: lengthened(text, block), language, override: { policyType, resourceType } };
}

/** The places in front of the ellipsis, where such findings sit, stay where they are. */
function lengthened(text: string, { ellipsis }: Block): string {
  return ellipsis === undefined ? text : text.replace('…', 'x'.repeat(ellipsis));
}

/** The rule, with an eye on whether every placeholder of a message gets its data. */
function watched(rule: AnyRule): AnyRule {
  const { meta, create } = rule as Rule;
  const messages = new Map(Object.entries(meta.messages));
  const check = ({ message, data = {} }: Report<string>): void => {
    const template = messages.get(message);
    assert.ok(template !== undefined, `meta.messages has no ${message}.`);
    for (const [, name = ''] of template.matchAll(/\{(\w+)\}/g)) {
      const isGiven = name === 'referenceDay' || Object.hasOwn(data, name);
      assert.ok(isGiven, `The message ${message} is not given its {${name}}.`);
    }
  };
  const watching: Rule = {
    meta,
    create: (context) =>
      create(
        listening(context, (report) => {
          check(report);
          context.report(report);
        }),
      ),
  };
  return watching as AnyRule;
}

function render(text: string, findings: readonly Finding[], linted = text): string {
  const pending = [...findings];
  const rendered: string[] = [];
  let start = 0;
  for (const line of linted.split('\n')) {
    rendered.push(line.replace(/\r$/, ''));
    const end = start + line.length;
    while (pending[0] !== undefined && pending[0].span.start <= end) {
      const { span, rule, message } = pending[0];
      const marks = span.end > span.start ? '^'.repeat(span.end - span.start) : '|';
      rendered.push(`${' '.repeat(span.start - start)}${marks} ${rule}: ${message}`);
      pending.shift();
    }
    start = end + 1;
  }
  return rendered.join('\n');
}

/** A rule that writes to the model throws then. The tree points upwards too, so what was seen is remembered. */
function deepFreeze(value: unknown): void {
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const current = pending.pop();
    if (typeof current === 'object' && current !== null && !Object.isFrozen(current)) {
      Object.freeze(current);
      pending.push(...Object.values(current), ...workedOutBy(current));
    }
  }
}

/** What an object's getters give: parts of the model are made when they are asked for. */
function workedOutBy(object: object): readonly unknown[] {
  const values: unknown[] = [];
  let prototype: unknown = Object.getPrototypeOf(object);
  while (typeof prototype === 'object' && prototype !== null && prototype !== Object.prototype) {
    for (const { get } of Object.values(Object.getOwnPropertyDescriptors(prototype))) {
      if (get !== undefined) {
        values.push(get.call(object));
      }
    }
    prototype = Object.getPrototypeOf(prototype);
  }
  return values;
}
