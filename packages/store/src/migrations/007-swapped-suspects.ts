/** Suspects tell their swap. What was judged before does not: unknown, until `db reparse` reads the reports anew. */
export const swappedSuspects: string = `
UPDATE incidents SET suspects = (
  SELECT json_group_array(json_set(value, '$.swapKiB', NULL) ORDER BY key) FROM json_each(suspects)
) WHERE suspects IS NOT NULL;
`;
