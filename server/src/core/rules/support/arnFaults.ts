import { type ArnFields, fieldCount, type Slice, splitArn } from '../../arn/arn';
import { isExecuteApiMeant } from '../../arn/mistakes/executeApiMistakes';
import { insertBefore, type Repair, replace } from '../../arn/mistakes/mistake';
import {
  nearestRegion,
  type Partition,
  partitionById,
  partitionOfRegion,
  partitions,
  regionStanding,
} from '../../arn/partitions';
import { type Placeholder, placeholdersInResource } from '../../arn/placeholders';
import {
  type ArnFormat,
  type ArnResource,
  allArnFormats,
  arnResource,
  fieldSuits,
  meetsFormat,
  ownArnFormats,
} from '../../iamData/arnFormats';
import type { IamData } from '../../iamData/iamData';
import { serviceCalled } from '../../iamData/meant';
import { ACCOUNTLESS_SERVICES } from '../../iamData/overlay/accountlessServices';
import { ACCOUNT_WORDS } from '../../iamData/overlay/arnAccounts';
import { replaceValueSlice } from '../../lint/edits';
import type { RuleContext, Visitor } from '../../lint/rule';
import type { ResourceEntry } from '../../model/policy';
import { type InternedText, internText, notedFor } from '../../pattern/internedText';
import { nearest } from '../../pattern/nearest';
import { masked, templatesIn } from '../../pattern/templates';
import { type ArnFault, type ArnFaultKind, fault } from './arnFault';
import { nameFaults, severalFault } from './arnNames';
import { isPolicyVariable, variablesOf } from './policyVariables';
import { quote } from './quote';
import { visible } from './visible';

/**
 * The visitor of a rule that speaks of one kind of fault. The ARNs are judged once for all of them.
 *
 * @param messageFor picks the sentence, or none where the rule says nothing of the fault
 */
export function arnFaultVisitor<MessageId extends string>(
  kind: ArnFaultKind,
  context: RuleContext<MessageId>,
  messageFor: (fault: ArnFault, entry: ResourceEntry) => MessageId | undefined = ({ message }) =>
    message as MessageId,
): Visitor {
  return {
    ifResource: hasFaultsBy(context.iamData),
    resource: (entry) => {
      for (const fault of arnFaultsOf(entry, context.iamData)) {
        const message = fault.kind === kind ? messageFor(fault, entry) : undefined;
        if (message !== undefined) {
          const { node, text } = entry;
          context.report({
            message,
            at: text === '' ? node : { node, ...visible(fault, text) },
            data: fault.data,
            fixes: fault.repairs.map((repair) => ({
              title: repair.title,
              kind: 'suggestion',
              edits: () => [replaceValueSlice(node, repair.from, repair.to, repair.text)],
            })),
          });
        }
      }
    },
  };
}

/** Whether a resource has any fault: one function for each reference, so that all the rules ask together. */
function hasFaultsBy(iamData: IamData | undefined): (entry: ResourceEntry) => boolean {
  const owner = iamData ?? WITHOUT_DATA;
  let hasFaults = askers.get(owner);
  if (hasFaults === undefined) {
    hasFaults = (entry) => arnFaultsOf(entry, iamData).length > 0;
    askers.set(owner, hasFaults);
  }
  return hasFaults;
}

const askers = new WeakMap<object, (entry: ResourceEntry) => boolean>();
const WITHOUT_DATA = {};

const NONE: readonly ArnFault[] = [];

/**
 * The faults of a resource, in order of place. None for `*`, for what a template is still to fill in, and for what
 * was meant as an execute-api ARN, which has rules of its own.
 */
export function arnFaultsOf({ interned }: ResourceEntry, iamData: IamData | undefined): readonly ArnFault[] {
  return judgeOnce(interned, iamData);
}

/** The same of an ARN that stands in no policy. */
export function arnFaultsIn(text: string, iamData: IamData | undefined): readonly ArnFault[] {
  return judgeOnce(internText(text), iamData);
}

const judgeOnce = notedFor(judge);

