/* Reads queries with the browser's code, a line of JSON in and a line out: first {table, today}, then lists of queries.
   A line out has the readings, those with the first chip taken back, and the milliseconds a query took. Run by Playwright's node. */
const lines = require('readline').createInterface({ input: process.stdin })
require('../../theme/assets/query.js')

let given = null
lines.on('line', line => {
  const input = JSON.parse(line)
  if (!given) {
    given = input
    return
  }
  const { read, without } = globalThis.catalogQuery
  const start = process.hrtime.bigint()
  const readings = input.map(query => read(query, given.table, given.today, []))
  const took = Number(process.hrtime.bigint() - start) / 1e6 / Math.max(1, input.length)
  const back = readings.map(it => it.chips.length ? without(it, it.chips[0], given.table, given.today) : null)
  process.stdout.write(JSON.stringify({ readings, back, took }) + '\n')
})
