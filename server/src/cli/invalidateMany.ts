import { invalidateAll } from '../gateway/batch';
import type { InvalidationResult } from '../gateway/invalidate';
import { toJson } from '../gateway/report';
import { stageArn, targetArn } from '../gateway/request';
import type { InvalidationTarget } from '../gateway/target';
import { printable } from './format/printable';
import { type Colour, createStyle, type Style } from './format/style';
import { progressLine } from './interruption';
import { bullets, HINTS, type InvalidateRequest, optionsOf, toLine, withHint } from './invalidate';
import type { CliIo, ExitCode } from './io';

export interface ManyRequest extends InvalidateRequest {
  readonly concurrency: number | undefined;
  readonly perSecond: number | undefined;
}

/**
 * Sends them all and prints what came of each: 0 if every one was accepted, 2 if one has no answer, else 1. With
 * `jsonl` there is a line for each as soon as it is done, with `json` one array in the order of the targets.
 */
export async function sendInvalidations(
  io: CliIo,
  request: ManyRequest,
  targets: readonly InvalidationTarget[],
): Promise<ExitCode> {
  const { format, concurrency, perSecond } = request;
  const progress = createProgress(io, targets.length);
  const results = await invalidateAll(await io.gatewayHost(), targets, {
    ...optionsOf(io, request),
    keys: request.keysOf,
    concurrency,
    perSecond,
    onDone: (index, result) => {
      if (format === 'jsonl') {
        io.stdout.write(toLine({ index, ...toJson(result) }, 'one line'));
      }
      progress.done(result);
    },
    onThrottled: (waitMs) => progress.wait(waitMs),
  });
  progress.end();
  if (format === 'json') {
    io.stdout.write(toLine(results.map(toJson)));
  } else if (format === 'text') {
    io.stdout.write(renderResults(results, createStyle(io.stdout, io.env)));
  }
  return exitCodeOf(results);
}

function exitCodeOf(results: readonly InvalidationResult[]): ExitCode {
  const rest = results.filter(({ verdict }) => verdict.kind !== 'accepted');
  return rest.length === 0 ? 0 : rest.some(({ response }) => response === undefined) ? 2 : 1;
}

interface Progress {
  done(result: InvalidationResult): void;
  wait(milliseconds: number): void;
  end(): void;
}

/** A line on standard error that is written over, for a person who waits; a log would be full of them. */
function createProgress({ stderr }: CliIo, all: number): Progress {
  if (!stderr.isTty) {
    return { done: () => undefined, wait: () => undefined, end: () => undefined };
  }
  let done = 0;
  let accepted = 0;
  const draw = (more: string): void => {
    stderr.write(progressLine(`${done} of ${all} done, ${accepted} accepted${more}`));
  };
  return {
    done: ({ verdict }) => {
      done += 1;
      accepted += verdict.kind === 'accepted' ? 1 : 0;
      draw('');
    },
    wait: (milliseconds) => draw(`; throttled, waiting ${Math.ceil(milliseconds / 1000)} s`),
    end: () => stderr.write(progressLine('')),
  };
}

const COLOURS: Readonly<Partial<Record<InvalidationResult['verdict']['kind'], Colour>>> = {
  accepted: 'green',
  ignored: 'yellow',
  throttled: 'yellow',
};

/** A table of verdicts, and below it what applies to several of them. */
function renderResults(results: readonly InvalidationResult[], style: Style): string {
  const accepted = results.filter(({ verdict }) => verdict.kind === 'accepted').length;
  const stages = new Set(results.map(({ target }) => stageArn(target)));
  const rows = results.map(({ target, verdict, response, timings }): Row => {
    const query = target.query.map(([name, value]) => `${name}=${value}`).join('&');
    return {
      verdict: verdict.kind,
      status: response === undefined ? '' : String(response.status),
      time: timings === undefined ? '' : `${timings.totalMs} ms`,
      request: `${stages.size === 1 ? `${target.method} /${target.path}` : targetArn(target)}${query === '' ? '' : `?${query}`}`,
    };
  });
  const head: Row = { verdict: 'verdict', status: 'status', time: 'time', request: 'request' };
  const width = (column: Exclude<keyof Row, 'request'>): number =>
    Math.max(...[head, ...rows].map((row) => row[column].length));
  const line = (row: Row, colour: Colour | undefined): string => {
    const kind = row.verdict.padEnd(width('verdict'));
    return [
      colour === undefined ? kind : style(colour, kind),
      row.status.padEnd(width('status')),
      row.time.padStart(width('time')),
      printable(row.request),
    ].join('  ');
  };
  const steps = results.flatMap(({ verdict }) => verdict.nextSteps.map((step) => withHint(step, HINTS)));
  return [
    ...(stages.size === 1 ? [printable(`${[...stages].join('')}:`), ''] : []),
    line(head, undefined),
    ...results.map(({ verdict }, index) => line(rows[index] ?? head, COLOURS[verdict.kind] ?? 'red')),
    '',
    style(accepted === results.length ? 'green' : 'red', `${accepted} of ${results.length} accepted`),
    ...bullets('What the others came to:', counted(results)),
    ...bullets('What this cannot tell:', unique(results.flatMap(({ verdict }) => verdict.caveats))),
    ...bullets('What to do next:', unique(steps)),
    '',
  ].join('\n');
}

interface Row {
  readonly verdict: string;
  readonly status: string;
  readonly time: string;
  readonly request: string;
}

/** Each verdict but "accepted" once, with how often it was given and why. */
function counted(results: readonly InvalidationResult[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { verdict } of results.filter((result) => result.verdict.kind !== 'accepted')) {
    const text = `${verdict.title}. ${verdict.explanation}`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].map(([text, count]) => `${count}: ${text}`);
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
