// SPDX-License-Identifier: Apache-2.0

/**
 * The bare loop, as a process of its own: sends recorded requests again, reads and parses every
 * answer, and prints `{ ms, cpuMs, bytes }`. Its input is
 * `{ url, clientId, clientSecret, requests, concurrency, inOrder }`.
 */
import { text } from 'node:stream/consumers';
import { Agent, request } from 'undici';

const { url, clientId, clientSecret, requests, concurrency, inOrder } =
  JSON.parse(await text(process.stdin));
const dispatcher = new Agent({ connections: concurrency });

async function send({ method, path, body }, headers = {}) {
  const answer = await request(`${url}${path}`, {
    dispatcher,
    method,
    headers: {
      accept: 'application/json',
      ...headers,
      ...(body && { 'content-type': 'application/json' }),
    },
    body: body && JSON.stringify(body),
  });
  const content = await answer.body.text();
  if (answer.statusCode !== 200) {
    throw new Error(`${method} ${path} answered ${answer.statusCode}`);
  }
  return { json: JSON.parse(content), bytes: content.length };
}

/** Requests that wait for each other: the pages of one list, when the order is kept. */
function chains() {
  if (!inOrder) {
    return requests.map(each => [each]);
  }
  const lists = new Map();
  for (const each of requests) {
    const { pathname, searchParams } = new URL(each.path, url);
    for (const name of ['cursor', 'start', 'shouldReturnTotalSize']) {
      searchParams.delete(name);
    }
    const list = each.body
      ? JSON.stringify(each.body)
      : `${pathname}?${searchParams}`;
    lists.set(list, [...(lists.get(list) ?? []), each]);
  }
  return [...lists.values()];
}

const { json: token } = await send({
  method: 'POST',
  path: '/oauth/token',
  body: {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  },
});
const headers = { authorization: `Bearer ${token.access_token}` };
const waiting = chains().values();
const begun = performance.now();
const cpu = process.cpuUsage();
let bytes = 0;
await Promise.all(
  Array.from({ length: concurrency }, async () => {
    for (const chain of waiting) {
      for (const each of chain) {
        bytes += (await send(each, headers)).bytes;
      }
    }
  }),
);
const { user, system } = process.cpuUsage(cpu);
console.log(
  JSON.stringify({
    ms: performance.now() - begun,
    cpuMs: (user + system) / 1000,
    bytes,
  }),
);
await dispatcher.close();
