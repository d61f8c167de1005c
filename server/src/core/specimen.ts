import { splitArn } from './arn/arn';
import type { PolicyDocument } from './document';

/**
 * Keeps a small policy with everything that rules ask about it, so that there is always one object of each class that
 * large documents consist of. If a full garbage collection finds no object of a hidden class, V8 forgets the class and
 * discards the machine code that was compiled for it. The next document would then have to wait until most of the
 * parser, the model and the rules are compiled again, which takes longer than to check it.
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
   * Called with the length of each document that was checked. Hidden classes change while a process is young, so the
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
