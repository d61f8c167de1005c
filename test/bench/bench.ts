/**
 * What the whole pipeline costs (parse, locate, model, every rule that is on by default) against jsonc-parser's
 * `parseTree` of the same text alone, and how long an edit takes to show: `npm run bench -- [--profile]`.
 *
 * The documents are measured as an editor reads them: before each turn somebody has typed in each, so that no text is
 * ever read twice, while most of its statements were read before. `nothing known` has policies of which no statement
 * and no ARN was ever read.
 *
 * One table from one run. `--check` makes the exit code 1 where a target is missed; `--profile` runs the pipeline over
 * the largest policy for a while and prints nothing, for `node --cpu-prof`. `--yaml` leaves all rows out but those of
 * YAML, `--growth` all but those that tell how the time of each question grows, of an editor and of the command line,
 * `--answers` all but those of answers with a target in milliseconds, `--processes` all but those of whole processes, VS
 * Code among them, `--unread` all but that of policies that nobody has read, `--waiting` all but those of what waits
 * while a long document is opened, and `--memory` all but those of memory. `--json-server FOLDER` says where VS Code's
 * server for JSON lies, an installed npm package `vscode-json-languageserver`, for a row against it. `--document` writes
 * the table to server/docs/performance.md.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTree } from 'jsonc-parser';
import type { DocumentDiagnosticReport } from 'vscode-languageserver/node';
import { Parser } from 'yaml';
import { createLanguageService, type DocumentLanguage } from '../../server/src/core/index';
import { parseHcl } from '../../server/src/core/syntax/hcl/hcl';
import type { SyntaxNode } from '../../server/src/core/syntax/nodes';
import { parseYaml } from '../../server/src/core/syntax/yaml/yaml';
import { iamDataAssets, loadIamData } from '../support/iamData';
import { startLspClient } from '../support/lspClient';
import { repositoryRoot, sharedCorpus } from '../support/repository';
import { activationRows } from './activation';
import { answerCosts } from './answers';
import { moduleOf, policyOf, programOf, statementsFor, templateOf, typist } from './documents';
import { exponentRows, questionRows } from './exponents';
import { firstDiagnosticsRow } from './firstDiagnostics';
import { type Asked, timesOf } from './growth';
import { collectGarbage, median, processorMs, race } from './measure';
import { memoryRows } from './memory';
import { folderRow, startRows, withShippedBundles } from './processes';
import { missedRows, ms, row, us, writePage } from './table';
import { waitingRows } from './waiting';

/** `--quick` is for a look: fewer rounds, and smaller documents where growth is measured. */
const IS_QUICK = process.argv.includes('--quick');
const ROUNDS = IS_QUICK ? 5 : 25;
const LARGE = 2_000;
/** The pipeline may cost as much as this many times the bare parse, in documents from 100 KB on. */
const MOST_RATIO = 2.0;
/** A parse of YAML that makes all nodes and reads all texts, over the concrete syntax that it is made of. */
const MOST_YAML_PARSE = 1.7;
/** In YAML, over such a parse. */
const MOST_YAML_RATIO = 1.5;
/** From a key to the findings in a template of 500 KB. */
const MOST_EDIT_MS = 300;
/** The same where nothing was read before. */
const MOST_FIRST_RATIO = 3.0;
/** From a key to the last answer of what VS Code asks then, with its client's part. */
const MOST_ASKED_MS = 120;
/** A statement of a long policy may cost this many times one of a short policy. */
const MOST_GROWTH = 1.2;

const service = createLanguageService({ iamData: loadIamData() });

function lintAll(text: string, language: DocumentLanguage = 'json'): number {
  const { findings, failures } = service.lint(service.open({ text, language }));
  if (failures[0] !== undefined) {
    throw failures[0].error;
  }
  return findings.length;
}

