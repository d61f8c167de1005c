import { holdsSeveralArns } from '../../arn/arn';
import { ANONYMOUS_VALUE } from '../../iamData/overlay/callerKeys';
import { KEY_FORMS, type KeyForm } from '../../iamData/overlay/keyForms';
import type { RuleContext, Visitor } from '../../lint/rule';
import { keyValueVisitor } from './keyValues';

interface Form {
  /** Whether a text without wildcards can be no value of the form. */
  readonly isWrong: (text: string) => boolean;
  /** Whether a pattern can match no value of the form; none is judged by default. */
  readonly isWrongPattern?: (pattern: string) => boolean;
  /** What a wrong value was most likely meant to be, where that names nothing wider. */
  readonly meant?: (text: string) => string | undefined;
}

/**
 * AWS Organizations API Reference, "Organization", "Root" and "OrganizationalUnit", parameter Id; IAM User Guide, "AWS
 * global condition context keys", aws:PrincipalOrgPaths: a path ends with a slash.
 */
const FORMS: Readonly<Record<KeyForm, Form>> = {
  account: {
    isWrong: (text) => !/^\d{12}$/.test(text),
    meant: (text) =>
      /^arn:[^:]*:iam::(\d{12}):root$/.exec(text)?.[1] ?? /^\d{12}$/.exec(text.replaceAll(/[-\s]/g, ''))?.[0],
  },
  arn: {
    isWrong: (text) => !isOneArn(text),
    isWrongPattern: (text) => text.startsWith('arn:') && !isOneArn(text),
    meant: (text) => text.trim(),
  },
  organization: {
    isWrong: (text) => !/^o-[a-z0-9]{10,32}$/.test(text),
    isWrongPattern: (text) => OTHER_ID.test(text),
  },
  'organization-path': {
    // Of a text that is nothing of an organization's it cannot be told what it was meant to be.
    isWrong: (text) => (/^o-/.test(text) || OTHER_ID.test(text)) && !PATH.test(text),
    isWrongPattern: (text) => OTHER_ID.test(text),
    meant: (text) => `${text}/`,
  },
};

const PATH = /^o-[a-z0-9]{10,32}\/(?:r-[a-z0-9]{4,32}\/(?:ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}\/)*)?$/;

/** An organizational unit, a root, an account, an ARN. */
const OTHER_ID = /^(?:ou-|r-|\d{12}$|arn:)/;

function isOneArn(text: string): boolean {
  return text.startsWith('arn:') && text.trimEnd() === text && !holdsSeveralArns(text);
}

/** Reports the values of condition keys that have a form, where they can never be equal to one. */
export function keyFormVisitor(context: RuleContext<'wrong'>, name: KeyForm): Visitor {
  const { isWrong, isWrongPattern, meant } = FORMS[name];
  return keyValueVisitor(context, {
    keys: new Set([...KEY_FORMS].filter(([, form]) => form === name).map(([key]) => key)),
    // An empty text is no value, and who sends no signature has an account of its own.
    isWrong: (text, { key }) =>
      text !== '' &&
      !(text === ANONYMOUS_VALUE && key.value.toLowerCase() === 'aws:principalaccount') &&
      isWrong(text),
    ...(isWrongPattern && { isWrongPattern }),
    meant: (text) => {
      const other = meant?.(text);
      return other !== undefined && !isWrong(other) ? other : undefined;
    },
  });
}
