import { splitArn } from './arn/arn';
import type { PolicyDocument } from './document';

/**
 * Keeps a small policy with all that rules ask of it, so that there is always one object of each class of which large
 * documents are made. V8 forgets the hidden class of objects of which none is left at a full collection of garbage, and
 * throws away the machine code that was compiled for it: the next document would have to wait until most of the parser,
 * the model and the rules are compiled again, which takes longer than to check it.
 */
export class Specimen {
  readonly #make: (text: string) => PolicyDocument;
  readonly #kept: unknown[] = [];
  #documents = 0;

  /** @param make opens a document and shows it to the rules */
  constructor(make: (text: string) => PolicyDocument) {
    this.#make = make;
  }

  /**
   * Told of each document that was checked, by its length. Hidden classes change while a process is young, so that the
   * policy is made again after the first, the second, the fourth large document and so on.
   */
  checked(characters: number): void {
    if (characters < LARGE) {
      return;
    }
    this.#documents += 1;
    if ((this.#documents & (this.#documents - 1)) === 0) {
      this.#kept.splice(0, this.#kept.length, this.#make(TEXT), splitArn(ARN));
    }
  }
}

/** What is shorter is checked before anything would have been compiled. */
const LARGE = 50_000;

const ARN = 'arn:aws:s3:::specimen/*';

/** Each element and each kind of value that a correct policy has. */
const TEXT = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Specimen',
      Effect: 'Allow',
      Principal: { AWS: ['arn:aws:iam::111122223333:root'] },
      Action: ['s3:GetObject', 's3:PutObject'],
      Resource: [ARN, 'arn:aws:s3:::specimen/a'],
      Condition: {
        Bool: { 'aws:SecureTransport': true },
        NumericLessThan: { 's3:max-keys': 10 },
        StringEquals: { 'aws:PrincipalTag/team': ['a', 'b'] },
      },
    },
    { Effect: 'Deny', NotPrincipal: '*', NotAction: 's3:GetObject', NotResource: ARN },
  ],
});
