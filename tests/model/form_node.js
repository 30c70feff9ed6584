/* Reads, checks and writes records with the browser's code: first a line of what the build knows, then for each line of jobs one of
   answers. Run by Playwright's node. */
const fs = require('fs')
const path = require('path')
const vm = require('vm')
const assets = path.join(__dirname, '../../theme/assets')
const files = ['vendor/yaml.js', ...['text', 'places', 'values', 'rules', 'canonical', 'out', 'document'].map(name => `contribute/${name}.js`)]
for (const file of files) vm.runInThisContext(fs.readFileSync(path.join(assets, file), 'utf8'), { filename: file })
const form = globalThis.catalogForm
let known = null

/* A file with some values of its record replaced, as the form would after a change. */
function edited ({ path, text, change }) {
  const root = form.readFile(text)
  const record = form.checkRecord({ path, root, text, lost: [] }, known).record
  return form.textAfter({ path, text, root, record }, { ...record, ...change }, known)
}

const JOBS = {
  check: source => form.checkRecord(source, known),
  ratio: pair => form.ratio(pair[0], pair[1]),
  fold: form.fold,
  shown: form.shown,
  nearest: pair => form.nearest(pair[0], pair[1]),
  places: word => [known.places.find(word), known.places.nearest(word)],
  alike: pair => form.nearDuplicates(pair[0], pair[1]).map(one => form.duplicateFault(one, { at: 'title' })),
  yaml: source => form.yamlText(form.checkRecord(source, known).record, known),
  read: text => form.readFile(text),
  edit: edited,
  answers: pairs => form.fromAnswers(pairs).values
}

require('readline').createInterface({ input: process.stdin }).on('line', line => {
  const input = JSON.parse(line)
  if (!known) {
    form.learn(input.rules)
    known = form.known = {
      vocabularies: form.vocabulariesOf(input.rules.vocabularies),
      places: form.placesOf(input.places[0], input.places[1]),
      societies: form.societiesOf(input.societies),
      calls: input.rules.calls
    }
    return
  }
  process.stdout.write(JSON.stringify(input[1].map(JOBS[input[0]])) + '\n')
})
