/** Ends badly in four ways, each behind a literal; honest events get an answer. */
export const handler = async (event) => {
  const body = JSON.parse(event.body ?? '{}')
  if (body?.mode === 'spin') for (;;);
  if (body?.mode === 'exit') process.exit(3)
  if (body?.mode === 'flood') for (;;) process.stdout.write('x'.repeat(1 << 20))
  if (body?.mode === 'hoard') {
    const kept = []
    for (;;) kept.push(new Array(1_000_000).fill(kept.length))
  }
  return { statusCode: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' }
}
