import assert from 'node:assert/strict';
import { stringify } from 'yaml';
import type { DocumentLanguage, PolicyDocument } from '../../server/src/core/document';
import { applyEdits } from '../../server/src/core/lint/edits';
import type { Finding } from '../../server/src/core/lint/finding';
import { limit } from '../support/patience';
import { languageService } from '../support/policies';
import { runs, seedOf } from '../support/thorough';
import { valueOfYaml } from '../support/yamlPolicies';

/*
 * The same policy as JSON, as YAML in block and in flow form, in programs, and in a template with functions of
 * CloudFormation: the same findings at the same places, and fixes that come to the same.
 */

const COUNT = runs(600, 10);
const service = languageService();
const rules = [{ rule: '*', severity: 'default' }] as const;

/** Of the text itself, which is another in each form. */
const OF_TEXT = /^(?:json-|policy-size-|function-without-template)/;

type Json = string | boolean | readonly Json[] | { readonly [name: string]: Json };

/** Numbers that are the same on each run. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const ACTIONS = [
  's3:GetObject',
  's3:Get*',
  's3:GetObjekt',
  'S3:putobject',
  'iam:PassRole',
  '*',
  'sqs:',
  'ec2:Describe*',
  'execute-api:Invoke',
  'execute-api:InvalidateCache',
  'nosuch:Thing',
  's3 :ListBucket',
  'lambda:InvokeFunction',
];
const RESOURCES = [
  '*',
  'arn:aws:s3:::b/*',
  'arn:aws:s3:::b',
  'arn:aws:s3:::*',
  'foo',
  'arn:aws:sqs:us-east-1:123456789012:q',
  'arn:aws:sqs:us-east-9:12345:q',
  'arn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod/get/pets',
  'arn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod/GET/pets/*',
  'arn:aws:iam::123456789012:role/r',
  'arn:awz:s3:::b',
  'arn:aws:s3:us-east-1::b',
];
const CONDITIONS: readonly Json[] = [
  { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
  { StringEqual: { 'aws:RequestedRegion': 'eu-west-1' } },
  { Bool: { 'aws:SecureTransport': 'yes' } },
  { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '203.0.113.0/33'] } },
  { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/x', 'aws:principalarn': 'y' } },
  { DateLessThan: { 'aws:CurrentTime': 'tomorrow' } },
];

function generated(seed: number): { readonly [name: string]: Json } {
  const random = createRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const some = (list: readonly string[]): Json =>
    random(2) === 0 ? pick(list) : Array.from({ length: 1 + random(4) }, () => pick(list));
  const statement = (): { readonly [name: string]: Json } => ({
    ...(random(3) === 0 && { Sid: pick(['One', 'Two', 'with space', '']) }),
    ...(random(12) !== 0 && { Effect: pick(['Allow', 'Allow', 'Deny', 'allow']) }),
    [pick(['Action', 'Action', 'Action', 'NotAction', 'Actions'])]: some(ACTIONS),
    ...(random(10) !== 0 && { [pick(['Resource', 'Resource', 'Resource', 'NotResource'])]: some(RESOURCES) }),
    ...(random(3) === 0 && { Condition: pick(CONDITIONS) }),
  });
  return {
    ...(random(6) !== 0 && { Version: pick(['2012-10-17', '2012-10-17', '2008-10-17', '2012-10-18']) }),
    Statement: random(4) === 0 ? statement() : Array.from({ length: 1 + random(3) }, statement),
  };
}

/** The texts of a policy's actions and resources as functions that give just these. */
function withFunctions(value: Json, random: (below: number) => number, element = ''): Json {
  if (typeof value === 'string') {
    const isText = /^(?:Not)?(?:Action|Resource)$/.test(element) && value.length > 4;
    switch (isText ? random(3) : 0) {
      case 1:
        return { 'Fn::Sub': value };
      case 2:
        return { 'Fn::Join': ['', [value.slice(0, 3), value.slice(3)]] };
      default:
        return value;
    }
  }
  if (Array.isArray(value)) {
    return value.map((item: Json) => withFunctions(item, random, element));
  }
  return typeof value === 'object'
    ? Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [name, withFunctions(inner, random, name)]),
      )
    : value;
}

/** What functions of this test come to. */
function resolved(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(resolved);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (entries.length === 1 && name === 'Fn::Sub') {
    return argument;
  }
  if (entries.length === 1 && name === 'Fn::Join') {
    const [, parts] = argument as [string, readonly unknown[]];
    return parts.map(resolved).join('');
  }
  return Object.fromEntries(entries.map(([key, inner]) => [key, resolved(inner)]));
}

const HOLDER = ['Resources', 'P', 'Properties', 'PolicyDocument'];

interface Form {
  readonly write: (policy: Json, seed: number) => string;
  readonly language: DocumentLanguage;
  /** The policy that a text of the form holds, functions resolved. */
  readonly read: (text: string) => unknown;
  /** The rules that say something else there, for a reason. */
  readonly differs?: RegExp;
}