function pipelineRow(name: string, texts: readonly string[], target: number | undefined): void {
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  const { parse, pipeline } = race(
    typist(texts),
    {
      parse: (versions) => versions.map((text) => parseTree(text)),
      pipeline: (versions) => versions.map((version) => lintAll(version)),
    },
    ROUNDS,
  );
  const findings = texts.reduce((sum, text) => sum + lintAll(text), 0);
  row(
    name,
    [
      `${Math.round(characters / 1000)} KB`,
      `${findings} findings`,
      `parseTree ${ms(parse)}`,
      `pipeline ${ms(pipeline)}`,
    ],
    pipeline / parse,
    target,
  );
}

/** A program, with a policy and without one, which most have: of these no more than the letters are looked at. */
function programRow(characters: number, withPolicy: 'with' | 'without', mostMs: number): void {
  const text = programOf(characters, withPolicy);
  let typed = 0;
  const { pipeline } = race(
    () => {
      typed = (typed + 1) % 50;
      return text + ' '.repeat(typed);
    },
    { pipeline: (version) => lintAll(version, 'typescript') },
    ROUNDS,
  );
  row(
    `TypeScript ${withPolicy} a policy, ${mostMs} ms`,
    [`${Math.round(characters / 1000)} KB`, `pipeline ${ms(pipeline)}`],
    pipeline / mostMs,
    1,
  );
}

/**
 * What parses YAML, with every node made and every text read, against the concrete syntax of the `yaml` library alone and
 * against the whole pipeline.
 */
function yamlRow(characters: number): void {
  const text = templateOf(characters);
  const { cst, parse, pipeline } = race(
    typist([text]),
    {
      cst: ([version = '']) => [...new Parser().parse(version)].length,
      parse: ([version = '']) => readAll(parseYaml(version).root),
      pipeline: ([version = '']) => lintAll(version, 'yaml'),
    },
    ROUNDS,
  );
  const kilobytes = `${Math.round(text.length / 1000)} KB`;
  row('YAML parse', [kilobytes, '', `syntax ${ms(cst)}`, `parse ${ms(parse)}`], parse / cst, MOST_YAML_PARSE);
  const cells = ['', `${lintAll(text, 'yaml')} findings`, `parse ${ms(parse)}`, `pipeline ${ms(pipeline)}`];
  // In a short text the one statement that was typed in is a large part.
  row('  lint over parse', cells, pipeline / parse, characters < 50_000 ? undefined : MOST_YAML_RATIO);
}

/** What parses a configuration of Terraform, without its nodes, which are made when somebody asks. */
function hclRow(characters: number, mostMs: number): void {
  const text = moduleOf(characters);
  const { parse, pipeline } = race(
    typist([text]),
    {
      parse: ([version = '']) => parseHcl(version),
      pipeline: ([version = '']) => lintAll(version, 'hcl'),
    },
    ROUNDS,
  );
  const limit = mostMs * (text.length / characters);
  row(
    `HCL parse, ${Math.round(text.length / 1000)} KB`,
    [
      `${lintAll(text, 'hcl')} findings`,
      `pipeline ${ms(pipeline)}`,
      `parse ${ms(parse)}`,
      `at most ${ms(limit)}`,
    ],
    parse / limit,
    1,
  );
}

/** How many texts and containers a tree has; reads each. */
function readAll(node: SyntaxNode | undefined): number {
  switch (node?.kind) {
    case 'object':
      return node.members.reduce(
        (sum, { name, value }) => sum + readAll(value) + Math.min(name.length, 1),
        1,
      );
    case 'array':
      return node.items.reduce((sum, item) => sum + readAll(item), 1);
    case 'string':
      return Math.min(node.value.length, 1);
    default:
      return 0;
  }
}

/**
 * The medians of texts of which no statement and no ARN was read before, in milliseconds. Garbage is collected before each,
 * so that none pays for what another left.
 */
function firstReading(statements: number, rounds: number) {
  const times = Array.from({ length: rounds }, () => {
    const text = policyOf(statements, unread());
    collectGarbage();
    const parse = processorMs(() => parseTree(text));
    collectGarbage();
    return { parse, pipeline: processorMs(() => lintAll(text)) };
  });
  return {
    parse: median(times.map(({ parse }) => parse)),
    pipeline: median(times.map(({ pipeline }) => pipeline)),
  };
}

