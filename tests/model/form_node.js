/* Reads and checks records with the browser's code: first a line of what the build knows, then for each line of jobs one of answers.
   Run by Playwright's node. */
const path = require('path')
const folder = path.join(__dirname, '../../theme/assets/contribute')
for (const name of ['text', 'places', 'values', 'rules', 'canonical']) {
  if (require('fs').existsSync(path.join(folder, name + '.js'))) require(path.join(folder, name + '.js'))
}
const form = globalThis.catalogForm
let known = null

const JOBS = {
  check: job => job.map(source => form.checkRecord(source, known)),
  ratio: job => job.map(pair => form.ratio(pair[0], pair[1])),
  fold: job => job.map(form.fold),
  shown: job => job.map(form.shown),
  nearest: job => job.map(pair => form.nearest(pair[0], pair[1])),
  places: job => job.map(word => [known.places.find(word), known.places.nearest(word)]),
  alike: job => job.map(pair => form.nearDuplicates(pair[0], pair[1]).map(one => form.duplicateFault(one, { at: 'title' }))),
  yaml: job => job.map(record => form.yamlText(record, known)),
  edit: job => job.map(given => form.edited(given.text, given.before, given.after, known))
}

require('readline').createInterface({ input: process.stdin }).on('line', line => {
  const input = JSON.parse(line)
  if (!known) {
    form.learn(input.rules)
    known = {
      vocabularies: form.vocabulariesOf(input.rules.vocabularies),
      places: form.placesOf(input.places[0], input.places[1]),
      societies: form.societiesOf(input.societies),
      calls: input.rules.calls
    }
    return
  }
  process.stdout.write(JSON.stringify(JOBS[input[0]](input[1])) + '\n')
})
