export const handler = async ({ hang }) => {
  while (hang);
  return 1
}
