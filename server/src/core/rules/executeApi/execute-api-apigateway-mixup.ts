import { splitArn } from '../../arn/arn';
import { defineRule } from '../../lint/rule';
import type { ActionEntry, Statement } from '../../model/policy';
import type { StringNode } from '../../syntax/nodes';
import { executeApiUseOf } from '../support/executeApiUse';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-apigateway-mixup',
    category: 'error',
    summary: 'ARNs of apigateway, which manages APIs, do not go with execute-api, which calls them',
    since: '0.1.0',
    sources: ['api-gateway-arns'],
    messages: {
      controlPath: '"{value}" belongs to apigateway ARNs: an execute-api ARN continues with the API ID.',
      controlArn:
        'This statement is about calling an API (execute-api), and "{value}" ARNs are for managing one.',
      requestArn:
        'This statement is about managing APIs (apigateway), and "{value}" ARNs are for calling one.',
    },
  },
  create: (context) => {
    const report = (message: 'controlArn' | 'requestArn', node: StringNode, value: string): void => {
      const { service } = splitArn(node.value);
      if (service?.text === value) {
        context.report({ message, at: { node, from: service.from, to: service.to }, data: { value } });
      }
    };
    return {
      ...mistakeVisitor('apigateway-mixup', context),
      resource: (entry) => {
        // The other service's name is looked for first: most resources belong to neither.
        const { node, text, element } = entry;
        if (element.negated) {
          return;
        }
        if (text.includes('apigateway') && executeApiUseOf(element.statement)?.only === true) {
          report('controlArn', node, 'apigateway');
        }
        if (text.includes('execute-api') && isOnlyControl(element.statement)) {
          report('requestArn', node, 'execute-api');
        }
      },
    };
  },
});

function isOnlyControl(statement: Statement): boolean {
  let has = false;
  for (const { negated, entries } of statement.actions) {
    if (negated || !entries.every(isControl)) {
      return false;
    }
    has ||= entries.length > 0;
  }
  return has;
}

function isControl({ service }: ActionEntry): boolean {
  return service?.toLowerCase() === 'apigateway';
}
