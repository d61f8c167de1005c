import type {
  Granted,
  GrantedQuestion,
  LanguageService,
  PolicyDocument,
  PolicyType,
  Regardless,
} from '../core/index';
import { changeJson, renderChange } from './compare';
import { printable } from './format/printable';
import { type Colour, createStyle } from './format/style';
import { type CliIo, complain, type ExitCode } from './io';
import { type LoadedPolicies, loadPolicies, type PolicyFile } from './policyDocuments';

export interface GrantsRequest {
  readonly files: readonly PolicyFile[];
  readonly question: GrantedQuestion;
  readonly format: 'text' | 'json';
}

/** Answers whether anybody could do something by the policies: 0 if nobody, 1 if somebody or perhaps. */
export async function answerNever(
  io: CliIo,
  service: LanguageService,
  request: GrantsRequest,
): Promise<ExitCode> {
  const found = await grantsOf(io, service, request);
  if (found === undefined) {
    return 2;
  }
  const answer = isSomebody(found) ? 'possible' : isOpen(found) ? 'perhaps' : 'never';
  print(io, request, found, answer, COLOURS[answer], {
    outcome: answer,
    action: request.question.action ?? null,
    resource: request.question.resource ?? null,
  });
  return answer === 'never' ? 0 : 1;
}

/** Tells what anybody at all can do by resource policies: 0 if nothing, 1 if something or perhaps. */
export async function answerPublic(
  io: CliIo,
  service: LanguageService,
  request: GrantsRequest,
): Promise<ExitCode> {
  const found = await grantsOf(io, service, request);
  if (found === undefined) {
    return 2;
  }
  const types = found.loaded.documents.flatMap(({ policies }) => policies.map(({ kind }) => kind.type));
  if (!types.some((type) => type === 'resource' || type === 'trust')) {
    complain(io, 'these files have no resource policy, and no other policy can grant public access');
    return 2;
  }
  const [certain] = halves(found.granted);
  const answer = certain.length > 0 ? 'public' : isOpen(found) ? 'perhaps public' : 'not public';
  const outcome = certain.length > 0 ? 'public' : isOpen(found) ? 'perhaps' : 'not-public';
  print(io, request, found, answer, outcome === 'not-public' ? 'green' : 'red', { outcome });
  return outcome === 'not-public' ? 0 : 1;
}

/** Answers who may do something by the policies: 0 if somebody may, 1 if nobody certainly may. */
export async function answerWho(
  io: CliIo,
  service: LanguageService,
  request: GrantsRequest,
): Promise<ExitCode> {
  const found = await grantsOf(io, service, request);
  if (found === undefined) {
    return 2;
  }
  const isKnown = isSomebody(found);
  const answer = isKnown ? 'these may' : isOpen(found) ? 'nobody for certain' : 'nobody by these policies';
  print(io, request, found, answer, isKnown ? 'bold' : 'yellow', {
    action: request.question.action ?? null,
    resource: request.question.resource ?? null,
  });
  return isKnown ? 0 : 1;
}

interface Found {
  readonly loaded: LoadedPolicies;
  readonly granted: readonly Granted[];
  readonly regardless: readonly Regardless[];
  /** The files with policies that may grant more by statements that are not in them. */
  readonly unseen: readonly string[];
}

function isSomebody({ granted, regardless }: Found): boolean {
  return [...granted, ...regardless].some(({ isCertain }) => isCertain);
}

function isOpen({ granted, regardless, unseen }: Found): boolean {
  return unseen.length > 0 || [...granted, ...regardless].some(({ isCertain }) => !isCertain);
}

