/** Which schema a report follows. A module of its own: whoever only writes reports needs no schema. */
export const REPORT_SCHEMA = 'otascope-report/1';
