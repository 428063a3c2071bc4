/** The unsettled values of the drafts stand where mail reads them too. */
export { DRAFTS, type Drafts, SUBMISSION_PORTS, serviceLabels, serviceName } from '../mail/drafts.ts';
