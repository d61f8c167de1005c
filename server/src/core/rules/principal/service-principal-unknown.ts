import { nearestRegion, partitions, regionStanding } from '../../arn/partitions';
import { partsOfPrincipal } from '../../arn/servicePrincipal';
import type { IamData } from '../../iamData/iamData';
import { MISTAKEN_PRINCIPALS, SERVICE_PRINCIPALS } from '../../iamData/overlay/servicePrincipals';
import { defineRule, type RuleContext } from '../../lint/rule';
import { nearest } from '../../pattern/nearest';
import type { SyntaxNode } from '../../syntax/nodes';
import { quote } from '../support/quote';
import { replaceStringFix } from '../support/renameFix';
import { principalFormOf } from '../support/servicePrincipals';

/**
 * AWS publishes no list of its service principals, so that a name which no list has proves nothing; only one that is a
 * mistake away from a name that certainly exists is reported. The prefixes of actions and the services of ARNs count as
 * names.
 */
export const rule = defineRule({
  meta: {
    id: 'service-principal-unknown',
    category: 'warning',
    summary: 'A service principal is unknown and resembles a known one',
    since: '0.1.0',
    needs: 'iamData',
    fixable: 'suggestion',
    sources: ['iam-principal', 'service-authorization'],
    messages: {
      similar: 'No service principal {text} is known; {meant} is.',
      region: 'The service principal {text} names no Region of AWS, and {meant} does.',
    },
  },
  create: (context) => ({
    principal: ({ type, node, text }) => {
      if (type?.value === 'Service') {
        report(context, node, text);
      }
    },
    ifCondition: (name) => principalFormOf(name) !== undefined,
    condition: ({ values }) => {
      for (const { node, text } of values) {
        report(context, node, text);
      }
    },
  }),
});

function report(context: RuleContext<'similar' | 'region'>, node: SyntaxNode, text: string): void {
  const { iamData } = context;
  const parts = partsOfPrincipal(text);
  if (node.kind !== 'string' || iamData === undefined || parts === undefined) {
    return;
  }
  const { name, region, suffix } = parts;
  const meant = meantName(name, iamData);
  const meantRegion = region === undefined ? undefined : meantRegionOf(region);
  if (meant === undefined && meantRegion === undefined) {
    return;
  }
  const whole = [meant ?? name, ...(region === undefined ? [] : [meantRegion ?? region]), suffix].join('.');
  context.report({
    message: meant === undefined ? 'region' : 'similar',
    at: node,
    data: { text: quote(text), meant: whole },
    fixes: [replaceStringFix(node, whole)],
  });
}

/** The known name that a name was meant to be; short names are too near to each other to tell. */
function meantName(name: string, iamData: IamData): string | undefined {
  const called = MISTAKEN_PRINCIPALS.get(name);
  if (called !== undefined) {
    return called;
  }
  if (name.length < SHORTEST || iamData.service(name) !== undefined || iamData.isArnNamespace(name)) {
    return undefined;
  }
  const meant = nearest(name, NAMES, name.length < LONG ? 1 : 2);
  return meant !== undefined && unnumbered(meant) === unnumbered(name) ? undefined : meant;
}

/** A new version of a service has a number behind its name: `macie2`, `securityhubv2`. */
function unnumbered(name: string): string {
  return name.replace(/(?:v|(?<![\dv]))\d+$/, '');
}

const SHORTEST = 5;
const LONG = 9;

const NAMES: readonly string[] = SERVICE_PRINCIPALS.map((principal) =>
  principal.replace(/\.amazonaws\.com$/, ''),
);

function meantRegionOf(region: string): string | undefined {
  return partitions.every((partition) => regionStanding(partition, region) === 'impossible')
    ? nearestRegion(region, partitions)
    : undefined;
}
