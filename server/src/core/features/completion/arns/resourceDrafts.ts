import { type Slice, sliceOf, splitArn } from '../../../arn/arn';
import { type ArnFormat, arnResource, literalParts, meetsFormat } from '../../../iamData/arnFormats';
import { type ArnSite, type Draft, fittingFormats, formatsOfService } from './site';

/**
 * The last field by the formats of the service. With the cursor at its end, what is written is gone on with; in its
 * middle, only the piece under the cursor is replaced.
 */
export function resourceDrafts(site: ArnSite, resource: Slice): readonly Draft[] {
  const formats = fittingFormats(site, formatsOfService(site, site.fields.service?.text ?? ''), 'resource');
  if (site.cursor < resource.to) {
    return pieceDrafts(site, resource, formats);
  }
  const drafts = formats.flatMap((format): readonly Draft[] => {
    const end = goneOn(resource.text, resourceOf(format), site.wildcards ? '*' : undefined);
    return end === undefined ? [] : [{ ...inPlace(resource, end.text, format.type.name), ...end }];
  });
  return site.wildcards && '*'.startsWith(resource.text)
    ? [...drafts, inPlace(resource, '*', 'every resource that matches the fields before it')]
    : drafts;
}

function resourceOf({ type }: ArnFormat): string {
  return splitArn(type.arn).resource?.text ?? '';
}

/**
 * What a written beginning becomes in a format, `stand` in the place of each part that is still to be named, or,
 * without one, up to the first of them. `undefined` where it is the beginning of no such resource, or all of it.
 */
export function goneOn(
  written: string,
  format: string,
  stand: string | undefined,
): Pick<Draft, 'text' | 'continues'> | undefined {
  const literals = literalParts(format);
  // The last part may have slashes in it, as keys of objects and paths of roles do, unless it is all there is.
  const isLastOpen = literals.length > 2 || literals[0] !== '';
  const end = (text: string, next: number) => ({
    text: stand === undefined ? text : [text, ...literals.slice(next)].join(stand),
    continues: stand === undefined && next < literals.length,
  });
  let rest = written;
  for (const [index, literal] of literals.entries()) {
    if (index > 0) {
      const isOpen = isLastOpen && index === literals.length - 1;
      const name = isOpen ? rest : (/^[^/:]*/.exec(rest)?.[0] ?? '');
      if (name === rest) {
        // Behind a name a star would name more than its author has typed.
        const star = stand === undefined || !/(?:^|\/)$/.test(name) ? '' : stand;
        const gone = stand === undefined ? undefined : end(written + star + literal, index + 1);
        return gone?.text === written ? undefined : gone;
      }
      rest = rest.slice(name.length);
    }
    if (!rest.startsWith(literal)) {
      return literal.startsWith(rest) ? end(written + literal.slice(rest.length), index + 1) : undefined;
    }
    rest = rest.slice(literal.length);
  }
  return undefined;
}

/** The first word of the formats, or a star, for the piece that the cursor is in. */
function pieceDrafts(site: ArnSite, resource: Slice, formats: readonly ArnFormat[]): readonly Draft[] {
  const { value, cursor, wildcards } = site;
  const before = /(?<![^/:])[^/:]*$/.exec(value.slice(resource.from, cursor))?.[0] ?? '';
  const after = /^[^/:]*/.exec(value.slice(cursor))?.[0] ?? '';
  const piece = sliceOf(value, cursor - before.length, cursor + after.length);
  const heads =
    piece.from > resource.from
      ? []
      : formats.map((format) => ({
          text: /^([^/:$]*)[/:]/.exec(resourceOf(format))?.[1] ?? '',
          detail: format.type.name,
        }));
  const star = wildcards ? [{ text: '*', detail: 'any' }] : [];
  const isFitting = (text: string) => {
    const whole = value.slice(resource.from, piece.from) + text + value.slice(piece.to);
    return formats.some((format) => meetsFormat(arnResource(whole), format));
  };
  return [...heads, ...star]
    .filter(({ text }) => text !== '' && isFitting(text))
    .map(({ text, detail }) => inPlace(piece, text, detail));
}

function inPlace({ from, to }: Slice, text: string, detail: string): Draft {
  return { label: text, detail, from, to, text, continues: false };
}
