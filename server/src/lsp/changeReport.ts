import type { ChangeReportParams, ChangeReportResult } from '../protocol/change';
import { AGAINST } from './changes';
import { toOffset } from './convert';
import type { HandlerContext } from './handlerContext';
import { onRequest } from './requests';

/** Registers the request behind "What Does This Change Grant?". */
export function registerChangeReport(context: HandlerContext): void {
  const { documents, service } = context;
  onRequest(
    context,
    'iamPolicy/changeReport',
    {},
    async ({ uri, against, position }): Promise<ChangeReportResult> => {
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
      const at = position === undefined ? undefined : toOffset(snapshot.text, position);
      return service().changeReport(before, after, { against: AGAINST[against], refusals, at });
    },
  );
}

async function textBefore(
  { baselines, host, trust }: HandlerContext,
  { uri, against }: ChangeReportParams,
): Promise<{ readonly text: string } | { readonly problem: string }> {
  if (against === 'saved') {
    const text = await baselines.saved(uri);
    return text === undefined ? { problem: 'the file has not been saved' } : { text };
  }
  if (host.committed === undefined) {
    return { problem: 'git cannot be asked here' };
  }
  // Git reads settings of the repository, which name programs.
  if (trust() === 'untrusted') {
    return { problem: 'git is not asked in a workspace that is not trusted' };
  }
  const found = await host.committed(uri);
  if ('text' in found) {
    baselines.told(uri, found.text);
  }
  return found;
}