async function grantsOf(
  io: CliIo,
  service: LanguageService,
  { files, question }: GrantsRequest,
): Promise<Found | undefined> {
  const loaded = await loadPolicies(io, service, files, 'named', (document, name) =>
    asGrant(io, document, name),
  );
  for (const problem of loaded.problems) {
    complain(io, problem);
  }
  if (loaded.problems.length > 0) {
    return undefined;
  }
  const { documents, sources, levels } = loaded;
  const unseen = documents
    .filter((document) => service.mayGrantUnseen(document, question))
    .flatMap(({ policies: [first] }) => (first === undefined ? [] : (sources.get(first)?.name ?? [])));
  return {
    loaded,
    granted: service.granted(documents, { ...question, levels }),
    regardless: question.onlyPublic === true ? [] : service.grantedRegardless(documents, question),
    unseen,
  };
}

/**
 * A file is a limit only if the command line says so: its content does not show which identities it limits, and its
 * name may mislead. One that might be a limit counts as a policy like any other.
 */
function asGrant(io: CliIo, { policies }: PolicyDocument, name: string): PolicyType | undefined {
  const limit = policies.find(({ kind }) => kind.type === 'rcp' || OF_IDENTITIES.has(kind.type));
  if (limit === undefined) {
    return undefined;
  }
  const { type } = limit.kind;
  const isPolicy = policies.length === 1 && type !== 'rcp';
  complain(
    io,
    isPolicy
      ? `${printable(name)} counts as an identity policy: give it with --also ${type}=FILE if it is a limit`
      : `the ${type} policy in ${printable(name)} limits nothing here: only files of --also are limits, as in --also ${type}=FILE`,
  );
  return isPolicy ? 'identity' : undefined;
}

const OF_IDENTITIES: ReadonlySet<string> = new Set(['scp', 'boundary', 'session']);

const COLOURS = { never: 'green', perhaps: 'yellow', possible: 'red' } as const satisfies Record<
  string,
  Colour
>;

const REGARDLESS = {
  everybody: 'everybody with credentials, since it needs no permission',
  users: 'every user and root user, since it needs no permission',
  root: 'the root user of the account that owns the resource, even if its policy denies it',
} as const satisfies Record<Regardless['who'], string>;

function halves<Each extends { readonly isCertain: boolean }>(
  granted: readonly Each[],
): readonly [readonly Each[], readonly Each[]] {
  return [granted.filter(({ isCertain }) => isCertain), granted.filter(({ isCertain }) => !isCertain)];
}

function print(
  io: CliIo,
  { format }: GrantsRequest,
  { loaded, granted, regardless, unseen }: Found,
  answer: string,
  colour: Colour,
  head: Readonly<Record<string, unknown>>,
): void {
  const { sources } = loaded;
  if (format === 'json') {
    const grants = granted.map((grant) => {
      const { noLongerDeniedBy: _, part: __, ...json } = changeJson(grant, sources);
      return { holder: grant.holder === '' ? null : grant.holder, ...json };
    });
    const beyond = head.action === undefined ? {} : { regardless };
    io.stdout.write(`${JSON.stringify({ ...head, grants, ...beyond, unseen }, undefined, 2)}\n`);
    return;
  }
  const style = createStyle(io.stdout, io.env);
  const lines = (list: readonly Granted[]): readonly string[] =>
    list.flatMap((grant) => [
      ...(grant.holder === '' ? [] : [`  ${printable(grant.holder)}`]),
      ...renderChange(grant, sources, style),
    ]);
  const [certain, open] = halves(granted);
  const [free, perhapsFree] = halves(regardless);
  const sentences = (list: readonly Regardless[]): readonly string[] =>
    list.map(({ action, who }) => `  ${printable(action)}: ${REGARDLESS[who]}`);
  const blocks = [
    style(colour, answer),
    ...lines(certain),
    ...sentences(free),
    ...(open.length === 0 && perhapsFree.length === 0
      ? []
      : [
          style('bold', 'perhaps, depending on what is not known here'),
          ...lines(open),
          ...sentences(perhapsFree),
        ]),
    ...unseen.map((name) => `  ${printable(name)}: statements that are put in elsewhere are not seen here`),
  ];
  io.stdout.write(`${blocks.join('\n')}\n`);
}
