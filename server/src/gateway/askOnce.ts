import type { ControlOutcome, CredentialsOutcome, GatewayHost } from './host';

/** The host, whose questions about the same thing are asked once, however many wait for the answer. */
export function askOnce(host: GatewayHost): GatewayHost {
  const known = new Map<string, Promise<unknown>>();
  const once = <T>(key: string, ask: () => Promise<T>): Promise<T> => {
    const answer = (known.get(key) as Promise<T> | undefined) ?? ask();
    known.set(key, answer);
    return answer;
  };
  return {
    ...host,
    credentials: (options) =>
      once<CredentialsOutcome>(`credentials ${options.profile ?? ''}`, () => host.credentials(options)),
    control: {
      ...host.control,
      callerIdentity: (call) =>
        once<ControlOutcome<{ readonly accountId: string; readonly arn: string }>>('caller', () =>
          host.control.callerIdentity(call),
        ),
      resources: (call, apiId) =>
        once(`resources ${call.region} ${apiId}`, () => host.control.resources(call, apiId)),
      integration: (call, method) =>
        once(`integration ${call.region} ${method.apiId} ${method.resourceId} ${method.method}`, () =>
          host.control.integration(call, method),
        ),
      stage: (call, stage) =>
        once(`stage ${call.region} ${stage.apiId} ${stage.stage}`, () => host.control.stage(call, stage)),
      exportedApi: (call, stage) =>
        once(`export ${call.region} ${stage.apiId} ${stage.stage}`, () =>
          host.control.exportedApi(call, stage),
        ),
    },
  };
}
