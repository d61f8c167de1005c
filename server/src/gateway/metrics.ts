import { askOnce } from './askOnce';
import { ask, type ControlOptions, type ControlResult } from './control';
import type { CacheCounts, GatewayHost } from './host';
import { list, table } from './markdown';
import type { StagePlace } from './request';

/** How often a stage's cache had an answer and how often not, as CloudWatch counted it. */
export interface CacheMetrics extends CacheCounts {
  readonly from: Date;
  readonly to: Date;
}

/**
 * Reads CacheHitCount and CacheMissCount of a stage for the minutes before now
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html). CloudWatch
 * knows an API by its name alone, so that is asked for first. Never rejects.
 */
export async function readCacheMetrics(
  host: GatewayHost,
  place: StagePlace,
  { minutes, ...options }: ControlOptions & { readonly minutes: number },
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
  const counted = await ask(once, place, options, {
    operation: 'read-metrics',
    service: 'monitoring',
    run: (call) => once.control.cacheCounts(call, { apiName, stage: place.stage, from, to }),
  });
  return { ...counted, value: counted.value === undefined ? undefined : { ...counted.value, from, to } };
}

/** CloudWatch has an API by the ASCII characters of its name, and by its id where none are left (same page). */
function metricName(name: string, apiId: string): string {
  const ascii = name.replace(/[^\u0000-\u007f]/g, '');
  return ascii.trim() === '' ? apiId : ascii;
}

/** The counts as a section of a Markdown document. */
export function metricsReport({ hits, misses, from, to }: CacheMetrics): string {
  const total = hits + misses;
  const minutes = Math.round((to.getTime() - from.getTime()) / 60_000);
  return [
    `## Hits and misses of the last ${minutes} minutes`,
    total === 0
      ? 'None were counted: nobody asked for what is cached, or nothing is.'
      : table([
          ['Hits', `${hits} (${Math.round((hits / total) * 100)} %)`],
          ['Misses', String(misses)],
        ]),
    list([
      'CloudWatch is some minutes behind, so the latest requests may not be counted yet.',
      'All requests to the stage are counted together: this cannot tell about one entry.',
      'So are those to a stage of the same name of another API with the same name, in this account and Region.',
    ]),
  ]
    .join('\n\n')
    .concat('\n');
}
