import type { ChangeReportParams, ChangeReportResult } from '../protocol/change';
import type { HandlerContext } from './handlerContext';
import { onRequest } from './requests';

/** Registers the request behind "What Does This Change Grant?". */
export function registerChangeReport(context: HandlerContext): void {
  const { documents, service } = context;
  onRequest(context, 'iamPolicy/changeReport', {}, async ({ uri, against }): Promise<ChangeReportResult> => {
    const snapshot = await documents.snapshot(uri);
    if (snapshot === undefined) {
      return {};
    }
    const found = await textBefore(context, { uri, against });
    if ('problem' in found) {
      return found;
    }
    const after = snapshot.policy;
    const { language, override } = after;
    const before = service().open({ text: found.text, language, ...(override && { override }) });
    if (before.policies.length === 0 && after.policies.length === 0) {
      return {};
    }
    const refusals = [after, before].flatMap((document) =>
      service()
        .refusals(document)
        .map(({ message }) => message),
    );
    return service().changeReport(before, after, { against: WORDS[against], refusals });
  });
}

const WORDS = { commit: 'in the last commit', saved: 'as it is saved' } as const;

async function textBefore(
  { host, trust }: HandlerContext,
  { uri, against }: ChangeReportParams,
): Promise<{ readonly text: string } | { readonly problem: string }> {
  if (against === 'saved') {
    const text = await host.files?.read(uri);
    return text === undefined ? { problem: 'the file has not been saved' } : { text };
  }
  if (host.committed === undefined) {
    return { problem: 'git cannot be asked here' };
  }
  // Git reads settings of the repository, which name programs.
  return trust() === 'untrusted'
    ? { problem: 'git is not asked in a workspace that is not trusted' }
    : host.committed(uri);
}
