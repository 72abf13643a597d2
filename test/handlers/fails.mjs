throw new RangeError('while loading\nin two lines')
