/** Gives back its number, after a while that differs: some at once, some after a timer. */
export const handler = async ({ n }) => {
  if (n % 3 === 0) await new Promise((resolve) => setTimeout(resolve, n % 4))
  return { n }
}
