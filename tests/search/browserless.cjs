/* Runs the shipped search in node: node browserless.cjs SITE < jobs.json > answers.json
   A job is {"kind": "score", clauses} or {"kind": "search", text, most} or {"kind": "whole", documents, fields, queries}; "typed" is
   a search as the page reads what is typed: where conditions were read or marks left out, what bears the whole text still comes
   first. With "fresh" no shard is here yet. */
const fs = require('fs')
const path = require('path')
const vm = require('vm')

const [site] = process.argv.slice(2)
const assets = path.join(site, 'assets')
const run = file => vm.runInThisContext(fs.readFileSync(file, 'utf8'), { filename: file })
const loaded = []
const load = name => {
  loaded.push(name)
  run(path.join(site, name))
  return Promise.resolve()
}

globalThis.lunr = require(path.join(assets, 'vendor/lunr.js'))
run(path.join(assets, 'terms.js'))
run(path.join(assets, 'facets.js'))
let phrases = null
globalThis.catalogPhrases = value => { phrases = value }
const { Engine, cut, readSteps } = globalThis.catalogEngine
let manifest, numbers
globalThis.catalogManifest = value => { manifest = value }
globalThis.catalogNumbers = value => { numbers = readSteps(value, manifest.count) }
run(path.join(site, 'search/manifest.js'))
run(path.join(site, 'search', manifest.files.numbers + '.js'))
const engine = new Engine(manifest, numbers, load)
let facets
globalThis.catalogColumns = columns => {
  facets = new globalThis.catalogFacets.Facets(columns, manifest.count)
  engine.knows((...asked) => facets.spread(...asked))
}
run(path.join(site, 'search', manifest.files.columns + '.js'))
globalThis.catalogTerms = (first, names, data) => engine.keep(first, names, data)

let regions = []
/* The small index of suggestions, put together again. */
function small () {
  let made
  globalThis.catalogSuggestions = (table, scores, shown) => {
    made = globalThis.catalogEngine.smallIndex(shown.map(row => [row[1], row[3]]), ['name', 'aliases'], table, scores)
  }
  run(path.join(site, 'search', manifest.files.suggestions + '.js'))
  return made
}

/* The day each record begins, from 1900. */
function days () {
  let made
  globalThis.catalogDays = (...said) => { made = facets.days(...said) }
  run(path.join(site, 'search', manifest.files.days + '.js'))
  return Array.from(made)
}

async function answer (job) {
  if (job.kind === 'days') return days()
  if (job.kind === 'small') return small()
  if (job.fresh) {
    engine.shards.clear()
    engine.postings.clear()
  }
  if (job.kind === 'score') {
    const clauses = job.clauses
    await engine.need(clauses.filter(c => !c.prefix).map(c => c.term), clauses.filter(c => c.prefix).map(c => c.term))
    const expanded = engine.expand(clauses)
    const all = new Uint8Array(numbers.length).fill(1)
    return engine.score(clauses, expanded, all).map(({ row, score }) => [row, score])
  }
  const asked = loaded.length
  const began = process.hrtime.bigint()
  const words = job.kind === 'typed' ? typed(job.text, job.today) : cut(job.text, job.quoted)
  const needed = await engine.prepare(words, job.anywhere ? 'anywhere' : '')
  const { rows, tiers } = engine.search(needed, null, null, job.most || 200)
  return {
    regions,
    rows: job.first ? rows.slice(0, job.first) : rows,
    total: rows.length,
    pairs: Math.max(0, ...needed.map(word => word.cover.length)),
    tiers: rows.slice(0, 10).map(row => tiers[row]),
    loaded: loaded.slice(asked),
    ms: Number(process.hrtime.bigint() - began) / 1e6
  }
}

function typed (text, today) {
  if (!phrases) {
    run(path.join(assets, 'query.js'))
    run(path.join(site, 'search', manifest.files.phrases + '.js'))
  }
  const reading = globalThis.catalogQuery.read(text.trim(), phrases, today, [])
  regions = reading.chips.filter(chip => chip.facet === 'regions').flatMap(chip => chip.values)
  return reading.plain === reading.text ? cut(reading.text, reading.quoted) : cut(reading.plain)
}

/* lunr.js' own whole index of the same terms, for comparing. */
function whole (job) {
  const lunr = globalThis.lunr
  const builder = new lunr.Builder()
  builder.ref('id')
  builder.b(0)
  job.fields.forEach(([key, boost]) => builder.field(key, { boost }))
  builder.tokenizer = terms => terms.map(term => new lunr.Token(term, {}))
  job.documents.forEach((terms, id) => {
    builder.add(Object.assign({ id: String(id) }, ...job.fields.map(([key], at) => ({ [key]: terms[at] }))))
  })
  const index = builder.build()
  return job.queries.map(clauses => index.query(query => clauses.forEach(clause => query.term(clause.term, {
    usePipeline: false,
    wildcard: clause.prefix ? lunr.Query.wildcard.TRAILING : lunr.Query.wildcard.NONE,
    presence: clause.required ? lunr.Query.presence.REQUIRED : lunr.Query.presence.OPTIONAL
  }))).map(({ ref, score }) => [Number(ref), score]))
}

async function main () {
  const jobs = JSON.parse(fs.readFileSync(0, 'utf8'))
  const answers = []
  for (const job of jobs) answers.push(job.kind === 'whole' ? whole(job) : await answer(job))
  process.stdout.write(JSON.stringify(answers))
}
main()
