/**
 * Writes a VSIX: a zip file of the extension's files below `extension/`, a manifest that says what it is, and the media
 * types of its files (Open Packaging Conventions). What stands in the manifest is what `@vscode/vsce` writes there; that
 * package and what it needs for publishing are a third of an installation, and only packing is done here.
 *
 * To publish: `npx @vscode/vsce publish --packagePath FILE`.
 */
import { crc32, deflateRawSync } from 'node:zlib';
import zopfli from '@gfx/zopfli';

/** Media types by extension, of what is shipped. */
const MEDIA_TYPES = {
  css: 'text/css',
  js: 'application/javascript',
  json: 'application/json',
  jsonl: 'application/octet-stream',
  md: 'text/markdown',
  png: 'image/png',
  txt: 'text/plain',
  vsixmanifest: 'text/xml',
};

/** What the pages about an extension show, by the names that these files have in a package. */
const ASSETS = [
  ['Microsoft.VisualStudio.Code.Manifest', 'package.json'],
  ['Microsoft.VisualStudio.Services.Content.Details', 'readme.md'],
  ['Microsoft.VisualStudio.Services.Content.Changelog', 'changelog.md'],
  ['Microsoft.VisualStudio.Services.Content.License', 'LICENSE.txt'],
  ['Microsoft.VisualStudio.Services.Icons.Default', 'icon.png'],
];

const RENAMED = new Map([
  ['README.md', 'readme.md'],
  ['CHANGELOG.md', 'changelog.md'],
  ['LICENSE', 'LICENSE.txt'],
]);

/**
 * @param manifest package.json
 * @param texts package.nls.json, for what package.json refers to
 * @param files bytes of the files by their paths, package.json among them
 * @param programs paths of those that can be started
 * @returns a promise of the bytes of the VSIX: equal ones for equal files, whatever their order
 */
export function vsix(manifest, texts, files, programs) {
  const shipped = [...files]
    .map(([path, bytes]) => [`extension/${RENAMED.get(path) ?? path}`, bytes])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const started = new Set(programs.map((path) => `extension/${path}`));
  const entries = [['extension.vsixmanifest', Buffer.from(manifestOf(manifest, texts))], ...shipped];
  return zip(
    [['[Content_Types].xml', Buffer.from(mediaTypes(entries.map(([name]) => name)))], ...entries],
    started,
  );
}

function manifestOf(manifest, texts) {
  const text = (value) =>
    escaped(value.replace(/^%(.+)%$/, (_, key) => texts[key] ?? fail(`package.nls.json has no ${key}`)));
  const languages = (manifest.activationEvents ?? []).flatMap((event) =>
    event.startsWith('onLanguage:') ? [event.slice('onLanguage:'.length)] : [],
  );
  const tags = [...manifest.keywords, ...languages, ...(manifest.browser ? ['__web_extension'] : [])];
  const kinds = [...(manifest.main ? ['workspace'] : []), ...(manifest.browser ? ['web'] : [])];
  const properties = [
    ['Microsoft.VisualStudio.Code.Engine', manifest.engines.vscode],
    ['Microsoft.VisualStudio.Code.ExtensionKind', (manifest.extensionKind ?? kinds).join()],
    ['Microsoft.VisualStudio.Code.ExecutesCode', 'true'],
    ['Microsoft.VisualStudio.Services.GitHubFlavoredMarkdown', 'true'],
    ['Microsoft.VisualStudio.Services.Content.Pricing', 'Free'],
  ];
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011" xmlns:d="http://schemas.microsoft.com/developer/vsx-schema-design/2011">
  <Metadata>
    <Identity Language="en-US" Id="${manifest.name}" Version="${manifest.version}" Publisher="${manifest.publisher}" />
    <DisplayName>${text(manifest.displayName)}</DisplayName>
    <Description xml:space="preserve">${text(manifest.description)}</Description>
    <Tags>${escaped([...new Set(tags)].join())}</Tags>
    <Categories>${escaped(manifest.categories.join())}</Categories>
    <GalleryFlags>Public</GalleryFlags>
    <Properties>
${properties.map(([id, value]) => `      <Property Id="${id}" Value="${escaped(value)}" />`).join('\n')}
    </Properties>
    <License>extension/LICENSE.txt</License>
    <Icon>extension/icon.png</Icon>
  </Metadata>
  <Installation>
    <InstallationTarget Id="Microsoft.VisualStudio.Code" />
  </Installation>
  <Dependencies />
  <Assets>
${ASSETS.map(([type, path]) => `    <Asset Type="${type}" Path="extension/${path}" Addressable="true" />`).join('\n')}
  </Assets>
</PackageManifest>
`;
}

function mediaTypes(names) {
  const extensions = [...new Set(names.map((name) => name.split('.').at(-1)))].sort();
  const rows = extensions.map((extension) => {
    const type = MEDIA_TYPES[extension] ?? fail(`no media type for .${extension}`);
    return `<Default Extension=".${extension}" ContentType="${type}" />`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${rows.join('')}</Types>
`;
}

function escaped(text) {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const VERSION = 20;
const DEFLATED = 8;
const STORED = 0;
const UTF8_NAMES = 0x0800;
/** The second of January 1980: the first day that a zip file can name is another one in some time zones. */
const DAY = (1 << 5) | 2;
const MADE_ON_UNIX = 3 << 8;
/** `-rw-r--r--` and `-rwxr-xr-x` of regular files. */
const MODE = 0o100644;
const PROGRAM = 0o100755;

/** From this size on it is worth seconds to look for the smallest result. */
const LARGE = 60_000;

/** Deflated as zopfli does, which tries what zlib does not, or as zlib does it where there is little to gain. */
async function deflated(bytes) {
  return bytes.length < LARGE
    ? deflateRawSync(bytes, { level: 9, memLevel: 9 })
    : zopfli.deflateAsync(bytes, { numiterations: 1 });
}

/** A zip file (APPNOTE.TXT of PKWARE) without extra fields: each entry deflated, or stored where that is smaller. */
async function zip(entries, programs) {
  const bodies = [];
  const directory = [];
  let offset = 0;
  for (const [path, bytes] of entries) {
    const name = Buffer.from(path);
    const smaller = await deflated(bytes);
    const [method, packed] = smaller.length < bytes.length ? [DEFLATED, smaller] : [STORED, bytes];
    // What both headers say: version, flags, method, time, day, checksum, sizes, length of the name and of no extra field.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(VERSION, 0);
    common.writeUInt16LE(UTF8_NAMES, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt16LE(DAY, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(((programs.has(path) ? PROGRAM : MODE) << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    bodies.push(Buffer.from('PK\u0003\u0004'), common, name, packed);
    directory.push(Buffer.from('PK\u0001\u0002'), word(MADE_ON_UNIX | VERSION), common, rest, name);
    offset += 4 + common.length + name.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, listed, Buffer.from('PK\u0005\u0006'), end]);
}

function word(value) {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function fail(message) {
  throw new Error(`VSIX: ${message}`);
}
