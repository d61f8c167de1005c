import { splitArn } from '../../arn/arn';
import { defineRule } from '../../lint/rule';
import { executeApiUseOf } from '../support/executeApiUse';
import { slipVisitor } from '../support/slipVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-apigateway-mixup',
    category: 'error',
    summary: 'ARNs of apigateway, which manages APIs, do not go with execute-api, which calls them',
    since: '0.1.0',
    messages: {
      controlPath: '"{value}" belongs to apigateway ARNs: an execute-api ARN goes on with the API id.',
      controlArn:
        'This statement is about calling an API (execute-api), and "{value}" names the management of one.',
      requestArn: 'This statement is about managing APIs (apigateway), and "{value}" names requests to one.',
    },
  },
  create: (context) => {
    return {
      ...slipVisitor('apigateway-mixup', context),
      resource: (entry) => {
        // Either service's name is looked for first: most resources belong to neither.
        if (entry.element.negated || !/apigateway|execute-api/.test(entry.text)) {
          return;
        }
        const { service } = splitArn(entry.text);
        const { statement } = entry.element;
        const at = service && { node: entry.node, from: service.from, to: service.to };
        if (at === undefined) {
          return;
        }
        if (service?.text === 'apigateway' && executeApiUseOf(statement)?.only === true) {
          context.report({ message: 'controlArn', at, data: { value: service.text } });
        }
        if (service?.text === 'execute-api' && isOnlyControl(statement)) {
          context.report({ message: 'requestArn', at, data: { value: service.text } });
        }
      },
    };
  },
});

function isOnlyControl(statement: Parameters<typeof executeApiUseOf>[0]): boolean {
  const entries = statement.actions.flatMap((element) => (element.negated ? [] : element.entries));
  return (
    statement.actions.every((element) => !element.negated) &&
    entries.length > 0 &&
    entries.every((entry) => entry.service?.toLowerCase() === 'apigateway')
  );
}
