import { type ArnFields, holdsSeveralArns, type Slice, sliceOf } from '../../arn/arn';
import { append, type Repair, replace } from '../../arn/mistakes/mistake';
import { NAME_FORMS, type NameForm } from '../../iamData/overlay/nameForms';
import { type ArnFault, fault } from './arnFault';
import { blankName } from './characters';

/**
 * What is wrong with an ARN of six fields whatever the formats of its service are: blanks at its end, and names that
 * nothing can have. Of a name is judged what stands in front of the first wildcard or variable: a wildcard may be
 * anything, and what follows it may belong to anything.
 */
export function nameFaults(
  text: string,
  { service, region, account, resource }: ArnFields,
): readonly ArnFault[] {
  if (!service || !region || !account || !resource) {
    return NONE;
  }
  const found = blankFault(text, resource) ?? formFault(service.text, region.text + account.text, resource);
  return found === undefined ? NONE : [found];
}

const NONE: readonly never[] = [];

/** Of several ARNs in one text. */
export function severalFault(text: string): ArnFault | undefined {
  return holdsSeveralArns(text) ? fault('several', sliceOf(text, 0, text.length)) : undefined;
}

function blankFault(text: string, resource: Slice): ArnFault | undefined {
  const end = text.trimEnd().length;
  const start = resource.to - resource.text.trimStart().length;
  const blank =
    end < text.length
      ? sliceOf(text, end, text.length)
      : start > resource.from
        ? sliceOf(text, resource.from, start)
        : undefined;
  if (blank === undefined) {
    return undefined;
  }
  const name = blankName(blank.text);
  return fault('blank', blank, [replace(blank, '', `Remove the ${name}`)], {
    data: { end: blank.to === text.length ? 'end' : 'beginning', blank: name },
  });
}

/** Forms by service; the first whose lead stands there decides. */
const FORMS: ReadonlyMap<string, readonly NameForm[]> = new Map(
  NAME_FORMS.map(({ service }) => [service, NAME_FORMS.filter((form) => form.service === service)]),
);

function formFault(service: string, regionAndAccount: string, resource: Slice): ArnFault | undefined {
  const form = FORMS.get(service)?.find(({ lead }) => resource.text.startsWith(lead));
  // In Region and account access points and their like, which have types of their own, differ from buckets.
  return form === undefined || (service === 's3' && regionAndAccount !== '')
    ? undefined
    : (nameFault(resource, form) ?? suffixFault(service, resource));
}

function nameFault(
  { from, text }: Slice,
  { lead, character, ends, what, has }: NameForm,
): ArnFault | undefined {
  const isLegal = characterTest(character);
  const isOf = (at: number): boolean => isLegal(text.charCodeAt(at)) && !isOpen(text, at);
  let at = lead.length;
  while (at < text.length && isOf(at)) {
    at += 1;
  }
  const isEnd = at === text.length || ends.includes(text.charAt(at));
  // AWS itself writes `log-group::log-stream:*` in managed policies.
  if (isOpen(text, at) || (isEnd && (at > lead.length || text[at] === ':'))) {
    return undefined;
  }
  let to = at + (at < text.length ? 1 : 0);
  while (to < text.length && !isOf(to) && !isOpen(text, to) && (isEnd || !ends.includes(text.charAt(to)))) {
    to += 1;
  }
  const wrong = { from: from + at, to: from + to, text: text.slice(at, to) };
  const repairs = what === 'a bucket' && wrong.text === ':' ? [replace(wrong, '/')] : repairsOf(wrong, isEnd);
  return fault('resource-name', wrong, repairs, {
    message: !isEnd ? 'fault' : wrong.text === '' ? 'empty' : 'nameless',
    data: { what, has },
  });
}

/**
 * Whether a UTF-16 code unit is one that an expression for single characters takes. Each of each name is asked, and the
 * expression once about each of ASCII.
 */
function characterTest(character: RegExp): (code: number) => boolean {
  let test = characterTests.get(character);
  if (test === undefined) {
    const isTaken = Uint8Array.from({ length: 128 }, (_, code) =>
      character.test(String.fromCharCode(code)) ? 1 : 0,
    );
    test = (code) => (code < 128 ? isTaken[code] === 1 : character.test(String.fromCharCode(code)));
    characterTests.set(character, test);
  }
  return test;
}

const characterTests = new Map<RegExp, (code: number) => boolean>();

/** Whether a wildcard or a variable begins at an index. */
function isOpen(text: string, at: number): boolean {
  return text[at] === '*' || text[at] === '?' || text.startsWith('${', at);
}

/** A slash before the name is one too many. */
function repairsOf(wrong: Slice, isNameless: boolean): readonly Repair[] {
  return isNameless && /^\/+$/.test(wrong.text)
    ? [replace(wrong, '', wrong.text === '/' ? 'Remove the slash' : 'Remove the slashes')]
    : [];
}

/**
 * "Secrets Manager constructs the last part of the secret ARN by appending a dash and six random alphanumeric characters":
 * AWS Secrets Manager User Guide, "Permissions reference".
 */
function suffixFault(service: string, resource: Slice): ArnFault | undefined {
  return service !== 'secretsmanager' || /[*?]|\$\{|-[A-Za-z0-9]{6}$/.test(resource.text)
    ? undefined
    : fault('secret-suffix', resource, [
        append(resource, '-??????', 'Append -?????? for its six characters'),
      ]);
}
