import { headerValue } from './errorAnswer';
import type { GatewayResponse } from './host';
import { isSensitive, REDACTED, type Redactor } from './redact';

/** Where a response says which version of the backend it is from: a header, or a value in a JSON body (RFC 6901). */
export type Marker =
  | { readonly kind: 'header'; readonly name: string }
  | { readonly kind: 'json'; readonly pointer: string };

/** Reads `header:NAME` or `json:/POINTER`; `undefined` for anything else. */
export function readMarker(text: string): Marker | undefined {
  const [, kind, place = ''] = /^(header|json):(.*)$/s.exec(text) ?? [];
  if (kind === 'header') {
    return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(place) ? { kind, name: place.toLowerCase() } : undefined;
  }
  return kind === 'json' && /^(?:\/(?:[^~/]|~[01])*)*$/.test(place) ? { kind, pointer: place } : undefined;
}

/** The marker as it is written. */
export function markerText(marker: Marker): string {
  return marker.kind === 'header' ? `header:${marker.name}` : `json:${marker.pointer}`;
}

/** What an answer has at the marker, `undefined` where it has nothing there. */
export function markerOf(marker: Marker, response: GatewayResponse): string | undefined {
  if (marker.kind === 'header') {
    return headerValue(response.headers, marker.name);
  }
  const value = response.truncated ? undefined : valueAt(marker.pointer, response.body);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A value of the marker as it may be shown. */
export function shownMarker(marker: Marker, value: string, redactor: Redactor): string {
  if (isSensitive(marker.kind === 'header' ? marker.name : (marker.pointer.split('/').at(-1) ?? ''))) {
    return REDACTED;
  }
  return redactor.brief(value, MAX_SHOWN);
}

const MAX_SHOWN = 200;

function valueAt(pointer: string, body: string): unknown {
  const names = pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  try {
    return names.reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, name)
          ? Reflect.get(value, name)
          : undefined,
      JSON.parse(body),
    );
  } catch {
    // No JSON has nothing at any place.
    return undefined;
  }
}