let seeds = 0;

function unread(): number {
  seeds += 1;
  return seeds;
}

function firstReadingRow(): void {
  const { parse, pipeline } = firstReading(LARGE, ROUNDS);
  row(
    'pipeline, nothing known',
    [
      `${Math.round(policyOf(LARGE).length / 1000)} KB`,
      '',
      `parseTree ${ms(parse)}`,
      `pipeline ${ms(pipeline)}`,
    ],
    pipeline / parse,
    MOST_FIRST_RATIO,
  );
}

function growthRows(): void {
  const [short, long] = [policyOf(20), policyOf(LARGE)];
  const known = race(() => undefined, { short: () => lintAll(short), long: () => lintAll(long) }, ROUNDS);
  growthRow('time per statement', known.short, known.long, MOST_GROWTH);
  const [few, many] = [firstReading(20, 20 * ROUNDS), firstReading(LARGE, ROUNDS)];
  growthRow('  and nothing known', few.pipeline, many.pipeline, undefined);
}

function growthRow(name: string, short: number, long: number, target: number | undefined): void {
  const [each, eachOfMany] = [short / 20, long / LARGE];
  row(name, ['', '', `20: ${us(each)}`, `${LARGE}: ${us(eachOfMany)}`], eachOfMany / each, target);
}

/** What VS Code asks after each key. */
const AFTER_EACH_KEY: readonly Asked[] = [
  'edit',
  'symbols',
  'changed tokens',
  'actions here',
  'lenses',
  'links',
  'highlights',
];

async function askedRow(): Promise<void> {
  const shape = { name: 'policy', languageId: 'json', textOf: policyOf };
  const times = await timesOf(shape, LARGE, AFTER_EACH_KEY, { rounds: 15, fresh: true });
  // An edit is measured there with its undoing.
  const time = [...times].reduce((sum, [asked, each]) => sum + (asked === 'edit' ? each / 2 : each), 0);
  row(
    `all that is asked after a key, ${MOST_ASKED_MS} ms`,
    [
      `${LARGE} statements`,
      `outline ${ms(times.get('symbols') ?? 0)}`,
      `actions ${ms(times.get('actions here') ?? 0)}`,
      ms(time),
    ],
    time / MOST_ASKED_MS,
    1,
  );
}

/** What an answer costs against the time that it may take: the slower of the first question and the next. */
function answerRows(): void {
  for (const { name, first, next, most } of answerCosts(IS_QUICK ? 3 : 9)) {
    row(
      `answer: ${name}, ${most} ms`,
      ['', '', `first ${ms(first)}`, `next ${ms(next)}`],
      Math.max(first, next) / most,
      1,
    );
  }
}

/** The processor's time from a key to the findings, of the server and of its client. */
async function editRow(
  text: string,
  what: string,
  { languageId = 'json', mostMs }: { readonly languageId?: string; readonly mostMs?: number } = {},
): Promise<void> {
  const client = await startLspClient({ host: { iamDataAssets } });
  const uri = languageId === 'json' ? 'file:///policy.json' : 'file:///template.yaml';
  await client.open(uri, text, languageId);
  const lines = text.split('\n');
  const line = lines.findLastIndex((each) => /\bSid\b/.test(each));
  const character = lines[line]?.lastIndexOf('"') ?? 0;
  const times: number[] = [];
  let diagnostics = 0;
  for (let version = 2; version < ROUNDS + 12; version += 1) {
    const position = { line, character };
    const begun = process.cpuUsage();
    await client.change(uri, version, [{ range: { start: position, end: position }, text: 'x' }]);
    const report = await client.connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri },
    });
    const { user, system } = process.cpuUsage(begun);
    times.push((user + system) / 1000);
    diagnostics = 'items' in report ? report.items.length : -1;
  }
  client.stop();
  row(
    'edit to diagnostics',
    [`${Math.round(text.length / 1000)} KB`, `${diagnostics} findings`, what, ms(median(times.slice(10)))],
    mostMs === undefined ? undefined : median(times.slice(10)) / mostMs,
    mostMs === undefined ? undefined : 1,
  );
}

