import { counted, own, type ResponseTransfer } from '../core/index';
import type { StageName } from './host';
import { code, list, table, text } from './markdown';
import {
  cacheOf,
  type MethodCache,
  type StageCache,
  settledBy,
  stageFindings,
  TRANSFER_UNKNOWN,
  UNAUTHORIZED_STRATEGIES,
} from './stageCache';

/** The request that a page about a stage's cache is asked about. */
export interface RequestInMind {
  readonly method: string;
  /** Without its leading slash. */
  readonly path: string;
  /** How its integration hands the response on, where that is known. */
  readonly transfer?: ResponseTransfer | undefined;
}

/** A stage's cache settings as a Markdown page that explains each. */
export function stageReport(name: StageName, stage: StageCache, request?: RequestInMind): string {
  const findings = stageFindings(stage);
  const wrong = findings.filter(({ weight }) => weight === 'wrong');
  const notes = findings.filter(({ weight }) => weight === 'note');
  return [
    `# Cache of stage ${code(name.stage)} of ${code(name.apiId)}`,
    ...(request === undefined ? [] : forRequest(stage, request)),
    ...(wrong.length === 0 ? [] : ['## Looks wrong', list(wrong.map(({ message }) => `${text(message)}.`))]),
    ...(notes.length === 0 ? [] : ['## Good to know', list(notes.map(({ message }) => `${text(message)}.`))]),
    '## The cluster',
    table(clusterRows(stage)),
    ...(stage.cluster === 'off' ? [] : [COST]),
    ...(stage.defaults === undefined
      ? []
      : [
          '## For every method without settings of its own',
          'By default only GET is cached; other methods are where they have settings of their own.',
          settingsList(stage.defaults),
        ]),
    ...(stage.overrides.length === 0 ? [] : ['## Methods with settings of their own', overrides(stage)]),
    '## Callers who may not invalidate',
    'What happens to them where authorization is required is one of three settings.',
    strategies(stage),
  ]
    .join('\n\n')
    .concat('\n');
}

/** AWS's guide says how a cache is charged; what it costs depends on Region and date, so no figure stands here. */
const COST =
  'A cache is charged by the hour and by its size, whether it is used or not, and is not part of the free tier ([prices](https://aws.amazon.com/api-gateway/pricing/)).';

function forRequest(stage: StageCache, { method, path, transfer }: RequestInMind): readonly string[] {
  const { override, settings } = cacheOf(stage, method, path);
  const { notes, uncached } = settledBy(stage, method, path, transfer);
  const open = uncached === undefined && transfer === undefined ? [TRANSFER_UNKNOWN] : [];
  const ttl = settings?.ttlSeconds;
  const summary =
    uncached !== undefined || stage.cluster === 'off'
      ? 'Nothing is cached for it.'
      : settings?.caching === undefined
        ? 'The stage does not say whether it is cached.'
        : `It is cached${ttl === undefined ? '' : ` for ${counted(ttl, 'second')}`}, by the settings of ${override === undefined ? 'the stage' : code(override.key)}.`;
  return [
    `## ${text(`${method} /${path}`)}`,
    summary,
    ...(notes.length + open.length === 0 ? [] : [list([...notes, ...open].map(text))]),
  ];
}

const DEPLOYMENTS = {
  same: ', of the same deployment',
  another: ', of another deployment',
  'not-told': '',
} as const;

function clusterRows({ cluster, size, status, canary }: StageCache): readonly (readonly string[])[] {
  return [
    ['Cache', cluster],
    ['Status', status === undefined ? 'not told' : code(status)],
    ...(size === undefined ? [] : [['Size', `${text(size)} GB`]]),
    ...(canary === undefined
      ? []
      : [
          [
            'Canary',
            `${canary.percentTraffic} % of the traffic, ${canary.useStageCache ? "using the stage's cache" : "not using the stage's cache"}${DEPLOYMENTS[canary.deployment]}`,
          ],
        ]),
  ];
}

/** Each setting: its name, its value, and what it means. The values are long, so a table would not fit beside a policy. */
function settingsList(settings: MethodCache): string {
  const rows: readonly (readonly [name: string, value: string, meaning: string])[] = [
    ['Caching', settings.caching ?? 'not told', 'Whether responses are cached at all.'],
    [
      'Time to live',
      settings.ttlSeconds === undefined ? 'not told' : `${settings.ttlSeconds} s`,
      'How long a cached response is served, in seconds: 300 by default, 3600 at most, 0 for never kept.',
    ],
    [
      'Encrypted',
      settings.encrypted === undefined ? 'not told' : settings.encrypted ? 'yes' : 'no',
      'Whether what is kept is encrypted at rest.',
    ],
    [
      'Require authorization',
      settings.authorization === 'required' ? 'yes' : 'no',
      settings.authorization === 'required'
        ? 'Only callers with `execute-api:InvalidateCache` may invalidate.'
        : 'Anybody may invalidate, with or without a signature.',
    ],
    [
      'Callers who may not',
      code(settings.strategy),
      settings.authorization === 'required'
        ? `Such a caller is ${own(UNAUTHORIZED_STRATEGIES, settings.strategy)?.answer ?? 'treated in a way that is not known here'}.`
        : 'Nobody is refused as long as authorization is not required.',
    ],
  ];
  return list(rows.map(([name, value, meaning]) => `**${name}:** ${value}. ${meaning}`));
}

function overrides({ overrides: all }: StageCache): string {
  return list(
    all.map(({ method, resourcePath, settings }) => {
      const said = [
        `caching ${settings.caching ?? 'not told'}`,
        `time to live ${settings.ttlSeconds === undefined ? 'not told' : `${settings.ttlSeconds} s`}`,
        settings.authorization === 'required'
          ? `authorization required, otherwise ${code(settings.strategy)}`
          : 'authorization not required',
      ];
      return `${code(`${method} ${resourcePath}`)}: ${said.join(', ')}.`;
    }),
  );
}

function strategies(stage: StageCache): string {
  const chosen = stage.defaults?.strategy;
  return list(
    Object.entries(UNAUTHORIZED_STRATEGIES).map(
      ([name, { answer, tells }]) =>
        `${code(name)}${name === chosen ? ' (this stage)' : ''}: the caller is ${answer}. Can the caller tell? ${tells.charAt(0).toUpperCase()}${tells.slice(1)}.`,
    ),
  );
}