/** As a person writes it in TypeScript: names without quotes, and texts in single ones. */
function inTypeScript(value: Json): string {
  if (Array.isArray(value)) {
    return `[${value.map((item: Json) => inTypeScript(item)).join(', ')}]`;
  }
  if (typeof value === 'object') {
    const members = Object.entries(value).map(
      ([name, inner]) => `${/^\w+$/.test(name) ? name : `'${name}'`}: ${inTypeScript(inner)}`,
    );
    return `{ ${members.join(', ')} }`;
  }
  return typeof value === 'string' ? `'${value}'` : String(value);
}

const TYPESCRIPT_HEAD = 'export const policy = ';
const PYTHON_HEAD = 'import json\n\nPOLICY = ';
/** More may be added to a policy in a program, such as its Version. */
const OF_WHOLE = /^version-missing$/;

const yaml = (value: unknown, collectionStyle: 'block' | 'flow'): string =>
  stringify(value, { lineWidth: 0, aliasDuplicateObjects: false, collectionStyle });

const programs = {
  typescript: {
    write: (policy: Json) => `${TYPESCRIPT_HEAD}${inTypeScript(policy)};\n`,
    language: 'typescript',
    read: (text: string) => {
      const code = text.slice(TYPESCRIPT_HEAD.length, text.lastIndexOf(';'));
      return JSON.parse(code.replaceAll("'", '"').replaceAll(/(?<=[{,] )(\w+)(?=: )/g, '"$1"'));
    },
    differs: OF_WHOLE,
  },
  python: {
    write: (policy: Json) => `${PYTHON_HEAD}${JSON.stringify(policy, undefined, 4)}\n`,
    language: 'python',
    read: (text: string) => JSON.parse(text.slice(PYTHON_HEAD.length)),
    differs: OF_WHOLE,
  },
} as const;

const FORMS: Readonly<Record<string, Form>> = {
  ...programs,
  block: { write: (policy) => yaml(policy, 'block'), language: 'yaml', read: valueOfYaml },
  flow: { write: (policy) => yaml(policy, 'flow'), language: 'yaml', read: valueOfYaml },
  template: {
    write: (policy, seed) =>
      yaml(
        {
          Resources: {
            P: {
              Type: 'AWS::IAM::ManagedPolicy',
              Properties: { PolicyDocument: withFunctions(policy, createRandom(seed)) },
            },
          },
        },
        'block',
      ),
    language: 'yaml',
    read: (text) =>
      resolved(
        HOLDER.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], valueOfYaml(text)),
      ),
  },
};

function findingsOf(document: PolicyDocument): readonly Finding[] {
  return service.lint(document, { rules }).findings.filter(({ rule }) => !OF_TEXT.test(rule));
}

/** Each policy in JSON, once for all forms. */
const written = Array.from({ length: COUNT }, (_, index) => {
  const policy = generated(seedOf(index + 1));
  const jsonText = JSON.stringify(policy, undefined, 2);
  const override = { policyType: 'identity' } as const;
  let found: readonly Finding[] | undefined;
  const inJson = () => (found ??= findingsOf(service.open({ text: jsonText, language: 'json', override })));
  return { policy, jsonText, inJson };
});

function told({ rule, path, message }: Finding): string {
  return `${rule} at ${path.join('.')}: ${message}`;
}

describe('a policy that is written in several ways', function () {
  this.timeout(limit(300_000));

  for (const [name, form] of Object.entries(FORMS)) {
    it(`has the same findings and the same fixes: ${name}`, () => {
      let fixed = 0;
      let found = 0;
      for (const [index, { policy, jsonText, inJson: ofJson }] of written.entries()) {
        const inJson = ofJson();
        const text = form.write(policy, index + 1);
        // Of an object in a program nobody knows what it is unless it has one of these.
        if (form.differs === OF_WHOLE && !/\b(?:Version|Effect|(?:Not)?Action)\b/.test(text)) {
          continue;
        }
        const inForm = findingsOf(
          service.open({ text, language: form.language, override: { policyType: 'identity' } }),
        );
        const expected = inJson.filter(({ rule }) => form.differs?.test(rule) !== true);
        assert.deepEqual(inForm.map(told).sort(), expected.map(told).sort(), text);
        found += inForm.length;
        for (const finding of inForm) {
          const twin = inJson.find((each) => told(each) === told(finding));
          for (const fix of finding.fixes) {
            const same = twin?.fixes.find(({ title }) => title === fix.title);
            assert.ok(same !== undefined, `${told(finding)}: ${fix.title}`);
            const edits = fix.edits();
            if (edits.length > 0) {
              fixed += 1;
              assert.deepEqual(
                form.read(applyEdits(text, edits)),
                JSON.parse(applyEdits(jsonText, same.edits())),
                `${told(finding)}: ${fix.title}\n${text}`,
              );
            }
          }
        }
      }
      assert.ok(found > COUNT, `${found} findings`);
      assert.ok(fixed > COUNT / 10, `${fixed} fixes`);
    });
  }
});
