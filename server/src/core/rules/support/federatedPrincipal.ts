import { type Slice, sliceOf, splitArn } from '../../arn/arn';
import { replace } from '../../arn/mistakes/mistake';
import { placeholdersIn } from '../../arn/placeholders';
import { BUILT_IN_PROVIDERS } from '../../iamData/overlay/oidcProviders';
import { meantBy } from '../../locate/elements';
import {
  accountFault,
  blankFault,
  caseFault,
  fault,
  type HeaderFault,
  isFilled,
  kindOf,
  maskTemplates,
  type PrincipalFault,
  partitionFault,
  regionFault,
  severalFault,
  shortFault,
} from './principalFaults';
import { principalTypeOf } from './principalType';

type FederatedFault = HeaderFault | PrincipalFault<'format' | 'https' | 'name' | 'type'>;

/**
 * What is wrong with a text under `Federated` in a trust policy; `undefined` where it names an identity provider, and where
 * a wildcard or a placeholder stands in it, of which other rules speak.
 *
 * IAM User Guide, "AWS JSON policy elements: Principal"; IAM API Reference, "CreateSAMLProvider" and
 * "CreateOpenIDConnectProvider": the URL of a provider begins with https://, its ARN has the URL without.
 */
export function federatedPrincipalFault(text: string): FederatedFault | undefined {
  if (BUILT_IN_PROVIDERS.has(text) || /[*?]/.test(text) || placeholdersIn(text, 'principal').length > 0) {
    return undefined;
  }
  const masked = maskTemplates(text);
  return (
    (text === '' ? undefined : blankFault(text)) ??
    severalFault(text) ??
    (/^arn:/i.test(masked) ? arnFault(masked) : plainFault(text, masked))
  );
}

/** A name that is no ARN: one of those that are built in, or something else's. */
function plainFault(text: string, masked: string): FederatedFault | undefined {
  const whole = sliceOf(text, 0, text.length);
  if (masked !== text) {
    return undefined;
  }
  const type = principalTypeOf(text);
  if (type !== undefined) {
    return fault('type', whole, { data: { type } });
  }
  const meant = meantBy(text.replace(/^https?:\/\//i, ''), [...BUILT_IN_PROVIDERS.keys()]);
  return fault('format', whole, { repairs: meant === undefined ? [] : [replace(whole, meant)] });
}

function arnFault(text: string): FederatedFault | undefined {
  const { prefix, partition, service, region, account, resource } = splitArn(text);
  if (!partition || !service || !region || !account || !resource) {
    return isFilled(sliceOf(text, 0, text.length)) ? undefined : shortFault(text);
  }
  if (prefix.text !== 'arn') {
    return caseFault(prefix, 'arn');
  }
  return (
    partitionFault(partition) ??
    (isFilled(service)
      ? undefined
      : (kindFault(text, service, resource) ??
        regionFault(region) ??
        accountFault(account) ??
        nameFault(resource)))
  );
}

/** Only AWS IAM has identity providers. */
function kindFault(text: string, service: Slice, resource: Slice): FederatedFault | undefined {
  const kind = kindOf(resource);
  const lower = kind.text.toLowerCase();
  if (service.text.toLowerCase() === 'iam' && (isFilled(kind) || PROVIDERS.has(lower))) {
    return service.text !== 'iam'
      ? caseFault(service, 'iam')
      : isFilled(kind) || kind.text === lower
        ? undefined
        : caseFault(kind, lower);
  }
  const whole = sliceOf(text, 0, text.length);
  return /^(?:root$|(?:user|role|assumed-role|federated-user)\/)/.test(resource.text)
    ? fault('type', whole, { data: { type: 'AWS' } })
    : fault('format', whole);
}

const PROVIDERS: ReadonlySet<string> = new Set(['oidc-provider', 'saml-provider']);

function nameFault(resource: Slice): FederatedFault | undefined {
  const kind = kindOf(resource);
  if (isFilled(kind)) {
    return undefined;
  }
  const name: Slice = { from: kind.to + 1, to: resource.to, text: resource.text.slice(kind.text.length + 1) };
  const scheme = /^https?:\/\//i.exec(name.text)?.[0];
  if (kind.text === 'oidc-provider' && scheme !== undefined) {
    const at: Slice = { from: name.from, to: name.from + scheme.length, text: scheme };
    return fault('https', at, { repairs: [replace(at, '', `Remove ${scheme}`)] });
  }
  const form = kind.text === 'saml-provider' ? SAML_NAME : OIDC_NAME;
  return resource.text.charAt(kind.text.length) === '/' && (isFilled(name) || form.test(name.text))
    ? undefined
    : fault('name', resource);
}

const SAML_NAME = /^[\w.-]{1,128}$/;
/** Some issuers end in a slash, and it stands in their ARNs. */
const OIDC_NAME = /^[^\s/]\S*$/;
