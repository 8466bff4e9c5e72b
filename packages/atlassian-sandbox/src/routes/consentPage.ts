// SPDX-License-Identifier: Apache-2.0
import { Site } from '../sites';
import { siteAccess } from '../world/access';
import { Account } from '../world/types';
import type { AuthorizeRequest } from './authorize';

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string) => text.replace(/[&<>"']/g, at => ESCAPES[at]);

const STYLE = `
body { margin: 0; background: #f1f2f4; color: #172b4d; font: 16px/1.5 system-ui, sans-serif; }
main { box-sizing: border-box; max-width: 34rem; margin: 3rem auto; padding: 2rem; background: #fff; border-radius: 8px; box-shadow: 0 1px 4px #091e4240; }
h1 { margin: 0 0 .5rem; font-size: 1.4rem; line-height: 1.3; }
h2, legend, label.block { display: block; margin: 1.5rem 0 .25rem; padding: 0; font-size: 1rem; font-weight: 600; }
fieldset { margin: 1.5rem 0 0; padding: 0; border: 0; }
ul { margin: 0; padding-left: 1.25rem; }
code { overflow-wrap: anywhere; font-size: .9rem; }
select { width: 100%; padding: .5rem; font: inherit; }
legend { margin-top: 0; }
.site { display: block; overflow-wrap: anywhere; }
.note { color: #44546f; font-size: .9rem; }
.problem { padding: .5rem .75rem; background: #ffeceb; color: #5d1f1a; border-radius: 4px; }
.buttons { display: flex; gap: .75rem; margin-top: 2rem; }
button { padding: .5rem 1.25rem; border: 1px solid #0c66e4; border-radius: 4px; background: #fff; color: #0c66e4; font: inherit; cursor: pointer; }
button.primary { background: #0c66e4; color: #fff; }
`;

function document(title: string, main: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`;
}

function signIn(account: Account): string {
  const kinds: Record<string, string> = {
    'site-admin': 'administrator',
    guest: 'guest',
    none: 'no access to Confluence',
  };
  const kind = kinds[siteAccess(account)];
  const label = kind ? `${account.displayName}, ${kind}` : account.displayName;
  return `<option value="${escape(account.accountId)}">${escape(
    label,
  )}</option>`;
}

/** The page on which somebody grants the app access to sites. */
export function consentPage(options: {
  app: string;
  asked: AuthorizeRequest;
  accounts: readonly Account[];
  sites: readonly Site[];
  problem?: string;
}): string {
  const { app, asked, accounts, sites, problem } = options;
  const title = `${app} asks for access to Confluence`;
  const hidden = Object.entries(asked).map(
    ([name, value]) =>
      `<input type="hidden" name="${name}" value="${escape(value)}">`,
  );
  const scopes = asked.scope
    .trim()
    .split(/\s+/)
    .map(scope => `<li><code>${escape(scope)}</code></li>`);
  const boxes = sites.map(
    ({ cloudId, name, url }) =>
      `<label class="site"><input type="checkbox" name="site" value="${escape(
        cloudId,
      )}" checked> ${escape(name)} <span class="note">${escape(
        url,
      )}</span></label>`,
  );
  return document(
    title,
    `<h1>${escape(title)}</h1>
<p class="note">This is the Atlassian sandbox, not Atlassian. The app will see no more than you can see.</p>
${problem ? `<p class="problem" role="alert">${escape(problem)}</p>` : ''}
<form method="post" action="/authorize">
${hidden.join('\n')}
<label class="block" for="account">Sign in as</label>
<select id="account" name="account">
${accounts.map(signIn).join('\n')}
</select>
<h2>The app asks for</h2>
<ul>
${scopes.join('\n')}
</ul>
<fieldset>
<legend>On these sites</legend>
${boxes.join('\n')}
</fieldset>
<p class="note">You go on to ${escape(new URL(asked.redirect_uri).origin)}</p>
<div class="buttons">
<button class="primary" name="decision" value="accept">Accept</button>
<button name="decision" value="cancel">Cancel</button>
</div>
</form>`,
  );
}

/** The page for a request that cannot be answered. */
export function refusalPage(reason: string): string {
  return document(
    'This request cannot be answered',
    `<h1>This request cannot be answered</h1>\n<p>${escape(reason)}</p>`,
  );
}
