import type { LintOutcome, PolicyDocument } from '../core/index';

/** An account of the time that linting takes, by stage and by rule. */
export interface Timing {
  /** Works out a document's stages one by one, and enters each. */
  takeStages(document: PolicyDocument): void;
  /** Runs what hands the clock on to the rules; enters each of them, and what remains. */
  takeRules(lint: (now: () => number) => LintOutcome): LintOutcome;
  /** The account as a table, the most expensive first. */
  render(): string;
}

interface Entry {
  milliseconds: number;
  /** For rules only. */
  calls: number | undefined;
  findings: number | undefined;
}

/** @param now a clock, in milliseconds */
export function createTiming(now: () => number): Timing {
  const entries = new Map<string, Entry>();
  const enter = (name: string, milliseconds: number, calls?: number, findings?: number): void => {
    const entry = entries.get(name) ?? { milliseconds: 0, calls: undefined, findings: undefined };
    entries.set(name, {
      milliseconds: entry.milliseconds + milliseconds,
      calls: sum(entry.calls, calls),
      findings: sum(entry.findings, findings),
    });
  };
  return {
    takeStages: (document) => {
      for (const stage of STAGES) {
        const begun = now();
        void document[stage.of];
        enter(stage.name, now() - begun);
      }
    },
    takeRules: (lint) => {
      const begun = now();
      const outcome = lint(now);
      let rest = now() - begun;
      for (const { rule, milliseconds, calls, findings } of outcome.costs ?? []) {
        enter(rule, milliseconds, calls, findings);
        rest -= milliseconds;
      }
      enter('(walk and clock)', rest);
      return outcome;
    },
    render: () => renderEntries(entries),
  };
}

/** Each needs the ones before it. */
const STAGES = [
  { name: '(parse)', of: 'tree' },
  { name: '(locate)', of: 'located' },
  { name: '(model)', of: 'policies' },
] as const satisfies readonly { readonly name: string; readonly of: keyof PolicyDocument }[];

function renderEntries(entries: ReadonlyMap<string, Entry>): string {
  const whole: Entry = { milliseconds: 0, calls: undefined, findings: undefined };
  for (const { milliseconds, calls, findings } of entries.values()) {
    whole.milliseconds += milliseconds;
    whole.calls = sum(whole.calls, calls);
    whole.findings = sum(whole.findings, findings);
  }
  const dearestFirst = [...entries].sort(([, a], [, b]) => b.milliseconds - a.milliseconds);
  return [
    line('share', 'ms', 'calls', 'findings', 'rule'),
    ...[...dearestFirst, ['total', whole] as const].map(([name, { milliseconds, calls, findings }]) =>
      line(
        `${((100 * milliseconds) / (whole.milliseconds || 1)).toFixed(1)} %`,
        milliseconds.toFixed(2),
        String(calls ?? ''),
        String(findings ?? ''),
        name,
      ),
    ),
  ].join('');
}

function line(share: string, ms: string, calls: string, findings: string, name: string): string {
  return `${share.padStart(8)}${ms.padStart(10)}${calls.padStart(9)}${findings.padStart(10)}  ${name}\n`;
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : a + (b ?? 0);
}
