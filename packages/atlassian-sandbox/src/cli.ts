// SPDX-License-Identifier: Apache-2.0
import { parseArgs } from 'node:util';
import { SandboxOptions, startSandbox } from './startSandbox';

const USAGE =
  'usage: sandbox [--port N] [--size demo|S|M|L] [--seed N] [--latency MS] [--roles none|first|second|both]';

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new Error(`--${name} must be a whole number, not "${text}".`);
  return Number(text);
}

/** Options from the command line; throws with a sentence that names the option. */
export function parseOptions(args: readonly string[]): SandboxOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '0' },
      size: { type: 'string', default: 'demo' },
      seed: { type: 'string', default: '1' },
      latency: { type: 'string', default: '0' },
      roles: { type: 'string', default: 'none' },
    },
  });
  const { size, roles } = values;
  if (size !== 'demo' && size !== 'S' && size !== 'M' && size !== 'L') {
    throw new Error(`--size must be demo, S, M or L, not "${size}".`);
  }
  if (!['none', 'first', 'second', 'both'].includes(roles)) {
    throw new Error(
      `--roles must be none, first, second or both, not "${roles}".`,
    );
  }
  const modeOf = (site: string) =>
    roles === site || roles === 'both' ? 'ROLES' : undefined;
  return {
    port: wholeNumber('port', values.port),
    size,
    seed: wholeNumber('seed', values.seed),
    latencyMs: wholeNumber('latency', values.latency),
    roleMode: modeOf('first'),
    secondRoleMode: modeOf('second'),
  };
}

/** Starts a sandbox, prints one line of JSON with its addresses and credentials, ends on SIGTERM or SIGINT. */
export async function main(args: readonly string[]): Promise<void> {
  const sandbox = await startSandbox(parseOptions(args));
  const { url, siteUrl, secondSiteUrl, secondCloudId } = sandbox;
  const { apiUrl, authUrl, credentials } = sandbox;
  process.stdout.write(
    `${JSON.stringify({
      url,
      siteUrl,
      secondSiteUrl,
      secondCloudId,
      apiUrl,
      authUrl,
      credentials,
    })}\n`,
  );
  const end = () => {
    sandbox.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}

/** As `main`, for the launcher: a failure is one line on stderr and exit code 1. */
export async function run(args: readonly string[]): Promise<void> {
  try {
    await main(args);
  } catch (error) {
    process.stderr.write(
      `${error instanceof Error ? error.message : error}\n${USAGE}\n`,
    );
    process.exitCode = 1;
  }
}
