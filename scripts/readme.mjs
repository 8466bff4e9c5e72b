// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './tools.mjs';

/** A code block and, on the line above it, the comment that gives it a name. */
const BLOCK =
  /(?:<!-- try-install: (?<name>[\w-]+) -->\s*)?^(?<indent> *)```\w*\n(?<text>[\s\S]*?)\n *```$/gm;

/**
 * The code blocks of a section of a Markdown text by their names, without their indentation.
 * Every block must have a name, so that none can be forgotten.
 */
export function namedBlocks(markdown, heading) {
  const [, section] = markdown.split(`\n## ${heading}\n`);
  if (section === undefined) {
    throw new Error(`There is no section '${heading}'`);
  }
  const blocks = new Map();
  for (const { groups } of section.split('\n## ')[0].matchAll(BLOCK)) {
    const { name, indent, text } = groups;
    if (!name) {
      throw new Error(
        `A code block of '${heading}' has no name; write <!-- try-install: NAME --> above it:\n${text}`,
      );
    }
    if (blocks.has(name)) {
      throw new Error(`Two code blocks of '${heading}' are named ${name}`);
    }
    blocks.set(name, text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
  }
  return blocks;
}

/** The install guide of the README: commands, backend code, configuration. */
export function installGuide() {
  const blocks = namedBlocks(
    readFileSync(join(root, 'README.md'), 'utf8'),
    'Add it to your Backstage',
  );
  const known = ['packages', 'backend', 'config'];
  const unknown = [...blocks.keys()].filter(name => !known.includes(name));
  const missing = known.filter(name => !blocks.has(name));
  if (unknown.length > 0 || missing.length > 0) {
    throw new Error(
      `The install guide has the blocks ${[...blocks.keys()].join(', ')}; ` +
        `this script follows exactly ${known.join(', ')}`,
    );
  }
  return {
    commands: blocks.get('packages').split('\n').filter(Boolean),
    backend: blocks.get('backend'),
    config: blocks.get('config'),
  };
}
