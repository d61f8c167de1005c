import type { IamData } from '../../iamData/iamData';
import { serviceCalled } from '../../iamData/meant';
import { defineRule } from '../../lint/rule';
import { nearest } from '../../pattern/nearest';
import { quote } from '../support/quote';
import { renameKeyFix } from '../support/renameFix';
import { textMemo } from '../support/textMemo';

/**
 * Only where a service was nearly meant: one that has no like may be younger than the service reference, or have ended,
 * and its keys with it. What has a dot in front of the colon may be the issuer of an identity provider.
 */
export const rule = defineRule({
  meta: {
    id: 'condition-service-unknown',
    category: 'error',
    severity: 'warning',
    summary: 'The prefix of a condition key is not the one that the service uses',
    since: '0.1.0',
    needs: 'iamData',
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_SERVICE',
    messages: {
      called: '{service} is called {similar} in condition keys.',
      similar: 'No condition key begins with {service}; the nearest prefix is {similar}.',
    },
  },
  create: (context) => ({
    ifCondition: ({ key }) => context.iamData?.conditionKey(key) === undefined,
    condition: ({ key, member }) => {
      const { iamData } = context;
      const name = key.value;
      const prefix = /^([a-z0-9-]+):[^:]/i.exec(name)?.[1];
      if (iamData === undefined || prefix === undefined || isPrefix(prefix, iamData)) {
        return;
      }
      const rest = name.slice(prefix.length);
      const called = serviceCalled(prefix, iamData);
      const isCalled = called !== undefined && iamData.conditionKey(called + rest) !== undefined;
      const similar = isCalled ? called : nearestPrefix(prefix, iamData);
      // Three letters are near to too many others: what is behind them has to be a key.
      if (
        similar !== undefined &&
        (prefix.length > 3 || iamData.conditionKey(similar + rest) !== undefined)
      ) {
        context.report({
          message: isCalled ? 'called' : 'similar',
          at: { node: key, from: 0, to: prefix.length },
          data: { service: quote(prefix), similar },
          fixes: [renameKeyFix(member, similar + rest)],
        });
      }
    },
  }),
});

/** Prefixes of keys that are no services: the global ones, and what a SAML assertion says. */
const OTHER_PREFIXES: readonly string[] = ['aws', 'saml'];

function isPrefix(prefix: string, iamData: IamData): boolean {
  return iamData.service(prefix) !== undefined || OTHER_PREFIXES.includes(prefix.toLowerCase());
}

const nearestPrefix = textMemo((prefix: string, iamData: IamData): string | undefined =>
  nearest(prefix.toLowerCase(), [...OTHER_PREFIXES, ...iamData.services().map((service) => service.prefix)]),
);
