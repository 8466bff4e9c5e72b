// SPDX-License-Identifier: Apache-2.0

/** What stands on the page of a policy of Northwind, in storage format. */
export function policyText(title: string): string {
  return [
    '<h2>Purpose</h2>',
    `<p>The ${title} says what Northwind expects of everybody who works here.</p>`,
    '<h2>Scope</h2>',
    '<p>It holds for employees, contractors and everything they use for work.</p>',
    '<h2>Rules</h2>',
    '<ul><li>Access is given for a reason, and taken away when the reason ends.</li>',
    '<li>Who notices something tells <strong>security@northwind.example</strong> within 24 hours.</li></ul>',
    '<h2>Review</h2>',
    '<p>The owner reads this page once a year &amp; after every incident.</p>',
  ].join('');
}
