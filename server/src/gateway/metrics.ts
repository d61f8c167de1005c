import { askOnce } from './askOnce';
import { cacheChart } from './chart';
import { ask, type ControlOptions, type ControlResult } from './control';
import type { CacheCounts, CountedMethod, CountedStage, GatewayHost } from './host';
import { code, fence, list, table, text } from './markdown';
import type { StagePlace } from './target';

/** How often a stage's cache had an answer and how often not, as CloudWatch counted it. */
export interface CacheMetrics extends CacheCounts {
  readonly from: Date;
  readonly to: Date;
  /** Those that are counted on their own, the most asked for first; absent where they were not read. */
  readonly methods?: readonly MethodMetrics[] | undefined;
  /** Why they were not read; one line. */
  readonly methodsProblem?: string | undefined;
}

export type MethodMetrics = CountedMethod & Pick<CacheCounts, 'hits' | 'misses'>;

/** The time that is looked back on where nothing else is wanted. */
export const METRICS_MINUTES = 60;

/** GetMetricData takes 500 queries, and each method has two; nobody reads on beyond these. */
const MAX_METHODS = 100;

/**
 * Reads CacheHitCount and CacheMissCount of a stage for the minutes before now
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html). CloudWatch
 * knows an API by its name alone, so that is asked for first. Never rejects.
 */
export async function readCacheMetrics(
  host: GatewayHost,
  place: StagePlace,
  {
    minutes,
    methods,
    ...options
  }: ControlOptions & {
    readonly minutes: number;
    /** Also those of each method with detailed metrics; takes cloudwatch:ListMetrics as well. */
    readonly methods?: 'read' | undefined;
  },
): Promise<ControlResult<CacheMetrics>> {
  const once = askOnce(host);
  const named = await ask(once, place, options, {
    operation: 'name-api',
    service: 'apigateway',
    run: (call) => once.control.apiName(call, place.apiId),
  });
  if (named.value === undefined) {
    return { ...named, value: undefined };
  }
  const apiName = metricName(named.value, place.apiId);
  const to = host.now();
  const from = new Date(to.getTime() - minutes * 60_000);
  const wanted = { apiName, stage: place.stage, from, to };
  const counted = await ask(once, place, options, {
    operation: 'read-metrics',
    service: 'monitoring',
    run: (call) => once.control.cacheCounts(call, wanted),
  });
  const [whole] = counted.value ?? [];
  if (whole === undefined) {
    return { ...counted, value: undefined };
  }
  const each = methods === 'read' ? await readMethods(once, place, options, wanted) : {};
  return { ...counted, value: { ...whole, from, to, ...each } };
}

/** The counts of the methods that have their own; a question that fails leaves them out and says why. */
async function readMethods(
  host: GatewayHost,
  place: StagePlace,
  options: ControlOptions,
  wanted: CountedStage,
): Promise<Pick<CacheMetrics, 'methods' | 'methodsProblem'>> {
  const question = { operation: 'read-metrics', service: 'monitoring' } as const;
  const { value: found, verdict } = await ask(host, place, options, {
    ...question,
    run: (call) => host.control.countedMethods(call, wanted),
  });
  if (found === undefined) {
    return { methodsProblem: `${verdict.title}. That takes cloudwatch:ListMetrics.` };
  }
  const methods = found.slice(0, MAX_METHODS);
  if (methods.length === 0) {
    return { methods: [] };
  }
  const counted = await ask(host, place, options, {
    ...question,
    run: (call) => host.control.cacheCounts(call, { ...wanted, methods }),
  });
  return counted.value === undefined
    ? { methodsProblem: `${counted.verdict.title}.` }
    : {
        methods: methods
          .map((method, index) => {
            const { hits = 0, misses = 0 } = counted.value?.[index] ?? {};
            return { ...method, hits, misses };
          })
          .sort((left, right) => right.hits + right.misses - left.hits - left.misses),
      };
}

/** CloudWatch has an API by the ASCII characters of its name, and by its id where none are left (same page). */
function metricName(name: string, apiId: string): string {
  const ascii = name.replace(/[^\u0000-\u007f]/g, '');
  return ascii.trim() === '' ? apiId : ascii;
}

/** Columns of the chart; a page beside a policy is not wide. */
const CHART_COLUMNS = 60;

/** The counts as a section of a Markdown document. */
export function metricsReport(metrics: CacheMetrics): string {
  const { hits, misses, from, to, minutes } = metrics;
  const total = hits + misses;
  const span = Math.round((to.getTime() - from.getTime()) / 60_000);
  return [
    `## Hits and misses of the last ${span} minutes`,
    ...(total === 0
      ? ['None were counted: there were no requests for cached methods, or nothing is cached.']
      : [
          table([
            ['Hits', `${hits} (${percent(hits, total)})`],
            ['Misses', String(misses)],
          ]),
          fence('', cacheChart(minutes, { from, to, columns: CHART_COLUMNS }).join('\n')),
        ]),
    ...methodsSection(metrics),
    list([
      'CloudWatch is some minutes behind, so the latest requests may not be counted yet.',
      'All requests to the stage are counted together: this cannot tell about one entry.',
      'So are those to a stage of the same name of another API with the same name, in this account and Region.',
    ]),
  ]
    .join('\n\n')
    .concat('\n');
}

function methodsSection({ methods, methodsProblem }: CacheMetrics): readonly string[] {
  if (methodsProblem !== undefined) {
    return [`The counts of each method were not read: ${text(methodsProblem)}`];
  }
  if (methods === undefined) {
    return [];
  }
  return methods.length === 0
    ? ['No method is counted on its own: that takes detailed metrics, which are a setting of the stage.']
    : [
        table(
          methods.map(({ method, resource, hits, misses }) => [
            code(`${method} ${resource}`),
            String(hits),
            String(misses),
            hits + misses === 0 ? '' : percent(hits, hits + misses),
          ]),
          ['Method', 'Hits', 'Misses', 'Hit rate'],
        ),
      ];
}

function percent(part: number, whole: number): string {
  return `${Math.round((part / whole) * 100)} %`;
}
