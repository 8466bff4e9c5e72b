// SPDX-License-Identifier: Apache-2.0
import { Parser } from 'htmlparser2';

/** A paragraph, heading or item of a list, as text. */
export interface Block {
  /** 1 to 6 of a heading. */
  heading?: number;
  text: string;
}

/** What begins and ends a piece of text of its own. */
const BLOCKS = new Set(
  'p h1 h2 h3 h4 h5 h6 li ul ol tr td th table pre blockquote div br hr ac:task ac:structured-macro ac:layout-cell'.split(
    ' ',
  ),
);
/** Settings of macros and the like, which nobody reads on the page. */
const UNREAD = new Set([
  'ac:parameter',
  'ac:placeholder',
  'ac:task-id',
  'ac:task-status',
]);
/** A longer piece is cut: it is shown to be compared, and the hash is of the whole. */
const MOST_TEXT = 10_000;
export const MOST_BLOCKS = 5_000;

/** The text of a page in Confluence's storage format, block by block; at most 5 000. */
export function blocksOf(storage: string): Block[] {
  const blocks: Block[] = [];
  let text = '';
  let heading: number | undefined;
  let unread = 0;
  const flush = () => {
    const trimmed = text.replace(/\s+/gu, ' ').trim().slice(0, MOST_TEXT);
    if (trimmed && blocks.length < MOST_BLOCKS) {
      blocks.push({ ...(heading && { heading }), text: trimmed });
    }
    text = '';
  };
  const parser = new Parser(
    {
      onopentag(name) {
        unread += UNREAD.has(name) ? 1 : 0;
        if (BLOCKS.has(name)) {
          flush();
          heading = /^h[1-6]$/.test(name) ? Number(name[1]) : undefined;
        }
      },
      onclosetag(name) {
        unread -= UNREAD.has(name) ? 1 : 0;
        if (BLOCKS.has(name)) {
          flush();
          heading = undefined;
        }
      },
      ontext(part) {
        text += unread > 0 ? '' : part;
      },
    },
    { decodeEntities: true, recognizeCDATA: true, recognizeSelfClosing: true },
  );
  parser.end(storage);
  flush();
  return blocks;
}
