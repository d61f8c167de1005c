import {
  createLanguageService,
  type LanguageService,
  type PolicyDocument,
} from '../../server/src/core/index';
import { loadIamData } from './iamData';

let shared: LanguageService | undefined;

/** The language service with the whole service reference, made once for all tests of a run. */
export function languageService(): LanguageService {
  shared ??= createLanguageService({ iamData: loadIamData() });
  return shared;
}

/** The language service as it is where the service reference is missing. */
export function bareLanguageService(): LanguageService {
  return createLanguageService({ iamData: undefined });
}

/** A policy of one statement that allows invoking a resource, given as it stands between the quotes. */
export function policyWithResource(resource: string): string {
  return policyWith(`"Action": "execute-api:Invoke",\n      "Resource": "${resource}"`);
}

/** Where a word begins in a text, as a position of the protocol. */
export function positionOf(
  text: string,
  word: string,
): { readonly line: number; readonly character: number } {
  const lines = text.slice(0, text.indexOf(word)).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

/** A policy of one Allow statement with further members. */
export function policyWith(members: string, statement = '"Effect": "Allow",'): string {
  return `{
  "Version": "2012-10-17",
  "Statement": [
    {
      ${statement}
      ${members}
    }
  ]
}`;
}

export function openJson(service: LanguageService, text: string): PolicyDocument {
  return service.open({ text, language: 'json' });
}
