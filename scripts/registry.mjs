// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

/** The age of every archive, for portals that refuse what was published yesterday. */
const LONG_AGO = '2000-01-01T00:00:00.000Z';

/**
 * Serves archives as an npm registry would, on the loopback interface.
 * Returns its address and the lines that a portal's .yarnrc.yml needs.
 */
export async function serveArchives(archives, { port = 0 } = {}) {
  const answers = new Map();
  const server = createServer((request, response) => {
    const answer = answers.get(decodeURIComponent(request.url));
    response.writeHead(answer ? 200 : 404);
    response.end(answer);
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

  const url = `http://127.0.0.1:${server.address().port}`;
  for (const { file, manifest } of archives) {
    const archive = readFileSync(file);
    const hash = createHash('sha512').update(archive);
    const { name, version } = manifest;
    // Not the usual path: Yarn would take an older archive of that version from its cache.
    const path = `/archives/${hash.copy().digest('hex').slice(0, 16)}.tgz`;
    const dist = {
      tarball: `${url}${path}`,
      integrity: `sha512-${hash.digest('base64')}`,
    };
    answers.set(path, archive);
    answers.set(
      `/${name}`,
      JSON.stringify({
        name,
        'dist-tags': { latest: version },
        versions: { [version]: { ...manifest, dist } },
        time: { [version]: LONG_AGO },
      }),
    );
  }
  return { url, yarnSettings: yarnSettings(url, archives) };
}

function yarnSettings(url, archives) {
  const scopes = new Set(
    archives.map(({ manifest }) => manifest.name.slice(1).split('/')[0]),
  );
  return [
    "unsafeHttpWhitelist: ['127.0.0.1']",
    'npmScopes:',
    ...[...scopes].map(scope => `  ${scope}:\n    npmRegistryServer: ${url}`),
    '',
  ].join('\n');
}
