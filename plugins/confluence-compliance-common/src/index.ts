// SPDX-License-Identifier: Apache-2.0

/**
 * Contract of the Confluence Compliance plugin: schemas, types, permissions and a typed client.
 *
 * @packageDocumentation
 */

export * from './client';
export * from './permissions';
export * from './schemas/acknowledgements';
export * from './schemas/access';
export * from './schemas/accessLevel';
export * from './schemas/accountFacts';
export * from './schemas/attestations';
export * from './schemas/changes';
export * from './schemas/checks';
export * from './schemas/connections';
export * from './schemas/connectionSetup';
export * from './schemas/controls';
export * from './schemas/credentials';
export * from './schemas/criticalSystems';
export * from './schemas/directory';
export * from './schemas/erasure';
export * from './schemas/excepted';
export * from './schemas/exceptions';
export * from './schemas/findings';
export * from './schemas/lists';
export * from './schemas/people';
export * from './schemas/policies';
export * from './schemas/policyEditors';
export * from './schemas/policyMappings';
export * from './schemas/reviewFacts';
export * from './schemas/reviewItems';
export * from './schemas/reviewPeople';
export * from './schemas/reviewPreview';
export * from './schemas/reviewRecord';
export * from './schemas/reviewRemediations';
export * from './schemas/reviewRemovals';
export * from './schemas/reviews';
export * from './schemas/reviewTemplates';
export * from './schemas/runs';
export * from './schemas/timeline';
export * from './schemas/userRef';
export * from './schemas/words';
