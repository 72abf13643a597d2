import { existsSync } from 'node:fs'
import type { Browser } from 'playwright-core'

const CHROMIUM = '/usr/bin/chromium'
const ARGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update']

/** A Chromium of this machine. Without one the tests of the suite are skipped, which is an error where REQUIRE_ALL=1. */
export async function openChromium(suite: Mocha.Context): Promise<Browser> {
  if (!existsSync(CHROMIUM)) {
    if (process.env['REQUIRE_ALL'] === '1') throw new Error(`${CHROMIUM} is missing: apt-get install -y chromium`)
    console.log(`      skipped: ${CHROMIUM} is missing (apt-get install -y chromium)`)
    suite.skip()
  }
  const { chromium } = await import('playwright-core')
  return chromium.launch({ executablePath: CHROMIUM, args: ARGS })
}
