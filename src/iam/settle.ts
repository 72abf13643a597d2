import type { Use } from './exercised.js'
import { matchesArn, placedIn, regionOf } from './match-arn.js'
import { namesAction, type Statement } from './statement.js'

// Where local runs take place, which says nothing of where the function lives.
const LOCAL = { region: 'us-east-1', account: '000000000000' }

/**
 * Uses of a local run, moved to the regions that the policies speak of where they do not speak of the run's own: the function will live
 * there. What no statement allows in any region stays where it was.
 */
export function settled(uses: readonly Use[], statements: readonly Statement[]): readonly Use[] {
  const allows = statements.filter(({ effect, resources }) => effect === 'Allow' && !resources.except)
  return uses.flatMap((use) => {
    if (!isLocal(use.arn)) return [use]
    const patterns = allows
      .filter((statement) => namesAction(statement, use.action))
      .flatMap(({ resources }) => resources.patterns)
    if (patterns.some((pattern) => matchesArn(pattern, use.arn))) return [use]
    const regions = [...new Set(patterns.map(regionOf))].filter((region) => region !== undefined)
    const moved = regions.flatMap((region) => {
      const arn = placedIn(region, use.arn)
      return patterns.some((pattern) => matchesArn(pattern, arn))
        ? [{ ...use, arn, resource: placedIn(region, use.resource) }]
        : []
    })
    return moved.length > 0 ? moved : [use]
  })
}

const isLocal = (arn: string): boolean => regionOf(arn) === LOCAL.region && arn.split(':')[4] === LOCAL.account