async function yamlRows(): Promise<void> {
  yamlRow(100_000);
  yamlRow(5_000);
  await editRow(templateOf(500_000), `template, ${MOST_EDIT_MS} ms`, {
    languageId: 'yaml',
    mostMs: MOST_EDIT_MS,
  });
}

async function main(): Promise<void> {
  if (process.argv.includes('--profile')) {
    const type = typist([policyOf(LARGE)]);
    for (const begun = performance.now(); performance.now() - begun < 8_000; ) {
      type().map((version) => lintAll(version));
    }
    return;
  }
  console.log(`node ${process.version}, ${service.rules.length} rules, medians of ${ROUNDS} rounds`);
  if (process.argv.includes('--yaml')) {
    await yamlRows();
    return;
  }
  if (process.argv.includes('--answers')) {
    answerRows();
    return;
  }
  if (process.argv.includes('--unread')) {
    firstReadingRow();
    return;
  }
  if (process.argv.includes('--memory')) {
    await memoryRows();
    return;
  }
  if (process.argv.includes('--waiting')) {
    await withShippedBundles(waitingRows);
    return;
  }
  if (process.argv.includes('--processes')) {
    await processRows(sharedCorpus('managed-policies'));
    return;
  }
  if (process.argv.includes('--growth')) {
    exponentRows(IS_QUICK);
    questionRows();
    return;
  }
  pipelineRow('pipeline, 6 KB', [policyOf(statementsFor(6_000))], undefined);
  pipelineRow('pipeline, 100 KB', [policyOf(statementsFor(100_000))], MOST_RATIO);
  pipelineRow(`pipeline, ${LARGE} statements`, [policyOf(LARGE)], MOST_RATIO);
  firstReadingRow();
  const corpus = sharedCorpus('managed-policies');
  if (corpus === undefined) {
    console.log('The managed policies are not here: left out.');
  } else {
    const files = readdirSync(corpus).filter((file) => file.endsWith('.json'));
    const texts = files.map((file) => readFileSync(join(corpus, file), 'utf8'));
    pipelineRow(`${texts.length} managed policies`, texts, MOST_RATIO);
  }
  await processRows(corpus);
  growthRows();
  for (const statements of [20, 400, LARGE]) {
    await editRow(policyOf(statements), `${statements} statements`);
  }
  await askedRow();
  await yamlRows();
  programRow(100_000, 'with', 120);
  programRow(100_000, 'without', 1);
  hclRow(100_000, 5);
  exponentRows(IS_QUICK);
  questionRows();
  answerRows();
  await memoryRows();
  if (process.argv.includes('--document')) {
    writePage(peers());
  }
  if (process.argv.includes('--check') && missedRows().length > 0) {
    process.exitCode = 1;
  }
}

/** What takes processes of their own, of the bundles that are shipped. */
async function processRows(corpus: string | undefined): Promise<void> {
  await withShippedBundles(async () => {
    if (corpus !== undefined) {
      folderRow(corpus, readdirSync(corpus).filter((file) => file.endsWith('.json')).length);
    }
    startRows();
    await firstDiagnosticsRow(jsonServer());
    await activationRows();
    await waitingRows();
  });
}

/** The folder of the other server, if one was named. */
function jsonServer(): string | undefined {
  const at = process.argv.indexOf('--json-server');
  return at < 0 ? undefined : process.argv[at + 1];
}

/** The versions of what is measured against. */
function peers(): Readonly<Record<string, string>> {
  const folders = ['jsonc-parser', 'yaml', 'vscode-languageserver'].map((name) =>
    join(repositoryRoot, 'node_modules', name),
  );
  const other = jsonServer();
  return Object.fromEntries(
    [...folders, ...(other === undefined ? [] : [other])].map((folder) => {
      const manifest = readFileSync(join(folder, 'package.json'), 'utf8');
      const { name, version } = JSON.parse(manifest) as { readonly name: string; readonly version: string };
      return [name, version];
    }),
  );
}

void main();
