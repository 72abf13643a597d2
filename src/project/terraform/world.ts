import type { Configs } from './config.js'
import { TooMuch } from './evaluate.js'

const MOST_STEPS = 2_000_000

/** What all modules of a project share. */
export class World {
  readonly root: string
  /** Where Terraform is run: paths are relative to it. */
  readonly directory: string
  readonly configs: Configs
  private steps = 0

  constructor(root: string, directory: string, configs: Configs) {
    this.root = root
    this.directory = directory
    this.configs = configs
  }

  readonly step = (): void => {
    if (++this.steps > MOST_STEPS) throw new TooMuch('its expressions make it too large to read')
  }
}
