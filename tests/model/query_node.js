/* Reads many queries with the browser's code: JSON in (table, today, queries), readings out. Run by node, which comes with Playwright. */
const fs = require('fs')
require('../../theme/assets/query.js')

const input = JSON.parse(fs.readFileSync(0, 'utf8'))
const read = query => globalThis.catalogQuery.read(query, input.table, input.today, [])
input.queries.slice(0, 200).forEach(read) // warm
const start = process.hrtime.bigint()
const readings = input.queries.map(read)
const took = Number(process.hrtime.bigint() - start) / 1e6 / Math.max(1, readings.length)
const longest = Math.max(0, ...(input.slow || []).map(query => {
  const begin = process.hrtime.bigint()
  read(query)
  return Number(process.hrtime.bigint() - begin) / 1e6
}))
const back = readings.map(reading => reading.chips.map(
  chip => globalThis.catalogQuery.without(reading, chip, input.table, input.today).chips.map(it => it.text)))
process.stdout.write(JSON.stringify({ readings, back, took, longest }))