function judge(text: string, iamData: IamData | undefined, interned: InternedText): readonly ArnFault[] {
  if (/^\*+$/.test(text)) {
    return NONE;
  }
  const several = severalFault(text);
  if (several !== undefined) {
    return [several];
  }
  const templates = templatesIn(text);
  const placeholders = placeholdersInResource(interned);
  if (templates.length === 0 && placeholders.length === 0) {
    return judgeFields(text, iamData);
  }
  const byTool = templates.find(
    ({ from, to }) =>
      !variablesOf(text.slice(from, to)).some((variable) => isPolicyVariable(variable, iamData)),
  );
  const plain = masked(masked(text, templates), placeholders);
  // An ARN may begin in what is filled in.
  if (/^[^:]*(?:\$\{|\*\*)/.test(plain) && (byTool !== undefined || placeholders.length > 0)) {
    return NONE;
  }
  return judgeFields(plain, iamData)
    .filter(
      (found) =>
        !touches(placeholders, found) &&
        (byTool === undefined || !(found.from > byTool.from && mayBeShifted(found))) &&
        !(byTool !== undefined && (found.kind === 'prefix' || found.kind === 'incomplete')),
    )
    .map((found) => ({ ...found, data: { ...found.data, value: quote(text.slice(found.from, found.to)) } }));
}

function touches(placeholders: readonly Placeholder[], { from, to }: ArnFault): boolean {
  return placeholders.some((placeholder) => placeholder.from < to && from < placeholder.to);
}

/** Whether a field may be another than it seems, since what a tool fills in before it may be several. */
function mayBeShifted({ kind, repairs, data }: ArnFault): boolean {
  switch (kind) {
    case 'account-format':
      return /[A-Za-z]/.test(data.value ?? '');
    case 'region-unknown':
    case 'service-unknown':
      return repairs.length === 0;
    default:
      return false;
  }
}

/** Judges a text in which what is to be filled in reads as variables. */
function judgeFields(text: string, iamData: IamData | undefined): readonly ArnFault[] {
  const fields = splitArn(text);
  const { prefix, partition, service, region, account, resource } = fields;
  const isWhole =
    prefix.text === 'arn' &&
    partition !== undefined &&
    service !== undefined &&
    region !== undefined &&
    account !== undefined &&
    resource !== undefined;
  if (!isWhole) {
    // Of one of execute-api that is cut short other rules speak where nothing fills it up.
    const isCutShort = prefix.text === 'arn' && service?.text === 'execute-api' && !/[*?/]/.test(text);
    return isExecuteApiMeant(text) && !isCutShort ? NONE : formFaults(text, fields);
  }
  const isKnownService = iamData?.isArnNamespace(service.text) === true && isLowerCase(service.text);
  const isOfOtherService =
    isKnownService && service.text !== 'execute-api' && partitionById(partition.text) !== undefined;
  if (!isOfOtherService && isExecuteApiMeant(text)) {
    return NONE;
  }
  const described =
    iamData !== undefined && isKnownService && isJudgeable(region, account)
      ? describedFaults({ iamData, service, region, account, resource })
      : NONE;
  const unsuitable = described === NONE ? undefined : new Set(described.map(({ kind }) => kind));
  const kinds = [
    partitionFaults(partition),
    serviceFaults(service, iamData),
    unsuitable?.has('region-unexpected') ? NONE : regionFaults(partition, region),
    unsuitable?.has('account-unexpected') ? NONE : accountFaults(account),
    described,
    nameFaults(text, fields),
  ];
  // Most ARNs have no fault, and cost no list.
  return kinds.every((faults) => faults.length === 0) ? NONE : kinds.flat().sort((a, b) => a.from - b.from);
}

/** Whether the wildcards of an ARN can stand for the fields that it lacks: `*` crosses colons, and `?` may be one. */
export function mayReachEnd(text: string): boolean {
  const { length } = text.split(':');
  return text.includes('*') || text.split('?').length - 1 >= 6 - length;
}

/** The text has no `arn:` in front, or too few fields: there is no saying what the rest was meant to be. */
function formFaults(text: string, fields: ArnFields): readonly ArnFault[] {
  const { prefix, partition } = fields;
  if (prefix.text === 'arn') {
    const count = fieldCount(fields);
    const whole = { from: 0, to: text.length, text };
    return [fault('incomplete', whole, completions(whole, 6 - count), { data: { count: String(count) } })];
  }
  if (text === '') {
    return [fault('prefix', prefix, [], { message: 'empty' })];
  }
  if (partitionById(prefix.text) !== undefined) {
    return [fault('prefix', prefix, [insertBefore(prefix, 'arn:', 'Insert arn:')])];
  }
  const isMisspelt = partition !== undefined && /^\W*(?:(?:arn|ar|an|rn|a|r|n)\W*)?$/i.test(prefix.text);
  return [fault('prefix', prefix, isMisspelt ? [replace(prefix, 'arn')] : [])];
}

function partitionFaults(partition: Slice): readonly ArnFault[] {
  if (isOpen(partition) || partitionById(partition.text) !== undefined) {
    return NONE;
  }
  const ids = partitions.map(({ id }) => id);
  const meant = partition.text === '' ? 'aws' : nearest(partition.text, ids);
  return [
    fault(
      'partition-unknown',
      partition,
      meant === undefined ? [] : [replace(partition, meant)],
      partition.text === '' ? { message: 'empty' } : {},
    ),
  ];
}

function serviceFaults(service: Slice, iamData: IamData | undefined): readonly ArnFault[] {
  if (service.text.includes('${')) {
    return NONE;
  }
  if (isOpen(service)) {
    return [fault('service-wildcard', service)];
  }
  if (iamData === undefined) {
    return NONE;
  }
  if (iamData.isArnNamespace(service.text)) {
    return isLowerCase(service.text)
      ? NONE
      : [fault('service-case', service, [replace(service, service.text.toLowerCase())])];
  }
  if (service.text === '') {
    return [fault('service-unknown', service, [], { message: 'empty' })];
  }
  const called = serviceCalled(service.text, iamData);
  if (called !== undefined && iamData.isArnNamespace(called)) {
    return [
      fault('service-unknown', service, [replace(service, called)], {
        message: 'called',
        data: { similar: called },
      }),
    ];
  }
  const meant = nearest(service.text, iamData.arnNamespaces());
  return meant === undefined
    ? [fault('service-unknown', service)]
    : [
        fault('service-unknown', service, [replace(service, meant)], {
          message: 'similar',
          data: { similar: meant },
        }),
      ];
}

/** A Region that no list has may be new, where it looks like one: then the fault is another. */
function regionFaults(partitionField: Slice, region: Slice): readonly ArnFault[] {
  if (region.text === '' || isOpen(region)) {
    return NONE;
  }
  const partition = partitionById(partitionField.text);
  const candidates: readonly Partition[] = partition === undefined ? partitions : [partition];
  const standings = candidates.map((candidate) => regionStanding(candidate, region.text));
  if (standings.includes('known')) {
    return NONE;
  }
  if (standings.includes('plausible')) {
    return [fault('region-unlisted', region)];
  }
  const home = partitionOfRegion(region.text);
  if (home !== undefined && partition !== undefined) {
    return [
      fault(
        'region-unknown',
        region,
        [replace(partitionField, home.id, `Change the partition to ${home.id}`)],
        { message: 'partition', data: { partition: partition.id, home: home.id } },
      ),
    ];
  }
  const meant = nearestRegion(region.text, candidates);
  return [fault('region-unknown', region, meant === undefined ? [] : [replace(region, meant)])];
}

function accountFaults(account: Slice): readonly ArnFault[] {
  if (
    account.text === '' ||
    isOpen(account) ||
    isAccountId(account.text) ||
    ACCOUNT_WORDS.has(account.text)
  ) {
    return NONE;
  }
  const digits = account.text.replaceAll(/[-\s]/g, '');
  return [fault('account-format', account, isAccountId(digits) ? [replace(account, digits)] : [])];
}

interface Described {
  readonly iamData: IamData;
  readonly service: Slice;
  readonly region: Slice;
  readonly account: Slice;
  readonly resource: Slice;
}

/** What the formats of the resource types that the ARN can match have to say. */
function describedFaults({ iamData, service, region, account, resource }: Described): readonly ArnFault[] {
  const compiled = arnResource(resource.text);
  const own = judgeFormats(ownArnFormats(iamData, service.text), compiled, region, account);
  if (own === 'fine') {
    return NONE;
  }
  // Another service's table may describe what this one's does not; it is asked only when there is a doubt.
  const formats = allArnFormats(iamData, service.text);
  const found = judgeFormats(formats, compiled, region, account);
  if (found === 'fine' || formats.length === 0) {
    return NONE;
  }
  // Of what belongs to AWS (managed policies, transforms, themes) the reference lists only some.
  const isOfAws = ACCOUNT_WORDS.has(account.text);
  if (found === 'unknown') {
    // `arn:aws:lambda:us-east-1:function:f` lacks its account, and all behind that is one field too early.
    return accountFaults(account).length > 0 ||
      isOpen(region) ||
      isOpen(account) ||
      mayBeOfAws(service, account)
      ? NONE
      : [fault('resource-unknown', resource, [], { data: { service: service.text } })];
  }
  const faults: ArnFault[] = [];
  const data = { service: service.text };
  if (found.region && !(isOfAws && region.text === '')) {
    faults.push(
      region.text === ''
        ? fault('region-missing', region, [replace(region, '*', 'Insert * for every Region')], { data })
        : fault('region-unexpected', region, [replace(region, '', 'Remove the Region')], { data }),
    );
  }
  if (found.account && account.text !== '') {
    faults.push(fault('account-unexpected', account, [replace(account, '', 'Remove the account')], { data }));
  } else if (
    found.account &&
    !mayBeOfAws(service, account) &&
    !resource.text.startsWith('*') &&
    // Where the Region is missing too, Access Analyzer was seen to say no more than that.
    faults.every(({ kind }) => kind !== 'region-missing')
  ) {
    faults.push(
      fault('account-missing', account, [replace(account, '*', 'Insert * for every account')], { data }),
    );
  }
  return faults;
}

/**
 * Whether an ARN may be that of something of AWS's own, by what stands in place of the account. The reference lists few
 * of those: no transforms of CloudFormation, and no documents of Systems Manager without an account.
 */
function mayBeOfAws(service: Slice, account: Slice): boolean {
  return account.text === '' ? ACCOUNTLESS_SERVICES.has(service.text) : ACCOUNT_WORDS.has(account.text);
}

/**
 * The two forms that have one reading: a wildcard for all that follows, which IAM itself takes for one in each field
 * (IAM User Guide, "Grammar of the IAM JSON policy language"), and the name of a bucket without the empty fields.
 */
function completions(whole: Slice, missing: number): readonly Repair[] {
  const { text } = whole;
  const [, header = '', bucket] = /^(arn:[\w-]+:s3:)([^:*]+\*?)$/.exec(text) ?? [];
  return /:\*$/.test(text)
    ? [replace(whole, text + ':*'.repeat(missing))]
    : bucket === undefined
      ? []
      : [replace(whole, `${header}::${bucket}`)];
}

/** `fine` as soon as each field suits one format that the resource can match; that is nearly always the first. */
function judgeFormats(
  formats: readonly ArnFormat[],
  resource: ArnResource,
  region: Slice,
  account: Slice,
): 'fine' | 'unknown' | { readonly region: boolean; readonly account: boolean } {
  let isKnown = false;
  let regionSuits = isOpen(region);
  // A word that is no account id is either one of AWS's own or another rule's business.
  let accountSuits = account.text !== '' && !isAccountId(account.text);
  for (const format of formats) {
    if (meetsFormat(resource, format)) {
      isKnown = true;
      regionSuits ||= fieldSuits(region.text, format.region);
      accountSuits ||= fieldSuits(account.text, format.account);
      if (regionSuits && accountSuits) {
        return 'fine';
      }
    }
  }
  return isKnown ? { region: !regionSuits, account: !accountSuits } : 'unknown';
}

/** With a wildcard in both fields there is nothing that a format could say. */
function isJudgeable(region: Slice, account: Slice): boolean {
  return !isOpen(region) || !isOpen(account);
}

function isOpen({ text }: Slice): boolean {
  return /[*?]|\$\{/.test(text);
}

function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text);
}

function isLowerCase(text: string): boolean {
  return text === text.toLowerCase();
}
